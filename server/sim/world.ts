import type { IdSource } from '../../shared/ids.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact } from '../../shared/model/fact.ts'
import { whole } from '../../shared/driving/columns.ts'
import { accelerateTraffic, moveTraffic } from './advance.ts'
import { openAgents } from './agents.ts'
import { changeLanes } from './change-lane.ts'
import { obey } from './commands.ts'
import { stepWear } from './condition.ts'
import { stepCrossings } from './crossings.ts'
import { stepHeadlights } from './daylight.ts'
import { stepDemand } from './demand.ts'
import { stepUnits } from './errands.ts'
import { stepFreeCars } from './free-cars.ts'
import { stepGarages } from './garages.ts'
import { stepGhosts } from './ghosts.ts'
import { stepHorns } from './horns.ts'
import { stepInspectors } from './inspectors.ts'
import { stepCalls, stepLights } from './lights.ts'
import { layWorld } from './open-state.ts'
import { stepPatrols } from './patrols.ts'
import { openReport } from './report.ts'
import { clearDeadlocks } from './rescue.ts'
import { stepSeatErrands } from './seat-errands.ts'
import { seatNamed } from './seats.ts'
import { spawnBot } from './spawn.ts'
import type { World, WorldSettings } from './state.ts'
import { WEATHERS } from './state.ts'
import type { Streets } from './streets.ts'
import { openStreets } from './streets.ts'
import { announce } from './announce.ts'

/**
 * A street at tick 0, with its agents at their posts and its traffic on the road.
 *
 * @param streets what was worked out from the same map before; worlds on one map can share it
 */
export function openWorld(map: CityMap, settings: WorldSettings, streets: Streets = openStreets(map)): World {
  const world = layWorld(streets, settings, null)
  const { queues, cameras, clock, free, vehicles } = world
  queues.limit.set(map.lanes.limit)
  for (const column of [queues.head, queues.tail, queues.lastOut]) column.fill(-1)
  for (const column of [vehicles.lane, vehicles.seat, vehicles.claim]) column.fill(-1)
  cameras.working.fill(1)
  for (let i = 0; i < settings.capacity; i += 1) free.slot[i] = settings.capacity - 1 - i
  clock.freeCount[0] = settings.capacity
  clock.weather[0] = Math.max(0, WEATHERS.indexOf(settings.weather))
  clock.demand[0] = settings.bots
  stepLights(world)
  openAgents(world)
  for (let i = 0; i < settings.bots; i += 1) spawnBot(world)
  return world
}

/**
 * Runs the street for one tick of 50 ms, in place.
 *
 * @param commands in the order in which they take effect
 * @param ids of this tick
 * @returns what happened, in order; refused commands among it
 */
export function stepWorld(world: World, commands: readonly WorldCommand[], ids: IdSource): readonly Fact[] {
  const report = openReport(ids)
  world.clock.tick[0] = whole(world.clock.tick, 0) + 1
  announce(world, report)
  for (const command of commands) obey(world, command, report)
  stepCalls(world)
  stepLights(world)
  stepGhosts(world)
  stepCrossings(world)
  accelerateTraffic(world)
  moveTraffic(world, report)
  changeLanes(world)
  stepFreeCars(world, report)
  stepUnits(world, report)
  stepInspectors(world, report)
  stepPatrols(world, report)
  stepWear(world, report)
  stepGarages(world, report)
  stepSeatErrands(world, report)
  stepHeadlights(world)
  stepHorns(world)
  clearDeadlocks(world, report)
  stepDemand(world, report)
  return report.facts
}

/** @returns the slot of the vehicle with that plate, or of that seat's; −1 for none */
export function vehicleSlotOf(world: World, who: { readonly plate: string } | { readonly seatId: string }): number {
  if ('plate' in who) return world.scratch.slotOfPlate.get(who.plate) ?? -1
  return seatNamed(world, who.seatId)?.slot ?? -1
}
