import type { Growth, LeafClass, SeenLeaf } from './leaf.ts'

/** More sightings are not remembered: events then differ so much that remembering does not help. */
const MAX_SIGHTINGS = 4096

/**
 * Which classes of leaves have been seen so far in an event. Events alike share these: after the first of them, each
 * leaf is one step to a sighting that is already there.
 */
export class Sighting {
  readonly #leaf: LeafClass | null
  readonly #before: Sighting | null
  readonly #next = new Map<number, Sighting>()
  /** The rules that match an event in which this is all that was seen; worked out at the first such event. */
  rules: readonly string[] | null = null

  constructor(leaf: LeafClass | null, before: Sighting | null) {
    this.#leaf = leaf
    this.#before = before
  }

  /** @returns `null` when it would have to be made and there are too many already */
  after(leaf: LeafClass, growth: Growth): Sighting | null {
    return this.#next.get(leaf.id) ?? this.#learn(leaf, growth)
  }

  /** What has been seen, in the order in which it came first. */
  leaves(): SeenLeaf[] {
    const before = this.#before?.leaves() ?? []
    return this.#leaf === null ? before : [...before, { leaf: this.#leaf, element: null }]
  }

  #learn(leaf: LeafClass, growth: Growth): Sighting | null {
    if (growth.sightings >= MAX_SIGHTINGS) return null
    growth.sightings += 1
    const next = this.#includes(leaf) ? this : new Sighting(leaf, this)
    this.#next.set(leaf.id, next)
    return next
  }

  #includes(leaf: LeafClass): boolean {
    return this.#leaf === leaf || (this.#before !== null && this.#before.#includes(leaf))
  }
}
