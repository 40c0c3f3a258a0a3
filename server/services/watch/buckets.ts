import type { CauseId } from '../../../shared/ids.ts'
import { compareCauseIds } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'

/** Samples of one metric within one stretch of time, put together. */
export interface Bucket {
  /** Where the stretch begins. */
  readonly at: ServiceMs
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  /** Distinct values in rising order and how often each came; `null` when a statistic set hid them. */
  readonly values: readonly number[] | null
  readonly counts: readonly number[] | null
  /** The facts behind the least, the greatest and the newest sample. */
  readonly minCause: CauseId | null
  readonly maxCause: CauseId | null
  readonly lastCause: CauseId | null
}

/** One stretch of a series holds no more distinct values than this; beyond, neighbours are put together. */
const DISTINCT_VALUES = 400

/** The service clock's step, in ms: alarms are looked at every ten seconds at most. */
export const BEAT = 10_000

/** The beginning of the stretch of `lengthMs` in which a moment lies. */
export const startOf = (at: number, lengthMs: number): ServiceMs => serviceMs(Math.floor(at / lengthMs) * lengthMs)

/** A stretch with `count` samples of one value; −0 is 0, because JSON knows no other. */
export function toBucket(at: ServiceMs, measured: number, cause: CauseId | null, count = 1): Bucket {
  const value = measured + 0
  const causes = { minCause: cause, maxCause: cause, lastCause: cause }
  return { at, count, sum: value * count, min: value, max: value, values: [value], counts: [count], ...causes }
}

/** Puts two stretches together, as one that begins at `at`. Ties keep the earlier cause. */
export function mergeBuckets(a: Bucket, b: Bucket, at: ServiceMs = a.at): Bucket {
  return {
    at,
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    ...mergeValues(a, b),
    minCause: b.min < a.min ? b.minCause : a.minCause,
    maxCause: b.max > a.max ? b.maxCause : a.maxCause,
    lastCause: newer(a.lastCause, b.lastCause),
  }
}

/** All samples in [from, to) of a series in rising order, as one stretch that begins at `from`; `null` without any. */
export function collect(series: readonly Bucket[], from: number, to: number): Bucket | null {
  let found: Bucket | null = null
  for (let i = firstAtOrAfter(series, from); i < series.length; i += 1) {
    const bucket = series[i]
    if (!bucket || bucket.at >= to) break
    found = found ? mergeBuckets(found, bucket) : { ...bucket, at: serviceMs(from) }
  }
  return found
}

/** Adds stretches to a series, keeping it in rising order with one bucket for each beginning. */
export function addBuckets(series: readonly Bucket[], added: readonly Bucket[]): Bucket[] {
  const next = [...series]
  for (const bucket of added) {
    const index = firstAtOrAfter(next, bucket.at)
    const same = next[index]
    if (same?.at === bucket.at) next[index] = mergeBuckets(same, bucket)
    else next.splice(index, 0, bucket)
  }
  return next
}

/** Puts together whatever is older than `before` and shares a stretch of `lengthMs`. */
export function rollUp(series: readonly Bucket[], lengthMs: number, before: number): readonly Bucket[] {
  const end = firstAtOrAfter(series, startOf(before, lengthMs))
  if (series.slice(0, end).every(({ at }) => at % lengthMs === 0)) return series
  const coarse: Bucket[] = []
  for (const bucket of series.slice(0, end)) {
    const at = startOf(bucket.at, lengthMs)
    const last = coarse.at(-1)
    if (last?.at === at) coarse[coarse.length - 1] = mergeBuckets(last, bucket)
    else coarse.push({ ...bucket, at })
  }
  return [...coarse, ...series.slice(end)]
}

/** Index of the first bucket that begins at `from` or later; the length of the series when there is none. */
export function firstAtOrAfter(series: readonly Bucket[], from: number): number {
  let low = 0
  let high = series.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((series[middle]?.at ?? Infinity) < from) low = middle + 1
    else high = middle
  }
  return low
}

function newer(a: CauseId | null, b: CauseId | null): CauseId | null {
  if (a === null || b === null) return b ?? a
  return compareCauseIds(a, b) > 0 ? a : b
}

function mergeValues(a: Bucket, b: Bucket): Pick<Bucket, 'values' | 'counts'> {
  if (!a.values || !a.counts || !b.values || !b.counts) return { values: null, counts: null }
  const values: number[] = []
  const counts: number[] = []
  let i = 0
  let j = 0
  while (i < a.values.length || j < b.values.length) {
    const left = a.values[i] ?? Infinity
    const right = b.values[j] ?? Infinity
    values.push(Math.min(left, right))
    counts.push((left <= right ? (a.counts[i] ?? 0) : 0) + (right <= left ? (b.counts[j] ?? 0) : 0))
    if (left <= right) i += 1
    if (right <= left) j += 1
  }
  return values.length > DISTINCT_VALUES ? thinOut(values, counts) : { values, counts }
}

/** Halves a distribution: of each pair of neighbours stays the value that came more often, with the samples of both. */
function thinOut(values: readonly number[], counts: readonly number[]): Pick<Bucket, 'values' | 'counts'> {
  const kept: number[] = []
  const sums: number[] = []
  for (let i = 0; i < values.length; i += 2) {
    const [left = 0, right = left] = values.slice(i, i + 2)
    const [ofLeft = 0, ofRight = 0] = counts.slice(i, i + 2)
    const isLast = i + 2 >= values.length
    kept.push(i > 0 && (isLast || ofRight > ofLeft) ? right : left)
    sums.push(ofLeft + ofRight)
  }
  return { values: kept, counts: sums }
}
