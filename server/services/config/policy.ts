import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Verdict } from './managed-rules.ts'
import type { PolicyToken } from './policy-tokens.ts'
import { tokenize } from './policy-tokens.ts'
import { isList, sameJson } from './same-json.ts'

/**
 * A part of the Guard language, enough for one resource: `rule NAME [when CLAUSES] { CLAUSES }` with nested `when`,
 * clauses `PATH OPERATOR VALUE`, `PATH [not|!]exists|empty|is_string|…`, `or` between alternatives, `<<message>>`.
 * (AWS Config, "Creating AWS Config custom policy rules"; Guard's own variables, filters and functions are left out.)
 */
export interface PolicyRule {
  readonly name: string
  readonly block: Block
}

/** Clauses that must all hold, behind conditions without which the block is skipped. */
interface Block {
  readonly when: readonly Alternatives[]
  readonly parts: readonly (Alternatives | Block)[]
}

/** One of these must hold. */
interface Alternatives {
  readonly clauses: readonly Clause[]
}

interface Clause {
  readonly path: readonly string[]
  readonly not: boolean
  readonly operator: string
  readonly value: Json
  readonly message: string
}

export interface PolicyError {
  readonly line: number
  readonly message: string
}

type Status = 'PASS' | 'FAIL' | 'SKIP'

/** Judges an item: NON_COMPLIANT when a rule fails, NOT_APPLICABLE when all are skipped, else COMPLIANT. */
export function evaluatePolicy(
  text: string,
  item: JsonObject,
): Verdict | { readonly error: { readonly code: string; readonly message: string } } {
  const policy = parsePolicy(text)
  if (!policy.ok) {
    const { line, message } = policy.error
    return { error: { code: 'InvalidPolicy', message: `line ${line}: ${message}` } }
  }
  const messages: string[] = []
  const statuses = policy.value.map((rule) => statusOf(rule.block, item, messages))
  if (statuses.includes('FAIL')) {
    return { complianceType: 'NON_COMPLIANT', annotation: messages.join('; ').slice(0, 256) }
  }
  return { complianceType: statuses.includes('PASS') ? 'COMPLIANT' : 'NOT_APPLICABLE', annotation: '' }
}

function statusOf(block: Block, item: JsonObject, messages: string[]): Status {
  if (!block.when.every((condition) => condition.clauses.some((clause) => holds(clause, item)))) return 'SKIP'
  const statuses = block.parts.map((part) => {
    if ('parts' in part) return statusOf(part, item, messages)
    if (part.clauses.some((clause) => holds(clause, item))) return 'PASS'
    messages.push(...part.clauses.map((clause) => clause.message || clause.path.join('.')))
    return 'FAIL'
  })
  if (statuses.includes('FAIL')) return 'FAIL'
  return statuses.includes('PASS') ? 'PASS' : 'SKIP'
}

/** Every value the path reaches must fulfil the clause; a path that reaches nothing fulfils only `not exists`. */
function holds(clause: Clause, item: JsonObject): boolean {
  const values = reach(item, clause.path)
  if (clause.operator === 'exists') return values.length > 0 !== clause.not
  return values.length > 0 && values.every((value) => fulfils(clause, value) !== clause.not)
}

function reach(value: Json | undefined, path: readonly string[]): readonly Json[] {
  const [step, ...rest] = path
  if (value === undefined) return []
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  if (step === '*') return Object.values(value).flatMap((member) => reach(member, rest))
  return Object.hasOwn(value, step) ? reach((value as JsonObject)[step], rest) : []
}

function fulfils({ operator, value: wanted }: Clause, value: Json): boolean {
  switch (operator) {
    case '==':
      return sameJson(value, wanted)
    case 'in':
      return isList(wanted) && wanted.some((candidate) => sameJson(candidate, value))
    case 'empty':
      return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    case 'is_string':
      return typeof value === 'string'
    case 'is_list':
      return isList(value)
    case 'is_struct':
      return typeof value === 'object' && value !== null && !isList(value)
    default:
      return isOrdered(operator, value, wanted)
  }
}

/** Numbers compare with numbers and text with text; anything else is not in order. */
function isOrdered(operator: string, a: Json, b: Json): boolean {
  const comparable =
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')
  if (!comparable) return false
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

/** @returns the rules, or the first place that is not of the language */
export function parsePolicy(text: string): Result<readonly PolicyRule[], PolicyError> {
  const tokens = tokenize(text)
  if (!tokens.ok) return tokens
  const cursor = { tokens: tokens.value, at: 0 }
  const rules: PolicyRule[] = []
  try {
    while (peek(cursor).kind !== 'end') rules.push(parseRule(cursor))
  } catch (fault) {
    if (fault instanceof PolicyFault) return fail({ line: fault.line, message: fault.message })
    throw fault
  }
  return rules.length > 0 ? ok(rules) : fail({ line: 1, message: 'a policy needs a rule' })
}

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
  const parts: (Alternatives | Block)[] = []
  while (peek(cursor).text !== '}' && peek(cursor).kind !== 'end') {
    parts.push(isWord(peek(cursor), 'when') ? parseBlock(cursor, depth + 1) : parseAlternatives(cursor))
  }
  expect(cursor, '}')
  return { when, parts }
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
  const path = take(cursor)
  if (path.kind !== 'word') throw new PolicyFault(path.line, 'a path expected')
  let operator = take(cursor)
  let not = false
  while (operator.text === '!' || isWord(operator, 'not')) {
    not = !not
    operator = take(cursor)
  }
  const name = operator.text.toLowerCase()
  const steps = path.text.split('.').filter((step) => step !== '')
  if (UNARY.includes(name)) return { path: steps, not, operator: name, value: null, message: parseMessage(cursor) }
  if (!BINARY.includes(name)) throw new PolicyFault(operator.line, `unknown operator ${operator.text}`)
  const value = parseValue(cursor)
  const common = { path: steps, value, message: parseMessage(cursor) }
  return name === '!=' ? { ...common, not: !not, operator: '==' } : { ...common, not, operator: name }
}

function parseMessage(cursor: Cursor): string {
  return peek(cursor).kind === 'message' ? take(cursor).text : ''
}

function parseValue(cursor: Cursor): Json {
  const token = take(cursor)
  if (token.kind === 'string') return token.text
  if (token.kind === 'number') return Number(token.text)
  if (isWord(token, 'true') || isWord(token, 'false')) return isWord(token, 'true')
  if (isWord(token, 'null')) return null
  if (token.text !== '[') throw new PolicyFault(token.line, 'a value expected')
  const values: Json[] = []
  while (peek(cursor).text !== ']' && peek(cursor).kind !== 'end') {
    values.push(parseValue(cursor))
    if (peek(cursor).text === ',') take(cursor)
  }
  expect(cursor, ']')
  return values
}
