import { HOME_REGION, functionArn } from '../../../shared/aws/account.ts'
import type { InvocationEnd } from '../../../shared/aws/invocation.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { toIsoMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { firstBytes } from '../../../shared/utf8.ts'
import type { Outcome } from './outcome.ts'
import type { EventInvokeConfig, FunctionState } from './function.ts'
import { qualifiedArn, toReference } from './function.ts'
import { measure } from './metrics.ts'
import type { Draft, QueuedEvent } from './state.ts'

const DEFAULT_RETRIES = 2
const DEFAULT_AGE_S = 21_600
const FIRST_RETRY_MS = 60_000
const SECOND_RETRY_MS = 120_000
const LONGEST_BACK_OFF_MS = 300_000

const invokeConfigOf = (fn: FunctionState | undefined, qualifier: string): EventInvokeConfig | undefined =>
  fn?.eventInvokeConfigs.find((config) => config.qualifier === qualifier)

function maximumAgeMs(fn: FunctionState | undefined, qualifier: string): number {
  return (invokeConfigOf(fn, qualifier)?.maximumEventAgeInSeconds ?? DEFAULT_AGE_S) * 1000
}

/**
 * Decides what becomes of an event whose attempt has ended: done, given up, or queued again after 60 s, then 120 s
 * (Lambda, "How Lambda handles errors and retries with asynchronous invocation").
 */
export function settleAttempt(draft: Draft, event: QueuedEvent, outcome: Outcome): void {
  if (outcome.kind === 'returned') return endEvent(draft, event, 'Success')
  const fn = draft.functions.find((candidate) => candidate.name === event.functionName)
  const retries = invokeConfigOf(fn, event.qualifier)?.maximumRetryAttempts ?? DEFAULT_RETRIES
  if (event.attempts > retries) return endEvent(draft, event, 'RetriesExhausted')
  const waitMs = event.attempts === 1 ? FIRST_RETRY_MS : SECOND_RETRY_MS
  const ageMs = outcome.at - event.receivedAt
  if (ageMs + waitMs > maximumAgeMs(fn, event.qualifier)) return endEvent(draft, event, 'EventAgeExceeded')
  draft.queue.push({ ...event, dueAt: serviceMs(outcome.at + waitMs) })
}

/**
 * A throttled event goes back and waits 1 s, then twice as long each time up to 300 s. Its last chance comes when it
 * reaches its maximum age; it is dropped when it is throttled even then. Throttles are no attempts.
 */
export function backOff(draft: Draft, event: QueuedEvent, fn: FunctionState): void {
  const lastChance = event.receivedAt + maximumAgeMs(fn, event.qualifier)
  if (draft.ctx.now >= lastChance) return endEvent(draft, event, 'EventAgeExceeded')
  const waitMs = Math.min(1000 * 2 ** Math.min(event.throttles, 9), LONGEST_BACK_OFF_MS)
  const dueAt = serviceMs(Math.min(draft.ctx.now + waitMs, lastChance))
  draft.queue.push({ ...event, throttles: event.throttles + 1, dueAt })
}

/** Ends an event's way: tells its destination and, when it failed, the function's dead-letter queue as well. */
export function endEvent(draft: Draft, event: QueuedEvent, condition: InvocationEnd['condition']): void {
  const fn = draft.functions.find((candidate) => candidate.name === event.functionName)
  const end: InvocationEnd = {
    id: draft.ctx.ids.next(),
    cause: event.cause,
    requestId: event.requestId,
    functionName: event.functionName,
    condition,
    approximateInvokeCount: event.attempts,
    responsePayload: event.lastResponse?.payload ?? null,
  }
  draft.out.ends.push(end)
  const config = invokeConfigOf(fn, event.qualifier)
  const destination = condition === 'Success' ? config?.onSuccess : config?.onFailure
  if (destination) sendRecord(draft, event, end, destination)
  if (condition === 'Success') return
  if (fn?.latest.deadLetterTargetArn) sendDeadLetter(draft, event, end, fn.latest.deadLetterTargetArn)
  const { functionName } = event
  measure(draft, 'AsyncEventsDropped', { functionName, cause: end.id, at: draft.ctx.now, value: 1 })
}

