import { at, whole } from '../../shared/driving/columns.ts'
import type { World } from './state.ts'

/**
 * The Intelligent Driver Model (Treiber, Hennecke, Helbing): acceleration = a (1 − (v/v0)⁴ − (s*÷s)²). What presses a
 * driver is the last term; of several things ahead the one that presses most decides.
 */

/** m/s², the model's b. */
export const COMFORTABLE_BRAKING = 2.5
/** Metres kept to a standing vehicle. */
export const STAND_GAP = 2
const LEAST_GAP = 0.1
/** An engine and a driver easing off, not a braking one. */
const EASING = 1.6
export const HARDEST_BRAKING = 8

/**
 * How hard something ahead presses: (s*÷s)².
 *
 * @param gap metres between bumpers
 * @param ahead its speed along the lane, m/s
 */
export function pressure(world: World, slot: number, gap: number, ahead: number): number {
  const speed = at(world.vehicles.speed, slot)
  const closing = speed * (speed - ahead) * at(world.vehicles.ease, slot)
  const dynamic = speed * at(world.vehicles.headway, slot) + closing
  const wanted = STAND_GAP + (dynamic > 0 ? dynamic : 0)
  const ratio = wanted / (gap > LEAST_GAP ? gap : LEAST_GAP)
  return ratio * ratio
}

/** Bumper to bumper from `slot` to `other` on the same lane. */
export const gapBetween = (world: World, slot: number, other: number): number =>
  at(world.vehicles.s, other) -
  at(world.vehicles.s, slot) -
  at(world.vehicles.half, other) -
  at(world.vehicles.half, slot)

export function pressureOf(world: World, slot: number, other: number): number {
  return pressure(world, slot, gapBetween(world, slot, other), at(world.vehicles.speed, other))
}

/** @returns m/s² for a driver who would like to go at `wished` m/s and is pressed by what is ahead */
export function idmAcceleration(world: World, slot: number, wished: number, pressed: number): number {
  const ratio = at(world.vehicles.speed, slot) / wished
  const squared = ratio * ratio
  const free = 1 - squared * squared
  const eager = at(world.vehicles.eager, slot)
  const result = eager * ((free > -EASING ? free : -EASING) - pressed)
  return result > -HARDEST_BRAKING ? result : -HARDEST_BRAKING
}

/** How hard the free cars on `lane` press a vehicle that is `offset` metres before the lane's beginning plus its s. */
export function ghostPressure(
  world: World,
  slot: number,
  lane: number,
  reach: { from: number; before: number },
): number {
  const { scratch, vehicles } = world
  let worst = 0
  for (let ghost = whole(scratch.ghostHead, lane); ghost >= 0; ghost = whole(scratch.ghostNext, ghost)) {
    const s = at(scratch.ghostS, ghost)
    if (s <= reach.from) continue
    const other = whole(scratch.ghostSlot, ghost)
    const gap = reach.before + s - reach.from - at(vehicles.half, other) - at(vehicles.half, slot)
    const speed = at(scratch.ghostSpeed, ghost)
    const pressed = pressure(world, slot, gap, speed > 0 ? speed : 0)
    if (pressed > worst) worst = pressed
  }
  return worst
}
