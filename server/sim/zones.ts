import type { CityMap, Road } from '../../shared/model/city-map.ts'
import type { CommandRefusal } from '../../shared/model/command.ts'
import { at } from '../../shared/driving/columns.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { isInside } from '../../shared/driving/walls.ts'
import { kmh } from '../../shared/units.ts'
import { closeLanes, closeRoad, setLimit } from './city-commands.ts'
import { openPose } from './pose.ts'
import type { Report } from './report.ts'
import type { CommandOf } from './seat-commands.ts'
import { refuse } from './seat-commands.ts'
import type { World } from './state.ts'

/**
 * Puts a zone of the map into force, or lifts it: a parade closes its roads; any other one has its limit on them, and
 * roadworks take the kerb lane where there is another. Each road is written down as when it is done by hand.
 */
export function setZone(world: World, command: CommandOf<'set-zone'>, report: Report): CommandRefusal | null {
  const { zoneId, active, cause } = command
  const zone = world.streets.map.zones.find(({ id }) => id === zoneId)
  if (!zone) return refuse('unknown-id', 'set-zone.zoneId')
  for (const road of roadsIn(world, zone)) {
    const roadId = road.id
    if (zone.kind === 'parade') {
      closeRoad(world, { kind: 'close-road', roadId, closed: active, cause }, report)
      continue
    }
    const limitKmh = active ? kmh(Math.min(road.limitKmh, zone.limitKmh)) : road.limitKmh
    setLimit(world, { kind: 'set-limit', roadId, limitKmh, cause }, report)
    if (zone.kind === 'roadworks') closeLanes(world, kerbLanesOf(road), active)
  }
  return null
}

/** Roads whose middle lies in the zone, as the map's compiler counts those of a school. */
function roadsIn({ streets }: World, { outline }: CityMap['zones'][number]): readonly Road[] {
  const { map, finder } = streets
  return map.roads.filter(({ forward, backward }) => {
    const lane = forward[0] ?? backward[0]
    if (lane === undefined) return false
    const middle = openPose()
    poseOnLane(finder.headings, lane, { s: at(map.lanes.length, lane) / 2, lat: 0 }, middle)
    return isInside(middle, outline)
  })
}

const kerbLanesOf = ({ forward, backward }: Road): number[] =>
  [forward, backward].flatMap((lanes) => (lanes.length > 1 ? lanes.slice(0, 1) : []))
