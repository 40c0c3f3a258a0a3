import { sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { ACCOUNT_ID } from '../../shared/aws/account.ts'
import type { DigestDraft, LogFileDraft, ObjectPlace, ObjectStore, StoredObject } from '../../shared/aws/log-file.ts'
import { invariant } from '../../shared/assert.ts'
import { toIsoSeconds } from '../../shared/time.ts'
import type { ServiceMs } from '../../shared/units.ts'
import type { ValidationReport, ValidationRequest } from '../services/trail/validate.ts'
import { validateTrail } from '../services/trail/validate.ts'
import { nodeTrailCrypto } from './trail-crypto.ts'
import type { RegionKey } from './trail-keys.ts'

/** What sealing remembers between drafts: plain data. Its keys are `bucket/key`. */
export interface SealMemory {
  /** Hashes of delivered log files that no digest lists yet. */
  readonly logHashes: Readonly<Record<string, string>>
  /** The last digest of each chain. */
  readonly digests: Readonly<Record<string, { readonly hash: string; readonly signature: string }>>
}

/** Drafts that were sealed: objects to be put where their keys say, in this order. */
export interface Sealed {
  readonly memory: SealMemory
  readonly objects: readonly StoredObject[]
}

export const EMPTY_SEAL_MEMORY: SealMemory = { logHashes: {}, digests: {} }

/**
 * Makes objects of one step's drafts: packed, hashed and signed. The hash of a log file is taken here, at delivery, so
 * that a digest tells what was delivered and not what somebody made of it since.
 *
 * @param drafts of one step; every step's must come, in order, for each digest carries the signature before
 * @param keyOf gives the key pair of a Region
 */
export function sealDrafts(
  memory: SealMemory,
  drafts: { readonly files: readonly LogFileDraft[]; readonly digests: readonly DigestDraft[] },
  keyOf: (region: string) => RegionKey,
): Sealed {
  const withFiles = drafts.files.reduce(sealFile, { memory, objects: [] })
  return drafts.digests.reduce((sealed: Sealed, draft) => sealDigest(sealed, draft, keyOf(draft.region)), withFiles)
}

/** `aws cloudtrail validate-logs` on a store of objects, with real hashes and signatures. */
export const validateTrailLogs = (
  store: Pick<ObjectStore, 'get' | 'keys'>,
  request: ValidationRequest,
): ValidationReport => validateTrail(store, request, nodeTrailCrypto)

function sealFile({ memory, objects }: Sealed, { bucket, key, text, isDigested }: LogFileDraft): Sealed {
  const object = { bucket, key, bytes: gzipSync(text), metadata: {} }
  const hash = nodeTrailCrypto.sha256Hex(Buffer.from(text))
  const logHashes = isDigested ? { ...memory.logHashes, [toPath(object)]: hash } : memory.logHashes
  return { memory: { ...memory, logHashes }, objects: [...objects, object] }
}

function sealDigest({ memory, objects }: Sealed, draft: DigestDraft, regionKey: RegionKey): Sealed {
  const { bucket, key, previous } = draft
  const text = JSON.stringify(toDigestText(memory, draft, regionKey))
  const hash = nodeTrailCrypto.sha256Hex(Buffer.from(text))
  const before = previous === null ? 'null' : recall(memory.digests, previous).signature
  const signed = [toIsoSeconds(draft.endTime), toPath(draft), hash, before].join('\n')
  const signature = sign('sha256', Buffer.from(signed), regionKey.privateKey).toString('hex')
  const metadata = { signature, 'signature-algorithm': 'SHA256withRSA' }
  return {
    memory: {
      logHashes: without(memory.logHashes, draft.logFiles),
      digests: {
        ...without(memory.digests, previous === null ? [] : [previous]),
        [toPath(draft)]: { hash, signature },
      },
    },
    objects: [...objects, { bucket, key, bytes: gzipSync(text), metadata }],
  }
}

/** The digest field for field (CloudTrail User Guide, "CloudTrail digest file structure"). */
function toDigestText(memory: SealMemory, draft: DigestDraft, { publicKey }: RegionKey) {
  const { previous, logFiles } = draft
  const before = previous === null ? null : recall(memory.digests, previous)
  return {
    awsAccountId: ACCOUNT_ID,
    digestStartTime: toIsoSeconds(draft.startTime),
    digestEndTime: toIsoSeconds(draft.endTime),
    digestS3Bucket: draft.bucket,
    digestS3Object: draft.key,
    digestPublicKeyFingerprint: publicKey.Fingerprint,
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: toEnd(logFiles.map(({ newestEventTime }) => newestEventTime).toSorted((a, b) => b - a)),
    oldestEventTime: toEnd(logFiles.map(({ oldestEventTime }) => oldestEventTime).toSorted((a, b) => a - b)),
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: before?.hash ?? null,
    previousDigestHashAlgorithm: before === null ? null : 'SHA-256',
    previousDigestSignature: before?.signature ?? null,
    logFiles: logFiles.map((file) => ({
      s3Bucket: file.bucket,
      s3Object: file.key,
      hashValue: recall(memory.logHashes, file),
      hashAlgorithm: 'SHA-256',
      newestEventTime: toIsoSeconds(file.newestEventTime),
      oldestEventTime: toIsoSeconds(file.oldestEventTime),
    })),
  }
}

const toEnd = ([first]: readonly ServiceMs[]): string | null => (first === undefined ? null : toIsoSeconds(first))

const toPath = ({ bucket, key }: ObjectPlace): string => `${bucket}/${key}`

function recall<T>(remembered: Readonly<Record<string, T>>, place: ObjectPlace): T {
  const value = remembered[toPath(place)]
  invariant(value !== undefined, `never sealed: ${toPath(place)}`)
  return value
}

function without<T>(remembered: Readonly<Record<string, T>>, places: readonly ObjectPlace[]): Record<string, T> {
  const gone = new Set(places.map(toPath))
  return Object.fromEntries(Object.entries(remembered).filter(([path]) => !gone.has(path)))
}
