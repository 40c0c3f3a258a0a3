import type { ObjectStore } from '../../../shared/aws/log-file.ts'
import { fromIso } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { toCompactMinute, toCompactSecond, toKeyRoot } from './file-names.ts'

const HOUR_MS = 3_600_000
const DIGEST_TIME = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.json\.gz$/
const LOG_TIME = /_(\d{8}T\d{4})Z_[^/_]*\.json\.gz$/
const DAY_FOLDER = /^\d+\/\d+\/\d+\/[^/]*$/

/** Where a trail's files of one Region lie, and from which time they are wanted. */
export interface FileSearch {
  readonly trailArn: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly from: ServiceMs
  readonly to: ServiceMs
}

/** @returns the keys of the trail's digests that end from `from` to an hour after `to`, oldest first */
export function listDigestKeys(store: Pick<ObjectStore, 'keys'>, search: FileSearch): string[] {
  const { trailArn, region, from, to } = search
  const [, , , homeRegion = '', account = ''] = trailArn.split(':')
  const trailName = trailArn.slice(trailArn.indexOf('/') + 1)
  const start = `${account}_CloudTrail-Digest_${region}_${trailName}_${homeRegion}_`
  const first = toCompactSecond(from)
  const last = toCompactSecond(serviceMs(to + HOUR_MS))
  return keysIn(store, search, 'CloudTrail-Digest').filter((key) => {
    const isOwn = key.slice(key.lastIndexOf('/') + 1).startsWith(start) && DIGEST_TIME.test(key)
    const at = key.slice(-'20260314T092653Z.json.gz'.length, -'.json.gz'.length)
    return isOwn && at >= first && at <= last
  })
}

/** @returns the keys of the log files delivered in the minutes from `from` to `to` */
export function listLogKeys(store: Pick<ObjectStore, 'keys'>, search: FileSearch): string[] {
  const first = toCompactMinute(search.from)
  const last = toCompactMinute(search.to)
  return (['CloudTrail', 'CloudTrail-Insight'] as const)
    .flatMap((kind) => keysIn(store, search, kind))
    .filter((key) => {
      const at = LOG_TIME.exec(key)?.[1]
      return at !== undefined && at >= first && at <= last
    })
}

/** @returns when the hour of the digest with this key ends; 0 for a key that tells no time */
export function keyTime(key: string): ServiceMs {
  const [, year, month, day, hour, minute, second] = DIGEST_TIME.exec(key) ?? []
  return fromIso(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) ?? serviceMs(0)
}

function keysIn(store: Pick<ObjectStore, 'keys'>, { trailArn, region, bucket, prefix }: FileSearch, kind: string) {
  const folder = `${toKeyRoot(prefix, trailArn.split(':')[4])}/${kind}/${region}/`
  return store.keys(bucket).filter((key) => key.startsWith(folder) && DAY_FOLDER.test(key.slice(folder.length)))
}
