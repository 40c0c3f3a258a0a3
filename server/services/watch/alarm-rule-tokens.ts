import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { limits } from './limits.ts'

/** What a rule asks of the alarms that it names, as their names or ARNs were written. */
export type Predicate =
  | { readonly kind: 'in-state'; readonly state: AlarmState; readonly child: string }
  /** So many of the alarms, or so many in a hundred, are in a state; or, when negated, are not in it. */
  | {
      readonly kind: 'at-least'
      readonly least: number
      readonly isPercentage: boolean
      readonly isNegated: boolean
      readonly state: AlarmState
      readonly children: readonly string[]
    }

/** A word or a sign of a rule, or all that asks something of alarms. `at` counts characters from 0. */
export interface Token {
  readonly text: string
  readonly at: number
  readonly predicate?: Predicate
}

/** Why a rule cannot be read; `position` counts characters from 0. */
export interface RuleError extends ServiceError {
  readonly position: number
}

/** The fault of a rule, at a position. */
export function failAt(position: number, what: string): { readonly ok: false; readonly error: RuleError } {
  const message = `AlarmRule is not valid: ${what} at position ${position}.`
  return fail({ code: 'ValidationError', field: 'AlarmRule', message, position })
}

const SPACE = /\s+/y
const SYMBOL = /[()]|(?:AND|OR|NOT|TRUE|FALSE)(?![\w-])/y
const IN_STATE = /(ALARM|OK|INSUFFICIENT_DATA)\s*\((?:\s*"((?:[^"\\]|\\.)+)"\s*|([^"()]*))\)/y
const AT_LEAST = /AT_LEAST\s*\(([^"()]*)\(((?:"(?:[^"\\]|\\.)*"|[^"()])*)\)\s*\)/y
const THRESHOLD = /^\s*(\d{1,5})(%?)\s*,\s*(NOT\s)?\s*(ALARM|OK|INSUFFICIENT_DATA)\s*,\s*$/
const MEMBER = /(?:\s*"((?:[^"\\]|\\.)+)"\s*|([^",]*)),/y

/** Cuts a rule into its tokens; no more elements (alarms, constants and parentheses) and alarms than a rule may have. */
export function toTokens(text: string): Result<Token[], RuleError> {
  const tokens: Token[] = []
  let elements = 0
  const children = new Set<string>()
  for (let at = 0; at < text.length;) {
    const space = matchAt(SPACE, text, at)
    const found = space ? null : readToken(text, at)
    if (found) {
      const named = namesIn(found.predicate)
      for (const name of named) children.add(name)
      elements += found.predicate ? named.length : ['AND', 'OR', 'NOT'].includes(found.text) ? 0 : 1
      if (elements > limits.RULE_ELEMENTS) return failAt(at, `more than ${limits.RULE_ELEMENTS} elements`)
      if (children.size > limits.RULE_CHILDREN) return failAt(at, `more than ${limits.RULE_CHILDREN} child alarms`)
      tokens.push(found)
    } else if (!space) return failAt(at, 'nothing that a rule knows')
    at += (space?.[0] ?? found?.text ?? '').length
  }
  return ok(tokens)
}

/** The alarms that a predicate names. */
export function namesIn(predicate: Predicate | undefined): readonly string[] {
  if (predicate === undefined) return []
  return predicate.kind === 'in-state' ? [predicate.child] : predicate.children
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  const sticky = new RegExp(pattern)
  sticky.lastIndex = at
  return sticky.exec(text)
}

function readToken(text: string, at: number): Token | null {
  const inState = matchAt(IN_STATE, text, at)
  if (inState) return withPredicate(inState[0], at, readInState(inState))
  const atLeast = matchAt(AT_LEAST, text, at)
  if (atLeast) return withPredicate(atLeast[0], at, readAtLeast(atLeast))
  const symbol = matchAt(SYMBOL, text, at)
  return symbol && { text: symbol[0], at }
}

const withPredicate = (text: string, at: number, predicate: Predicate | null): Token | null =>
  predicate && { text, at, predicate }

/** A name without its quotes, or without the blanks around it; `null` for no name. */
function toName(quoted: string | undefined, bare: string | undefined): string | null {
  const name = quoted === undefined ? (bare ?? '').trim() : quoted.replace(/\\(.)/g, '$1')
  return name === '' ? null : name
}

function readInState([, state, quoted, bare]: RegExpExecArray): Predicate | null {
  const child = toName(quoted, bare)
  return child === null ? null : { kind: 'in-state', state: state as AlarmState, child }
}

/** `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(50%, NOT OK, (a, b))` */
function readAtLeast([, head = '', list = '']: RegExpExecArray): Predicate | null {
  const [, count, percent, not, state] = THRESHOLD.exec(head) ?? []
  const children = readMembers(list)
  const least = Number(count)
  const isPercentage = percent === '%'
  if (state === undefined || children === null || least < 1 || (isPercentage && least > 100)) return null
  const isNegated = not !== undefined
  return { kind: 'at-least', least, isPercentage, isNegated, state: state as AlarmState, children }
}

function readMembers(list: string): readonly string[] | null {
  const text = `${list},`
  const members: string[] = []
  for (let at = 0; at < text.length;) {
    const found = matchAt(MEMBER, text, at)
    const name = found && toName(found[1], found[2])
    if (!found || name === null) return null
    members.push(name)
    at += found[0].length
  }
  return members
}
