import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { stopPressure } from './buses.ts'
import { passLaneCameras } from './cameras.ts'
import { crossingPressure } from './crossings.ts'
import { weatherPace } from './daylight.ts'
import { ghostPressure, idmAcceleration, pressure, STAND_GAP } from './follow.ts'
import { dropClaim } from './junction.ts'
import { joinPressure, pressureBeyond, STAYS } from './look-ahead.ts'
import { enterQueue, leaveQueue } from './queues.ts'
import type { Report } from './report.ts'
import type { World } from './state.ts'
import { DT, GHOSTS } from './state.ts'
import { FEATURE } from './streets.ts'
import { chooseWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Metres that are left between two vehicles whatever happens: nobody drives through anybody. */
const TOUCH = 0.1
const DECIDE_TICKS = 2
/** m/s² of braking from which the lights at the back are lit. */
export const BRAKING_LIGHT = -0.6
/** m/s² at which a driver slows down for a lower limit or a bend ahead. */
const ANTICIPATION = 1.5
const WAY_MAKING_SPEED = 5
const HELD_PRESSURE = 2
const STANDING = 0.1
const WAY_MAKING_LAT = 1
/** Metres per tick that a vehicle moves sideways. */
const DRIFT = 0.06
/** What on a lane may slow a driver down: all but cameras. */
const PRESSING = GHOSTS | FEATURE.joins | FEATURE.crossing | FEATURE.busStop
/** Nearer than this behind one that stands, who stands stays. */
const QUEUE_GAP = STAND_GAP + 0.6

/** Decides the acceleration of half the lane vehicles from where everybody is now: a driver decides ten times a second. */
export function accelerateTraffic(world: World): void {
  const { vehicles, clock } = world
  const { mode, ahead, speed, accel, s, half } = vehicles
  const highWater = clock.highWater[0] as number
  const pace = weatherPace(world)
  for (let slot = (clock.tick[0] as number) % DECIDE_TICKS; slot < highWater; slot += DECIDE_TICKS) {
    if (mode[slot] !== MODE.lane) continue
    const leader = ahead[slot] as number
    if (leader < 0) {
      const pressed = pressureBeyond(world, slot)
      accel[slot] = pressed === STAYS ? 0 : decide(world, slot, pressed, pace)
      continue
    }
    const gap = (s[leader] as number) - (s[slot] as number) - (half[leader] as number) - (half[slot] as number)
    if ((speed[slot] as number) === 0 && gap < QUEUE_GAP && (speed[leader] as number) === 0) accel[slot] = 0
    else accel[slot] = decide(world, slot, pressure(world, slot, gap, speed[leader] as number), pace)
  }
}

/** @param pressed by what is ahead in the queue or beyond the lane's end */
function decide(world: World, slot: number, pressed: number, pace: number): number {
  const { vehicles, scratch } = world
  const lane = vehicles.lane[slot] as number
  const bits = (scratch.bits[lane] as number) & PRESSING
  let worst = pressed
  if (bits !== 0) {
    const special = pressureOfFeatures(world, slot, lane, bits)
    if (special > worst) worst = special
  }
  let wished = wishedSpeed(world, slot, lane) * pace
  const held = vehicles.heldUntil[slot] as number
  if (held !== 0) {
    const tick = world.clock.tick[0] as number
    if (held > tick) worst += HELD_PRESSURE
    else if (-held > tick && wished > WAY_MAKING_SPEED) wished = WAY_MAKING_SPEED
  }
  return idmAcceleration(world, slot, wished, worst)
}

function pressureOfFeatures(world: World, slot: number, lane: number, features: number): number {
  const { s } = world.vehicles
  let worst = features & GHOSTS ? ghostPressure(world, slot, lane, { from: s[slot] as number, before: 0 }) : 0
  if (features & FEATURE.joins) {
    const own = (world.streets.map.lanes.length[lane] as number) - (s[slot] as number)
    worst = Math.max(worst, joinPressure(world, slot, lane, own))
  }
  if (features & FEATURE.crossing) worst = Math.max(worst, crossingPressure(world, slot, lane, -(s[slot] as number)))
  return features & FEATURE.busStop ? Math.max(worst, stopPressure(world, slot, lane)) : worst
}

/** The limit as the driver takes it, the bends and what the vehicle can do; for the first in line, also of what comes next. */
function wishedSpeed(world: World, slot: number, lane: number): number {
  const { vehicles, queues, streets } = world
  const desired = vehicles.desired[slot] as number
  const bend = streets.bendSpeed[lane] as number
  const limit = (queues.limit[lane] as number) * desired
  const most = vehicles.most[slot] as number
  const legal = limit < bend ? limit : bend
  const wished = legal < most ? legal : most
  if ((vehicles.ahead[slot] as number) >= 0) return wished
  const next = vehicles.next[slot] as number
  if (next < 0) return wished
  const pace = Math.min((queues.limit[next] as number) * desired, streets.bendSpeed[next] as number)
  if (pace >= wished) return wished
  const remaining = (streets.map.lanes.length[lane] as number) - (vehicles.s[slot] as number)
  const squared = pace * pace + 2 * ANTICIPATION * (remaining > 0 ? remaining : 0)
  return squared < wished * wished ? Math.sqrt(squared) : wished
}

/** Moves every lane vehicle by one tick and passes it on to its next lane. */
export function moveTraffic(world: World, report: Report): void {
  const { vehicles, clock, streets } = world
  const { mode, s, speed, accel, waited, heldUntil, lat, lane, ahead, half, flags } = vehicles
  const { features } = streets
  const { length } = streets.map.lanes
  const highWater = clock.highWater[0] as number
  const tick = clock.tick[0] as number
  for (let slot = 0; slot < highWater; slot += 1) {
    if (mode[slot] !== MODE.lane) continue
    const before = speed[slot] as number
    const push = accel[slot] as number
    if (before === 0 && push <= 0) waited[slot] = (waited[slot] as number) + 1
    else {
      const wish = before + push * DT
      let after = wish > 0 ? wish : 0
      const from = s[slot] as number
      let to = from + (before + after) * 0.5 * DT
      const leader = ahead[slot] as number
      const room =
        leader >= 0
          ? (s[leader] as number) - from - (half[leader] as number) - (half[slot] as number) - TOUCH
          : roomBeyond(world, slot) - TOUCH
      if (to - from > room) {
        to = room > 0 ? from + room : from
        after = Math.min(after, (to - from) / DT)
      }
      speed[slot] = after
      s[slot] = to
      if (after < STANDING) waited[slot] = (waited[slot] as number) + 1
      else if (waited[slot] !== 0) waited[slot] = 0
      const shown = flags[slot] as number
      const lit = push < BRAKING_LIGHT ? shown | VEHICLE_FLAG.braking : shown & ~VEHICLE_FLAG.braking
      if (lit !== shown) flags[slot] = lit
      const on = lane[slot] as number
      if ((features[on] as number) & FEATURE.camera) {
        passLaneCameras(world, { slot, from, to, speedFrom: before, speedTo: after }, report)
      }
      const end = length[on] as number
      if (to > end) passOn(world, slot, { length: end, before }, report)
    }
    const held = heldUntil[slot] as number
    const wanted = held !== 0 && (held > tick || -held > tick) ? WAY_MAKING_LAT : 0
    if ((lat[slot] as number) !== wanted) drift(vehicles, slot, wanted)
  }
}

function drift({ lat }: World['vehicles'], slot: number, wanted: number): void {
  const off = (lat[slot] as number) - wanted
  lat[slot] = wanted + (off > DRIFT ? off - DRIFT : off < -DRIFT ? off + DRIFT : 0)
}

/** Metres to the bumper of whoever is the last on the next lane. */
function roomBeyond(world: World, slot: number): number {
  const { vehicles, queues } = world
  const next = vehicles.next[slot] as number
  const tail = next >= 0 ? (queues.tail[next] as number) : -1
  if (tail < 0) return Infinity
  const length = world.streets.map.lanes.length[vehicles.lane[slot] as number] as number
  const gap = length - (vehicles.s[slot] as number) + (vehicles.s[tail] as number)
  return gap - (vehicles.half[tail] as number) - (vehicles.half[slot] as number)
}

/** From the end of one lane to the beginning of the next. */
function passOn(world: World, slot: number, step: { length: number; before: number }, report: Report): void {
  const { vehicles, queues } = world
  const lane = vehicles.lane[slot] as number
  const next = vehicles.next[slot] as number
  if (next < 0) {
    vehicles.s[slot] = step.length
    vehicles.speed[slot] = 0
    return
  }
  if (vehicles.claim[slot] === next) dropClaim(world, slot)
  leaveQueue(queues, vehicles, slot)
  queues.lastOut[lane] = slot
  vehicles.s[slot] = (vehicles.s[slot] as number) - step.length
  enterQueue(queues, vehicles, slot, next)
  chooseWay(world, slot)
  const speed = vehicles.speed[slot] as number
  passLaneCameras(
    world,
    { slot, from: 0, to: vehicles.s[slot] as number, speedFrom: step.before, speedTo: speed },
    report,
  )
}
