import { describe, expect, it } from 'vitest'
import { putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import { updateFunction } from '../../../../server/services/lambda/control.ts'
import { START, LambdaBench, asked, crashed, metric, only, returned, threw } from './bench.ts'

describe('time-outs', () => {
  it.each([
    [2.9, 'returned'],
    [3, 'returned'],
    [3.1, 'timed-out'],
  ])('[LAMBDA-9] an answer %f s after the start of a 3 s function counts as %s', (seconds, outcome) => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    const { attempts } = bench.step(seconds, { completions: [returned(start)] })
    expect(only(attempts)).toMatchObject({ outcome, cause: start.id, durationMs: Math.min(seconds, 3) * 1000 })
  })

  it('[LAMBDA-9] ends a handler that never answers hard at its time-out, and retries it', () => {
    const bench = new LambdaBench([{ timeout: 10 }])
    const start = bench.start(0)
    expect(bench.step(9.95).attempts).toEqual([])
    const out = bench.step(10)
    expect(only(out.attempts)).toMatchObject({ outcome: 'timed-out', durationMs: 10_000 })
    expect(metric(out, 'Errors')).toEqual([1])
    const late = bench.step(10.05, { completions: [returned(start)] })
    expect([late.attempts, late.ends]).toEqual([[], []])
    expect(only(bench.step(70).starts).attempt).toBe(2)
  })

  it('[LAMBDA-9] counts the waits from the time-out itself, however coarse the ticks are', () => {
    const bench = new LambdaBench()
    bench.start(0)
    bench.step(30)
    expect(bench.step(62.9).starts).toEqual([])
    expect(bench.step(63).starts).toHaveLength(1)
  })

  it('[LAMBDA-9] leaves Init out of the time-out', () => {
    const bench = new LambdaBench([{ initMs: 500 }])
    const start = bench.start(0)
    expect(bench.step(3.4).attempts).toEqual([])
    expect(only(bench.step(3.5, { completions: [returned(start)] }).attempts)).toMatchObject({
      outcome: 'returned',
      durationMs: 3000,
    })
  })
})

describe('answers', () => {
  it('[LAMBDA-10] keeps an answer that names its duration until that time is over', () => {
    const bench = new LambdaBench([{ timeout: 120 }])
    const start = bench.start(0)
    expect(bench.step(0.6, { completions: [returned(start, { durationMs: 90_000 })] }).attempts).toEqual([])
    expect(bench.state.running).toHaveLength(1)
    expect(bench.step(89.9).attempts).toEqual([])
    expect(only(bench.step(90).attempts)).toMatchObject({ outcome: 'returned', durationMs: 90_000 })
  })

  it('[LAMBDA-10] times a run out whose duration is beyond the limit, and lets what it asked before stand', () => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    const call = { name: 'sendFine', plate: 'FR-042', amount: 90, reason: 'speed' } as const
    bench.step(0.6, { completions: [returned(start, { durationMs: 3001, calls: [call] })] })
    expect(only(bench.step(3).attempts)).toMatchObject({ outcome: 'timed-out', durationMs: 3000, calls: [call] })
  })

  it.each([
    [Infinity, 'timed-out', 3000],
    [-5, 'returned', 0],
    [NaN, 'returned', 0],
    [3000, 'returned', 3000],
    [3000.5, 'timed-out', 3000],
  ])('[LAMBDA-10] takes a duration of %f as %s after %i ms', (given, outcome, durationMs) => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    bench.step(0.05, { completions: [returned(start, { durationMs: given })] })
    expect(JSON.parse(JSON.stringify(bench.state))).toEqual(bench.state)
    const again = new LambdaBench()
    const begun = again.start(0)
    const out = again.step(3, { completions: [returned(begun, { durationMs: given })] })
    expect(only(out.attempts)).toMatchObject({ outcome, durationMs })
  })

  it('[LAMBDA-11] ignores answers for nothing that runs, and all but the first', () => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    const out = bench.step(1, {
      completions: [
        returned({ ...start, attempt: 2 }),
        returned({ ...start, requestId: 'nobody' }),
        threw(start),
        returned(start),
      ],
    })
    expect(only(out.attempts).outcome).toBe('threw')
    expect(bench.step(1.5, { completions: [returned(start)] }).attempts).toEqual([])
  })

  it('[LAMBDA-12] lets the calls of a run that failed afterwards stand, so that a retry makes them twice', () => {
    const bench = new LambdaBench()
    const call = { name: 'sendFine', plate: 'FR-042', amount: 90, reason: 'speed' } as const
    const start = bench.start(0, { hops: 2 })
    const first = only(bench.step(1, { completions: [threw(start, { calls: [call] })] }).attempts)
    expect(first).toMatchObject({ outcome: 'threw', calls: [call], role: 'send-fine-role', hops: 2 })
    const again = only(bench.step(61).starts)
    const second = only(bench.step(62, { completions: [returned(again, { calls: [call] })] }).attempts)
    expect(second.calls).toEqual([call])
  })
})

