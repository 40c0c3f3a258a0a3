import type { ManoeuvreName } from '../../shared/model/fact.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { LanePlace } from '../../shared/driving/lane-finder.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import { isInside } from '../../shared/driving/walls.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { kmh } from '../../shared/units.ts'
import { namePlace } from './place.ts'
import type { Report } from './report.ts'
import type { Seat, World } from './state.ts'
import { LIGHT } from './state.ts'

/** Radians of heading between entering and leaving a junction that make a turn (40 degrees). */
const TURN = 0.698
const OVER_TICKS = 20
/** km/h above the limit from which the logbook speaks of an excess: below lies the speedometer's own error. */
const TOLERANCE_KMH = 1
const STANDING = 0.5
const LINE_REACH = 18

/** Writes down what a seat's car does, as a patrol would: turns, red lights, excesses. Traffic's own are not written. */
export function watchManoeuvres(world: World, seat: Seat, place: LanePlace, report: Report): void {
  watchRedLight(world, seat, place, report)
  watchTurn(world, seat, place, report)
  watchLimit(world, seat, place, report)
}

export function noteManoeuvre(world: World, seat: Seat, name: ManoeuvreName, report: Report): void {
  const { slot, seatId } = seat
  const { roadId, districtId, limitKmh } = namePlace(world, whole(world.vehicles.lane, slot))
  const speedKmh = kmh(Math.round(Math.abs(at(world.vehicles.speed, slot)) * 36) / 10)
  const plate = world.plates[slot] ?? ''
  report.note({ kind: 'manoeuvre', name, plate, seatId, roadId, districtId, speedKmh, limitKmh }, null)
}

/** A turn is the change of heading between entering and leaving a junction's outline. */
function watchTurn(world: World, seat: Seat, place: LanePlace, report: Report): void {
  const { vehicles, streets } = world
  const { slot } = seat
  const here = { x: at(vehicles.x, slot), y: at(vehicles.y, slot) }
  const inside = whole(vehicles.inside, slot)
  if (inside >= 0) {
    const outline = streets.map.junctions[inside]?.outline ?? []
    if (isInside(here, outline)) return
    vehicles.inside[slot] = -1
    const turned = wrapAngle(at(vehicles.heading, slot) - at(vehicles.entryHeading, slot))
    if (turned > TURN) noteManoeuvre(world, seat, 'TurnRight', report)
    if (turned < -TURN) noteManoeuvre(world, seat, 'TurnLeft', report)
    return
  }
  if (place.lane < 0) return
  const junction = whole(streets.map.lanes.junction, place.lane)
  const outline = streets.map.junctions[junction]?.outline
  if (!outline || !isInside(here, outline)) return
  vehicles.inside[slot] = junction
  vehicles.entryHeading[slot] = at(vehicles.heading, slot)
}

/**
 * Red is red when every way on from the car's lane is closed. `saidRed`: 0 nothing, 1 stands at red (said), 2 has red
 * ahead and rolls: leaving the lane for the junction in that state runs the light. Who had crossed the line before it
 * turned red has not run it.
 */
function watchRedLight(world: World, seat: Seat, place: LanePlace, report: Report): void {
  const { vehicles, streets } = world
  const { slot } = seat
  const said = whole(vehicles.saidRed, slot)
  const inJunction = place.lane >= 0 && streets.isConnector[place.lane] === 1
  if (inJunction) {
    if (said === ROLLS && at(vehicles.speed, slot) > STANDING) noteManoeuvre(world, seat, 'RunRed', report)
    vehicles.saidRed[slot] = 0
    return
  }
  const near = place.lane >= 0 && at(streets.map.lanes.length, place.lane) - place.s < LINE_REACH
  if (!near || !isRedAfter(world, place.lane)) {
    if (said === STANDS && at(vehicles.speed, slot) > STANDING) noteManoeuvre(world, seat, 'GoOn', report)
    if (said !== STANDS || at(vehicles.speed, slot) > STANDING) vehicles.saidRed[slot] = 0
    return
  }
  if (Math.abs(at(vehicles.speed, slot)) >= STANDING) {
    const isBeforeLine = at(streets.map.lanes.length, place.lane) - place.s > at(vehicles.half, slot)
    if (isBeforeLine) vehicles.saidRed[slot] = ROLLS
  } else if (said !== STANDS) {
    vehicles.saidRed[slot] = STANDS
    noteManoeuvre(world, seat, 'StopAtRed', report)
  }
}

const STANDS = 1
const ROLLS = 2

function isRedAfter(world: World, lane: number): boolean {
  const { lanes } = world.streets.map
  const first = whole(lanes.successorStart, lane)
  const last = whole(lanes.successorStart, lane + 1)
  if (first === last) return false
  for (let i = first; i < last; i += 1) {
    if (whole(world.scratch.lights, whole(lanes.successor, i)) !== LIGHT.red) return false
  }
  return true
}

/** Once per excess: above the limit for more than a second, and not again before the car has slowed down. */
function watchLimit(world: World, seat: Seat, place: LanePlace, report: Report): void {
  const { vehicles } = world
  const { slot } = seat
  const limit = place.lane >= 0 ? namePlace(world, place.lane).limitKmh : 0
  const isOver = limit > 0 && Math.abs(at(vehicles.speed, slot)) * 3.6 > limit + TOLERANCE_KMH
  const flags = whole(vehicles.flags, slot)
  vehicles.flags[slot] = isOver ? flags | VEHICLE_FLAG.speeding : flags & ~VEHICLE_FLAG.speeding
  vehicles.overTicks[slot] = isOver ? whole(vehicles.overTicks, slot) + 1 : 0
  if (!isOver) vehicles.saidOver[slot] = 0
  if (whole(vehicles.overTicks, slot) <= OVER_TICKS || vehicles.saidOver[slot] === 1) return
  vehicles.saidOver[slot] = 1
  noteManoeuvre(world, seat, 'ExceedLimit', report)
}
