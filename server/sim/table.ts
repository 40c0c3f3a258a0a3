/**
 * Tables of columns that share one buffer, so that saving, restoring and hashing a world are one pass each.
 * Scalars are doubles, counts and indices 32-bit whole numbers; a table's doubles come before its whole numbers.
 */
export interface TableSpec<R extends string, W extends string> {
  readonly reals: readonly R[]
  readonly wholes: readonly W[]
  readonly rows: number
}

export type Table<R extends string, W extends string> = { readonly [K in R]: Float64Array } & {
  readonly [K in W]: Int32Array
}

/** @returns how many bytes of the buffer the table takes, a multiple of 8 */
export function bytesOf(spec: TableSpec<string, string>): number {
  return spec.reals.length * spec.rows * 8 + Math.ceil((spec.wholes.length * spec.rows) / 2) * 8
}

/** Lays a table over `buffer` from `offset` (a multiple of 8) on. */
export function layTable<R extends string, W extends string>(
  spec: TableSpec<R, W>,
  buffer: ArrayBuffer,
  offset: number,
): Table<R, W> {
  const columns: Record<string, Float64Array | Int32Array> = {}
  let place = offset
  for (const name of spec.reals) {
    columns[name] = new Float64Array(buffer, place, spec.rows)
    place += spec.rows * 8
  }
  for (const name of spec.wholes) {
    columns[name] = new Int32Array(buffer, place, spec.rows)
    place += spec.rows * 4
  }
  return columns as Table<R, W>
}
