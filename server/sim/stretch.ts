import { at, whole } from '../../shared/driving/columns.ts'
import type { World } from './state.ts'
import { FEATURE } from './streets.ts'
import { MODE } from './vehicle-table.ts'

/**
 * Remembers what a driver's lane and the one after it mean for that driver, so that nobody looks it up again ten times
 * a second: signs, bends and ends of lanes stay as they are between one choice of the way and the next.
 */
export function learnStretch({ vehicles, queues, streets, scratch }: World, slot: number): void {
  const lane = whole(vehicles.lane, slot)
  const next = whole(vehicles.next, slot)
  const desired = at(vehicles.desired, slot)
  const legalOn = (on: number) => Math.min(at(queues.limit, on) * desired, at(streets.bendSpeed, on))
  scratch.wish[slot] = Math.min(legalOn(lane), at(vehicles.most, slot))
  scratch.wishBeyond[slot] = next >= 0 ? legalOn(next) : Infinity
  const end = at(streets.map.lanes.length, lane)
  scratch.end[slot] = end
  scratch.quiet[slot] = whole(streets.features, lane) & FEATURE.camera ? -1 : end
  scratch.detourLeft[slot] = NaN
  scratch.detourRight[slot] = NaN
}

/** The same for all traffic: after a sign was changed, a road closed, or a world restored. */
export function learnStretches(world: World): void {
  const { mode } = world.vehicles
  for (let slot = 0; slot < whole(world.clock.highWater, 0); slot += 1) {
    if (mode[slot] === MODE.lane) learnStretch(world, slot)
  }
}