describe('environments', () => {
  it('[LAMBDA-24] makes one cold start for each of several overlapping first calls', () => {
    const bench = new LambdaBench()
    const { starts } = bench.step(0, { requests: [asked(), asked(), asked()] })
    expect(starts.map((start) => start.coldStart)).toEqual([true, true, true])
    expect(new Set(starts.map((start) => start.environmentId)).size).toBe(3)
  })

  it('[LAMBDA-25] reuses an idle environment with its module state, one call at a time', () => {
    const bench = new LambdaBench()
    const cold = bench.start(0)
    bench.step(1, { completions: [returned(cold)] })
    const warm = bench.start(2)
    expect(warm).toMatchObject({ coldStart: false, freshModule: false, environmentId: cold.environmentId })
    expect(bench.start(2.5)).toMatchObject({ coldStart: true })
  })

  it.each([
    [299.9, false],
    [300, true],
  ])('[LAMBDA-25] after %f idle seconds the next start is cold: %s', (idle, coldStart) => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    bench.step(1, { completions: [returned(start)] })
    expect(bench.start(1 + idle).coldStart).toBe(coldStart)
  })

  it('[LAMBDA-26] keeps the environment after a time-out or a crash, but begins its module anew', () => {
    for (const kind of ['time-out', 'crash'] as const) {
      const bench = new LambdaBench()
      const start = bench.start(0)
      if (kind === 'crash') bench.step(1, { completions: [crashed(start)] })
      else bench.step(3)
      const next = bench.start(5)
      expect(next).toMatchObject({ coldStart: false, freshModule: true, environmentId: start.environmentId })
    }
  })

  it('[LAMBDA-26] a thrown error leaves the module as it is', () => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    bench.step(1, { completions: [threw(start)] })
    expect(bench.start(5)).toMatchObject({ coldStart: false, freshModule: false })
  })

  it('[LAMBDA-35] new code starts cold, and what runs goes on with the old', () => {
    const bench = new LambdaBench()
    const idle = bench.start(0)
    const busy = bench.start(0.5)
    bench.step(1, { completions: [returned(idle)] })
    bench.change((state, ctx) => updateFunction(state, { functionName: 'send-fine', code: 'new' }, ctx), 1)
    expect(bench.start(1.5).coldStart).toBe(true)
    expect(only(bench.step(2, { completions: [returned(busy)] }).ends).condition).toBe('Success')
    expect(bench.state.environments).toHaveLength(1)
  })
})

