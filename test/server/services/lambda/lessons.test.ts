import { describe, expect, it } from 'vitest'
import { randomBelow, streamOf } from '../../../../shared/random.ts'
import { serviceMs } from '../../../../shared/units.ts'
import { putFunctionConcurrency } from '../../../../server/services/lambda/concurrency.ts'
import { putEventInvokeConfig } from '../../../../server/services/lambda/event-invoke.ts'
import type { IdempotencyStore } from '../../../../server/services/lambda/idempotency.ts'
import { claimKey, completeKey } from '../../../../server/services/lambda/idempotency.ts'
import { LambdaBench, asked, only, returned, threw } from './bench.ts'

const SIGN = { functionName: 'set-sign' }

/** The loop of scenario S5: each run writes the sign, the record matches the rule, the rule calls the unit again. */
function loop(seconds: number, contain?: { readonly at: number; readonly reserved: number }): number {
  const bench = new LambdaBench([SIGN])
  let runs = 0
  let records = 1
  let hops = 0
  for (let second = 0; second < seconds; second += 0.6) {
    if (contain && Math.abs(second - contain.at) < 0.3) {
      bench.change(
        (state, ctx) => putFunctionConcurrency(state, { ...SIGN, reservedConcurrentExecutions: contain.reserved }, ctx),
        second,
      )
    }
    const requests = Array.from({ length: records }, () => asked({ ...SIGN, hops }))
    const completions = bench.state.running.map((execution) => returned(execution))
    const out = bench.step(second, { requests, completions })
    runs += out.starts.length
    records = out.attempts.length
    hops += records
  }
  return runs
}

describe('a loop through the command centre (S5)', () => {
  it('[LAMBDA-37] goes on as long as nobody stops it: Lambda does not see it', () => {
    expect(loop(120)).toBeGreaterThan(60)
  })

  it('[LAMBDA-7] reserved concurrency 0 contains it at once', () => {
    expect(loop(120, { at: 12, reserved: 0 })).toBeLessThanOrEqual(12 / 0.6 + 1)
  })

  it('[LAMBDA-19] more units do not', () => {
    expect(loop(120, { at: 12, reserved: 100 })).toBeGreaterThan(60)
  })

  it('[LAMBDA-7] what came while it was contained is told to the failure destination and does not run later', () => {
    const box = 'arn:aws:sqs:eu-west-3:111122223333:contained'
    const bench = new LambdaBench([SIGN])
    bench.change((state, ctx) => putEventInvokeConfig(state, { ...SIGN, onFailure: box }, ctx))
    const reserve = (n: number) => {
      bench.change((state, ctx) => putFunctionConcurrency(state, { ...SIGN, reservedConcurrentExecutions: n }, ctx))
    }
    reserve(0)
    const contained = bench.step(1, { requests: [asked(SIGN), asked(SIGN)] })
    expect(contained.messages.map((message) => message.record['requestPayload'])).toEqual([
      { plate: 'FR-042' },
      { plate: 'FR-042' },
    ])
    reserve(5)
    expect(bench.step(2).starts).toEqual([])
    expect(bench.start(3, SIGN)).toMatchObject({ attempt: 1 })
  })
})

/** A storm of scenario S11: each offence is delivered one to three times, late and in any order. */
function storm(seed: number): readonly { readonly offence: string; readonly eventId: string }[] {
  const stream = streamOf('storm')
  let n = 0
  const below = (limit: number) => randomBelow(seed, stream, (n += 1), limit)
  const deliveries = Array.from({ length: 12 }, (_, i) => `FR-${i % 5} minute ${i}`).flatMap((offence) =>
    Array.from({ length: 1 + below(3) }, (_, copy) => {
      // Now and then the alarm itself was told twice: another event of the same offence.
      const eventId = `${offence} event ${copy > 0 && below(4) === 0 ? copy : 0}`
      return { offence, eventId, at: below(1000) }
    }),
  )
  return deliveries.toSorted((a, b) => a.at - b.at)
}

/** How often each offence was fined, under a key. */
function fine(seed: number, keyOf: (delivery: { offence: string; eventId: string }, n: number) => string) {
  let store: IdempotencyStore = []
  const fines = new Map<string, number>()
  for (const [n, delivery] of storm(seed).entries()) {
    const key = keyOf(delivery, n)
    const claim = claimKey(store, { key, now: serviceMs(n), keepMs: 1e9 })
    if (claim.kind !== 'first') continue
    store = completeKey(claim.store, key, null)
    fines.set(delivery.offence, (fines.get(delivery.offence) ?? 0) + 1)
  }
  return [...fines.values()]
}

describe('duplicates and disorder (S11)', () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => seed)
  const doubles = (counts: readonly number[]) => counts.filter((count) => count > 1).length

  it('[LAMBDA-38] a business key gives no double and no lost fine on 100 seeds', () => {
    for (const seed of seeds) {
      const counts = fine(seed, ({ offence }) => offence)
      expect([counts.length, doubles(counts)]).toEqual([12, 0])
    }
  })

  it('[LAMBDA-38] an event id fails where an offence was told as another event', () => {
    const total = seeds.reduce((sum, seed) => sum + doubles(fine(seed, ({ eventId }) => eventId)), 0)
    expect(total).toBeGreaterThan(0)
  })

  it('[LAMBDA-38] a key made anew for each run doubles fines', () => {
    for (const seed of seeds) expect(doubles(fine(seed, (_, n) => `run ${n}`))).toBeGreaterThan(0)
  })

  it('[LAMBDA-12] without a key, "mail sent, then crash" fines twice', () => {
    const bench = new LambdaBench()
    const sent = { calls: [{ name: 'sendFine', plate: 'FR-042', amount: 90, reason: 'speed' }] } as const
    const first = bench.step(1, { completions: [threw(bench.start(0), sent)] })
    const second = bench.step(62, { completions: [returned(only(bench.step(61).starts), sent)] })
    expect([...first.attempts, ...second.attempts].flatMap((attempt) => attempt.calls)).toHaveLength(2)
    expect(only(second.ends).condition).toBe('Success')
  })
})
