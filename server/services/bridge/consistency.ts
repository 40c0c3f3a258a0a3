import type { Way } from './outcome.ts'
import type { LeafClass } from './path-index.ts'
import type { Element } from './sighting.ts'

/** A leaf of an event at a path that rules name. */
export interface SeenLeaf {
  readonly leaf: LeafClass
  readonly element: Element | null
}

/**
 * The leaves of one event, for demands on objects in arrays: what is asked of objects of the same array must be met by
 * the same element (EventBridge User Guide, "Array matching").
 */
export class SeenLeaves {
  readonly #byRank = new Map<number, SeenLeaf[]>()
  /** For each array, the highest rank of a path that has leaves in it: later paths do not care for it. */
  readonly #lastRank = new Map<number, number>()
  /** For each array, the element chosen so far. */
  readonly #chosen = new Map<number, number>()

  constructor(leaves: readonly SeenLeaf[]) {
    for (const seen of leaves) this.#add(seen)
  }

  #add(seen: SeenLeaf): void {
    const { rank } = seen.leaf.path
    const list = this.#byRank.get(rank)
    if (list) list.push(seen)
    else this.#byRank.set(rank, [seen])
    for (let at = seen.element; at; at = at.outer)
      this.#lastRank.set(at.array, Math.max(rank, this.#lastRank.get(at.array) ?? 0))
  }

  /** Whether one choice of elements meets all demands of a way. */
  meet(way: Way): boolean {
    const isMet = this.#search(way, 0)
    this.#chosen.clear()
    return isMet
  }

  #search(way: Way, i: number): boolean {
    const demand = way.demands[i]
    if (!demand) return true
    let isFound = false
    let isTriedFree = false
    for (const { leaf, element } of this.#byRank.get(demand.path.rank) ?? []) {
      if (!this.#agrees(element)) continue
      isFound = true
      if (!demand.atoms.some((atom) => leaf.atoms.has(atom))) continue
      const bound = this.#bind(element, demand.path.rank)
      // Of leaves that bind no array of a later path, one stands for all.
      if (bound.length === 0 && isTriedFree) continue
      if (bound.length === 0) isTriedFree = true
      if (this.#search(way, i + 1)) return true
      for (const array of bound) this.#chosen.delete(array)
    }
    return !isFound && demand.presence !== null && this.#search(way, i + 1)
  }

  #agrees(element: Element | null): boolean {
    for (let at = element; at; at = at.outer) {
      const chosen = this.#chosen.get(at.array)
      if (chosen !== undefined && chosen !== at.index) return false
    }
    return true
  }

  /** Chooses the elements around a leaf, as far as a later path may ask for them. @returns arrays newly bound */
  #bind(element: Element | null, rank: number): readonly number[] {
    const bound: number[] = []
    for (let at = element; at; at = at.outer) {
      if (this.#chosen.has(at.array) || (this.#lastRank.get(at.array) ?? 0) <= rank) continue
      this.#chosen.set(at.array, at.index)
      bound.push(at.array)
    }
    return bound
  }
}
