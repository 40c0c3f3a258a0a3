import { whole } from '../../shared/driving/columns.ts'
import type { Kmh } from '../../shared/units.ts'
import { kmh } from '../../shared/units.ts'
import type { World } from './state.ts'

/** Where something happened, in the words of facts. */
export interface NamedPlace {
  readonly roadId: string
  readonly districtId: string
  readonly limitKmh: Kmh
}

/** Names the road and district of a lane; a connector goes by the road it leads to. */
export function namePlace(world: World, lane: number): NamedPlace {
  const { map } = world.streets
  const on =
    lane >= 0 && world.streets.isConnector[lane] === 1
      ? (map.lanes.successor[whole(map.lanes.successorStart, lane)] ?? lane)
      : lane
  const road = map.roads[on >= 0 ? whole(map.lanes.road, on) : -1]
  const district = map.districts[on >= 0 ? whole(map.lanes.district, on) : -1]
  return {
    roadId: road?.id ?? '',
    districtId: district?.id ?? road?.districtId ?? '',
    limitKmh: kmh(road ? (world.signs[road.id] ?? road.limitKmh) : 0),
  }
}
