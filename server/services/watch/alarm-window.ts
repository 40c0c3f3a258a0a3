import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { compareCauseIds } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Bucket } from './buckets.ts'
import { collect } from './buckets.ts'
import { periodOf } from './faults.ts'
import { limits } from './limits.ts'
import { computeQuery } from './math.ts'
import { sightOf, toMathSource } from './math-source.ts'
import type { MathValue } from './math-series.ts'
import { seriesOf } from './metrics.ts'
import { own } from './own.ts'
import type { Band, WindowFacts } from './slots.ts'
import type { MetricAlarm, WatchState } from './state.ts'
import type { Statistic } from './statistic-name.ts'
import { parseStatistic } from './statistic-name.ts'
import { hasTooFewSamples, statisticOf } from './statistics.ts'

/** The evaluation range of an alarm, oldest slot first; `causes` runs beside the values. */
export interface AlarmWindow {
  readonly values: readonly (number | null)[]
  readonly causes: readonly (CauseId | null)[]
  readonly facts: WindowFacts
}

/** Reads the slots of an alarm that end at `endsAt`; they slide with it and are not aligned to the period. */
export function windowOf(state: WatchState, alarm: MetricAlarm, endsAt: ServiceMs): AlarmWindow {
  const slots = alarm.config.EvaluationPeriods + limits.EXTRA_PERIODS
  const periodMs = (periodOf(alarm.config) ?? 60) * 1000
  const grid = Array.from({ length: slots }, (_, index) => endsAt - (slots - index) * periodMs)
  return alarm.config.Metrics
    ? mathWindow(state, alarm.config, { grid, periodMs, endsAt })
    : metricWindow(state, alarm, { grid, periodMs, endsAt })
}

interface Slots {
  readonly grid: readonly number[]
  readonly periodMs: number
  readonly endsAt: ServiceMs
}

function metricWindow(
  state: WatchState,
  { config, metricKey }: MetricAlarm,
  { grid, periodMs, endsAt }: Slots,
): AlarmWindow {
  const statistic = parseStatistic(config.Statistic ?? config.ExtendedStatistic ?? '')
  const series = seriesOf(own(state.metrics, metricKey ?? ''), config.Unit)
  const buckets = grid.map((from) => collect(series, from, from + periodMs))
  return {
    values: buckets.map((bucket) => (bucket && statistic ? statisticOf(bucket, statistic) : null)),
    causes: buckets.map((bucket) => (bucket && statistic ? causeOf(bucket, statistic, config) : null)),
    facts: {
      endsAt,
      tooFewSamples: buckets.map(
        (bucket) => bucket !== null && statistic !== null && hasTooFewSamples(bucket, statistic),
      ),
    },
  }
}

/** An expression that cannot be computed is a metric without data. */
function mathWindow(state: WatchState, config: MetricAlarmInput, { grid, periodMs, endsAt }: Slots): AlarmWindow {
  const { Metrics: queries = [], ThresholdMetricId: bandId } = config
  const source = toMathSource(state, queries, grid, () => grid)
  const compute = (id: string | undefined): MathValue | null => {
    const computed = id === undefined ? null : computeQuery(source, id)
    return computed?.ok ? computed.value : null
  }
  const compared = queries.find(({ Id, ReturnData }) => ReturnData !== false && Id !== bandId)
  const value = compute(compared?.Id)
  const points = value?.kind === 'series' ? value.points : new Map<number, number>()
  const sights = queries.flatMap(({ MetricStat }) => (MetricStat ? [sightOf(state, MetricStat)] : []))
  const causesAt = (from: number) =>
    sights.flatMap(({ series, statistic }) => {
      const bucket = collect(series, from, from + periodMs)
      return (bucket && statistic && causeOf(bucket, statistic, config)) ?? []
    })
  return {
    values: grid.map((from) => points.get(from) ?? null),
    causes: grid.map((from) => causesAt(from).toSorted(compareCauseIds).at(-1) ?? null),
    facts: { endsAt, ...(bandId === undefined ? {} : { band: bandAt(compute(bandId), grid) }) },
  }
}

function bandAt(value: MathValue | null, grid: readonly number[]): (Band | null)[] {
  return grid.map((from) => {
    const lower = value?.kind === 'band' ? value.lower.get(from) : undefined
    const upper = value?.kind === 'band' ? value.upper.get(from) : undefined
    return lower === undefined || upper === undefined ? null : { lower, upper }
  })
}

/** The sample that a period's value comes from, or that pulled it towards the threshold. */
function causeOf(bucket: Bucket, { kind }: Statistic, { ComparisonOperator }: MetricAlarmInput): CauseId | null {
  if (kind === 'SampleCount' || kind === 'Sum') return bucket.lastCause
  if (kind === 'Minimum') return bucket.minCause
  const looksDown = kind !== 'Maximum' && ComparisonOperator.startsWith('LessThan')
  return looksDown ? bucket.minCause : bucket.maxCause
}
