import { whole } from '../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { namePlace } from './place.ts'
import type { Report } from './report.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

const NOTE_TICKS = 10 * TICKS_PER_SECOND
const POLICE = VEHICLE_KINDS.indexOf('police')

/** Patrol cars say every ten seconds, each at its own second, where on their beat they are. */
export function stepPatrols(world: World, report: Report): void {
  const { vehicles, clock } = world
  const tick = whole(clock.tick, 0)
  for (const slot of world.patrols) {
    if ((tick + slot * TICKS_PER_SECOND) % NOTE_TICKS !== 0 || vehicles.mode[slot] !== MODE.lane) continue
    if (vehicles.kind[slot] !== POLICE) continue
    const { roadId, districtId } = namePlace(world, whole(vehicles.lane, slot))
    report.note({ kind: 'patrol-noted', unitPlate: world.plates[slot] ?? '', districtId, roadId }, null)
  }
}
