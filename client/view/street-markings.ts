import type { CityMap, Outline, Point, Road } from '../../shared/model/city-map.ts'
import { LANE_FLAG } from '../../shared/model/city-map.ts'
import { lanePoints, lengthOf, offsetLine, placeOn, type Placed } from './street-lines.ts'
import { mergeMarksOf } from './street-merges.ts'

export type Turn = 'left' | 'ahead' | 'right'

/** What is painted on the asphalt. Metres. */
export type Marking =
  | { readonly kind: 'line'; readonly points: Outline; readonly width: number; readonly dash: readonly number[] }
  | { readonly kind: 'teeth'; readonly from: Point; readonly to: Point; readonly heading: number }
  | { readonly kind: 'zebra'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'arrow'; readonly at: Placed; readonly turns: readonly Turn[] }
  | { readonly kind: 'detector'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'bus-stop'; readonly at: Placed; readonly laneWidth: number }

/** A limit sign beside the road. */
export interface LimitSign extends Placed {
  readonly kmh: number
}

const SOLID: readonly number[] = []
const ARROW_BEFORE_END = 11
const SIGN_AFTER_START = 16

/** Everything that is painted on the streets of a map but on its bridges, below what stands on them. */
export function markingsOf(map: CityMap): Marking[] {
  return [
    ...map.roads.filter(({ onBridge }) => !onBridge).flatMap((road) => roadMarkingsOf(map, road)),
    ...mergeMarksOf(map).lines.map(({ points, isDashed }): Marking => ({
      kind: 'line',
      points,
      width: 0.2,
      dash: isDashed ? [3, 4] : SOLID,
    })),
    ...map.crossings.map(({ from, to }): Marking => ({ kind: 'zebra', from, to })),
    ...map.cameras.flatMap((camera) => camera.lines.map((line) => acrossLane(map, line))),
    ...map.busStops.map(({ lane, s }): Marking => ({
      kind: 'bus-stop',
      at: placeOn(lanePoints(map, lane), s),
      laneWidth: map.lanes.width[lane] ?? 3,
    })),
  ]
}

/** What is painted on bridges: over everything that passes below them. */
export const bridgeMarkingsOf = (map: CityMap): Marking[] =>
  map.roads.filter(({ onBridge }) => onBridge).flatMap((road) => roadMarkingsOf(map, road))

const roadMarkingsOf = (map: CityMap, road: Road): Marking[] => [
  ...dividersOf(map, road),
  ...endsOf(map, road),
  ...arrowsOf(map, road),
]

/** The limit signs: where a road begins, on the right of its drivers. */
export function limitSignsOf(map: CityMap): LimitSign[] {
  return map.roads.flatMap((road) =>
    [road.forward, road.backward].flatMap((ways): LimitSign[] => {
      const lane = ways[0]
      if (lane === undefined || road.class === 'lane') return []
      const points = lanePoints(map, lane)
      if (lengthOf(points) < SIGN_AFTER_START * 3) return []
      const at = placeOn(offsetLine(points, road.laneWidth / 2 + 1.3), SIGN_AFTER_START)
      return [{ ...at, kmh: road.limitKmh }]
    }),
  )
}

function dividersOf(map: CityMap, road: Road): Marking[] {
  const half = road.laneWidth / 2
  const isFast = road.class === 'expressway' || road.class === 'ramp'
  const lineBeside = (lane: number, right: number, dash: readonly number[]): Marking => ({
    kind: 'line',
    points: offsetLine(lanePoints(map, lane), right),
    width: isFast ? 0.2 : 0.15,
    dash,
  })
  const between = [road.forward, road.backward].flatMap((ways) =>
    ways.slice(0, -1).map((lane) => lineBeside(lane, -half, isFast ? [3, 9] : [3, 4])),
  )
  const outer = isFast ? [road.forward[0], road.backward[0]].filter(isLane).map((lane) => lineBeside(lane, half - 0.1, SOLID)) : [] // prettier-ignore
  const inner = [road.forward.at(-1), road.backward.at(-1)].filter(isLane)
  if (road.backward.length === 0 || road.forward.length === 0) {
    return isFast ? [...between, ...outer, ...inner.map((lane) => lineBeside(lane, 0.1 - half, SOLID))] : between
  }
  const isWide = road.forward.length + road.backward.length > 2
  if (isWide || isFast) return [...between, ...outer, ...inner.map((lane) => lineBeside(lane, 0.14 - half, SOLID))]
  if (road.class === 'lane') return between
  return [...between, ...inner.slice(0, 1).map((lane) => lineBeside(lane, -half, [2.4, 3.6]))]
}

const isLane = (lane: number | undefined): lane is number => lane !== undefined

/** Stop lines and the teeth of give-way lines, at the ends of lanes. */
function endsOf(map: CityMap, road: Road): Marking[] {
  return [...road.forward, ...road.backward].flatMap((lane): Marking[] => {
    const junction = map.junctions[map.lanes.junction[lane] ?? -1]
    if (!junction) return []
    const points = lanePoints(map, lane)
    const end = placeOn(points, lengthOf(points) - 0.4)
    const half = (map.lanes.width[lane] ?? 3) / 2 - 0.15
    const [from, to] = [-half, half].map((side) => ({
      x: end.x - Math.sin(end.heading) * side,
      y: end.y + Math.cos(end.heading) * side,
    }))
    if (!from || !to) return []
    const flags = successorsOf(map, lane).map((next) => map.lanes.flags[next] ?? 0)
    if (junction.control === 'signals' || flags.some((flag) => flag & LANE_FLAG.stop)) {
      return [{ kind: 'line', points: [from, to], width: 0.5, dash: SOLID }]
    }
    return flags.some((flag) => flag & LANE_FLAG.yield) ? [{ kind: 'teeth', from, to, heading: end.heading }] : []
  })
}

function arrowsOf(map: CityMap, road: Road): Marking[] {
  return [road.forward, road.backward].flatMap((ways): Marking[] => {
    if (ways.length < 2) return []
    return ways.flatMap((lane): Marking[] => {
      const points = lanePoints(map, lane)
      const length = lengthOf(points)
      const turns = turnsOf(map, lane)
      if (length < 30 || turns.length === 0 || road.class === 'expressway') return []
      return [{ kind: 'arrow', at: placeOn(points, length - ARROW_BEFORE_END), turns }]
    })
  })
}

function turnsOf(map: CityMap, lane: number): Turn[] {
  const flags = successorsOf(map, lane).map((next) => map.lanes.flags[next] ?? 0)
  const found = new Set(
    flags.map((flag): Turn => (flag & LANE_FLAG.turnsLeft ? 'left' : flag & LANE_FLAG.turnsRight ? 'right' : 'ahead')),
  )
  return (['left', 'ahead', 'right'] as const).filter((turn) => found.has(turn))
}

function successorsOf({ lanes }: CityMap, lane: number): readonly number[] {
  return [...lanes.successor.subarray(lanes.successorStart[lane] ?? 0, lanes.successorStart[lane + 1] ?? 0)]
}

function acrossLane(map: CityMap, { lane, s }: { readonly lane: number; readonly s: number }): Marking {
  const at = placeOn(lanePoints(map, lane), s)
  const half = (map.lanes.width[lane] ?? 3) / 2
  const side = (by: number): Point => ({ x: at.x - Math.sin(at.heading) * by, y: at.y + Math.cos(at.heading) * by })
  return { kind: 'detector', from: side(-half), to: side(half) }
}
