import { HOME_REGION } from '../../../shared/aws/account.ts'
import type { ObjectPlace, ObjectStore, PublicKey } from '../../../shared/aws/log-file.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { ListedFile, TrailCrypto, ValidDigest } from './digest-content.ts'
import type { FileSearch } from './digest-keys.ts'
import { listLogKeys } from './digest-keys.ts'
import type { DeliveryGap, DigestFinding } from './digest-walk.ts'
import { walkDigests } from './digest-walk.ts'

/** Which files to look at, and where they were delivered: nowhere else can they be validated. */
export interface ValidationRequest {
  readonly trailArn: string
  /** The Region whose files are looked at; left out: the trail's home Region. */
  readonly region?: string
  readonly bucket: string
  readonly prefix?: string
  readonly startTime: ServiceMs
  readonly endTime: ServiceMs
  /** What ListPublicKeys answers in that Region for that time. */
  readonly publicKeys: readonly PublicKey[]
}

/** In the words of `aws cloudtrail validate-logs`. */
interface LogFileFinding extends ObjectPlace {
  readonly verdict: 'valid' | 'not found' | 'invalid format' | "hash value doesn't match"
}

export interface ValidationReport {
  /** In the order of the walk: newest first. */
  readonly digests: readonly DigestFinding[]
  /** The files that a valid digest lists, in the order of the walk. */
  readonly logFiles: readonly LogFileFinding[]
  readonly gaps: readonly DeliveryGap[]
  /** Log files of that time that lie there but stand in no valid digest: nobody vouches for them. */
  readonly notCovered: readonly ObjectPlace[]
  readonly validDigests: number
  readonly invalidDigests: number
  readonly validLogFiles: number
  readonly invalidLogFiles: number
  /** From the start of the oldest valid digest to the end of the newest, within the time asked; `null` without one. */
  readonly found: { readonly from: ServiceMs; readonly to: ServiceMs } | null
  /** The command's exit code: 1 when anything was invalid. A gap alone is none. */
  readonly exitCode: 0 | 1
}

/**
 * Walks a trail's digests from the newest back and checks every log file that a valid one lists
 * (CloudTrail User Guide, "Validating CloudTrail log file integrity with the AWS CLI").
 */
export function validateTrail(
  store: Pick<ObjectStore, 'get' | 'keys'>,
  request: ValidationRequest,
  crypto: TrailCrypto,
): ValidationReport {
  const search = toSearch(request)
  const { digests, valid, gaps } = walkDigests(store, search, request.publicKeys, crypto)
  const logFiles = valid.flatMap((digest) => digest.logFiles.map((file) => checkLogFile(store, file, crypto)))
  const invalidDigests = digests.filter(({ verdict }) => verdict !== 'valid').length
  const invalidLogFiles = logFiles.filter(({ verdict }) => verdict !== 'valid').length
  return {
    digests,
    logFiles,
    gaps,
    notCovered: findNotCovered(store, search, logFiles),
    validDigests: digests.length - invalidDigests,
    invalidDigests,
    validLogFiles: logFiles.length - invalidLogFiles,
    invalidLogFiles,
    found: foundRange(search, valid),
    exitCode: invalidDigests + invalidLogFiles > 0 ? 1 : 0,
  }
}

function toSearch({ trailArn, region, bucket, prefix = '', startTime, endTime }: ValidationRequest): FileSearch {
  const homeRegion = trailArn.split(':')[3] ?? HOME_REGION
  return { trailArn, region: region ?? homeRegion, bucket, prefix, from: startTime, to: endTime }
}

/** What can be unpacked of a file that was cut short is hashed like any other content. */
function checkLogFile(
  store: Pick<ObjectStore, 'get'>,
  { bucket, key, hashValue }: ListedFile,
  crypto: TrailCrypto,
): LogFileFinding {
  const object = store.get({ bucket, key })
  if (object === undefined) return { bucket, key, verdict: 'not found' }
  const unpacked = crypto.gunzip(object.bytes)
  if (unpacked === null) return { bucket, key, verdict: 'invalid format' }
  const isSame = crypto.sha256Hex(unpacked.bytes) === hashValue
  return { bucket, key, verdict: isSame ? 'valid' : "hash value doesn't match" }
}

function findNotCovered(
  store: Pick<ObjectStore, 'keys'>,
  search: FileSearch,
  judged: readonly LogFileFinding[],
): ObjectPlace[] {
  const { bucket } = search
  const covered = new Set(judged.filter((file) => file.bucket === bucket).map(({ key }) => key))
  return listLogKeys(store, search)
    .filter((key) => !covered.has(key))
    .map((key) => ({ bucket, key }))
}

function foundRange({ from, to }: FileSearch, valid: readonly ValidDigest[]) {
  const newest = valid[0]
  if (newest === undefined) return null
  const oldestStart = Math.min(...valid.map(({ startTime }) => startTime))
  return { from: serviceMs(Math.max(from, oldestStart)), to: serviceMs(Math.min(to, newest.endTime)) }
}
