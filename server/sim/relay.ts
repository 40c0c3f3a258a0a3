import { at, whole } from '../../shared/driving/columns.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { isInSight, isSeen } from './demand.ts'
import { openPose } from './pose.ts'
import { rowOf } from './route.ts'
import { leaveStreet } from './slots.ts'
import type { Unit, World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** Seconds of driving at the limits from which a nearer colleague takes over; with the lights on it is two thirds. */
const FAR_SECONDS = 25
const START_METRES = 2

/**
 * The city has more inspectors and tow trucks than it shows: one that is far away, and out of everybody's sight, hands
 * its errand to a colleague who happens to be on the way there, out of sight as well, and who then goes by its name.
 */
export function handToNearest(world: World, unit: Unit, plate: string): void {
  const { vehicles } = world
  if (unit.kind !== 'inspector' && unit.kind !== 'tow-truck') return
  const goal = whole(vehicles.lane, world.scratch.slotOfPlate.get(plate) ?? -1)
  const isOut = vehicles.mode[unit.slot] !== MODE.stationed
  if (!(goal >= 0) || (isOut && isInSight(world, unit.slot))) return
  const station = nearestStation(world, goal)
  const access = world.streets.map.stations[station]?.access
  const from = isOut ? whole(vehicles.lane, unit.slot) : access?.lane
  if (!access || from === undefined || at(rowOf(world.routes, goal).cost, from) <= FAR_SECONDS) return
  const start = startOn(world, access.lane, goal)
  leaveStreet(world, unit.slot)
  unit.station = station
  vehicles.mode[unit.slot] = MODE.duty
  vehicles.lane[unit.slot] = start
  vehicles.s[unit.slot] = start === access.lane ? access.s : START_METRES
  vehicles.lat[unit.slot] = 0
  vehicles.speed[unit.slot] = start === access.lane ? 0 : at(world.queues.limit, start)
}

/** @returns the station with the shortest way to a lane, −1 for none */
function nearestStation(world: World, goal: number): number {
  const { cost } = rowOf(world.routes, goal)
  let nearest = -1
  let least = Infinity
  world.streets.map.stations.forEach(({ access }, station) => {
    const seconds = at(cost, access.lane)
    if (seconds < least) [nearest, least] = [station, seconds]
  })
  return nearest
}

/** The last lane on the way that is still out of everybody's sight, no nearer than it needs to be. */
function startOn(world: World, from: number, goal: number): number {
  const { cost, hop } = rowOf(world.routes, goal)
  let start = from
  let lane = from
  while (lane >= 0 && at(cost, start) > FAR_SECONDS) {
    lane = whole(hop, lane)
    if (lane >= 0 && world.streets.isConnector[lane] !== 1 && !isLaneSeen(world, lane)) start = lane
  }
  return start
}

function isLaneSeen(world: World, lane: number): boolean {
  const pose = openPose()
  poseOnLane(world.streets.finder.headings, lane, { s: START_METRES, lat: 0 }, pose)
  return isSeen(world, pose)
}
