import { describe, expect, it } from 'vitest'
import { putEventInvokeConfig } from '../../../../server/services/lambda/event-invoke.ts'
import { putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import type { InvokeCall } from '../../../../server/services/lambda/state.ts'
import { LambdaBench, asked, call, crashed, metric, only, returned, threw } from './bench.ts'

const QUEUE = 'arn:aws:sqs:eu-west-3:111122223333:lost-letters'

/** Starts a call and gives its start. */
function begin(bench: LambdaBench, seconds: number, given: Partial<InvokeCall> = {}) {
  return only(bench.step(seconds, { calls: [call(given)] }).starts)
}

function answer(given: Partial<InvokeCall>) {
  return only(new LambdaBench().step(0, { calls: [call(given)] }).answers)
}

describe('synchronous calls', () => {
  it('[LAMBDA-29] answers 200 with the result and the version that ran, when the handler ends', () => {
    const bench = new LambdaBench()
    const first = bench.step(0, { calls: [call()] })
    expect(first.answers).toEqual([])
    expect(only(first.starts)).toMatchObject({ payload: { plate: 'FR-042' }, cause: '1/1', attempt: 1 })
    const { answers } = bench.step(1, { completions: [returned(only(first.starts))] })
    expect(answers).toEqual([{ callId: 'call-1', statusCode: 200, executedVersion: '$LATEST', payload: 'done' }])
  })

  it('[LAMBDA-29] answers 200 even when the handler fails, and says so in functionError', () => {
    const bench = new LambdaBench()
    const start = begin(bench, 0)
    const { answers } = bench.step(1, { completions: [threw(start)] })
    expect(only(answers)).toMatchObject({
      statusCode: 200,
      functionError: 'Unhandled',
      payload: { errorType: 'Error', errorMessage: 'no ink', trace: [] },
    })
  })

  it('[LAMBDA-29] tells a time-out and a crash by their types', () => {
    const bench = new LambdaBench()
    const slow = begin(bench, 0)
    expect(only(bench.step(3).answers)).toMatchObject({
      statusCode: 200,
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${slow.requestId} Error: Task timed out after 3.00 seconds`,
      },
    })
    const broken = begin(bench, 5)
    expect(only(bench.step(6, { completions: [crashed(broken)] }).answers)).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${broken.requestId} Error: exit status 1` },
    })
  })

  it('[LAMBDA-30] never retries, and tells neither queue nor destination', () => {
    const bench = new LambdaBench([{ deadLetterTargetArn: QUEUE }])
    bench.change((state, ctx) =>
      putEventInvokeConfig(state, { functionName: 'send-fine', onFailure: QUEUE, onSuccess: QUEUE }, ctx),
    )
    const out = bench.step(1, { completions: [threw(begin(bench, 0))] })
    expect([out.deadLetters, out.messages, out.ends]).toEqual([[], [], []])
    expect(bench.step(10_000).starts).toEqual([])
  })

  it('[LAMBDA-31] refuses at once for want of capacity, with the reason', () => {
    const bench = new LambdaBench([{}, { functionName: 'tow' }], { accountConcurrency: 2, unreservedMinimum: 1 })
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 1 }, ctx),
    )
    bench.step(0, { requests: [asked(), asked({ functionName: 'tow' })] })
    const out = bench.step(1, { calls: [call(), call({ callId: 'call-2', functionName: 'tow' })] })
    const error = { code: 'TooManyRequestsException', message: 'Rate Exceeded.' }
    expect(out.answers).toEqual([
      { callId: 'call-1', statusCode: 429, error, reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      { callId: 'call-2', statusCode: 429, error, reason: 'ConcurrentInvocationLimitExceeded' },
    ])
    expect(metric(out, 'Throttles')).toEqual([1, 1])
    expect(metric(out, 'Invocations')).toEqual([])
  })

  it.each([
    [{ payloadText: '{plate:1}' }, 400, 'InvalidRequestContentException'],
    [{ functionName: 'nobody' }, 404, 'ResourceNotFoundException'],
    [{ qualifier: '7' }, 404, 'ResourceNotFoundException'],
    [{ functionName: 'send-fine:1', qualifier: '2' }, 400, 'InvalidParameterValueException'],
    [{ payloadText: `"${'x'.repeat(6 * 1024 * 1024)}"` }, 413, 'RequestTooLargeException'],
    [{ payloadText: `"${'é'.repeat(512 * 1024)}"`, invocationType: 'Event' }, 413, 'RequestTooLargeException'],
  ] as const)('[LAMBDA-31] refuses %# with %i %s', (given, statusCode, code) => {
    expect(answer(given)).toMatchObject({ statusCode, error: { code } })
  })

  it('[LAMBDA-31] takes payloads up to the limit itself', () => {
    expect(answer({ payloadText: `"${'x'.repeat(1024 * 1024 - 2)}"`, invocationType: 'Event' })).toMatchObject({
      statusCode: 202,
    })
  })

  it('[LAMBDA-31] takes an empty body as an empty object', () => {
    expect(begin(new LambdaBench(), 0, { payloadText: '' }).payload).toEqual({})
  })

  it('[LAMBDA-31] answers a dry run 204 and an event 202, even one that will never run', () => {
    const bench = new LambdaBench()
    const dry = bench.step(0, { calls: [call({ invocationType: 'DryRun' })] })
    expect([dry.answers, dry.starts]).toEqual([[{ callId: 'call-1', statusCode: 204 }], []])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 0 }, ctx),
    )
    const event = bench.step(1, { calls: [call({ invocationType: 'Event' })] })
    expect(event.answers).toEqual([{ callId: 'call-1', statusCode: 202 }])
    expect(only(event.ends).condition).toBe('ZeroReservedConcurrency')
  })

  it('[LAMBDA-32] gives the end of the log, at most 4 KB, to whoever asks for it', () => {
    const bench = new LambdaBench()
    const start = begin(bench, 0, { logType: 'Tail' })
    const logLines = Array.from({ length: 200 }, (_, n) => `line ${n} `.repeat(5))
    const tail = only(bench.step(1, { completions: [returned(start, { logLines })] }).answers)
    expect(tail).toMatchObject({ statusCode: 200 })
    const { logTail = '' } = tail as { logTail?: string }
    expect(logTail).toHaveLength(4096)
    expect(logTail).toContain(`REPORT RequestId: ${start.requestId}`)
    const short = begin(bench, 2, { logType: 'Tail' })
    expect(only(bench.step(3, { completions: [returned(short)] }).answers)).toMatchObject({
      logTail: expect.stringMatching(/^START RequestId: /) as string,
    })
  })
})
