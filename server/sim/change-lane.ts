import { LANE_FLAG } from '../../shared/model/city-map.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { besideOf } from './beside.ts'
import { gapBetween, idmAcceleration, pressure, pressureOf } from './follow.ts'
import { dropClaim } from './junction.ts'
import { enterQueue, firstBehind, leaveQueue } from './queues.ts'
import { rowOf } from './route.ts'
import type { World } from './state.ts'
import { chooseWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/**
 * MOBIL (Kesting, Treiber, Helbing): change when it is safe for who will be behind, and when the gain, with some
 * politeness towards those behind, is worth it. A change that the route wants is pressed the more the nearer its end.
 */

/** A vehicle thinks about it twice a second, each in its own tick. */
const EVERY_TICKS = 10
const SAFE_BRAKING = 3
const PRESSED_BRAKING = 4.5
const POLITENESS = 0.3
const THRESHOLD = 0.2
const KEEP_RIGHT = 0.1
const LEAST_GAP = 2
const SETTLED_TICKS = 100
/** No change so near a junction, nor right behind one. */
const END_METRES = 12
const START_METRES = 6
/** Metres before the end of the lane from which a change that the route wants is pressed, and pressed hard. */
const PRESSED_METRES = 150
const HARD_METRES = 60
/** Seconds of detour that a change of mere comfort may cost, far from and near to the end of the lane. */
const DETOUR_SECONDS = 5
const CRAWLING = 1
const HINDERED_METRES = 120
const LANE = MODE.lane
const BUS = VEHICLE_KINDS.indexOf('bus')

export function changeLanes(world: World): void {
  const { vehicles, clock } = world
  const highWater = whole(clock.highWater, 0)
  const tick = whole(clock.tick, 0)
  for (let slot = tick % EVERY_TICKS; slot < highWater; slot += EVERY_TICKS) {
    if (vehicles.mode[slot] === LANE && whole(vehicles.settled, slot) <= tick) consider(world, slot)
  }
}

function consider(world: World, slot: number): void {
  const { vehicles, streets } = world
  const { lanes } = streets.map
  const lane = whole(vehicles.lane, slot)
  const want = whole(vehicles.want, slot)
  if (want < 0 && !isHindered(world, slot)) return
  const left = whole(lanes.left, lane)
  const right = whole(lanes.right, lane)
  if (left < 0 && right < 0) return
  const s = at(vehicles.s, slot)
  const remaining = at(lanes.length, lane) - s
  if (remaining < END_METRES + at(vehicles.half, slot) || s < START_METRES || streets.isConnector[lane] === 1) return
  if (want >= 0) {
    const bias = remaining < HARD_METRES ? Infinity : remaining < PRESSED_METRES ? 1 : 0.5
    if (gain(world, slot, want, remaining < HARD_METRES) + bias > THRESHOLD) change(world, slot, want)
    return
  }
  const { detourLeft, detourRight } = world.scratch
  const mayLeft = isOpen(world, slot, left) && mayDetour(detourTo(world, slot, left, detourLeft), remaining)
  const mayRight = isOpen(world, slot, right) && mayDetour(detourTo(world, slot, right, detourRight), remaining)
  const toLeft = mayLeft ? gain(world, slot, left, false) : -Infinity
  const toRight = mayRight ? gain(world, slot, right, false) + KEEP_RIGHT : -Infinity
  if (Math.max(toLeft, toRight) > THRESHOLD) change(world, slot, toLeft > toRight ? left : right)
}

/** Only who drives behind somebody has something to gain; nobody changes for comfort while standing. */
function isHindered(world: World, slot: number): boolean {
  const { vehicles } = world
  const ahead = whole(vehicles.ahead, slot)
  if (ahead < 0 || at(vehicles.speed, slot) < CRAWLING) return false
  return at(vehicles.s, ahead) - at(vehicles.s, slot) < HINDERED_METRES
}

/** Whether there is such a lane and the vehicle may use it. */
function isOpen(world: World, slot: number, lane: number): boolean {
  if (lane < 0 || world.queues.closed[lane] === 1) return false
  const bits = world.streets.map.lanes.flags[lane] ?? 0
  return !(bits & LANE_FLAG.busOnly) || world.vehicles.kind[slot] === BUS
}

/** Whether the route can do with that lane as well. */
const mayDetour = (seconds: number, remaining: number): boolean =>
  remaining > PRESSED_METRES ? seconds <= DETOUR_SECONDS : seconds <= 0

/** Seconds that the way to the goal is longer from a lane beside; `known` keeps them as long as the vehicle keeps its lane. */
function detourTo(world: World, slot: number, lane: number, known: Float64Array): number {
  const before = at(known, slot)
  if (!Number.isNaN(before)) return before
  const { cost } = rowOf(world.routes, whole(world.vehicles.goal, slot))
  const detour = at(cost, lane) - at(cost, whole(world.vehicles.lane, slot))
  known[slot] = detour
  return detour
}

/** @returns the incentive in m/s², −Infinity when it is not safe */
function gain(world: World, slot: number, lane: number, pressed: boolean): number {
  const { vehicles, queues } = world
  const own = whole(vehicles.lane, slot)
  const s = mappedS(world, slot, lane)
  const behind = firstBehind(queues, vehicles, lane, s)
  const ahead = behind >= 0 ? whole(vehicles.ahead, behind) : whole(queues.tail, lane)
  const half = at(vehicles.half, slot)
  const gapAhead = ahead >= 0 ? at(vehicles.s, ahead) - at(vehicles.half, ahead) - s - half : Infinity
  const gapBehind = behind >= 0 ? s - half - at(vehicles.s, behind) - at(vehicles.half, behind) : Infinity
  if (gapAhead < LEAST_GAP || gapBehind < LEAST_GAP) return -Infinity
  if (whole(world.scratch.ghostHead, lane) >= 0) return -Infinity
  const speed = at(vehicles.speed, slot)
  const wished = at(queues.limit, lane) * at(vehicles.desired, slot)
  const pushed = ahead >= 0 ? pressure(world, slot, gapAhead, at(vehicles.speed, ahead)) : 0
  const mine = idmAcceleration(world, slot, wished, pushed)
  if (mine < -SAFE_BRAKING) return -Infinity
  const benefit = mine - at(vehicles.accel, slot) + POLITENESS * relief(world, slot, own)
  if (behind < 0) return benefit
  const theirWish = at(queues.limit, lane) * at(vehicles.desired, behind)
  const theirs = idmAcceleration(world, behind, theirWish, pressure(world, behind, gapBehind, speed))
  if (theirs < (pressed ? -PRESSED_BRAKING : -SAFE_BRAKING)) return -Infinity
  return benefit + POLITENESS * (theirs - at(vehicles.accel, behind))
}

/** What who is behind now would gain if the vehicle were gone. */
function relief(world: World, slot: number, lane: number): number {
  const { vehicles, queues } = world
  const behind = whole(vehicles.behind, slot)
  if (behind < 0) return 0
  const ahead = whole(vehicles.ahead, slot)
  const open = ahead < 0 || gapBetween(world, behind, ahead) > 100
  const wished = at(queues.limit, lane) * at(vehicles.desired, behind)
  return (
    idmAcceleration(world, behind, wished, open ? 0 : pressureOf(world, behind, ahead)) - at(vehicles.accel, behind)
  )
}

/** Lanes side by side differ a little in length where the road bends. */
const mappedS = ({ vehicles, streets }: World, slot: number, lane: number): number =>
  besideOf(streets, whole(vehicles.lane, slot), at(vehicles.s, slot), lane)

/** Moves over: at once in the queues, over two or three seconds to the eye. */
function change(world: World, slot: number, lane: number): void {
  const { vehicles, queues, streets } = world
  const own = whole(vehicles.lane, slot)
  const isLeft = streets.map.lanes.left[own] === lane
  const width = at(streets.map.lanes.width, own)
  const s = mappedS(world, slot, lane)
  dropClaim(world, slot)
  leaveQueue(queues, vehicles, slot)
  vehicles.s[slot] = s
  vehicles.lat[slot] = at(vehicles.lat, slot) + (isLeft ? width : -width)
  vehicles.settled[slot] = whole(world.clock.tick, 0) + SETTLED_TICKS
  enterQueue(queues, vehicles, slot, lane)
  chooseWay(world, slot)
}
