/**
 * Hands out columns over one buffer, one after the other, so that saving, restoring and hashing a world are one pass
 * each. Without a buffer it only measures.
 */
export class Space {
  readonly #buffer: ArrayBuffer | null
  #taken = 0

  constructor(buffer: ArrayBuffer | null) {
    this.#buffer = buffer
  }

  /** Bytes handed out so far, a multiple of 8. */
  get taken(): number {
    return this.#taken
  }

  reals(rows: number): Float64Array {
    const from = this.#taken
    this.#taken += rows * 8
    return this.#buffer ? new Float64Array(this.#buffer, from, rows) : new Float64Array(0)
  }

  wholes(rows: number): Int32Array {
    const from = this.#taken
    this.#taken += Math.ceil(rows / 2) * 8
    return this.#buffer ? new Int32Array(this.#buffer, from, rows) : new Int32Array(0)
  }
}

/**
 * A table is a class whose fields are its columns: scalars are doubles, counts and indices 32-bit whole numbers. A
 * class, because an object that is put together by computed names is slow to read in V8.
 */
export class Table {
  readonly #space: Space
  readonly #rows: number

  constructor(space: Space, rows: number) {
    this.#space = space
    this.#rows = rows
  }

  protected real(): Float64Array {
    return this.#space.reals(this.#rows)
  }

  protected whole(): Int32Array {
    return this.#space.wholes(this.#rows)
  }
}
