import fc from 'fast-check'
import { expect, it } from 'vitest'
import { putFunctionConcurrency } from '../../server/services/lambda/concurrency.ts'
import { putEventInvokeConfig } from '../../server/services/lambda/event-invoke.ts'
import { LambdaBench, asked, returned, threw } from '../server/services/lambda/bench.ts'

/** What a lone event meets on its way. All times are whole seconds. */
interface Way {
  readonly retries: number
  readonly maximumAge: number
  /** For each attempt: how long it takes, and whether it succeeds. */
  readonly attempts: readonly { readonly seconds: number; readonly succeeds: boolean }[]
  /** Another job holds the only unit until then. */
  readonly busyUntil: number
}

type Step = readonly [second: number, what: 'start' | 'throttle' | 'Success' | 'RetriesExhausted' | 'EventAgeExceeded']

/** The way as AWS describes it, written down one sentence after the other. */
function expected({ retries, maximumAge, attempts, busyUntil }: Way): readonly Step[] {
  const steps: Step[] = []
  let now = 0
  let wait = 1
  while (now < busyUntil) {
    steps.push([now, 'throttle'])
    if (now >= maximumAge) return [...steps, [now, 'EventAgeExceeded']]
    now = Math.min(now + wait, maximumAge)
    wait = Math.min(wait * 2, 300)
  }
  for (const [n, { seconds, succeeds }] of attempts.entries()) {
    steps.push([now, 'start'])
    now += seconds
    if (succeeds) return [...steps, [now, 'Success']]
    if (n === retries) return [...steps, [now, 'RetriesExhausted']]
    const pause = n === 0 ? 60 : 120
    if (now + pause > maximumAge) return [...steps, [now, 'EventAgeExceeded']]
    now += pause
  }
  return steps
}

/** The same way through the engine, a tick per second. */
function walked({ retries, maximumAge, attempts, busyUntil }: Way): readonly Step[] {
  const bench = new LambdaBench([{ timeout: 900 }])
  const fn = { functionName: 'send-fine' }
  bench.change((state, ctx) => putFunctionConcurrency(state, { ...fn, reservedConcurrentExecutions: 1 }, ctx))
  bench.change((state, ctx) =>
    putEventInvokeConfig(state, { ...fn, maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAge }, ctx),
  )
  const holder = bench.start(0)
  bench.step(0, { completions: [returned(holder, { durationMs: busyUntil * 1000 })] })
  const steps: Step[] = []
  let completions: ReturnType<typeof threw>[] = []
  for (let second = 0; second < 2000; second += 1) {
    const out = bench.step(second, { requests: second === 0 ? [asked({ cause: '9/9' })] : [], completions })
    completions = out.starts.map((start) => {
      const { seconds = 1, succeeds = false } = attempts[start.attempt - 1] ?? {}
      return { ...(succeeds ? returned(start) : threw(start)), durationMs: seconds * 1000 }
    })
    const mine = out.ends.filter((end) => end.requestId !== holder.requestId)
    const throttled = out.datapoints.filter((datapoint) => datapoint.metricName === 'Throttles')
    for (const end of mine) if (end.condition !== 'EventAgeExceeded') steps.push([second, end.condition as 'Success'])
    for (const _ of throttled) steps.push([second, 'throttle'])
    for (const end of mine) if (end.condition === 'EventAgeExceeded') steps.push([second, 'EventAgeExceeded'])
    for (const _ of out.starts) steps.push([second, 'start'])
    if (mine.length > 0) break
  }
  return steps
}

const way: fc.Arbitrary<Way> = fc.record({
  retries: fc.nat(2),
  maximumAge: fc.integer({ min: 60, max: 400 }),
  attempts: fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 200 }), succeeds: fc.boolean() }), {
    minLength: 3,
    maxLength: 3,
  }),
  // A unit that is busy for a while cannot be free in the very second in which it is asked.
  busyUntil: fc.integer({ min: 1, max: 500 }),
})

it('[LAMBDA-3] every event goes the way that AWS describes: attempts, waits, throttles and its end', () => {
  fc.assert(
    fc.property(way, (given) => {
      expect(walked(given)).toEqual(expected(given))
    }),
    { numRuns: 60 },
  )
})
