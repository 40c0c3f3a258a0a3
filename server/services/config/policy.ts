import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Verdict } from './managed-rules.ts'
import { parsePolicy, type Block, type Clause, type Query } from './policy-parse.ts'
import { isList, sameJson } from './same-json.ts'

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
    messages.push(...part.clauses.map((clause) => clause.message || clause.subject.path.join('.')))
    return 'FAIL'
  })
  if (statuses.includes('FAIL')) return 'FAIL'
  return statuses.includes('PASS') ? 'PASS' : 'SKIP'
}

/**
 * Every value the path reaches must fulfil the clause; a path that reaches nothing fulfils only `not exists`. What it is
 * compared with must be there, too.
 */
function holds(clause: Clause, item: JsonObject): boolean {
  const values = valuesOf(clause.subject, item)
  if (clause.operator === 'exists') return values.length > 0 !== clause.not
  const wanted = valuesOf(clause.value, item)
  if (values.length === 0 || wanted.length === 0) return false
  return values.every((value) => isMet(clause, value, wanted) !== clause.not)
}

/** `in` asks for one of the wanted values, any other comparison is made with each of them. */
function isMet({ operator, value: { from } }: Clause, value: Json, wanted: readonly Json[]): boolean {
  const isAmong = operator === 'in' && from === null
  return isAmong
    ? fulfils(operator, value, wanted.flat() as Json[])
    : wanted.every((one) => fulfils(operator, value, one))
}

const valuesOf = ({ from, path }: Query, item: JsonObject): readonly Json[] =>
  reach(from === null ? item : from.literal, path)

function reach(value: Json | undefined, path: readonly string[]): readonly Json[] {
  const [step, ...rest] = path
  if (value === undefined) return []
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  if (step === '*') return Object.values(value).flatMap((member) => reach(member, rest))
  return Object.hasOwn(value, step) ? reach((value as JsonObject)[step], rest) : []
}

function fulfils(operator: string, value: Json, wanted: Json): boolean {
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
