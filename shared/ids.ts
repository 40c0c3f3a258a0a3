/**
 * Names one thing that happened, as `<tick>/<n>`: the n-th id given out within that tick, from 1.
 * Ids are unique in a city and rise; `compareCauseIds` orders them.
 */
export type CauseId = `${number}/${number}`

/** Everything that exists because of something else names it. `null` marks the start of a chain. */
export interface Caused {
  readonly id: CauseId
  readonly cause: CauseId | null
}

/** Gives out the ids of one tick in rising order; made anew for every tick, so it is no state of the city. */
export interface IdSource {
  next(): CauseId
}

export function openIds(tick: number): IdSource {
  let last = 0
  return {
    next() {
      last += 1
      return `${tick}/${last}`
    },
  }
}

/** @returns below 0 when `a` happened before `b`, above 0 when after, 0 when they are the same */
export function compareCauseIds(a: CauseId, b: CauseId): number {
  const [tickA = 0, nA = 0] = a.split('/').map(Number)
  const [tickB = 0, nB = 0] = b.split('/').map(Number)
  return tickA - tickB || nA - nB
}
