import type { Bucket } from './buckets.ts'
import type { Statistic } from './statistic-name.ts'

/**
 * The value of a statistic over the samples of one period (CloudWatch User Guide, "CloudWatch statistics definitions").
 * Percentiles are nearest-rank: always a value that was measured.
 *
 * @returns `null` when the samples behind a statistic set are needed and unknown, or when no sample is within bounds
 */
export function statisticOf(bucket: Bucket, statistic: Statistic): number | null {
  switch (statistic.kind) {
    case 'SampleCount':
      return bucket.count
    case 'Sum':
      return bucket.sum
    case 'Average':
      return bucket.sum / bucket.count
    case 'Minimum':
      return bucket.min
    case 'Maximum':
      return bucket.max
    case 'percentile':
    case 'tm':
    case 'tc':
    case 'ts':
    case 'wm':
    case 'pr':
      return overSamples(toSamples(bucket), statistic)
  }
}

/**
 * Whether a period holds too few samples for its percentile to mean anything: fewer than 10 on the thin side
 * (CloudWatch User Guide, "Percentile-based alarms and low data samples").
 */
export function hasTooFewSamples(bucket: Bucket, statistic: Statistic): boolean {
  if (statistic.kind !== 'percentile') return false
  const { percent } = statistic
  return bucket.count * (percent >= 50 ? 100 - percent : percent) < 1000
}

/** A value and how many samples had it, in rising order. */
interface Sample {
  readonly value: number
  readonly count: number
}

/** A statistic set whose least and greatest value are one tells all its samples. */
function toSamples({ values, counts, min, max, count }: Bucket): Sample[] | null {
  if (values && counts) return values.map((value, index) => ({ value, count: counts[index] ?? 0 }))
  return min === max ? [{ value: min, count }] : null
}

type OverSamples = Exclude<Statistic, { kind: 'SampleCount' | 'Sum' | 'Average' | 'Minimum' | 'Maximum' }>

function overSamples(samples: Sample[] | null, statistic: OverSamples): number | null {
  if (!samples) return null
  if (statistic.kind === 'percentile') return nearestRank(samples, statistic.percent)
  const inner = within(samples, statistic)
  const count = total(inner, () => 1)
  const sum = total(inner, (value) => value)
  switch (statistic.kind) {
    case 'tc':
      return count
    case 'ts':
      return sum
    case 'tm':
      return count === 0 ? null : sum / count
    case 'pr':
      return (count * 100) / total(samples, () => 1)
    case 'wm':
      return winsorised(samples, inner)
  }
}

const total = (samples: readonly Sample[], weigh: (value: number) => number): number =>
  samples.reduce((sum, { value, count }) => sum + weigh(value) * count, 0)

function nearestRank(samples: readonly Sample[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil((total(samples, () => 1) * percent) / 100))
  let passed = 0
  for (const { value, count } of samples) {
    passed += count
    if (passed >= rank) return value
  }
  return samples.at(-1)?.value ?? null
}

type Bounded = Extract<OverSamples, { bounds: unknown }>

function within(samples: readonly Sample[], { bounds }: Bounded): Sample[] {
  const { unit, from, to } = bounds
  if (unit === 'value') {
    return samples.filter(({ value }) => value > (from ?? -Infinity) && value <= (to ?? Infinity))
  }
  const all = total(samples, () => 1)
  const first = Math.floor((all * (from ?? 0)) / 100)
  const last = Math.ceil((all * (to ?? 100)) / 100)
  let passed = 0
  return samples.flatMap(({ value, count }) => {
    const kept = Math.min(passed + count, last) - Math.max(passed, first)
    passed += count
    return kept > 0 ? [{ value, count: kept }] : []
  })
}

/** What lies beyond the bounds counts as if it lay on them. */
function winsorised(samples: readonly Sample[], inner: readonly Sample[]): number | null {
  const [lowest] = inner
  const highest = inner.at(-1)
  if (!lowest || !highest) return null
  const clamp = (value: number) => Math.min(Math.max(value, lowest.value), highest.value)
  return total(samples, clamp) / total(samples, () => 1)
}
