import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HAND_STEP_MS, moveHands, REST, type Hands, type Wish } from '../../../client/input/steering.ts'

const FULL_RIGHT: Wish = { throttle: 1, steering: 1, handbrake: false }
const NOTHING: Wish = { throttle: 0, steering: 0, handbrake: false }

/** Plays a wish for a time on a screen with so many frames a second. */
function playFor(ms: number, framesPerSecond: number, wish: Wish, from: Hands = REST): Hands {
  const frames = Math.round((ms * framesPerSecond) / 1000)
  return Array.from({ length: frames }).reduce<Hands>((hands) => moveHands(hands, wish, 1000 / framesPerSecond), from)
}

describe('moveHands', () => {
  it('turns the wheel little by little, to the stop and no further', () => {
    const first = moveHands(REST, FULL_RIGHT, HAND_STEP_MS)
    expect(first.steering).toBeGreaterThan(0)
    expect(first.steering).toBeLessThan(0.1)
    expect(playFor(1000, 60, FULL_RIGHT).steering).toBe(1)
  })

  it('lets the wheel back faster than it turns it out', () => {
    const out = playFor(200, 60, FULL_RIGHT).steering
    const back = 1 - playFor(200, 60, NOTHING, { ...REST, steering: 1 }).steering
    expect(back).toBeGreaterThan(out)
  })

  it('does the same on screens of 30, 60 and 144 frames a second, to within one step', () => {
    const ends = [30, 60, 144].map((rate) => playFor(250, rate, FULL_RIGHT).steering)
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThanOrEqual((3.6 * HAND_STEP_MS) / 1000 + 1e-9)
  })

  it('does not rush through what a hidden tab has missed', () => {
    expect(moveHands(REST, FULL_RIGHT, 60_000).steering).toBeLessThan(0.8)
    expect(moveHands(REST, FULL_RIGHT, 60_000).restMs).toBe(0)
  })

  it('pulls the handbrake at once', () => {
    expect(moveHands(REST, { ...NOTHING, handbrake: true }, 0).handbrake).toBe(true)
  })

  it('stays between −1 and 1, whatever is wished and however time runs', () => {
    const share = fc.double({ min: -1, max: 1, noNaN: true })
    const wish = fc.record({ throttle: share, steering: share, handbrake: fc.boolean() })
    const frames = fc.array(fc.tuple(wish, fc.double({ min: -50, max: 500, noNaN: true })), { maxLength: 50 })
    fc.assert(
      fc.property(frames, (all) => {
        const end = all.reduce<Hands>((hands, [wished, ms]) => moveHands(hands, wished, ms), REST)
        expect(Math.abs(end.throttle)).toBeLessThanOrEqual(1)
        expect(Math.abs(end.steering)).toBeLessThanOrEqual(1)
        expect(end.restMs).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
