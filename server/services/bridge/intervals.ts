import { NumberGrid } from './number-grid.ts'

/** Every key between two bounds; `null` is no bound. */
export interface Interval<K> {
  readonly low: K | null
  readonly lowIncluded: boolean
  readonly high: K | null
  readonly highIncluded: boolean
  readonly mark: number
}

/**
 * Many intervals over one order, cut at their bounds into slots: slot 2i + 1 is the i-th bound itself, slot 2i lies
 * before it. All keys of a slot lie in the same intervals, so finding the slot is one binary search for any number of
 * intervals; among numbers an even grid says where to search, so that few steps are left.
 */
export class Intervals<K extends number | string> {
  readonly #intervals: readonly Interval<K>[]
  readonly #bounds: readonly K[]
  readonly #grid: NumberGrid | null

  constructor(intervals: readonly Interval<K>[]) {
    this.#intervals = intervals
    const bounds = new Set(intervals.flatMap(({ low, high }) => [low, high].filter((bound) => bound !== null)))
    this.#bounds = [...bounds].sort((a, b) => (a < b ? -1 : 1))
    this.#grid = NumberGrid.over(this.#bounds.filter((bound) => typeof bound === 'number'))
  }

  slotOf(key: K): number {
    const bounds = this.#bounds
    let low = 0
    let high = bounds.length
    if (this.#grid !== null && typeof key === 'number') {
      const cell = this.#grid.cellOf(key)
      low = this.#grid.from(cell)
      high = this.#grid.to(cell)
    }
    while (low < high) {
      const middle = (low + high) >>> 1
      const bound = bounds[middle]
      if (bound !== undefined && bound < key) low = middle + 1
      else high = middle
    }
    return bounds[low] === key ? 2 * low + 1 : 2 * low
  }

  /** The marks of the intervals in which the keys of a slot lie. */
  marksOf(slot: number): readonly number[] {
    return this.#intervals.filter((interval) => this.#covers(interval, slot)).map(({ mark }) => mark)
  }

  #covers({ low, lowIncluded, high, highIncluded }: Interval<K>, slot: number): boolean {
    const first = low === null ? 0 : this.slotOf(low) + (lowIncluded ? 0 : 1)
    const last = high === null ? 2 * this.#bounds.length : this.slotOf(high) - (highIncluded ? 0 : 1)
    return first <= slot && slot <= last
  }
}
