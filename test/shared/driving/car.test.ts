import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CarState } from '../../../shared/driving/car.ts'
import { CAR_STEP_SECONDS, forwardSpeed, stepCar } from '../../../shared/driving/car.ts'
import { CAR_LAWS } from '../../../shared/driving/car-laws.ts'
import { stoppingDistance } from '../../../shared/driving/stopping.ts'
import { surfaceFor } from '../../../shared/driving/surface.ts'
import { atan2Of, cosOf, sinOf, wrapAngle } from '../../../shared/driving/trig.ts'
import type { VehicleCondition, VehicleKind } from '../../../shared/model/vehicle.ts'
import { metresPerSecond } from '../../../shared/units.ts'

const DRY = { grip: 1, braking: 1, power: 1 }
const NEW: VehicleCondition = {
  brakeWear: 0,
  tyreTreadMm: 8,
  headlightsWorking: true,
  seatBeltFastened: true,
  fuel: 1,
}
const surface = (weather: 'clear' | 'rain', worn: Partial<VehicleCondition> = {}) =>
  surfaceFor(weather, { ...NEW, ...worn }, { ...DRY })

const carAt = (speed: number, kind: VehicleKind = 'sedan'): CarState => ({
  kind,
  x: 0,
  y: 0,
  heading: 0,
  vx: speed,
  vy: 0,
  yawRate: 0,
})
const input = (throttle: number, steering = 0, handbrake = false) => ({ throttle, steering, handbrake })

/** Steps for some seconds. @returns the greatest sideways speed on the way */
function step(car: CarState, seconds: number, told = input(0), on = DRY): number {
  let slip = 0
  for (let i = 0; i < Math.round(seconds / CAR_STEP_SECONDS); i += 1) {
    stepCar(car, told, on, CAR_STEP_SECONDS)
    slip = Math.max(slip, Math.abs(car.vy * Math.cos(car.heading) - car.vx * Math.sin(car.heading)))
  }
  return slip
}

describe('angles', () => {
  it('[DRIVE-1] has sines and cosines to nine digits', () => {
    for (let angle = -100; angle < 100; angle += 0.0137) {
      expect(Math.abs(sinOf(angle) - Math.sin(angle))).toBeLessThan(1e-9)
      expect(Math.abs(cosOf(angle) - Math.cos(angle))).toBeLessThan(1e-9)
    }
  })

  it('[DRIVE-1] has directions to nine digits, on the axes too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        (x, y) => {
          expect(Math.abs(wrapAngle(atan2Of(y, x) - Math.atan2(y, x)))).toBeLessThan(1e-9)
        },
      ),
    )
    expect([atan2Of(0, -1), atan2Of(1, 0), atan2Of(-1, 0)]).toEqual([Math.PI, Math.PI / 2, -Math.PI / 2])
  })

  it('[DRIVE-1] wraps a heading into half a turn either way', () => {
    expect(wrapAngle(3 * Math.PI)).toBeCloseTo(-Math.PI, 9)
    expect(wrapAngle(-0.5)).toBeCloseTo(-0.5, 12)
  })
})

