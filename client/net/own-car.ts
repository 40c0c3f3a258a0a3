import type { CarState } from '../../shared/driving/car.ts'
import { CAR_STEP_SECONDS, CAR_STEPS_PER_TICK, forwardSpeed } from '../../shared/driving/car.ts'
import type { Obstacles } from '../../shared/driving/collide.ts'
import { driveStep, driveTick } from '../../shared/driving/drive.ts'
import { openSteps, takeSteps } from '../../shared/driving/steps.ts'
import type { Surface } from '../../shared/driving/surface.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { DriveInput } from '../../shared/model/command.ts'
import type { OwnState } from '../../shared/protocol/frame.ts'
import type { DrawnCar } from './feed.ts'

/** Inputs that the server has not yet acknowledged, at most: 3 seconds. */
const PENDING = 60
/** A correction fades with this half-life, so that nobody sees a jerk. */
const HALF_LIFE_MS = 50
/** Beyond this many metres a correction is a teleport and shown as one. */
const SNAP = 3
const STEPS_AT_MOST = 15
const PREDICTED_KIND_COLOUR = 0

interface Pending {
  readonly seq: number
  readonly input: DriveInput
}

/** What is added to the predicted pose until a correction has faded. */
interface Offset {
  x: number
  y: number
  heading: number
}

/** The driver's own car: answers at once by the shared law of motion, and lets the server be right. */
export interface OwnCar {
  /** What the hands do from now on. */
  drive(input: DriveInput): void
  /** The server's word: its state after the input `ackSeq`. */
  correct(own: OwnState, ackSeq: number): void
  /** Runs the steps that are due. @returns the inputs that were completed and are to be sent */
  advance(frameMs: number): readonly Pending[]
  /** `null` until the server has spoken. */
  pose(): DrawnCar | null
}

export function openOwnCar(obstacles: Obstacles): OwnCar {
  const surface: Surface = { grip: 1, braking: 1, power: 1 }
  const road = { surface, obstacles }
  const steps = openSteps(CAR_STEP_SECONDS, STEPS_AT_MOST)
  const offset: Offset = { x: 0, y: 0, heading: 0 }
  let car: CarState | null = null
  let before: CarState | null = null
  let input: DriveInput = { throttle: 0, steering: 0, handbrake: false }
  let tickInput = input
  let stepsOfTick = 0
  let seq = 0
  let flags = 0
  let pending: Pending[] = []

  function runStep(done: Pending[]): void {
    if (car === null) return
    if (stepsOfTick === 0) tickInput = input
    before = { ...car }
    driveStep(car, tickInput, road)
    stepsOfTick += 1
    if (stepsOfTick < CAR_STEPS_PER_TICK) return
    stepsOfTick = 0
    seq += 1
    const entry = { seq, input: tickInput }
    pending = [...pending, entry].slice(-PENDING)
    done.push(entry)
  }

  return {
    drive(next) {
      input = next
    },
    correct(own, ackSeq) {
      Object.assign(surface, { grip: own.grip, braking: own.braking, power: own.power })
      flags = own.flags
      seq = Math.max(seq, ackSeq)
      pending = pending.filter((entry) => entry.seq > ackSeq)
      const right: CarState = {
        kind: own.kind,
        x: own.x,
        y: own.y,
        heading: own.heading,
        vx: own.vx,
        vy: own.vy,
        yawRate: own.yawRate,
      }
      for (const entry of pending) driveTick(right, entry.input, road)
      for (let step = 0; step < stepsOfTick; step += 1) driveStep(right, tickInput, road)
      if (car !== null) keepInSight(offset, car, right)
      before = right
      car = { ...right }
    },
    advance(frameMs) {
      const done: Pending[] = []
      const fade = 2 ** (-frameMs / HALF_LIFE_MS)
      offset.x *= fade
      offset.y *= fade
      offset.heading *= fade
      for (let due = takeSteps(steps, frameMs / 1000); due > 0; due -= 1) runStep(done)
      return done
    },
    pose() {
      if (car === null || before === null) return null
      const share = steps.carry / CAR_STEP_SECONDS
      return {
        id: -1,
        kind: car.kind,
        colour: PREDICTED_KIND_COLOUR,
        x: before.x + (car.x - before.x) * share + offset.x,
        y: before.y + (car.y - before.y) * share + offset.y,
        heading: wrapAngle(before.heading + wrapAngle(car.heading - before.heading) * share + offset.heading),
        speed: forwardSpeed(car),
        flags,
        alpha: 1,
      }
    },
  }
}

/** The car is drawn where it was a moment ago and glides to where it should be; a far correction is a jump. */
function keepInSight(offset: Offset, was: CarState, is: CarState): void {
  const x = offset.x + was.x - is.x
  const y = offset.y + was.y - is.y
  const isFar = x * x + y * y > SNAP * SNAP
  offset.x = isFar ? 0 : x
  offset.y = isFar ? 0 : y
  offset.heading = isFar ? 0 : wrapAngle(offset.heading + was.heading - is.heading)
}
