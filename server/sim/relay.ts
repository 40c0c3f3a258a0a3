import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { openPose, poseOf } from './pose.ts'
import { rowOf } from './route.ts'
import { isInSight } from './sight.ts'
import { leaveStreet } from './slots.ts'
import { isPlaceSeen } from './spawn.ts'
import type { Unit, World } from './state.ts'
import { travelSeconds, type Spot } from './travel.ts'
import { MODE } from './vehicle-table.ts'

/** Seconds of driving at the limits from which a nearer colleague takes over. */
const FAR_SECONDS = 18
/** Kept free at both ends of the lane it starts on. */
const START_METRES = 2
const END_METRES = 20

/**
 * The city has more inspectors and tow trucks than it shows: one that is far away, and out of everybody's sight, hands
 * its errand to a colleague who happens to be on the way there, out of sight as well, and who then goes by its name.
 */
export function handToNearest(world: World, unit: Unit, plate: string): void {
  const { vehicles } = world
  const target = spotOf(world, world.scratch.slotOfPlate.get(plate) ?? -1)
  const isOut = vehicles.mode[unit.slot] !== MODE.stationed
  if ((unit.kind !== 'inspector' && unit.kind !== 'tow-truck') || !(target.lane >= 0)) return
  if (isOut && isInSight(world, unit.slot)) return
  const station = nearestStation(world, target)
  const access = world.streets.map.stations[station]?.access
  if (!access) return
  if (!isOut) unit.station = station
  if (travelSeconds(world, isOut ? spotOf(world, unit.slot) : access, target) <= FAR_SECONDS) return
  const start = startOn(world, access, target)
  leaveStreet(world, unit.slot)
  unit.station = station
  vehicles.mode[unit.slot] = MODE.duty
  vehicles.lane[unit.slot] = start.lane
  vehicles.s[unit.slot] = start.s
  vehicles.lat[unit.slot] = 0
  const pace = Math.min(at(vehicles.most, unit.slot), at(world.queues.limit, start.lane))
  vehicles.speed[unit.slot] = start === access ? 0 : pace
}

/** Where a vehicle is on its lane; lane −1 for none. */
const spotOf = ({ vehicles }: World, slot: number): Spot => ({
  lane: vehicles.lane[slot] ?? -1,
  s: vehicles.s[slot] ?? 0,
})

/** A drone waits on every roof: one that is in its station takes off from the one nearest by. */
export function takeOffNearest(world: World, unit: Unit, plate: string): void {
  const target = world.scratch.slotOfPlate.get(plate)
  if (unit.kind !== 'drone' || target === undefined || world.vehicles.mode[unit.slot] !== MODE.stationed) return
  const to = poseOf(world, target, openPose())
  unit.station = nearestRoof(world, to)
  const station = world.streets.map.stations[unit.station]
  if (!station) return
  world.vehicles.x[unit.slot] = station.x
  world.vehicles.y[unit.slot] = station.y
}

/** @returns the station nearest to a place as the crow flies, −1 for none */
export function nearestRoof({ streets }: World, to: { readonly x: number; readonly y: number }): number {
  let nearest = -1
  let least = Infinity
  streets.map.stations.forEach(({ x, y }, station) => {
    const metres = distanceOf(to.x - x, to.y - y)
    if (metres < least) [nearest, least] = [station, metres]
  })
  return nearest
}

/** @returns the station with the shortest way to a place, −1 for none */
function nearestStation(world: World, target: Spot): number {
  let nearest = -1
  let least = Infinity
  world.streets.map.stations.forEach(({ access }, station) => {
    const seconds = travelSeconds(world, access, target)
    if (seconds < least) [nearest, least] = [station, seconds]
  })
  return nearest
}

/** The last place on the way that is still out of everybody's sight, no nearer than it needs to be. */
function startOn(world: World, access: Spot, target: Spot): Spot {
  const { hop } = rowOf(world.dutyRoutes, target.lane)
  let start = access
  let lane = access.lane
  let left = travelSeconds(world, access, target)
  while (lane >= 0 && left > FAR_SECONDS) {
    lane = whole(hop, lane)
    if (lane < 0 || world.streets.isConnector[lane] === 1) continue
    const late = travelSeconds(world, { lane, s: START_METRES }, target) - FAR_SECONDS
    const s = Math.min(START_METRES + (late > 0 ? late * at(world.queues.limit, lane) : 0), endOf(world, lane))
    if (isPlaceSeen(world, { lane, s })) continue
    start = { lane, s }
    left = travelSeconds(world, start, target)
  }
  return start
}

const endOf = ({ streets }: World, lane: number): number =>
  Math.max(START_METRES, at(streets.map.lanes.length, lane) - END_METRES)
