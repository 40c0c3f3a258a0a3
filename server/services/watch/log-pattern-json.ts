import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { LogPattern, Relation } from './log-condition.ts'
import { holds, MOST_EXPRESSIONS, toOperand } from './log-condition.ts'
import { own } from './own.ts'

type Condition = (event: Json) => boolean

interface Reader {
  readonly tokens: readonly string[]
  next: number
  depth: number
}

const TOKEN =
  /\s*(\$(?:\.[\w-]+|\["[^"]+"\]|\[(?:\d+|\*)\])+|"(?:[^"\\]|\\.)*"|%[^%]*%|&&|\|\||!=|>=|<=|[=<>(){}]|[^\s=<>(){}&|!"]+)/y
const DEEPEST = 64

/** Reads `{ ($.speed > 110) && ($.plate = "AB*") }`; messages that are not JSON objects never match. */
export function parseJsonPattern(text: string): Result<LogPattern, string> {
  const tokens = toTokens(text)
  if (!tokens) return fail('Invalid JSON filter pattern')
  if (tokens.filter((token) => token.startsWith('%')).length > MOST_EXPRESSIONS)
    return fail(`A pattern has at most ${MOST_EXPRESSIONS} regular expressions`)
  const reader: Reader = { tokens, next: 0, depth: 0 }
  if (!take(reader, '{')) return fail('A JSON filter pattern begins with {')
  const condition = readOr(reader)
  if (!condition || !take(reader, '}') || reader.next < tokens.length) {
    return fail(`Invalid JSON filter pattern near ${tokens[reader.next] ?? 'its end'}`)
  }
  return ok((message) => {
    const event = parseObject(message)
    return event && condition(event) ? { part: (selector) => select(event, selector)[0] } : null
  })
}

/** A message as a JSON object; `null` when it is none. */
export function parseObject(message: string): JsonObject | null {
  if (!message.trimStart().startsWith('{')) return null
  try {
    return JSON.parse(message) as JsonObject
  } catch {
    return null
  }
}

/** All that a selector such as `$.cars[*].plate` finds; nothing when it leads nowhere. */
function select(event: Json, selector: string): Json[] {
  const steps = selector.match(/[\w-]+|\*|"[^"]+"/g) ?? []
  return steps.reduce<Json[]>((found, step) => found.flatMap((value) => stepInto(value, step)), [event])
}

function stepInto(value: Json, step: string): Json[] {
  if (value === null || typeof value !== 'object') return []
  if (isList(value)) return step === '*' ? [...value] : value.slice(Number(step), Number(step) + 1)
  const inner = own(value, step.startsWith('"') ? step.slice(1, -1) : step)
  return inner === undefined ? [] : [inner]
}

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value)

function toTokens(text: string): string[] | null {
  const tokens: string[] = []
  const scanner = new RegExp(TOKEN)
  while (text.slice(scanner.lastIndex).trim() !== '') {
    const match = scanner.exec(text)
    if (!match?.[1]) return null
    tokens.push(match[1])
  }
  return tokens
}

function take(reader: Reader, token: string): boolean {
  const isNext = reader.tokens[reader.next] === token
  if (isNext) reader.next += 1
  return isNext
}

function readOr(reader: Reader): Condition | null {
  let left = readAnd(reader)
  while (left && take(reader, '||')) {
    const [first, second] = [left, readAnd(reader)]
    left = second && ((event) => first(event) || second(event))
  }
  return left
}

function readAnd(reader: Reader): Condition | null {
  let left = readOne(reader)
  while (left && take(reader, '&&')) {
    const [first, second] = [left, readOne(reader)]
    left = second && ((event) => first(event) && second(event))
  }
  return left
}

function readOne(reader: Reader): Condition | null {
  if (!take(reader, '(')) return readCondition(reader)
  reader.depth += 1
  const inner = reader.depth > DEEPEST ? null : readOr(reader)
  reader.depth -= 1
  return inner && take(reader, ')') ? inner : null
}

const RELATIONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Relation[]

function readCondition(reader: Reader): Condition | null {
  const [selector = '', second = '', third = ''] = reader.tokens.slice(reader.next, reader.next + 3)
  if (!selector.startsWith('$')) return null
  reader.next += 3
  const found = (event: Json) => select(event, selector)
  switch (`${second} ${third}`) {
    case 'IS NULL':
      return (event) => found(event).includes(null)
    case 'IS TRUE':
      return (event) => found(event).includes(true)
    case 'IS FALSE':
      return (event) => found(event).includes(false)
    case 'NOT EXISTS':
      return (event) => found(event).length === 0
    default:
      return readComparison(found, second, third)
  }
}

function readComparison(found: (event: Json) => Json[], relation: string, right: string): Condition | null {
  if (!RELATIONS.includes(relation) || right === '' || /^[(){}]|^(&&|\|\|)$/.test(right)) return null
  const operand = toOperand(right)
  if (operand === null || (typeof operand !== 'number' && relation !== '=' && relation !== '!=')) return null
  return (event) => found(event).some((value) => holds(value, relation as Relation, operand))
}
