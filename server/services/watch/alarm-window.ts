import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Bucket } from './buckets.ts'
import { collect } from './buckets.ts'
import * as limits from './limits.ts'
import { seriesOf } from './metrics.ts'
import { own } from './own.ts'
import type { WindowFacts } from './slots.ts'
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

/** Reads the slots that end at `endsAt` for an alarm on one metric. */
export function metricWindow(state: WatchState, alarm: MetricAlarm, endsAt: ServiceMs): AlarmWindow {
  const { config } = alarm
  const { Period = 60 } = config
  const statistic = parseStatistic(config.Statistic ?? config.ExtendedStatistic ?? '')
  const series = seriesOf(own(state.metrics, alarm.metricKey ?? ''), config.Unit)
  const slots = config.EvaluationPeriods + limits.EXTRA_PERIODS
  const buckets = Array.from({ length: slots }, (_, index) => {
    const from = endsAt - (slots - index) * Period * 1000
    return collect(series, from, from + Period * 1000)
  })
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

/** The sample that a period's value comes from, or that pulled it towards the threshold. */
function causeOf(bucket: Bucket, { kind }: Statistic, { ComparisonOperator }: MetricAlarmInput): CauseId | null {
  if (kind === 'SampleCount' || kind === 'Sum') return bucket.lastCause
  if (kind === 'Minimum') return bucket.minCause
  const looksDown = kind !== 'Maximum' && ComparisonOperator.startsWith('LessThan')
  return looksDown ? bucket.minCause : bucket.maxCause
}
