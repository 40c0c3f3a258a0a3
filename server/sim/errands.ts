import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import type { Pose } from '../../shared/model/city-map.ts'
import type { FactOf } from '../../shared/model/fact.ts'
import { closingSpeed, driveOnDuty, fly } from './duty.ts'
import { inspect } from './inspectors.ts'
import { openPose, poseOf } from './pose.ts'
import { enterQueue } from './queues.ts'
import type { Report } from './report.ts'
import { isInSight } from './sight.ts'
import { leaveStreet } from './slots.ts'
import { hasElbowRoom } from './spawn.ts'
import type { Unit, UnitErrand, World } from './state.ts'
import { chooseWay } from './trip.ts'
import { CAR_SECONDS, comeHome, depart, turnHome, unitNames } from './units.ts'
import { MODE } from './vehicle-table.ts'

/** A unit is there within this many metres of the vehicle it was sent to. */
const ARRIVAL_METRES = 12
/** Ticks after which an inspector gives up a visit of its own accord. */
const PATIENCE_TICKS = 45 * TICKS_PER_SECOND
/** Ticks after which a unit that somebody sent gives up: its target is where no road leads, or always away. */
const GIVE_UP_TICKS = 120 * TICKS_PER_SECOND
/** Traffic that an inspector wants to see is asked to pull over from this far. */
const PULL_OVER_METRES = 180
const HURRY_TICKS = 20 * TICKS_PER_SECOND
const MOST_HURRY = 1.4
const SEEN_URGE = 1.35
/** Ticks it stays beside it. */
const STAY_TICKS = 50
/** Ticks after which a car that has not arrived drives for all it is worth, and is relieved by a drone. */
const LATE_TICKS = (CAR_SECONDS - 3) * TICKS_PER_SECOND
/** Ticks within which a drone arrives: its speed is what that takes. */
const FLIGHT_TICKS = 16 * TICKS_PER_SECOND

/** Moves every unit that is out by one tick: towards whom it was sent to, or home. */
export function stepUnits(world: World, report: Report): void {
  for (const unit of world.units) {
    if (unit.errand) pursue(world, unit, unit.errand, report)
    else goHome(world, unit, report)
  }
}

function pursue(world: World, unit: Unit, errand: UnitErrand, report: Report): void {
  const target = world.scratch.slotOfPlate.get(errand.targetPlate)
  if (target === undefined) {
    callOff(world, unit, { errand, reason: 'no-target' }, report)
    return
  }
  const distance = approach(world, unit, errand, target)
  const tick = whole(world.clock.tick, 0)
  if (unit.kind === 'inspector' && distance < PULL_OVER_METRES && whole(world.vehicles.seat, target) < 0) {
    world.vehicles.heldUntil[target] = tick + TICKS_PER_SECOND
  }
  if (errand.arrivedAt < 0 && distance <= ARRIVAL_METRES) arrive(world, unit, errand, report)
  else if (errand.arrivedAt < 0 && tick - errand.since > (errand.errandId === '' ? PATIENCE_TICKS : GIVE_UP_TICKS))
    callOff(world, unit, { errand, reason: 'no-route' }, report)
  else if (errand.arrivedAt < 0) relieve(world, unit, errand, report)
  else if (tick - errand.arrivedAt >= STAY_TICKS) finish(world, unit, { errand, target }, report)
}

/** Whoever sent it is told why; what it did of its own accord is nobody's business. */
function callOff(
  world: World,
  unit: Unit,
  { errand, reason }: { errand: UnitErrand; reason: FactOf<'unit-unavailable'>['reason'] },
  report: Report,
): void {
  const { errandId, cause } = errand
  if (errandId !== '') report.note({ kind: 'unit-unavailable', errandId, reason }, cause)
  turnHome(world, unit, errand)
}

/** @returns metres left as the crow flies */
function approach(world: World, unit: Unit, errand: UnitErrand, target: number): number {
  const to = poseOf(world, target, openPose())
  const elapsed = whole(world.clock.tick, 0) - errand.since
  if (unit.kind === 'drone') {
    const left = Math.max(1, FLIGHT_TICKS - elapsed) / TICKS_PER_SECOND
    const distance = distanceTo(world, unit.slot, to)
    const speed = Math.max(closingSpeed(to.speed), distance / left)
    if (errand.arrivedAt < 0 || distance > ARRIVAL_METRES / 2) fly(world, unit.slot, { x: to.x, y: to.y, speed })
    return distanceTo(world, unit.slot, to)
  }
  const distance = distanceTo(world, unit.slot, to)
  const lane = whole(world.vehicles.lane, target)
  const urge = errand.arrivedAt < 0 ? urgeOf(world, unit, elapsed) : 1
  const goal = lane >= 0 ? lane : whole(world.vehicles.goal, unit.slot)
  driveOnDuty(world, unit.slot, { lane: Math.max(0, goal), speed: Math.max(0, to.speed), distance, urge })
  return distanceTo(world, unit.slot, to)
}

