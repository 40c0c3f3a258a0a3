import type { AlarmActionRun, AlarmChange, AlarmState } from '../../../shared/aws/alarm.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { invariant } from '../../../shared/assert.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { lambdaPayload, messageBody, stateChangeEvent } from './alarm-events.ts'
import { actionItem, stateUpdateItem } from './history.ts'
import { toDimensions } from './metrics.ts'
import { isMutedAt } from './mute.ts'
import { own } from './own.ts'
import type { Alarm, CompositeAlarm, HistoryItem, MetricAlarm, WatchState } from './state.ts'

/** One pass over the alarms: the state it began with, and what has come of it so far. It lives as long as one call. */
export interface Run {
  readonly start: WatchState
  readonly ctx: StepContext
  alarms: Record<string, Alarm>
  muteRules: WatchState['muteRules']
  readonly changes: AlarmChange[]
  readonly actions: AlarmActionRun[]
  readonly events: EventEntry[]
  readonly history: HistoryItem[]
}

/** Where an alarm goes, when, and because of what. */
export interface Move {
  readonly to: AlarmState
  readonly reason: string
  readonly reasonData: string | null
  readonly at: ServiceMs
  readonly cause: CauseId | null
}

/** Begins a pass over the alarms of `start`. */
export function openRun(start: WatchState, ctx: StepContext): Run {
  return {
    start,
    ctx,
    alarms: start.alarms,
    muteRules: start.muteRules,
    changes: [],
    actions: [],
    events: [],
    history: [],
  }
}

/** Remembers the next version of an alarm, in a copy that is made once in a run. */
export function setAlarm(run: Run, alarm: Alarm): void {
  if (run.alarms === run.start.alarms) run.alarms = { ...run.alarms }
  run.alarms[alarm.config.AlarmName] = alarm
}

/** What is left of a run once it is over: the next state, with its history kept short. */
export function closeRun(run: Run): WatchState {
  const { start, alarms, muteRules } = run
  if (alarms === start.alarms && muteRules === start.muteRules && run.history.length === 0) return start
  return {
    ...start,
    alarms,
    muteRules,
    history: [...start.history, ...run.history].slice(-start.settings.historyItems),
  }
}

/** A metric alarm changes its state: the change, its event, its line of history and the new state's actions. */
export function changeState(run: Run, alarm: MetricAlarm, move: Move): void {
  const after = { ...alarm, status: recordChange(run, alarm, move) }
  run.events.push(stateChangeEvent(after, alarm, occasion(run, after, move.at)))
  run.history.push(stateUpdateItem(after, alarm.status))
  setAlarm(run, after)
  actOrMute(run, after, { before: alarm, at: move.at })
}

/**
 * A composite alarm changes its state, what holds its actions back, or both. Its actions are the caller's business.
 *
 * @param alarm the next version but for its status
 */
export function changeComposite(
  run: Run,
  alarm: CompositeAlarm,
  { before, move }: { readonly before: CompositeAlarm; readonly move: Move },
): CompositeAlarm {
  const hasMoved = move.to !== before.status.value
  const after = hasMoved ? { ...alarm, status: recordChange(run, alarm, move) } : alarm
  if (hasMoved) run.history.push(stateUpdateItem(after, before.status))
  const isToldAnew = after.suppression.by !== before.suppression.by && after.status.value === 'ALARM'
  if (hasMoved || isToldAnew) run.events.push(stateChangeEvent(after, before, occasion(run, after, move.at)))
  setAlarm(run, after)
  return after
}

/** What the alarm was before, and when its actions are due. */
export interface Past {
  readonly before: Alarm
  readonly at: ServiceMs
}

/** Runs the actions for the state that the alarm has, unless a mute window is open: then they are owed. */
export function actOrMute(run: Run, alarm: Alarm, past: Past): void {
  const isMuted = isMutedAt(run.muteRules, alarm.config.AlarmName, past.at)
  if (isMuted !== alarm.isMuted) setAlarm(run, { ...alarm, isMuted })
  if (!isMuted) runActions(run, alarm, past)
}

function runActions(run: Run, alarm: Alarm, { before, at }: Past): void {
  if (alarm.config.ActionsEnabled === false) return
  for (const actionArn of actionsFor(alarm)) {
    const payload = actionArn.includes(':lambda:')
      ? lambdaPayload(alarm, before, occasion(run, alarm, at))
      : messageBody(alarm, before.status.value, at)
    const { AlarmName: alarmName } = alarm.config
    const common = { cause: alarm.status.changeId, alarmName, dimensions: dimensionsOf(alarm) }
    run.actions.push({ id: run.ctx.ids.next(), ...common, actionArn, payload })
    run.history.push(actionItem(alarm, actionArn, at))
  }
}

/** The alarm of that name as this run has left it. */
export const alarmIn = (run: Run, name: string): Alarm | undefined => own(run.alarms, name)

function actionsFor({ config, status }: Alarm): readonly string[] {
  switch (status.value) {
    case 'OK':
      return config.OKActions ?? []
    case 'ALARM':
      return config.AlarmActions ?? []
    case 'INSUFFICIENT_DATA':
      return config.InsufficientDataActions ?? []
  }
}

function recordChange(run: Run, alarm: Alarm, { to, reason, reasonData, at, cause }: Move): Alarm['status'] {
  const change: AlarmChange = {
    id: run.ctx.ids.next(),
    cause,
    alarmName: alarm.config.AlarmName,
    alarmArn: alarm.arn,
    from: alarm.status.value,
    to,
    reason,
    at,
    dimensions: dimensionsOf(alarm),
  }
  run.changes.push(change)
  return { value: to, reason, reasonData, updatedAt: at, transitionedAt: at, changeId: change.id }
}

const dimensionsOf = (alarm: Alarm) => (alarm.kind === 'metric' ? toDimensions(alarm.config.Dimensions) : {})

function occasion(run: Run, alarm: Alarm, at: ServiceMs) {
  const { changeId } = alarm.status
  invariant(changeId !== null, `${alarm.config.AlarmName} acts without ever having changed`)
  return { at, cause: changeId, seed: run.ctx.seed }
}
