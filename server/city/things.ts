import type { Datapoint } from '../../shared/aws/metric.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { ConfigOutput } from '../services/config/state.ts'
import type { BridgeOutput } from '../services/bridge/turn.ts'
import type { LambdaOutput } from '../services/lambda/state.ts'
import type { TrailStep } from '../services/trail/trail.ts'
import type { WatchStep } from '../services/watch/watch.ts'
import type { Letter, Thing } from './ledger.ts'

/** What the stations of one tick brought. */
export interface Step {
  readonly facts: readonly Fact[]
  readonly measured: readonly Datapoint[]
  readonly watch: Pick<WatchStep, 'changes' | 'actions'>
  readonly config: Pick<ConfigOutput, 'items' | 'runs' | 'compliance' | 'remediations'>
  readonly bridge: Pick<BridgeOutput, 'events' | 'matches' | 'dispatches' | 'loops' | 'deadLetters'>
  readonly lambda: Pick<LambdaOutput, 'starts' | 'attempts' | 'ends' | 'deadLetters' | 'messages'>
  readonly letters: readonly Letter[]
  readonly trail: Pick<TrailStep, 'records' | 'insights'>
}

/** Everything of a tick that can be a link of a chain, causes before effects. */
export function toThings({ facts, watch, config, bridge, lambda, letters, trail }: Step): Thing[] {
  return [
    ...facts.map((it) => ({ kind: 'fact', it }) as const),
    ...watch.changes.map((it) => ({ kind: 'alarm', it }) as const),
    ...watch.actions.map((it) => ({ kind: 'action', it }) as const),
    ...config.items.map((it) => ({ kind: 'item', it }) as const),
    ...config.runs.map((it) => ({ kind: 'run', it }) as const),
    ...config.compliance.map((it) => ({ kind: 'compliance', it }) as const),
    ...config.remediations.map((it) => ({ kind: 'remediation', it }) as const),
    ...bridge.events.map((it) => ({ kind: 'event', it }) as const),
    ...bridge.matches.map((it) => ({ kind: 'match', it }) as const),
    ...bridge.dispatches.map((it) => ({ kind: 'dispatch', it }) as const),
    ...bridge.loops.map((it) => ({ kind: 'loop', it }) as const),
    ...lambda.starts.map((it) => ({ kind: 'start', it }) as const),
    ...lambda.attempts.map((it) => ({ kind: 'attempt', it }) as const),
    ...letters.map((it) => ({ kind: 'letter', it }) as const),
    ...lambda.ends.map((it) => ({ kind: 'end', it }) as const),
    ...[...bridge.deadLetters, ...lambda.deadLetters].map((it) => ({ kind: 'dead-letter', it }) as const),
    ...lambda.messages.map((it) => ({ kind: 'message', it }) as const),
    ...trail.records.map((it) => ({ kind: 'record', it }) as const),
    ...trail.insights.map((it) => ({ kind: 'insight', it }) as const),
  ]
}
