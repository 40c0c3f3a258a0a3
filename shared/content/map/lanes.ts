import { LANE_FLAG, type Outline } from '../../model/city-map.ts'
import type { MapFault } from '../map-source.ts'
import { tightestRadius } from './curve.ts'
import type { DraftLane, RoadLanes } from './draft.ts'
import { lengthOf, offset, quantisePoint } from './geometry.ts'
import type { Network, NetRoad } from './network.ts'

/** A lane of a road may not bend tighter than this many metres. */
const LEAST_RADIUS = 7

/** Lays the lanes of every road beside its trimmed centre line, each beside its neighbours. */
export function layLanes(
  network: Network,
  centreLines: readonly Outline[],
  faults: MapFault[],
): { lanes: DraftLane[]; roads: RoadLanes[] } {
  const lanes: DraftLane[] = []
  const roads = network.roads.map((road, i): RoadLanes => {
    const line = centreLines[i] ?? []
    const centreLine = line.map(quantisePoint)
    if (centreLine.length === 0) return { centreLine, forward: [], backward: [] }
    const ways = { forward: line, backward: [...line].reverse() }
    const lay = (way: 'forward' | 'backward'): number[] => {
      const numbers = offsetsOf(road, way).map(
        (right) => lanes.push(openLane(network, { road: i, way, line: offset(ways[way], right) })) - 1,
      )
      numbers.forEach((number, k) => {
        const lane = lanes[number]
        if (!lane) return
        lane.right = numbers[k - 1] ?? -1
        lane.left = numbers[k + 1] ?? -1
        if (lane.radius < LEAST_RADIUS) faults.push({ path: road.path, reason: tooTight(lane.radius) })
      })
      return numbers
    }
    return { centreLine, forward: lay('forward'), backward: lay('backward') }
  })
  return { lanes, roads }
}

const tooTight = (radius: number): string =>
  `a lane bends with a radius of ${Math.round(radius * 10) / 10} m, ${LEAST_RADIUS} are needed`

/** Metres to the right of the centre line, rightmost lane first. */
function offsetsOf(road: NetRoad, way: 'forward' | 'backward'): number[] {
  const count = road[way]
  const isOneWay = road.forward === 0 || road.backward === 0
  const innermost = isOneWay ? ((1 - count) * road.laneWidth) / 2 : (road.median + road.laneWidth) / 2
  return Array.from({ length: count }, (_, i) => innermost + (count - 1 - i) * road.laneWidth)
}

function openLane(network: Network, place: { road: number; way: 'forward' | 'backward'; line: Outline }): DraftLane {
  const road = network.roads[place.road]
  const line = place.line.map(quantisePoint)
  return {
    line,
    length: lengthOf(line),
    radius: tightestRadius(place.line),
    limit: (road?.limitKmh ?? 50) / 3.6,
    width: road?.laneWidth ?? 3.25,
    flags: road?.isCircle ? LANE_FLAG.roundabout : 0,
    road: place.road,
    junction: (place.way === 'forward' ? road?.to : road?.from) ?? -1,
    signalGroup: -1,
    left: -1,
    right: -1,
    successors: [],
  }
}
