import { at, whole } from '../../shared/driving/columns.ts'
import type { World } from '../../server/sim/state.ts'
import { LIGHT } from '../../server/sim/state.ts'
import { MODE } from '../../server/sim/vehicle-table.ts'
import type { Street } from './street.ts'

/** Metres by which a front may creep over its line while it comes to a standstill. */
const CREEP = 0.3

/** How far each front is beyond the end of its lane, for those who keep to lanes' rules before a junction. */
function frontsOf({ vehicles, clock, streets }: World) {
  const { length } = streets.map.lanes
  return Array.from({ length: whole(clock.highWater, 0) }, (_, slot) => slot).flatMap((slot) => {
    const lane = whole(vehicles.lane, slot)
    const mode = vehicles.mode[slot]
    if (lane < 0 || streets.isConnector[lane] === 1 || (mode !== MODE.lane && mode !== MODE.free)) return []
    return [{ slot, lane, next: whole(vehicles.next, slot), over: overLine(vehicles, slot, at(length, lane)) }]
  })
}

const overLine = (vehicles: World['vehicles'], slot: number, length: number): number =>
  at(vehicles.s, slot) + at(vehicles.half, slot) - length - CREEP

/** Runs ticks. @returns who crossed a stop line, front first, while the light of its way was red */
export function crossingsAtRed(street: Street, ticks: number): string[] {
  const { vehicles, scratch, streets, plates } = street.world
  const { length } = streets.map.lanes
  const found: string[] = []
  for (let i = 0; i < ticks; i += 1) {
    const before = frontsOf(street.world)
    street.run(1)
    for (const { slot, lane, next, over } of before) {
      const stayed = vehicles.lane[slot] === lane
      const crossed = over <= 0 && (stayed ? overLine(vehicles, slot, at(length, lane)) > 0 : isInside(street, slot))
      const way = stayed ? next : whole(vehicles.lane, slot)
      if (crossed && (way < 0 || scratch.lights[way] === LIGHT.red)) found.push(`${plates[slot]} at ${i} onto ${way}`)
    }
  }
  return found
}

const isInside = ({ world }: Street, slot: number): boolean =>
  world.streets.isConnector[whole(world.vehicles.lane, slot)] === 1
