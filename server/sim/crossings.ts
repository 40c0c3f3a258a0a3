import { randomShare } from '../../shared/random.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { pressure } from './follow.ts'
import type { World } from './state.ts'
import { STREAM, streamFor } from './trip.ts'

const WALKING = 1.4
const LEAST_PAUSE_SECONDS = 20
const PAUSE_SPREAD_SECONDS = 60
/** m/s²: a pedestrian steps out only before drivers who can stop at less than this. */
const TRUSTED_BRAKING = 2.5
const LINE_GAP = 1.2
const PATIENT_TICKS = 20 * TICKS_PER_SECOND
/** A crossing this near to its lane's beginning is seen from the connectors that lead there. */
const NEAR_START = 30

/** Pedestrians come by chance, wait until who is near can stop, and then cross at walking pace. */
export function stepCrossings(world: World): void {
  const { crossings } = world
  const tick = whole(world.clock.tick, 0)
  world.streets.map.crossings.forEach((crossing, index) => {
    if (tick < whole(crossings.nextAt, index) || !isSafe(world, index)) return
    const metres = distanceOf(crossing.to.x - crossing.from.x, crossing.to.y - crossing.from.y)
    const crossed = whole(crossings.crossed, index) + 1
    const share = randomShare(world.settings.seed, streamFor(STREAM.crossing, index), crossed)
    crossings.crossed[index] = crossed
    crossings.busyUntil[index] = tick + Math.ceil((metres / WALKING) * TICKS_PER_SECOND)
    const pause = (LEAST_PAUSE_SECONDS + PAUSE_SPREAD_SECONDS * share) * TICKS_PER_SECOND
    crossings.nextAt[index] = whole(crossings.busyUntil, index) + Math.ceil(pause)
  })
}

/** Nobody who could not stop any more is on the way to it: on its lane, or about to turn into it. */
function isSafe(world: World, index: number): boolean {
  const { lanes } = world.streets.map
  const lines = world.streets.map.crossings[index]?.lines ?? []
  return lines.every(({ lane, s }) => {
    if (world.streets.isConnector[lane] === 1 && whole(world.queues.claims, lane) > 0) return false
    if (!isClear(world, lane, s)) return false
    for (let i = whole(lanes.predecessorStart, lane); i < whole(lanes.predecessorStart, lane + 1); i += 1) {
      const before = whole(lanes.predecessor, i)
      if (world.streets.isConnector[lane] === 1 && hasWaitedLong(world, before, lane)) return false
      const near = s < NEAR_START && world.streets.isConnector[before] === 1
      if (near && !isClear(world, before, at(lanes.length, before) + s)) return false
    }
    return true
  })
}

/** Nobody walks out before a driver who has stood long enough. */
function hasWaitedLong({ vehicles, queues }: World, lane: number, connector: number): boolean {
  const head = whole(queues.head, lane)
  return head >= 0 && vehicles.next[head] === connector && whole(vehicles.waited, head) > PATIENT_TICKS
}

/** @param s metres from the lane's beginning to the crossing, which may lie beyond its end */
function isClear({ vehicles, queues, scratch }: World, lane: number, s: number): boolean {
  for (let ghost = whole(scratch.ghostHead, lane); ghost >= 0; ghost = whole(scratch.ghostNext, ghost)) {
    const car = { s: at(scratch.ghostS, ghost), speed: at(scratch.ghostSpeed, ghost) }
    if (comesTooFast(car, at(vehicles.half, whole(scratch.ghostSlot, ghost)), s)) return false
  }
  for (let slot = whole(queues.head, lane); slot >= 0; slot = whole(vehicles.behind, slot)) {
    const car = { s: at(vehicles.s, slot), speed: at(vehicles.speed, slot) }
    if (comesTooFast(car, at(vehicles.half, slot), s)) return false
  }
  return true
}

/** Whether a car before the crossing at `s`, or on it, could not stop for who walks out now. */
function comesTooFast(car: { s: number; speed: number }, half: number, s: number): boolean {
  const distance = s - LINE_GAP - car.s - half
  const passed = car.s - half > s + LINE_GAP
  return !passed && distance < (car.speed * car.speed) / (2 * TRUSTED_BRAKING) + car.speed * 0.5
}

/** @returns whether somebody walks on a crossing of this lane */
export function isWalkedOn({ streets, crossings, clock }: World, lane: number): boolean {
  const { start, what } = streets.crossingLines
  for (let i = whole(start, lane); i < whole(start, lane + 1); i += 1) {
    if (whole(crossings.busyUntil, whole(what, i)) > whole(clock.tick, 0)) return true
  }
  return false
}

/**
 * @param before metres from the vehicle's middle to the lane's beginning; negative on the lane itself
 * @returns metres from the vehicle's front to the first crossing of the lane that somebody walks on; `Infinity` for none
 */
export function walkersAhead(world: World, slot: number, lane: number, before: number): number {
  const { start, what, s } = world.streets.crossingLines
  const tick = whole(world.clock.tick, 0)
  for (let i = whole(start, lane); i < whole(start, lane + 1); i += 1) {
    const gap = before + at(s, i) - LINE_GAP - at(world.vehicles.half, slot)
    if (gap >= -0.5 && whole(world.crossings.busyUntil, whole(what, i)) > tick) return gap
  }
  return Infinity
}

/**
 * How hard an occupied crossing of `lane` presses; a vehicle already on it drives off.
 *
 * @param before metres from the vehicle's middle to the lane's beginning; negative on the lane itself
 */
export function crossingPressure(world: World, slot: number, lane: number, before: number): number {
  const gap = walkersAhead(world, slot, lane, before)
  return gap === Infinity ? 0 : pressure(world, slot, gap, 0)
}
