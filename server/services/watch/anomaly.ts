import type { ServiceMs } from '../../../shared/units.ts'
import type { Bucket } from './buckets.ts'
import { collect, startOf } from './buckets.ts'
import type { Series } from './math-series.ts'
import { deviation, mean } from './math-series.ts'
import type { Band } from './slots.ts'
import type { Statistic } from './statistic-name.ts'
import { statisticOf } from './statistics.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A model looks this many days back and says nothing before it has seen this many. */
export const MODEL_DAYS = 14
const LEAST_DAYS = 3
/** However calm a metric was, its band is no narrower than this share of its mean on each side. */
const LEAST_SHARE = 0.01

/** A stretch of time that a model does not learn from. */
export interface ExcludedRange {
  readonly StartTime: ServiceMs
  readonly EndTime: ServiceMs
}

/** What a model learns from. */
export interface Lesson {
  readonly series: readonly Bucket[]
  readonly statistic: Statistic
  readonly periodMs: number
  readonly excluded: readonly ExcludedRange[]
}

/**
 * The band in which values are expected at the given times: mean ± `width` standard deviations of what was measured at
 * the same hour of the last 14 days (CloudWatch User Guide, "Using CloudWatch anomaly detection"). No band for hours
 * with fewer than 3 days of data.
 */
export function anomalyBand(
  lesson: Lesson,
  times: readonly number[],
  width: number,
): { readonly lower: Series; readonly upper: Series } {
  const hours = new Map<number, Band | null>()
  for (const hour of new Set(times.map((at) => startOf(at, HOUR)))) hours.set(hour, bandOf(learn(lesson, hour), width))
  const side = (name: keyof Band): Series =>
    new Map(
      times.flatMap((at) => {
        const band = hours.get(startOf(at, HOUR))
        return band ? [[at, band[name]] as const] : []
      }),
    )
  return { lower: side('lower'), upper: side('upper') }
}

/** The values of each earlier day at that hour; days without any are left out. */
function learn(lesson: Lesson, hour: number): number[][] {
  const days: number[][] = []
  for (let day = 1; day <= MODEL_DAYS; day += 1) {
    const values = valuesIn(lesson, hour - day * DAY)
    if (values.length > 0) days.push(values)
  }
  return days
}

function valuesIn({ series, statistic, periodMs, excluded }: Lesson, hour: number): number[] {
  const values: number[] = []
  for (let from = hour; from < hour + HOUR; from += periodMs) {
    if (excluded.some(({ StartTime, EndTime }) => from >= StartTime && from < EndTime)) continue
    const bucket = collect(series, from, from + periodMs)
    const value = bucket && statisticOf(bucket, statistic)
    if (value !== null) values.push(value)
  }
  return values
}

function bandOf(days: readonly number[][], width: number): Band | null {
  if (days.length < LEAST_DAYS) return null
  const values = days.flat()
  const middle = mean(values)
  const half = width * Math.max(deviation(values), LEAST_SHARE * Math.abs(middle))
  return { lower: middle - half, upper: middle + half }
}
