import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'

/** A metric math expression, read (CloudWatch User Guide, "Using metric math"). */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'query'; readonly id: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number }

const LEVELS = [['OR', '||'], ['AND', '&&'], ['==', '!=', '<=', '>=', '<', '>'], ['+', '-'], ['*', '/']] as const // prettier-ignore
/** The binary operators, by how tightly they bind; `^` binds tightest. */
export type Operator = (typeof LEVELS)[number][number] | '^'

/** What is wrong with an expression, and where. */
export interface MathError {
  readonly message: string
  /** Characters from 0. */
  readonly position: number
}

type Parsed = Result<Expression, MathError>

interface Token {
  readonly text: string
  readonly at: number
}

interface Reader {
  readonly tokens: readonly Token[]
  readonly end: number
  next: number
  depth: number
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("[^"]*"|'[^']*')|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|[-+*/^<>(),[\]]))/y
const LONGEST = 2048
const DEEPEST = 64

/** Reads an expression. Operators bind as usual: `OR`, `AND`, comparison, sum, product, sign, power. */
export function parseMath(text: string): Parsed {
  if (text.length > LONGEST) return failAt(LONGEST, `longer than ${LONGEST} characters`)
  const tokens = toTokens(text)
  if (!tokens.ok) return tokens
  const reader: Reader = { tokens: tokens.value, end: text.length, next: 0, depth: 0 }
  const expression = readLevel(reader, 0)
  const rest = reader.tokens[reader.next]
  return expression.ok && rest ? failAt(rest.at, `unexpected ${rest.text}`) : expression
}

const failAt = (position: number, what: string): { readonly ok: false; readonly error: MathError } =>
  fail({ message: `Error in expression: ${what} at position ${position}.`, position })

function toTokens(text: string): Result<Token[], MathError> {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const from = pattern.lastIndex
    const match = pattern.exec(text)
    if (!match) return failAt(from, 'nothing that metric math knows')
    const found = match[0].trimStart()
    tokens.push({ text: found, at: pattern.lastIndex - found.length })
  }
  return ok(tokens)
}

function readLevel(reader: Reader, level: number): Parsed {
  const operators: readonly string[] | undefined = LEVELS[level]
  if (!operators) return readSign(reader)
  let left = readLevel(reader, level + 1)
  for (;;) {
    const operator = reader.tokens[reader.next]?.text
    if (!left.ok || operator === undefined || !operators.includes(operator)) return left
    reader.next += 1
    const right = readLevel(reader, level + 1)
    if (!right.ok) return right
    left = ok({ kind: 'binary', operator: operator as Operator, left: left.value, right: right.value })
  }
}

function readSign(reader: Reader): Parsed {
  let isNegative = false
  while (reader.tokens[reader.next]?.text === '-') {
    reader.next += 1
    isNegative = !isNegative
  }
  const operand = readPower(reader)
  return operand.ok && isNegative ? ok({ kind: 'negative', of: operand.value }) : operand
}

function readPower(reader: Reader): Parsed {
  const base = readOperand(reader)
  if (!base.ok || reader.tokens[reader.next]?.text !== '^') return base
  reader.next += 1
  reader.depth += 1
  if (reader.depth > DEEPEST) return failAt(reader.end, 'nested too deeply')
  const exponent = readSign(reader)
  reader.depth -= 1
  return exponent.ok ? ok({ kind: 'binary', operator: '^', left: base.value, right: exponent.value }) : exponent
}

function readOperand(reader: Reader): Parsed {
  const token = reader.tokens[reader.next]
  if (!token) return failAt(reader.end, 'it ends too early')
  reader.next += 1
  const { text, at } = token
  if (/^\d/.test(text)) return ok({ kind: 'number', value: Number(text) })
  if (/^["']/.test(text)) return ok({ kind: 'text', value: text.slice(1, -1) })
  if (text === '(') return readGroup(reader, at)
  if (text === '[') return readItems(reader, { open: at, close: ']' }, (items) => ({ kind: 'list', items }))
  if (!/^[A-Za-z_]/.test(text) || text === 'AND' || text === 'OR') return failAt(at, `unexpected ${text}`)
  return readName(reader, token)
}

/** An upper-case name followed by a parenthesis is a function; a name that begins in lower case is a query's id. */
function readName(reader: Reader, { text, at }: Token): Parsed {
  if (reader.tokens[reader.next]?.text === '(') {
    reader.next += 1
    return readItems(reader, { open: at, close: ')' }, (args) => ({ kind: 'call', name: text, args, at }))
  }
  if (/^[a-z]/.test(text)) return ok({ kind: 'query', id: text })
  return /^[A-Z]+$/.test(text) ? ok({ kind: 'text', value: text }) : failAt(at, `unexpected ${text}`)
}

function readGroup(reader: Reader, open: number): Parsed {
  const inner = readItems(reader, { open, close: ')' }, (items) => ({ kind: 'list', items }))
  if (!inner.ok || inner.value.kind !== 'list') return inner
  const [only] = inner.value.items
  return only && inner.value.items.length === 1 ? ok(only) : failAt(open, 'a group of one was expected')
}

function readItems(
  reader: Reader,
  { open, close }: { readonly open: number; readonly close: string },
  wrap: (items: Expression[]) => Expression,
): Parsed {
  const items: Expression[] = []
  reader.depth += 1
  if (reader.depth > DEEPEST) return failAt(open, 'nested too deeply')
  while (reader.tokens[reader.next]?.text !== close || items.length > 0) {
    const item = readLevel(reader, 0)
    if (!item.ok) return item
    items.push(item.value)
    const after = reader.tokens[reader.next]
    if (after?.text === close) break
    if (after?.text !== ',') return failAt(after?.at ?? open, after ? `unexpected ${after.text}` : 'it is not closed')
    reader.next += 1
  }
  reader.next += 1
  reader.depth -= 1
  return ok(wrap(items))
}
