import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { atan2Of, distanceOf } from '../../shared/driving/trig.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { besideOf } from './beside.ts'
import { isTaken, passageOf } from './passage.ts'
import { callGreen } from './preempt.ts'
import { nextHop } from './route.ts'
import { kindOf } from './slots.ts'
import type { World } from './state.ts'
import { DT } from './state.ts'

/** How a unit with its lights on drives: faster than signs and bends would have it, and past who makes way. */
const HASTE = 1.5
const BEND_HASTE = 1.4
/** Of a unit's hurry, what it may take into a bend. */
const MOST_BEND_URGE = 1.5
const BRAKING = 7
const SIDEWAYS = 0.1
/** Metres before a lane's end from which a unit changes lanes whoever is beside. */
const LAST_METRES = 3
const WAY_METRES = 45
const WAY_TICKS = 30
const HALT_METRES = 8
const CLOSING_BRAKING = 5.5

export interface Pursuit {
  readonly lane: number
  /** Metres per second of who is followed. */
  readonly speed: number
  /** Metres to it as the crow flies. */
  readonly distance: number
  /** Factor on the haste for who is late. */
  readonly urge: number
}

/** Moves a unit on duty by one tick along the shortest way to a lane. */
export function driveOnDuty(world: World, slot: number, pursuit: Pursuit): void {
  const { vehicles } = world
  const lane = whole(vehicles.lane, slot)
  vehicles.goal[slot] = pursuit.lane
  const next = steer(world, slot, lane, pursuit.lane)
  vehicles.next[slot] = next
  const before = at(vehicles.speed, slot)
  const passage = passageOf(world, slot, next)
  const wished = Math.min(passage.most, wishedSpeed(world, slot, next, pursuit))
  const { acceleration } = CAR_LAWS[kindOf(world, slot)]
  const speed = Math.min(before + acceleration * DT, Math.max(before - BRAKING * DT, wished))
  vehicles.accel[slot] = (speed - before) / DT
  vehicles.speed[slot] = speed
  vehicles.s[slot] = at(vehicles.s, slot) + speed * DT
  const off = at(vehicles.lat, slot) - passage.lat
  vehicles.lat[slot] = at(vehicles.lat, slot) - Math.max(-SIDEWAYS, Math.min(SIDEWAYS, off))
  passOn(world, slot)
  askForWay(world, slot)
  if (whole(vehicles.flags, slot) & VEHICLE_FLAG.siren) askForGreen(world, slot)
}

/** Takes the neighbour lane where the way wants it, once there is room or no more time. @returns the lane that comes next */
function steer(world: World, slot: number, lane: number, goal: number): number {
  const { vehicles, dutyRoutes } = world
  const { lanes } = world.streets.map
  const hop = nextHop(dutyRoutes, lane, goal)
  const toLeft = hop >= 0 && hop === lanes.left[lane]
  const toRight = hop >= 0 && hop === lanes.right[lane]
  if (!toLeft && !toRight) return hop >= 0 ? hop : straightOn(world, lane)
  const beside = besideOf(world.streets, lane, at(vehicles.s, slot), hop)
  const remaining = at(lanes.length, lane) - at(vehicles.s, slot)
  if (remaining > LAST_METRES && isTaken(world, slot, hop, beside)) return straightOn(world, lane)
  const width = at(lanes.width, lane)
  vehicles.s[slot] = beside
  vehicles.lat[slot] = at(vehicles.lat, slot) + (toLeft ? width : -width)
  vehicles.lane[slot] = hop
  return steer(world, slot, hop, goal)
}

function straightOn(world: World, lane: number): number {
  const { lanes } = world.streets.map
  const first = whole(lanes.successorStart, lane)
  return first < whole(lanes.successorStart, lane + 1) ? whole(lanes.successor, first) : -1
}

