import type { AlarmChange, CompositeAlarmInput, MetricAlarmInput } from '../../../../shared/aws/alarm.ts'
import type { Datapoint } from '../../../../shared/aws/metric.ts'
import type { CauseId } from '../../../../shared/ids.ts'
import { openIds } from '../../../../shared/ids.ts'
import type { ServiceMs } from '../../../../shared/units.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { WatchOutcome } from '../../../../server/services/watch/alarm-control.ts'
import { putCompositeAlarm, putMetricAlarm } from '../../../../server/services/watch/alarm-control.ts'
import type { CallContext, WatchState } from '../../../../server/services/watch/state.ts'
import { openWatch, stepWatch } from '../../../../server/services/watch/watch.ts'

/** 2026-03-14T09:00:00Z, when every test begins. */
export const START = 1_773_478_800_000

/** Service time, in seconds after the test's beginning. */
export const at = (seconds: number): ServiceMs => serviceMs(START + seconds * 1000)

export const open = (): WatchState => openWatch({ now: at(0) })

/** The tick whose number is its second; calls made in it are caused by `<second>/1`. */
export const tickAt = (seconds: number): CallContext => {
  const ids = openIds(seconds)
  return { now: at(seconds), ids, seed: 7, cause: ids.next() }
}

export const speedAlarm = (changes: Partial<MetricAlarmInput> = {}): MetricAlarmInput => ({
  AlarmName: 'speed-A7',
  Namespace: 'City/Traffic',
  MetricName: 'SpeedKmh',
  Dimensions: [{ Name: 'Camera', Value: 'A7' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 110,
  ComparisonOperator: 'GreaterThanThreshold',
  ...changes,
})

/** A car passes camera A7. */
export const pass = (seconds: number, value: number, changes: Partial<Datapoint> = {}): Datapoint => ({
  cause: `${Math.floor(seconds)}/3` as CauseId,
  namespace: 'City/Traffic',
  metricName: 'SpeedKmh',
  dimensions: { Camera: 'A7' },
  timestamp: at(seconds),
  value,
  storageResolution: 1,
  ...changes,
})

/** Unwraps the answer of a call that the test relies on. */
export function done<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

export const withAlarm = (state: WatchState, changes: Partial<MetricAlarmInput> = {}, seconds = 0): WatchState =>
  done(putMetricAlarm(state, speedAlarm(changes), tickAt(seconds))).state

export const withComposite = (
  state: WatchState,
  input: Partial<CompositeAlarmInput> & { AlarmRule: string },
  seconds = 0,
): WatchState => done(putCompositeAlarm(state, { AlarmName: 'both', ...input }, tickAt(seconds))).state

/** Steps once, at `seconds`. */
export const stepTo = (state: WatchState, seconds: number, points: readonly Datapoint[] = []): WatchOutcome =>
  stepWatch(state, points, tickAt(seconds))

/** Steps every five seconds until `seconds`; points come in at their own time. */
export function play(state: WatchState, seconds: number, points: readonly Datapoint[] = [], from = 0): WatchOutcome {
  let now = state
  const all: {
    changes: AlarmChange[]
    actions: WatchOutcome['actions'][number][]
    events: WatchOutcome['events'][number][]
  } = {
    changes: [],
    actions: [],
    events: [],
  }
  for (let second = from + 5; second <= seconds; second += 5) {
    const due = points.filter(({ timestamp }) => timestamp > at(second - 5) && timestamp <= at(second))
    const step = stepTo(now, second, due)
    now = step.state
    all.changes.push(...step.changes)
    all.actions.push(...step.actions)
    all.events.push(...step.events)
  }
  return { state: now, ...all }
}
