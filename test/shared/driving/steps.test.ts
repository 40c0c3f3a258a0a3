import { describe, expect, it } from 'vitest'
import type { CarState } from '../../../shared/driving/car.ts'
import { CAR_STEP_SECONDS, CAR_STEPS_PER_TICK } from '../../../shared/driving/car.ts'
import { openObstacles } from '../../../shared/driving/collide.ts'
import { driveStep, driveTick } from '../../../shared/driving/drive.ts'
import { openSteps, takeSteps } from '../../../shared/driving/steps.ts'
import { randomShare } from '../../../shared/random.ts'
import { compiled, smallTown } from '../../support/maps.ts'

const road = { surface: { grip: 0.9, braking: 0.8, power: 1 }, obstacles: openObstacles(compiled(smallTown())) }
const newCar = (): CarState => ({ kind: 'sedan', x: 200, y: 60, heading: 0, vx: 0, vy: 0, yawRate: 0 })

/** Drives rounds of a circle at full throttle. @returns seconds until the third round is complete */
function lap(framesPerSecond: number): number {
  const car = newCar()
  const steps = openSteps(CAR_STEP_SECONDS, 15)
  let turned = 0
  let seconds = 0
  while (turned < 6 * Math.PI) {
    const due = takeSteps(steps, 1 / framesPerSecond)
    for (let i = 0; i < due; i += 1) {
      const before = car.heading
      driveStep(car, { throttle: 0.4, steering: 0.7, handbrake: false }, road)
      turned += ((car.heading - before + 3 * Math.PI) % (2 * Math.PI)) - Math.PI
    }
    seconds += 1 / framesPerSecond
  }
  return seconds
}

describe('fixed steps', () => {
  it.each([30, 144, 75])('[DRIVE-15] makes a lap at %i frames per second as long as at 60', (framesPerSecond) => {
    expect(Math.abs(lap(framesPerSecond) / lap(60) - 1)).toBeLessThan(0.01)
  })

  it('[DRIVE-16] makes up a stall only in part', () => {
    const steps = openSteps(CAR_STEP_SECONDS, 15)
    expect(takeSteps(steps, 5)).toBe(15)
    expect(takeSteps(steps, CAR_STEP_SECONDS)).toBe(1)
  })

  it('[DRIVE-16] carries what is less than a step over to the next frame', () => {
    const steps = openSteps(CAR_STEP_SECONDS, 15)
    const taken = Array.from({ length: 144 }, () => takeSteps(steps, 1 / 144))
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(60)
    expect(Math.max(...taken)).toBe(1)
  })

  it('[DRIVE-11] runs a tick as three of a screen’s steps, to the last bit', () => {
    const server = newCar()
    const screen = newCar()
    for (let tick = 0; tick < 2000; tick += 1) {
      const input = {
        throttle: randomShare(5, 1, tick) * 2 - 1,
        steering: randomShare(5, 2, tick) * 2 - 1,
        handbrake: randomShare(5, 3, tick) > 0.9,
      }
      driveTick(server, input, road)
      for (let i = 0; i < CAR_STEPS_PER_TICK; i += 1) driveStep(screen, input, road)
      expect(screen).toEqual(server)
    }
  })
})
