import { invariant } from '../../../shared/assert.ts'
import type { EventEntry, Handover } from '../../../shared/aws/event.ts'
import type { Target } from '../../../shared/aws/rule.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { createEventBus } from './buses.ts'
import { retry, settle } from './delivery.ts'
import { accept } from './publish.ts'
import { resend } from './resend.ts'
import { putRule, type PutRuleInput } from './rules.ts'
import { fireSchedules } from './scheduled.ts'
import { emptyState, MAX_PATTERN_LENGTH, type BridgeState } from './state.ts'
import { putTargets } from './targets.ts'
import { closeTurn, openTurn, type BridgeOutput } from './turn.ts'

/** What a lesson sets up beforehand. */
export interface BridgeSettings {
  readonly rules?: readonly (PutRuleInput & { readonly targets: readonly Target[] })[]
  /** Buses beside `default`. */
  readonly buses?: readonly string[]
  /** Longest event pattern in characters, up to 4096; left out: 2048. */
  readonly patternLimit?: number
}

export interface BridgeInput {
  /** What services and players put on the bus, in the order in which they did. */
  readonly entries: readonly EventEntry[]
  /** What became of earlier dispatches. */
  readonly handovers: readonly Handover[]
}

/**
 * Opens the command centre with its `default` bus.
 *
 * @throws when the settings break a limit of EventBridge: content is checked before it is served
 */
export function openBridge(settings: BridgeSettings, now: ServiceMs): BridgeState {
  const { rules = [], buses = [], patternLimit = 2048 } = settings
  invariant(patternLimit <= MAX_PATTERN_LENGTH, `a pattern has ${MAX_PATTERN_LENGTH} characters at most`)
  const withBuses = buses.reduce(
    (state, name) => expectOk(createEventBus(state, { name }), name).state,
    emptyState(patternLimit),
  )
  return rules.reduce((state, { targets, managedBy, ...rule }) => {
    const put = expectOk(putRule(state, rule, now), rule.name).state
    const { name, eventBusName = 'default' } = rule
    const aimed = expectOk(putTargets(put, { rule: name, eventBusName, targets }), name).state
    // A kept rule is closed to changes, so it is handed over to its service only when it is complete.
    return managedBy === undefined ? aimed : expectOk(putRule(aimed, { ...rule, managedBy }, now), name).state
  }, withBuses)
}

function expectOk<T>(
  result:
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly message: string } },
  name: string,
): T {
  invariant(result.ok, `${name}: ${result.ok ? '' : result.error.message}`)
  return result.value
}

/**
 * Takes what was put on the bus and how deliveries ended, and says which rules match and whom they call.
 *
 * @returns the next state (the very same when there was nothing to do), and everything that happened in order. Every
 * dispatch waits for one `Handover`.
 */
export function stepBridge(
  state: BridgeState,
  input: BridgeInput,
  ctx: StepContext,
): BridgeOutput & { readonly state: BridgeState } {
  const isDue = state.due !== null && state.due <= ctx.now
  if (!isDue && input.entries.length === 0 && input.handovers.length === 0) return { ...NOTHING, state }
  const turn = openTurn(state, ctx)
  settle(turn, input.handovers)
  retry(turn)
  fireSchedules(turn)
  resend(turn)
  for (const entry of input.entries) accept(turn, entry)
  return closeTurn(turn)
}

const NOTHING: BridgeOutput = { events: [], matches: [], dispatches: [], deadLetters: [], datapoints: [], loops: [] }
