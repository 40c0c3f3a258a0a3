import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeTrailCrypto } from '../../server/store/trail-crypto.ts'
import type { ObjectStore } from '../../shared/aws/log-file.ts'
import {
  buildArchive,
  edit,
  keysOf,
  load,
  move,
  place,
  storeOf,
  swap,
  textOf,
  validateAll,
} from '../support/trail-archive.ts'
import { HOME, NORTH } from '../support/trail-run.ts'

const RUNS = { seed: 20260314, numRuns: 150 }
const archive = buildArchive()
/** Of a gzip: what stands before and after the packed text. */
const HEADER = 10
const TRAILER = 8
const region = fc.constantFrom(HOME, NORTH)
const nth = fc.nat(999)

/** One thing an intruder does to one file; `other` is another file of the same kind. */
type Tampering = (store: ObjectStore, key: string, other: string) => void

const letter = fc.stringMatching(/^[a-z0-9 ]$/)
const editLetter = fc.tuple(nth, letter).map(
  ([n, to]): Tampering =>
    (store, key) =>
      edit(store, key, (text) => {
        const index = n % text.length
        return text.slice(0, index) + (text.charAt(index) === to ? '!' : to) + text.slice(index + 1)
      }),
)
const cutText = nth.map(
  (n): Tampering =>
    (store, key) =>
      edit(store, key, (text) => text.slice(0, n % text.length)),
)
/** Damages one byte of the packed text; the few bits that packing does not use are no tampering, so one more is cut. */
const flipByte = fc.tuple(nth, fc.integer({ min: 1, max: 255 })).map(([n, bits]): Tampering => (store, key) => {
  const object = load(store, key)
  const bytes = Buffer.from(object.bytes)
  const index = HEADER + (n % (bytes.length - HEADER - TRAILER))
  bytes[index] = (bytes[index] ?? 0) ^ bits
  const unpacked = nodeTrailCrypto.gunzip(bytes)
  const isHarmless = unpacked?.isComplete === true && textOf(object) === Buffer.from(unpacked.bytes).toString()
  store.put({ ...object, bytes: isHarmless ? bytes.subarray(0, index) : bytes })
})
const remove = fc.constant<Tampering>((store, key) => store.delete(place(key)))
const relocate = fc.constant<Tampering>((store, key) => move(store, key, `${key}.bak`))
const exchange = fc.constant<Tampering>((store, key, other) => swap(store, key, other))
const overwrite = fc.constant<Tampering>((store, key, other) => store.put({ ...load(store, other), key }))
const onRecords = (change: (records: unknown[], n: number) => unknown[]) =>
  nth.map(
    (n): Tampering =>
      (store, key) =>
        edit(store, key, (text) => {
          const { Records } = JSON.parse(text) as { Records: unknown[] }
          return JSON.stringify({ Records: change(Records, n % Records.length) })
        }),
  )
const dropRecord = onRecords((records, n) => records.toSpliced(n, 1))
const doubleRecord = onRecords((records, n) => [...records, records[n]])
const turnRecords = onRecords((records, n) => [...records.slice(n + 1), ...records.slice(0, n + 1)].toReversed())

const logTampering = fc.oneof(
  editLetter,
  cutText,
  flipByte,
  remove,
  relocate,
  exchange,
  overwrite,
  dropRecord,
  doubleRecord,
)
const digestTampering = fc.oneof(editLetter, cutText, flipByte, remove, relocate, exchange, overwrite)

/** The keys of log files that a digest covers, and of digests that a newer one names. */
function coveredKeys(store: ObjectStore, from: string) {
  const report = validateAll(store, { region: from })
  const logs = report.logFiles.map(({ key }) => key).toSorted()
  const linked = archive.run.digests.flatMap(({ previous, region: own }) =>
    previous !== null && own === from ? [previous.key] : [],
  )
  return { logs, linked }
}

const pick = (keys: readonly string[], n: number) => keys[n % keys.length] ?? ''
const verdictsOf = (store: ObjectStore, from: string) => {
  const report = validateAll(store, { region: from })
  return new Map([...report.digests, ...report.logFiles].map(({ key, verdict }) => [key, verdict]))
}

describe(`one tampering, seed ${RUNS.seed}`, () => {
  it('[TRAIL-56] of a covered log file is found, and only what was touched is blamed', () => {
    fc.assert(
      fc.property(region, nth, nth, logTampering, (from, n, m, tamper) => {
        const store = storeOf(archive)
        const { logs } = coveredKeys(store, from)
        const key = pick(logs, n)
        const other = pick(
          logs.filter((one) => one !== key),
          m,
        )
        tamper(store, key, other)
        const verdicts = verdictsOf(store, from)
        expect(verdicts.get(key)).not.toBe('valid')
        for (const [one, verdict] of verdicts)
          expect([one, other === one || key === one || verdict === 'valid']).toEqual([one, true])
      }),
      RUNS,
    )
  })

  it('[TRAIL-56] of the order of records is found', () => {
    fc.assert(
      fc.property(region, nth, turnRecords, (from, n, tamper) => {
        const store = storeOf(archive)
        const key = pick(coveredKeys(store, from).logs, n)
        const before = load(store, key)
        tamper(store, key, key)
        const isSame = Buffer.from(load(store, key).bytes).equals(before.bytes)
        expect(verdictsOf(store, from).get(key)).toBe(isSame ? 'valid' : "hash value doesn't match")
      }),
      RUNS,
    )
  })

  it('[TRAIL-57] of a digest that a newer one names is found', () => {
    fc.assert(
      fc.property(region, nth, nth, digestTampering, (from, n, m, tamper) => {
        const store = storeOf(archive)
        const { linked } = coveredKeys(store, from)
        const key = pick(linked, n)
        const others = keysOf(store, 'CloudTrail-Digest', from).filter((one) => one !== key)
        tamper(store, key, pick(others, m))
        const report = validateAll(store, { region: from })
        const blamed = report.digests.filter(({ verdict }) => verdict !== 'valid').map((finding) => finding.key)
        expect(blamed).toContain(key)
        expect(report.exitCode).toBe(1)
      }),
      RUNS,
    )
  })

  it('[TRAIL-62] never makes a file valid that no digest lists', () => {
    fc.assert(
      fc.property(region, nth, fc.stringMatching(/^[A-Za-z0-9]{16}$/), (from, n, letters) => {
        const store = storeOf(archive)
        const { logs } = coveredKeys(store, from)
        const forged = pick(logs, n).replace(/[A-Za-z0-9]{16}\.json/, `${letters}.json`)
        fc.pre(!logs.includes(forged))
        store.put({ ...load(store, pick(logs, n + 1)), key: forged })
        const report = validateAll(store, { region: from })
        expect(report.logFiles.map(({ key }) => key)).not.toContain(forged)
        expect(report.notCovered.map(({ key }) => key)).toContain(forged)
      }),
      RUNS,
    )
  })
})
