import type { Json } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { PolicyToken } from './policy-tokens.ts'
import { tokenize } from './policy-tokens.ts'

/**
 * A part of the Guard language, enough for one resource: `rule NAME [when CLAUSES] { CLAUSES }` with nested `when`,
 * clauses `PATH OPERATOR VALUE`, `PATH [not|!]exists|empty|is_string|…`, `or` between alternatives, `<<message>>`, and
 * variables: `let NAME = VALUE|PATH` at the top, in a rule or in a block, used as `%NAME` before a path or as a value.
 * (AWS Config, "Creating AWS Config custom policy rules"; CloudFormation Guard, "Assigning and referencing variables";
 * Guard's filters and functions are left out.)
 */
export interface PolicyRule {
  readonly name: string
  readonly block: Block
}

/** Clauses that must all hold, behind conditions without which the block is skipped. */
export interface Block {
  readonly when: readonly Alternatives[]
  readonly parts: readonly (Alternatives | Block)[]
}

/** One of these must hold. */
interface Alternatives {
  readonly clauses: readonly Clause[]
}

export interface Clause {
  readonly subject: Query
  readonly not: boolean
  readonly operator: string
  readonly value: Query
  readonly message: string
}

/** What a path reaches from the item, or from a literal. */
export interface Query {
  /** `null`: the item. */
  readonly from: { readonly literal: Json } | null
  readonly path: readonly string[]
}

export interface PolicyError {
  readonly line: number
  readonly message: string
}

/** @returns the rules, or the first place that is not of the language */
export function parsePolicy(text: string): Result<readonly PolicyRule[], PolicyError> {
  if (text.length > LONGEST) return fail({ line: 1, message: `a policy has at most ${LONGEST} characters` })
  const tokens = tokenize(text)
  if (!tokens.ok) return tokens
  const cursor = { tokens: tokens.value, at: 0, scopes: [new Map<string, Query>()] }
  const rules: PolicyRule[] = []
  try {
    while (peek(cursor).kind !== 'end') if (!takeLet(cursor)) rules.push(parseRule(cursor))
  } catch (fault) {
    if (fault instanceof PolicyFault) return fail({ line: fault.line, message: fault.message })
    throw fault
  }
  return rules.length > 0 ? ok(rules) : fail({ line: 1, message: 'a policy needs a rule' })
}

const LONGEST = 10_000

/** Leaves the recursive descent at the first fault; caught in `parsePolicy` and nowhere else. */
class PolicyFault extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

interface Cursor {
  readonly tokens: readonly PolicyToken[]
  at: number
  /** Variables by name, those of the innermost block last. */
  readonly scopes: Map<string, Query>[]
}

function peek(cursor: Cursor): PolicyToken {
  return cursor.tokens[cursor.at] ?? { kind: 'end', text: '', line: cursor.tokens.at(-1)?.line ?? 1 }
}

function take(cursor: Cursor): PolicyToken {
  const token = peek(cursor)
  cursor.at += 1
  return token
}

const isWord = (token: PolicyToken, word: string) => token.kind === 'word' && token.text.toLowerCase() === word

function expect(cursor: Cursor, text: string): void {
  const token = take(cursor)
  if (token.text !== text || token.kind === 'string') throw new PolicyFault(token.line, `${text} expected`)
}

function parseRule(cursor: Cursor): PolicyRule {
  expect(cursor, 'rule')
  const name = take(cursor)
  if (name.kind !== 'word') throw new PolicyFault(name.line, 'a rule needs a name')
  return { name: name.text, block: parseBlock(cursor, 0) }
}

const DEEPEST = 16

function parseBlock(cursor: Cursor, depth: number): Block {
  if (depth > DEEPEST) throw new PolicyFault(peek(cursor).line, 'nested too deep')
  const when: Alternatives[] = []
  if (isWord(peek(cursor), 'when')) {
    take(cursor)
    while (peek(cursor).text !== '{' && peek(cursor).kind !== 'end') when.push(parseAlternatives(cursor))
  }
  expect(cursor, '{')
  cursor.scopes.push(new Map())
  const parts: (Alternatives | Block)[] = []
  while (peek(cursor).text !== '}' && peek(cursor).kind !== 'end') {
    if (takeLet(cursor)) continue
    parts.push(isWord(peek(cursor), 'when') ? parseBlock(cursor, depth + 1) : parseAlternatives(cursor))
  }
  expect(cursor, '}')
  cursor.scopes.pop()
  return { when, parts }
}

