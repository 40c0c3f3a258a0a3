/** A statistic of CloudWatch, read from its name (CloudWatch User Guide, "CloudWatch statistics definitions"). */
export type Statistic =
  | { readonly kind: 'SampleCount' | 'Sum' | 'Average' | 'Minimum' | 'Maximum' }
  /** `p90`; `percent` from 0 to 100. */
  | { readonly kind: 'percentile'; readonly percent: number }
  /** Trimmed mean, count or sum, winsorised mean, or the share of samples, between two bounds. */
  | { readonly kind: 'tm' | 'tc' | 'ts' | 'wm' | 'pr'; readonly bounds: Bounds }

/** From where to where the samples count: percentiles or values; `null` = open at that end. */
interface Bounds {
  readonly unit: 'percent' | 'value'
  readonly from: number | null
  readonly to: number | null
}

const SIMPLE = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] as const
const TRIMS = ['tm', 'tc', 'ts', 'wm'] as const
const SHORT = /^(p|tm|tc|ts|wm)(\d{1,3}(?:\.\d{1,10})?)$/
const LONG = /^(TM|TC|TS|WM|PR)\((-?\d+(?:\.\d+)?%?)?:(-?\d+(?:\.\d+)?%?)?\)$/

/** @returns `null` when `name` is no statistic */
export function parseStatistic(name: string): Statistic | null {
  const simple = SIMPLE.find((known) => known === name)
  if (simple) return { kind: simple }
  if (name === 'IQM') return { kind: 'tm', bounds: { unit: 'percent', from: 25, to: 75 } }
  return parseShort(name) ?? parseLong(name)
}

/** Any statistic. */
export const isStatistic = (name: string): boolean => parseStatistic(name) !== null
/** One of the five of `Statistic`. */
export const isSimpleStatistic = (name: string): boolean => SIMPLE.some((known) => known === name)
/** One for `ExtendedStatistic`: percentiles and trimmed forms. */
export const isExtendedStatistic = (name: string): boolean => isStatistic(name) && !isSimpleStatistic(name)

function parseShort(name: string): Statistic | null {
  const match = SHORT.exec(name)
  const percent = Number(match?.[2])
  if (!match || percent > 100) return null
  const trim = TRIMS.find((known) => known === match[1])
  return trim ? { kind: trim, bounds: { unit: 'percent', from: null, to: percent } } : { kind: 'percentile', percent }
}

function parseLong(name: string): Statistic | null {
  const match = LONG.exec(name)
  const ends = [match?.[2], match?.[3]]
  const given = ends.filter((end) => end !== undefined)
  if (!match || given.length === 0) return null
  const isPercent = given.every((end) => end.endsWith('%'))
  if (!isPercent && given.some((end) => end.endsWith('%'))) return null
  const kind = match[1] === 'PR' ? 'pr' : TRIMS.find((known) => known === match[1]?.toLowerCase())
  const [from = null, to = null] = ends.map((end) => (end === undefined ? null : parseFloat(end)))
  if (!kind || !isOrdered(from, to, isPercent) || (kind === 'pr' && isPercent)) return null
  return { kind, bounds: { unit: isPercent ? 'percent' : 'value', from, to } }
}

function isOrdered(from: number | null, to: number | null, isPercent: boolean): boolean {
  const ends = [from, to].filter((end) => end !== null)
  if (isPercent && ends.some((end) => end < 0 || end > 100)) return false
  return from === null || to === null || from < to
}
