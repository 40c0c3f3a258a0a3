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

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
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

interface Reader {
  readonly words: readonly string[]
  at: number
  /** Parentheses and NOTs so far: bounded, so that no text is deeper than the stack. */
  opened: number
}

const LONGEST = 10_000
const MOST_OPENED = 100
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
  const reader: Reader = { words: cut(text), at: 0, opened: 0 }
  expectWord(reader, 'SELECT')
  const isDistinct = takeWord(reader, 'DISTINCT')
  const columns = takeWord(reader, '*') ? [] : listOf(reader, readColumn)
  expectWord(reader, 'FROM')
  const query: LakeQuery = {
    isDistinct,
    columns,
    from: take(reader),
    where: takeWord(reader, 'WHERE') ? readOr(reader) : null,
    groupBy: takeWords(reader, 'GROUP', 'BY') ? listOf(reader, readPath) : [],
    having: takeWord(reader, 'HAVING') ? readOr(reader) : null,
    orderBy: takeWords(reader, 'ORDER', 'BY') ? listOf(reader, (at) => readOrder(at, columns)) : [],
    limit: takeWord(reader, 'LIMIT') ? readLimit(reader) : null,
  }
  if (reader.at < reader.words.length) throw unexpected(reader)
  return query
}

function cut(text: string): readonly string[] {
  const words: string[] = []
  const shape = new RegExp(WORD)
  const end = text.trimEnd().replace(/;$/, '').trimEnd().length
  while (shape.lastIndex < end) {
    const at = shape.lastIndex
    const match = shape.exec(text)
    if (!match) throw new LakeFault(`Not expected at ${at + 1}: ${text.slice(at, at + 10)}`)
    words.push(match[1] ?? '')
  }
  return words
}

const peek = ({ words, at }: Reader): string => words[at] ?? ''
const unexpected = (reader: Reader) => new LakeFault(`Not expected: ${peek(reader) || 'the end of the statement'}`)

function take(reader: Reader): string {
  const word = peek(reader)
  reader.at += 1
  return word
}

function takeWord(reader: Reader, word: string): boolean {
  const fits = peek(reader).toUpperCase() === word
  if (fits) reader.at += 1
  return fits
}

function takeWords(reader: Reader, first: string, second: string): boolean {
  if (!takeWord(reader, first)) return false
  expectWord(reader, second)
  return true
}

function expectWord(reader: Reader, word: string): void {
  if (!takeWord(reader, word)) throw unexpected(reader)
}

function listOf<T>(reader: Reader, read: (reader: Reader) => T): readonly T[] {
  const list = [read(reader)]
  while (takeWord(reader, ',')) list.push(read(reader))
  return list
}

function readPath(reader: Reader): string {
  const word = peek(reader)
  if (!/^[A-Za-z_]/.test(word) || KEYWORDS.has(word.toUpperCase())) throw unexpected(reader)
  return take(reader)
}

const FIGURES = ['COUNT', 'SUM', 'MIN', 'MAX', 'AVG'] as const

function readTerm(reader: Reader): Term {
  const path = readPath(reader)
  const figure = FIGURES.find((name) => name === path.toUpperCase())
  if (figure === undefined || !takeWord(reader, '(')) return { figure: null, isDistinct: false, path }
  const isDistinct = takeWord(reader, 'DISTINCT')
  const inner = figure === 'COUNT' && !isDistinct && takeWord(reader, '*') ? '*' : readPath(reader)
  expectWord(reader, ')')
  return { figure, isDistinct, path: inner }
}

/** Without a name of its own a figure goes by its place, as `_col0`. */
function readColumn(reader: Reader): Column {
  const start = reader.at
  const term = readTerm(reader)
  if (takeWord(reader, 'AS')) return { term, name: readPath(reader) }
  const place = reader.words.slice(1, start).filter((word) => word === ',').length
  return { term, name: term.figure === null ? term.path : `_col${place}` }
}

/** Ordered by a column's own name, a term, or the number of a column. */
function readOrder(reader: Reader, columns: readonly Column[]) {
  const number = /^\d+$/.test(peek(reader)) ? Number(take(reader)) : null
  const named = number === null ? readTerm(reader) : columns[number - 1]?.term
  if (named === undefined) throw new LakeFault(`There is no column ${number}.`)
  const term = columns.find(({ name }) => named.figure === null && name === named.path)?.term ?? named
  const isDescending = takeWord(reader, 'DESC')
  if (!isDescending) takeWord(reader, 'ASC')
  return { term, isDescending }
}

function readLimit(reader: Reader): number {
  if (!/^\d+$/.test(peek(reader))) throw unexpected(reader)
  return Number(take(reader))
}

function readOr(reader: Reader): Condition {
  let left = readAnd(reader)
  while (takeWord(reader, 'OR')) left = { kind: 'or', left, right: readAnd(reader) }
  return left
}

function readAnd(reader: Reader): Condition {
  let left = readNot(reader)
  while (takeWord(reader, 'AND')) left = { kind: 'and', left, right: readNot(reader) }
  return left
}

function readNot(reader: Reader): Condition {
  reader.opened += peek(reader) === '(' || peek(reader).toUpperCase() === 'NOT' ? 1 : 0
  if (reader.opened > MOST_OPENED) throw new LakeFault('The statement nests too deep.')
  if (takeWord(reader, 'NOT')) return { kind: 'not', of: readNot(reader) }
  if (!takeWord(reader, '(')) return readTest(reader)
  const inner = readOr(reader)
  expectWord(reader, ')')
  return inner
}

const COMPARISONS: readonly string[] = ['=', '<>', '!=', '<', '<=', '>', '>=']

function readTest(reader: Reader): Condition {
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

function fault(reader: Reader): never {
  throw unexpected(reader)
}

/** `IN (…)`, `BETWEEN … AND …` or `LIKE '…'`; `null` for none of them. */
function readMembership(reader: Reader, left: Operand): Condition | null {
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

const readOperand = (reader: Reader): Operand =>
  isLiteral(peek(reader)) ? { literal: readLiteral(reader) } : { term: readTerm(reader) }

function readLiteral(reader: Reader): Literal {
  const word = peek(reader)
  if (!isLiteral(word)) throw unexpected(reader)
  reader.at += 1
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'")
  return /^[\d-]/.test(word) ? Number(word) : word.toLowerCase() === 'true'
}
