import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { failAt, namesIn, toTokens, type Predicate, type RuleError, type Token } from './alarm-rule-tokens.ts'
import { limits } from './limits.ts'

/** A composite alarm's rule, read. */
export type RuleNode =
  | { readonly kind: 'constant'; readonly value: boolean }
  | Predicate
  | { readonly kind: 'not'; readonly of: RuleNode }
  | { readonly kind: 'and' | 'or'; readonly left: RuleNode; readonly right: RuleNode }

/** Where the parser stands. It moves forward only and lives as long as one call. */
interface Reader {
  readonly tokens: readonly Token[]
  readonly end: number
  next: number
}

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
  const rest = reader.tokens[reader.next]
  return rule.ok && rest ? failAt(rest.at, `unexpected ${rest.text}`) : rule
}

/** The alarms that a rule names, each once, in the order of their first mention. */
export function childrenOf(rule: RuleNode): string[] {
  switch (rule.kind) {
    case 'constant':
      return []
    case 'in-state':
    case 'at-least':
      return [...new Set(namesIn(rule))]
    case 'not':
      return childrenOf(rule.of)
    case 'and':
    case 'or':
      return [...new Set([...childrenOf(rule.left), ...childrenOf(rule.right)])]
  }
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

/** Two negations are none. */
function readNot(reader: Reader): Result<RuleNode, RuleError> {
  let isNegated = false
  while (take(reader, 'NOT')) isNegated = !isNegated
  const operand = readOperand(reader)
  return operand.ok && isNegated ? ok({ kind: 'not', of: operand.value }) : operand
}

function readOperand(reader: Reader): Result<RuleNode, RuleError> {
  const token = reader.tokens[reader.next]
  if (!token) return failAt(reader.end, 'the rule ends too early')
  reader.next += 1
  if (token.predicate) return ok(token.predicate)
  switch (token.text) {
    case 'TRUE':
    case 'FALSE':
      return ok({ kind: 'constant', value: token.text === 'TRUE' })
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
