import type { ServiceError } from '../../../shared/aws/step.ts'
import { assertNever } from '../../../shared/assert.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { startOf } from './buckets.ts'
import type { Aggregate, Command, Condition, Group } from './insights-syntax.ts'
import { parseInsights } from './insights-syntax.ts'
import { compare } from './log-condition.ts'
import { parseObject } from './log-pattern-json.ts'
import type { LogEvent } from './log-state.ts'
import { noGroup } from './logs.ts'
import { own } from './own.ts'
import type { WatchState } from './state.ts'

type Cell = string | number | boolean | null
/** Column → value, in the order of the columns. */
type Row = Readonly<Record<string, Cell>>

/** What StartQuery takes; the range includes its start and not its end. */
export interface InsightsInput {
  readonly logGroupNames: readonly string[]
  readonly queryString: string
  readonly startTime: ServiceMs
  readonly endTime: ServiceMs
  /** Rows at most, unless the query says so itself; left out: 1000. */
  readonly limit?: number
}

/** What GetQueryResults answers: the query is run at once and is always complete. */
export interface InsightsResult {
  readonly results: readonly Row[]
  readonly statistics: { readonly recordsScanned: number; readonly recordsMatched: number }
}

const DEFAULT_ROWS = 1000
const DEFAULT_COLUMNS = ['@timestamp', '@message']

/**
 * Runs a query of Logs Insights: `fields`, `display`, `filter`, `parse`, `stats … by`, `sort`, `dedup` and `limit`, over the
 * fields of the log and those of JSON messages (CloudWatch Logs User Guide, "Analyzing log data with Logs Insights").
 *
 * @returns `MalformedQueryException` for a query that cannot be read
 */
export function runInsights(state: WatchState, input: InsightsInput): Result<InsightsResult, ServiceError> {
  const commands = parseInsights(input.queryString)
  if (!commands.ok) return fail({ code: 'MalformedQueryException', message: commands.error, field: 'queryString' })
  const stranger = input.logGroupNames.find((name) => !own(state.logs, name))
  if (stranger !== undefined) return fail(noGroup(stranger))
  const newestFirst = (a: Row, b: Row) => order(cell(b, '@timestamp'), cell(a, '@timestamp'))
  const scanned = input.logGroupNames.flatMap((name) => toRows(name, state, input)).toSorted(newestFirst)
  let rows = scanned
  let matched = scanned.length
  for (const command of commands.value) {
    rows = apply(rows, command)
    if (command.kind === 'filter') matched = rows.length
  }
  const hasLimit = commands.value.some(({ kind }) => kind === 'limit')
  const results = (hasLimit ? rows : rows.slice(0, input.limit ?? DEFAULT_ROWS)).map((row) => show(row, commands.value))
  return ok({ results, statistics: { recordsScanned: scanned.length, recordsMatched: matched } })
}

function toRows(group: string, state: WatchState, { startTime, endTime }: InsightsInput): Row[] {
  const events = own(state.logs, group)?.events ?? []
  return events
    .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime)
    .map((event) => toRow(group, event))
    .toReversed()
}

function toRow(group: string, event: LogEvent): Row {
  const found: Record<string, Cell> = {}
  discover(parseObject(event.message) ?? {}, '', found)
  return {
    ...found,
    '@timestamp': event.timestamp,
    '@message': event.message,
    '@logStream': event.stream,
    '@log': group,
    '@ingestionTime': event.ingestedAt,
  }
}

/** The leaves of a JSON message become fields, named by their path: `car.plate`, `stops.0`. */
function discover(value: JsonObject | readonly Json[], path: string, found: Record<string, Cell>): void {
  for (const [name, inner] of Object.entries(value as JsonObject)) {
    if (inner === undefined) continue
    const full = path === '' ? name : `${path}.${name}`
    if (inner !== null && typeof inner === 'object') discover(inner, full, found)
    else found[full] = inner
  }
}

function apply(rows: readonly Row[], command: Command): Row[] {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return rows.map((row) => ({ ...row, ...Object.fromEntries(command.columns.map(({ field, as }) => [as, cell(row, field)])) })) // prettier-ignore
    case 'filter':
      return rows.filter((row) => isTrue(command.condition, row))
    case 'stats':
      return summarise(rows, command.aggregates, command.by)
    case 'sort':
      return rows.toSorted((a, b) => orderBy(command.keys, a, b))
    case 'dedup':
      return withoutTwins(rows, command.fields)
    case 'parse':
      return rows.map((row) => ({ ...row, ...parseCell(cell(row, command.field), command) }))
    case 'limit':
      return rows.slice(0, command.count)
    default:
      return assertNever(command)
  }
}

const cell = (row: Row, field: string): Cell => own(row, field) ?? null

/** By the first key that tells two rows apart. */
function orderBy(keys: Extract<Command, { kind: 'sort' }>['keys'], a: Row, b: Row): number {
  for (const { field, isDescending } of keys) {
    const found = order(cell(a, field), cell(b, field))
    if (found !== 0) return isDescending ? -found : found
  }
  return 0
}

