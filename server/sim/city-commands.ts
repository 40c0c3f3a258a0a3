import type { CommandRefusal } from '../../shared/model/command.ts'
import { kmh, toMetresPerSecond } from '../../shared/units.ts'
import { whole } from '../../shared/driving/columns.ts'
import { isPartValue, MENDED, noteCondition, setPart } from './condition.ts'
import type { Report } from './report.ts'
import { forgetRoutes } from './route.ts'
import type { CommandOf } from './seat-commands.ts'
import { refuse } from './seat-commands.ts'
import { conditionOf } from './slots.ts'
import { MODE } from './vehicle-table.ts'
import { chooseFreeWay, chooseWay } from './trip.ts'
import { learnStretches } from './stretch.ts'
import type { World } from './state.ts'
import { WEATHERS } from './state.ts'

const LEAST_LIMIT_KMH = 5
const MOST_LIMIT_KMH = 150

/** Sets a part right again: at a garage, or by a unit that has come. */
export function repair(
  world: World,
  { plate, part, cause }: CommandOf<'repair'>,
  report: Report,
): CommandRefusal | null {
  const slot = world.scratch.slotOfPlate.get(plate)
  if (slot === undefined) return refuse('unknown-plate', 'repair.plate')
  setPart(world, slot, part, MENDED[part])
  report.note({ kind: 'part-repaired', plate, part, condition: conditionOf(world, slot) }, cause)
  return null
}

export function putPart(world: World, command: CommandOf<'set-part'>, report: Report): CommandRefusal | null {
  const { plate, part, value, cause } = command
  const slot = world.scratch.slotOfPlate.get(plate)
  if (slot === undefined) return refuse('unknown-plate', 'set-part.plate')
  if (!isPartValue(part, value)) return refuse('out-of-range', 'set-part.value')
  setPart(world, slot, part, value)
  noteCondition(world, slot, { part, cause }, report)
  return null
}

export function setLimit(world: World, command: CommandOf<'set-limit'>, report: Report): CommandRefusal | null {
  const { roadId, limitKmh, cause } = command
  const lanes = lanesOf(world, roadId)
  if (!lanes) return refuse('unknown-id', 'set-limit.roadId')
  if (!(limitKmh >= LEAST_LIMIT_KMH && limitKmh <= MOST_LIMIT_KMH)) return refuse('out-of-range', 'set-limit.limitKmh')
  world.signs[roadId] = limitKmh
  for (const lane of lanes) world.queues.limit[lane] = toMetresPerSecond(kmh(limitKmh))
  learnStretches(world)
  report.note({ kind: 'limit-set', roadId, limitKmh }, cause)
  return null
}

/** Nobody drives into a closed road any more, who was just about to looks for another way; who is in it drives on. */
export function closeRoad(world: World, command: CommandOf<'close-road'>, report: Report): CommandRefusal | null {
  const { roadId, closed, cause } = command
  const lanes = lanesOf(world, roadId)
  if (!lanes) return refuse('unknown-id', 'close-road.roadId')
  closeLanes(world, lanes, closed)
  report.note({ kind: 'road-closed', roadId, closed }, cause)
  return null
}

/** Closes or opens lanes and the ways into them. */
export function closeLanes(world: World, lanes: readonly number[], closed: boolean): void {
  const value = closed ? 1 : 0
  for (const lane of lanes) {
    world.queues.closed[lane] = value
    for (const connector of connectorsInto(world, lane)) world.queues.closed[connector] = value
  }
  forgetRoutes(world.routes)
  learnStretches(world)
  if (closed) turnAway(world)
}

/** Whoever has chosen a way that is closed now chooses again, unless it has leave to drive already. */
function turnAway(world: World): void {
  const { vehicles, queues, clock } = world
  for (let slot = 0; slot < whole(clock.highWater, 0); slot += 1) {
    const mode = vehicles.mode[slot]
    const next = whole(vehicles.next, slot)
    if ((mode !== MODE.lane && mode !== MODE.free) || next < 0 || queues.closed[next] !== 1) continue
    if (mode === MODE.free) chooseFreeWay(world, slot)
    else if (vehicles.claim[slot] !== next) chooseWay(world, slot)
  }
}

function connectorsInto(world: World, lane: number): Int32Array {
  const { lanes } = world.streets.map
  return lanes.predecessor.subarray(whole(lanes.predecessorStart, lane), whole(lanes.predecessorStart, lane + 1))
}

function lanesOf(world: World, roadId: string): number[] | null {
  const road = world.streets.map.roads.find(({ id }) => id === roadId)
  return road ? [...road.forward, ...road.backward] : null
}

export function setCamera(world: World, command: CommandOf<'set-camera'>, report: Report): CommandRefusal | null {
  const { cameraId, working, cause } = command
  const index = world.streets.map.cameras.findIndex(({ id }) => id === cameraId)
  if (index < 0) return refuse('unknown-id', 'set-camera.cameraId')
  world.cameras.working[index] = working ? 1 : 0
  report.note({ kind: 'camera-switched', cameraId, working }, cause)
  return null
}

export function setWeather(world: World, { weather, cause }: CommandOf<'set-weather'>, report: Report) {
  const index = WEATHERS.indexOf(weather)
  if (index < 0) return refuse('out-of-range', 'set-weather.weather')
  world.clock.weather[0] = index
  report.note({ kind: 'weather-changed', weather }, cause)
  return null
}

/** Traffic comes and goes a few at a time until there is as much as asked for. */
export function setDemand(world: World, { bots }: CommandOf<'set-demand'>): CommandRefusal | null {
  if (!Number.isInteger(bots) || bots < 0 || bots > world.settings.capacity)
    return refuse('out-of-range', 'set-demand.bots')
  world.clock.demand[0] = bots
  return null
}
