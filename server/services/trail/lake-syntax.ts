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

/** A column of the records, or a figure over the rows of a group. `path` is `*` for COUNT(*). */
export interface Term {
  readonly figure: 'COUNT' | 'SUM' | 'MIN' | 'MAX' | 'AVG' | null
  readonly isDistinct: boolean
  readonly path: string
}

/** A column of the answer under its name. */
export interface Column {
  readonly name: string
  readonly term: Term
}

export type Literal = string | number | boolean
export type Operand = { readonly term: Term } | { readonly literal: Literal }

export type Condition = Connected<Test>

type Test =
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly left: Operand; readonly list: readonly Literal[] }
  | { readonly kind: 'like'; readonly left: Operand; readonly pattern: string }
  | { readonly kind: 'null'; readonly left: Operand }

/** One SELECT, read. `columns` is empty for `*`. */
export interface LakeQuery {
  readonly isDistinct: boolean
  readonly columns: readonly Column[]
  readonly from: string
  readonly where: Condition | null
  readonly groupBy: readonly string[]
  readonly having: Condition | null
  readonly orderBy: readonly { readonly term: Term; readonly isDescending: boolean }[]
  readonly limit: number | null
}

/** Leaves the recursive descent at the first fault; caught where queries are started and nowhere else. */
export class LakeFault extends Error {}

const LONGEST = 10_000
const WORD =
  /\s*('(?:[^']|'')*'|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|-?\d+(?:\.\d+)?|[A-Za-z_]\w*(?:\.[\w-]+)*|<>|!=|<=|>=|[=<>(),*])/y
const KEYWORDS: ReadonlySet<string> = new Set(
  ['SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER LIMIT AND OR NOT IN LIKE BETWEEN IS NULL AS ASC DESC'].flatMap(
    (words) => words.split(' '),
  ),
)

/**
 * Reads `SELECT [DISTINCT] … FROM id [WHERE …] [GROUP BY …] [HAVING …] [ORDER BY …] [LIMIT n]` (CloudTrail User Guide,
 * "CloudTrail Lake SQL constraints"): one statement, which changes nothing.
 *
 * @throws LakeFault at the first word that does not fit
 */
export function parseLake(text: string): LakeQuery {
  if (text.length > LONGEST) throw new LakeFault(`A statement has at most ${LONGEST} characters.`)
  const end = text.trimEnd().replace(/;$/, '').trimEnd().length
  const reader = openStatement(text, WORD, end, FAULTS)
  expectWord(reader, 'SELECT')
  const isDistinct = takeWord(reader, 'DISTINCT')
  const columns = takeWord(reader, '*') ? [] : listOf(reader, readColumn)
  expectWord(reader, 'FROM')
  const query: LakeQuery = {
    isDistinct,
    columns,
    from: take(reader),
    where: takeWord(reader, 'WHERE') ? readConnected(reader, readTest) : null,
    groupBy: takeWords(reader, 'GROUP', 'BY') ? listOf(reader, readPath) : [],
    having: takeWord(reader, 'HAVING') ? readConnected(reader, readTest) : null,
    orderBy: takeWords(reader, 'ORDER', 'BY') ? listOf(reader, (at) => readOrder(at, columns)) : [],
    limit: takeWord(reader, 'LIMIT') ? readLimit(reader) : null,
  }
  if (reader.at < reader.words.length) throw unexpected(reader)
  return query
}

const unexpected = (reader: Statement) => new LakeFault(`Not expected: ${peek(reader) || 'the end of the statement'}`)

const FAULTS: Statement['faults'] = {
  unreadable: (text, at) => new LakeFault(`Not expected at ${at + 1}: ${text.slice(at, at + 10)}`),
  expected: (_, reader) => unexpected(reader),
  tooDeep: () => new LakeFault('The statement nests too deep.'),
}

function take(reader: Statement): string {
  const word = peek(reader)
  reader.at += 1
  return word
}

function takeWords(reader: Statement, first: string, second: string): boolean {
  if (!takeWord(reader, first)) return false
  expectWord(reader, second)
  return true
}

function readPath(reader: Statement): string {
  const word = peek(reader)
  if (!/^[A-Za-z_]/.test(word) || KEYWORDS.has(word.toUpperCase())) throw unexpected(reader)
  return take(reader)
}