function wishedSpeed(world: World, slot: number, next: number, pursuit: Pursuit): number {
  const { vehicles, queues, streets } = world
  const lane = whole(vehicles.lane, slot)
  const pace = (on: number) =>
    Math.min(
      at(queues.limit, on) * HASTE * pursuit.urge,
      at(streets.bendSpeed, on) * BEND_HASTE * Math.min(pursuit.urge, MOST_BEND_URGE),
    )
  let wished = Math.max(pace(lane), Math.min(pursuit.speed + 8, pace(lane) * 1.5))
  if (next >= 0) {
    const remaining = Math.max(0, at(streets.map.lanes.length, lane) - at(vehicles.s, slot))
    wished = Math.min(wished, Math.sqrt(pace(next) * pace(next) + 2 * BRAKING * remaining))
  }
  const gap = Math.max(0, pursuit.distance - HALT_METRES)
  return Math.min(at(vehicles.most, slot), wished, pursuit.speed + Math.sqrt(2 * CLOSING_BRAKING * gap))
}

function passOn(world: World, slot: number): void {
  const { vehicles, streets } = world
  const length = at(streets.map.lanes.length, whole(vehicles.lane, slot))
  const next = whole(vehicles.next, slot)
  if (at(vehicles.s, slot) <= length) return
  vehicles.s[slot] = next >= 0 ? at(vehicles.s, slot) - length : length
  if (next >= 0) vehicles.lane[slot] = next
}

/** Who is close ahead draws to the right and slows down. */
function askForWay(world: World, slot: number): void {
  const { vehicles, queues, streets } = world
  const lane = whole(vehicles.lane, slot)
  const tick = whole(world.clock.tick, 0)
  let from = at(vehicles.s, slot)
  let reach = from + WAY_METRES
  for (let on = lane, i = 0; on >= 0 && i < 3 && reach > 0; i += 1) {
    for (let other = whole(queues.tail, on); other >= 0; other = whole(vehicles.ahead, other)) {
      const s = at(vehicles.s, other)
      if (s > from - HALT_METRES && s < reach && whole(vehicles.heldUntil, other) <= tick)
        vehicles.heldUntil[other] = -tick - WAY_TICKS
    }
    reach -= at(streets.map.lanes.length, on)
    from = 0
    on = on === lane ? whole(vehicles.next, slot) : straightOn(world, on)
  }
}

/** Seconds before it arrives that a siren calls the lights ahead, and metres at least. */
const GREEN_SECONDS = 7
const GREEN_METRES = 60
const MOST_LANES = 6

/** The signals that it will come to soon turn green for a unit on duty, and red for everybody else. */
function askForGreen(world: World, slot: number): void {
  const { vehicles, streets, dutyRoutes } = world
  const goal = whole(vehicles.goal, slot)
  let lane = whole(vehicles.lane, slot)
  let left = at(vehicles.s, slot) + at(vehicles.speed, slot) * GREEN_SECONDS + GREEN_METRES
  for (let i = 0; i < MOST_LANES && lane >= 0 && left > 0; i += 1) {
    if (streets.isConnector[lane] === 1) callGreen(world, lane)
    left -= at(streets.map.lanes.length, lane)
    const hop = nextHop(dutyRoutes, lane, goal)
    lane = hop >= 0 ? hop : straightOn(world, lane)
  }
}

const LEAST_FLIGHT = 40
const CLOSING = 18
const CLIMB = 14

/** Moves a drone by one tick straight towards a point, over everything. @returns metres left */
export function fly(world: World, slot: number, goal: { x: number; y: number; speed: number }): number {
  const { vehicles } = world
  const dx = goal.x - at(vehicles.x, slot)
  const dy = goal.y - at(vehicles.y, slot)
  const distance = distanceOf(dx, dy)
  const wished = Math.min(at(vehicles.most, slot), Math.max(goal.speed, LEAST_FLIGHT))
  const speed = Math.min(at(vehicles.speed, slot) + CLIMB * DT, wished, distance / DT)
  vehicles.speed[slot] = speed
  if (distance < 0.01) return distance
  const way = speed * DT
  vehicles.x[slot] = at(vehicles.x, slot) + (dx / distance) * way
  vehicles.y[slot] = at(vehicles.y, slot) + (dy / distance) * way
  vehicles.heading[slot] = atan2Of(dy, dx)
  return distance - way
}

/** m/s at which a drone closes in on somebody who flees. */
export const closingSpeed = (fleeing: number): number => fleeing + CLOSING
