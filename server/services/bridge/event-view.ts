import type { Element, Growth, LeafClass, SeenLeaf } from './leaf.ts'
import type { Sighting } from './sighting.ts'
import type { Ways } from './ways.ts'

/** What has been seen of one event. */
export class EventView {
  readonly #growth: Growth
  /** `null`: this event is like no other, or its arrays have to be looked at by themselves. */
  #sighting: Sighting | null
  /** What has been seen, once no sighting tells it. */
  #leaves: SeenLeaf[] | null = null

  constructor(start: Sighting, growth: Growth) {
    this.#sighting = start
    this.#growth = growth
  }

  /** @param element of the innermost array of objects or arrays around the leaf */
  see(leaf: LeafClass, element: Element | null): void {
    if (leaf.atoms.length === 0) return
    const before = this.#sighting
    if (before !== null) {
      this.#sighting = element === null ? before.after(leaf, this.#growth) : null
      if (this.#sighting !== null) return
    }
    this.#leaves ??= before?.leaves() ?? []
    this.#leaves.push({ leaf, element })
  }

  /** The names of the rules that match. */
  rulesBy(ways: Ways): readonly string[] {
    const sighting = this.#sighting
    if (sighting === null) return ways.rulesOf(this.#leaves ?? [])
    return (sighting.rules ??= Object.freeze(ways.rulesOf(sighting.leaves())))
  }
}
