import type { Demand } from './demand.ts'
import type { Element, LeafClass, SeenLeaf } from './leaf.ts'

/**
 * The leaves of one event, for demands on objects in arrays: what is asked of objects of the same array must be met by
 * the same element (EventBridge User Guide, "Array matching").
 */
export class Elements {
  readonly #byRank: SeenLeaf[][] = []
  /** For each array, the highest rank of a path that has leaves in it: later paths do not care for it. */
  readonly #lastRank: number[] = []
  /** For each array, the element chosen so far, or −1. */
  readonly #chosen: number[] = []
  /** The arrays of which an element has been chosen, in the order of choosing. */
  readonly #trail: number[] = []

  constructor(leaves: readonly SeenLeaf[]) {
    for (const seen of leaves) this.#add(seen)
  }

  #add(seen: SeenLeaf): void {
    const { rank } = seen.leaf
    const leaves = this.#byRank[rank]
    if (leaves) leaves.push(seen)
    else this.#byRank[rank] = [seen]
    for (let at = seen.element; at; at = at.outer) {
      while (this.#chosen.length <= at.array) {
        this.#chosen.push(-1)
        this.#lastRank.push(-1)
      }
      this.#lastRank[at.array] = Math.max(rank, this.#lastRank[at.array] ?? -1)
    }
  }

  /** Whether one choice of elements meets all demands, which stand in the order of their paths. */
  meet(demands: readonly Demand[]): boolean {
    const isMet = this.#search(demands, 0)
    this.#unbind(0)
    return isMet
  }

  #search(demands: readonly Demand[], i: number): boolean {
    const demand = demands[i]
    if (!demand) return true
    const { rank } = demand
    let isFound = false
    let isTriedFree = false
    const before = this.#trail.length
    for (const { leaf, element } of this.#byRank[rank] ?? []) {
      if (!this.#agrees(element)) continue
      isFound = true
      if (!accepts(demand, leaf)) continue
      this.#bind(element, rank)
      const isFree = this.#trail.length === before
      // Of leaves that bind no array of a later path, one stands for all.
      if (isFree && isTriedFree) continue
      isTriedFree ||= isFree
      if (this.#search(demands, i + 1)) return true
      this.#unbind(before)
    }
    return !isFound && demand.presence !== null && this.#search(demands, i + 1)
  }

  #agrees(element: Element | null): boolean {
    for (let at = element; at; at = at.outer) {
      const chosen = this.#chosen[at.array] ?? -1
      if (chosen >= 0 && chosen !== at.index) return false
    }
    return true
  }

  /** Chooses the elements around a leaf, as far as a later path may ask for them. */
  #bind(element: Element | null, rank: number): void {
    for (let at = element; at; at = at.outer) {
      if ((this.#chosen[at.array] ?? -1) >= 0 || (this.#lastRank[at.array] ?? -1) <= rank) continue
      this.#chosen[at.array] = at.index
      this.#trail.push(at.array)
    }
  }

  /** Takes back all choices but the first few. */
  #unbind(kept: number): void {
    while (this.#trail.length > kept) {
      const array = this.#trail.pop()
      if (array !== undefined) this.#chosen[array] = -1
    }
  }
}

function accepts({ atoms }: Demand, { satisfies }: LeafClass): boolean {
  for (const atom of atoms) if (satisfies.has(atom)) return true
  return false
}
