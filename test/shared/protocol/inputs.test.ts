import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeInputs, encodeInputs, MOST_INPUTS, quantiseInput } from '../../../shared/protocol/input-frame.ts'
import { InputQueue } from '../../../shared/protocol/input-queue.ts'

const share = fc.double({ min: -1, max: 1, noNaN: true })
const hands = fc.record({ throttle: share, steering: share, handbrake: fc.boolean() })
const frame = fc.record({
  seenTick: fc.nat(0xffffffff),
  first: fc.nat(0xfffffff),
  inputs: fc.array(hands, { maxLength: MOST_INPUTS }),
})
const go = (seq: number) => ({ seq, input: { throttle: 1, steering: 0, handbrake: false } })
const rest = { throttle: 0, steering: 0, handbrake: false }

describe('input frames', () => {
  it('[WIRE-6] carry inputs as both ends drive them', () => {
    fc.assert(
      fc.property(frame, ({ seenTick, first, inputs }) => {
        const sent = inputs.map((input, i) => ({ seq: first + i, input: quantiseInput(input) }))
        expect(decodeInputs(encodeInputs({ seenTick, inputs: sent }))).toEqual({
          ok: true,
          value: { seenTick, inputs: sent },
        })
        for (const [i, { input }] of sent.entries()) {
          expect(quantiseInput(input)).toEqual(input)
          expect(Math.abs(input.throttle - (inputs[i]?.throttle ?? 9))).toBeLessThanOrEqual(0.5 / 127 + 1e-9)
        }
      }),
    )
  })

  it('[WIRE-6] [WIRE-5] refuse anything else and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = decodeInputs(bytes)
        if (!read.ok) return
        expect(read.value.inputs.length).toBeLessThanOrEqual(MOST_INPUTS)
        for (const { input } of read.value.inputs) {
          expect(Math.abs(input.throttle)).toBeLessThanOrEqual(1)
          expect(Math.abs(input.steering)).toBeLessThanOrEqual(1)
        }
        expect(encodeInputs(read.value)).toHaveLength(bytes.length)
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([
    ['one byte short', (good: Uint8Array) => good.slice(0, -1), 'inputs: of the wrong length'],
    ['one byte long', (good: Uint8Array) => new Uint8Array([...good, 0]), 'inputs: of the wrong length'],
    ['throttle −128', (good: Uint8Array) => good.with(9, 0x80), 'throttle: below -1'],
    ['steering −128', (good: Uint8Array) => good.with(10, 0x80), 'steering: below -1'],
    ['an unknown button', (good: Uint8Array) => good.with(11, 2), 'buttons: unknown'],
    ['nine inputs', (good: Uint8Array) => good.with(8, 9), 'inputs: above 8'],
  ])('[WIRE-6] refuse %s', (_what, spoil, error) => {
    expect(decodeInputs(spoil(encodeInputs({ seenTick: 5, inputs: [go(1)] })))).toEqual({ ok: false, error })
  })
})

describe('the queue of inputs', () => {
  it('[WIRE-7] takes one a tick, in order, and each once, whatever is offered', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(60), { maxLength: 12 }), { maxLength: 60 }), (ticks) => {
        const queue = new InputQueue()
        const taken: number[] = []
        for (const offered of ticks) {
          for (const seq of offered) queue.offer(go(seq))
          const next = queue.take()
          if (next !== null && next.input.throttle === 1) taken.push(next.seq)
          expect(queue.ackSeq).toBe(taken.at(-1) ?? 0)
        }
        expect(taken.length).toBeLessThanOrEqual(ticks.length)
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b))
      }),
    )
  })

  it('[WIRE-7] drives a flood no faster than anybody, and not in the past', () => {
    const queue = new InputQueue()
    const taken: number[] = []
    for (let tick = 1; tick <= 100; tick += 1) {
      for (let i = 0; i < 10; i += 1) queue.offer(go(tick * 10 + i))
      taken.push(queue.take()?.seq ?? -1)
    }
    expect(taken).toHaveLength(100)
    expect(taken.every((seq, i) => seq >= (i + 1) * 10 + 2)).toBe(true)
  })

  it('[WIRE-7] says of an old and of a repeated input that it is not news', () => {
    const queue = new InputQueue()
    expect([queue.offer(go(5)), queue.offer(go(5)), queue.offer(go(4)), queue.offer(go(6))]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('[WIRE-7] tells how many inputs waited at least, and for how many ticks none came', () => {
    const queue = new InputQueue()
    for (let seq = 1; seq <= 4; seq += 1) queue.offer(go(seq))
    const leads: number[] = []
    for (let tick = 0; tick < 6; tick += 1) {
      queue.take()
      leads.push(queue.lead)
    }
    expect(leads).toEqual([3, 2, 1, 0, -1, -2])
  })

  it('[WIRE-8] leaves the hands as they were for a second, then lets go', () => {
    const queue = new InputQueue()
    for (let tick = 0; tick < 50; tick += 1) expect(queue.take()).toBeNull()
    queue.offer(go(1))
    expect(queue.take()).toEqual(go(1))
    const silent = Array.from({ length: 30 }, () => queue.take())
    expect(silent.flatMap((taken, tick) => (taken === null ? [] : [[tick + 1, taken]]))).toEqual([
      [20, { seq: 1, input: rest }],
    ])
  })
})
