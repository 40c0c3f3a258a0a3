import type { Json } from '../../../shared/json.ts'
import {
  expectWord,
  listOf,
  openStatement,
  peek,
  readConnected,
  takeWord,
  type Connected,
  type Statement,
} from '../../../shared/statement.ts'

/** A column of the answer: a property's path, or an aggregate over the rows of a group (`path` `*` for COUNT(*)). */
export interface Column {
  readonly name: string
  readonly aggregate: 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | null
  readonly path: string
}

export type Condition = Connected<Test>

type Test =
  | { readonly kind: 'compare'; readonly path: string; readonly operator: string; readonly value: Json }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly Json[] }
  | { readonly kind: 'between'; readonly path: string; readonly low: Json; readonly high: Json }
  | { readonly kind: 'like'; readonly path: string; readonly pattern: string }

export interface Query {
  readonly columns: readonly Column[]
  readonly where: Condition | null
  readonly groupBy: readonly string[]
  readonly orderBy: { readonly name: string; readonly descending: boolean } | null
}

/** Leaves the recursive descent at the first fault; caught by `selectResourceConfig` and nowhere else. */
export class QueryFault extends Error {}

const LONGEST = 4096

const WORD = /\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w]*(?:\.[\w-]+)*|<>|!=|<=|>=|[=<>(),*])/y
const AGGREGATES: readonly string[] = ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX']

/**
 * Reads `SELECT … [WHERE …] [GROUP BY …] [ORDER BY … [ASC|DESC]]`; there is no FROM (AWS Config, "Querying the current
 * configuration state of AWS resources").
 *
 * @throws QueryFault at the first word that does not fit
 */
export function parseQuery(text: string): Query {
  if (text.length > LONGEST) throw new QueryFault(`more than ${LONGEST} characters`)
  const cursor = openStatement(text, WORD, text.trimEnd().length, FAULTS)
  expectWord(cursor, 'SELECT')
  const columns = listOf(cursor, parseColumn)
  const where = takeWord(cursor, 'WHERE') ? readConnected(cursor, parseComparison) : null
  const groupBy = takeWord(cursor, 'GROUP') ? (expectWord(cursor, 'BY'), listOf(cursor, takePath)) : []
  const orderBy = takeWord(cursor, 'ORDER') ? parseOrder(cursor) : null
  if (peek(cursor) !== '') throw new QueryFault(`unexpected ${peek(cursor)}`)
  const single = columns.find((column) => column.aggregate === null && !groupBy.includes(column.path))
  const isGrouped = groupBy.length > 0 || columns.some((column) => column.aggregate !== null)
  if (isGrouped && single) throw new QueryFault(`${single.name} is neither grouped nor aggregated`)
  return { columns, where, groupBy, orderBy }
}

const FAULTS: Statement['faults'] = {
  unreadable: (text, at) => new QueryFault(`unexpected ${text.slice(at, at + 10)}`),
  expected: (word) => new QueryFault(`${word} expected`),
  tooDeep: () => new QueryFault('nested too deep'),
}

const RESERVED: readonly string[] = [
  'SELECT',
  'WHERE',
  'GROUP',
  'ORDER',
  'BY',
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'BETWEEN',
  'FROM',
]

function takePath(cursor: Statement): string {
  const word = peek(cursor)
  if (!/^[A-Za-z_]/.test(word) || RESERVED.includes(word.toUpperCase())) throw new QueryFault('a property expected')
  cursor.at += 1
  return word
}

function parseColumn(cursor: Statement): Column {
  if (takeWord(cursor, '*')) return { name: '*', aggregate: null, path: '*' }
  const path = takePath(cursor)
  const aggregate = AGGREGATES.find((name) => name === path.toUpperCase()) as Column['aggregate'] | undefined
  if (!aggregate || !takeWord(cursor, '(')) return { name: path, aggregate: null, path }
  const inner = aggregate === 'COUNT' && takeWord(cursor, '*') ? '*' : takePath(cursor)
  expectWord(cursor, ')')
  return { name: `${aggregate}(${inner})`, aggregate, path: inner }
}

function parseOrder(cursor: Statement): Query['orderBy'] {
  expectWord(cursor, 'BY')
  const { name } = parseColumn(cursor)
  const descending = takeWord(cursor, 'DESC')
  if (!descending) takeWord(cursor, 'ASC')
  return { name, descending }
}

const COMPARISONS: readonly string[] = ['=', '<>', '!=', '<', '<=', '>', '>=']

function parseComparison(cursor: Statement): Condition {
  const path = takePath(cursor)
  if (takeWord(cursor, 'NOT')) return { kind: 'not', of: parseTest(cursor, path) }
  return parseTest(cursor, path)
}

function parseTest(cursor: Statement, path: string): Condition {
  if (takeWord(cursor, 'IN')) {
    expectWord(cursor, '(')
    const values = listOf(cursor, takeValue)
    expectWord(cursor, ')')
    return { kind: 'in', path, values }
  }
  if (takeWord(cursor, 'BETWEEN')) {
    const low = takeValue(cursor)
    expectWord(cursor, 'AND')
    return { kind: 'between', path, low, high: takeValue(cursor) }
  }
  if (takeWord(cursor, 'LIKE')) {
    const pattern = takeValue(cursor)
    if (typeof pattern !== 'string') throw new QueryFault('LIKE needs a text')
    return { kind: 'like', path, pattern }
  }
  const operator = peek(cursor)
  if (!COMPARISONS.includes(operator)) throw new QueryFault(`a comparison expected, not ${operator}`)
  cursor.at += 1
  return { kind: 'compare', path, operator: operator === '<>' ? '!=' : operator, value: takeValue(cursor) }
}

function takeValue(cursor: Statement): Json {
  const word = peek(cursor)
  cursor.at += 1
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'")
  if (/^-?\d/.test(word)) return Number(word)
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true'
  throw new QueryFault('a value expected')
}
