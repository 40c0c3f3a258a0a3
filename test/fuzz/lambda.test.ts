import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { InvocationCompletion, InvocationRequest, InvocationStart } from '../../shared/aws/invocation.ts'
import { deleteFunctionConcurrency, putFunctionConcurrency } from '../../server/services/lambda/concurrency.ts'
import { putEventInvokeConfig } from '../../server/services/lambda/event-invoke.ts'
import { QUEUE_LIMIT } from '../../server/services/lambda/queue.ts'
import type { LambdaOutput } from '../../server/services/lambda/state.ts'
import { LambdaBench, START, asked, crashed, returned, threw } from '../server/services/lambda/bench.ts'

/** What may happen in a tick. */
type Act =
  | { readonly do: 'ask'; readonly count: number; readonly functionName: string }
  | { readonly do: 'answer'; readonly how: 'returned' | 'threw' | 'crashed'; readonly share: number }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'reserve'; readonly functionName: string; readonly n: number | null }
  | { readonly do: 'patience'; readonly age: number; readonly retries: number }

const names = ['send-fine', 'tow', 'paint']
const functionName = fc.constantFrom(...names)

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('ask' as const), count: fc.integer({ min: 1, max: 8 }), functionName }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      how: fc.constantFrom('returned', 'threw', 'crashed'),
      share: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(0.6, 1, 5, 61, 121, 400, 25_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reserve' as const), functionName, n: fc.option(fc.nat(7)) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('patience' as const),
      age: fc.integer({ min: 60, max: 400 }),
      retries: fc.nat(2),
    }),
  },
)

const acts = fc.array(act, { maxLength: 80 })

const ACCOUNT = 10
const LEAST = 2

interface Tick {
  readonly out: LambdaOutput
  readonly bench: LambdaBench
  readonly second: number
  readonly requests: readonly InvocationRequest[]
}

const END = { returned, threw, crashed }

/** Drives one room of 10 units through the acts, and shows every tick. */
function play(list: readonly Act[], look: (tick: Tick) => void): void {
  const bench = new LambdaBench(
    names.map((name) => ({ functionName: name, timeout: 10 })),
    { accountConcurrency: ACCOUNT, unreservedMinimum: LEAST },
  )
  let second = 0
  let running: InvocationStart[] = []
  for (const [n, next] of list.entries()) {
    second += next.do === 'wait' ? next.seconds : 0.6
    const requests =
      next.do === 'ask'
        ? Array.from({ length: next.count }, (_, i) =>
            asked({ functionName: next.functionName, cause: `0/${n * 10 + i + 1}` }),
          )
        : []
    let completions: InvocationCompletion[] = []
    if (next.do === 'answer') {
      completions = running.filter((_, i) => i % next.share === 0).map((start) => END[next.how](start))
    } else control(bench, next, second)
    const out = bench.step(second, { requests, completions })
    const alive = new Set(bench.state.running.map((execution) => execution.startId))
    running = [...running, ...out.starts].filter((start) => alive.has(start.id))
    look({ out, bench, second, requests })
  }
}

function control(bench: LambdaBench, next: Act, second: number): void {
  if (next.do === 'patience') {
    const { age: maximumEventAgeInSeconds, retries: maximumRetryAttempts } = next
    bench.change(
      (state, ctx) =>
        putEventInvokeConfig(state, { functionName: 'send-fine', maximumEventAgeInSeconds, maximumRetryAttempts }, ctx),
      second,
    )
  }
  if (next.do !== 'reserve') return
  const { functionName: name, n } = next
  bench.change((state, ctx) => {
    if (n === null) return deleteFunctionConcurrency(state, { functionName: name }, ctx)
    const put = putFunctionConcurrency(state, { functionName: name, reservedConcurrentExecutions: n }, ctx)
    return put.ok ? put : { ok: true, value: state }
  }, second)
}

it('[LAMBDA-40] queue + running + ended = requested, in every tick', () => {
  fc.assert(
    fc.property(acts, (list) => {
      let requested = 0
      let ended = 0
      play(list, ({ out, bench: { state }, requests }) => {
        requested += requests.length
        ended += out.ends.length
        expect(state.queue.length + state.running.length + ended).toBe(requested)
      })
    }),
    { numRuns: 150 },
  )
})

