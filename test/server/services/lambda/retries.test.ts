import { describe, expect, it } from 'vitest'
import {
  deleteEventInvokeConfig,
  putEventInvokeConfig,
  updateEventInvokeConfig,
} from '../../../../server/services/lambda/event-invoke.ts'
import { putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import { toEventInvokeConfig } from '../../../../server/services/lambda/print.ts'
import { LambdaBench, START, asked, metric, only, returned, threw } from './bench.ts'

describe('the queue of asynchronous events', () => {
  it('[LAMBDA-1] starts an event at once when there is capacity, with the request as its cause', () => {
    const bench = new LambdaBench()
    const start = bench.start(0, { cause: '900/2', hops: 3 })
    expect(start).toMatchObject({ cause: '900/2', attempt: 1, hops: 3, payload: { plate: 'FR-042' }, coldStart: true })
  })

  it('[LAMBDA-2] ends a successful event with Success, caused by its last start', () => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    const { ends } = bench.step(1, { completions: [returned(start)] })
    expect(only(ends)).toMatchObject({
      cause: start.id,
      condition: 'Success',
      approximateInvokeCount: 1,
      responsePayload: 'done',
    })
  })

  it('[LAMBDA-3] repeats a failed event after 60 s and after 120 s more, under the same request id', () => {
    const bench = new LambdaBench()
    const first = bench.start(0)
    bench.step(1, { completions: [threw(first)] })
    expect(bench.step(60.9).starts).toEqual([])
    const second = only(bench.step(61).starts)
    expect(second).toMatchObject({ requestId: first.requestId, attempt: 2, cause: first.id })
    bench.step(62, { completions: [threw(second)] })
    expect(bench.step(181.9).starts).toEqual([])
    const third = only(bench.step(182).starts)
    expect(third).toMatchObject({ requestId: first.requestId, attempt: 3, cause: second.id })
    const { ends } = bench.step(183, { completions: [threw(third)] })
    expect(only(ends)).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: 3, cause: third.id })
    expect(bench.step(10_000).starts).toEqual([])
  })

  it.each([
    { retries: 0, attempts: 1 },
    { retries: 1, attempts: 2 },
    { retries: 2, attempts: 3 },
  ])('[LAMBDA-3] runs at most $attempts times with $retries retries', ({ retries, attempts }) => {
    const bench = new LambdaBench()
    bench.change((state, ctx) =>
      putEventInvokeConfig(state, { functionName: 'send-fine', maximumRetryAttempts: retries }, ctx),
    )
    let runs = 0
    let completions: ReturnType<typeof threw>[] = []
    let end = ''
    for (let second = 0; second < 400; second += 1) {
      const out = bench.step(second, { requests: second === 0 ? [asked()] : [], completions })
      runs += out.starts.length
      completions = out.starts.map((start) => threw(start))
      end = out.ends[0]?.condition ?? end
    }
    expect({ runs, end }).toEqual({ runs: attempts, end: 'RetriesExhausted' })
  })

  it('[LAMBDA-4] gives up at once when the next wait would end beyond the maximum age', () => {
    const bench = new LambdaBench()
    bench.change((state, ctx) =>
      putEventInvokeConfig(state, { functionName: 'send-fine', maximumEventAgeInSeconds: 62 }, ctx),
    )
    const kept = bench.start(0)
    const { ends: none } = bench.step(2, { completions: [threw(kept)] })
    expect(none).toEqual([])
    const second = only(bench.step(62).starts)
    const { ends } = bench.step(62.5, { completions: [threw(second)] })
    expect(only(ends)).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 2 })
    const late = bench.start(100)
    const { ends: atOnce } = bench.step(102.1, { completions: [threw(late)] })
    expect(only(atOnce)).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 1 })
  })

  it('[LAMBDA-5] lets a throttled event wait 1 s, doubling up to 300 s, and counts no attempt', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 1 }, ctx),
    )
    const busy = bench.start(0)
    const waits: number[] = []
    let last = 0
    let firstThrottle = true
    for (let second = 1; second <= 2000 && waits.length < 11; second += 1) {
      // A synchronous host keeps the unit busy for ever: each time-out ends it, and it is due again at once.
      const requests = second === 1 ? [asked({ cause: '1/2' })] : []
      if (second % 800 === 0) bench.state = { ...bench.state, running: bench.state.running.map(prolong) }
      if (metric(bench.step(second, { requests }), 'Throttles').length > 0) {
        if (!firstThrottle) waits.push(second - last)
        firstThrottle = false
        last = second
      }
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    const { starts } = bench.step(last + 300, { completions: [returned(busy)] })
    expect(only(starts)).toMatchObject({ attempt: 1, cause: '1/2' })
  })

  it('[LAMBDA-6] drops a throttled event when it reaches its maximum age, not before', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 1 }, ctx),
    )
    bench.change((state, ctx) =>
      putEventInvokeConfig(state, { functionName: 'send-fine', maximumEventAgeInSeconds: 60 }, ctx),
    )
    bench.start(0)
    const ends: number[] = []
    for (let second = 1; second < 100; second += 1) {
      const out = bench.step(second, { requests: second === 1 ? [asked()] : [] })
      for (const end of out.ends) {
        ends.push(second)
        expect(end).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0, cause: '1/1' })
      }
    }
    expect(ends).toEqual([61])
  })

  it('[LAMBDA-5] leaves both retries to an event that was throttled first', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 1 }, ctx),
    )
    const busy = bench.start(0)
    bench.step(1, { requests: [asked()] })
    const start = only(bench.step(2, { completions: [returned(busy)] }).starts)
    bench.step(3, { completions: [threw(start)] })
    const second = only(bench.step(63).starts)
    bench.step(64, { completions: [threw(second)] })
    const third = only(bench.step(184).starts)
    expect(third.attempt).toBe(3)
  })

  it('[LAMBDA-7] never runs an event of a function whose reserved concurrency is 0', () => {
    const bench = new LambdaBench()
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 0 }, ctx),
    )
    const out = bench.step(0, { requests: [asked({ dispatchId: '5/5' })] })
    expect(out.handovers).toEqual([{ dispatchId: '5/5', outcome: 'ACCEPTED' }])
    expect(out.starts).toEqual([])
    expect(only(out.ends)).toMatchObject({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 })
    expect(metric(out, 'AsyncEventsDropped')).toEqual([1])
  })

  it('[LAMBDA-8] replaces the whole configuration by Put, changes what is given by Update, and forgets it by Delete', () => {
    const bench = new LambdaBench()
    const name = { functionName: 'send-fine' }
    bench.change((state, ctx) => putEventInvokeConfig(state, { ...name, maximumRetryAttempts: 1 }, ctx))
    bench.change((state, ctx) => updateEventInvokeConfig(state, { ...name, maximumEventAgeInSeconds: 90 }, ctx))
    expect(bench.state.functions[0]?.eventInvokeConfigs).toMatchObject([
      { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 90 },
    ])
    bench.change((state, ctx) => putEventInvokeConfig(state, { ...name, maximumEventAgeInSeconds: 120 }, ctx))
    expect(bench.state.functions[0]?.eventInvokeConfigs).toMatchObject([
      { maximumRetryAttempts: null, maximumEventAgeInSeconds: 120 },
    ])
    expect(toEventInvokeConfig(only(bench.state.functions))).toEqual({
      LastModified: START / 1000,
      FunctionArn: 'arn:aws:lambda:eu-west-3:111122223333:function:send-fine:$LATEST',
      MaximumEventAgeInSeconds: 120,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    })
    bench.change((state, ctx) => deleteEventInvokeConfig(state, name, ctx))
    expect(toEventInvokeConfig(only(bench.state.functions))).toBeNull()
  })
})

const prolong = <T extends { readonly deadline: number }>(execution: T): T => ({
  ...execution,
  deadline: execution.deadline + 900_000,
})
