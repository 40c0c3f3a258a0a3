import type { CommandRefusal } from '../../shared/model/command.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { handToNearest, nearestRoof, takeOffNearest } from './relay.ts'
import { openPose, poseOf } from './pose.ts'
import type { Report } from './report.ts'
import type { CommandOf } from './seat-commands.ts'
import { refuse } from './seat-commands.ts'
import type { Unit, UnitErrand, World } from './state.ts'
import { leaveStreet } from './slots.ts'
import { travelSeconds } from './travel.ts'
import { MODE } from './vehicle-table.ts'

/** With lights on, a car beats the limits' travel time by this. */
const HASTE = 1.35
/** Further than this, in seconds of driving, a drone is sent at once; a car that takes longer is relieved by one. */
export const CAR_SECONDS = 14
const DRONE_SPEED = 40
/** A drone is the second choice: this much later. */
const DRONE_SECONDS = 6

type UnitName = CommandOf<'send-unit'>['unit']
const KINDS: Readonly<Record<UnitName, readonly VehicleKind[]>> = {
  response: ['response', 'drone'],
  drone: ['drone'],
  inspector: ['inspector'],
  'tow-truck': ['tow-truck'],
}

/**
 * Sends the agent that can be there first. `unit-departed` follows at once, or `unit-unavailable` when nobody can go:
 * neither is a refusal, for the errand itself was in order.
 */
export function sendUnit(world: World, command: CommandOf<'send-unit'>, report: Report): CommandRefusal | null {
  const { errandId, plate, cause } = command
  if (errandId === '') return refuse('out-of-range', 'send-unit.errandId')
  if (world.units.some((unit) => unit.errand?.errandId === errandId)) return refuse('taken', 'send-unit.errandId')
  const target = world.scratch.slotOfPlate.get(plate)
  if (target === undefined) {
    report.note({ kind: 'unit-unavailable', errandId, reason: 'no-target' }, cause)
    return null
  }
  const unit = soonest(world, KINDS[command.unit], target)
  if (!unit) {
    report.note({ kind: 'unit-unavailable', errandId, reason: 'all-out' }, cause)
    return null
  }
  depart(world, unit, { errandId, plate, cause }, report)
  return null
}

/** @returns the unit with the shortest way, `null` when all are out; units on their way back are free to go again */
function soonest(world: World, kinds: readonly VehicleKind[], target: number): Unit | null {
  let best: Unit | null = null
  let least = Infinity
  for (const unit of world.units) {
    if (!kinds.includes(unit.kind) || isBusy(unit)) continue
    const seconds = secondsTo(world, unit, target)
    if (seconds < least || !best) [best, least] = [unit, seconds]
  }
  return best
}

/** On an errand of somebody's; what an inspector does of its own accord can wait. */
const isBusy = (unit: Unit): boolean => unit.errand !== null && unit.errand.errandId !== ''

/** A car too far away counts as twice as far, so that a drone is preferred; near by it is the other way round. */
function secondsTo(world: World, unit: Unit, target: number): number {
  if (unit.kind === 'drone') return DRONE_SECONDS + metresToFly(world, unit, target) / DRONE_SPEED
  const seconds = drivingSeconds(world, unit, target) / HASTE
  return seconds > CAR_SECONDS ? seconds * 2 : seconds
}

function metresToFly(world: World, unit: Unit, target: number): number {
  const to = poseOf(world, target, openPose())
  const isIn = world.vehicles.mode[unit.slot] === MODE.stationed
  const roof = isIn ? world.streets.map.stations[nearestRoof(world, to)] : undefined
  const from = roof ?? poseOf(world, unit.slot, openPose())
  return distanceOf(to.x - from.x, to.y - from.y)
}

/** From where the unit is, or leaves its station, to where the target is, at the limits. */
function drivingSeconds(world: World, unit: Unit, target: number): number {
  const { vehicles, streets } = world
  const lane = whole(vehicles.lane, target)
  if (lane < 0) return Infinity
  const access = streets.map.stations[unit.station]?.access ?? { lane: 0, s: 0 }
  const out = vehicles.mode[unit.slot] !== MODE.stationed
  const from = out ? { lane: whole(vehicles.lane, unit.slot), s: at(vehicles.s, unit.slot) } : access
  return travelSeconds(world, from, { lane, s: at(vehicles.s, target) })
}

export function depart(
  world: World,
  unit: Unit,
  { errandId, plate, cause }: Pick<CommandOf<'send-unit'>, 'errandId' | 'plate' | 'cause'>,
  report: Report,
): void {
  const { vehicles } = world
  if (unit.returning) comeHome(world, unit, report)
  handToNearest(world, unit, plate)
  takeOffNearest(world, unit, plate)
  const fact = { kind: 'unit-departed', errandId, ...unitNames(world, unit), plate } as const
  const departed = report.note(fact, cause)
  const since = whole(world.clock.tick, 0)
  unit.errand = { errandId, targetPlate: plate, cause: departed, since, arrivedAt: -1, arrival: null }
  takeTheRoad(world, unit)
  vehicles.flags[unit.slot] = (whole(vehicles.flags, unit.slot) | VEHICLE_FLAG.siren) & ~VEHICLE_FLAG.parked
}

/** Onto the lane before the station, or on from where it is, with its lights on. */
function takeTheRoad(world: World, unit: Unit): void {
  const { vehicles } = world
  const { slot } = unit
  const wasStationed = vehicles.mode[slot] === MODE.stationed
  leaveStreet(world, slot)
  if (unit.kind === 'drone') {
    vehicles.mode[slot] = MODE.flying
    return
  }
  vehicles.mode[slot] = MODE.duty
  if (!wasStationed) return
  const access = world.streets.map.stations[unit.station]?.access
  vehicles.lane[slot] = access?.lane ?? 0
  vehicles.s[slot] = access?.s ?? 0
  vehicles.lat[slot] = 0
  vehicles.speed[slot] = 0
}

export function unitNames(world: World, unit: Unit) {
  const stationId = world.streets.map.stations[unit.station]?.id ?? ''
  return { unitPlate: unit.plate, unit: unit.kind, stationId }
}

/** Writes down that a unit is at hand again: in its station, or sent on from the road. */
export function comeHome(world: World, unit: Unit, report: Report): void {
  const { returning } = unit
  if (!returning) return
  const { errandId, targetPlate: plate, cause } = returning
  report.note({ kind: 'unit-returned', errandId, ...unitNames(world, unit), plate }, cause)
  unit.returning = null
}

/** Ends an errand, done or not, and turns the unit home. */
export function turnHome(world: World, unit: Unit, errand: UnitErrand): void {
  const { vehicles } = world
  unit.errand = null
  unit.returning =
    errand.errandId === ''
      ? null
      : { errandId: errand.errandId, targetPlate: errand.targetPlate, cause: errand.arrival ?? errand.cause }
  vehicles.flags[unit.slot] = whole(vehicles.flags, unit.slot) & ~VEHICLE_FLAG.siren
}

/** For an inspector who has chosen for itself whom to visit. */
export function visit(world: World, unit: Unit, plate: string): void {
  const since = whole(world.clock.tick, 0)
  handToNearest(world, unit, plate)
  unit.errand = { errandId: '', targetPlate: plate, cause: `${since}/0`, since, arrivedAt: -1, arrival: null }
  takeTheRoad(world, unit)
}