it('[LAMBDA-40] starts nothing beyond the account, a reservation or the pool of the others', () => {
  fc.assert(
    fc.property(acts, (list) => {
      play(list, ({ out, bench: { state } }) => {
        const count = (name: string) => state.running.filter((execution) => execution.functionName === name).length
        const reservedOf = (name: string) => state.functions.find((fn) => fn.name === name)?.reservedConcurrency ?? null
        const begun = [...new Set(out.starts.map((start) => start.functionName))]
        const reserved = begun.filter((name) => reservedOf(name) !== null)
        expect(reserved.filter((name) => count(name) > (reservedOf(name) ?? 0))).toEqual([])
        const sharing = names.filter((name) => reservedOf(name) === null)
        const pool = ACCOUNT - names.reduce((sum, name) => sum + (reservedOf(name) ?? 0), 0)
        const used = sharing.reduce((sum, name) => sum + count(name), 0)
        expect(begun.some((name) => sharing.includes(name)) ? used : 0).toBeLessThanOrEqual(Math.max(0, pool))
        expect(pool).toBeGreaterThanOrEqual(LEAST)
      })
    }),
    { numRuns: 150 },
  )
})

it('[LAMBDA-40] leaves nothing waiting that is due while there is room', () => {
  fc.assert(
    fc.property(acts, (list) => {
      play(list, ({ bench: { state }, second }) => {
        expect(state.queue.filter((event) => event.dueAt - START <= second * 1000 - 1)).toEqual([])
        expect(state.queue.map((event) => event.dueAt)).toEqual(
          state.queue.map((event) => event.dueAt).toSorted((a, b) => a - b),
        )
      })
    }),
    { numRuns: 100 },
  )
})

it('[LAMBDA-3] never runs an event more often than three times, nor sooner than 60 s and 120 s after a failure', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const startedAt = new Map<string, number>()
      const endedAt = new Map<string, number>()
      play(list, ({ out, second }) => {
        for (const { cause, requestId, durationMs } of out.attempts) {
          endedAt.set(requestId, (startedAt.get(cause ?? '') ?? NaN) + durationMs / 1000)
        }
        for (const { id, requestId, attempt } of out.starts) {
          startedAt.set(id, second)
          const wait = [0, 60, 120][attempt - 1] ?? NaN
          expect(second - (endedAt.get(requestId) ?? 0)).toBeGreaterThanOrEqual(wait - 0.001)
        }
      })
    }),
    { numRuns: 150 },
  )
})

it('[LAMBDA-39] keeps plain data, gives ids once, and names a known cause', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const known = new Set<string>()
      play(list, ({ out, bench, requests }) => {
        expect(JSON.parse(JSON.stringify(bench.state))).toEqual(bench.state)
        const caused = [...out.starts, ...out.attempts, ...out.ends, ...out.deadLetters]
        for (const cause of [...requests.map((request) => request.cause), ...caused.map(({ id }) => id)])
          known.add(cause)
        const causes = [...caused, ...out.datapoints, ...out.logs].flatMap(({ cause }) => cause ?? [])
        expect(causes.filter((cause) => !known.has(cause))).toEqual([])
        expect(new Set(caused.map(({ id }) => id)).size).toBe(caused.length)
      })
    }),
    { numRuns: 100 },
  )
})

it('[LAMBDA-39] answers with the same state when nothing happens', () => {
  const bench = new LambdaBench()
  bench.start(0)
  const before = bench.state
  const out = bench.step(1)
  expect(bench.state).toBe(before)
  expect(Object.values(out).flat()).toEqual([])
})

it('[LAMBDA-41] keeps at most so many events waiting, and throttles whoever hands over more', () => {
  const bench = new LambdaBench([{ timeout: 900 }], { accountConcurrency: 1, unreservedMinimum: 1 })
  const asking = Array.from({ length: QUEUE_LIMIT + 2 }, (_, n) => asked({ dispatchId: `5/${n}` }))
  const { handovers } = bench.step(0, { requests: asking })
  expect(handovers.filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(QUEUE_LIMIT)
  expect(handovers.slice(-2).map(({ outcome }) => outcome)).toEqual(['THROTTLING', 'THROTTLING'])
  expect(bench.state.queue).toHaveLength(QUEUE_LIMIT - 1)
})
