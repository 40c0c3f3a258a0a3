import type { CarState } from '../../shared/driving/car.ts'
import { CAR_STEP_SECONDS, CAR_STEPS_PER_TICK, forwardSpeed } from '../../shared/driving/car.ts'
import type { Obstacles } from '../../shared/driving/collide.ts'
import { driveStep, driveTick } from '../../shared/driving/drive.ts'
import { openSteps, takeSteps } from '../../shared/driving/steps.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { DriveInput } from '../../shared/model/command.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { OwnState, OwnSurface } from '../../shared/protocol/frame.ts'
import { quantiseInput, type SentInput } from '../../shared/protocol/input-frame.ts'
import type { DrawnCar } from './feed.ts'

/** Inputs that the server has not yet acknowledged, at most: 3 seconds. */
const PENDING = 60
/** Half of a correction has faded after this long, nearly all of it after 150 ms: nobody sees a jerk. */
const HALF_LIFE_MS = 40
/** Beyond this many metres a correction is a teleport and shown as one. */
const SNAP = 3
/** Below these a correction is rounding, not news. */
const SAME_METRES = 0.02
const STEPS_AT_MOST = 15
/** The own clock runs this much slower or faster, so that one or two inputs always wait at the server. */
const SLEW = 0.02
const LEAST_LEAD = 1
const MOST_LEAD = 3
const STANDING: DriveInput = { throttle: 0, steering: 0, handbrake: false }

/** The server's word on the own car. */
export interface OwnNews {
  readonly state: OwnState
  readonly ackSeq16: number
  readonly lead: number
}

/** The driver's own car: answers at once by the shared law of motion, and lets the server be right. */
export class OwnCar {
  readonly #road: { surface: OwnSurface; readonly obstacles: Obstacles }
  readonly #steps = openSteps(CAR_STEP_SECONDS, STEPS_AT_MOST)
  readonly #offset = { x: 0, y: 0, heading: 0 }
  #car: CarState | null = null
  #before: CarState | null = null
  #input = STANDING
  #tickInput = STANDING
  #stepsOfTick = 0
  #seq = 0
  #flags = 0
  #pace = 1
  #isAssisted = false
  #pending: SentInput[] = []
  /** How many corrections there were that anybody could have seen. */
  corrections = 0

  constructor(obstacles: Obstacles) {
    this.#road = { surface: { grip: 1, braking: 1, power: 1 }, obstacles }
  }

  /** What the hands do from now on. */
  drive(input: DriveInput): void {
    this.#input = quantiseInput(input)
  }

  onSurface(surface: OwnSurface): void {
    this.#road.surface = surface
  }

  /** The server has forgotten what was sent: a connection was built anew. */
  forget(): void {
    this.#pending = []
  }

  /** The server's word: its state after the input that it acknowledges. Later inputs are driven again from there. */
  correct(kind: VehicleKind, { state, ackSeq16, lead }: OwnNews): void {
    const ackSeq = this.#seq + (((ackSeq16 - this.#seq) << 16) >> 16)
    this.#seq = Math.max(this.#seq, ackSeq)
    this.#flags = state.flags
    this.#isAssisted = state.assisted
    this.#pace = lead > MOST_LEAD ? 1 - SLEW : lead < LEAST_LEAD ? 1 + SLEW : 1
    this.#pending = this.#pending.filter((entry) => entry.seq > ackSeq)
    const { x, y, heading, vx, vy, yawRate } = state
    const right: CarState = { kind, x, y, heading, vx, vy, yawRate }
    if (!this.#isAssisted) this.#driveAgain(right)
    this.#keepInSight(right)
    this.#before = { ...right }
    this.#car = right
  }

  /** Runs the steps that are due. @returns the inputs that were completed and are to be sent */
  advance(frameMs: number): readonly SentInput[] {
    const fade = 2 ** (-frameMs / HALF_LIFE_MS)
    this.#offset.x *= fade
    this.#offset.y *= fade
    this.#offset.heading *= fade
    const done: SentInput[] = []
    for (let due = takeSteps(this.#steps, (frameMs / 1000) * this.#pace); due > 0; due -= 1) this.#step(done)
    return done
  }

  /** As it is to be drawn; `null` until the server has spoken. */
  pose(colour: number): DrawnCar | null {
    const [car, before] = [this.#car, this.#before]
    if (car === null || before === null) return null
    const share = this.#steps.carry / CAR_STEP_SECONDS
    const turned = before.heading + wrapAngle(car.heading - before.heading) * share
    return {
      id: -1,
      kind: car.kind,
      colour,
      x: before.x + (car.x - before.x) * share + this.#offset.x,
      y: before.y + (car.y - before.y) * share + this.#offset.y,
      heading: wrapAngle(turned + this.#offset.heading),
      speed: forwardSpeed(car),
      flags: this.#flags,
      alpha: 1,
    }
  }

  #step(done: SentInput[]): void {
    if (this.#car === null) return
    if (this.#stepsOfTick === 0) this.#tickInput = this.#input
    this.#before = { ...this.#car }
    if (this.#isAssisted) coast(this.#car)
    else driveStep(this.#car, this.#tickInput, this.#road)
    this.#stepsOfTick = (this.#stepsOfTick + 1) % CAR_STEPS_PER_TICK
    if (this.#stepsOfTick !== 0) return
    this.#seq += 1
    const entry = { seq: this.#seq, input: this.#tickInput }
    this.#pending = [...this.#pending, entry].slice(-PENDING)
    done.push(entry)
  }

  #driveAgain(right: CarState): void {
    for (const { input } of this.#pending) driveTick(right, input, this.#road)
    for (let step = 0; step < this.#stepsOfTick; step += 1) driveStep(right, this.#tickInput, this.#road)
  }

  /** The car is drawn where it was a moment ago and glides to where it should be; a far correction is a jump. */
  #keepInSight(right: CarState): void {
    const was = this.#car
    if (was === null) return
    const offset = this.#offset
    const moved = { x: was.x - right.x, y: was.y - right.y }
    if (moved.x * moved.x + moved.y * moved.y > SAME_METRES * SAME_METRES) this.corrections += 1
    const x = offset.x + moved.x
    const y = offset.y + moved.y
    const isFar = x * x + y * y > SNAP * SNAP
    offset.x = isFar ? 0 : x
    offset.y = isFar ? 0 : y
    offset.heading = isFar ? 0 : wrapAngle(offset.heading + was.heading - right.heading)
  }
}

/** Somebody else drives: the car goes on as it went until the next word. */
function coast(car: CarState): void {
  car.x += car.vx * CAR_STEP_SECONDS
  car.y += car.vy * CAR_STEP_SECONDS
  car.heading = wrapAngle(car.heading + car.yawRate * CAR_STEP_SECONDS)
}
