import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { stopPressure } from './buses.ts'
import { passLaneCameras } from './cameras.ts'
import { crossingPressure } from './crossings.ts'
import { weatherPace } from './daylight.ts'
import { ghostPressure, idmAcceleration, pressureOf } from './follow.ts'
import { dropClaim } from './junction.ts'
import { joinPressure, pressureBeyond } from './look-ahead.ts'
import { enterQueue, leaveQueue } from './queues.ts'
import type { Report } from './report.ts'
import type { World } from './state.ts'
import { DT } from './state.ts'
import type { LanePlaces } from './streets.ts'
import { chooseWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Metres that are left between two vehicles whatever happens: nobody drives through anybody. */
const TOUCH = 0.1
const BRAKING_LIGHT = -0.6
/** m/s² at which a driver slows down for a lower limit or a bend ahead. */
const ANTICIPATION = 1.5
const WAY_MAKING_SPEED = 5
const STANDING = 0.1
const WAY_MAKING_LAT = 1
/** Metres per tick that a vehicle moves sideways. */
const DRIFT = 0.06

/** Decides every lane vehicle's acceleration from where everybody is now. */
export function accelerateTraffic(world: World): void {
  const { vehicles, clock } = world
  const highWater = whole(clock.highWater, 0)
  const tick = whole(clock.tick, 0)
  const pace = weatherPace(world)
  for (let slot = 0; slot < highWater; slot += 1) {
    if (vehicles.mode[slot] !== MODE.lane) continue
    const ahead = whole(vehicles.ahead, slot)
    const lane = whole(vehicles.lane, slot)
    let pressed = ahead >= 0 ? pressureOf(world, slot, ahead) : pressureBeyond(world, slot)
    if (whole(world.scratch.ghostHead, lane) >= 0) {
      pressed = Math.max(pressed, ghostPressure(world, slot, lane, { from: at(vehicles.s, slot), before: 0 }))
    }
    if (world.streets.isConnector[lane] === 1) {
      const own = at(world.streets.map.lanes.length, lane) - at(vehicles.s, slot)
      pressed = Math.max(pressed, joinPressure(world, slot, lane, own))
    }
    if (hasPlaces(world.streets.crossingLines, lane)) pressed = Math.max(pressed, crossingPressure(world, slot, lane))
    if (hasPlaces(world.streets.busStops, lane)) pressed = Math.max(pressed, stopPressure(world, slot, lane))
    if (whole(vehicles.heldUntil, slot) > tick) pressed += 2
    const wished = wishedSpeed(world, slot, lane, tick) * pace
    vehicles.accel[slot] = idmAcceleration(world, slot, wished, pressed)
  }
}

const hasPlaces = ({ start }: LanePlaces, lane: number): boolean => whole(start, lane + 1) > whole(start, lane)

/** The limit as the driver takes it, the bends, and what comes next. */
function wishedSpeed(world: World, slot: number, lane: number, tick: number): number {
  const { vehicles, queues, streets } = world
  const desired = at(vehicles.desired, slot)
  let wished = Math.min(at(queues.limit, lane) * desired, at(streets.bendSpeed, lane))
  const next = whole(vehicles.next, slot)
  if (next >= 0) {
    const pace = Math.min(at(queues.limit, next) * desired, at(streets.bendSpeed, next))
    if (pace < wished) {
      const remaining = at(streets.map.lanes.length, lane) - at(vehicles.s, slot)
      wished = Math.min(wished, Math.sqrt(pace * pace + 2 * ANTICIPATION * Math.max(0, remaining)))
    }
  }
  if (whole(vehicles.makesWay, slot) > tick) wished = Math.min(wished, WAY_MAKING_SPEED)
  return wished
}

/** Moves every lane vehicle by one tick and passes it on to its next lane. */
export function moveTraffic(world: World, report: Report): void {
  const { vehicles, clock } = world
  const highWater = whole(clock.highWater, 0)
  for (let slot = 0; slot < highWater; slot += 1) {
    if (vehicles.mode[slot] === MODE.lane) moveOne(world, slot, report)
  }
}

function moveOne(world: World, slot: number, report: Report): void {
  const { vehicles } = world
  const before = at(vehicles.speed, slot)
  const accel = at(vehicles.accel, slot)
  const wish = before + accel * DT
  let speed = wish > 0 ? wish : 0
  const from = at(vehicles.s, slot)
  let s = from + (before + speed) * 0.5 * DT
  const furthest = furthestFor(world, slot)
  if (s > furthest) {
    s = furthest > from ? furthest : from
    speed = Math.min(speed, (s - from) / DT)
  }
  vehicles.speed[slot] = speed
  vehicles.s[slot] = s
  vehicles.waited[slot] = speed < STANDING ? whole(vehicles.waited, slot) + 1 : 0
  settle(vehicles, slot, { accel, tick: whole(world.clock.tick, 0) })
  passLaneCameras(world, { slot, from, to: s, speedFrom: before, speedTo: speed }, report)
  const length = at(world.streets.map.lanes.length, whole(vehicles.lane, slot))
  if (s > length) passOn(world, slot, { length, before }, report)
}

/** Where the vehicle ahead, on the lane or at the beginning of the next, ends this one's way for now. */
function furthestFor(world: World, slot: number): number {
  const { vehicles, queues } = world
  const ahead = whole(vehicles.ahead, slot)
  const room = at(vehicles.half, slot) + TOUCH
  if (ahead >= 0) return at(vehicles.s, ahead) - at(vehicles.half, ahead) - room
  const next = whole(vehicles.next, slot)
  const tail = next >= 0 ? whole(queues.tail, next) : -1
  if (tail < 0) return Infinity
  const length = at(world.streets.map.lanes.length, whole(vehicles.lane, slot))
  return length + at(vehicles.s, tail) - at(vehicles.half, tail) - room
}

/** Draws to the middle of the lane, or to the right of it to make way, and lights the brake lamps. */
function settle(vehicles: World['vehicles'], slot: number, { accel, tick }: { accel: number; tick: number }): void {
  const wanted = whole(vehicles.makesWay, slot) > tick || whole(vehicles.heldUntil, slot) > tick ? WAY_MAKING_LAT : 0
  const off = at(vehicles.lat, slot) - wanted
  if (off !== 0) vehicles.lat[slot] = wanted + (off > DRIFT ? off - DRIFT : off < -DRIFT ? off + DRIFT : 0)
  const flags = whole(vehicles.flags, slot)
  vehicles.flags[slot] = accel < BRAKING_LIGHT ? flags | VEHICLE_FLAG.braking : flags & ~VEHICLE_FLAG.braking
}

/** From the end of one lane to the beginning of the next. */
function passOn(world: World, slot: number, step: { length: number; before: number }, report: Report): void {
  const { vehicles, queues } = world
  const lane = whole(vehicles.lane, slot)
  const next = whole(vehicles.next, slot)
  if (next < 0) {
    vehicles.s[slot] = step.length
    vehicles.speed[slot] = 0
    return
  }
  if (vehicles.claim[slot] === next) dropClaim(world, slot)
  leaveQueue(queues, vehicles, slot)
  queues.lastOut[lane] = slot
  vehicles.s[slot] = at(vehicles.s, slot) - step.length
  enterQueue(queues, vehicles, slot, next)
  chooseWay(world, slot)
  const speed = at(vehicles.speed, slot)
  passLaneCameras(world, { slot, from: 0, to: at(vehicles.s, slot), speedFrom: step.before, speedTo: speed }, report)
}
