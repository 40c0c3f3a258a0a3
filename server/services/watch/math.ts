import type { MetricDataQuery } from '../../../shared/aws/metric.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { MATH_FUNCTIONS } from './math-functions.ts'
import type { MathValue, Series } from './math-series.ts'
import { mapPoints, power, toScalar, toSeries, zip } from './math-series.ts'
import type { Expression, MathError, Operator } from './math-syntax.ts'
import { parseMath } from './math-syntax.ts'
import { own } from './own.ts'

/** Where an expression's data come from. */
export interface MathSource {
  readonly queries: readonly MetricDataQuery[]
  /** Beginnings of the periods asked for, rising, in ms. */
  readonly grid: readonly number[]
  /** The series of a query that has a `MetricStat`. */
  readonly read: (query: MetricDataQuery) => Series
  /** The anomaly band of such a query, `width` standard deviations wide on each side. */
  readonly band: (query: MetricDataQuery, width: number) => { readonly lower: Series; readonly upper: Series }
}

type Computed = Result<MathValue, MathError>

/**
 * One computation: what is being computed stands in `open`, so that a circle of queries is noticed, and what has been
 * computed in `known`, for a query may be named again and again.
 */
interface Machine {
  readonly source: MathSource
  readonly open: readonly string[]
  readonly known: Map<string, Computed>
}

/** Computes the query named `id` (CloudWatch User Guide, "Using metric math"). */
export const computeQuery = (source: MathSource, id: string): Computed =>
  computeId({ source, open: [], known: new Map() }, id)

const wrong = (message: string, position = 0): { readonly ok: false; readonly error: MathError } =>
  fail({ message: `Error in expression: ${message}.`, position })

function computeId(machine: Machine, id: string): Computed {
  const known = machine.known.get(id)
  if (known) return known
  const computed = computeNew(machine, id)
  machine.known.set(id, computed)
  return computed
}

function computeNew(machine: Machine, id: string): Computed {
  const { source, open } = machine
  const query = source.queries.find(({ Id }) => Id === id)
  if (!query) return wrong(`there is no query ${id}`)
  if (open.includes(id)) return wrong(`${id} depends on itself`)
  if (query.Expression === undefined) return ok(toSeries(source.read(query)))
  const parsed = parseMath(query.Expression)
  return parsed.ok ? compute({ ...machine, open: [...open, id] }, parsed.value) : parsed
}

function compute(machine: Machine, expression: Expression): Computed {
  switch (expression.kind) {
    case 'number':
      return ok(toScalar(expression.value))
    case 'text':
      return ok({ kind: 'text', value: expression.value })
    case 'query':
      return computeId(machine, expression.id)
    case 'list':
      return computeList(machine, expression.items)
    case 'negative':
      return combine(machine, '-', [{ kind: 'number', value: 0 }, expression.of])
    case 'binary':
      return combine(machine, expression.operator, [expression.left, expression.right])
    case 'call':
      return computeCall(machine, expression)
  }
}

function computeAll(machine: Machine, expressions: readonly Expression[]): Result<MathValue[], MathError> {
  const values: MathValue[] = []
  for (const expression of expressions) {
    const value = compute(machine, expression)
    if (!value.ok) return value
    values.push(value.value)
  }
  return ok(values)
}

function computeList(machine: Machine, items: readonly Expression[]): Computed {
  const values = computeAll(machine, items)
  if (!values.ok) return values
  const series = values.value.flatMap((value) =>
    value.kind === 'series' ? [value.points] : value.kind === 'list' ? value.series : [],
  )
  return ok({ kind: 'list', series })
}

function computeCall(machine: Machine, { name, args, at }: Extract<Expression, { kind: 'call' }>): Computed {
  const { source } = machine
  if (name === 'METRICS') return computeMetrics(machine, args)
  if (name === 'ANOMALY_DETECTION_BAND') return computeBand(machine, args, at)
  const call = own(MATH_FUNCTIONS, name)
  if (!call) return wrong(`there is no function ${name}`, at)
  const values = computeAll(machine, args)
  if (!values.ok) return values
  const result = call(values.value, source.grid)
  return typeof result === 'string' ? wrong(`${name}: ${result}`, at) : ok(result)
}

/** All metrics of the request, or those whose id contains the given text. */
function computeMetrics({ source }: Machine, [filter]: readonly Expression[]): Computed {
  const wanted = filter?.kind === 'text' ? filter.value : ''
  const queries = source.queries.filter(({ MetricStat, Id }) => MetricStat !== undefined && Id.includes(wanted))
  return ok({ kind: 'list', series: queries.map(source.read) })
}

function computeBand({ source }: Machine, [of, width]: readonly Expression[], at: number): Computed {
  const query = of?.kind === 'query' ? source.queries.find(({ Id }) => Id === of.id) : undefined
  if (!query?.MetricStat) return wrong('ANOMALY_DETECTION_BAND: a metric is expected', at)
  const deviations = width === undefined ? 2 : width.kind === 'number' ? width.value : null
  if (deviations === null) return wrong('ANOMALY_DETECTION_BAND: the width must be a number', at)
  return ok({ kind: 'band', ...source.band(query, deviations) })
}

const truth = (isTrue: boolean): number => (isTrue ? 1 : 0)

const OPERATIONS: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? NaN : a / b),
  '^': power,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<': (a, b) => truth(a < b),
  '<=': (a, b) => truth(a <= b),
  '>': (a, b) => truth(a > b),
  '>=': (a, b) => truth(a >= b),
  AND: (a, b) => truth(a !== 0 && b !== 0),
  '&&': (a, b) => truth(a !== 0 && b !== 0),
  OR: (a, b) => truth(a !== 0 || b !== 0),
  '||': (a, b) => truth(a !== 0 || b !== 0),
}

function combine(machine: Machine, operator: Operator, operands: readonly Expression[]): Computed {
  const values = computeAll(machine, operands)
  if (!values.ok) return values
  const [left, right] = values.value
  const result = left && right ? applyTo(OPERATIONS[operator], left, right) : null
  return result ? ok(result) : wrong(`${operator} needs numbers or series on both sides`)
}

/** A list meets a number or a series member by member. */
function applyTo(change: (a: number, b: number) => number, left: MathValue, right: MathValue): MathValue | null {
  if (left.kind === 'scalar' && right.kind === 'scalar') return toScalar(change(left.value, right.value))
  if (left.kind === 'scalar' && right.kind === 'series') {
    return toSeries(mapPoints(right.points, (value) => change(left.value, value)))
  }
  if (left.kind === 'series' && right.kind === 'scalar') {
    return toSeries(mapPoints(left.points, (value) => change(value, right.value)))
  }
  if (left.kind === 'series' && right.kind === 'series') return toSeries(zip(left.points, right.points, change))
  const members = (value: MathValue) => (value.kind === 'list' ? value.series.map(toSeries) : null)
  const results =
    members(left)?.map((member) => applyTo(change, member, right)) ??
    members(right)?.map((member) => applyTo(change, left, member))
  if (!results) return null
  const series = results.flatMap((result) => (result?.kind === 'series' ? [result.points] : []))
  return series.length === results.length ? { kind: 'list', series } : null
}
