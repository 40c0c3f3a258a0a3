import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { openPose, poseOf } from './pose.ts'
import { hasElbowRoom } from './spawn.ts'
import type { World } from './state.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'

/** Kept free at both ends of a lane: nobody starts inside a junction. */
const END_ROOM = 30
/** Metres between two cars of the starting grid. */
const GRID = 14
const BESIDE = 9

/**
 * A place for a new seat on one of the lesson's own roads: drivers line up in the right-hand lanes, one direction after
 * the other, so that a class begins within sight of one another.
 *
 * @returns `null` when the lesson names no road, or all of them are full
 */
export function startPlace(world: World): { lane: number; s: number } | null {
  const { map } = world.streets
  const lanes = map.roads
    .filter((road) => world.settings.startRoads.includes(road.id))
    .flatMap((road) => [road.forward[0], road.backward[0]])
    .filter((lane) => lane !== undefined)
    .filter((lane) => whole(world.queues.closed, lane) !== 1)
  for (const lane of lanes) {
    const end = at(map.lanes.length, lane) - END_ROOM
    for (let s = END_ROOM; s <= end; s += GRID)
      if (hasElbowRoom(world, lane, s) && isUnseated(world, lane, s)) return { lane, s }
  }
  return null
}

/** No other seat's car stands there. */
function isUnseated(world: World, lane: number, s: number): boolean {
  const place = openPose()
  poseOnLane(world.streets.finder.headings, lane, { s, lat: 0 }, place)
  const pose = openPose()
  return world.seats.every((seat) => {
    if (!seat) return true
    poseOf(world, seat.slot, pose)
    return distanceOf(pose.x - place.x, pose.y - place.y) > BESIDE
  })
}
