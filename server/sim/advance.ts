import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { stopPressure } from './buses.ts'
import { passLaneCameras } from './cameras.ts'
import { crossingPressure } from './crossings.ts'
import { weatherPace } from './daylight.ts'
import { ghostPressure, idmAcceleration, pressure, STAND_GAP } from './follow.ts'
import { dropClaim } from './junction.ts'
import { forkPressure, joinPressure, pressureBeyond, STAYS } from './look-ahead.ts'
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
const PRESSING = GHOSTS | FEATURE.joins | FEATURE.forks | FEATURE.crossing | FEATURE.busStop
/** Nearer than this behind one that stands, who stands stays. */
const QUEUE_GAP = STAND_GAP + 0.6
/** Metres before a lane's end from which whoever is beyond may be in the way: more than half a bus and half a bus. */
const NEAR_END = 16
/** Constants of this file are folded into fast code, those of others are looked up each time. */
const LANE = MODE.lane
const TICK = DT
const BRAKING = VEHICLE_FLAG.braking
const CAMERA = FEATURE.camera
const JOINS = FEATURE.joins
const FORKS = FEATURE.forks

/** Decides the acceleration of half the lane vehicles from where everybody is now: a driver decides ten times a second. */
export function accelerateTraffic(world: World): void {
  const { vehicles, clock, scratch } = world
  const { mode, ahead, speed, accel, s, half } = vehicles
  const highWater = clock.highWater[0] as number
  const pace = weatherPace(world)
  for (let slot = (clock.tick[0] as number) % DECIDE_TICKS; slot < highWater; slot += DECIDE_TICKS) {
    if (mode[slot] !== LANE) continue
    const leader = ahead[slot] as number
    if (leader < 0) {
      const pressed = pressureBeyond(world, slot)
      accel[slot] = pressed === STAYS ? 0 : decide(world, slot, pressed, firstWish(world, slot) * pace)
      continue
    }
    const gap = (s[leader] as number) - (s[slot] as number) - (half[leader] as number) - (half[slot] as number)
    const theirs = speed[leader] as number
    if (theirs === 0 && gap < QUEUE_GAP && speed[slot] === 0) accel[slot] = 0
    else accel[slot] = decide(world, slot, pressure(world, slot, gap, theirs), (scratch.wish[slot] as number) * pace)
  }
}

/**
 * @param pressed by what is ahead in the queue or beyond the lane's end
 * @param wished m/s, in this weather
 */
function decide(world: World, slot: number, pressed: number, wished: number): number {
  const { vehicles, scratch } = world
  const lane = vehicles.lane[slot] as number
  const bits = (scratch.bits[lane] as number) & PRESSING
  let worst = pressed
  if (bits !== 0) {
    const special = pressureOfFeatures(world, slot, lane, bits)
    if (special > worst) worst = special
  }
  const held = vehicles.heldUntil[slot] as number
  let pace = wished
  if (held !== 0) {
    const tick = world.clock.tick[0] as number
    if (held > tick) worst += HELD_PRESSURE
    else if (-held > tick && wished > WAY_MAKING_SPEED) pace = WAY_MAKING_SPEED
  }
  return idmAcceleration(world, slot, pace, worst)
}

function pressureOfFeatures(world: World, slot: number, lane: number, features: number): number {
  const { s } = world.vehicles
  let worst = features & GHOSTS ? ghostPressure(world, slot, lane, { from: s[slot] as number, before: 0 }) : 0
  if (features & JOINS) {
    const own = (world.streets.map.lanes.length[lane] as number) - (s[slot] as number)
    worst = Math.max(worst, joinPressure(world, slot, lane, own))
  }
  if (features & FORKS && (s[slot] as number) <= (world.streets.partedAt[lane] as number))
    worst = Math.max(worst, forkPressure(world, slot, lane))
  if (features & FEATURE.crossing) worst = Math.max(worst, crossingPressure(world, slot, lane, -(s[slot] as number)))
  return features & FEATURE.busStop ? Math.max(worst, stopPressure(world, slot, lane)) : worst
}

