import type { VehiclePart } from '../../shared/model/vehicle.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { isInside } from '../../shared/driving/walls.ts'
import { MENDED, setPart } from './condition.ts'
import type { Report } from './report.ts'
import { conditionOf } from './slots.ts'
import type { World } from './state.ts'

const EVERY_TICKS = 10
const STANDING = 1
const DOOR_METRES = 14

/** A seat's car that stops at a garage leaves it mended and with a full tank. The belt is the driver's business. */
export function stepGarages(world: World, report: Report): void {
  if (whole(world.clock.tick, 0) % EVERY_TICKS !== 0) return
  for (const seat of world.seats) {
    if (!seat || Math.abs(at(world.vehicles.speed, seat.slot)) > STANDING || !isAtGarage(world, seat.slot)) continue
    for (const part of wornParts(world, seat.slot)) {
      setPart(world, seat.slot, part, MENDED[part])
      const condition = conditionOf(world, seat.slot)
      report.note({ kind: 'part-repaired', plate: world.plates[seat.slot] ?? '', part, condition }, null)
    }
  }
}

function isAtGarage({ vehicles, streets }: World, slot: number): boolean {
  const here = { x: at(vehicles.x, slot), y: at(vehicles.y, slot) }
  return streets.map.stations.some(
    ({ kind, outline, x, y }) =>
      kind === 'garage' && (isInside(here, outline) || distanceOf(here.x - x, here.y - y) < DOOR_METRES),
  )
}

function wornParts(world: World, slot: number): VehiclePart[] {
  const { brakeWear, tyreTreadMm, headlightsWorking, fuel } = conditionOf(world, slot)
  const worn: VehiclePart[] = []
  if (brakeWear > 0.1) worn.push('brakes')
  if (tyreTreadMm < 7) worn.push('tyres')
  if (!headlightsWorking) worn.push('headlights')
  if (fuel < 0.9) worn.push('fuel')
  return worn
}
