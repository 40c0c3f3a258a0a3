import type { LeafClass } from './path-index.ts'
import type { Outcome } from './outcome.ts'

/** The element of an array in which a leaf stands, and the elements around that one. */
export interface Element {
  /** The array's number, counted over the event. */
  readonly array: number
  readonly index: number
  readonly outer: Element | null
}

/** How much memory a machine's learning takes, in words, roughly. */
export interface Growth {
  words: number
}

/** Of a sighting with its outcome. */
const WORDS = 64

/**
 * Which classes of leaves have been seen so far in an event. Events alike share these: after the first of them, each
 * leaf is one step to a sighting that is already there.
 */
export class Sighting {
  readonly #leaf: LeafClass | null
  readonly #before: Sighting | null
  readonly #next = new Map<number, Sighting>()
  /** What follows from it; worked out at the first event that ends here. */
  outcome: Outcome | null = null

  constructor(leaf: LeafClass | null, before: Sighting | null) {
    this.#leaf = leaf
    this.#before = before
  }

  after(leaf: LeafClass, growth: Growth): Sighting {
    const known = this.#next.get(leaf.id)
    if (known) return known
    const next = this.classes().includes(leaf) ? this : new Sighting(leaf, this)
    this.#next.set(leaf.id, next)
    growth.words += WORDS
    return next
  }

  classes(): readonly LeafClass[] {
    const classes = this.#leaf ? [this.#leaf] : []
    for (let at = this.#before; at; at = at.#before) if (at.#leaf) classes.push(at.#leaf)
    return classes
  }
}
