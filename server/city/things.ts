import type { AlarmChange } from '../../shared/aws/alarm.ts'
import type { BusEvent, Dispatch, RuleMatch } from '../../shared/aws/event.ts'
import type { InvocationEnd, InvocationStart } from '../../shared/aws/invocation.ts'
import type { ComplianceChange, ItemRecorded } from '../../shared/aws/item.ts'
import type { Datapoint } from '../../shared/aws/metric.ts'
import type { TrailRecord } from '../../shared/aws/record.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { Letter, Thing } from './ledger.ts'

/** What the stations of one tick brought. */
export interface Step {
  readonly facts: readonly Fact[]
  readonly measured: readonly Datapoint[]
  readonly watch: { readonly changes: readonly AlarmChange[] }
  readonly config: { readonly items: readonly ItemRecorded[]; readonly compliance: readonly ComplianceChange[] }
  readonly bridge: {
    readonly events: readonly BusEvent[]
    readonly matches: readonly RuleMatch[]
    readonly dispatches: readonly Dispatch[]
  }
  readonly lambda: { readonly starts: readonly InvocationStart[]; readonly ends: readonly InvocationEnd[] }
  readonly letters: readonly Letter[]
  readonly trail: { readonly records: readonly TrailRecord[] }
}

/** Everything of a tick that can be a link of a chain, causes before effects. */
export function toThings({ facts, watch, config, bridge, lambda, letters, trail }: Step): Thing[] {
  return [
    ...facts.map((it) => ({ kind: 'fact', it }) as const),
    ...watch.changes.map((it) => ({ kind: 'alarm', it }) as const),
    ...config.items.map((it) => ({ kind: 'item', it }) as const),
    ...config.compliance.map((it) => ({ kind: 'compliance', it }) as const),
    ...bridge.events.map((it) => ({ kind: 'event', it }) as const),
    ...bridge.matches.map((it) => ({ kind: 'match', it }) as const),
    ...bridge.dispatches.map((it) => ({ kind: 'dispatch', it }) as const),
    ...lambda.starts.map((it) => ({ kind: 'start', it }) as const),
    ...letters.map((it) => ({ kind: 'letter', it }) as const),
    ...lambda.ends.map((it) => ({ kind: 'end', it }) as const),
    ...trail.records.map((it) => ({ kind: 'record', it }) as const),
  ]
}