/** The first in line minds what comes next as well. @returns m/s */
function firstWish({ vehicles, scratch }: World, slot: number): number {
  const wished = scratch.wish[slot] as number
  const beyond = scratch.wishBeyond[slot] as number
  if (beyond >= wished) return wished
  const remaining = (scratch.end[slot] as number) - (vehicles.s[slot] as number)
  const squared = beyond * beyond + 2 * ANTICIPATION * (remaining > 0 ? remaining : 0)
  return squared < wished * wished ? Math.sqrt(squared) : wished
}

/** One vehicle's way within a tick: from and to which s of its lane, at which speeds. */
interface Move {
  slot: number
  from: number
  to: number
  speedFrom: number
  speedTo: number
}

/** Moves every lane vehicle by one tick and passes it on to its next lane. */
export function moveTraffic(world: World, report: Report): void {
  const move: Move = { slot: -1, from: 0, to: 0, speedFrom: 0, speedTo: 0 }
  while (moveOn(world, move)) settle(world, move, report)
}

/**
 * Moves one vehicle after the other until there is one that has more to do than to drive on. A loop without calls, for
 * what a call may have changed has to be looked up again.
 *
 * @param move is the last one's, and becomes that one's
 * @returns whether there is one
 */
function moveOn(world: World, move: Move): boolean {
  const { vehicles, clock, scratch } = world
  const { mode, s, speed, accel, waited, heldUntil, lat, flags } = vehicles
  const highWater = clock.highWater[0] as number
  const tick = clock.tick[0] as number
  for (let slot = move.slot + 1; slot < highWater; slot += 1) {
    if (mode[slot] !== LANE) continue
    const speedFrom = speed[slot] as number
    const push = accel[slot] as number
    const from = s[slot] as number
    let to = from
    let speedTo = speedFrom
    if (speedFrom === 0 && push <= 0) waited[slot] = (waited[slot] as number) + 1
    else {
      const wanted = speedFrom + push * TICK
      speedTo = wanted > 0 ? wanted : 0
      to = from + (speedFrom + speedTo) * 0.5 * TICK
      const room = roomAhead(world, slot, to)
      if (to - from > room) {
        to = room > 0 ? from + room : from
        speedTo = Math.min(speedTo, (to - from) / TICK)
      }
      speed[slot] = speedTo
      s[slot] = to
      waited[slot] = speedTo < STANDING ? (waited[slot] as number) + 1 : 0
      const shown = flags[slot] as number
      flags[slot] = push < BRAKING_LIGHT ? shown | BRAKING : shown & ~BRAKING
    }
    if (to <= (scratch.quiet[slot] as number) && lat[slot] === asideFor(heldUntil[slot] as number, tick)) continue
    move.slot = slot
    move.from = from
    move.to = to
    move.speedFrom = speedFrom
    move.speedTo = speedTo
    return true
  }
  return false
}

/** Metres that a vehicle may move before it touches, if it wants to come to `to`. */
function roomAhead(world: World, slot: number, to: number): number {
  const { s, half, ahead } = world.vehicles
  const leader = ahead[slot] as number
  if (leader >= 0)
    return (s[leader] as number) - (s[slot] as number) - (half[leader] as number) - (half[slot] as number) - TOUCH
  return (world.scratch.quiet[slot] as number) - to > NEAR_END ? Infinity : roomBeyond(world, slot) - TOUCH
}

/** Where a vehicle that is asked to stand or to make way keeps: metres to the right of the lane's middle. */
const asideFor = (held: number, tick: number): number =>
  held !== 0 && (held > tick || -held > tick) ? WAY_MAKING_LAT : 0

/** What is left to do after a move: to be measured by a camera, to go over to the next lane, to keep aside. */
function settle(world: World, move: Move, report: Report): void {
  const { vehicles, streets, scratch } = world
  const { slot } = move
  const lane = vehicles.lane[slot] as number
  if ((streets.features[lane] as number) & CAMERA) passLaneCameras(world, move, report)
  const length = scratch.end[slot] as number
  if (move.to > length) passOn(world, slot, { length, before: move.speedFrom }, report)
  const aside = asideFor(vehicles.heldUntil[slot] as number, world.clock.tick[0] as number)
  if ((vehicles.lat[slot] as number) !== aside) drift(vehicles, slot, aside)
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
  const gap = (world.scratch.end[slot] as number) - (vehicles.s[slot] as number) + (vehicles.s[tail] as number)
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
