import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { limits } from './limits.ts'

/** A query of Logs Insights, read: its commands in order (CloudWatch Logs User Guide, "Logs Insights query syntax"). */
export type Command =
  | { readonly kind: 'fields' | 'display'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'stats'; readonly aggregates: readonly Aggregate[]; readonly by: readonly Group[] }
  | { readonly kind: 'sort'; readonly keys: readonly { readonly field: string; readonly isDescending: boolean }[] }
  /** Of rows that have the same in all these fields only the first stays. */
  | { readonly kind: 'dedup'; readonly fields: readonly string[] }
  /** `pieces` stand around what becomes the fields `as`, one fewer than they are. */
  | {
      readonly kind: 'parse'
      readonly field: string
      readonly pieces: readonly string[]
      readonly as: readonly string[]
    }
  | { readonly kind: 'limit'; readonly count: number }

interface Column {
  readonly field: string
  readonly as: string
}

/** One result of `stats`. */
export interface Aggregate {
  readonly name: (typeof AGGREGATES)[number]
  /** `*` for all events. */
  readonly field: string
  /** For `pct`. */
  readonly percent: number
  readonly as: string
}

/** A field, or time cut into stretches of `binMs`. */
export type Group = { readonly field: string; readonly as: string } | { readonly binMs: number; readonly as: string }

