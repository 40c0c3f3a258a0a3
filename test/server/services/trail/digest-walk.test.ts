import { describe, expect, it } from 'vitest'

import type { PublicKey, StoredObject } from '../../../../shared/aws/log-file.ts'
import { toIsoSeconds } from '../../../../shared/time.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { TrailCrypto } from '../../../../server/services/trail/digest-content.ts'
import { digestKey, logFileKey } from '../../../../server/services/trail/file-names.ts'
import { validateTrail, type ValidationRequest } from '../../../../server/services/trail/validate.ts'
import { openMemoryObjects } from '../../../../server/store/trail-objects.ts'
import { at, HOUR } from '../../../support/trail-run.ts'

const TRAIL = { prefix: '', name: 'city', homeRegion: 'eu-west-3' }
const ARN = 'arn:aws:cloudtrail:eu-west-3:111122223333:trail/city'
const KEY: PublicKey = { Value: 'key', ValidityStartTime: at(0), ValidityEndTime: at(99 * HOUR), Fingerprint: 'f1' }

const hour = (n: number) => at(n * HOUR)
const keyOf = (n: number) => digestKey(TRAIL, 'eu-west-3', hour(n))
const logOf = (n: number, random = 'A'.repeat(16)) =>
  logFileKey(TRAIL, 'CloudTrail', 'eu-west-3', { at: hour(n - 0.5), random })

/**
 * Ink that anybody can read: a text is packed by a `z` before it, its hash is its length, and a signature is good when
 * it says so. What is checked, and in which order, is the validator's own.
 */
const crypto: TrailCrypto = {
  sha256Hex: (bytes) => `hash${bytes.length}`,
  gunzip: (bytes) => (bytes[0] === 0x7a ? { bytes: bytes.slice(1), isComplete: bytes.at(-1) !== 0x23 } : null),
  verify: (key, text, signature) => key === 'key' && signature === `signed ${text.split('\n').length}`,
}
const pack = (text: string) => new TextEncoder().encode(`z${text}`)
const hashOf = (text: string) => `hash${text.length}`

interface Sheet {
  /** The hour at whose end it was written. */
  readonly n: number
  /** The hour of the one before it; left out: the hour before, none for the first. */
  readonly previous?: number | null
  readonly bucket?: string
  readonly previousBucket?: string
  readonly changes?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array
}

function digest(sheet: Sheet): StoredObject {
  const { n, previous = n === 1 ? null : n - 1, bucket = 'logs', previousBucket = bucket, changes = {} } = sheet
  const fields = {
    digestPublicKeyFingerprint: 'f1',
    digestS3Bucket: bucket,
    digestS3Object: keyOf(n),
    previousDigestSignature: previous === null ? null : 'before',
    digestStartTime: toIsoSeconds(hour(n - 1)),
    digestEndTime: toIsoSeconds(hour(n)),
    previousDigestS3Bucket: previous === null ? null : previousBucket,
    previousDigestS3Object: previous === null ? null : keyOf(previous),
    logFiles: [{ s3Bucket: bucket, s3Object: logOf(n), hashValue: hashOf(`page ${n}`) }],
    ...changes,
  }
  const metadata = sheet.metadata ?? { signature: 'signed 4', 'signature-algorithm': 'SHA256withRSA' }
  return { bucket, key: keyOf(n), bytes: sheet.bytes ?? pack(JSON.stringify(fields)), metadata }
}

const page = (n: number, text = `page ${n}`, bucket = 'logs'): StoredObject => ({
  bucket,
  key: logOf(n),
  bytes: pack(text),
  metadata: {},
})

const HOURS = [1, 2, 3, 4, 5]

/** The five hours, some of their digests otherwise or (`null`) gone; `hours(n)` counts the digests the walk met. */
function walk(changes: Readonly<Record<number, Omit<Sheet, 'n'> | null>> = {}, asked: Partial<ValidationRequest> = {}) {
  const digests = HOURS.flatMap((n) => (changes[n] === null ? [] : [digest({ ...changes[n], n })]))
  const store = openMemoryObjects([...digests, ...HOURS.map((n) => page(n))])
  const request = { trailArn: ARN, bucket: 'logs', startTime: hour(0), endTime: hour(5), publicKeys: [KEY], ...asked }
  const report = validateTrail(store, request, crypto)
  return {
    ...report,
    met: report.digests.map(({ key, verdict }) => `${HOURS.find((n) => keyOf(n) === key)} ${verdict}`),
    judged: report.logFiles.map(({ key, verdict }) => `${HOURS.find((n) => logOf(n) === key)} ${verdict}`),
  }
}

const fine = (...hours: readonly number[]) => hours.map((n) => `${n} valid`)

