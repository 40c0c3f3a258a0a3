import { at, whole } from '../../shared/driving/columns.ts'
import { randomBelow, randomShare } from '../../shared/random.ts'
import { hasElbowRoom } from './spawn.ts'
import type { World } from './state.ts'
import { STREAM } from './trip.ts'

const ATTEMPTS = 24
/** Kept free at both ends of a lane: nobody starts inside a junction. */
const END_ROOM = 30

/**
 * A place for a new seat on one of the lesson's own roads, in the right-hand lane.
 *
 * @param n numbers the seats, so that each draws its own chance
 * @returns `null` when the lesson names no road, or all of them are full
 */
export function startPlace(world: World, n: number): { lane: number; s: number } | null {
  const { map } = world.streets
  const { seed, startRoads } = world.settings
  const lanes = map.roads
    .filter((road) => startRoads.includes(road.id))
    .flatMap((road) => [road.forward[0], road.backward[0]])
    .filter(
      (lane) =>
        lane !== undefined && at(map.lanes.length, lane) > 2 * END_ROOM && whole(world.queues.closed, lane) !== 1,
    )
  for (let i = 0; i < ATTEMPTS && lanes.length > 0; i += 1) {
    const lane = lanes[randomBelow(seed, STREAM.spawn, n * 64 + 2 * i, lanes.length)] ?? 0
    const share = randomShare(seed, STREAM.spawn, n * 64 + 2 * i + 1)
    const s = END_ROOM + (at(map.lanes.length, lane) - 2 * END_ROOM) * share
    if (hasElbowRoom(world, lane, s)) return { lane, s }
  }
  return null
}
