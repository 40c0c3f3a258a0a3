import { at, whole } from '../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { isWalkedOn } from './crossings.ts'
import { HARDEST_BRAKING } from './follow.ts'
import { isBehindFreeCar } from './ghosts.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import { joinsSame } from './streets.ts'

/** Seconds that whoever has the right of way must be away, at first, and for who has waited long. */
const CROSSING_GAP = 3.5
const JOINING_GAP = 2.2
const IMPATIENT_GAP = 1.8
const IMPATIENT_TICKS = 160
/** From then on only those who cannot stop any more go before. */
const DESPERATE_TICKS = 600
/** m/s²: who can stop at less than this before an amber light does. */
const AMBER_BRAKING = 3
/** m/s² that a driver brakes by at an amber light who would come to the line after it has turned red. */
const LATE_BRAKING = 6
const LATE_MARGIN_TICKS = 5
/** Who has stood that long for others at a green light clears the junction when it turns amber, as left turns do. */
const TURNING_TICKS = 40
/** Metres that a waiting vehicle takes of the lane behind a junction. */
const QUEUED_METRES = 6.6
/** m/s below which, and metres before the line within which, somebody sets off: he keeps his leave, others wait for him. */
export const SET_OFF = 2
const STANDING_LINE = 3
/** Leave that was given is looked at again, and asked for again by who stands, every so many ticks. */
const CHECK_TICKS = 4
const ASK_TICKS = 2
/** Metres of room to leave behind a crossing point. */
const CLEARANCE = 0.8

/**
 * Asks for leave to drive onto `connector`. Leave is exclusive among crossing connectors and is taken back from who can
 * still stop, so that it never outlives its reasons.
 *
 * @param line metres from the front bumper to the stop line
 */
export function askLeave(world: World, slot: number, connector: number, line: number): boolean {
  const { vehicles, queues } = world
  const speed = at(vehicles.speed, slot)
  const light = whole(world.scratch.lights, connector)
  const canStop =
    line > (speed * speed) / (2 * AMBER_BRAKING) + 0.5 ||
    (light === LIGHT.amber &&
      isTooLate(world, connector, { line, speed }) &&
      line > (speed * speed) / (2 * LATE_BRAKING))
  const turn = whole(world.clock.tick, 0) + slot
  if (vehicles.claim[slot] === connector) {
    if (light === LIGHT.red ? line <= (speed * speed) / (2 * HARDEST_BRAKING) : !canStop) return true
    if (light === LIGHT.go && (turn % CHECK_TICKS !== 0 || (speed < SET_OFF && line < STANDING_LINE))) return true
    dropClaim(world, slot)
  } else if (whole(vehicles.waited, slot) > 0 && turn % ASK_TICKS !== 0) {
    return false
  }
  if (!mayEnter(world, slot, connector, canStop)) return false
  vehicles.claim[slot] = connector
  queues.claims[connector] = whole(queues.claims, connector) + 1
  return true
}

/** Whether the light turns red before the front is over the line, at this speed. */
function isTooLate({ scratch, clock }: World, connector: number, now: { line: number; speed: number }): boolean {
  const ticks = whole(scratch.redAt, connector) - whole(clock.tick, 0) - LATE_MARGIN_TICKS
  return now.line > (now.speed * ticks) / TICKS_PER_SECOND
}

/** Gives leave back, if the vehicle has any and has not entered. */
export function dropClaim(world: World, slot: number): void {
  const connector = whole(world.vehicles.claim, slot)
  if (connector < 0) return
  world.queues.claims[connector] = whole(world.queues.claims, connector) - 1
  world.vehicles.claim[slot] = -1
}

/** Whether light, room behind and foes let a driver onto `connector` now; `canStop` says whether amber binds it. */
export function mayEnter(world: World, slot: number, connector: number, canStop: boolean): boolean {
  const light = whole(world.scratch.lights, connector)
  if (light === LIGHT.red) return false
  if (light === LIGHT.amber && canStop && whole(world.vehicles.waited, slot) < TURNING_TICKS) return false
  if (isWalkedOn(world, connector)) return false
  if (world.streets.crosses[connector] === 1 && !hasRoomBehind(world, slot, connector)) return false
  const { lanes } = world.streets.map
  for (let i = whole(lanes.foeStart, connector); i < whole(lanes.foeStart, connector + 1); i += 1) {
    if (isBlockedBy(world, slot, connector, i)) return false
  }
  return true
}

