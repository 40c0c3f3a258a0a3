import type { Demand } from './demand.ts'
import { Extents } from './extents.ts'
import type { Element, LeafClass, SeenLeaf } from './leaf.ts'

/** So few leaves are looked through as they are, and tried without asking which arrays matter. */
const FEW = 24

/** After so many trials for some demands the search goes on with care: then no choice is tried twice. */
const PATIENCE = 1000

/** So many are enough unless an event repeats the names of arrays, whose choices then multiply: it meets nothing. */
const MOST_TRIALS = 1_000_000

/**
 * The leaves of one event, for demands on objects in arrays: what is asked of objects of the same array must be met by
 * the same element (EventBridge User Guide, "Array matching").
 */
export class Elements {
  readonly #leaves: readonly SeenLeaf[]
  /** Of many leaves, those of each rank. */
  readonly #byRank: SeenLeaf[][] = []
  /** Of many leaves, for each array the highest rank of a path in it: later paths do not care for it. */
  readonly #lastRank: number[] = []
  /** For each array of which one has been chosen, the element. */
  readonly #chosen: (number | undefined)[] = []
  /** The arrays of which an element has been chosen, in the order of choosing. */
  readonly #trail: number[] = []
  /** Where the leaves of each array lie, once that is worth knowing. */
  #extents: Extents | null = null
  /** Leaves and choices looked at for the demands at hand. */
  #trials = 0
  /** Demands that cannot be met from here on, with the choices that matter to them. */
  readonly #failures = new Set<string>()

  constructor(leaves: readonly SeenLeaf[]) {
    this.#leaves = leaves
    if (leaves.length > FEW) for (const seen of leaves) this.#sort(seen)
  }

  #sort(seen: SeenLeaf): void {
    const { rank } = seen.leaf
    const leaves = this.#byRank[rank]
    if (leaves) leaves.push(seen)
    else this.#byRank[rank] = [seen]
    for (let at = seen.element; at; at = at.outer)
      this.#lastRank[at.array] = Math.max(rank, this.#lastRank[at.array] ?? 0)
  }

  /** Then all choices are remembered, so that demands may come in any order that their meaning allows. */
  get areFew(): boolean {
    return this.#leaves.length <= FEW
  }

  /** Whether one choice of elements meets all demands, which stand in the order of their paths unless that is free. */
  meet(demands: readonly Demand[]): boolean {
    this.#trials = 0
    const isMet = this.#search(demands, 0)
    this.#unbind(0)
    if (this.#trials > PATIENCE) this.#failures.clear()
    return isMet
  }

  #search(demands: readonly Demand[], i: number): boolean {
    const demand = demands[i]
    if (!demand) return true
    if (this.#trials <= PATIENCE || this.areFew) return this.#try(demands, i, demand)
    this.#extents ??= new Extents(this.#leaves)
    const choices = this.#choicesFor(demand, i)
    if (this.#failures.has(choices)) return false
    const isMet = this.#try(demands, i, demand)
    if (!isMet) this.#failures.add(choices)
    return isMet
  }

  #try(demands: readonly Demand[], i: number, demand: Demand): boolean {
    const { rank } = demand
    const leaves = this.#byRank[rank] ?? this.#leaves
    const before = this.#trail.length
    let isFound = false
    let isTriedFree = false
    for (let next = 0; next < leaves.length;) {
      const seen = leaves[next]
      this.#trials += 1
      if (seen === undefined || this.#trials > MOST_TRIALS) return false
      next += 1
      if (seen.leaf.rank !== rank) continue
      const conflict = this.#conflict(seen.element)
      if (conflict !== null) {
        next = this.#extents?.after(leaves, next, conflict, this.#chosen[conflict.array] ?? 0) ?? next
        continue
      }
      isFound = true
      if (!accepts(demand, seen.leaf)) continue
      this.#bind(seen.element, rank)
      const isFree = this.#trail.length === before
      // Of leaves that bind no array of a later path, one stands for all.
      if (isFree && isTriedFree) continue
      isTriedFree ||= isFree
      if (this.#search(demands, i + 1)) return true
      this.#unbind(before)
    }
    return !isFound && demand.presence !== null && this.#search(demands, i + 1)
  }

  /** What has been chosen, as far as it matters to a demand and those after it. */
  #choicesFor({ rank }: Demand, i: number): string {
    const mattering = this.#trail.filter((array) => (this.#lastRank[array] ?? 0) >= rank)
    this.#trials += mattering.length
    return `${i} ${mattering.map((array) => `${array}:${this.#chosen[array]}`).join()}`
  }

  /** An element around a leaf in whose array another one has been chosen. */
  #conflict(element: Element | null): Element | null {
    for (let at = element; at; at = at.outer) {
      const chosen = this.#chosen[at.array]
      if (chosen !== undefined && chosen !== at.index) return at
    }
    return null
  }

  /** Chooses the elements around a leaf, as far as a later path may ask for them. */
  #bind(element: Element | null, rank: number): void {
    for (let at = element; at; at = at.outer) {
      const last = this.#lastRank[at.array]
      if (this.#chosen[at.array] !== undefined || (last !== undefined && last <= rank)) continue
      this.#chosen[at.array] = at.index
      this.#trail.push(at.array)
    }
  }

  /** Takes back all choices but the first few. */
  #unbind(kept: number): void {
    while (this.#trail.length > kept) {
      const array = this.#trail.pop()
      if (array !== undefined) this.#chosen[array] = undefined
    }
  }
}

function accepts({ atoms }: Demand, { satisfies }: LeafClass): boolean {
  for (const atom of atoms) if (satisfies.has(atom)) return true
  return false
}
