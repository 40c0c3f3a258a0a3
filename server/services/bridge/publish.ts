import { toEnvelope, type BusEvent, type EventEntry } from '../../../shared/aws/event.ts'
import type { BusRule } from '../../../shared/aws/rule.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { dispatch, dispatchToBus, isBus } from './delivery.ts'
import { keep } from './keep.ts'
import { rulersOf } from './machines.ts'
import { DEFAULT_BUS } from './state.ts'
import { count, type Turn } from './turn.ts'

const IDS = streamOf('bridge')

/** Chains of rule → target → event are stopped after this many turns. */
const MAX_HOPS = 16

/** The UUID of the n-th event of a city. */
export const eventIdAt = (seed: number, n: number): string => uuidAt(seed, IDS, n)

/** Puts an entry on its bus. What services publish goes to the default bus, whatever the entry says. */
export function accept(turn: Turn, entry: EventEntry): void {
  const { cause, eventId, eventBusName, hops, readOnlyManagement, ...rest } = entry
  const isOfService = entry.source.startsWith('aws.')
  publish(turn, {
    ...rest,
    id: turn.ctx.ids.next(),
    cause,
    eventId: eventId ?? takeEventId(turn),
    eventBusName: isOfService ? DEFAULT_BUS : (eventBusName ?? DEFAULT_BUS),
    hops: hops ?? 0,
    readOnlyManagement: readOnlyManagement ?? false,
  })
}

export function takeEventId(turn: Turn): string {
  const { idsGiven } = turn.state
  turn.state = { ...turn.state, idsGiven: idsGiven + 1 }
  return eventIdAt(turn.ctx.seed, idsGiven)
}

/**
 * Hands an accepted event to the archives and to the rules of its bus; on an unknown bus nothing happens.
 *
 * @param onlyRules ARNs of the rules that may see it, for a replay with a filter
 */
export function publish(turn: Turn, event: BusEvent, onlyRules?: readonly string[]): void {
  turn.events.push(event)
  if (!turn.state.buses.some((bus) => bus.name === event.eventBusName)) return
  const envelope = toMatchable(event)
  if (event.replayName === undefined) keep(turn, event, envelope)
  const names = rulersOf(turn.state.rules).get(event.eventBusName)?.rulesForEvent(envelope) ?? []
  for (const name of names) {
    const rule = turn.state.rules.find((one) => one.name === name && one.eventBusName === event.eventBusName)
    if (rule && sees(rule, event) && (onlyRules?.includes(rule.arn) ?? true)) trigger(turn, rule, event)
  }
}

const sees = (rule: BusRule, event: BusEvent): boolean =>
  !event.readOnlyManagement || rule.state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

/** The envelope as patterns see it: as text when the detail came as text, so that its digits are all there. */
function toMatchable(event: BusEvent): string | object {
  const envelope = toEnvelope(event)
  if (event.detailText === undefined) return envelope
  const { detail: _, ...rest } = envelope
  return `${JSON.stringify(rest).slice(0, -1)},"detail":${event.detailText}}`
}

/** A rule fires: every one of its targets is called, unless the chain has come round too often. */
export function trigger(turn: Turn, rule: BusRule, event: BusEvent): void {
  const { name: ruleName, eventBusName } = rule
  const { eventId, hops } = event
  const match = { id: turn.ctx.ids.next(), cause: event.id, ruleName, eventBusName, eventId }
  turn.matches.push(match)
  count(turn, 'MatchedEvents', ruleName, match.id)
  count(turn, 'TriggeredRules', ruleName, match.id)
  if (hops >= MAX_HOPS) {
    turn.loops.push({ id: turn.ctx.ids.next(), cause: match.id, ruleName, eventBusName, eventId, hops })
    return
  }
  for (const target of turn.state.targets[rule.arn] ?? []) {
    if (isBus(target)) forward(turn, event, dispatchToBus(turn, target, { rule, event, match }))
    else dispatch(turn, target, { rule, event, match })
  }
}

/** It is the same event there, with its id and its time; only the chain of causes goes on. */
function forward(turn: Turn, event: BusEvent, taken: { readonly id: CauseId; readonly busName: string } | null): void {
  if (taken === null) return
  const { id: cause, busName: eventBusName } = taken
  publish(turn, { ...event, id: turn.ctx.ids.next(), cause, eventBusName, hops: event.hops + 1, isForwarded: true })
}