const FIGURES = ['COUNT', 'SUM', 'MIN', 'MAX', 'AVG'] as const

function readTerm(reader: Statement): Term {
  const path = readPath(reader)
  const figure = FIGURES.find((name) => name === path.toUpperCase())
  if (figure === undefined || !takeWord(reader, '(')) return { figure: null, isDistinct: false, path }
  const isDistinct = takeWord(reader, 'DISTINCT')
  const inner = figure === 'COUNT' && !isDistinct && takeWord(reader, '*') ? '*' : readPath(reader)
  expectWord(reader, ')')
  return { figure, isDistinct, path: inner }
}

/** Without a name of its own a figure goes by its place, as `_col0`. */
function readColumn(reader: Statement): Column {
  const start = reader.at
  const term = readTerm(reader)
  if (takeWord(reader, 'AS')) return { term, name: readPath(reader) }
  const place = reader.words.slice(1, start).filter((word) => word === ',').length
  return { term, name: term.figure === null ? term.path : `_col${place}` }
}

/** Ordered by a column's own name, a term, or the number of a column. */
function readOrder(reader: Statement, columns: readonly Column[]) {
  const number = /^\d+$/.test(peek(reader)) ? Number(take(reader)) : null
  const named = number === null ? readTerm(reader) : columns[number - 1]?.term
  if (named === undefined) throw new LakeFault(`There is no column ${number}.`)
  const term = columns.find(({ name }) => named.figure === null && name === named.path)?.term ?? named
  const isDescending = takeWord(reader, 'DESC')
  if (!isDescending) takeWord(reader, 'ASC')
  return { term, isDescending }
}

function readLimit(reader: Statement): number {
  if (!/^\d+$/.test(peek(reader))) throw unexpected(reader)
  return Number(take(reader))
}

const COMPARISONS: readonly string[] = ['=', '<>', '!=', '<', '<=', '>', '>=']

function readTest(reader: Statement): Condition {
  const left = readOperand(reader)
  if (takeWord(reader, 'IS')) {
    const isNot = takeWord(reader, 'NOT')
    expectWord(reader, 'NULL')
    return isNot ? { kind: 'not', of: { kind: 'null', left } } : { kind: 'null', left }
  }
  if (takeWord(reader, 'NOT')) return { kind: 'not', of: readMembership(reader, left) ?? fault(reader) }
  const membership = readMembership(reader, left)
  if (membership) return membership
  const operator = peek(reader)
  if (!COMPARISONS.includes(operator)) throw unexpected(reader)
  reader.at += 1
  return { kind: 'compare', operator: operator === '!=' ? '<>' : operator, left, right: readOperand(reader) }
}

function fault(reader: Statement): never {
  throw unexpected(reader)
}

/** `IN (…)`, `BETWEEN … AND …` or `LIKE '…'`; `null` for none of them. */
function readMembership(reader: Statement, left: Operand): Condition | null {
  if (takeWord(reader, 'IN')) {
    expectWord(reader, '(')
    const list = listOf(reader, readLiteral)
    expectWord(reader, ')')
    return { kind: 'in', left, list }
  }
  if (takeWord(reader, 'BETWEEN')) {
    const low = { kind: 'compare', operator: '>=', left, right: readOperand(reader) } as const
    expectWord(reader, 'AND')
    return { kind: 'and', left: low, right: { kind: 'compare', operator: '<=', left, right: readOperand(reader) } }
  }
  if (!takeWord(reader, 'LIKE')) return null
  const pattern = readLiteral(reader)
  if (typeof pattern !== 'string') throw new LakeFault('LIKE needs a text.')
  return { kind: 'like', left, pattern }
}

const isLiteral = (word: string) => /^['\d-]/.test(word) || /^(true|false)$/i.test(word)

const readOperand = (reader: Statement): Operand =>
  isLiteral(peek(reader)) ? { literal: readLiteral(reader) } : { term: readTerm(reader) }

function readLiteral(reader: Statement): Literal {
  const word = peek(reader)
  if (!isLiteral(word)) throw unexpected(reader)
  reader.at += 1
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'")
  return /^[\d-]/.test(word) ? Number(word) : word.toLowerCase() === 'true'
}
