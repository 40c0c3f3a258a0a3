import type { CauseId } from '../../shared/ids.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import type { VehiclePart } from '../../shared/model/vehicle.ts'
import { randomShare } from '../../shared/random.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import type { Report } from './report.ts'
import { conditionOf } from './slots.ts'
import type { World } from './state.ts'
import { STREAM, streamFor } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Wear per metre driven, and per m/s of speed braked away. A lesson's hour must show some of it. */
const FUEL_PER_METRE = 1 / 24_000
const TREAD_MM_PER_METRE = 1 / 40_000
const BRAKES_PER_METRE_PER_SECOND = 1 / 40_000
const WEAR_SECONDS = 5
const WEAR_TICKS = WEAR_SECONDS * TICKS_PER_SECOND
/** Once per how many seconds of driving a lamp fails. */
const LAMP_SECONDS = 7200
/** What is worth a line on the vehicle's sheet: each of these much. */
const TOLD: Readonly<Record<'brakes' | 'tyres' | 'fuel', number>> = { brakes: 0.1, tyres: 0.5, fuel: 0.25 }

/** Wears every vehicle once in five seconds, a hundredth of them each tick. */
export function stepWear(world: World, report: Report): void {
  const { vehicles, clock } = world
  const highWater = whole(clock.highWater, 0)
  const tick = whole(clock.tick, 0)
  for (let slot = tick % WEAR_TICKS; slot < highWater; slot += WEAR_TICKS) {
    const mode = whole(vehicles.mode, slot)
    if (mode !== MODE.lane && mode !== MODE.free) continue
    if (at(vehicles.speed, slot) > 0.5) wear(world, slot, report)
  }
}

function wear(world: World, slot: number, report: Report): void {
  const { vehicles } = world
  const metres = at(vehicles.speed, slot) * WEAR_SECONDS
  const braked = Math.max(0, -at(vehicles.accel, slot)) * WEAR_SECONDS
  wearDown(world, slot, { part: 'fuel', by: metres * FUEL_PER_METRE }, report)
  wearDown(world, slot, { part: 'tyres', by: metres * TREAD_MM_PER_METRE }, report)
  wearDown(world, slot, { part: 'brakes', by: -braked * BRAKES_PER_METRE_PER_SECOND }, report)
  if (vehicles.lampsWorking[slot] !== 1) return
  const tick = whole(world.clock.tick, 0)
  if (randomShare(world.settings.seed, streamFor(STREAM.wear, slot), tick) >= WEAR_SECONDS / LAMP_SECONDS) return
  setPart(world, slot, 'headlights', false)
  noteCondition(world, slot, { part: 'headlights', cause: null }, report)
}

/** Bots refuel out of sight: their tank never runs below a tenth. */
function wearDown(
  world: World,
  slot: number,
  change: { part: 'brakes' | 'tyres' | 'fuel'; by: number },
  report: Report,
): void {
  const { vehicles } = world
  const column = { brakes: vehicles.brakeWear, tyres: vehicles.tread, fuel: vehicles.fuel }[change.part]
  const before = at(column, slot)
  const least = change.part === 'fuel' && whole(vehicles.seat, slot) < 0 ? 0.1 : 0
  const after = Math.max(least, change.part === 'brakes' ? Math.min(1, before - change.by) : before - change.by)
  if (after === before) return
  column[slot] = after
  const told = TOLD[change.part]
  if (Math.floor(before / told) === Math.floor(after / told)) return
  noteCondition(world, slot, { part: change.part, cause: null }, report)
}

export function noteCondition(
  world: World,
  slot: number,
  change: { part: VehiclePart; cause: CauseId | null },
  report: Report,
): CauseId {
  const plate = world.plates[slot] ?? ''
  const condition = conditionOf(world, slot)
  return report.note({ kind: 'condition-changed', plate, part: change.part, condition }, change.cause)
}

/** @returns whether `value` can be that part's: shares from 0 to 1, tread from 0 to 8 mm, or a yes or no */
export function isPartValue(part: VehiclePart, value: number | boolean): boolean {
  if (part === 'headlights' || part === 'seatBelt') return typeof value === 'boolean'
  return typeof value === 'number' && value >= 0 && value <= (part === 'tyres' ? 8 : 1)
}

/** Puts a part in a state that `isPartValue` allows. */
export function setPart({ vehicles }: World, slot: number, part: VehiclePart, value: number | boolean): void {
  const columns = {
    brakes: vehicles.brakeWear,
    tyres: vehicles.tread,
    fuel: vehicles.fuel,
    headlights: vehicles.lampsWorking,
    seatBelt: vehicles.beltFastened,
  }
  columns[part][slot] = Number(value)
  const flags = whole(vehicles.flags, slot)
  if (part === 'headlights' && value === false) vehicles.flags[slot] = flags & ~VEHICLE_FLAG.headlights
}

/** What a part is like when it leaves the garage. */
export const MENDED: Readonly<Record<VehiclePart, number | boolean>> = {
  brakes: 0,
  tyres: 8,
  headlights: true,
  seatBelt: true,
  fuel: 1,
}
