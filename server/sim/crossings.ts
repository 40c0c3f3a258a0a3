import { randomShare } from '../../shared/random.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { pressure } from './follow.ts'
import type { World } from './state.ts'
import { STREAM, streamFor } from './trip.ts'

const WALKING = 1.4
const LEAST_PAUSE_SECONDS = 12
const PAUSE_SPREAD_SECONDS = 40
/** m/s²: a pedestrian steps out only before drivers who can stop at less than this. */
const TRUSTED_BRAKING = 2.5
const LINE_GAP = 1.2

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

function isSafe(world: World, index: number): boolean {
  const { vehicles, queues } = world
  const lines = world.streets.map.crossings[index]?.lines ?? []
  return lines.every(({ lane, s }) => {
    for (let slot = whole(queues.head, lane); slot >= 0; slot = whole(vehicles.behind, slot)) {
      const speed = at(vehicles.speed, slot)
      const distance = s - LINE_GAP - at(vehicles.s, slot) - at(vehicles.half, slot)
      const passed = at(vehicles.s, slot) - at(vehicles.half, slot) > s + LINE_GAP
      if (!passed && distance < (speed * speed) / (2 * TRUSTED_BRAKING) + speed * 0.5) return false
    }
    return true
  })
}

/** How hard an occupied crossing ahead on the lane presses; a vehicle already on it drives off. */
export function crossingPressure(world: World, slot: number, lane: number): number {
  const { start, what, s } = world.streets.crossingLines
  const tick = whole(world.clock.tick, 0)
  const front = at(world.vehicles.s, slot) + at(world.vehicles.half, slot)
  for (let i = whole(start, lane); i < whole(start, lane + 1); i += 1) {
    const gap = at(s, i) - LINE_GAP - front
    if (gap < -0.5 || whole(world.crossings.busyUntil, whole(what, i)) <= tick) continue
    return pressure(world, slot, gap, 0)
  }
  return 0
}
