import type { Json } from '../../../shared/json.ts'

/** What a pattern found in a message: `null` when it does not match, else a way to read parts of it (`$.speed`, `$ip`). */
export type LogMatch = { readonly part: (selector: string) => Json | undefined } | null

/** A filter pattern of CloudWatch Logs, read. */
export type LogPattern = (message: string) => LogMatch

/** How a field is compared. */
export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What a field is compared with: a number, or a text in which `*` stands for any run of characters. */
export type Operand = number | string

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Reads the right side of a condition: quoted is text, bare is a number if it looks like one. */
export const toOperand = (text: string): Operand =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : NUMBER.test(text) ? Number(text) : text

/** A field that is not there, or of another kind, meets no condition; the order of texts is never asked. */
export function holds(value: Json | undefined, relation: Relation, operand: Operand): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false
  if (typeof operand === 'number') {
    const number = toNumber(value)
    return number !== null && compare(number, relation, operand)
  }
  if (relation === '=') return isLike(String(value), operand)
  return relation === '!=' && !isLike(String(value), operand)
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
