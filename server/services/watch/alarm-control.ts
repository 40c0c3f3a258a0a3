import { alarmArn } from '../../../shared/aws/account.ts'
import type {
  AlarmActionRun,
  AlarmChange,
  AlarmState,
  CompositeAlarmInput,
  MetricAlarmInput,
} from '../../../shared/aws/alarm.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { configurationEvent } from './alarm-events.ts'
import { childrenOf, parseAlarmRule } from './alarm-rule.ts'
import { BEAT, startOf } from './buckets.ts'
import { alarmNameOf } from './composite.ts'
import { compositeFaults } from './composite-faults.ts'
import { moveComposite, reviewComposites } from './composite-review.ts'
import { validateAlarm } from './evaluate.ts'
import { invalid } from './faults.ts'
import { configurationItem } from './history.ts'
import { limits } from './limits.ts'
import { metricKey, toDimensions } from './metrics.ts'
import { own } from './own.ts'
import type { Alarm, AlarmStatus, CallContext, CompositeAlarm, MetricAlarm, WatchState } from './state.ts'
import { FREE } from './suppression.ts'
import { nextTimer } from './timers.ts'
import type { Run } from './transition.ts'
import { changeState, closeRun, openRun, setAlarm } from './transition.ts'

/** What a call of the control plane leaves behind. */
export interface WatchOutcome {
  readonly state: WatchState
  readonly changes: readonly AlarmChange[]
  readonly actions: readonly AlarmActionRun[]
  readonly events: readonly EventEntry[]
}

type Answer = Result<WatchOutcome, ServiceError>

/**
 * Makes a metric alarm or replaces its settings (CloudWatch API Reference, "PutMetricAlarm"). A new one begins in
 * INSUFFICIENT_DATA; an old one keeps its state until it is next evaluated.
 */
export function putMetricAlarm(state: WatchState, input: Partial<MetricAlarmInput>, ctx: CallContext): Answer {
  const valid = validateAlarm(input)
  if (!valid.ok) return valid
  const config = valid.value
  const before = own(state.alarms, config.AlarmName)
  if (before?.kind === 'composite') return fail(invalid('AlarmName', `${config.AlarmName} is a composite alarm.`))
  const { Namespace = '', MetricName = '' } = config
  const key = config.Metrics ? null : metricKey(Namespace, MetricName, toDimensions(config.Dimensions))
  return save(state, { ...base(config.AlarmName, before, ctx), kind: 'metric', config, metricKey: key }, ctx)
}

/**
 * Makes or replaces a composite alarm (CloudWatch API Reference, "PutCompositeAlarm"). All alarms that it names must
 * exist; it may come to depend on itself, and is then left alone until the circle is broken.
 */
export function putCompositeAlarm(state: WatchState, input: Partial<CompositeAlarmInput>, ctx: CallContext): Answer {
  const [fault] = compositeFaults(input)
  if (fault) return fail(fault)
  const config = input as CompositeAlarmInput
  const rule = parseAlarmRule(config.AlarmRule)
  if (!rule.ok) return rule
  const children = childrenOf(rule.value).map(alarmNameOf)
  const named = config.ActionsSuppressor === undefined ? children : [...children, alarmNameOf(config.ActionsSuppressor)]
  const stranger = named.find((name) => name !== config.AlarmName && !own(state.alarms, name))
  if (stranger !== undefined) return fail(invalid('AlarmRule', `The alarm ${stranger} does not exist.`))
  const before = own(state.alarms, config.AlarmName)
  if (before?.kind === 'metric') return fail(invalid('AlarmName', `${config.AlarmName} is a metric alarm.`))
  const alarm: CompositeAlarm = {
    ...base(config.AlarmName, before, ctx),
    kind: 'composite',
    config,
    rule: rule.value,
    children,
    isUnchecked: true,
    suppression: before?.suppression ?? FREE,
  }
  return save(state, alarm, ctx)
}

/**
 * Deletes alarms, all or none of them (CloudWatch API Reference, "DeleteAlarms"): at most one composite alarm among them,
 * and none on which a composite alarm depends that stays.
 */
export function deleteAlarms(
  state: WatchState,
  input: { readonly AlarmNames: readonly string[] },
  ctx: CallContext,
): Answer {
  if (input.AlarmNames.length > limits.ALARMS_PER_CALL) {
    return fail(invalid('AlarmNames', `At most ${limits.ALARMS_PER_CALL} alarms are deleted at a time.`))
  }
  const stranger = input.AlarmNames.find((name) => !own(state.alarms, name))
  if (stranger !== undefined) return fail(notFound(stranger))
  const doomed = new Set(input.AlarmNames)
  const composites = Object.values(state.alarms).filter((alarm) => alarm.kind === 'composite')
  if (composites.filter(({ config }) => doomed.has(config.AlarmName)).length > 1)
    return fail(invalid('AlarmNames', 'At most one composite alarm is deleted at a time.'))
  const left = composites.filter(({ config }) => !doomed.has(config.AlarmName))
  const needed = [...doomed].filter((name) => left.some(({ children }) => children.includes(name)))
  if (needed.length > 0) return fail(stillNeeded(needed))
  const run = openRun(state, ctx)
  for (const name of doomed) {
    const alarm = own(state.alarms, name)
    if (alarm) tell(run, { operation: 'delete', alarm, before: null, ctx })
  }
  run.alarms = Object.fromEntries(Object.entries(state.alarms).filter(([name]) => !doomed.has(name)))
  // No child has changed, but a suppressor may be gone.
  reviewComposites(run, ctx.now, new Map())
  return ok(outcome(run))
}

