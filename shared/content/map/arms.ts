import type { Point } from '../../model/city-map.ts'
import type { MapFault } from '../map-source.ts'
import { at, cut, direction, distance, dot, placeAlong } from './geometry.ts'
import type { Network, NetNode, NetRoad } from './network.ts'

/** One end of a road at a node. */
export interface Arm {
  readonly road: number
  readonly end: 'from' | 'to'
  /** The centre line, away from the node. */
  readonly away: readonly Point[]
  /** From the centre line to the outer edge of the wider side. */
  readonly half: number
  readonly lanesIn: number
  readonly lanesOut: number
}

/** Metres that a kerb's curve, a zebra crossing and a circle's entry add to the room of a junction. */
const KERB = 4
const ZEBRA = 4
const ENTRY = 4
/** A road shorter than this between two junctions leaves no room to stand. */
const LEAST_LANE = 6

/** Lists the road ends at each node. */
export function listArms(network: Network): Arm[][] {
  const arms: Arm[][] = network.nodes.map(() => [])
  network.roads.forEach((road, number) => {
    const line = cut(road.line, road.start, road.end)
    const both = road.forward > 0 && road.backward > 0
    const half = both
      ? road.median / 2 + Math.max(road.forward, road.backward) * road.laneWidth
      : ((road.forward + road.backward) * road.laneWidth) / 2
    const arm = { road: number, half }
    arms[road.from]?.push({ ...arm, end: 'from', away: line, lanesIn: road.backward, lanesOut: road.forward })
    const back = [...line].reverse()
    arms[road.to]?.push({ ...arm, end: 'to', away: back, lanesIn: road.forward, lanesOut: road.backward })
  })
  return arms
}

/**
 * Shortens every road at both ends by the room its junctions need: where two arms no longer overlap, plus what the
 * kind of junction adds.
 *
 * @returns per road, the centre line between its junctions; empty for a road that is too short, which is reported
 */
export function trimRoads(network: Network, arms: readonly Arm[][], faults: MapFault[]): Point[][] {
  const trims = network.roads.map(() => ({ from: 0, to: 0 }))
  network.nodes.forEach((node, i) => {
    const here = arms[i] ?? []
    for (const arm of here) {
      const trim = trims[arm.road]
      if (trim) trim[arm.end] = roomOf(node, arm, here, faults)
    }
  })
  return network.roads.map((road, i) => {
    const { from, to } = trims[i] ?? { from: 0, to: 0 }
    const left = road.end - road.start - from - to
    if (left >= LEAST_LANE) return cut(road.line, road.start + from, road.end - to)
    const room = Math.round(Math.max(0, left) * 10) / 10
    faults.push({ path: road.path, reason: `too short: its junctions leave ${room} m of it, ${LEAST_LANE} are needed` })
    return []
  })
}

function roomOf(node: NetNode, arm: Arm, arms: readonly Arm[], faults: MapFault[]): number {
  let room = 1
  for (const other of arms) {
    if (other === arm) continue
    const apart = partingOf(arm, other)
    if (apart === null) {
      faults.push({ path: node.path, reason: `two roads leave ${node.id} on top of each other` })
      return room
    }
    room = Math.max(room, apart)
  }
  if (node.isCircle) return room + ENTRY
  if (node.source.control === 'merge') return room
  if (arms.length < 3) return room + shifting(arms)
  return room + KERB + (node.source.crossings ? ZEBRA : 0)
}

/** Where the number of lanes changes drivers get room to shift, and in a bend room to turn. */
function shifting(arms: readonly Arm[]): number {
  const [a, b] = arms
  if (!a || !b) return 0
  const straightness = dot(direction(at(a.away, 0), at(a.away, 1)), direction(at(b.away, 0), at(b.away, 1)))
  const isWidening = a.lanesIn !== b.lanesOut || a.lanesOut !== b.lanesIn
  return (straightness > -0.9 ? KERB : 0) + (isWidening ? 8 : 0)
}

/** Metres along both arms at which their edges part; `null` when they never do. */
function partingOf(a: Arm, b: Arm): number | null {
  const wanted = a.half + b.half + 0.5
  const longest = 150
  for (let s = 1; s < longest; s += 1) {
    if (distance(placeAlong(a.away, s).point, placeAlong(b.away, s).point) >= wanted) return s
  }
  return null
}

/** Half the width on the right of the direction from → to, and on the left. */
export function halves(road: NetRoad): { readonly right: number; readonly left: number } {
  if (road.backward === 0 || road.forward === 0) {
    const half = ((road.forward + road.backward) * road.laneWidth) / 2
    return { right: half, left: half }
  }
  return {
    right: road.median / 2 + road.forward * road.laneWidth,
    left: road.median / 2 + road.backward * road.laneWidth,
  }
}
