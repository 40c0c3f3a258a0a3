import type { Json, JsonObject } from '../../../shared/json.ts'
import {
  LakeFault,
  type Column,
  type Condition,
  type LakeQuery,
  type Literal,
  type Operand,
  type Term,
} from './lake-syntax.ts'

/** A row of the answer: column and value in pairs, all values as text. */
export type LakeRow = readonly Readonly<Record<string, string>>[]

/** What a condition comes to; about what is not there nothing is known. */
type Truth = boolean | null

/** The records that one row of the answer is made of: one, or those of a group. */
type Group = readonly JsonObject[]

/**
 * Answers a query over records (CloudTrail User Guide, "CloudTrail Lake").
 *
 * @throws LakeFault for a column that is neither grouped nor a figure
 */
export function toLakeRows(query: LakeQuery, records: readonly JsonObject[]): readonly LakeRow[] {
  const found = records.filter((record) => isTrue(query.where, [record]))
  const groups = toGroups(query, found).filter((group) => isTrue(query.having, group))
  const ordered = groups.toSorted((a, b) => compareBy(query.orderBy, a, b))
  const rows = ordered.map((group) => toRow(query.columns, group))
  const kept = query.isDistinct ? [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()] : rows
  return query.limit === null ? kept : kept.slice(0, query.limit)
}

function toGroups(query: LakeQuery, records: readonly JsonObject[]): readonly Group[] {
  const { columns, groupBy } = query
  const isGrouped = groupBy.length > 0 || columns.some(({ term }) => term.figure !== null)
  if (!isGrouped) return records.map((record) => [record])
  const single = columns.find(({ term }) => term.figure === null && !groupBy.includes(term.path))
  if (columns.length === 0 || single !== undefined)
    throw new LakeFault(`${single?.name ?? '*'} must be a figure or stand in GROUP BY.`)
  if (groupBy.length === 0) return [records]
  const groups = new Map<string, JsonObject[]>()
  for (const record of records) {
    const key = JSON.stringify(groupBy.map((path) => valueAt(record, path) ?? null))
    const group = groups.get(key)
    if (group) group.push(record)
    else groups.set(key, [record])
  }
  return [...groups.values()]
}

function toRow(columns: readonly Column[], group: Group): LakeRow {
  const [first = {}] = group
  if (columns.length === 0) return Object.entries(first).map(([name, value]) => ({ [name]: toText(value) }))
  return columns.map(({ name, term }) => ({ [name]: toText(valueOf(term, group)) }))
}

const toText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)

/** Steps down a record by the names between the dots. */
const valueAt = (record: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((value, step) => (isObject(value) ? own(value, step) : undefined), record)

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (value: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined

function valueOf({ figure, isDistinct, path }: Term, group: Group): Json | undefined {
  if (figure === null) return group[0] && valueAt(group[0], path)
  if (path === '*') return group.length
  const all = group.flatMap((record) => valueAt(record, path) ?? [])
  const values = isDistinct ? [...new Map(all.map((value) => [JSON.stringify(value), value])).values()] : all
  if (figure === 'COUNT') return values.length
  if (figure === 'MIN' || figure === 'MAX') return extreme(values, figure === 'MIN' ? -1 : 1)
  const numbers = values.flatMap((value) => toNumber(value) ?? [])
  const sum = numbers.reduce((total, number) => total + number, 0)
  if (numbers.length === 0) return null
  return figure === 'SUM' ? sum : sum / numbers.length
}

const extreme = (values: readonly Json[], sign: number): Json | undefined =>
  values.reduce<Json | undefined>(
    (best, value) => (best === undefined || (order(value, best) ?? 0) * sign > 0 ? value : best),
    undefined,
  )

function compareBy(orderBy: LakeQuery['orderBy'], a: Group, b: Group): number {
  for (const { term, isDescending } of orderBy) {
    const [x, y] = [valueOf(term, a) ?? null, valueOf(term, b) ?? null]
    // What is not there comes last, whichever way.
    if (x === null || y === null) {
      if (x !== y) return x === null ? 1 : -1
      continue
    }
    const sign = order(x, y) ?? 0
    if (sign !== 0) return isDescending ? -sign : sign
  }
  return 0
}

const isTrue = (condition: Condition | null, group: Group): boolean =>
  condition === null || judge(condition, group) === true

function judge(condition: Condition, group: Group): Truth {
  switch (condition.kind) {
    case 'and':
      return both(judge(condition.left, group), judge(condition.right, group))
    case 'or':
      return not(both(not(judge(condition.left, group)), not(judge(condition.right, group))))
    case 'not':
      return not(judge(condition.of, group))
    case 'null':
      return (read(condition.left, group) ?? null) === null
    case 'compare':
      return compare(read(condition.left, group), condition.operator, read(condition.right, group))
    case 'in':
      return isIn(read(condition.left, group), condition.list)
    case 'like':
      return isLike(read(condition.left, group), condition.pattern)
  }
}

const both = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true
const not = (truth: Truth): Truth => (truth === null ? null : !truth)
const read = (operand: Operand, group: Group): Json | undefined =>
  'literal' in operand ? operand.literal : valueOf(operand.term, group)

function compare(a: Json | undefined, operator: string, b: Json | undefined): Truth {
  const sign = a === undefined || b === undefined ? null : order(a, b)
  if (sign === null) return null
  if (operator === '=') return sign === 0
  if (operator === '<>') return sign !== 0
  if (operator === '<') return sign < 0
  if (operator === '<=') return sign <= 0
  return operator === '>' ? sign > 0 : sign >= 0
}

const DATE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.0+)?Z?$/

/** The order of two values: numbers as such, also where one is a text; times however they are written; else texts. */
function order(a: Json, b: Json): number | null {
  if (a === null || b === null) return null
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [toNumber(a), toNumber(b)]
    return x === null || y === null ? null : x - y
  }
  const [x, y] = [a, b].map((value) => toText(value).replace(DATE, '$1T$2Z'))
  return x === y ? 0 : (x ?? '') < (y ?? '') ? -1 : 1
}

function toNumber(value: Json): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null
}

function isIn(value: Json | undefined, list: readonly Literal[]): Truth {
  if (value === undefined || value === null) return null
  return list.some((literal) => compare(value, '=', literal) === true)
}

/** `%` is any run of characters, `_` any one. Goes back to the last `%` only, so that no pattern stalls it. */
function isLike(value: Json | undefined, pattern: string): Truth {
  if (value === undefined || value === null) return null
  const text = toText(value)
  let at = 0
  let step = 0
  let retry: { step: number; at: number } | null = null
  while (at < text.length) {
    if (pattern[step] === '%') {
      retry = { step: step + 1, at }
      step += 1
    } else if (pattern[step] === '_' || (step < pattern.length && pattern[step] === text[at])) {
      step += 1
      at += 1
    } else if (retry === null) return false
    else {
      retry = { step: retry.step, at: retry.at + 1 }
      at = retry.at
      step = retry.step
    }
  }
  return /^%*$/.test(pattern.slice(step))
}
