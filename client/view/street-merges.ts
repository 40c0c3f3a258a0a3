import type { CityMap, Junction, Outline, Point } from '../../shared/model/city-map.ts'
import { lanePoints, offsetLine } from './street-lines.ts'

/** A line painted through a place where fast roads join or part. */
interface MergeLine {
  readonly points: Outline
  readonly isDashed: boolean
}

/** What is painted where expressways and ramps meet, and the median that runs on through it. */
export interface MergeMarks {
  readonly lines: readonly MergeLine[]
  readonly medians: readonly Outline[]
}

const isFastRoad = ({ lanes, roads }: CityMap, lane: number): boolean => {
  const road = roads[lanes.road[lane] ?? -1]
  return road?.class === 'expressway' || road?.class === 'ramp'
}

const before = ({ lanes }: CityMap, connector: number): number =>
  lanes.predecessor[lanes.predecessorStart[connector] ?? 0] ?? -1
const after = ({ lanes }: CityMap, connector: number): number =>
  lanes.successor[lanes.successorStart[connector] ?? 0] ?? -1

/** Whether only fast roads meet at a junction: then it is no crossing but a widening of the carriageway. */
export const isMerge = (map: CityMap, { connectors }: Junction): boolean =>
  connectors.length > 0 && connectors.every((c) => isFastRoad(map, before(map, c)) && isFastRoad(map, after(map, c)))

export function mergeMarksOf(map: CityMap): MergeMarks {
  const merges = map.junctions.filter((junction) => isMerge(map, junction))
  return {
    lines: merges.flatMap((junction) => through(map, junction).flatMap((lane) => edgesOf(map, lane))),
    medians: merges.flatMap((junction) => medianOf(map, junction)),
  }
}

/** The ways that stay on the expressway. */
const through = (map: CityMap, { connectors }: Junction): number[] =>
  connectors.filter((c) => [before(map, c), after(map, c)].every((lane) => map.roads[map.lanes.road[lane] ?? -1]?.class === 'expressway')) // prettier-ignore

function edgesOf(map: CityMap, connector: number): MergeLine[] {
  const points = lanePoints(map, connector)
  const half = (map.lanes.width[connector] ?? 3.5) / 2
  const isInner = (map.lanes.left[before(map, connector)] ?? -1) < 0
  const isOuter = (map.lanes.right[before(map, connector)] ?? -1) < 0
  const left = { points: offsetLine(points, (isInner ? 0.1 : 0) - half), isDashed: !isInner }
  return isOuter ? [left, { points: offsetLine(points, half), isDashed: true }] : [left]
}

function medianOf(map: CityMap, junction: Junction): Point[][] {
  const inner = through(map, junction).filter((c) => (map.lanes.left[before(map, c)] ?? -1) < 0)
  const [one, other] = inner
  if (one === undefined || other === undefined || inner.length !== 2) return []
  const edge = (lane: number) => offsetLine(lanePoints(map, lane), -(map.lanes.width[lane] ?? 3.5) / 2)
  const [near, far] = [edge(one), edge(other)]
  const [a, b] = [near[0], far.at(-1)]
  if (!a || !b || Math.hypot(a.x - b.x, a.y - b.y) > 12) return []
  return [[...near, ...far]]
}
