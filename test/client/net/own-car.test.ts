import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { driveTick } from '../../../shared/driving/drive.ts'
import { openObstacles } from '../../../shared/driving/collide.ts'
import { quantiseInput } from '../../../shared/protocol/input-frame.ts'
import { OwnCar } from '../../../client/net/own-car.ts'
import { nuageville } from '../../support/test-city.ts'

const obstacles = openObstacles(nuageville)
const SURFACE = { grip: 1, braking: 1, power: 1 }
const standing = { x: 1100, y: 500, heading: 0, vx: 0, vy: 0, yawRate: 0 }
const word = (state: object, ackSeq16 = 0, lead = 2) => ({
  state: { ...standing, flags: 0, assisted: false, ...state },
  ackSeq16,
  lead,
})
const TICK = 50

function opened(state: object = {}): OwnCar {
  const car = new OwnCar(obstacles)
  car.onSurface(SURFACE)
  car.correct('sedan', word(state))
  return car
}

const share = fc.double({ min: -1, max: 1, noNaN: true })
const hands = fc.record({ throttle: share, steering: share, handbrake: fc.boolean() })

describe('the own car', () => {
  it('[FEED-2] drives as the server does with the same inputs, tick for tick', () => {
    fc.assert(
      fc.property(fc.array(hands, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 8 }), (inputs, late) => {
        const car = opened()
        const truth = { kind: 'sedan' as const, ...standing }
        const waiting: (() => void)[] = []
        for (const input of inputs) {
          car.drive(input)
          for (const { seq, input: sent } of car.advance(TICK)) {
            expect(sent).toEqual(quantiseInput(input))
            driveTick(truth, sent, { surface: SURFACE, obstacles })
            const state = { ...truth }
            waiting.push(() => car.correct('sedan', word(state, seq)))
          }
          if (waiting.length > late) waiting.shift()?.()
        }
        expect(car.corrections).toBe(0)
        const pose = car.pose(0)
        expect(Math.hypot((pose?.x ?? 0) - truth.x, (pose?.y ?? 0) - truth.y)).toBeLessThan(1)
      }),
      { numRuns: 200 },
    )
  })

  it.each([0.3, 1, 2.9])('[FEED-3] glides over %d m: no jerk, nine tenths done after 150 ms', (metres) => {
    const car = opened()
    const before = car.pose(0)?.x ?? 0
    car.correct('sedan', word({ x: standing.x + metres }))
    expect(car.pose(0)?.x).toBeCloseTo(before, 6)
    let last = before
    for (let ms = 0; ms < 150; ms += 10) {
      car.advance(10)
      const x = car.pose(0)?.x ?? 0
      expect(x).toBeGreaterThanOrEqual(last)
      expect(x - last).toBeLessThan(metres * 0.2)
      last = x
    }
    expect(Math.abs(standing.x + metres - last)).toBeLessThan(metres * 0.1)
    expect(car.corrections).toBe(1)
  })

  it('[FEED-4] jumps over more than 3 m at once', () => {
    const car = opened()
    car.correct('sedan', word({ x: standing.x + 3.5 }))
    expect(car.pose(0)?.x).toBeCloseTo(standing.x + 3.5, 6)
  })

  it('[FEED-1] answers at the next step of the hands', () => {
    const car = opened()
    car.drive({ throttle: 1, steering: 0, handbrake: false })
    car.advance(17)
    car.advance(17)
    expect(car.pose(0)?.x).toBeGreaterThan(standing.x)
  })

  it('[FEED-9] forgets what was on its way when a connection is built anew', () => {
    const car = opened()
    car.drive({ throttle: 1, steering: 0, handbrake: false })
    for (let i = 0; i < 40; i += 1) car.advance(TICK)
    const driven = (car.pose(0)?.x ?? 0) - standing.x
    expect(driven).toBeGreaterThan(3)
    car.forget()
    car.correct('sedan', word({}))
    expect(car.pose(0)?.x).toBeCloseTo(standing.x, 1)
  })

  it('[FEED-2] runs a little faster while inputs come late, and slower while they queue', () => {
    const inputsIn = (lead: number) => {
      const car = opened()
      car.correct('sedan', word({}, 0, lead))
      let count = 0
      for (let i = 0; i < 1000; i += 1) count += car.advance(20).length
      return count
    }
    expect([inputsIn(-1), inputsIn(2), inputsIn(6)]).toEqual([408, 400, 392])
  })
})
