import type { Filling, MathValue, Series } from './math-series.ts'
import { across, deviation, fill, mapPoints, mean, pairwise, runningSum, toScalar, toSeries } from './math-series.ts'

/** A function of metric math over values; `grid` holds the beginnings of all periods asked for. */
export type MathFunction = (args: readonly MathValue[], grid: readonly number[]) => MathValue | string

const overOne =
  (change: (value: number) => number): MathFunction =>
  ([of]) => {
    if (of?.kind === 'scalar') return toScalar(change(of.value))
    if (of?.kind === 'series') return toSeries(mapPoints(of.points, change))
    if (of?.kind === 'list') return { kind: 'list', series: of.series.map((points) => mapPoints(points, change)) }
    return 'a number, a series or a list is expected'
  }

/** Over one series: a number. Over a list: a series, point by point. */
const overMany =
  (sumUp: (values: readonly number[]) => number): MathFunction =>
  ([of]) => {
    if (of?.kind === 'series') return of.points.size === 0 ? of : toScalar(sumUp([...of.points.values()]))
    if (of?.kind === 'list') return toSeries(across(of.series, sumUp))
    return of?.kind === 'scalar' ? of : 'a series or a list is expected'
  }

const overSeries =
  (change: (points: Series) => Series): MathFunction =>
  ([of]) => {
    if (of?.kind === 'series') return toSeries(change(of.points))
    return of?.kind === 'list' ? { kind: 'list', series: of.series.map(change) } : 'a series is expected'
  }

/** Over one series or each of a list; a series as filling gives what it has at that time. */
const fillIn: MathFunction = ([of, how], grid) => {
  const filling = toFilling(how)
  if (filling === null) return 'a number, a series, REPEAT or LINEAR is expected as filling'
  if (of?.kind === 'series') return toSeries(fill(of.points, grid, filling))
  if (of?.kind === 'list') return { kind: 'list', series: of.series.map((points) => fill(points, grid, filling)) }
  return 'a series or a list is expected'
}

function toFilling(how: MathValue | undefined): Filling | null {
  if (how?.kind === 'scalar') return how.value
  if (how?.kind === 'series') return how.points
  return how?.kind === 'text' && (how.value === 'REPEAT' || how.value === 'LINEAR') ? how.value : null
}

const choose: MathFunction = ([condition, then, otherwise]) => {
  if (condition?.kind === 'scalar' && then && otherwise) return condition.value === 0 ? otherwise : then
  if (condition?.kind !== 'series' || !then) return 'a condition and what follows from it are expected'
  const at = (value: MathValue | undefined, time: number): number => {
    if (value?.kind === 'scalar') return value.value
    return (value?.kind === 'series' ? value.points.get(time) : undefined) ?? NaN
  }
  return toSeries(mapPoints(condition.points, (truth, time) => at(truth === 0 ? otherwise : then, time)))
}

const periodOf: MathFunction = (_, grid) => {
  const [first = 0, second = first] = grid
  return toScalar((second - first) / 1000)
}

/** By name; the functions that look at queries themselves are the evaluator's (CloudWatch User Guide, "Using metric math"). */
export const MATH_FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ABS: overOne(Math.abs),
  CEIL: overOne(Math.ceil),
  FLOOR: overOne(Math.floor),
  SUM: overMany((values) => values.reduce((sum, value) => sum + value, 0)),
  AVG: overMany(mean),
  MIN: overMany((values) => Math.min(...values)),
  MAX: overMany((values) => Math.max(...values)),
  STDDEV: overMany(deviation),
  RATE: overSeries((points) => pairwise(points, ({ rise, seconds }) => rise / seconds)),
  DIFF: overSeries((points) => pairwise(points, ({ rise }) => rise)),
  RUNNING_SUM: overSeries(runningSum),
  FILL: fillIn,
  IF: choose,
  PERIOD: periodOf,
}
