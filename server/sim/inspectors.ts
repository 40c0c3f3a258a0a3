import type { FactOf } from '../../shared/model/fact.ts'
import { isInside } from '../../shared/driving/walls.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { openPose, poseOf } from './pose.ts'
import type { Report } from './report.ts'
import { conditionOf, kindOf } from './slots.ts'
import type { Unit, World } from './state.ts'
import { visit } from './units.ts'
import { MODE } from './vehicle-table.ts'

/** A vehicle is not checked again for a minute, and an inspector checks one at most every eight seconds. */
const AGAIN_TICKS = 60 * TICKS_PER_SECOND
const PAUSE_TICKS = 8 * TICKS_PER_SECOND
const ROADSIDE_METRES = 25
/** Who is asked to pull over stands this long, and the inspector with them. */
const HOLD_TICKS = 50
const LANE_METRES = 12

/** Writes down a vehicle's condition. The cause is the arrival of whoever was sent for it, if somebody was. */
export function inspect(
  world: World,
  check: { unit: Unit; target: number; where: FactOf<'vehicle-inspected'>['where'] },
  report: Report,
): void {
  const { unit, target, where } = check
  const errand = unit.errand
  world.vehicles.inspectedAt[target] = whole(world.clock.tick, 0)
  report.note(
    {
      kind: 'vehicle-inspected',
      plate: world.plates[target] ?? '',
      inspectorPlate: unit.plate,
      where,
      condition: conditionOf(world, target),
      vehicle: kindOf(world, target),
      errandId: errand?.errandId || null,
    },
    errand?.arrival ?? null,
  )
}

/** Inspectors on their rounds look for somebody to check; the inspection lane checks who stops in it. */
export function stepInspectors(world: World, report: Report): void {
  const tick = whole(world.clock.tick, 0)
  for (const unit of world.units) {
    if (unit.kind !== 'inspector' || unit.errand || world.vehicles.mode[unit.slot] !== MODE.lane) continue
    if (tick % TICKS_PER_SECOND === unit.slot % TICKS_PER_SECOND) lookAround(world, unit, report)
  }
  if (tick % 10 === 0) checkLane(world, report)
}

function lookAround(world: World, unit: Unit, report: Report): void {
  const { vehicles } = world
  const tick = whole(world.clock.tick, 0)
  const last = whole(vehicles.inspectedAt, unit.slot)
  if (last > 0 && tick - last < PAUSE_TICKS) return
  const target = nearbyCar(world, unit.slot)
  if (target < 0) {
    const oldest = oldestSeat(world)
    if (oldest >= 0) visit(world, unit, world.plates[oldest] ?? '')
    return
  }
  vehicles.inspectedAt[unit.slot] = tick
  vehicles.heldUntil[unit.slot] = tick + HOLD_TICKS
  vehicles.heldUntil[target] = tick + HOLD_TICKS
  inspect(world, { unit, target, where: 'roadside' }, report)
}

const isDue = (world: World, slot: number): boolean => {
  const last = whole(world.vehicles.inspectedAt, slot)
  return last === 0 || whole(world.clock.tick, 0) - last >= AGAIN_TICKS
}

/** The seat that has waited longest for a check and that nobody is on the way to, −1 for none. */
function oldestSeat(world: World): number {
  const { vehicles, plates, units } = world
  let oldest = -1
  for (const seat of world.seats) {
    if (!seat || !isDue(world, seat.slot) || whole(vehicles.lane, seat.slot) < 0) continue
    if (units.some(({ errand }) => errand?.targetPlate === plates[seat.slot])) continue
    if (oldest < 0 || whole(vehicles.inspectedAt, seat.slot) < whole(vehicles.inspectedAt, oldest)) oldest = seat.slot
  }
  return oldest
}

/** A due seat's car close by comes first, else the vehicle right ahead or behind in the lane. */
function nearbyCar(world: World, slot: number): number {
  const { vehicles } = world
  const own = poseOf(world, slot, openPose())
  for (const seat of world.seats) {
    if (!seat || !isDue(world, seat.slot)) continue
    const other = poseOf(world, seat.slot, openPose())
    if (distanceOf(other.x - own.x, other.y - own.y) < ROADSIDE_METRES) return seat.slot
  }
  if (world.streets.isConnector[whole(vehicles.lane, slot)] === 1) return -1
  for (const other of [whole(vehicles.ahead, slot), whole(vehicles.behind, slot)]) {
    if (other < 0 || !isDue(world, other)) continue
    if (Math.abs(at(vehicles.s, other) - at(vehicles.s, slot)) < ROADSIDE_METRES) return other
  }
  return -1
}

function checkLane(world: World, report: Report): void {
  const inspector = world.units.find(({ kind }) => kind === 'inspector')
  if (!inspector) return
  for (const seat of world.seats) {
    if (!seat || !isDue(world, seat.slot) || Math.abs(at(world.vehicles.speed, seat.slot)) > 1) continue
    const pose = poseOf(world, seat.slot, openPose())
    const isThere = world.streets.map.stations.some(
      ({ kind, x, y, outline }) =>
        kind === 'inspection' && (isInside(pose, outline) || distanceOf(pose.x - x, pose.y - y) < LANE_METRES),
    )
    if (isThere) inspect(world, { unit: { ...inspector, errand: null }, target: seat.slot, where: 'lane' }, report)
  }
}