/** The record of an invocation (Lambda, "Capturing records of Lambda asynchronous invocations"). */
function toRecord(event: QueuedEvent, end: InvocationEnd, now: ServiceMs): JsonObject {
  const failed = end.condition === 'Success' ? {} : { functionError: 'Unhandled' }
  const response = event.lastResponse && {
    responseContext: { statusCode: 200, executedVersion: event.lastResponse.version, ...failed },
    responsePayload: event.lastResponse.payload,
  }
  return {
    version: '1.0',
    timestamp: toIsoMillis(now),
    requestContext: {
      requestId: event.requestId,
      functionArn: qualifiedArn({ name: event.functionName, qualifier: event.qualifier }),
      condition: end.condition,
      approximateInvokeCount: end.approximateInvokeCount,
    },
    requestPayload: event.payload,
    ...(end.condition === 'ZeroReservedConcurrency' ? {} : response),
  }
}

function sendRecord(draft: Draft, event: QueuedEvent, end: InvocationEnd, destinationArn: string): void {
  const record = toRecord(event, end, draft.ctx.now)
  const { functionName } = event
  const service = destinationArn.split(':')[2]
  const target = service === 'lambda' ? toReference(destinationArn) : null
  const gone = target !== null && !draft.functions.some((fn) => fn.name === target.name)
  if (gone || draft.undeliverable.includes(destinationArn)) {
    return measure(draft, 'DestinationDeliveryFailures', { functionName, cause: end.id, at: draft.ctx.now, value: 1 })
  }
  if (service === 'lambda') {
    return void draft.out.requests.push({
      cause: end.id,
      functionName: destinationArn,
      payload: record,
      invokedBy: 'lambda.amazonaws.com',
      sourceArn: functionArn(functionName),
      hops: event.hops,
      turns: event.turns + 1,
    })
  }
  if (service === 'events') return sendToBus(draft, { event, end, record, destinationArn })
  draft.out.messages.push({ id: draft.ctx.ids.next(), cause: end.id, destinationArn, record })
}

interface BusRecord {
  readonly event: QueuedEvent
  readonly end: InvocationEnd
  readonly record: JsonObject
  readonly destinationArn: string
}

function sendToBus(draft: Draft, { event, end, record, destinationArn }: BusRecord): void {
  const result = end.condition === 'Success' ? 'Success' : 'Failure'
  draft.out.events.push({
    cause: end.id,
    source: 'lambda',
    detailType: `Lambda Function Invocation Result - ${result}`,
    detail: record,
    resources: [destinationArn, qualifiedArn({ name: event.functionName, qualifier: event.qualifier })],
    time: draft.ctx.now,
    region: HOME_REGION,
    eventBusName: destinationArn.split('/').at(-1) ?? 'default',
    hops: event.hops,
  })
}

/** The original event, unchanged, with what went wrong in its attributes (Lambda, "Adding a dead-letter queue"). */
function sendDeadLetter(draft: Draft, event: QueuedEvent, end: InvocationEnd, queue: string): void {
  const { functionName } = event
  if (draft.undeliverable.includes(queue)) {
    return measure(draft, 'DeadLetterErrors', { functionName, cause: end.id, at: draft.ctx.now, value: 1 })
  }
  const attributes = {
    RequestID: event.requestId,
    ErrorCode: event.lastResponse ? 200 : 429,
    ErrorMessage: firstBytes(errorMessageOf(event), 1024),
  }
  draft.out.deadLetters.push({ id: draft.ctx.ids.next(), cause: end.id, queue, body: event.payload, attributes })
}

function errorMessageOf({ lastResponse }: QueuedEvent): string {
  if (!lastResponse) return 'Rate Exceeded.'
  const { errorMessage } = lastResponse.payload as { readonly errorMessage?: Json }
  return typeof errorMessage === 'string' ? errorMessage : ''
}
