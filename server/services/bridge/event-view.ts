import { SeenLeaves, type SeenLeaf } from './consistency.ts'
import type { Ways } from './outcome.ts'
import type { LeafClass } from './path-index.ts'
import type { Element, Growth, Sighting } from './sighting.ts'

/** What has been seen of one event. */
export class EventView {
  readonly #growth: Growth
  readonly #leaves: SeenLeaf[] = []
  #sighting: Sighting
  #isNested = false

  constructor(start: Sighting, growth: Growth) {
    this.#sighting = start
    this.#growth = growth
  }

  /** @param element of the innermost array of objects or arrays around the leaf */
  see(leaf: LeafClass, element: Element | null): void {
    if (leaf.atoms.size === 0) return
    this.#sighting = this.#sighting.after(leaf, this.#growth)
    this.#leaves.push({ leaf, element })
    if (element) this.#isNested = true
  }

  /** The names of the rules that match. */
  rulesBy(ways: Ways): readonly string[] {
    const outcome = (this.#sighting.outcome ??= ways.outcomeOf(this.#sighting.classes()))
    if (!this.#isNested || outcome.candidates.length === 0) return outcome.rules
    const leaves = new SeenLeaves(this.#leaves)
    return ways.namesOf(outcome.candidates.filter((way) => leaves.meet(way)))
  }
}
