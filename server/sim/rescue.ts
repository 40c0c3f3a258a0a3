import { at, whole } from '../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { dropClaim } from './junction.ts'
import { namePlace } from './place.ts'
import { enterQueue, leaveQueue } from './queues.ts'
import type { Report } from './report.ts'
import { isInSight } from './sight.ts'
import { hasElbowRoom, isPlaceSeen, unseenPlace } from './spawn.ts'
import type { World } from './state.ts'
import { chooseWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Two minutes first in line without moving: longer than any light is red. */
const DEADLOCK_TICKS = 120 * TICKS_PER_SECOND

/** Takes who blocks a street for good behind the junction it waits for; never where a driver looks, always written down. */
export function clearDeadlocks(world: World, report: Report): void {
  const { vehicles, clock } = world
  const tick = whole(clock.tick, 0)
  for (let slot = tick % TICKS_PER_SECOND; slot < whole(clock.highWater, 0); slot += TICKS_PER_SECOND) {
    const waits = vehicles.mode[slot] === MODE.lane && whole(vehicles.waited, slot) > DEADLOCK_TICKS
    if (waits && whole(vehicles.ahead, slot) < 0 && !isInSight(world, slot)) clear(world, slot, report)
  }
}

function clear(world: World, slot: number, report: Report): void {
  const { vehicles, queues } = world
  const place = placeBehind(world, slot) ?? unseenPlace(world, 0x40000 + whole(world.clock.tick, 0))
  if (!place) return
  const { roadId } = namePlace(world, whole(vehicles.lane, slot))
  dropClaim(world, slot)
  leaveQueue(queues, vehicles, slot)
  vehicles.s[slot] = place.s
  vehicles.speed[slot] = 0
  vehicles.waited[slot] = 0
  enterQueue(queues, vehicles, slot, place.lane)
  chooseWay(world, slot)
  report.note({ kind: 'deadlock-cleared', plate: world.plates[slot] ?? '', roadId }, null)
}

function placeBehind(world: World, slot: number): { lane: number; s: number } | null {
  const { lanes } = world.streets.map
  const next = whole(world.vehicles.next, slot)
  if (next < 0) return null
  const isOut = world.streets.isConnector[next] === 0
  const exit = isOut ? next : whole(lanes.successor, whole(lanes.successorStart, next))
  const place = { lane: exit, s: at(world.vehicles.half, slot) + 2 }
  const fits = place.s < at(lanes.length, exit) && hasElbowRoom(world, exit, place.s)
  return fits && !isPlaceSeen(world, place) ? place : null
}
