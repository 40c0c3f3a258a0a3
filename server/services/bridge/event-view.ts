import type { Element, Growth, LeafClass, SeenLeaf } from './leaf.ts'
import type { Sighting } from './sighting.ts'
import type { Ways } from './ways.ts'

/** What has been seen of one event. */
export class EventView {
  readonly #growth: Growth
  readonly #leaves: SeenLeaf[] = []
  /** `null`: this event is like no other, or its arrays have to be looked at by themselves. */
  #sighting: Sighting | null

  constructor(start: Sighting, growth: Growth) {
    this.#sighting = start
    this.#growth = growth
  }

  /** @param element of the innermost array of objects or arrays around the leaf */
  see(leaf: LeafClass, element: Element | null): void {
    if (leaf.atoms.length === 0) return
    this.#leaves.push({ leaf, element })
    if (this.#sighting !== null) this.#sighting = element === null ? this.#sighting.after(leaf, this.#growth) : null
  }

  /** The names of the rules that match. */
  rulesBy(ways: Ways): readonly string[] {
    if (this.#sighting === null) return ways.rulesOf(this.#leaves)
    return (this.#sighting.rules ??= Object.freeze(ways.rulesOf(this.#leaves)))
  }
}