describe('logs and metrics', () => {
  it('[LAMBDA-27] writes START, what the handler said, END and REPORT, with Init on a cold start only', () => {
    const bench = new LambdaBench([{ initMs: 250, memorySize: 256 }])
    const cold = bench.start(0)
    const id = cold.requestId
    const out = bench.step(1, {
      completions: [returned(cold, { durationMs: 12.345, maxMemoryMb: 61.2, logLines: ['fined FR-042'] })],
    })
    expect(out.logs.map((line) => line.message)).toEqual([
      `2026-03-14T09:26:53.262Z\t${id}\tINFO\tfined FR-042`,
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: 12.35 ms\tBilled Duration: 263 ms\tMemory Size: 256 MB\tMax Memory Used: 62 MB\tInit Duration: 250.00 ms`,
    ])
    const begun = bench.step(2, { requests: [asked()] })
    expect(begun.logs).toMatchObject([
      {
        logGroupName: '/aws/lambda/send-fine',
        message: `START RequestId: ${only(begun.starts).requestId} Version: $LATEST`,
        cause: only(begun.starts).id,
      },
    ])
    expect(begun.logs[0]?.logStreamName).toMatch(/^2026\/03\/14\/\[\$LATEST\][0-9a-f]{32}$/)
    const warm = bench.step(3, { completions: [returned(only(begun.starts))] })
    expect(warm.logs.at(-1)?.message).not.toContain('Init Duration')
  })

  it('[LAMBDA-27] writes down why a run failed', () => {
    const bench = new LambdaBench()
    const linesOf = (seconds: number, completion: ReturnType<typeof threw>[]) =>
      bench.step(seconds, { completions: completion }).logs.map((line) => line.message)
    const first = bench.start(0)
    expect(linesOf(1, [threw(first)])[0]).toContain('ERROR\tInvoke Error\t{"errorType":"Error"')
    const second = bench.start(2)
    expect(linesOf(5, [])[0]).toBe(`2026-03-14T09:26:58.000Z ${second.requestId} Task timed out after 3.00 seconds`)
    const third = bench.start(6)
    expect(linesOf(7, [crashed(third)])[0]).toContain('Runtime.ExitError')
  })

  it('[LAMBDA-28] counts an invocation when it starts and its error or none when it ends, at the time of its start', () => {
    const bench = new LambdaBench()
    const begun = bench.step(0, { requests: [asked()] })
    expect(metric(begun, 'AsyncEventsReceived')).toEqual([1])
    expect(metric(begun, 'Invocations')).toEqual([1])
    expect(metric(begun, 'AsyncEventAge')).toEqual([0])
    expect(metric(begun, 'ConcurrentExecutions')).toEqual([1])
    const ended = bench.step(2, { completions: [returned(only(begun.starts))] })
    expect(metric(ended, 'Errors')).toEqual([0])
    expect(metric(ended, 'Duration')).toEqual([2000])
    expect(metric(ended, 'ConcurrentExecutions')).toEqual([0])
    expect(ended.datapoints.find((datapoint) => datapoint.metricName === 'Duration')).toEqual({
      cause: only(begun.starts).id,
      namespace: 'AWS/Lambda',
      metricName: 'Duration',
      dimensions: { FunctionName: 'send-fine' },
      timestamp: START,
      value: 2000,
      unit: 'Milliseconds',
      storageResolution: 60,
    })
  })

  it('[LAMBDA-28] counts a throttled start under Throttles, never under Invocations or Errors', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 4 }, ctx),
    )
    const totals = { Invocations: 0, Throttles: 0, Errors: 0 }
    for (let second = 0; second < 40; second += 1) {
      const out = bench.step(second, { requests: second < 20 ? [asked()] : [] })
      for (const name of ['Invocations', 'Throttles', 'Errors'] as const) {
        totals[name] += metric(out, name).reduce((sum, value) => sum + value, 0)
      }
    }
    expect(totals).toMatchObject({ Invocations: 4, Errors: 0 })
    expect(totals.Throttles).toBeGreaterThan(16)
  })

  it('[LAMBDA-28] the age of an event grows while it waits', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    bench.change((state, ctx) =>
      putFunctionConcurrency(state, { functionName: 'send-fine', reservedConcurrentExecutions: 1 }, ctx),
    )
    bench.start(0)
    const ages = [1, 2, 4, 8].flatMap((second) =>
      metric(bench.step(second, { requests: second === 1 ? [asked()] : [] }), 'AsyncEventAge'),
    )
    expect(ages).toEqual([0, 1000, 3000, 7000])
  })
})
