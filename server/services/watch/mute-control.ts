import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { WatchOutcome } from './alarm-control.ts'
import { toMuteRule } from './mute.ts'
import { own } from './own.ts'
import type { CallContext, MuteRule, MuteRuleInput, WatchState } from './state.ts'
import { endMutes } from './mute-review.ts'
import { nextTimer } from './timers.ts'
import { closeRun, openRun } from './transition.ts'

type Answer = Result<WatchOutcome, ServiceError>

/**
 * Makes or replaces a mute rule: while its window is open its alarms change state and run no action (CloudWatch API
 * Reference, "PutAlarmMuteRule").
 */
export function putAlarmMuteRule(state: WatchState, input: MuteRuleInput, ctx: CallContext): Answer {
  const rule = toMuteRule(input, ctx.now)
  return rule.ok ? ok(withRules(state, { ...state.muteRules, [input.Name]: rule.value }, ctx)) : rule
}

/** Deletes a mute rule; what it swallowed is made up for at once (CloudWatch API Reference, "DeleteAlarmMuteRule"). */
export function deleteAlarmMuteRule(
  state: WatchState,
  { AlarmMuteRuleName: name }: { readonly AlarmMuteRuleName: string },
  ctx: CallContext,
): Answer {
  if (!own(state.muteRules, name)) return ok({ state, changes: [], actions: [], events: [] })
  return ok(withRules(state, Object.fromEntries(Object.entries(state.muteRules).filter(([key]) => key !== name)), ctx))
}

/** A mute rule as GetAlarmMuteRule and ListAlarmMuteRules show it. */
export interface MuteRuleView {
  readonly input: MuteRuleInput
  readonly Status: 'SCHEDULED' | 'ACTIVE' | 'EXPIRED'
}

/** All mute rules as they stand at `now` (CloudWatch API Reference, "ListAlarmMuteRules"). */
export const listAlarmMuteRules = (state: WatchState, now: number): MuteRuleView[] =>
  Object.values(state.muteRules).map((rule) => toView(rule, now))

/** One mute rule as it stands at `now`. @returns `ResourceNotFoundException` when there is none */
export function getAlarmMuteRule(state: WatchState, name: string, now: number): Result<MuteRuleView, ServiceError> {
  const rule = own(state.muteRules, name)
  if (rule) return ok(toView(rule, now))
  return fail({
    code: 'ResourceNotFoundException',
    message: `There is no mute rule ${name}.`,
    field: 'AlarmMuteRuleName',
  })
}

function toView({ input, window }: MuteRule, now: number): MuteRuleView {
  if (window === null || window.to <= now) return { input, Status: 'EXPIRED' }
  return { input, Status: window.from <= now ? 'ACTIVE' : 'SCHEDULED' }
}

function withRules(state: WatchState, muteRules: WatchState['muteRules'], ctx: CallContext): WatchOutcome {
  const run = openRun(state, ctx)
  run.muteRules = muteRules
  endMutes(run, ctx.now)
  const closed = closeRun(run)
  const { changes, actions, events } = run
  return { state: { ...closed, nextTimer: nextTimer(closed) }, changes, actions, events }
}
