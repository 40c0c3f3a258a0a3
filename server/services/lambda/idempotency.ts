import type { Json } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'

/** What is known under a key: a run that has begun, or the result of the one that did the work. */
interface Entry {
  readonly key: string
  readonly expiresAt: ServiceMs
  readonly done: boolean
  readonly result: Json
}

/** Keys a unit has seen, oldest first, at most KEY_LIMIT; plain data. */
export type IdempotencyStore = readonly Entry[]

const KEY_LIMIT = 2000

export interface Claim {
  readonly key: string
  readonly now: ServiceMs
  /** How long the key is remembered, in milliseconds of service time. */
  readonly keepMs: number
}

export type Claimed =
  /** Nobody has done it: do it, then `completeKey`. */
  | { readonly kind: 'first'; readonly store: IdempotencyStore }
  /** It is done: answer with the result of the first time. */
  | { readonly kind: 'done'; readonly result: Json }
  /** Another run is at it: fail, and let the retry find the result. */
  | { readonly kind: 'in-progress' }

/**
 * Writes a key down before its side effect, unless it is there: what makes a handler safe to run twice (Lambda,
 * "Making Lambda functions idempotent"). The key must come from the matter itself: under a key made anew for each run,
 * every duplicate is a first.
 */
export function claimKey(store: IdempotencyStore, { key, now, keepMs }: Claim): Claimed {
  const known = store.find((entry) => entry.key === key && entry.expiresAt > now)
  if (known) return known.done ? { kind: 'done', result: known.result } : { kind: 'in-progress' }
  const kept = store.filter((entry) => entry.expiresAt > now && entry.key !== key)
  const entry: Entry = { key, expiresAt: serviceMs(now + keepMs), done: false, result: null }
  return { kind: 'first', store: [...kept, entry].slice(-KEY_LIMIT) }
}

/** Keeps the result of the work under its key. */
export function completeKey(store: IdempotencyStore, key: string, result: Json): IdempotencyStore {
  return store.map((entry) => (entry.key === key ? { ...entry, done: true, result } : entry))
}

/** Gives a key back after the work has failed without an effect, so that a retry may do it. */
export function releaseKey(store: IdempotencyStore, key: string): IdempotencyStore {
  return store.filter((entry) => entry.key !== key || entry.done)
}