const stillNeeded = (names: readonly string[]): ServiceError =>
  invalid(
    'AlarmNames',
    `Cannot delete ${names.join(',')} as there are composite alarm(s) depending on ${names.length > 1 ? 'them' : 'it'}.`,
  )

/**
 * Sets an alarm's state at once, with its actions if that is a change (CloudWatch API Reference, "SetAlarmState"). It does
 * not last: a metric alarm finds its own state at its next evaluation, a composite one when a child changes.
 */
export function setAlarmState(
  state: WatchState,
  input: {
    readonly AlarmName: string
    readonly StateValue: AlarmState
    readonly StateReason: string
    readonly StateReasonData?: string
  },
  ctx: CallContext,
): Answer {
  const alarm = own(state.alarms, input.AlarmName)
  const { StateValue: to, StateReason: reason, StateReasonData: reasonData = null } = input
  if (!alarm) return fail(notFound(input.AlarmName))
  if (!['OK', 'ALARM', 'INSUFFICIENT_DATA'].includes(to)) return fail(invalid('StateValue', `${to} is not a state.`))
  for (const [field, text, longest] of [
    ['StateReason', reason, limits.REASON_LENGTH],
    ['StateReasonData', reasonData ?? '', limits.REASON_DATA_LENGTH],
  ] as const)
    if (text.length > longest) return fail(invalid(field, `${field} is longer than ${longest} characters.`))
  if (reasonData !== null && !isJson(reasonData)) {
    return fail({ code: 'InvalidFormat', message: 'StateReasonData is not JSON.', field: 'StateReasonData' })
  }
  const run = openRun(state, ctx)
  if (to === alarm.status.value) {
    setAlarm(run, { ...alarm, status: { ...alarm.status, reason, reasonData, updatedAt: ctx.now } })
    return ok(outcome(run))
  }
  const move = { to, reason, reasonData, at: ctx.now, cause: ctx.cause }
  if (alarm.kind === 'metric') changeState(run, alarm, move)
  else moveComposite(run, alarm, move)
  const id = own(run.alarms, input.AlarmName)?.status.changeId ?? null
  reviewComposites(run, ctx.now, new Map([[input.AlarmName, id]]))
  return ok(outcome(run))
}

/** Lets alarms run their actions again; runs none by itself (CloudWatch API Reference, "EnableAlarmActions"). */
export const enableAlarmActions = (state: WatchState, input: Named, ctx: CallContext): Answer =>
  switchActions(state, input, { ctx, isEnabled: true })

/** Keeps alarms from running actions; their states go on changing (CloudWatch API Reference, "DisableAlarmActions"). */
export const disableAlarmActions = (state: WatchState, input: Named, ctx: CallContext): Answer =>
  switchActions(state, input, { ctx, isEnabled: false })

interface Named {
  readonly AlarmNames: readonly string[]
}

function switchActions(
  state: WatchState,
  { AlarmNames }: Named,
  { ctx, isEnabled }: { readonly ctx: CallContext; readonly isEnabled: boolean },
): Answer {
  if (AlarmNames.length > limits.ALARMS_PER_CALL) {
    return fail(invalid('AlarmNames', `At most ${limits.ALARMS_PER_CALL} alarms are switched at a time.`))
  }
  const run = openRun(state, ctx)
  for (const before of AlarmNames.flatMap((name) => own(state.alarms, name) ?? [])) {
    if ((before.config.ActionsEnabled ?? true) === isEnabled) continue
    const alarm = withActions({ ...before, configuredAt: ctx.now }, isEnabled)
    setAlarm(run, alarm)
    tell(run, { operation: 'update', alarm, before, ctx })
  }
  return ok(outcome(run))
}

const withActions = (alarm: Alarm, ActionsEnabled: boolean): Alarm =>
  alarm.kind === 'metric'
    ? { ...alarm, config: { ...alarm.config, ActionsEnabled } }
    : { ...alarm, config: { ...alarm.config, ActionsEnabled } }

const notFound = (name: string): ServiceError => ({
  code: 'ResourceNotFound',
  message: `The alarm ${name} does not exist.`,
  field: 'AlarmName',
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What an alarm has before it is looked at: a new one's beginning, or all that an update keeps. */
function base(name: string, before: Alarm | undefined, { now }: CallContext) {
  const status: AlarmStatus = before?.status ?? {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    reasonData: null,
    updatedAt: now,
    transitionedAt: now,
    changeId: null,
  }
  return { arn: alarmArn(name), status, configuredAt: now, isMuted: before?.isMuted ?? false }
}

function save(state: WatchState, alarm: MetricAlarm | CompositeAlarm, ctx: CallContext): Answer {
  const before = own(state.alarms, alarm.config.AlarmName) ?? null
  const isFirst = Object.keys(state.alarms).length === 0
  const run = openRun(isFirst ? { ...state, evaluatedAt: startOf(ctx.now, BEAT) } : state, ctx)
  setAlarm(run, alarm)
  tell(run, { operation: before ? 'update' : 'create', alarm, before, ctx })
  return ok(outcome(run))
}

interface Notice {
  readonly operation: 'create' | 'update' | 'delete'
  readonly alarm: Alarm
  readonly before: Alarm | null
  readonly ctx: CallContext
}

function tell(run: Run, { operation, alarm, before, ctx }: Notice): void {
  run.events.push(configurationEvent(operation, alarm, before, { at: ctx.now, cause: ctx.cause, seed: ctx.seed }))
  run.history.push(configurationItem(alarm, operation, ctx.now))
}

function outcome(run: Run): WatchOutcome {
  const closed = closeRun(run)
  const { changes, actions, events } = run
  return { state: { ...closed, nextTimer: nextTimer(closed) }, changes, actions, events }
}
