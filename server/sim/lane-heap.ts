import { at, whole } from '../../shared/driving/columns.ts'

/** A binary heap of lanes, the least cost first and of equal ones the least lane; columns, for a search fills it a lot. */
export class LaneHeap {
  readonly #cost: Float64Array
  readonly #lane: Int32Array
  #size = 0

  /** @param room for how many entries */
  constructor(room: number) {
    this.#cost = new Float64Array(room)
    this.#lane = new Int32Array(room)
  }

  get size(): number {
    return this.#size
  }

  push(lane: number, cost: number): void {
    let i = this.#size
    this.#size += 1
    for (; i > 0; i = (i - 1) >> 1) {
      const parent = (i - 1) >> 1
      if (!this.#comesAfter(parent, lane, cost)) break
      this.#put(i, whole(this.#lane, parent), at(this.#cost, parent))
    }
    this.#put(i, lane, cost)
  }

  /** Only of a heap that is not empty. @returns the cost of the first entry, which `pop` takes off */
  get least(): number {
    return at(this.#cost, 0)
  }

  /** Takes the first entry off a heap that is not empty. @returns its lane */
  pop(): number {
    const first = whole(this.#lane, 0)
    this.#size -= 1
    const [lane, cost] = [whole(this.#lane, this.#size), at(this.#cost, this.#size)]
    let i = 0
    for (;;) {
      const child = this.#lesserChild(i)
      if (child < 0 || this.#comesAfter(child, lane, cost)) break
      this.#put(i, whole(this.#lane, child), at(this.#cost, child))
      i = child
    }
    this.#put(i, lane, cost)
    return first
  }

  /** @returns which of an entry's two children comes first, −1 without any */
  #lesserChild(i: number): number {
    const left = 2 * i + 1
    const right = left + 1
    if (left >= this.#size) return -1
    if (right >= this.#size) return left
    return this.#comesAfter(left, whole(this.#lane, right), at(this.#cost, right)) ? right : left
  }

  #comesAfter(i: number, lane: number, cost: number): boolean {
    const own = at(this.#cost, i)
    return own > cost || (own === cost && whole(this.#lane, i) > lane)
  }

  #put(i: number, lane: number, cost: number): void {
    this.#lane[i] = lane
    this.#cost[i] = cost
  }
}
