import type { CityMap, Outline } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { boxOf, doMeet, hashAt, lanePoints, middleOf, type Box, type Placed } from './street-lines.ts'

/** A car that stands in front of a building as part of the picture. */
export interface ParkedCar extends Placed {
  readonly kind: VehicleKind
  readonly paint: string
}

const PAINTS = ['#d8414b', '#3f8fd2', '#f3efe6', '#5aa36a', '#3b4763', '#e6b668', '#8fa3b5', '#ef8a5a']
const KINDS: readonly VehicleKind[] = ['sedan', 'sedan', 'van', 'sedan', 'sport']
/** Metres between a wall and the middle of the car before it, and what a car needs around itself. */
const FROM_WALL = 2.1
const ROOM = 1.6
const FROM_LANE = 6.4

/** Parked cars beside about every second house: never on a street or a pavement, never in a building or water. */
export function parkedCarsOf(map: CityMap): ParkedCar[] {
  const walls = [
    ...map.scenery.buildings.map(({ outline }) => boxOf(outline)),
    ...map.scenery.water.map((o) => boxOf(o)),
  ]
  const roads = roadBoxes(map)
  return map.scenery.buildings.flatMap(({ kind, outline }): ParkedCar[] => {
    const { x, y } = middleOf(outline)
    const chance = hashAt(x, y, 9)
    if (kind === 'station' || kind === 'stadium' || kind === 'crane' || chance > 0.55) return []
    const places = besides(outline)
    const place = places[Math.floor(chance * 1009) % Math.max(1, places.length)]
    if (!place) return []
    const box = boxOf([place], 2.3 + ROOM / 2)
    if (walls.some((wall) => doMeet(wall, boxOf([place], ROOM))) || roads.some((road) => doMeet(road, box))) return []
    const pick = <T>(list: readonly T[], salt: number) => list[Math.floor(hashAt(x, y, salt) * list.length)]
    return [{ ...place, kind: pick(KINDS, 11) ?? 'sedan', paint: pick(PAINTS, 12) ?? '#f3efe6' }]
  })
}

/** The middles of a building's sides, a car's half width away from the wall and along it. */
function besides(outline: Outline): Placed[] {
  const middle = middleOf(outline)
  return outline.map((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a
    const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    const away = Math.hypot(at.x - middle.x, at.y - middle.y) || 1
    const share = (away + FROM_WALL) / away
    const heading = Math.atan2(b.y - a.y, b.x - a.x)
    return { x: middle.x + (at.x - middle.x) * share, y: middle.y + (at.y - middle.y) * share, heading }
  })
}

/** Short boxes along every lane, wide enough for its pavement. */
function roadBoxes(map: CityMap): Box[] {
  return Array.from({ length: map.lanes.count }, (_, lane) => lanePoints(map, lane)).flatMap((points) =>
    points.slice(1).map((p, i) => boxOf([points[i] ?? p, p], FROM_LANE - 2.3)),
  )
}
