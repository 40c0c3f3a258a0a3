import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { updateTrail } from '../../../../server/services/trail/manage.ts'
import { openMemoryObjects } from '../../../../server/store/trail-objects.ts'
import { EMPTY_SEAL_MEMORY, sealDrafts } from '../../../../server/store/trail-seal.ts'
import type { ObjectStore } from '../../../../shared/aws/log-file.ts'
import type { Archive } from '../../../support/trail-archive.ts'
import {
  BUCKET,
  buildArchive,
  edit,
  keysOf,
  load,
  move,
  place,
  regionKey,
  storeOf,
  swap,
  textOf,
  validateAll,
} from '../../../support/trail-archive.ts'
import { apiCall, at, cityTrail, HOUR, MINUTE, NORTH, openTrailRun } from '../../../support/trail-run.ts'

describe('validating log files', () => {
  let archive: Archive
  let store: ObjectStore
  let logs: string[]
  let digests: string[]

  beforeAll(() => {
    archive = buildArchive()
  })
  const open = () => {
    store = storeOf(archive)
    logs = keysOf(store, 'CloudTrail')
    digests = keysOf(store, 'CloudTrail-Digest')
  }
  const log = (n: number) => logs.at(n) ?? ''
  const digest = (n: number) => digests.at(n) ?? ''
  /** What is not valid, by key. */
  const faults = (report = validateAll(store)) =>
    Object.fromEntries(
      [...report.digests, ...report.logFiles]
        .filter(({ verdict }) => verdict !== 'valid')
        .map(({ key, verdict }) => [key, verdict]),
    )

  it('[TRAIL-55] finds untouched files valid and counts them', () => {
    open()
    const report = validateAll(store)
    expect(report).toMatchObject({
      validDigests: 6,
      invalidDigests: 0,
      validLogFiles: 22,
      invalidLogFiles: 0,
      exitCode: 0,
    })
    expect(report.digests.map(({ key }) => key)).toEqual(digests.toReversed())
    expect(report.logFiles.map(({ key }) => key).toSorted()).toEqual(logs.slice(0, 22))
    expect(report.found).toEqual({ from: at(0), to: at(5 * HOUR + 39 * MINUTE) })
  })

  it('[TRAIL-55] finds nothing where nothing is', () => {
    const empty = validateAll(openMemoryObjects())
    expect(empty).toMatchObject({ digests: [], logFiles: [], gaps: [], found: null, exitCode: 0 })
  })

  it('[TRAIL-56] tells an edited, a missing and an unreadable page apart', () => {
    open()
    edit(store, log(2), (text) => text.replace('"road-1"', '"road-9"'))
    store.delete(place(log(4)))
    store.put({ ...load(store, log(6)), bytes: Buffer.from('coffee') })
    const report = validateAll(store)
    expect(faults(report)).toEqual({
      [log(2)]: "hash value doesn't match",
      [log(4)]: 'not found',
      [log(6)]: 'invalid format',
    })
    expect(report).toMatchObject({ validLogFiles: 19, invalidLogFiles: 3, invalidDigests: 0, exitCode: 1 })
  })

  it('[TRAIL-56] finds a file that was moved missing where it was', () => {
    open()
    move(store, log(3), `${log(3)}.bak`)
    expect(faults()).toEqual({ [log(3)]: 'not found' })
  })

  it('[TRAIL-57] finds a digest that was removed, by the newer one that names it', () => {
    open()
    store.delete(place(digest(1)))
    const report = validateAll(store)
    expect(faults(report)).toEqual({ [digest(1)]: 'not found' })
    expect(report.digests.map(({ key }) => key)).toEqual(digests.toReversed())
  })

  it('[TRAIL-57] finds digests that changed places', () => {
    open()
    swap(store, digest(1), digest(2))
    expect(faults()).toEqual({
      [digest(1)]: 'has been moved from its original location',
      [digest(2)]: 'has been moved from its original location',
    })
  })

  it.each<[string, (target: string) => void]>([
    ['invalid format', (key) => store.put({ ...load(store, key), bytes: Buffer.from('x') })],
    ['invalid format', (key) => store.put({ ...load(store, key), bytes: load(store, key).bytes.slice(0, -9) })],
    ['invalid format', (key) => edit(store, key, () => 'no json')],
    ['invalid format', (key) => edit(store, key, () => '[]')],
    ['invalid format', (key) => store.put({ ...load(store, key), bytes: gzipSync(Buffer.from([0x7b, 0xff, 0x7d])) })],
    ['invalid format', (key) => edit(store, key, (text) => text.replace('"digestEndTime"', '"end"'))],
    ['signature verification failed', (key) => store.put({ ...load(store, key), metadata: {} })],
    ['signature verification failed', (key) => edit(store, key, (text) => text.replace('"SHA-256"', '"MD5"'))],
    ['signature verification failed', (key) => store.put({ ...load(store, key), metadata: noSignature })],
    [
      'has been moved from its original location',
      (key) => edit(store, key, (text) => text.replace('T090000Z', 'T090001Z')),
    ],
    [
      'has been moved from its original location',
      (key) => edit(store, key, (text) => text.replace('"city-logs"', '"else"')),
    ],
    ['public key not found', (key) => edit(store, key, (text) => text.replace(fingerprint(), '0'.repeat(32)))],
  ])('[TRAIL-58] %s, and its files are not judged (%#)', (verdict, tamper) => {
    open()
    const listed = (JSON.parse(textOf(load(store, digest(0)))) as { logFiles: { s3Object: string }[] }).logFiles
    tamper(digest(0))
    const report = validateAll(store)
    expect(faults(report)).toEqual({ [digest(0)]: verdict })
    expect(report.logFiles).toHaveLength(22 - listed.length)
    expect(report.notCovered.map(({ key }) => key)).toEqual(
      expect.arrayContaining(listed.map(({ s3Object }) => s3Object)),
    )
  })

  it('[TRAIL-59] tells the time of a stop as a gap', () => {
    open()
    const report = validateAll(store)
    expect(report.gaps).toEqual([{ from: at(3 * HOUR + 10 * MINUTE), to: at(3 * HOUR + 39 * MINUTE) }])
    expect(report.exitCode).toBe(0)
  })

  it('[TRAIL-59] tells no gap at the beginning of the first chain', () => {
    open()
    expect(validateAll(store, { endTime: at(2 * HOUR) }).gaps).toEqual([])
  })

  it('[TRAIL-61] does not mind new packing of the same text', () => {
    open()
    store.put({ ...load(store, log(5)), bytes: gzipSync(textOf(load(store, log(5))), { level: 0 }) })
    expect(validateAll(store).exitCode).toBe(0)
  })

  it('[TRAIL-61] does not look at what stands behind the end of a file', () => {
    open()
    const object = load(store, log(5))
    store.put({ ...object, bytes: Buffer.concat([object.bytes, Buffer.from('more')]) })
    expect(validateAll(store).exitCode).toBe(0)
  })

  it('[TRAIL-61] does not miss the newest digests', () => {
    open()
    for (const n of [-1, -2]) store.delete(place(digest(n)))
    expect(validateAll(store)).toMatchObject({
      validDigests: 4,
      exitCode: 0,
      found: { to: at(3 * HOUR + 10 * MINUTE) },
    })
  })

  it('[TRAIL-61] names only the first of missing neighbours', () => {
    open()
    for (const n of [1, 2]) store.delete(place(digest(n)))
    expect(faults()).toEqual({ [digest(2)]: 'not found' })
  })

  it('[TRAIL-62] tells pages that no digest lists from valid ones', () => {
    open()
    const forged = log(0).replace(/[^_]{16}\.json/, 'FORGEDFORGED0000.json')
    store.put({ ...load(store, log(0)), key: forged })
    const report = validateAll(store)
    expect(report.notCovered.map(({ key }) => key)).toEqual([forged, log(22), log(23)].toSorted())
    expect(report.logFiles.some(({ key }) => key === forged)).toBe(false)
    expect(report.exitCode).toBe(0)
    const firstHours = validateAll(store, { endTime: at(2 * HOUR) })
    expect(firstHours.notCovered.map(({ key }) => key)).toEqual([forged])
  })

  it('[TRAIL-63] goes from the newest of the time asked to the first that begins before it', () => {
    open()
    const walked = (startTime: number, endTime: number) =>
      validateAll(store, { startTime: at(startTime), endTime: at(endTime) }).digests.map(({ key }) =>
        digests.indexOf(key),
      )
    expect(walked(0, 2 * HOUR)).toEqual([2, 1, 0])
    expect(walked(0, 2 * HOUR - 1000)).toEqual([1, 0])
    expect(walked(90 * MINUTE, 2 * HOUR)).toEqual([2, 1])
    expect(walked(HOUR, 2 * HOUR)).toEqual([2, 1, 0])
    expect(walked(7 * HOUR, 9 * HOUR)).toEqual([])
  })

  it('[TRAIL-63] looks at one district, with its key', () => {
    open()
    edit(store, log(0), (text) => text.replace('road', 'path'))
    expect(validateAll(store, { region: NORTH })).toMatchObject({ validDigests: 6, exitCode: 0 })
    const otherKey = [regionKey(NORTH).publicKey]
    expect(validateAll(store, { publicKeys: otherKey }).digests[0]?.verdict).toBe('public key not found')
  })

  it('[TRAIL-63] refuses a copy elsewhere: only where files were delivered can they be validated', () => {
    open()
    for (const key of store.keys(BUCKET)) store.put({ ...load(store, key), bucket: 'garage' })
    const report = validateAll(store, { bucket: 'garage' })
    expect(new Set(report.digests.map(({ verdict }) => verdict))).toEqual(
      new Set(['has been moved from its original location']),
    )
    expect(report.logFiles).toEqual([])
  })

  it('[TRAIL-63] follows a trail that changed its bucket and prefix', () => {
    const run = openTrailRun({ trails: [cityTrail({ S3BucketName: 'old-logs' })] })
    run.step(MINUTE, [apiCall({ eventTime: at(MINUTE) })])
    run.wait(90 * MINUTE)
    run.ask(updateTrail, { Name: 'city', S3BucketName: BUCKET })
    run.wait(3 * HOUR)
    const both = openMemoryObjects(sealDrafts(EMPTY_SEAL_MEMORY, run, regionKey).objects)
    const report = validateAll(both)
    expect(report.digests.map(({ bucket, verdict }) => [bucket, verdict])).toEqual([
      [BUCKET, 'valid'],
      [BUCKET, 'valid'],
      ['old-logs', 'valid'],
    ])
    expect(report.logFiles).toMatchObject([{ bucket: 'old-logs', verdict: 'valid' }])
  })

  const fingerprint = () => regionKey('eu-west-3').publicKey.Fingerprint
  const noSignature = { signature: 'not hexadecimal', 'signature-algorithm': 'SHA256withRSA' }
})
