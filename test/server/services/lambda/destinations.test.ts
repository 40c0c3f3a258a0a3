import { describe, expect, it } from 'vitest'
import type { InvocationRequest } from '../../../../shared/aws/invocation.ts'
import type { EventInvokeSettings } from '../../../../server/services/lambda/event-invoke.ts'
import { putEventInvokeConfig } from '../../../../server/services/lambda/event-invoke.ts'
import { putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import { deleteFunction } from '../../../../server/services/lambda/control.ts'
import { putFunctionRecursionConfig } from '../../../../server/services/lambda/alias.ts'
import type { LambdaSettings } from '../../../../server/services/lambda/lambda.ts'
import type { LambdaOutput } from '../../../../server/services/lambda/state.ts'
import { LambdaBench, asked, at, metric, only, returned, threw } from './bench.ts'

const QUEUE = 'arn:aws:sqs:eu-west-3:111122223333:lost-letters'
const TOPIC = 'arn:aws:sns:eu-west-3:111122223333:mayor'
const BUS = 'arn:aws:events:eu-west-3:111122223333:event-bus/city'
const TOW = 'arn:aws:lambda:eu-west-3:111122223333:function:tow'
const SELF = 'arn:aws:lambda:eu-west-3:111122223333:function:send-fine'

/** A function that is tried once, with its destinations. */
function once(more: Partial<EventInvokeSettings> = {}, settings: LambdaSettings = {}): LambdaBench {
  const bench = new LambdaBench([{ deadLetterTargetArn: QUEUE }, { functionName: 'tow' }], settings)
  const config = { functionName: 'send-fine', maximumRetryAttempts: 0, ...more }
  bench.change((state, ctx) => putEventInvokeConfig(state, config, ctx))
  return bench
}

function run(bench: LambdaBench, how: 'returned' | 'threw', request: Partial<InvocationRequest> = {}): LambdaOutput {
  const start = bench.start(0, request)
  return bench.step(1.5, { completions: [how === 'returned' ? returned(start) : threw(start)] })
}

describe('the end of an event', () => {
  it('[LAMBDA-14] tells success to OnSuccess only', () => {
    const out = run(once({ onSuccess: TOPIC, onFailure: BUS }), 'returned')
    expect(only(out.messages).destinationArn).toBe(TOPIC)
    expect([out.events, out.deadLetters]).toEqual([[], []])
  })

  it('[LAMBDA-14] tells failure to OnFailure and to the dead-letter queue', () => {
    const out = run(once({ onSuccess: TOPIC, onFailure: 'arn:aws:s3:::failures' }), 'threw')
    expect(only(out.messages).destinationArn).toBe('arn:aws:s3:::failures')
    expect(only(out.deadLetters).queue).toBe(QUEUE)
    expect(metric(out, 'AsyncEventsDropped')).toEqual([1])
  })

  it('[LAMBDA-14] tells nobody while a retry is left', () => {
    const bench = new LambdaBench([{ deadLetterTargetArn: QUEUE }])
    const out = run(bench, 'threw')
    expect([out.deadLetters, out.ends]).toEqual([[], []])
  })

  it('[LAMBDA-15] sends a record of the request, its way and its response', () => {
    const out = run(once({ onFailure: TOPIC }), 'threw')
    const { requestId } = only(out.ends)
    expect(only(out.messages)).toMatchObject({ cause: only(out.ends).id })
    expect(only(out.messages).record).toEqual({
      version: '1.0',
      timestamp: '2026-03-14T09:26:54.500Z',
      requestContext: {
        requestId,
        functionArn: `${SELF}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: { plate: 'FR-042' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'no ink', trace: [] },
    })
    const good = only(run(once({ onSuccess: TOPIC }), 'returned').messages).record
    expect(good).toMatchObject({ requestContext: { condition: 'Success' }, responsePayload: 'done' })
    expect(good['responseContext']).toEqual({ statusCode: 200, executedVersion: '$LATEST' })
  })

  it('[LAMBDA-15] leaves the response out when nothing ran', () => {
    const bench = once({ onFailure: TOPIC })
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 0 }, ctx),
    )
    const out = bench.step(0, { requests: [asked()] })
    expect(only(out.messages).record).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    })
    expect(only(out.messages).record).not.toHaveProperty('responseContext')
    expect(only(out.messages).record).not.toHaveProperty('responsePayload')
    expect(only(out.deadLetters)).toMatchObject({ attributes: { ErrorCode: 429 } })
  })

  it.each([
    ['onSuccess', 'returned', 'Success'],
    ['onFailure', 'threw', 'Failure'],
  ] as const)('[LAMBDA-16] %s on a bus is an event of source lambda', (which, how, result) => {
    const out = run(once({ [which]: BUS }), how, { hops: 3 })
    expect(only(out.events)).toMatchObject({
      cause: only(out.ends).id,
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${result}`,
      resources: [BUS, `${SELF}:$LATEST`],
      eventBusName: 'city',
      hops: 3,
      time: at(1.5).now,
      detail: { version: '1.0' },
    })
  })

  it('[LAMBDA-16] a function as destination gets the record as its event', () => {
    const out = run(once({ onSuccess: TOW }), 'returned', { hops: 3, turns: 1 })
    const request = only(out.requests)
    expect(request).toMatchObject({
      functionName: TOW,
      invokedBy: 'lambda.amazonaws.com',
      sourceArn: SELF,
      payload: { requestPayload: { plate: 'FR-042' } },
      hops: 3,
      turns: 2,
    })
    const bench = once({ onSuccess: TOW })
    expect(bench.step(0, { requests: [request] }).starts).toHaveLength(1)
  })

  it('[LAMBDA-17] a dead letter is the original event, with request id, code 200 and the first KB of the message', () => {
    const bench = once()
    const payload = { deep: { plate: 'FR-042' } }
    const start = bench.start(0, { payload })
    const errorMessage = 'x'.repeat(2000)
    const completion = { ...threw(start), outcome: { kind: 'threw', errorType: 'E', errorMessage } } as const
    const letter = only(bench.step(1, { completions: [completion] }).deadLetters)
    expect(letter.body).toEqual(payload)
    expect(letter.attributes).toEqual({
      RequestID: start.requestId,
      ErrorCode: 200,
      ErrorMessage: 'x'.repeat(1024),
    })
  })

  it('[LAMBDA-17] a KB of a message is counted in bytes', () => {
    const bench = once()
    const completion = {
      ...threw(bench.start(0)),
      outcome: { kind: 'threw', errorType: 'E', errorMessage: 'é'.repeat(600) },
    } as const
    const letter = only(bench.step(1, { completions: [completion] }).deadLetters)
    expect(letter.attributes['ErrorMessage']).toBe('é'.repeat(512))
  })

  it('[LAMBDA-18] counts what could not be delivered, and the event is lost', () => {
    const dead = run(once({ onFailure: TOPIC }, { undeliverable: [QUEUE, TOPIC] }), 'threw')
    expect([dead.deadLetters, dead.messages]).toEqual([[], []])
    expect([metric(dead, 'DeadLetterErrors'), metric(dead, 'DestinationDeliveryFailures')]).toEqual([[1], [1]])
    const gone = once({ onSuccess: TOW })
    gone.change((state) => deleteFunction(state, { functionName: 'tow' }))
    const out = run(gone, 'returned')
    expect([out.requests, metric(out, 'DestinationDeliveryFailures')]).toEqual([[], [1]])
  })

  it.each([
    [{ onSuccess: SELF }, 'a function cannot be its own destination'],
    [{ onSuccess: `${SELF}:1` }, 'nor under another version'],
    [{ onSuccess: 'arn:aws:s3:::wins' }, 'a bucket takes failures only'],
    [{ onFailure: 'lost-letters' }, 'an ARN is needed'],
    [{ maximumRetryAttempts: 3 }, '0 to 2 retries'],
    [{ maximumRetryAttempts: -1 }, '0 to 2 retries'],
    [{ maximumEventAgeInSeconds: 59 }, '60 to 21600 s'],
    [{ maximumEventAgeInSeconds: 21_601 }, '60 to 21600 s'],
    [{}, 'something must be given'],
  ])('[LAMBDA-8] refuses %o: %s', (more, why) => {
    const result = putEventInvokeConfig(new LambdaBench().state, { functionName: 'send-fine', ...more }, at(0))
    expect(result.ok ? why : result.error.code).toBe('InvalidParameterValueException')
  })
})

describe('loops', () => {
  it.each([
    [15, 1],
    [16, 0],
  ])('[LAMBDA-37] after %i turns through Lambda alone, %i run', (turns, starts) => {
    const bench = new LambdaBench([{ deadLetterTargetArn: QUEUE }])
    const out = bench.step(0, { requests: [asked({ turns, invokedBy: 'lambda.amazonaws.com' })] })
    expect(out.starts).toHaveLength(starts)
    expect(metric(out, 'RecursiveInvocationsDropped')).toHaveLength(1 - starts)
    expect(out.deadLetters).toHaveLength(1 - starts)
    expect(out.refused.map((refusal) => refusal.code)).toEqual(starts ? [] : ['RecursiveInvocationException'])
  })

  it('[LAMBDA-37] does not see a loop through EventBridge, however often it turns', () => {
    expect(new LambdaBench().step(0, { requests: [asked({ hops: 100 })] }).starts).toHaveLength(1)
  })

  it('[LAMBDA-37] lets a function loop that is allowed to', () => {
    const bench = new LambdaBench()
    bench.change((state, ctx) =>
      putFunctionRecursionConfig(state, { functionName: 'send-fine', recursiveLoop: 'Allow' }, ctx),
    )
    expect(bench.step(0, { requests: [asked({ turns: 99 })] }).starts).toHaveLength(1)
  })
})