/** The longer it takes the more a unit hurries; where a driver looks it stays within what looks like driving. */
function urgeOf(world: World, { slot }: Unit, elapsed: number): number {
  const wanted = 1 + Math.min(MOST_HURRY, elapsed / HURRY_TICKS)
  return wanted > SEEN_URGE && isInSight(world, slot) ? SEEN_URGE : wanted
}

function distanceTo(world: World, slot: number, to: Pose): number {
  const from = poseOf(world, slot, openPose())
  return distanceOf(to.x - from.x, to.y - from.y)
}

function arrive(world: World, unit: Unit, errand: UnitErrand, report: Report): void {
  const tick = whole(world.clock.tick, 0)
  const target = world.scratch.slotOfPlate.get(errand.targetPlate)
  errand.arrivedAt = tick
  if (target !== undefined) world.vehicles.heldUntil[target] = tick + STAY_TICKS
  if (errand.errandId === '') return
  const { errandId, targetPlate: plate, cause } = errand
  errand.arrival = report.note({ kind: 'unit-arrived', errandId, ...unitNames(world, unit), plate }, cause)
}

/** A car that does not get through hands its errand to a drone: the second departure of the same errand. */
function relieve(world: World, unit: Unit, errand: UnitErrand, report: Report): void {
  if (unit.kind !== 'response' || whole(world.clock.tick, 0) - errand.since < LATE_TICKS) return
  const drone = world.units.find((other) => other.kind === 'drone' && !other.errand)
  if (!drone) return
  turnHome(world, unit, errand)
  depart(world, drone, { errandId: errand.errandId, plate: errand.targetPlate, cause: errand.cause }, report)
}

function finish(world: World, unit: Unit, done: { errand: UnitErrand; target: number }, report: Report): void {
  if (unit.kind === 'inspector') inspect(world, { unit, target: done.target, where: 'roadside' }, report)
  turnHome(world, unit, done.errand)
}

/** Back to the station: drones straight, cars as ordinary traffic, once there is a gap for them. */
function goHome(world: World, unit: Unit, report: Report): void {
  const { vehicles, streets } = world
  const station = streets.map.stations[unit.station]
  const mode = whole(vehicles.mode, unit.slot)
  if (!station || mode === MODE.stationed) return
  if (mode === MODE.flying) {
    if (fly(world, unit.slot, { x: station.x, y: station.y, speed: 0 }) < 1) comeIn(world, unit, report)
  } else if (mode === MODE.duty) {
    joinTraffic(world, unit, station.access.lane)
  } else if (unit.kind === 'inspector') {
    comeHome(world, unit, report)
  } else if (vehicles.lane[unit.slot] === station.access.lane && at(vehicles.s, unit.slot) >= station.access.s) {
    comeIn(world, unit, report)
  }
}

function joinTraffic(world: World, unit: Unit, home: number): void {
  const { vehicles } = world
  const { slot } = unit
  const lane = whole(vehicles.lane, slot)
  if (hasElbowRoom(world, lane, at(vehicles.s, slot)) && world.streets.isConnector[lane] === 0) {
    vehicles.mode[slot] = MODE.lane
    vehicles.goal[slot] = home
    vehicles.trips[slot] = unit.kind === 'inspector' ? Math.max(0, whole(vehicles.trips, slot)) : -1
    enterQueue(world.queues, vehicles, slot, lane)
    chooseWay(world, slot)
    return
  }
  driveOnDuty(world, slot, { lane: home, speed: 0, distance: 100, urge: 0.6 })
}

/** Into the station: off the street until it is sent again. */
function comeIn(world: World, unit: Unit, report: Report): void {
  const { vehicles, streets } = world
  const { slot } = unit
  leaveStreet(world, slot)
  const station = streets.map.stations[unit.station]
  vehicles.mode[slot] = MODE.stationed
  vehicles.lane[slot] = -1
  vehicles.speed[slot] = 0
  vehicles.x[slot] = station?.x ?? 0
  vehicles.y[slot] = station?.y ?? 0
  vehicles.heading[slot] = station?.heading ?? 0
  comeHome(world, unit, report)
}
