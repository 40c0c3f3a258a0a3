import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Bucket } from '../../../../server/services/watch/buckets.ts'
import { addBuckets, collect, mergeBuckets, rollUp, toBucket } from '../../../../server/services/watch/buckets.ts'
import { isExtendedStatistic, parseStatistic } from '../../../../server/services/watch/statistic-name.ts'
import { hasTooFewSamples, statisticOf } from '../../../../server/services/watch/statistics.ts'
import { serviceMs } from '../../../../shared/units.ts'

const ORIGIN = serviceMs(0)
const bucketOf = (values: readonly number[]): Bucket =>
  values.map((value) => toBucket(ORIGIN, value, null)).reduce((a, b) => mergeBuckets(a, b))
const set = (changes: Partial<Bucket>): Bucket => ({ ...bucketOf([1]), values: null, counts: null, ...changes })

function value(name: string, bucket: Bucket): number | null {
  const statistic = parseStatistic(name)
  if (!statistic) throw new Error(`${name} is no statistic`)
  return statisticOf(bucket, statistic)
}
const toHundred = bucketOf(Array.from({ length: 100 }, (_, i) => 100 - i))

describe('statistics', () => {
  it.each([
    ['SampleCount', 4],
    ['Sum', 400],
    ['Average', 100],
    ['Minimum', 80],
    ['Maximum', 131],
  ])('[WATCH-68] finds %s of single values', (name, expected) => {
    expect(value(name, bucketOf([131, 90, 80, 99]))).toBe(expected)
  })

  it.each([
    ['SampleCount', 10],
    ['Sum', 1000],
    ['Average', 100],
    ['Minimum', 80],
    ['Maximum', 131],
  ])('[WATCH-68] finds %s of a statistic set', (name, expected) => {
    expect(value(name, set({ count: 10, sum: 1000, min: 80, max: 131 }))).toBe(expected)
  })

  it('[WATCH-68] counts a value as often as it is said to have come', () => {
    const bucket = mergeBuckets(toBucket(ORIGIN, 90, null, 3), toBucket(ORIGIN, 130, null))
    expect([value('SampleCount', bucket), value('Average', bucket), value('p75', bucket)]).toEqual([4, 100, 90])
  })

  it.each([
    ['p0', 1],
    ['p1', 1],
    ['p50', 50],
    ['p90', 90],
    ['p99', 99],
    ['p99.5', 100],
    ['p100', 100],
  ])('[WATCH-69] finds %s of 1 to 100 to be %i', (name, expected) => {
    expect(value(name, toHundred)).toBe(expected)
  })

  it('[WATCH-69] is a value that was measured, and rises with the percentage', () => {
    const values = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(values, fc.nat(100), fc.nat(100), (measured, a, b) => {
        const bucket = bucketOf(measured)
        const [low, high] = [value(`p${Math.min(a, b)}`, bucket), value(`p${Math.max(a, b)}`, bucket)]
        expect(measured).toContain(low)
        expect(low).toBeLessThanOrEqual(high ?? NaN)
      }),
    )
  })

  it('[WATCH-69] does not know the percentiles of a statistic set, unless all its samples are equal', () => {
    expect(value('p50', set({ count: 10, sum: 1000, min: 80, max: 131 }))).toBeNull()
    expect(value('p50', set({ count: 10, sum: 900, min: 90, max: 90 }))).toBe(90)
    expect(value('tm90', set({ count: 10, sum: 1000, min: 80, max: 131 }))).toBeNull()
  })

  it.each([
    ['p90', 99, true],
    ['p90', 100, false],
    ['p50', 19, true],
    ['p50', 20, false],
    ['p10', 99, true],
    ['p10', 100, false],
    ['Average', 1, false],
    ['tm90', 1, false],
  ])('[WATCH-9] finds that %s of %i samples has too few: %s', (name, count, expected) => {
    const statistic = parseStatistic(name)
    expect(statistic && hasTooFewSamples(toBucket(ORIGIN, 90, null, count), statistic)).toBe(expected)
  })

  it.each([
    ['tm90', 45.5],
    ['tm100', 50.5],
    ['TM(10%:90%)', 50.5],
    ['TM(:90%)', 45.5],
    ['TM(90%:)', 95.5],
    ['TM(90:100)', 95.5],
    ['IQM', 50.5],
    ['tc90', 90],
    ['TC(10%:90%)', 80],
    ['TC(:50)', 50],
    ['TC(50:)', 50],
    ['ts10', 55],
    ['TS(0:3)', 6],
    ['WM(10%:90%)', 50.5],
    ['wm50', 37.75],
    ['PR(:50)', 50],
    ['PR(90:100)', 10],
    ['PR(90:)', 10],
    ['PR(200:300)', 0],
  ])('[WATCH-70] finds %s of 1 to 100 to be %d', (name, expected) => {
    expect(value(name, toHundred)).toBeCloseTo(expected, 10)
  })

  it('[WATCH-70] has no mean where there is no sample', () => {
    expect([value('TM(200:300)', toHundred), value('WM(200:300)', toHundred), value('TC(200:300)', toHundred)]).toEqual(
      [null, null, 0],
    )
  })

  it.each([
    'p101', 'p-1', 'p', 'P90', 'tm101', 'TM()', 'TM(:)', 'TM(90%:10%)', 'TM(10%:90)', 'TM(110%:)', 'PR(10%:90%)', 'average',
    'Median', '', 'constructor',
  ])('[WATCH-70] does not know %j', (name) => {
    expect(parseStatistic(name)).toBeNull()
  }) // prettier-ignore

  it('[WATCH-70] tells extended statistics from simple ones', () => {
    expect(['p90', 'IQM', 'PR(:110)', 'Sum', 'nothing'].map(isExtendedStatistic)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('buckets', () => {
  const sample = fc.record({ at: fc.integer({ min: 0, max: 20 }), value: fc.integer({ min: 0, max: 9 }) })

  it('[WATCH-71] collects what lies in [from, to), in whatever order it came', () => {
    fc.assert(
      fc.property(fc.array(sample), fc.nat(20), fc.nat(20), (samples, a, b) => {
        const series = samples.reduce<readonly Bucket[]>(
          (all, { at, value: speed }) => addBuckets(all, [toBucket(serviceMs(at), speed, null)]),
          [],
        )
        const inside = samples.filter(({ at }) => at >= a && at < b).map(({ value: speed }) => speed)
        const found = collect(series, a, b)
        expect([found?.count ?? 0, found?.sum ?? 0]).toEqual([inside.length, inside.reduce((x, y) => x + y, 0)])
        expect(series.map(({ at }) => at)).toEqual([...new Set(samples.map(({ at }) => at))].toSorted((x, y) => x - y))
      }),
    )
  })

  it('[WATCH-72] rolls up without losing a sample, and only what is old', () => {
    fc.assert(
      fc.property(fc.array(sample), fc.nat(25), (samples, before) => {
        const series = addBuckets(
          [],
          samples.map(({ at, value: speed }) => toBucket(serviceMs(at), speed, null)),
        )
        const rolled = rollUp(series, 5, before)
        expect(collect(rolled, 0, 100)).toEqual(collect(series, 0, 100))
        expect(rolled.filter(({ at }) => at >= before)).toEqual(series.filter(({ at }) => at >= before))
        expect(rolled.every(({ at }) => at % 5 === 0 || at >= before - 5)).toBe(true)
      }),
    )
  })

  it('[WATCH-76] keeps a bounded number of distinct values, and their count', () => {
    const crowd = bucketOf(Array.from({ length: 3000 }, (_, i) => i / 10))
    expect(crowd.values?.length).toBeLessThanOrEqual(400)
    expect(crowd.counts?.reduce((a, b) => a + b, 0)).toBe(3000)
    expect(value('p50', crowd)).toBeGreaterThan(145)
    expect(value('p50', crowd)).toBeLessThan(155)
    expect(value('p100', crowd)).toBe(299.9)
  })
})
