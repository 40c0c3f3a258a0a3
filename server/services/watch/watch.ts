import type { AlarmActionRun, AlarmChange, MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { Datapoint } from '../../../shared/aws/metric.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { evaluateOne, isDue } from './alarm-evaluation.ts'
import { MODEL_DAYS } from './anomaly.ts'
import { BEAT, startOf } from './buckets.ts'
import type { Changed } from './composite-review.ts'
import { reviewComposites } from './composite-review.ts'
import { periodOf } from './faults.ts'
import { evaluationRangeMs, forget, settle, toFreshDatum } from './metrics.ts'
import { endMutes } from './mute-review.ts'
import type { Retention, WatchState } from './state.ts'
import { nextTimer } from './timers.ts'
import type { Run } from './transition.ts'
import { closeRun, openRun } from './transition.ts'

/** What CloudWatch did in one tick, in the order in which it did it. */
export interface WatchStep {
  readonly state: WatchState
  readonly changes: readonly AlarmChange[]
  readonly actions: readonly AlarmActionRun[]
  readonly events: readonly EventEntry[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FORGET_EVERY = 300_000

/** CloudWatch's own: 3 hours, 15, 63 and 455 days (CloudWatch User Guide, "Metrics retention"). */
const AWS_RETENTION: Retention = { subMinute: 3 * HOUR, minute: 15 * DAY, fiveMinutes: 63 * DAY, hour: 455 * DAY }
const HISTORY_ITEMS = 1000
const LOG_EVENTS = 5000

/**
 * Opens an empty CloudWatch at service time `now`.
 *
 * @param retention shorter than AWS's for a city that nobody looks back at for days; alarms always keep what they read
 */
export function openWatch(settings: {
  readonly now: ServiceMs
  readonly retention?: Retention
  readonly historyItems?: number
  readonly logEvents?: number
}): WatchState {
  const { now, retention = AWS_RETENTION, historyItems = HISTORY_ITEMS, logEvents = LOG_EVENTS } = settings
  return {
    settings: { retention, historyItems, logEvents },
    evaluatedAt: startOf(now, BEAT),
    nextTimer: null,
    fresh: [],
    metrics: {},
    alarms: {},
    muteRules: {},
    detectors: {},
    logs: {},
    dashboards: {},
    history: [],
  }
}

/**
 * Takes one tick's datapoints and says which alarms changed state. Alarms are looked at whenever the service clock passes
 * ten seconds or a minute, over the periods that end there (CloudWatch User Guide, "Evaluating an alarm").
 *
 * @returns the next state (the same object when no datum came and nothing was due), and what happened: changes in the
 *   order in which the alarms were created, events and actions whose `cause` is their change's id
 */
export function stepWatch(state: WatchState, datapoints: readonly Datapoint[], ctx: StepContext): WatchStep {
  const fed = datapoints.length === 0 ? state : { ...state, fresh: [...state.fresh, ...datapoints.map(toFreshDatum)] }
  const isBeat = startOf(ctx.now, BEAT) > state.evaluatedAt && !isIdle(fed)
  const isTimer = state.nextTimer !== null && state.nextTimer <= ctx.now
  return isBeat || isTimer ? advance(fed, ctx) : { state: fed, changes: [], actions: [], events: [] }
}

/** Nothing is known and nobody asked to be told. */
const isIdle = ({ alarms, metrics, fresh }: WatchState): boolean =>
  fresh.length === 0 && Object.keys(alarms).length === 0 && Object.keys(metrics).length === 0

function advance(state: WatchState, ctx: StepContext): WatchStep {
  const run = openRun(settle(state), ctx)
  const last = startOf(ctx.now, BEAT)
  for (let beat = state.evaluatedAt + BEAT; beat <= last; beat += BEAT) evaluateDue(run, serviceMs(beat))
  endMutes(run, ctx.now)
  reviewComposites(run, ctx.now, new Map())
  const { changes, actions, events } = run
  const closed = { ...closeRun(run), evaluatedAt: last }
  const next = { ...closed, nextTimer: nextTimer(closed) }
  const isTidyUp = startOf(last, FORGET_EVERY) > state.evaluatedAt
  return { state: isTidyUp ? forget(next, last, neededMs(next)) : next, changes, actions, events }
}

function evaluateDue(run: Run, at: ServiceMs): void {
  endMutes(run, at)
  const from = run.changes.length
  for (const alarm of Object.values(run.start.alarms)) {
    const current = run.alarms[alarm.config.AlarmName] ?? alarm
    if (isDue(current, at)) evaluateOne(run, current, at)
  }
  const changed: Changed = new Map(run.changes.slice(from).map(({ alarmName, id }) => [alarmName, id]))
  reviewComposites(run, at, changed)
}

/** How far back the alarms look, and the models that some of them need. */
const neededMs = ({ alarms }: WatchState): number =>
  Object.values(alarms).reduce((most, alarm) => Math.max(most, alarm.kind === 'metric' ? lookBack(alarm.config) : 0), 0)

const lookBack = (config: MetricAlarmInput): number =>
  evaluationRangeMs(config.EvaluationPeriods, periodOf(config) ?? 60) +
  (config.ThresholdMetricId === undefined ? 0 : MODEL_DAYS * DAY + HOUR)
