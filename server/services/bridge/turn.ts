import type { BusEvent, Dispatch, LoopStop, RuleMatch } from '../../../shared/aws/event.ts'
import type { DeadLetter } from '../../../shared/aws/invocation.ts'
import type { Datapoint } from '../../../shared/aws/metric.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { BridgeState } from './state.ts'
import { withDue } from './state.ts'

/** What one step gives to the city. */
export interface BridgeOutput {
  readonly events: readonly BusEvent[]
  readonly matches: readonly RuleMatch[]
  readonly dispatches: readonly Dispatch[]
  readonly deadLetters: readonly DeadLetter[]
  /** Metrics of namespace `AWS/Events`. */
  readonly datapoints: readonly Datapoint[]
  readonly loops: readonly LoopStop[]
}

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

/** One step in the making: lives only as long as the call that made it. */
export interface Turn extends Growing<BridgeOutput> {
  readonly ctx: StepContext
  state: BridgeState
}

export const openTurn = (state: BridgeState, ctx: StepContext): Turn => ({
  ctx,
  state,
  events: [],
  matches: [],
  dispatches: [],
  deadLetters: [],
  datapoints: [],
  loops: [],
})

export function closeTurn(turn: Turn): BridgeOutput & { readonly state: BridgeState } {
  const { ctx, state, ...output } = turn
  return { ...output, state: withDue(state, ctx.now) }
}

/** Metrics of a rule (EventBridge User Guide, "Monitoring Amazon EventBridge"). */
export type RuleMetric =
  | 'MatchedEvents'
  | 'TriggeredRules'
  | 'Invocations'
  | 'FailedInvocations'
  | 'ThrottledRules'
  | 'InvocationsSentToDlq'
  | 'InvocationsFailedToBeSentToDlq'

export function count(turn: Turn, metricName: RuleMetric, ruleName: string, cause: CauseId): void {
  turn.datapoints.push({
    cause,
    namespace: 'AWS/Events',
    metricName,
    dimensions: { RuleName: ruleName },
    timestamp: turn.ctx.now,
    value: 1,
    unit: 'Count',
    storageResolution: 60,
  })
}
