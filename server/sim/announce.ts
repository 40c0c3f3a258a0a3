import { whole } from '../../shared/driving/columns.ts'
import type { Report } from './report.ts'
import { seatIdOf } from './seats.ts'
import { conditionOf, kindOf } from './slots.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** On the first tick, everybody who was there from the beginning is said to have joined. */
export function announce(world: World, report: Report): void {
  const { clock, vehicles } = world
  if (clock.announced[0] === 1) return
  clock.announced[0] = 1
  for (let slot = 0; slot < whole(clock.highWater, 0); slot += 1) {
    if (vehicles.mode[slot] !== MODE.none) noteJoined(world, slot, report)
  }
}

export function noteJoined(world: World, slot: number, report: Report): void {
  report.note(
    {
      kind: 'vehicle-joined',
      plate: world.plates[slot] ?? '',
      vehicle: kindOf(world, slot),
      seatId: seatIdOf(world, slot),
      condition: conditionOf(world, slot),
    },
    null,
  )
}
