import type { DigestDraft, DigestedFile, LogFileDraft } from '../../../shared/aws/log-file.ts'
import type { IdSource } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Chain, DigestRun, PendingRecord } from './chain.ts'
import { nextFileTime } from './chain.ts'
import type { Draw } from './draw.ts'
import { digestKey, logFileKey } from './file-names.ts'

const DIGEST_PERIOD_MS = 3_600_000
/** A file holds no more; a chain with that much on its way delivers early, so that it stays bounded. */
const MAX_RECORDS_PER_FILE = 5000

/** What a chain sent out, in the order in which it went; the chain is `null` once it is closed. */
export interface Delivery {
  readonly chain: Chain | null
  readonly files: readonly LogFileDraft[]
  readonly digests: readonly DigestDraft[]
}

interface Tools {
  readonly ids: IdSource
  readonly draw: Draw
}

/** When the chain has something to send next. */
export function dueAt({ nextFileAt, digest, closesAt }: Chain): number {
  const digestAt = digest === null ? Infinity : digest.startsAt + DIGEST_PERIOD_MS
  return Math.min(nextFileAt, digestAt, closesAt ?? Infinity)
}

/** Sends whatever was due up to `now`, each at its own time, so that a long tick and many short ones agree. */
export function deliverDue(chain: Chain, now: ServiceMs, tools: Tools): Delivery {
  let sent: Delivery = { chain, files: [], digests: [] }
  while (sent.chain !== null && dueAt(sent.chain) <= now) {
    const next = deliverNext(sent.chain, serviceMs(dueAt(sent.chain)), tools)
    sent = {
      chain: next.chain,
      files: [...sent.files, ...next.files],
      digests: [...sent.digests, ...next.digests],
    }
  }
  return sent
}

/** Takes a record; when too many wait, the next file goes out with the next delivery. */
export function addPending(chain: Chain, records: readonly PendingRecord[], now: ServiceMs): Chain {
  const pending = [...chain.pending, ...records]
  const isFull = pending.length >= MAX_RECORDS_PER_FILE
  return { ...chain, pending, nextFileAt: isFull && now < chain.nextFileAt ? now : chain.nextFileAt }
}

function deliverNext(chain: Chain, at: ServiceMs, tools: Tools): Delivery {
  const isClosing = chain.closesAt !== null && chain.closesAt <= at
  const shipped = isClosing || chain.nextFileAt <= at ? shipFiles(chain, at, tools) : { chain, files: [] }
  const { digest } = shipped.chain
  if (digest === null || (!isClosing && at < digest.startsAt + DIGEST_PERIOD_MS)) {
    return { chain: isClosing ? null : shipped.chain, files: shipped.files, digests: [] }
  }
  const draft = toDigest(shipped.chain, digest, at, tools.ids)
  const { bucket, key } = draft
  const following: DigestRun = { startsAt: at, files: [], previous: { bucket, key } }
  return { chain: isClosing ? null : { ...shipped.chain, digest: following }, files: shipped.files, digests: [draft] }
}

function shipFiles(chain: Chain, at: ServiceMs, tools: Tools): { chain: Chain; files: readonly LogFileDraft[] } {
  const isLast = chain.closesAt !== null && chain.closesAt <= at
  const [arrived, late] = partition(chain.pending, (record) => isLast || record.arrivesAt <= at)
  const parcels = (['CloudTrail', 'CloudTrail-Insight'] as const).flatMap((kind) =>
    toParcels(arrived.filter((record) => record.kind === kind)),
  )
  const shipped = parcels.map((parcel) => toFile(chain, parcel, at, tools))
  const digest = chain.digest && { ...chain.digest, files: [...chain.digest.files, ...shipped.map(({ line }) => line)] }
  return {
    chain: { ...chain, pending: late, nextFileAt: nextFileTime(at), digest },
    files: shipped.map(({ draft }) => draft),
  }
}

function toParcels(records: readonly PendingRecord[]): (readonly PendingRecord[])[] {
  const shuffled = records.toSorted((a, b) => a.rank - b.rank)
  const count = Math.ceil(shuffled.length / MAX_RECORDS_PER_FILE)
  return Array.from({ length: count }, (_, n) =>
    shuffled.slice(n * MAX_RECORDS_PER_FILE, (n + 1) * MAX_RECORDS_PER_FILE),
  )
}

function toFile(chain: Chain, records: readonly PendingRecord[], at: ServiceMs, { ids, draw }: Tools) {
  const { settings, region, digest } = chain
  const oldest = records.reduce((a, b) => (b.eventTime < a.eventTime ? b : a))
  const newest = records.reduce((a, b) => (b.eventTime > a.eventTime ? b : a))
  const draft: LogFileDraft = {
    id: ids.next(),
    cause: oldest.id,
    trailArn: settings.arn,
    region,
    bucket: settings.bucket,
    key: logFileKey(settings, oldest.kind, region, { at, random: draw.letters(16) }),
    text: JSON.stringify({ Records: records.map(({ record }) => record) }),
    deliveredAt: at,
    isDigested: digest !== null,
  }
  const { id, bucket, key } = draft
  const line = { id, bucket, key, oldestEventTime: oldest.eventTime, newestEventTime: newest.eventTime }
  return { draft, line }
}

function toDigest(chain: Chain, run: DigestRun, at: ServiceMs, ids: IdSource): DigestDraft {
  const { settings, region } = chain
  return {
    id: ids.next(),
    cause: run.files.at(-1)?.id ?? null,
    trailArn: settings.arn,
    region,
    bucket: settings.bucket,
    key: digestKey(settings, region, at),
    startTime: run.startsAt,
    endTime: at,
    previous: run.previous,
    logFiles: run.files.map(({ bucket, key, oldestEventTime, newestEventTime }): DigestedFile => ({
      bucket,
      key,
      oldestEventTime,
      newestEventTime,
    })),
  }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}
