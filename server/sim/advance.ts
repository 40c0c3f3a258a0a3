import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { stopPressure } from './buses.ts'
import { passLaneCameras } from './cameras.ts'
import { crossingPressure } from './crossings.ts'
import { weatherPace } from './daylight.ts'
import { ghostPressure, idmAcceleration, pressure, STAND_GAP } from './follow.ts'
import { dropClaim } from './junction.ts'
import { joinPressure, pressureBeyond } from './look-ahead.ts'
import { enterQueue, leaveQueue } from './queues.ts'
import type { Report } from './report.ts'
import type { World } from './state.ts'
import { DT } from './state.ts'
import { FEATURE } from './streets.ts'
import { chooseWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Metres that are left between two vehicles whatever happens: nobody drives through anybody. */
const TOUCH = 0.1
const BRAKING_LIGHT = -0.6
/** m/s² at which a driver slows down for a lower limit or a bend ahead. */
const ANTICIPATION = 1.5
const WAY_MAKING_SPEED = 5
const HELD_PRESSURE = 2
const STANDING = 0.1
const WAY_MAKING_LAT = 1
/** Metres per tick that a vehicle moves sideways. */
const DRIFT = 0.06
/** Nearer than this behind one that stands, who stands stays. */
const QUEUE_GAP = STAND_GAP + 0.6

/** Decides every lane vehicle's acceleration from where everybody is now. */
export function accelerateTraffic(world: World): void {
  const { vehicles, clock } = world
  const { mode, ahead, speed, accel, s, half } = vehicles
  const highWater = whole(clock.highWater, 0)
  const pace = weatherPace(world)
  for (let slot = 0; slot < highWater; slot += 1) {
    if (mode[slot] !== MODE.lane) continue
    const leader = whole(ahead, slot)
    if (leader < 0) {
      accel[slot] = decide(world, slot, pressureBeyond(world, slot), pace)
      continue
    }
    const gap = at(s, leader) - at(s, slot) - at(half, leader) - at(half, slot)
    if (at(speed, slot) === 0 && gap < QUEUE_GAP && at(speed, leader) === 0) accel[slot] = 0
    else accel[slot] = decide(world, slot, pressure(world, slot, gap, at(speed, leader)), pace)
  }
}

/** @param pressed by what is ahead in the queue or beyond the lane's end */
function decide(world: World, slot: number, pressed: number, pace: number): number {
  const { vehicles, streets } = world
  const lane = whole(vehicles.lane, slot)
  const features = whole(streets.features, lane)
  let worst = pressed
  if (whole(world.scratch.ghostHead, lane) >= 0) {
    worst = Math.max(worst, ghostPressure(world, slot, lane, { from: at(vehicles.s, slot), before: 0 }))
  }
  if (features !== 0) worst = Math.max(worst, pressureOfFeatures(world, slot, lane, features))
  const tick = whole(world.clock.tick, 0)
  if (whole(vehicles.heldUntil, slot) > tick) worst += HELD_PRESSURE
  let wished = wishedSpeed(world, slot, lane) * pace
  if (whole(vehicles.makesWay, slot) > tick && wished > WAY_MAKING_SPEED) wished = WAY_MAKING_SPEED
  return idmAcceleration(world, slot, wished, worst)
}

function pressureOfFeatures(world: World, slot: number, lane: number, features: number): number {
  let worst = 0
  if (features & FEATURE.joins) {
    const own = at(world.streets.map.lanes.length, lane) - at(world.vehicles.s, slot)
    worst = joinPressure(world, slot, lane, own)
  }
  if (features & FEATURE.crossing)
    worst = Math.max(worst, crossingPressure(world, slot, lane, -at(world.vehicles.s, slot)))
  return features & FEATURE.busStop ? Math.max(worst, stopPressure(world, slot, lane)) : worst
}

/** The limit as the driver takes it and the bends; for the first in line, also of what comes next. */
function wishedSpeed(world: World, slot: number, lane: number): number {
  const { vehicles, queues, streets } = world
  const desired = at(vehicles.desired, slot)
  const bend = at(streets.bendSpeed, lane)
  const limit = at(queues.limit, lane) * desired
  const wished = limit < bend ? limit : bend
  const next = whole(vehicles.next, slot)
  if (next < 0 || whole(vehicles.ahead, slot) >= 0) return wished
  const pace = Math.min(at(queues.limit, next) * desired, at(streets.bendSpeed, next))
  if (pace >= wished) return wished
  const remaining = at(streets.map.lanes.length, lane) - at(vehicles.s, slot)
  const squared = pace * pace + 2 * ANTICIPATION * (remaining > 0 ? remaining : 0)
  return squared < wished * wished ? Math.sqrt(squared) : wished
}

/** Moves every lane vehicle by one tick and passes it on to its next lane. */
export function moveTraffic(world: World, report: Report): void {
  const { vehicles, clock } = world
  const { mode, speed, accel, waited, makesWay, heldUntil, lat } = vehicles
  const highWater = whole(clock.highWater, 0)
  const tick = whole(clock.tick, 0)
  for (let slot = 0; slot < highWater; slot += 1) {
    if (mode[slot] !== MODE.lane) continue
    const stays = at(speed, slot) === 0 && at(accel, slot) <= 0
    if (stays) waited[slot] = whole(waited, slot) + 1
    else moveOne(world, slot, report)
    const wanted = whole(makesWay, slot) > tick || whole(heldUntil, slot) > tick ? WAY_MAKING_LAT : 0
    if (at(lat, slot) !== wanted) drift(vehicles, slot, wanted)
  }
}

function drift({ lat }: World['vehicles'], slot: number, wanted: number): void {
  const off = at(lat, slot) - wanted
  lat[slot] = wanted + (off > DRIFT ? off - DRIFT : off < -DRIFT ? off + DRIFT : 0)
}

function moveOne(world: World, slot: number, report: Report): void {
  const { vehicles, streets } = world
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
  const flags = whole(vehicles.flags, slot)
  vehicles.flags[slot] = accel < BRAKING_LIGHT ? flags | VEHICLE_FLAG.braking : flags & ~VEHICLE_FLAG.braking
  const lane = whole(vehicles.lane, slot)
  if (whole(streets.features, lane) & FEATURE.camera) {
    passLaneCameras(world, { slot, from, to: s, speedFrom: before, speedTo: speed }, report)
  }
  const length = at(streets.map.lanes.length, lane)
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
