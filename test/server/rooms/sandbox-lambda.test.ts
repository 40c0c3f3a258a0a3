import { afterAll, expect, it } from 'vitest'
import type { InvocationCompletion, InvocationStart } from '../../../shared/aws/invocation.ts'
import { codeOf } from '../../../server/services/lambda/code.ts'
import { Sandbox } from '../../../server/rooms/sandbox.ts'
import { LambdaBench, asked, at, metric, only } from '../services/lambda/bench.ts'

const sandbox = new Sandbox()
afterAll(() => sandbox.close())

const UNITS = {
  fine: 'export const handler = (event) => { sendFine({ plate: event.plate, amount: 90 }); return "fined" }',
  loop: 'export const handler = () => { for (;;) {} }',
  bomb: 'export const handler = () => "x".repeat(2 ** 28).length',
  error: 'export const handler = () => { throw new RangeError("too fast") }',
  count: 'let runs = 0; export const handler = () => ++runs',
}

/** Lambda with a unit of each kind; its handlers run as in a room: outside the tick, their answers in the next one. */
const open = () =>
  new LambdaBench(Object.entries(UNITS).map(([functionName, code]) => ({ functionName, code, timeout: 3 })))

function run(bench: LambdaBench, starts: readonly InvocationStart[], seconds: number): Promise<InvocationCompletion[]> {
  return Promise.all(
    starts.map((start) => {
      const { code = '', environment = {} } = codeOf(bench.state, start) ?? {}
      return sandbox.run(start, { code, variables: environment, now: at(seconds).now })
    }),
  )
}

it('[ROOM-35] each unit ends as its code deserves, and none costs another its answer', async () => {
  const bench = open()
  const requests = Object.keys(UNITS).map((functionName) => asked({ functionName }))
  const { starts } = bench.step(0, { requests })
  const soon = bench.step(0.6, { completions: await run(bench, starts, 0) })
  const outcomes = soon.attempts.map((attempt) => `${attempt.functionName} ${attempt.outcome}`)
  expect(outcomes.toSorted()).toEqual(['bomb crashed', 'count returned', 'error threw', 'fine returned'])
  expect(soon.attempts.flatMap((attempt) => attempt.calls)).toEqual([
    { name: 'sendFine', plate: 'FR-042', amount: 90, reason: '' },
  ])
  expect(bench.step(2.95).attempts).toEqual([])
  const late = bench.step(3)
  expect(only(late.attempts)).toMatchObject({ functionName: 'loop', outcome: 'timed-out', durationMs: 3000 })
  expect(metric(late, 'Errors')).toEqual([1])
})

it('[ROOM-33] a warm environment keeps its variables from one invocation to the next', async () => {
  const bench = open()
  const results: unknown[] = []
  for (const second of [0, 2, 4]) {
    const { starts } = bench.step(second, { requests: [asked({ functionName: 'count' })] })
    const { ends } = bench.step(second + 1, { completions: await run(bench, starts, second) })
    results.push(only(ends).responsePayload)
  }
  expect(results).toEqual([1, 2, 3])
})

it('[ROOM-39] the same answers in the same ticks give the same city: a replay needs no sandbox', async () => {
  const first = open()
  const { starts } = first.step(0, { requests: [asked({ functionName: 'fine' }), asked({ functionName: 'error' })] })
  const journal = await run(first, starts, 0)
  first.step(0.6, { completions: journal })
  const replay = open()
  replay.step(0, { requests: [asked({ functionName: 'fine' }), asked({ functionName: 'error' })] })
  replay.step(0.6, { completions: JSON.parse(JSON.stringify(journal)) as InvocationCompletion[] })
  expect(replay.state).toEqual(first.state)
})
