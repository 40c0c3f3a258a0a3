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
  const speed = world.vehicles.speed[slot] as number
  const closing = speed * (speed - ahead) * (world.vehicles.ease[slot] as number)
  const dynamic = speed * (world.vehicles.headway[slot] as number) + closing
  const wanted = STAND_GAP + (dynamic > 0 ? dynamic : 0)
  const ratio = wanted / (gap > LEAST_GAP ? gap : LEAST_GAP)
  return ratio * ratio
}

/** Bumper to bumper from `slot` to `other` on the same lane. */
export const gapBetween = (world: World, slot: number, other: number): number =>
  (world.vehicles.s[other] as number) -
  (world.vehicles.s[slot] as number) -
  (world.vehicles.half[other] as number) -
  (world.vehicles.half[slot] as number)

export function pressureOf(world: World, slot: number, other: number): number {
  return pressure(world, slot, gapBetween(world, slot, other), world.vehicles.speed[other] as number)
}

/** @returns m/s² for a driver who would like to go at `wished` m/s and is pressed by what is ahead */
export function idmAcceleration(world: World, slot: number, wished: number, pressed: number): number {
  const ratio = (world.vehicles.speed[slot] as number) / wished
  const squared = ratio * ratio
  const free = 1 - squared * squared
  const eager = world.vehicles.eager[slot] as number
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
  for (let ghost = scratch.ghostHead[lane] as number; ghost >= 0; ghost = scratch.ghostNext[ghost] as number) {
    const s = scratch.ghostS[ghost] as number
    if (s <= reach.from) continue
    const other = scratch.ghostSlot[ghost] as number
    const gap = reach.before + s - reach.from - (vehicles.half[other] as number) - (vehicles.half[slot] as number)
    const speed = scratch.ghostSpeed[ghost] as number
    const pressed = pressure(world, slot, gap, speed > 0 ? speed : 0)
    if (pressed > worst) worst = pressed
  }
  return worst
}
