import type { DigestedFile, ObjectPlace } from '../../../shared/aws/log-file.ts'
import type { ApiCall } from '../../../shared/aws/record.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { selectsCall } from './selects-call.ts'
import type { TrailSettings } from './trail-settings.ts'

/** Log files go out at every multiple of this. */
const FILE_PERIOD_MS = 300_000
/** After a stop, so long is waited for records on their way; then the last file and the last digest go out. */
const CLOSING_MS = 60_000
/** Names of digests tell whole seconds: two of one trail must not end within the same one. */
const SHORTEST_DIGEST_MS = 1000

/** A record on its way to a file. `rank` gives its place there: order in a file is not by time. */
export interface PendingRecord {
  readonly id: CauseId
  readonly kind: 'CloudTrail' | 'CloudTrail-Insight'
  readonly eventTime: ServiceMs
  readonly arrivesAt: ServiceMs
  readonly rank: number
  readonly record: JsonObject
}

/** The hour whose digest is being gathered. */
export interface DigestRun {
  readonly startsAt: ServiceMs
  readonly files: readonly (DigestedFile & { readonly id: CauseId })[]
  readonly previous: ObjectPlace | null
}

/** One Region's files of one trail, from a start of logging (or of validation) to its end: one chain of digests. */
export interface Chain {
  readonly settings: TrailSettings
  readonly region: string
  /** Calls from this time on are taken … */
  readonly opensAt: ServiceMs
  /** … up to this one; `null` while the trail is logging. */
  readonly stopsAt: ServiceMs | null
  /** When the last file and the last digest go out. */
  readonly closesAt: ServiceMs | null
  readonly nextFileAt: ServiceMs
  readonly pending: readonly PendingRecord[]
  /** `null` for a trail without log file validation. */
  readonly digest: DigestRun | null
}

/** @param after the chain of the same trail and Region before this one, when it is still closing */
export function openChain(settings: TrailSettings, region: string, now: ServiceMs, after?: Chain): Chain {
  const startsAt = serviceMs(Math.max(now, after?.closesAt ?? now))
  return {
    settings,
    region,
    opensAt: now,
    stopsAt: null,
    closesAt: null,
    nextFileAt: nextFileTime(now),
    pending: [],
    digest: settings.validatesFiles ? { startsAt, files: [], previous: null } : null,
  }
}

/** Takes no call after `now`, and waits a minute for those on their way. */
export function stopChain(chain: Chain, now: ServiceMs): Chain {
  if (chain.stopsAt !== null) return chain
  return { ...chain, stopsAt: now, closesAt: serviceMs(now + CLOSING_MS) }
}

/** Lets a stopped chain wait no longer, because the next one begins. */
export function hurryChain(chain: Chain, now: ServiceMs): Chain {
  if (chain.closesAt === null) return chain
  const earliest = Math.max(now, chain.digest === null ? now : chain.digest.startsAt + SHORTEST_DIGEST_MS)
  return { ...chain, closesAt: serviceMs(Math.min(chain.closesAt, earliest)) }
}

/** @returns the first multiple of five minutes after `at` */
export const nextFileTime = (at: ServiceMs): ServiceMs =>
  serviceMs((Math.floor(at / FILE_PERIOD_MS) + 1) * FILE_PERIOD_MS)

/** Says whether the chain writes down this call: its Region, its time and the trail's selectors agree. */
export function takesCall(chain: Chain, call: ApiCall): boolean {
  const { settings, opensAt, stopsAt } = chain
  const isInTime = call.eventTime >= opensAt && (stopsAt === null || call.eventTime <= stopsAt)
  return isInTime && chain.region === fileRegion(settings, call) && selectsCall(settings.selectors, call)
}

/** A trail of one Region keeps the calls to global services, which happen in us-east-1, among its own. */
function fileRegion(settings: TrailSettings, call: ApiCall): string {
  const isGlobal = call.awsRegion === GLOBAL_REGION && GLOBAL_SOURCES.includes(call.eventSource)
  const isBroughtHome = isGlobal && settings.includesGlobalEvents && !settings.isMultiRegion
  return isBroughtHome ? settings.homeRegion : call.awsRegion
}

const GLOBAL_REGION = 'us-east-1'
const GLOBAL_SOURCES = ['iam.amazonaws.com', 'sts.amazonaws.com', 'cloudfront.amazonaws.com', 'signin.amazonaws.com']
