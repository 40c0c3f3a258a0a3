import { at } from '../../shared/driving/columns.ts'
import { rowOf } from './route.ts'
import type { World } from './state.ts'

/** A place on a lane, wherever it was read from. */
export interface Spot {
  readonly lane: number
  readonly s: number
}

/** Once round the block, to somebody right behind. */
const ROUND_SECONDS = 30

/** @returns seconds of driving at the limits from one place to another for a unit on duty; `Infinity` without a way */
export function travelSeconds({ dutyRoutes, streets }: World, from: Spot, to: Spot): number {
  const { limit, length } = streets.map.lanes
  const done = from.s / at(limit, from.lane)
  const beyond = (at(length, to.lane) - to.s) / at(limit, to.lane)
  const seconds = at(rowOf(dutyRoutes, to.lane).cost, from.lane) - done - beyond
  return seconds >= 0 ? seconds : ROUND_SECONDS
}
