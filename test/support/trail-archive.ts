import { gunzipSync, gzipSync } from 'node:zlib'
import { trailArn } from '../../shared/aws/account.ts'
import type { ObjectPlace, ObjectStore, StoredObject } from '../../shared/aws/log-file.ts'
import { serviceMs } from '../../shared/units.ts'
import { startLogging, stopLogging } from '../../server/services/trail/logging.ts'
import type { ValidationReport, ValidationRequest } from '../../server/services/trail/validate.ts'
import type { RegionKey } from '../../server/store/trail-keys.ts'
import { createRegionKey } from '../../server/store/trail-keys.ts'
import { openMemoryObjects } from '../../server/store/trail-objects.ts'
import { EMPTY_SEAL_MEMORY, sealDrafts, validateTrailLogs } from '../../server/store/trail-seal.ts'
import type { TrailRun } from './trail-run.ts'
import { apiCall, at, cityTrail, DAY, HOME, HOUR, MINUTE, NORTH, OPENING, openTrailRun } from './trail-run.ts'

export const BUCKET = 'city-logs'

/** What a trail of two districts delivered in six hours, with a stop from 3:10 to 3:40. */
export interface Archive {
  readonly objects: readonly StoredObject[]
  readonly keyOf: (region: string) => RegionKey
  readonly run: TrailRun
}

const REGION_KEYS = new Map<string, RegionKey>()

/** One key pair per Region for all tests of a file: making one takes a while. */
export function regionKey(region: string): RegionKey {
  const key = REGION_KEYS.get(region) ?? createRegionKey(serviceMs(OPENING - DAY), serviceMs(OPENING + 365 * DAY))
  REGION_KEYS.set(region, key)
  return key
}

/** Runs six hours with a call every 7 minutes in turn in both districts. */
export function buildArchive(): Archive {
  const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail({ IsMultiRegionTrail: true })] })
  for (let minute = 1; minute <= 6 * 60 + 2; minute += 1) {
    if (minute === 190) run.ask(stopLogging, { Name: 'city' })
    if (minute === 220) run.ask(startLogging, { Name: 'city' })
    run.step(minute * MINUTE, minute % 7 === 0 ? callsAt(minute) : [])
  }
  return { objects: sealDrafts(EMPTY_SEAL_MEMORY, run, regionKey).objects, keyOf: regionKey, run }
}

const callsAt = (minute: number) =>
  [1, 2, 3].map((n) =>
    apiCall({
      eventTime: at(minute * MINUTE - n),
      awsRegion: minute % 14 === 0 ? NORTH : HOME,
      requestParameters: { roadId: `road-${n}` },
    }),
  )

/** Validates the whole six hours. */
export const validateAll = (store: ObjectStore, changes: Partial<ValidationRequest> = {}): ValidationReport =>
  validateTrailLogs(store, { ...WHOLE, publicKeys: [regionKey(changes.region ?? HOME).publicKey], ...changes })

export const WHOLE = {
  trailArn: trailArn('city'),
  bucket: BUCKET,
  startTime: OPENING,
  endTime: serviceMs(OPENING + 6 * HOUR),
}

export const storeOf = ({ objects }: Archive): ObjectStore => openMemoryObjects(objects)

/** The archive's keys of one kind and Region, oldest first. */
export const keysOf = (store: ObjectStore, kind: 'CloudTrail' | 'CloudTrail-Digest', region = HOME): string[] =>
  store.keys(BUCKET).filter((key) => key.includes(`/${kind}/${region}/`))

export function load(store: ObjectStore, key: string): StoredObject {
  const object = store.get({ bucket: BUCKET, key })
  if (object === undefined) throw new Error(`no object ${key}`)
  return object
}

export const place = (key: string): ObjectPlace => ({ bucket: BUCKET, key })

export const textOf = (object: StoredObject): string => gunzipSync(object.bytes).toString('utf8')

/** Rewrites an object's text, as an intruder would: packed again, with the metadata it had. */
export function edit(store: ObjectStore, key: string, change: (text: string) => string): void {
  const object = load(store, key)
  store.put({ ...object, bytes: gzipSync(change(textOf(object))) })
}

/** Puts one object's content in the place of the other, and the other way round. */
export function swap(store: ObjectStore, a: string, b: string): void {
  const [first, second] = [load(store, a), load(store, b)]
  store.put({ ...first, key: b })
  store.put({ ...second, key: a })
}

/** Takes an object away and lays it elsewhere. */
export function move(store: ObjectStore, from: string, to: string): void {
  store.put({ ...load(store, from), key: to })
  store.delete(place(from))
}
