/**
 * Typed columns are read at indices that the reader knows to exist. An index that does not is a bug, and shows as NaN
 * in everything computed from it.
 */

/** @returns the number at `index` */
export const at = (column: Float64Array, index: number): number => column[index] as number

/** @returns the whole number (a count, an index, bits) at `index` */
export const whole = (column: Int32Array, index: number): number => column[index] as number