/** Reads `let NAME = …` where one stands: a name is given once in its block, and may hide one further out. */
function takeLet(cursor: Cursor): boolean {
  if (!isWord(peek(cursor), 'let')) return false
  take(cursor)
  const name = take(cursor)
  const scope = cursor.scopes.at(-1)
  if (!/^[A-Za-z_]\w*$/.test(name.text) || name.kind !== 'word')
    throw new PolicyFault(name.line, 'a variable needs a name')
  if (scope?.has(name.text)) throw new PolicyFault(name.line, `${name.text} is given twice`)
  const sign = take(cursor)
  if (sign.text !== '=' && sign.text !== ':=') throw new PolicyFault(sign.line, '= expected')
  scope?.set(name.text, parseOperand(cursor))
  return true
}

function parseAlternatives(cursor: Cursor): Alternatives {
  const clauses = [parseClause(cursor)]
  while (isWord(peek(cursor), 'or')) {
    take(cursor)
    clauses.push(parseClause(cursor))
  }
  return { clauses }
}

const UNARY: readonly string[] = ['exists', 'empty', 'is_string', 'is_list', 'is_struct']
const BINARY: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in']

function parseClause(cursor: Cursor): Clause {
  const subject = parseQuery(cursor)
  let operator = take(cursor)
  let not = false
  while (operator.text === '!' || isWord(operator, 'not')) {
    not = !not
    operator = take(cursor)
  }
  const name = operator.text.toLowerCase()
  if (UNARY.includes(name)) return { subject, not, operator: name, value: NOTHING, message: parseMessage(cursor) }
  if (!BINARY.includes(name)) throw new PolicyFault(operator.line, `unknown operator ${operator.text}`)
  const common = { subject, value: parseOperand(cursor), message: parseMessage(cursor) }
  return name === '!=' ? { ...common, not: !not, operator: '==' } : { ...common, not, operator: name }
}

function parseMessage(cursor: Cursor): string {
  return peek(cursor).kind === 'message' ? take(cursor).text : ''
}

const NOTHING: Query = { from: { literal: null }, path: [] }

/** Reads a path; one that begins with a variable goes on from what that stands for. */
function parseQuery(cursor: Cursor): Query {
  const word = take(cursor)
  if (word.kind !== 'word') throw new PolicyFault(word.line, 'a path expected')
  const [first = '', ...steps] = word.text.split('.').filter((step) => step !== '')
  if (!first.startsWith('%')) return { from: null, path: [first, ...steps] }
  const known = cursor.scopes.findLast((scope) => scope.has(first.slice(1)))?.get(first.slice(1))
  if (known === undefined) throw new PolicyFault(word.line, `${first} is not known`)
  return { from: known.from, path: [...known.path, ...steps] }
}

const LITERALS: readonly string[] = ['true', 'false', 'null']

/** Reads a literal, or a path to a value elsewhere in the item. */
function parseOperand(cursor: Cursor): Query {
  const next = peek(cursor)
  const isLiteral = next.kind !== 'word' || LITERALS.includes(next.text.toLowerCase())
  return isLiteral ? { from: { literal: parseValue(cursor, 0) }, path: [] } : parseQuery(cursor)
}

function parseValue(cursor: Cursor, depth: number): Json {
  const token = take(cursor)
  if (depth > DEEPEST) throw new PolicyFault(token.line, 'nested too deep')
  if (token.kind === 'string') return token.text
  if (token.kind === 'number') return Number(token.text)
  if (isWord(token, 'true') || isWord(token, 'false')) return isWord(token, 'true')
  if (isWord(token, 'null')) return null
  if (token.text !== '[') throw new PolicyFault(token.line, 'a value expected')
  const values: Json[] = []
  while (peek(cursor).text !== ']' && peek(cursor).kind !== 'end') {
    values.push(parseValue(cursor, depth + 1))
    if (peek(cursor).text === ',') take(cursor)
  }
  expect(cursor, ']')
  return values
}
