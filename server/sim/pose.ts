import type { Pose } from '../../shared/model/city-map.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { metresPerSecond } from '../../shared/units.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** Says where a vehicle is and how fast, whatever its mode; for one in its station: at the station. */
export function poseOf(world: World, slot: number, out: Pose): Pose {
  const { vehicles, streets } = world
  const mode = whole(vehicles.mode, slot)
  if (mode === MODE.lane || mode === MODE.duty) {
    const place = { s: at(vehicles.s, slot), lat: at(vehicles.lat, slot) }
    poseOnLane(streets.finder.headings, whole(vehicles.lane, slot), place, out)
  } else {
    out.x = at(vehicles.x, slot)
    out.y = at(vehicles.y, slot)
    out.heading = at(vehicles.heading, slot)
  }
  out.speed = metresPerSecond(at(vehicles.speed, slot))
  return out
}

export const openPose = (): Pose => ({ x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })
