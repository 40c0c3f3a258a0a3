import { whole } from '../../shared/driving/columns.ts'
import { noteJoined } from './announce.ts'
import type { Report } from './report.ts'
import { isInSight } from './sight.ts'
import { giveSlotBack } from './slots.ts'
import { spawnBot } from './spawn.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** At most so many bots come or go per tick. */
const CHANGES = 2

/** Brings the number of bots to what was asked for; they come and go where no driver looks. */
export function stepDemand(world: World, report: Report): void {
  const { clock } = world
  const missing = whole(clock.demand, 0) - whole(clock.bots, 0)
  if (missing === 0) return
  if (missing > 0) {
    for (let i = 0; i < Math.min(CHANGES, missing); i += 1) {
      const slot = spawnBot(world)
      if (slot >= 0) noteJoined(world, slot, report)
    }
    return
  }
  for (let i = 0; i < Math.min(CHANGES, -missing); i += 1) removeBot(world, report)
}

function removeBot(world: World, report: Report): void {
  const { vehicles, clock } = world
  for (let slot = whole(clock.highWater, 0) - 1; slot >= 0; slot -= 1) {
    if (vehicles.mode[slot] !== MODE.lane || !isBot(world, slot) || isInSight(world, slot)) continue
    const plate = world.plates[slot] ?? ''
    giveSlotBack(world, slot)
    clock.bots[0] = whole(clock.bots, 0) - 1
    report.note({ kind: 'vehicle-left', plate, seatId: null }, null)
    return
  }
}

const isBot = (world: World, slot: number): boolean =>
  !world.patrols.includes(slot) && !world.units.some((unit) => unit.slot === slot)
