import { toOffsetMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { AlarmWindow } from './alarm-window.ts'
import { windowOf } from './alarm-window.ts'
import type { Evaluation } from './evaluate.ts'
import { evaluateAlarm, staysIn } from './evaluate.ts'
import { periodOf } from './faults.ts'
import type { Alarm, MetricAlarm } from './state.ts'
import type { Run } from './transition.ts'
import { changeState } from './transition.ts'

const MINUTE = 60_000

/** Alarms are looked at every minute; those with a period below a minute every 10 s. */
export const isDue = (alarm: Alarm, at: ServiceMs): alarm is MetricAlarm =>
  alarm.kind === 'metric' && (at % MINUTE === 0 || (periodOf(alarm.config) ?? MINUTE) < 60)

/** Evaluates one alarm at `at`, over the periods that end there. */
export function evaluateOne(run: Run, alarm: MetricAlarm, at: ServiceMs): void {
  const window = windowOf(run.start, alarm, at)
  const { value: previous } = alarm.status
  const config = { ...alarm.config, Period: periodOf(alarm.config) ?? 60 }
  if (staysIn(previous, config, window.values, window.facts)) return
  const found = evaluateAlarm(config, window.values, previous, window.facts)
  changeState(run, alarm, {
    to: found.state,
    reason: found.reason,
    reasonData: reasonData(config, { window, found, at }),
    at,
    cause: found.decidedBy === null ? null : (window.causes[found.decidedBy] ?? null),
  })
}

interface Seen {
  readonly window: AlarmWindow
  readonly found: Evaluation
  readonly at: ServiceMs
}

/** `StateReasonData`, as JSON text; datapoints oldest first. */
function reasonData(config: MetricAlarm['config'] & { Period: number }, { window, found, at }: Seen): string {
  const startOf = (index: number) => at - (window.values.length - index) * config.Period * 1000
  const points = found.evaluated.map((index) => ({
    timestamp: toOffsetMillis(serviceMs(startOf(index))),
    value: window.values[index] ?? null,
  }))
  return JSON.stringify({
    version: '1.0',
    queryDate: toOffsetMillis(at),
    ...(points[0] ? { startDate: points[0].timestamp } : {}),
    ...(config.Unit === undefined ? {} : { unit: config.Unit }),
    ...(config.Metrics ? {} : { statistic: config.Statistic ?? config.ExtendedStatistic ?? '' }),
    period: config.Period,
    recentDatapoints: points.map(({ value }) => value),
    ...(config.Threshold === undefined ? {} : { threshold: config.Threshold }),
    evaluatedDatapoints: points.toReversed(),
  })
}
