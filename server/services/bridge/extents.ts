import type { Element, SeenLeaf } from './leaf.ts'

/** Where the leaves of an array lie among those of the event: they follow each other, element by element. */
interface Extent {
  /** By element: the place of its first leaf. */
  readonly starts: (number | undefined)[]
  /** Behind its last leaf. */
  end: number
}

/** Lets a search among the leaves of an event pass over the elements that are not chosen. */
export class Extents {
  readonly #byArray: Extent[] = []
  readonly #places = new Map<SeenLeaf, number>()

  constructor(leaves: readonly SeenLeaf[]) {
    for (const [place, seen] of leaves.entries()) {
      this.#places.set(seen, place)
      for (let at = seen.element; at; at = at.outer) this.#extend(at, place)
    }
  }

  #extend({ array, index }: Element, place: number): void {
    const extent = (this.#byArray[array] ??= { starts: [], end: 0 })
    extent.starts[index] ??= place
    extent.end = place + 1
  }

  /**
   * @param leaves some of the event's, in its order
   * @param element one around the leaf before `next`, of an array of which another element is `chosen`
   * @returns where among them, from `next` on, the first leaf is that may lie in the chosen element or outside the array
   */
  after(leaves: readonly SeenLeaf[], next: number, { array, index }: Element, chosen: number): number {
    const extent = this.#byArray[array]
    const wanted = (index < chosen ? extent?.starts[chosen] : extent?.end) ?? 0
    let low = next
    let high = leaves.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const seen = leaves[middle]
      if (seen !== undefined && (this.#places.get(seen) ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