/** A row without one of the fields is nobody's twin. */
function withoutTwins(rows: readonly Row[], fields: readonly string[]): Row[] {
  const seen = new Set<string>()
  return rows.filter((row) => {
    const cells = fields.map((field) => cell(row, field))
    const name = JSON.stringify(cells)
    if (cells.includes(null)) return true
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

/** What stands between the pieces, each as soon as it is found; nothing when one of them is not there. */
function parseCell(value: Cell, { pieces, as }: Extract<Command, { kind: 'parse' }>): Row {
  const text = value === null ? '' : String(value)
  const [head = '', ...rest] = pieces
  const start = text.indexOf(head)
  if (value === null || start < 0) return {}
  let from = start + head.length
  const found: [string, Cell][] = []
  for (const [index, piece] of rest.entries()) {
    const isOpen = piece === '' && index === rest.length - 1
    const to = isOpen ? text.length : text.indexOf(piece, from)
    if (to < 0) return {}
    found.push([as[index] ?? '', text.slice(from, to)])
    from = to + piece.length
  }
  return Object.fromEntries(found)
}

/** Only the columns that the last `fields`, `display` or `stats` names are shown. */
function show(row: Row, commands: readonly Command[]): Row {
  const naming = commands.findLastIndex(({ kind }) => kind === 'display' || kind === 'stats')
  const columns = commands.slice(Math.max(0, naming)).flatMap((command) => {
    if (command.kind === 'stats') return [...command.by, ...command.aggregates].map(({ as }) => as)
    return command.kind === 'fields' || command.kind === 'display' ? command.columns.map(({ as }) => as) : []
  })
  const names = columns.length === 0 ? DEFAULT_COLUMNS : columns
  return Object.fromEntries(names.flatMap((name) => (own(row, name) === undefined ? [] : [[name, cell(row, name)]])))
}

/** Nothing comes first, then numbers, then texts. */
function order(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  const [left, right] = [toNumber(a), toNumber(b)]
  if (left !== null && right !== null) return left - right
  if (left !== null || right !== null) return left === null ? 1 : -1
  return a === b ? 0 : String(a) < String(b) ? -1 : 1
}

const toNumber = (value: Cell): number | null => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null
}

function isTrue(condition: Condition, row: Row): boolean {
  switch (condition.kind) {
    case 'and':
      return isTrue(condition.left, row) && isTrue(condition.right, row)
    case 'or':
      return isTrue(condition.left, row) || isTrue(condition.right, row)
    case 'not':
      return !isTrue(condition.of, row)
    case 'present':
      return cell(row, condition.field) !== null
    case 'like':
      return isLike(cell(row, condition.field), condition)
    case 'in':
      return condition.values.some((value) => meets(cell(row, condition.field), '=', value))
    case 'compare':
      return meets(cell(row, condition.field), condition.relation, condition.value)
    default:
      return assertNever(condition)
  }
}

function isLike(value: Cell, { text, ignoresCase }: Extract<Condition, { kind: 'like' }>): boolean {
  if (value === null) return false
  return ignoresCase ? String(value).toLowerCase().includes(text.toLowerCase()) : String(value).includes(text)
}

function meets(
  value: Cell,
  relation: Extract<Condition, { kind: 'compare' }>['relation'],
  right: string | number,
): boolean {
  if (value === null) return relation === '!='
  const number = toNumber(value)
  if (typeof right === 'number') return number === null ? relation === '!=' : compare(number, relation, right)
  return compare(order(String(value), right), relation, 0)
}

function summarise(rows: readonly Row[], aggregates: readonly Aggregate[], by: readonly Group[]): Row[] {
  const groups = new Map<string, { keys: Row; rows: Row[] }>()
  for (const row of rows) {
    const keys = Object.fromEntries(by.map((group) => [group.as, keyOf(row, group)]))
    const name = JSON.stringify(keys)
    const group = groups.get(name)
    if (group) group.rows.push(row)
    else groups.set(name, { keys, rows: [row] })
  }
  if (by.length === 0 && groups.size === 0) groups.set('', { keys: {}, rows: [] })
  return [...groups.values()].map((group) => ({
    ...group.keys,
    ...Object.fromEntries(aggregates.map((aggregate) => [aggregate.as, valueOf(aggregate, group.rows)])),
  }))
}

function keyOf(row: Row, group: Group): Cell {
  if ('field' in group) return cell(row, group.field)
  return startOf(Number(cell(row, '@timestamp')), group.binMs)
}

function valueOf({ name, field, percent }: Aggregate, rows: readonly Row[]): Cell {
  const cells = rows.map((row) => (field === '*' ? 1 : cell(row, field))).filter((value) => value !== null)
  const numbers = cells.flatMap((value) => toNumber(value) ?? [])
  const sum = numbers.reduce((total, value) => total + value, 0)
  const rising = numbers.toSorted((a, b) => a - b)
  switch (name) {
    case 'count':
      return cells.length
    case 'count_distinct':
      return new Set(cells).size
    case 'sum':
      return sum
    case 'avg':
      return numbers.length === 0 ? null : sum / numbers.length
    case 'min':
      return rising[0] ?? null
    case 'max':
      return rising.at(-1) ?? null
    case 'pct':
      return rising[Math.max(0, Math.ceil((rising.length * percent) / 100) - 1)] ?? null
    case 'earliest':
      return oldestFirst(rows, field)[0] ?? null
    case 'latest':
      return oldestFirst(rows, field).at(-1) ?? null
    default:
      return assertNever(name)
  }
}

const oldestFirst = (rows: readonly Row[], field: string): Cell[] =>
  rows
    .toSorted((a, b) => order(cell(a, '@timestamp'), cell(b, '@timestamp')))
    .map((row) => cell(row, field))
    .filter((value) => value !== null)
