import { comparableNumber } from './decimal.ts'
import type { JsonNode } from './json-text.ts'
import type { Matcher } from './matcher.ts'
import { refuse, type Path } from './pattern-fault.ts'

type Range = Extract<Matcher, { kind: 'range' }>

const FROM = { '>': false, '>=': true } as const
const TO = { '<': false, '<=': true } as const

const isIn = <T extends object>(table: T, key: string): key is keyof T & string => Object.hasOwn(table, key)

/**
 * Reads the argument of `numeric`: `["=", n]`, one bound, or a bottom with `>` or `>=` and then a top above it.
 *
 * @throws PatternFault
 */
export function readRange(argument: JsonNode, path: Path): Range {
  if (argument.kind !== 'array') return refuse('Value of numeric must be an array.', argument, path)
  const [operator, bound, ...more] = argument.items
  if (operator?.kind !== 'string')
    return refuse('Invalid member in numeric match: an operator must come first', operator ?? argument, path)
  const first = operator.value
  if (first === '=') {
    const value = readBound('equals', bound ?? argument, path)
    if (more[0]) refuse('Too many elements in numeric expression', more[0], path)
    return { kind: 'range', low: value, lowIncluded: true, high: value, highIncluded: true }
  }
  if (isIn(TO, first)) {
    const high = readBound(first, bound ?? argument, path)
    if (more[0]) refuse('Too many terms in numeric range expression', more[0], path)
    return { kind: 'range', low: null, lowIncluded: false, high, highIncluded: TO[first] }
  }
  if (!isIn(FROM, first)) return refuse(`Unrecognized numeric range operator: ${first}`, operator, path)
  const low = { low: readBound(first, bound ?? argument, path), lowIncluded: FROM[first] }
  return { kind: 'range', ...low, ...readTop(more, low.low, path) }
}

function readTop(terms: readonly JsonNode[], low: number, path: Path): Pick<Range, 'high' | 'highIncluded'> {
  const [operator, bound, extra] = terms
  if (!operator) return { high: null, highIncluded: false }
  if (operator.kind !== 'string') return refuse('Bad value in numeric range: an operator must follow', operator, path)
  if (!isIn(TO, operator.value)) return refuse(`Bad numeric range operator: ${operator.value}`, operator, path)
  const high = readBound(operator.value, bound ?? operator, path)
  if (extra) refuse('Too many terms in numeric range expression', extra, path)
  if (low >= high) refuse('Bottom must be less than top', bound ?? operator, path)
  return { high, highIncluded: TO[operator.value] }
}

function readBound(operator: string, node: JsonNode, path: Path): number {
  const value = node.kind === 'number' ? comparableNumber(node.text) : null
  return value ?? refuse(`Value of ${operator} must be numeric`, node, path)
}