describe('the car', () => {
  it('[DRIVE-2] does 0 to 100 in about 6 s', () => {
    const car = carAt(0)
    let seconds = 0
    while (forwardSpeed(car) < 100 / 3.6) {
      step(car, CAR_STEP_SECONDS, input(1))
      seconds += CAR_STEP_SECONDS
    }
    expect(seconds).toBeGreaterThan(5.5)
    expect(seconds).toBeLessThan(6.5)
  })

  it('[DRIVE-2] tops out at about 150 km/h', () => {
    const car = carAt(0)
    step(car, 60, input(1))
    expect(forwardSpeed(car) * 3.6).toBeGreaterThan(147)
    expect(forwardSpeed(car) * 3.6).toBeLessThan(152)
  })

  it('[DRIVE-3] cannot be spun by any input', () => {
    const told = fc.record({
      throttle: fc.double({ min: -1, max: 1, noNaN: true }),
      steering: fc.double({ min: -1, max: 1, noNaN: true }),
      handbrake: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(told, { minLength: 20, maxLength: 60 }), fc.constantFrom(1, 0.5), (inputs, grip) => {
        const car = carAt(25)
        for (const each of inputs) {
          for (let i = 0; i < 6; i += 1) stepCar(car, each, { ...DRY, grip }, CAR_STEP_SECONDS)
          const forward = forwardSpeed(car)
          const sideways = Math.abs(car.vy * Math.cos(car.heading) - car.vx * Math.sin(car.heading))
          expect(sideways).toBeLessThanOrEqual(CAR_LAWS.sedan.slipCap * Math.abs(forward) + 0.151)
          expect([car.x, car.y, car.heading, car.vx, car.vy, car.yawRate].every(Number.isFinite)).toBe(true)
        }
      }),
    )
  })

  it('[DRIVE-4] drifts when it is a sport car', () => {
    const slide = (kind: VehicleKind) => step(carAt(28, kind), 1.2, input(1, 1, true))
    expect(slide('sport')).toBeGreaterThan(2 * slide('sedan'))
  })

  it('[DRIVE-5] stops within the stopping distance, and later on worn brakes', () => {
    const rolls = [0, 0.5, 0.8].map((wear) => {
      const car = carAt(30)
      let furthest = 0
      for (let i = 0; i < 3600 && forwardSpeed(car) > 0.3; i += 1) {
        stepCar(car, input(-1), surface('clear', { brakeWear: wear }), CAR_STEP_SECONDS)
        furthest = car.x
      }
      expect(furthest).toBeLessThan(stoppingDistance(metresPerSecond(30), wear) * 1.02)
      expect(furthest).toBeGreaterThan(stoppingDistance(metresPerSecond(30), wear) * 0.95)
      return furthest
    })
    expect(rolls).toEqual(rolls.toSorted((a, b) => a - b))
  })

  it('[DRIVE-6] knows the edges of the stopping distance', () => {
    expect(stoppingDistance(metresPerSecond(0), 1)).toBe(0)
    expect(stoppingDistance(metresPerSecond(10), 1)).toBe(Infinity)
    expect(() => stoppingDistance(metresPerSecond(-1), 0)).toThrow(/reversing/)
  })

  it('[DRIVE-7] runs wide on worn tyres in the rain', () => {
    const turned = (on: typeof DRY) => {
      const car = carAt(25)
      step(car, 1.5, input(0.3, 1), on)
      return car.y
    }
    const best = turned(surface('clear'))
    expect(turned(surface('rain'))).toBeLessThan(best * 0.95)
    expect(turned(surface('rain', { tyreTreadMm: 1.6 }))).toBeLessThan(turned(surface('rain')) * 0.9)
  })

  it('[DRIVE-8] brakes first and then reverses, slowly', () => {
    const car = carAt(10)
    step(car, 0.5, input(-1))
    expect(forwardSpeed(car)).toBeGreaterThan(0)
    step(car, 20, input(-1))
    expect(forwardSpeed(car)).toBeCloseTo(-CAR_LAWS.sedan.reverseSpeed, 5)
    step(car, 0.5, input(1))
    expect(forwardSpeed(car)).toBeGreaterThan(-CAR_LAWS.sedan.reverseSpeed)
  })

  it.each(['sedan', 'bus', 'motorbike'] as const)('[DRIVE-9] turns a slow %s tighter than a fast one', (kind) => {
    const radius = (speed: number) => {
      const car = carAt(speed, kind)
      for (let i = 0; i < 60; i += 1) {
        stepCar(car, input(0.05, 1), DRY, CAR_STEP_SECONDS)
      }
      return forwardSpeed(car) / car.yawRate
    }
    expect(radius(4)).toBeLessThan(radius(12))
    expect(radius(12)).toBeLessThan(radius(22))
    expect(radius(4)).toBeGreaterThan(CAR_LAWS[kind].turnRadius * 0.9)
  })

  it('[DRIVE-10] crawls with an empty tank', () => {
    const car = carAt(0)
    step(car, 3, input(1), surface('clear', { fuel: 0 }))
    expect(forwardSpeed(car)).toBeGreaterThan(1)
    expect(forwardSpeed(car)).toBeLessThan(5)
  })
})
