import type { Demand } from './demand.ts'
import type { Element, LeafClass, SeenLeaf } from './leaf.ts'

/** So few leaves are looked through as they are, and tried without asking which arrays matter. */
const FEW = 24

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
    for (const { leaf, element } of this.#leavesAt(rank)) {
      if (leaf.rank !== rank || !this.#agrees(element)) continue
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

  /** At least the leaves of a rank. */
  #leavesAt(rank: number): readonly SeenLeaf[] {
    const sorted = this.#byRank[rank]
    return sorted === undefined ? this.#leaves : sorted
  }

  #agrees(element: Element | null): boolean {
    for (let at = element; at; at = at.outer) {
      const chosen = this.#chosen[at.array]
      if (chosen !== undefined && chosen !== at.index) return false
    }
    return true
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
