import type { EventEntry, Handover } from '../../../../shared/aws/event.ts'
import type { Target } from '../../../../shared/aws/rule.ts'
import { functionArn } from '../../../../shared/aws/account.ts'
import type { ServiceError, StepContext } from '../../../../shared/aws/step.ts'
import { openIds, type CauseId } from '../../../../shared/ids.ts'
import type { Result } from '../../../../shared/result.ts'
import { toServiceMs } from '../../../../shared/time.ts'
import { serviceMs, type ServiceMs } from '../../../../shared/units.ts'
import {
  openBridge,
  stepBridge,
  type BridgeInput,
  type BridgeSettings,
} from '../../../../server/services/bridge/bridge.ts'
import { compilePattern, matches } from '../../../../server/services/bridge/pattern.ts'
import type { BridgeState } from '../../../../server/services/bridge/state.ts'

/** Saturday 14 March 2026, 09:26:00 UTC. */
export const START: ServiceMs = toServiceMs({ year: 2026, month: 3, day: 14 }, (9 * 60 + 26) * 60_000)
export const SEED = 7

/** `START` and so many seconds. */
export const after = (seconds: number): ServiceMs => serviceMs(START + seconds * 1000)

/** Whether a pattern matches an event, each given as JSON text or as a value. @throws when the pattern is none */
export function isMatch(pattern: string | object, event: string | object): boolean {
  const compiled = compilePattern(toText(pattern))
  if (!compiled.ok) throw new Error(compiled.error.message)
  return matches(compiled.value, toText(event))
}

const toText = (value: string | object) => (typeof value === 'string' ? value : JSON.stringify(value))

/** The reason why a text is no pattern, or `null` when it is one. */
export function reasonAgainst(pattern: string | object): string | null {
  const compiled = compilePattern(toText(pattern))
  return compiled.ok ? null : compiled.error.reason
}

export const fines: Target = { id: 'fines', arn: functionArn('issue-fine') }
export const QUEUE = 'arn:aws:sqs:eu-west-3:111122223333:lost-letters'
export const SPEEDING = '{"source":["city.camera"]}'

/** A bridge with one rule `speeders` on `city.camera` events and the targets given. */
export const withTargets = (...targets: readonly Target[]): BridgeState =>
  open({ rules: [{ name: 'speeders', eventPattern: SPEEDING, targets }] })

export const open = (settings: BridgeSettings = {}): BridgeState => openBridge(settings, START)

export const entry = (changes: Partial<EventEntry> = {}): EventEntry => ({
  cause: '1/1',
  source: 'city.camera',
  detailType: 'Speeding Detected',
  detail: { plate: 'AB-123-CD', speedKmh: 131 },
  resources: [],
  time: START,
  region: 'eu-west-3',
  ...changes,
})

/** Steps a bridge at a number of seconds after `START`; ids are those of a tick of that number. */
export function step(state: BridgeState, seconds: number, input: Partial<BridgeInput> = {}) {
  const ctx: StepContext = { now: after(seconds), ids: openIds(Math.round(seconds * 20)), seed: SEED }
  return stepBridge(state, { entries: [], handovers: [], ...input }, ctx)
}

/** Steps with one entry. */
export const put = (state: BridgeState, changes: Partial<EventEntry> = {}, seconds = 1) =>
  step(state, seconds, { entries: [entry(changes)] })

export const answer = (dispatchId: CauseId | undefined, outcome: Handover['outcome']): Handover => ({
  dispatchId: dispatchId ?? '0/0',
  outcome,
})

/** What a call gave. @throws when it was refused */
export function value<T>(result: Result<T, ServiceError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** Why a call was refused. @throws when it was not */
export function refusal(result: Result<unknown, ServiceError>): ServiceError {
  if (result.ok) throw new Error('was not refused')
  return result.error
}
