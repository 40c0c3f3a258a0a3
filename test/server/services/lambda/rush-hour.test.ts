import { describe, expect, it } from 'vitest'
import { deleteFunctionConcurrency, putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import { putEventInvokeConfig } from '../../../../server/services/lambda/event-invoke.ts'
import type { LambdaOutput } from '../../../../server/services/lambda/state.ts'
import { LambdaBench, asked, metric, returned } from './bench.ts'

/** The rush hour of scenario S7, at 12 service seconds to one of play, in ticks of 50 ms of play. */
const SCALE = 12
const TICK_S = 0.6
const JOB_MS = 10 * SCALE * 1000
const BOX = 'arn:aws:sqs:eu-west-3:111122223333:too-late'

const FINE = { functionName: 'send-fine' }
const AMBULANCE = { functionName: 'ambulance' }

interface Day {
  readonly reserved: number
  /** How long a fine's job takes, in seconds of play. */
  readonly jobPlaySeconds?: number
  readonly maximumAgeSeconds?: number
  /** Calls for fines, evenly over the first 20 s of play. */
  readonly fines: number
  /** Calls for ambulances, all at 25 s of play. */
  readonly ambulances?: number
  readonly playSeconds: number
}

interface Count {
  readonly throttles: number
  readonly errors: number
  readonly served: number
  readonly boxed: number
  readonly deadLetters: number
  readonly waiting: number
  /** Longest wait of an ambulance, in seconds of play. */
  readonly ambulanceWait: number
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Plays a day in a room of 20 units of which 5 stay unreserved. */
function play(day: Day): Count {
  const { jobPlaySeconds = 10, maximumAgeSeconds = 21_600, ambulances = 0 } = day
  const bench = new LambdaBench([{ timeout: 900 }, { ...AMBULANCE, timeout: 900 }], {
    accountConcurrency: 20,
    unreservedMinimum: 5,
  })
  bench.change((state, ctx) =>
    putFunctionConcurrency(state, { ...FINE, reservedConcurrentExecutions: day.reserved }, ctx),
  )
  bench.change((state, ctx) =>
    putEventInvokeConfig(state, { ...FINE, maximumEventAgeInSeconds: maximumAgeSeconds, onFailure: BOX }, ctx),
  )
  const outs: LambdaOutput[] = []
  let running: LambdaOutput['starts'] = []
  const waits: number[] = []
  for (let tick = 0; tick * TICK_S < day.playSeconds * SCALE; tick += 1) {
    const second = tick * TICK_S
    const every = Math.floor((20 * SCALE) / TICK_S / day.fines)
    const fines = tick % every === 0 && tick / every < day.fines ? [asked(FINE)] : []
    const isCrash = Math.abs(second - 25 * SCALE) < TICK_S / 2
    const crash = isCrash ? Array.from({ length: ambulances }, () => asked(AMBULANCE)) : []
    const completions = running.map((start) =>
      returned(start, { durationMs: start.functionName === 'send-fine' ? jobPlaySeconds * SCALE * 1000 : JOB_MS }),
    )
    const out = bench.step(second, { requests: [...fines, ...crash], completions })
    running = out.starts
    for (const start of out.starts) if (start.functionName === 'ambulance') waits.push(second / SCALE - 25)
    outs.push(out)
  }
  return {
    throttles: sum(outs.flatMap((out) => metric(out, 'Throttles'))),
    errors: sum(outs.flatMap((out) => metric(out, 'Errors'))),
    served: outs.flatMap((out) => out.ends).filter((end) => end.condition === 'Success').length,
    boxed: outs.flatMap((out) => out.messages).length,
    deadLetters: outs.flatMap((out) => out.deadLetters).length,
    waiting: bench.state.queue.length,
    ambulanceWait: Math.max(0, ...waits),
  }
}

describe('rush hour (S7)', () => {
  it('[LAMBDA-28] four units: the Throttles graph climbs, the Errors graph stays at 0', () => {
    const day = play({ reserved: 4, fines: 30, playSeconds: 30 })
    expect(day.throttles).toBeGreaterThan(30)
    expect(day.errors).toBe(0)
  })

  it('[LAMBDA-5] nobody is lost while they wait: in the end all are served, late', () => {
    const day = play({ reserved: 4, fines: 30, playSeconds: 200 })
    expect(day).toMatchObject({ served: 30, boxed: 0, waiting: 0, deadLetters: 0 })
  })

  it('[LAMBDA-6] events older than the limit land in the on-failure box: served or accounted for', () => {
    const day = play({ reserved: 4, fines: 30, maximumAgeSeconds: 120, playSeconds: 60 })
    expect(day.boxed).toBeGreaterThan(0)
    expect(day.served + day.boxed).toBe(30)
  })

  it('[LAMBDA-19] fifteen reserved for fines leave five for eight ambulances', () => {
    const greedy = play({ reserved: 15, fines: 30, ambulances: 8, playSeconds: 80 })
    expect(greedy.ambulanceWait).toBeGreaterThan(10)
    const modest = play({ reserved: 4, fines: 30, ambulances: 8, playSeconds: 80 })
    expect(modest.ambulanceWait).toBeLessThan(1)
  })

  it('[LAMBDA-21] without any reservation the fines starve the ambulances as well', () => {
    const bench = new LambdaBench([{ timeout: 900 }, { ...AMBULANCE, timeout: 900 }], {
      accountConcurrency: 20,
      unreservedMinimum: 5,
    })
    bench.change((state, ctx) => putFunctionConcurrency(state, { ...FINE, reservedConcurrentExecutions: 4 }, ctx))
    bench.change((state, ctx) => deleteFunctionConcurrency(state, FINE, ctx))
    bench.step(0, { requests: Array.from({ length: 20 }, () => asked(FINE)) })
    const out = bench.step(1, { requests: [asked(AMBULANCE)] })
    expect([out.starts.length, metric(out, 'Throttles')]).toEqual([0, [1]])
  })

  it('[LAMBDA-40] a shorter job does more than more units: 45 calls of 2 s are served by four', () => {
    const short = play({ reserved: 4, fines: 45, jobPlaySeconds: 1.5, maximumAgeSeconds: 240, playSeconds: 60 })
    expect(short.served / 45).toBeGreaterThanOrEqual(0.9)
    const long = play({ reserved: 8, fines: 45, jobPlaySeconds: 10, maximumAgeSeconds: 240, playSeconds: 60 })
    expect(long.served).toBeLessThan(short.served)
  })
})