/** Keep clear: nobody enters a crossing that cannot be left again. */
function hasRoomBehind(world: World, slot: number, connector: number): boolean {
  const { queues, vehicles } = world
  const { lanes } = world.streets.map
  const exit = whole(lanes.successor, whole(lanes.successorStart, connector))
  let coming = 0
  for (let i = whole(lanes.predecessorStart, exit); i < whole(lanes.predecessorStart, exit + 1); i += 1) {
    const before = whole(lanes.predecessor, i)
    coming += whole(queues.count, before) + whole(queues.claims, before)
  }
  const tail = whole(queues.tail, exit)
  if (tail < 0) return coming * QUEUED_METRES + 2 * at(vehicles.half, slot) < at(lanes.length, exit) || coming === 0
  const moving = at(vehicles.speed, tail) * 1.5
  const room = at(vehicles.s, tail) - at(vehicles.half, tail) + moving
  return room - coming * QUEUED_METRES > 2 * at(vehicles.half, slot) + 1.5
}

/** @param i the foe's entry in the connector's list */
function isBlockedBy(world: World, slot: number, connector: number, i: number): boolean {
  const { lanes } = world.streets.map
  const foe = whole(lanes.foe, i)
  const joins = joinsSame(lanes, connector, foe)
  const yields = lanes.foeYield[i] === 1
  if (whole(world.queues.claims, foe) > 0 && (yields || !joins)) return true
  if (whole(world.queues.count, foe) > 0 && isOccupied(world, slot, foe, { joins, i })) return true
  if (whole(world.scratch.ghostHead, foe) >= 0 && (yields || !joins)) return true
  return yields && isApproached(world, slot, foe, joins)
}

/** Whether somebody on the foe connector has not cleared the crossing point, or is too near the joining point. */
function isOccupied(world: World, slot: number, foe: number, { joins, i }: { joins: boolean; i: number }): boolean {
  const { vehicles } = world
  const { lanes } = world.streets.map
  const own = at(lanes.foeAt, i)
  for (let other = whole(world.queues.tail, foe); other >= 0; other = whole(vehicles.ahead, other)) {
    const rear = at(vehicles.s, other) - at(vehicles.half, other)
    if (!joins) {
      if (rear < at(lanes.foeAtOther, i) + CLEARANCE) return true
      continue
    }
    const theirs = at(lanes.foeAtOther, i) - at(vehicles.s, other)
    if (own - theirs < at(vehicles.half, slot) + at(vehicles.half, other) + STILL_ROOM) return true
  }
  return false
}

const STILL_ROOM = 1

/** Gap acceptance: whether somebody with the right of way arrives before we would be through. */
function isApproached(world: World, slot: number, foe: number, joins: boolean): boolean {
  const { lanes } = world.streets.map
  if (whole(world.scratch.lights, foe) !== LIGHT.go) return false
  const waited = whole(world.vehicles.waited, slot)
  if (waited > DESPERATE_TICKS) return false
  const patient = waited < IMPATIENT_TICKS
  const gap = patient ? (joins ? JOINING_GAP : CROSSING_GAP) : IMPATIENT_GAP
  for (let i = whole(lanes.predecessorStart, foe); i < whole(lanes.predecessorStart, foe + 1); i += 1) {
    const lane = whole(lanes.predecessor, i)
    if (arrivesWithin(world, lane, { slot, foe, gap }) || ghostArrivesWithin(world, lane, gap)) return true
  }
  return false
}

const STANDING = 1
/** Metres from the junction within which who stands, stands at it. */
const STANDING_REACH = 15

interface Arrival {
  readonly slot: number
  readonly foe: number
  readonly gap: number
}

/** Of those who stand, whoever has stood longest goes first, right of way or not: so that no junction waits for itself. */
function arrivesWithin(world: World, lane: number, { slot, foe, gap }: Arrival): boolean {
  const { vehicles, queues } = world
  const length = at(world.streets.map.lanes.length, lane)
  for (let other = whole(queues.head, lane); other >= 0; other = whole(vehicles.behind, other)) {
    const speed = at(vehicles.speed, other)
    const distance = length - at(vehicles.s, other)
    if (distance > 60 && distance > speed * gap) return false
    if (speed < STANDING && vehicles.claim[other] !== foe && at(vehicles.accel, other) <= 0.1) {
      const waits = isLater(world, other, slot) || isBehindFreeCar(world, other) || !hasRoomBehind(world, other, foe)
      return vehicles.next[other] === foe && !waits && distance < STANDING_REACH
    }
    if (vehicles.next[other] === foe && distance < (speed > 3 ? speed : 3) * gap) return true
  }
  return false
}

/** @returns whether `other` has stood for a shorter time than `slot` */
function isLater({ vehicles }: World, other: number, slot: number): boolean {
  const theirs = whole(vehicles.waited, other)
  const own = whole(vehicles.waited, slot)
  return theirs < own || (theirs === own && other > slot)
}

function ghostArrivesWithin(world: World, lane: number, gap: number): boolean {
  const { scratch } = world
  const length = at(world.streets.map.lanes.length, lane)
  for (let ghost = whole(scratch.ghostHead, lane); ghost >= 0; ghost = whole(scratch.ghostNext, ghost)) {
    const speed = at(scratch.ghostSpeed, ghost)
    if (speed > STANDING && length - at(scratch.ghostS, ghost) < speed * gap) return true
  }
  return false
}
