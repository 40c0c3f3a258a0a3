import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { badPattern, invalid } from './faults.ts'
import { parseJsonObject } from './json-text.ts'
import { compilePattern, matches } from './pattern.ts'
import { MAX_PATTERN_LENGTH } from './state.ts'

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'detail-type']

/** Both texts; the pattern is checked before the event (EventBridge API Reference, "TestEventPattern"). */
export function testEventPattern(input: {
  readonly eventPattern: string
  readonly event: string
}): Result<{ readonly result: boolean }, ServiceError> {
  if (input.eventPattern.length > MAX_PATTERN_LENGTH)
    return invalid(`EventPattern is longer than ${MAX_PATTERN_LENGTH} characters.`, 'eventPattern')
  const pattern = compilePattern(input.eventPattern)
  if (!pattern.ok) return badPattern(pattern.error.message, 'eventPattern')
  const event = parseJsonObject(input.event)
  if (event === null || !REQUIRED.every((name) => Object.hasOwn(event, name)))
    return invalid('Parameter Event is not valid.', 'event')
  return ok({ result: matches(pattern.value, input.event) })
}