describe('the walk along the digests', () => {
  it('[TRAIL-63] goes from the newest to the first', () => {
    const { met, judged, gaps, exitCode } = walk()
    expect(met).toEqual(fine(5, 4, 3, 2, 1))
    expect(judged).toEqual(fine(5, 4, 3, 2, 1))
    expect({ gaps, exitCode }).toEqual({ gaps: [], exitCode: 0 })
  })

  const bytes = pack('{}')
  const noMetadata = {}
  it.each<[string, Omit<Sheet, 'n'>, string]>([
    ['no gzip', { bytes: new TextEncoder().encode('{}') }, 'invalid format'],
    ['cut short', { bytes: pack('{}#') }, 'invalid format'],
    ['no JSON', { bytes: pack('{') }, 'invalid format'],
    ['a list', { bytes: pack('[]') }, 'invalid format'],
    ['a text', { bytes: pack('"digest"') }, 'invalid format'],
    ['nothing in it', { bytes }, 'invalid format'],
    ['no end', { changes: { digestEndTime: undefined } }, 'invalid format'],
    ['no start', { changes: { digestStartTime: undefined } }, 'invalid format'],
    ['no fingerprint', { changes: { digestPublicKeyFingerprint: undefined } }, 'invalid format'],
    ['no bucket', { changes: { digestS3Bucket: undefined } }, 'invalid format'],
    ['no key', { changes: { digestS3Object: undefined } }, 'invalid format'],
    ['no signature before', { changes: { previousDigestSignature: undefined } }, 'invalid format'],
    ['a start that is no time', { changes: { digestStartTime: 'noon' } }, 'invalid format'],
    ['no metadata', { metadata: noMetadata }, 'signature verification failed'],
    ['no algorithm', { metadata: { signature: 'signed 4' } }, 'signature verification failed'],
    ['no signature', { metadata: { 'signature-algorithm': 'SHA256withRSA' } }, 'signature verification failed'],
    ['another bucket', { changes: { digestS3Bucket: 'else' } }, 'has been moved from its original location'],
    ['another key', { changes: { digestS3Object: keyOf(9) } }, 'has been moved from its original location'],
    ['another fingerprint', { changes: { digestPublicKeyFingerprint: 'f2' } }, 'public key not found'],
    ['a fingerprint that is no text', { changes: { digestPublicKeyFingerprint: 1 } }, 'public key not found'],
    [
      'a bad signature',
      { metadata: { signature: 'signed 3', 'signature-algorithm': 'x' } },
      'signature verification failed',
    ],
    // Of several faults the first that is looked for is told.
    [
      'another place and key',
      { changes: { digestS3Bucket: 'else', digestPublicKeyFingerprint: 'f2' } },
      'has been moved from its original location',
    ],
    [
      'another key and a bad signature',
      { changes: { digestPublicKeyFingerprint: 'f2' }, metadata: { signature: '', 'signature-algorithm': '' } },
      'public key not found',
    ],
    ['no JSON and no metadata', { bytes: pack('{'), metadata: noMetadata }, 'invalid format'],
  ])('[TRAIL-58] judges one with %s, and nothing that it lists', (_, sheet, verdict) => {
    const { met, judged, exitCode, notCovered } = walk({ 3: sheet })
    expect(met).toEqual([...fine(5, 4), `3 ${verdict}`, ...fine(2, 1)])
    expect(judged).toEqual(fine(5, 4, 2, 1))
    expect(notCovered.map(({ key }) => key)).toEqual([logOf(3)])
    expect(exitCode).toBe(1)
  })

  it('[TRAIL-57] names a missing one once, by the newer one that names it', () => {
    expect(walk({ 3: null }).met).toEqual([...fine(5, 4), '3 not found', ...fine(2, 1)])
    expect(walk({ 2: null, 3: null }).met).toEqual([...fine(5, 4), '3 not found', ...fine(1)])
    expect(walk({ 4: null, 2: null }).met).toEqual([...fine(5), '4 not found', ...fine(3), '2 not found', ...fine(1)])
    expect(walk({ 1: null }).met).toEqual([...fine(5, 4, 3, 2), '1 not found'])
  })

  it('[TRAIL-61] misses nothing before the newest that is there', () => {
    expect(walk({ 5: null }).met).toEqual(fine(4, 3, 2, 1))
    expect(walk({ 1: null, 2: null, 3: null, 4: null, 5: null })).toMatchObject({ met: [], found: null, exitCode: 0 })
  })

  it('[TRAIL-59] tells gaps where chains begin, and goes on with the older ones', () => {
    const twice = walk({ 2: { previous: null }, 4: { previous: null } })
    expect(twice.met).toEqual(fine(5, 4, 3, 2, 1))
    expect(twice.gaps).toEqual([
      { from: hour(3), to: hour(3) },
      { from: hour(1), to: hour(1) },
    ])
    const apart = walk({ 3: null, 4: { previous: null } })
    expect(apart.met).toEqual(fine(5, 4, 2, 1))
    expect(apart.gaps).toEqual([{ from: hour(2), to: hour(3) }])
    expect(apart.exitCode).toBe(0)
  })

  it('[TRAIL-63] stops behind the first that begins before the time asked', () => {
    expect(walk({}, { startTime: hour(2) }).met).toEqual(fine(5, 4, 3, 2))
    expect(walk({}, { startTime: hour(1.5) }).met).toEqual(fine(5, 4, 3, 2))
    expect(walk({}, { startTime: hour(4.5) }).met).toEqual(fine(5))
    expect(walk({}, { endTime: hour(2) }).met).toEqual(fine(3, 2, 1))
    expect(walk({}, { startTime: hour(2), endTime: hour(1.9) }).met).toEqual(fine(2))
  })

  it('[TRAIL-63] follows the chain to places that the list does not have', () => {
    expect(walk({ 5: { previous: 3 } }).met).toEqual(fine(5, 3, 2, 1))
    expect(walk({ 5: { previousBucket: 'gone' } }).met).toEqual([...fine(5), '4 not found'])
  })

  it('[TRAIL-63] does not go round in a circle', () => {
    expect(walk({ 3: { previous: 3 } }).met).toEqual(fine(5, 4, 3, 2, 1))
    expect(walk({ 3: { previous: 5 } }).met).toEqual(fine(5, 4, 3, 2, 1))
    expect(walk({ 1: { previous: 4 } }).met).toEqual(fine(5, 4, 3, 2, 1))
  })
})

