import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { pressure } from './follow.ts'
import type { World } from './state.ts'

const BUS = VEHICLE_KINDS.indexOf('bus')
/** How long the doors are open. */
const STOP_TICKS = 8 * TICKS_PER_SECOND
const AT_STOP_METRES = 2.5
const STANDING = 0.3

/** How hard a bus stop ahead on the lane presses a bus that has not served it; once it stands there, it stays a while. */
export function stopPressure(world: World, slot: number, lane: number): number {
  const { vehicles } = world
  if (vehicles.kind[slot] !== BUS) return 0
  const { start, what, s } = world.streets.busStops
  for (let i = whole(start, lane); i < whole(start, lane + 1); i += 1) {
    const gap = at(s, i) - at(vehicles.s, slot)
    const stop = whole(what, i)
    if (gap < -AT_STOP_METRES || vehicles.served[slot] === stop + 1) continue
    if (Math.abs(gap) < AT_STOP_METRES && at(vehicles.speed, slot) < STANDING) {
      vehicles.served[slot] = stop + 1
      vehicles.heldUntil[slot] = whole(world.clock.tick, 0) + STOP_TICKS
    }
    return pressure(world, slot, gap + 1.5, 0)
  }
  return 0
}
