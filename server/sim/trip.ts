import { randomBelow } from '../../shared/random.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { LANE_FLAG } from '../../shared/model/city-map.ts'
import { nextHop, rowOf } from './route.ts'
import { learnStretch } from './stretch.ts'
import type { World } from './state.ts'

/** Streams of chance: one per purpose, so that none shifts another. */
export const STREAM = { spawn: 1, trip: 2, condition: 3, crossing: 4, errand: 5, wear: 6, way: 7, colour: 8 } as const
/** How many other goals a driver thinks of before a jam. */
const OTHER_GOALS = 4
/** A lane with a vehicle per this many metres is full. */
const JAM_METRES = 9
const STREAM_WIDTH = 0x10000
const STOPS_THOUGHT_OF = 6
const BUS = VEHICLE_KINDS.indexOf('bus')

/** @returns the number of the stream that `slot` uses for `purpose` */
export const streamFor = (purpose: number, slot: number): number => purpose * STREAM_WIDTH + slot

/**
 * Decides, on entering a lane, which lane comes after it and whether the route wants a neighbour lane first. A vehicle
 * that has come to its goal begins another trip.
 */
export function chooseWay(world: World, slot: number): void {
  const { vehicles } = world
  const { lanes } = world.streets.map
  const lane = whole(vehicles.lane, slot)
  if (lane === whole(vehicles.goal, slot) && isFree(world, slot)) beginTrip(world, slot)
  const hop = openHop(world, slot, lane)
  const beside = hop >= 0 && (hop === lanes.left[lane] || hop === lanes.right[lane])
  vehicles.want[slot] = beside ? hop : -1
  vehicles.next[slot] = beside || hop < 0 ? anySuccessor(world, slot, lane) : hop
  learnStretch(world, slot)
  showIndicators(world, slot)
}

/** The same for a car that drives freely: its indicators are its driver's. */
export function chooseFreeWay(world: World, slot: number): void {
  const { flags } = world.vehicles
  const kept = whole(flags, slot)
  chooseWay(world, slot)
  flags[slot] = kept
}

/**
 * The way to the goal. Who sees a jam on it, or no way at all, would rather go somewhere else: nobody's trip is worth
 * a gridlock. Those who were sent keep to their goal.
 */
function openHop(world: World, slot: number, lane: number): number {
  const { vehicles, routes } = world
  let hop = nextHop(routes, lane, whole(vehicles.goal, slot))
  if (!isFree(world, slot)) return hop
  for (let i = 0; i < OTHER_GOALS && (hop < 0 || isJammed(world, hop)); i += 1) {
    beginTrip(world, slot)
    hop = nextHop(routes, lane, whole(vehicles.goal, slot))
  }
  return hop
}

/** Whether a driver may go wherever he likes: nobody sent him, and he is on no errand. */
function isFree({ vehicles, seats }: World, slot: number): boolean {
  const seat = whole(vehicles.seat, slot)
  return whole(vehicles.trips, slot) >= 0 && (seat < 0 || !seats[seat]?.errand)
}

/** @returns whether the lane that a connector leads to is full */
function isJammed(world: World, connector: number): boolean {
  if (world.streets.isConnector[connector] !== 1) return false
  const { lanes } = world.streets.map
  const exit = whole(lanes.successor, whole(lanes.successorStart, connector))
  return whole(world.queues.count, exit) * JAM_METRES > at(lanes.length, exit)
}

/** Waited long for room behind the junction: another way out of the lane that has some is as good. */
export function takeOtherWay(world: World, slot: number): void {
  const { lanes } = world.streets.map
  const { vehicles } = world
  if (whole(vehicles.trips, slot) < 0 || !isJammed(world, whole(vehicles.next, slot))) return
  const lane = whole(vehicles.lane, slot)
  for (let i = whole(lanes.successorStart, lane); i < whole(lanes.successorStart, lane + 1); i += 1) {
    const other = whole(lanes.successor, i)
    if (world.queues.closed[other] === 1 || isJammed(world, other)) continue
    vehicles.next[slot] = other
    learnStretch(world, slot)
    showIndicators(world, slot)
    return
  }
}

/** Draws the next goal from the vehicle's own stream; buses go from stop to stop. */
export function beginTrip(world: World, slot: number): void {
  const { vehicles, streets, settings } = world
  const trip = whole(vehicles.trips, slot) + 1
  vehicles.trips[slot] = trip
  const stream = streamFor(STREAM.trip, slot)
  if (vehicles.kind[slot] === BUS && streets.busLanes.length > 0) vehicles.goal[slot] = nextStop(world, slot, trip)
  else
    vehicles.goal[slot] =
      streets.destinations[randomBelow(settings.seed, stream, trip, streets.destinations.length)] ?? 0
}

/** Of a few stops that a bus thinks of, the nearest one that it does not stand at. */
function nextStop(world: World, slot: number, trip: number): number {
  const { vehicles, streets, settings, routes } = world
  const lane = whole(vehicles.lane, slot)
  let nearest = streets.busLanes[0] ?? 0
  let least = Infinity
  for (let i = 0; i < STOPS_THOUGHT_OF; i += 1) {
    const n = randomBelow(
      settings.seed,
      streamFor(STREAM.trip, slot),
      trip * STOPS_THOUGHT_OF + i,
      streets.busLanes.length,
    )
    const goal = streets.busLanes[n] ?? 0
    const seconds = lane >= 0 ? at(rowOf(routes, goal).cost, lane) : 0
    if (goal === lane || seconds >= least) continue
    nearest = goal
    least = seconds
  }
  return nearest
}

/** Where the lane leads when the route cannot say: any open lane after it, −1 for none. */
function anySuccessor(world: World, slot: number, lane: number): number {
  const { lanes } = world.streets.map
  const first = whole(lanes.successorStart, lane)
  const choices = whole(lanes.successorStart, lane + 1) - first
  if (choices === 0) return -1
  const tick = whole(world.clock.tick, 0)
  const offset = randomBelow(world.settings.seed, streamFor(STREAM.way, slot), tick, choices)
  for (let i = 0; i < choices; i += 1) {
    const choice = whole(lanes.successor, first + ((offset + i) % choices))
    if (world.queues.closed[choice] !== 1) return choice
  }
  return whole(lanes.successor, first + offset)
}

/** Indicators say which connector comes or which lane is wanted, and go off behind the junction. */
export function showIndicators(world: World, slot: number): void {
  const { vehicles, streets } = world
  const next = whole(vehicles.next, slot)
  const lane = whole(vehicles.lane, slot)
  const { lanes } = streets.map
  const want = whole(vehicles.want, slot)
  const turning = streets.isConnector[lane] === 1 ? lane : next
  const bits = turning < 0 || want >= 0 ? 0 : (lanes.flags[turning] ?? 0)
  const cleared = whole(vehicles.flags, slot) & ~(VEHICLE_FLAG.indicatorLeft | VEHICLE_FLAG.indicatorRight)
  const toLeft = bits & LANE_FLAG.turnsLeft || (want >= 0 && want === lanes.left[lane])
  const toRight = bits & LANE_FLAG.turnsRight || (want >= 0 && want === lanes.right[lane])
  const left = toLeft ? VEHICLE_FLAG.indicatorLeft : 0
  const right = toRight ? VEHICLE_FLAG.indicatorRight : 0
  vehicles.flags[slot] = cleared | left | right
}
