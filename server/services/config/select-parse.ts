import type { Json } from '../../../shared/json.ts'

/** A column of the answer: a property's path, or an aggregate over the rows of a group (`path` `*` for COUNT(*)). */
export interface Column {
  readonly name: string
  readonly aggregate: 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | null
  readonly path: string
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
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

interface Cursor {
  readonly words: readonly string[]
  at: number
  /** Parentheses and NOTs so far: bounded, so that no text is deeper than the stack. */
  opened: number
}

const LONGEST = 4096
const MOST_OPENED = 100

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
  const cursor: Cursor = { words: cut(text), at: 0, opened: 0 }
  expectWord(cursor, 'SELECT')
  const columns = listOf(cursor, parseColumn)
  const where = takeWord(cursor, 'WHERE') ? parseOr(cursor) : null
  const groupBy = takeWord(cursor, 'GROUP') ? (expectWord(cursor, 'BY'), listOf(cursor, takePath)) : []
  const orderBy = takeWord(cursor, 'ORDER') ? parseOrder(cursor) : null
  if (peek(cursor) !== '') throw new QueryFault(`unexpected ${peek(cursor)}`)
  const single = columns.find((column) => column.aggregate === null && !groupBy.includes(column.path))
  const isGrouped = groupBy.length > 0 || columns.some((column) => column.aggregate !== null)
  if (isGrouped && single) throw new QueryFault(`${single.name} is neither grouped nor aggregated`)
  return { columns, where, groupBy, orderBy }
}

function cut(text: string): readonly string[] {
  const words: string[] = []
  const shape = new RegExp(WORD)
  const end = text.trimEnd().length
  while (shape.lastIndex < end) {
    const at = shape.lastIndex
    const match = shape.exec(text)
    if (!match) throw new QueryFault(`unexpected ${text.slice(at, at + 10)}`)
    words.push(match[1] ?? '')
  }
  return words
}

const peek = ({ words, at }: Cursor): string => words[at] ?? ''

function takeWord(cursor: Cursor, word: string): boolean {
  const fits = peek(cursor).toUpperCase() === word
  if (fits) cursor.at += 1
  return fits
}

function expectWord(cursor: Cursor, word: string): void {
  if (!takeWord(cursor, word)) throw new QueryFault(`${word} expected`)
}

function listOf<T>(cursor: Cursor, parse: (cursor: Cursor) => T): readonly T[] {
  const list = [parse(cursor)]
  while (takeWord(cursor, ',')) list.push(parse(cursor))
  return list
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

function takePath(cursor: Cursor): string {
  const word = peek(cursor)
  if (!/^[A-Za-z_]/.test(word) || RESERVED.includes(word.toUpperCase())) throw new QueryFault('a property expected')
  cursor.at += 1
  return word
}

function parseColumn(cursor: Cursor): Column {
  if (takeWord(cursor, '*')) return { name: '*', aggregate: null, path: '*' }
  const path = takePath(cursor)
  const aggregate = AGGREGATES.find((name) => name === path.toUpperCase()) as Column['aggregate'] | undefined
  if (!aggregate || !takeWord(cursor, '(')) return { name: path, aggregate: null, path }
  const inner = aggregate === 'COUNT' && takeWord(cursor, '*') ? '*' : takePath(cursor)
  expectWord(cursor, ')')
  return { name: `${aggregate}(${inner})`, aggregate, path: inner }
}

function parseOrder(cursor: Cursor): Query['orderBy'] {
  expectWord(cursor, 'BY')
  const { name } = parseColumn(cursor)
  const descending = takeWord(cursor, 'DESC')
  if (!descending) takeWord(cursor, 'ASC')
  return { name, descending }
}

function parseOr(cursor: Cursor): Condition {
  let left = parseAnd(cursor)
  while (takeWord(cursor, 'OR')) left = { kind: 'or', left, right: parseAnd(cursor) }
  return left
}

function parseAnd(cursor: Cursor): Condition {
  let left = parseNot(cursor)
  while (takeWord(cursor, 'AND')) left = { kind: 'and', left, right: parseNot(cursor) }
  return left
}

function parseNot(cursor: Cursor): Condition {
  cursor.opened += peek(cursor) === '(' || peek(cursor).toUpperCase() === 'NOT' ? 1 : 0
  if (cursor.opened > MOST_OPENED) throw new QueryFault('nested too deep')
  if (takeWord(cursor, 'NOT')) return { kind: 'not', of: parseNot(cursor) }
  if (!takeWord(cursor, '(')) return parseComparison(cursor)
  const inner = parseOr(cursor)
  expectWord(cursor, ')')
  return inner
}

const COMPARISONS: readonly string[] = ['=', '<>', '!=', '<', '<=', '>', '>=']

function parseComparison(cursor: Cursor): Condition {
  const path = takePath(cursor)
  if (takeWord(cursor, 'NOT')) return { kind: 'not', of: parseTest(cursor, path) }
  return parseTest(cursor, path)
}

function parseTest(cursor: Cursor, path: string): Condition {
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

function takeValue(cursor: Cursor): Json {
  const word = peek(cursor)
  cursor.at += 1
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'")
  if (/^-?\d/.test(word)) return Number(word)
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true'
  throw new QueryFault('a value expected')
}
