import type { Json } from '../../../shared/json.ts'
import { parseLogRegex, type LogRegex } from './log-regex.ts'

/** What a pattern found in a message: `null` when it does not match, else a way to read parts of it (`$.speed`, `$ip`). */
export type LogMatch = { readonly part: (selector: string) => Json | undefined } | null

/** A filter pattern of CloudWatch Logs, read. */
export type LogPattern = (message: string) => LogMatch

/** How a field is compared. */
export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What a field is compared with: a number, a text in which `*` is any run of characters, or an expression. */
export type Operand = number | string | LogRegex

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A regular expression stands between percent signs. @returns what stands between them */
export const expressionIn = (text: string): string | null => /^%([^%]*)%$/.exec(text)?.[1] ?? null

/**
 * Reads the right side of a condition: quoted is text, between percent signs an expression, bare a number if it looks
 * like one. @returns `null` for an expression that is none
 */
export function toOperand(text: string): Operand | null {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1')
  const source = expressionIn(text)
  if (source === null) return NUMBER.test(text) ? Number(text) : text
  const regex = parseLogRegex(source)
  return regex.ok ? regex.value : null
}

/** A pattern has so many expressions at most. */
export const MOST_EXPRESSIONS = 2

/** A field that is not there, or of another kind, meets no condition; the order of texts is never asked. */
export function holds(value: Json | undefined, relation: Relation, operand: Operand): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false
  if (typeof operand === 'number') {
    const number = toNumber(value)
    return number !== null && compare(number, relation, operand)
  }
  const fits = typeof operand === 'string' ? isLike(String(value), operand) : operand(String(value))
  return relation === '=' ? fits : relation === '!=' && !fits
}

function toNumber(value: Json): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : null
}

/** Compares two numbers. */
export function compare(value: number, relation: Relation, operand: number): boolean {
  switch (relation) {
    case '=':
      return value === operand
    case '!=':
      return value !== operand
    case '<':
      return value < operand
    case '<=':
      return value <= operand
    case '>':
      return value > operand
    case '>=':
      return value >= operand
  }
}

/** Whether a text has the form of `pattern`, in which `*` is any run of characters. Linear: no backtracking over runs. */
export function isLike(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return text === head
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let from = head.length
  for (const piece of rest) {
    const found = text.indexOf(piece, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return from <= text.length - tail.length
}
