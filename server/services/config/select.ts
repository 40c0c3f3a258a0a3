import type { Json, JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import { toApiItem } from './item-forms.ts'
import type { PageRequest } from './page.ts'
import { toPage } from './page.ts'
import { isList } from './same-json.ts'
import type { Column, Condition, Query } from './select-parse.ts'
import { QueryFault, parseQuery } from './select-parse.ts'
import type { ConfigResult, ConfigState } from './state.ts'
import { refusal } from './state.ts'

/** `Results` holds one JSON text per row, as AWS gives them. */
export interface Selected {
  readonly results: readonly string[]
  readonly selectFields: readonly string[]
  readonly nextToken?: string
}

/**
 * Asks the current items, and only those, in a read-only SQL (AWS Config API, "SelectResourceConfig").
 *
 * @returns `InvalidExpressionException`, `InvalidLimitException`, `InvalidNextTokenException`
 */
export function selectResourceConfig(
  state: ConfigState,
  request: PageRequest & { readonly expression: string },
): ConfigResult<Selected> {
  try {
    const query = parseQuery(request.expression)
    const rows = currentItems(state).filter((item) => query.where === null || holds(query.where, item))
    const page = toPage(order(query, toRows(query, rows)), request, 25)
    if (!page.ok) return page
    const { entries, nextToken } = page.value
    const results = entries.map((row) => JSON.stringify(row))
    const selectFields = query.columns.map((column) => column.name)
    return ok({ results, selectFields, ...(nextToken === undefined ? {} : { nextToken }) })
  } catch (fault) {
    if (fault instanceof QueryFault) return refusal('InvalidExpressionException', fault.message, 'expression')
    throw fault
  }
}

/** What is there now, with its configuration as an object. */
function currentItems(state: ConfigState): readonly JsonObject[] {
  return Object.values(state.resources).flatMap((timeline) => {
    const item = timeline.items.at(-1)
    return item?.configuration ? [{ ...toApiItem(timeline, item), configuration: item.configuration }] : []
  })
}

/** Every value a path reaches; a list on the way is looked through, entry by entry. */
function valuesAt(value: Json | undefined, steps: readonly string[]): readonly Json[] {
  if (value === undefined) return []
  if (isList(value)) return value.flatMap((entry) => valuesAt(entry, steps))
  const [step, ...rest] = steps
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return []
  return valuesAt((value as JsonObject)[step], rest)
}

const reach = (item: JsonObject, path: string): readonly Json[] => valuesAt(item, path.split('.'))

/** A condition holds when one of the values a path reaches fulfils it. */
function holds(condition: Condition, item: JsonObject): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item)
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item)
    case 'not':
      return !holds(condition.of, item)
    case 'compare':
      return reach(item, condition.path).some((value) => compares(value, condition.operator, condition.value))
    case 'in':
      return reach(item, condition.path).some((value) => condition.values.includes(value))
    case 'between':
      return reach(item, condition.path).some(
        (value) => compares(value, '>=', condition.low) && compares(value, '<=', condition.high),
      )
    case 'like':
      return reach(item, condition.path).some((value) => isLike(value, condition.pattern))
  }
}

function compares(a: Json, operator: string, b: Json): boolean {
  if (operator === '=') return a === b
  if (operator === '!=') return a !== b
  const comparable =
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')
  if (!comparable) return false
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

/** `%` at the end of a pattern stands for any text; AWS allows it nowhere else. */
function isLike(value: Json, pattern: string): boolean {
  if (typeof value !== 'string') return false
  return pattern.endsWith('%') ? value.startsWith(pattern.slice(0, -1)) : value === pattern
}

type Row = JsonObject

function toRows(query: Query, items: readonly JsonObject[]): readonly Row[] {
  const isGrouped = query.groupBy.length > 0 || query.columns.some((column) => column.aggregate !== null)
  if (!isGrouped) return items.map((item) => toRow(query.columns, [item]))
  const groups = new Map<string, JsonObject[]>()
  if (query.groupBy.length === 0) groups.set('', [])
  for (const item of items) {
    const key = JSON.stringify(query.groupBy.map((path) => reach(item, path)[0] ?? null))
    const group = query.groupBy.length === 0 ? '' : key
    groups.set(group, [...(groups.get(group) ?? []), item])
  }
  return [...groups.values()].map((group) => toRow(query.columns, group))
}

/** One row of the answer; nested properties come back nested, aggregates under their own name. */
function toRow(columns: readonly Column[], group: readonly JsonObject[]): Row {
  return columns.reduce<JsonObject>((row, column) => {
    if (column.aggregate !== null) return { ...row, [column.name]: aggregate(column, group) }
    const [first] = group
    if (column.path === '*') return { ...row, ...first }
    const value = first && reach(first, column.path)
    return value?.length ? nest(row, column.path.split('.'), value.length === 1 ? (value[0] ?? null) : value) : row
  }, {})
}

function nest(row: JsonObject, [step = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...row, [step]: value }
  const inner = row[step]
  const isObject = typeof inner === 'object' && inner !== null && !isList(inner)
  return { ...row, [step]: nest(isObject ? (inner as JsonObject) : {}, rest, value) }
}

function aggregate({ aggregate: name, path }: Column, group: readonly JsonObject[]): Json {
  if (path === '*') return group.length
  const values = group.flatMap((item) => reach(item, path))
  if (name === 'COUNT') return values.length
  const numbers = values.filter((value) => typeof value === 'number')
  const sum = numbers.reduce((total, value) => total + value, 0)
  if (name === 'SUM') return sum
  if (numbers.length === 0) return null
  if (name === 'AVG') return sum / numbers.length
  return numbers.reduce((best, value) => (name === 'MIN' ? Math.min(best, value) : Math.max(best, value)))
}

/** Rows without the value come last. */
function order({ orderBy }: Query, rows: readonly Row[]): readonly Row[] {
  if (!orderBy) return rows
  const { name, descending } = orderBy
  const valueOf = (row: Row) => (Object.hasOwn(row, name) ? row[name] : valuesAt(row, name.split('.'))[0]) ?? null
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    const sign = compares(x, '<', y) ? -1 : compares(x, '>', y) ? 1 : 0
    return descending ? -sign : sign
  })
}
