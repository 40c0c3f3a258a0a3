/** Cells of a grid: for each bound so many. */
const CELLS_PER_BOUND = 2

/**
 * An even grid over sorted numbers: says between which of them a key has to be looked for, so that of a binary search
 * few steps are left, however many numbers there are.
 */
export class NumberGrid {
  /** For each cell and the end, how many bounds lie before it. */
  readonly #before: Uint32Array
  readonly #least: number
  readonly #cellsPerUnit: number

  private constructor(bounds: readonly number[], cellsPerUnit: number) {
    this.#least = bounds[0] ?? 0
    this.#cellsPerUnit = cellsPerUnit
    this.#before = new Uint32Array(bounds.length * CELLS_PER_BOUND + 2)
    for (const bound of bounds) this.#count(this.cellOf(bound) + 1)
    for (let cell = 1; cell < this.#before.length; cell += 1) this.#count(cell, this.#before[cell - 1])
  }

  #count(cell: number, more = 1): void {
    this.#before[cell] = (this.#before[cell] ?? 0) + more
  }

  /**
   * @param bounds finite, in rising order
   * @returns `null` where no even grid can be laid: fewer than two bounds, or too far apart or too near for doubles
   */
  static over(bounds: readonly number[]): NumberGrid | null {
    const width = (bounds.at(-1) ?? 0) - (bounds[0] ?? 0)
    const cellsPerUnit = (bounds.length * CELLS_PER_BOUND) / width
    return cellsPerUnit > 0 && Number.isFinite(cellsPerUnit) ? new NumberGrid(bounds, cellsPerUnit) : null
  }

  /** Never falls when the key rises, which is all that a search needs of it; beyond both ends there are cells too. */
  cellOf(key: number): number {
    return Math.floor((key - this.#least) * this.#cellsPerUnit)
  }

  /** How many bounds are surely below every key of a cell. */
  from(cell: number): number {
    return cell < 0 ? 0 : (this.#before[Math.min(cell, this.#before.length - 1)] ?? 0)
  }

  /** How many bounds are not surely above every key of a cell. */
  to(cell: number): number {
    return cell < 0 ? 0 : (this.#before[Math.min(cell + 1, this.#before.length - 1)] ?? 0)
  }
}
