import type { Json, JsonObject } from '../../shared/json.ts'
import type { AwsCity, TrailOperation } from './city-port.ts'
import { TRAIL_OPERATIONS } from './city-port.ts'

const TARGET = /CloudTrail_20131101\.(\w+)$/

/** An answer in awsJson 1.1. */
export interface JsonAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** Answers one operation of CloudTrail. @param target the header `X-Amz-Target` */
export function answerCloudTrail(city: AwsCity, region: string, target: string, body: string): JsonAnswer {
  const operation = TARGET.exec(target)?.[1]
  if (operation === undefined || !isOffered(operation)) return toError('UnknownOperationException', target)
  const input = parseInput(body)
  if (input === null) return toError('SerializationException', 'The body is no JSON object.')
  const answered = city.cloudTrail(operation, scaleTimes(input, 1000), region)
  if (!answered.ok) return toError(answered.error.code, answered.error.message)
  return { status: 200, body: scaleTimes(answered.value, 1 / 1000) }
}

const isOffered = (name: string): name is TrailOperation => TRAIL_OPERATIONS.some((operation) => operation === name)

const toError = (type: string, message: string): JsonAnswer => ({ status: 400, body: { __type: type, message } })

function parseInput(body: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body)
    return isObject(value) ? value : null
  } catch {
    // What a client sends may be anything: the answer says so.
    return null
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Timestamps are epoch seconds on the wire and milliseconds inside: every number whose member ends in `Time`. */
function scaleTimes(input: JsonObject, factor: number): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, scale(name, value, factor)]))
}

function scale(name: string, value: Json | undefined, factor: number): Json | undefined {
  if (typeof value === 'number') return name.endsWith('Time') ? value * factor : value
  if (Array.isArray(value)) return value.map((item: Json) => scale('', item, factor) ?? null)
  return isObject(value) ? scaleTimes(value, factor) : value
}