describe('what a valid digest lists', () => {
  const listing = (...logFiles: readonly unknown[]) => walk({ 5: { changes: { logFiles } } }, { startTime: hour(4.5) })
  const entry = (n: number, hashValue = hashOf(`page ${n}`)) => ({ s3Bucket: 'logs', s3Object: logOf(n), hashValue })

  it.each<[string, readonly unknown[], readonly string[]]>([
    ['nothing', [], []],
    ['one page', [entry(5)], ['5 valid']],
    ['two pages in its order', [entry(2), entry(1)], ['2 valid', '1 valid']],
    ['a page that is not there', [{ ...entry(5), s3Object: 'nowhere' }], ['undefined not found']],
    ['a page of another bucket', [{ ...entry(5), s3Bucket: 'else' }], ['5 not found']],
    ['another hash', [entry(5, 'hash0')], ["5 hash value doesn't match"]],
    ['a hash in capitals', [entry(5, hashOf('page 5').toUpperCase())], ["5 hash value doesn't match"]],
    ['no hash', [{ s3Bucket: 'logs', s3Object: logOf(5) }], ["5 hash value doesn't match"]],
    ['what is no page', [null, 5, 'page', []], []],
  ])('[TRAIL-56] %s', (_, files, judged) => {
    expect(listing(...files).judged).toEqual(judged)
  })

  it('[TRAIL-56] tells a page that is no gzip', () => {
    const store = openMemoryObjects([digest({ n: 1 }), { ...page(1), bytes: new TextEncoder().encode('page 1') }])
    const request = { trailArn: ARN, bucket: 'logs', startTime: hour(0), endTime: hour(1), publicKeys: [KEY] }
    expect(validateTrail(store, request, crypto)).toMatchObject({
      logFiles: [{ verdict: 'invalid format' }],
      validDigests: 1,
      invalidLogFiles: 1,
      exitCode: 1,
      found: { from: hour(0), to: hour(1) },
    })
  })

  it('[TRAIL-62] leaves digests and pages of others aside', () => {
    const foreign = [
      keyOf(2).replace('_city_', '_town_'),
      keyOf(2).replaceAll('eu-west-3', 'eu-north-1'),
      keyOf(2).replace('.json.gz', '.txt'),
      `copy/${keyOf(2)}`,
    ].map((key) => ({ ...digest({ n: 2 }), key }))
    const store = openMemoryObjects([digest({ n: 1 }), page(1), ...foreign])
    const request = { trailArn: ARN, bucket: 'logs', startTime: hour(0), endTime: serviceMs(hour(9)) }
    const report = validateTrail(store, { ...request, publicKeys: [KEY] }, crypto)
    expect(report).toMatchObject({ validDigests: 1, invalidDigests: 0, notCovered: [], exitCode: 0 })
  })
})