/** What `filter` asks of an event. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'like'; readonly field: string; readonly text: string; readonly ignoresCase: boolean }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly (string | number)[] }
  | {
      readonly kind: 'compare'
      readonly field: string
      readonly relation: '=' | '!=' | '<' | '<=' | '>' | '>='
      readonly value: string | number
    }

const AGGREGATES = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'pct', 'earliest', 'latest'] as const
/** A comment goes from `#` to the end of its line. */
const ONLY_BLANK = /^(?:\s|#[^\n]*)*$/
const TOKEN =
  /(?:\s|#[^\n]*)*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?:[^/\\]|\\.)*\/i?|`[^`]*`|!=|>=|<=|=~|[=<>(),[\]|*]|-?\d+(?:\.\d+)?[smhd]?(?![\w.])|[@\w][\w.@:-]*)/y
const DEEPEST = 64
const MOST_ROWS = 10_000

interface Reader {
  readonly tokens: readonly string[]
  next: number
  depth: number
}

/** Ends the reading of a query; caught in `parseInsights` and nowhere else. */
class Unreadable extends Error {}

/** @returns what is wrong with the query, in words */
export function parseInsights(text: string): Result<readonly Command[], string> {
  if (text.length > limits.QUERY_LENGTH) return fail(`A query has at most ${limits.QUERY_LENGTH} characters`)
  const reader: Reader = { tokens: toTokens(text), next: 0, depth: 0 }
  try {
    return ok(readCommands(reader))
  } catch (error) {
    if (error instanceof Unreadable) return fail(`${error.message} near ${reader.tokens[reader.next - 1] ?? 'its end'}`)
    throw error
  }
}

function toTokens(text: string): string[] {
  const tokens: string[] = []
  const scanner = new RegExp(TOKEN)
  while (!ONLY_BLANK.test(text.slice(scanner.lastIndex))) {
    const from = scanner.lastIndex
    const match = scanner.exec(text)
    if (!match?.[1]) return [...tokens, text.slice(from).trim()]
    tokens.push(match[1])
  }
  return tokens
}

function readCommands(reader: Reader): Command[] {
  const commands = [readCommand(reader)]
  while (take(reader, '|')) {
    if (commands.at(-1)?.kind === 'dedup' && peek(reader).toLowerCase() !== 'limit')
      throw unreadable(reader, 'Only limit may follow dedup')
    commands.push(readCommand(reader))
  }
  if (reader.next < reader.tokens.length) throw unreadable(reader)
  return commands
}

const peek = (reader: Reader): string => reader.tokens[reader.next] ?? ''
const unreadable = (reader: Reader, what = 'Unexpected text'): Unreadable => {
  reader.next += 1
  return new Unreadable(what)
}

function take(reader: Reader, token: string): boolean {
  const isNext = peek(reader).toLowerCase() === token
  if (isNext) reader.next += 1
  return isNext
}

function expect(reader: Reader, token: string): void {
  if (!take(reader, token)) throw unreadable(reader, `${token} expected`)
}

function read(reader: Reader): string {
  reader.next += 1
  return reader.tokens[reader.next - 1] ?? ''
}

function readCommand(reader: Reader): Command {
  const name = read(reader).toLowerCase()
  switch (name) {
    case 'fields':
    case 'display':
      return { kind: name, columns: readList(reader, readColumn) }
    case 'filter':
      return { kind: 'filter', condition: readOr(reader) }
    case 'stats':
      return {
        kind: 'stats',
        aggregates: readList(reader, readAggregate),
        by: take(reader, 'by') ? readList(reader, readGroup) : [],
      }
    case 'sort':
      return { kind: 'sort', keys: readList(reader, readSortKey) }
    case 'dedup':
      return { kind: 'dedup', fields: readList(reader, readField) }
    case 'parse':
      return readParse(reader)
    case 'limit':
      return { kind: 'limit', count: readCount(reader) }
    default:
      throw new Unreadable('A command is expected: fields, display, filter, parse, stats, sort, dedup or limit')
  }
}

function readList<T>(reader: Reader, readOne: (reader: Reader) => T): T[] {
  const items = [readOne(reader)]
  while (take(reader, ',')) items.push(readOne(reader))
  return items
}

function readField(reader: Reader): string {
  const token = read(reader)
  if (/^`.+`$/.test(token)) return token.slice(1, -1)
  if (/^[@A-Za-z_]/.test(token)) return token
  throw new Unreadable('A field is expected')
}

const readAlias = (reader: Reader, otherwise: string): string => (take(reader, 'as') ? readField(reader) : otherwise)

function readColumn(reader: Reader): Column {
  const field = readField(reader)
  return { field, as: readAlias(reader, field) }
}

const readSortKey = (reader: Reader) => ({ field: readField(reader), isDescending: readDirection(reader) })

/** `parse @message "user=*, lane *" as user, lane`; without a field it is the message that is parsed. */
function readParse(reader: Reader): Command {
  const isTextFirst = /^["']/.test(peek(reader))
  const field = isTextFirst ? '@message' : readField(reader)
  const token = read(reader)
  if (!/^["']/.test(token)) throw new Unreadable('A text with * is expected')
  const pieces = toText(token).split('*')
  expect(reader, 'as')
  const as = readList(reader, readField)
  if (as.length !== pieces.length - 1) throw new Unreadable('As many names as * are expected')
  return { kind: 'parse', field, pieces, as }
}

/** Rising unless it says `desc`. */
function readDirection(reader: Reader): boolean {
  const isDescending = take(reader, 'desc')
  if (!isDescending) take(reader, 'asc')
  return isDescending
}

function readCount(reader: Reader): number {
  const count = Number(read(reader))
  if (!Number.isInteger(count) || count < 1 || count > MOST_ROWS) throw new Unreadable(`1 to ${MOST_ROWS} is expected`)
  return count
}

function readAggregate(reader: Reader): Aggregate {
  const token = read(reader).toLowerCase()
  const name = AGGREGATES.find((known) => known === token)
  if (!name) throw new Unreadable(`One of ${AGGREGATES.join(', ')} is expected`)
  expect(reader, '(')
  const field = take(reader, '*') || (name === 'count' && peek(reader) === ')') ? '*' : readField(reader)
  const percent = name === 'pct' ? readPercent(reader) : 0
  expect(reader, ')')
  const written = name === 'pct' ? `pct(${field},${percent})` : `${name}(${field})`
  return { name, field, percent, as: readAlias(reader, written) }
}

function readPercent(reader: Reader): number {
  expect(reader, ',')
  const percent = Number(read(reader))
  if (!(percent >= 0 && percent <= 100)) throw new Unreadable('A percentage is expected')
  return percent
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function readGroup(reader: Reader): Group {
  const field = readField(reader)
  if (field.toLowerCase() !== 'bin' || !take(reader, '(')) return { field, as: readAlias(reader, field) }
  const stretch = read(reader)
  const match = /^(\d+)([smhd])$/.exec(stretch)
  const binMs = Number(match?.[1] ?? 0) * (UNIT_MS[match?.[2] ?? ''] ?? 0)
  if (binMs === 0) throw new Unreadable('A time such as 5m is expected')
  expect(reader, ')')
  return { binMs, as: readAlias(reader, `bin(${stretch})`) }
}

function readOr(reader: Reader): Condition {
  let left = readAnd(reader)
  while (take(reader, 'or')) left = { kind: 'or', left, right: readAnd(reader) }
  return left
}

function readAnd(reader: Reader): Condition {
  let left = readNot(reader)
  while (take(reader, 'and')) left = { kind: 'and', left, right: readNot(reader) }
  return left
}

function readNot(reader: Reader): Condition {
  reader.depth += 1
  if (reader.depth > DEEPEST) throw unreadable(reader, 'Nested too deeply')
  const condition: Condition = take(reader, 'not') ? { kind: 'not', of: readNot(reader) } : readTest(reader)
  reader.depth -= 1
  return condition
}

function readTest(reader: Reader): Condition {
  if (take(reader, '(')) {
    const inner = readOr(reader)
    expect(reader, ')')
    return inner
  }
  const field = readField(reader)
  if (field.toLowerCase() === 'ispresent' && take(reader, '(')) {
    const present: Condition = { kind: 'present', field: readField(reader) }
    expect(reader, ')')
    return present
  }
  if (take(reader, 'not')) return { kind: 'not', of: readRelation(reader, field) }
  return readRelation(reader, field)
}

function readRelation(reader: Reader, field: string): Condition {
  const relation = read(reader).toLowerCase()
  switch (relation) {
    case 'like':
    case '=~':
      return readLike(reader, field)
    case 'in': {
      expect(reader, '[')
      const values = readList(reader, readValue)
      expect(reader, ']')
      return { kind: 'in', field, values }
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { kind: 'compare', field, relation, value: readValue(reader) }
    default:
      throw new Unreadable('A comparison is expected')
  }
}

/** Text, or an expression between slashes that is plain text: a player's regular expressions could stop the city. */
function readLike(reader: Reader, field: string): Condition {
  const token = read(reader)
  const slashed = /^\/([\w\s@.:=,;#"'-]*)\/(i?)$/.exec(token)
  if (slashed) return { kind: 'like', field, text: slashed[1] ?? '', ignoresCase: slashed[2] === 'i' }
  if (!/^["']/.test(token)) throw new Unreadable('A text without special characters is expected')
  return { kind: 'like', field, text: toText(token), ignoresCase: false }
}

const toText = (quoted: string): string => quoted.slice(1, -1).replace(/\\(.)/g, '$1')

function readValue(reader: Reader): string | number {
  const token = read(reader)
  if (/^["']/.test(token)) return toText(token)
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token)
  throw new Unreadable('A number or a quoted text is expected')
}
