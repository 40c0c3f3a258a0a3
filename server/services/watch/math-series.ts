/** What a part of an expression is worth. Series are maps from the start of a period, in ms, to its value, rising. */
export type Series = ReadonlyMap<number, number>
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'series'; readonly points: Series }
  | { readonly kind: 'list'; readonly series: readonly Series[] }
  | { readonly kind: 'band'; readonly lower: Series; readonly upper: Series }

/** A single number. */
export const toScalar = (value: number): MathValue => ({ kind: 'scalar', value })
/** A series. */
export const toSeries = (points: Series): MathValue => ({ kind: 'series', points })

/** Computes every point anew; a point that comes out as no finite number is dropped. */
export function mapPoints(points: Series, change: (value: number, at: number) => number): Series {
  const entries = [...points].map(([at, value]) => [at, change(value, at)] as const)
  return new Map(entries.filter(([, value]) => Number.isFinite(value)))
}

/** Point by point over two series: a missing point counts as 0, but series that never meet give nothing. */
export function zip(left: Series, right: Series, change: (a: number, b: number) => number): Series {
  if (![...left.keys()].some((at) => right.has(at))) return new Map()
  const times = [...new Set([...left.keys(), ...right.keys()])].toSorted((a, b) => a - b)
  const entries = times.map((at) => [at, change(left.get(at) ?? 0, right.get(at) ?? 0)] as const)
  return new Map(entries.filter(([, value]) => Number.isFinite(value)))
}

/** Point by point over any number of series: whatever values there are at a time are summed up in one. */
export function across(list: readonly Series[], sumUp: (values: readonly number[]) => number): Series {
  const times = [...new Set(list.flatMap((points) => [...points.keys()]))].toSorted((a, b) => a - b)
  return new Map(times.map((at) => [at, sumUp(list.flatMap((points) => points.get(at) ?? []))]))
}

/** Each point together with the one before; the first has none and gives nothing. */
export function pairwise(points: Series, change: (step: { rise: number; seconds: number }) => number): Series {
  const entries = [...points]
  return new Map(
    entries.slice(1).map(([at, value], index) => {
      const [lastAt, lastValue] = entries[index] ?? [at, value]
      return [at, change({ rise: value - lastValue, seconds: (at - lastAt) / 1000 })]
    }),
  )
}

/** Each point becomes the sum of all up to it. */
export function runningSum(points: Series): Series {
  let sum = 0
  return mapPoints(points, (value) => (sum += value))
}

/** What stands where a series has no point: a constant, another's point, or one made from its neighbours. */
export type Filling = number | Series | 'REPEAT' | 'LINEAR'

/** Gives every time of `grid` a value: a constant, another's, the last one seen, or one on the line between its neighbours. */
export function fill(points: Series, grid: readonly number[], how: Filling): Series {
  const known = [...points]
  const filled = grid.flatMap((at) => {
    const value = points.get(at) ?? substitute(known, at, how)
    return value === null ? [] : [[at, value] as const]
  })
  return new Map(filled)
}

function substitute(known: readonly (readonly [number, number])[], at: number, how: Filling): number | null {
  if (typeof how === 'number') return how
  return typeof how === 'string' ? guess(known, at, how) : (how.get(at) ?? null)
}

function guess(known: readonly (readonly [number, number])[], at: number, how: 'REPEAT' | 'LINEAR'): number | null {
  const before = known.findLast(([time]) => time < at)
  if (!before) return null
  const after = known.find(([time]) => time > at)
  if (how === 'REPEAT') return before[1]
  if (!after) return null
  return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0])
}

/**
 * A power by multiplication and square roots, because JavaScript engines may round `**` differently.
 *
 * @returns `NaN` for an exponent that is no multiple of ½ from −512 to 512
 */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent * 2) || Math.abs(exponent) > 512) return NaN
  if (exponent < 0) return 1 / power(base, -exponent)
  let result = Number.isInteger(exponent) ? 1 : Math.sqrt(base)
  let factor = base
  for (let left = Math.floor(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= factor
    factor *= factor
  }
  return result
}

/** @returns `NaN` for no values */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the values themselves, not of a sample of more. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) * (value - middle))))
}
