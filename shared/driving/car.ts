import type { DriveInput } from '../model/command.ts'
import type { VehicleKind } from '../model/vehicle.ts'
import type { CarLaw } from './car-laws.ts'
import { CAR_LAWS } from './car-laws.ts'
import type { Surface } from './surface.ts'
import { cosOf, sinOf, wrapAngle } from './trig.ts'

/** A car that drives freely in the plane: metres, metres per second, radians; x east, y south, heading from +x to +y. */
export interface CarState {
  kind: VehicleKind
  x: number
  y: number
  heading: number
  vx: number
  vy: number
  yawRate: number
}

/** One step of the law of motion. Three make a tick, so that a 60 Hz screen can run exactly the same ones. */
export const CAR_STEP_SECONDS = 1 / 60
export const CAR_STEPS_PER_TICK = 3

const ROLLING_DRAG = 0.8
const STANDING = 0.25
const REVERSE_ACCELERATION = 3
/** Sideways speed that slip may reach even at walking pace. */
const LEAST_SLIP = 0.15
/** How much of the loss of grip a driver does not expect: worn tyres in the rain run wide. */
const SURPRISE = 0.35
const SPORT_THROTTLE_LOSS = 0.45
const HANDBRAKE_LOSS = 0.7
const SPORT_HANDBRAKE_LOSS = 0.9

/**
 * Moves a car by `dt` seconds: the one law of motion, the server's truth and the client's prediction alike.
 * Grip first: the wheel asks only for turns that the tyres can hold, and slip is capped, so that no input spins a car.
 * A pure function of its arguments, to the last bit, in every JavaScript engine.
 */
export function stepCar(car: CarState, input: DriveInput, surface: Surface, dt: number): void {
  const law = CAR_LAWS[car.kind]
  const cos = cosOf(car.heading)
  const sin = sinOf(car.heading)
  const forward = alongStep(car.vx * cos + car.vy * sin, input, { law, surface, dt })
  const sideways = car.vy * cos - car.vx * sin

  const turn = forward * curvatureFor(law, input.steering, forward * forward, surface.grip)
  const share = law.response * dt
  car.yawRate += (turn - car.yawRate) * (share < 1 ? share : 1)
  const angle = car.yawRate * dt
  car.heading = wrapAngle(car.heading + angle)

  const turnCos = cosOf(angle)
  const turnSin = sinOf(angle)
  const speed = forward * turnCos + sideways * turnSin
  const slip = heldSlip(sideways * turnCos - forward * turnSin, speed, { law, input, surface, dt })
  const newCos = cosOf(car.heading)
  const newSin = sinOf(car.heading)
  car.vx = speed * newCos - slip * newSin
  car.vy = speed * newSin + slip * newCos
  car.x += car.vx * dt
  car.y += car.vy * dt
}

interface Along {
  readonly law: CarLaw
  readonly surface: Surface
  readonly dt: number
}

/** Forward speed after throttle, brakes and drag. */
function alongStep(speed: number, input: DriveInput, { law, surface, dt }: Along): number {
  const hold = brakingHold(law, surface)
  if (input.handbrake) return towardsZero(speed, 0.7 * hold * dt)
  const throttle = input.throttle
  if (throttle > 0) {
    if (speed < -STANDING) return towardsZero(speed, throttle * hold * dt)
    const share = speed / law.topSpeed
    return speed + throttle * law.acceleration * surface.power * (1 - share * share) * dt
  }
  if (throttle < 0) {
    if (speed > STANDING) return towardsZero(speed, -throttle * hold * dt)
    return Math.max(speed + throttle * REVERSE_ACCELERATION * dt, -law.reverseSpeed)
  }
  return towardsZero(speed, ROLLING_DRAG * dt)
}

/** m/s² that full brakes take off: what the pads hold or the tyres, whichever is less. */
export const brakingHold = (law: CarLaw, surface: Surface): number =>
  Math.min(law.braking * surface.braking, law.grip * surface.grip)

function towardsZero(speed: number, by: number): number {
  if (speed > by) return speed - by
  return speed < -by ? speed + by : 0
}

/** Turn per metre: the wheel's full lock when slow, what the tyres hold when fast. */
function curvatureFor(law: CarLaw, steering: number, speedSquared: number, grip: number): number {
  return steering * mostCurvature(law, speedSquared, grip + (1 - grip) * SURPRISE)
}

/** The sharpest turn, in 1/m, that a wheel hard over asks for at a speed whose square is given. */
export function mostCurvature(law: CarLaw, speedSquared: number, grip: number): number {
  const held = (law.grip * grip) / (speedSquared + 0.01)
  const lock = 1 / law.turnRadius
  return held < lock ? held : lock
}

interface Slip extends Along {
  readonly input: DriveInput
}

/** Sideways speed that is left once the tyres have pulled. */
function heldSlip(sideways: number, speed: number, { law, input, surface, dt }: Slip): number {
  const drifts = law.slipCap > 0.3
  const free = drifts && input.throttle > 0.8 ? SPORT_THROTTLE_LOSS : 0
  const loss = input.handbrake ? (drifts ? SPORT_HANDBRAKE_LOSS : HANDBRAKE_LOSS) : free
  const pulled = towardsZero(sideways, law.grip * surface.grip * (1 - loss) * dt)
  const cap = law.slipCap * (speed < 0 ? -speed : speed) + LEAST_SLIP
  if (pulled > cap) return cap
  return pulled < -cap ? -cap : pulled
}

/** Metres per second along the car's nose; negative when it reverses. */
export const forwardSpeed = (car: CarState): number => car.vx * cosOf(car.heading) + car.vy * sinOf(car.heading)
