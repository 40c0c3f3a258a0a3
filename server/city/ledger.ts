import type { AlarmActionRun, AlarmChange } from '../../shared/aws/alarm.ts'
import type { BusEvent, Dispatch, LoopStop, RuleMatch } from '../../shared/aws/event.ts'
import type {
  AttemptEnded,
  DeadLetter,
  DestinationMessage,
  InvocationEnd,
  InvocationStart,
} from '../../shared/aws/invocation.ts'
import type { ComplianceChange, ItemRecorded, RemediationStart } from '../../shared/aws/item.ts'
import type { TrailRecord } from '../../shared/aws/record.ts'
import type { Caused, CauseId } from '../../shared/ids.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { InboxEntry, Moment } from '../../shared/protocol/view.ts'
import type { RuleRun } from '../services/config/state.ts'
import type { InsightRecord } from '../services/trail/insights.ts'

/** A letter in a driver's mailbox, with the plate whose mailbox it is. */
export interface Letter extends Caused {
  readonly plate: string
  readonly entry: InboxEntry
}

/** Everything that can be a link of a chain of causes. */
export type Thing =
  | { readonly kind: 'fact'; readonly it: Fact }
  | { readonly kind: 'alarm'; readonly it: AlarmChange }
  | { readonly kind: 'action'; readonly it: AlarmActionRun }
  | { readonly kind: 'event'; readonly it: BusEvent }
  | { readonly kind: 'match'; readonly it: RuleMatch }
  | { readonly kind: 'dispatch'; readonly it: Dispatch }
  | { readonly kind: 'loop'; readonly it: LoopStop }
  | { readonly kind: 'start'; readonly it: InvocationStart }
  | { readonly kind: 'attempt'; readonly it: AttemptEnded }
  | { readonly kind: 'end'; readonly it: InvocationEnd }
  | { readonly kind: 'dead-letter'; readonly it: DeadLetter }
  | { readonly kind: 'message'; readonly it: DestinationMessage }
  | { readonly kind: 'letter'; readonly it: Letter }
  | { readonly kind: 'record'; readonly it: TrailRecord }
  | { readonly kind: 'insight'; readonly it: InsightRecord }
  | { readonly kind: 'item'; readonly it: ItemRecorded }
  | { readonly kind: 'run'; readonly it: RuleRun }
  | { readonly kind: 'compliance'; readonly it: ComplianceChange }
  | { readonly kind: 'remediation'; readonly it: RemediationStart }

export interface LedgerEntry {
  readonly thing: Thing
  readonly at: Moment
}

/** So many of the newest things are remembered, whatever they are. */
const REMEMBERED = 4096
/** Older things that somebody still needs, and all that led to them: no more of them than this. */
const PINNED = 4096
/** Forgetting looks at everything, so it waits until there is this much to forget. */
const SURPLUS = 512

/**
 * What led to what. Advanced in place like the street: it is large, and every tick adds to it. Older things are pinned
 * as long as somebody needs them, so that "Why?" works for whatever a screen still shows.
 */
export interface Ledger {
  readonly recent: Map<CauseId, LedgerEntry>
  readonly pinned: Map<CauseId, LedgerEntry>
  /** What each thing led to, for the things that are remembered. */
  readonly effects: Map<CauseId, CauseId[]>
}

export const openLedger = (): Ledger => ({ recent: new Map(), pinned: new Map(), effects: new Map() })

export const entryOf = (ledger: Ledger, id: CauseId): LedgerEntry | undefined =>
  ledger.recent.get(id) ?? ledger.pinned.get(id)

/** Writes down what happened, causes before effects. */
export function note(ledger: Ledger, things: readonly Thing[], at: Moment): void {
  for (const thing of things) {
    const { id, cause } = thing.it
    ledger.recent.set(id, { thing, at })
    if (cause !== null) noteEffect(ledger, cause, id)
  }
}

/**
 * Forgets, now and then, what is neither among the newest things nor led to one of them or to anything `needed`.
 *
 * @param needed what screens show and services have not finished, the most important first: from where `PINNED` things
 *   are kept, the rest is forgotten
 */
export function forget(ledger: Ledger, needed: () => Iterable<CauseId>): void {
  const { recent, pinned, effects } = ledger
  if (recent.size < REMEMBERED + SURPLUS) return
  const old = [...recent.keys()].slice(0, recent.size - REMEMBERED)
  const before = new Map([...pinned, ...old.map((id) => [id, recent.get(id)] as const)])
  for (const id of old) recent.delete(id)
  pinned.clear()
  const pin = (needs: CauseId | null) => {
    for (let at = needs; at !== null && pinned.size < PINNED && !pinned.has(at);) {
      const entry = before.get(at)
      if (entry !== undefined) pinned.set(at, entry)
      at = (entry ?? recent.get(at))?.thing.it.cause ?? null
    }
  }
  for (const id of needed()) pin(id)
  for (const { thing } of recent.values()) pin(thing.it.cause)
  const isKnown = (id: CauseId) => recent.has(id) || pinned.has(id)
  for (const [id, list] of effects) {
    if (isKnown(id)) effects.set(id, list.filter(isKnown))
    else effects.delete(id)
  }
}

/** @returns the entry and its causes, the first cause first; ends early where the ledger has forgotten */
export function causesOf(ledger: Ledger, id: CauseId): LedgerEntry[] {
  const chain: LedgerEntry[] = []
  const seen = new Set<CauseId>()
  for (let at: CauseId | null = id; at !== null && !seen.has(at);) {
    seen.add(at)
    const entry = entryOf(ledger, at)
    if (entry === undefined) break
    chain.unshift(entry)
    at = entry.thing.it.cause
  }
  return chain
}

/** @returns what came of it, breadth first, at most `most` things */
export function effectsOf(ledger: Ledger, id: CauseId, most: number): LedgerEntry[] {
  const found: LedgerEntry[] = []
  const queue = [...(ledger.effects.get(id) ?? [])]
  const seen = new Set<CauseId>([id])
  for (let next = queue.shift(); next !== undefined && found.length < most; next = queue.shift()) {
    if (seen.has(next)) continue
    seen.add(next)
    const entry = entryOf(ledger, next)
    if (entry !== undefined) found.push(entry)
    queue.push(...(ledger.effects.get(next) ?? []))
  }
  return found
}

function noteEffect(ledger: Ledger, cause: CauseId, id: CauseId): void {
  const effects = ledger.effects.get(cause)
  if (effects === undefined) ledger.effects.set(cause, [id])
  else effects.push(id)
}
