import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { noteJoined } from './announce.ts'
import { openPose, poseOf } from './pose.ts'
import type { Report } from './report.ts'
import { giveSlotBack } from './slots.ts'
import { spawnBot } from './spawn.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** At most so many bots come or go per tick. */
const CHANGES = 2
/** Metres from every seat's car at which a vehicle may vanish. */
const OUT_OF_SIGHT = 150

/** Brings the number of bots to what was asked for; who leaves does so where no driver looks. */
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

/** @returns whether some seat's car is near enough to see the vehicle */
export const isInSight = (world: World, slot: number): boolean => isSeen(world, poseOf(world, slot, openPose()))

/** @returns whether some seat's car is near enough to see the place */
export function isSeen(world: World, place: { readonly x: number; readonly y: number }): boolean {
  return world.seats.some((seat) => {
    if (!seat) return false
    const dx = at(world.vehicles.x, seat.slot) - place.x
    return distanceOf(dx, at(world.vehicles.y, seat.slot) - place.y) < OUT_OF_SIGHT
  })
}
