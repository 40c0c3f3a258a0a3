import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { invariant } from '../../../shared/assert.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { limits } from './limits.ts'

/** A composite alarm's rule, read. `child` holds the alarm's name or ARN as it was written. */
export type RuleNode =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'in-state'; readonly state: AlarmState; readonly child: string }
  | { readonly kind: 'not'; readonly of: RuleNode }
  | { readonly kind: 'and' | 'or'; readonly left: RuleNode; readonly right: RuleNode }

/** Why a rule cannot be read; `position` counts characters from 0. */
export interface RuleError extends ServiceError {
  readonly position: number
}

interface Token {
  readonly text: string
  readonly at: number
  /** The alarm named inside `ALARM(…)`, `OK(…)` or `INSUFFICIENT_DATA(…)`. */
  readonly child?: string
}

/** Where the parser stands. It moves forward only and lives as long as one call. */
interface Reader {
  readonly tokens: readonly Token[]
  readonly end: number
  next: number
}

const SPACE = /\s+/y
const PREDICATE = /(ALARM|OK|INSUFFICIENT_DATA)\s*\((?:\s*"((?:[^"\\]|\\.)+)"\s*|([^"()]*[^"()\s][^"()]*))\)/y
const SYMBOL = /[()]|(?:AND|OR|NOT|TRUE|FALSE)(?![\w-])/y

/**
 * Reads the rule of a composite alarm (CloudWatch API Reference, "PutCompositeAlarm", `AlarmRule`). `NOT` binds tighter
 * than `AND`, `AND` tighter than `OR`.
 *
 * @returns `ValidationError` with the position of the first fault: not a rule, or over 100 children, 500 elements
 *   (children, constants and parentheses) or 10 240 characters
 */
export function parseAlarmRule(text: string): Result<RuleNode, RuleError> {
  if (text.length > limits.RULE_LENGTH) return failAt(limits.RULE_LENGTH, 'the rule is too long')
  const tokens = toTokens(text)
  if (!tokens.ok) return tokens
  const reader: Reader = { tokens: tokens.value, end: text.length, next: 0 }
  const rule = readOr(reader)
  if (!rule.ok) return rule
  const rest = reader.tokens[reader.next]
  if (rest) return failAt(rest.at, `unexpected ${rest.text}`)
  return overLimit(tokens.value) ?? rule
}

/** The alarms that a rule names, each once, in the order of their first mention. */
export function childrenOf(rule: RuleNode): string[] {
  switch (rule.kind) {
    case 'constant':
      return []
    case 'in-state':
      return [rule.child]
    case 'not':
      return childrenOf(rule.of)
    case 'and':
    case 'or':
      return [...new Set([...childrenOf(rule.left), ...childrenOf(rule.right)])]
  }
}

function failAt(position: number, what: string): { readonly ok: false; readonly error: RuleError } {
  const message = `AlarmRule is not valid: ${what} at position ${position}.`
  return fail({ code: 'ValidationError', field: 'AlarmRule', message, position })
}

function toTokens(text: string): Result<Token[], RuleError> {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const space = matchAt(SPACE, text, at)
    const found = space ?? matchAt(PREDICATE, text, at) ?? matchAt(SYMBOL, text, at)
    if (!found) return failAt(at, 'nothing that a rule knows')
    if (!space) tokens.push(toToken(found, at))
    at += found[0].length
  }
  return ok(tokens)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  const sticky = new RegExp(pattern)
  sticky.lastIndex = at
  return sticky.exec(text)
}

function toToken([text, predicate, quoted, bare]: RegExpExecArray, at: number): Token {
  if (predicate === undefined) return { text, at }
  return { text: predicate, at, child: quoted === undefined ? (bare ?? '').trim() : quoted.replace(/\\(.)/g, '$1') }
}

function overLimit(tokens: readonly Token[]): ReturnType<typeof failAt> | null {
  const elements = tokens.filter(({ text }) => !['AND', 'OR', 'NOT'].includes(text))
  const surplus = elements[limits.RULE_ELEMENTS]
  if (surplus) return failAt(surplus.at, `more than ${limits.RULE_ELEMENTS} elements`)
  const seen = new Set<string>()
  for (const { child, at } of tokens) {
    if (child !== undefined) seen.add(child)
    if (seen.size > limits.RULE_CHILDREN) return failAt(at, `more than ${limits.RULE_CHILDREN} child alarms`)
  }
  return null
}

const take = (reader: Reader, text: string): boolean => {
  const isNext = reader.tokens[reader.next]?.text === text
  if (isNext) reader.next += 1
  return isNext
}

const readOr = (reader: Reader): Result<RuleNode, RuleError> => readChain(reader, 'or', readAnd)
const readAnd = (reader: Reader): Result<RuleNode, RuleError> => readChain(reader, 'and', readNot)

function readChain(reader: Reader, kind: 'and' | 'or', readPart: typeof readNot): Result<RuleNode, RuleError> {
  let left = readPart(reader)
  while (left.ok && take(reader, kind.toUpperCase())) {
    const right = readPart(reader)
    if (!right.ok) return right
    left = ok({ kind, left: left.value, right: right.value })
  }
  return left
}

function readNot(reader: Reader): Result<RuleNode, RuleError> {
  let negations = 0
  while (take(reader, 'NOT')) negations += 1
  const operand = readOperand(reader)
  if (!operand.ok) return operand
  let rule = operand.value
  for (let i = 0; i < negations; i += 1) rule = { kind: 'not', of: rule }
  return ok(rule)
}

function readOperand(reader: Reader): Result<RuleNode, RuleError> {
  const token = reader.tokens[reader.next]
  if (!token) return failAt(reader.end, 'the rule ends too early')
  reader.next += 1
  switch (token.text) {
    case 'TRUE':
    case 'FALSE':
      return ok({ kind: 'constant', value: token.text === 'TRUE' })
    case 'ALARM':
    case 'OK':
    case 'INSUFFICIENT_DATA':
      return ok({ kind: 'in-state', state: token.text, child: childOf(token) })
    case '(':
      return readGroup(reader, token)
    default:
      return failAt(token.at, `unexpected ${token.text}`)
  }
}

function readGroup(reader: Reader, open: Token): Result<RuleNode, RuleError> {
  const inner = readOr(reader)
  if (!inner.ok || take(reader, ')')) return inner
  const next = reader.tokens[reader.next]
  return next ? failAt(next.at, `unexpected ${next.text}`) : failAt(open.at, 'unclosed parenthesis')
}

function childOf(token: Token): string {
  invariant(token.child !== undefined, `${token.text} without a child alarm`)
  return token.child
}
