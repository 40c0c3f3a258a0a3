import type { Point } from '../../model/city-map.ts'
import { at, cross, direction, distance, lengthOf, moved, placeAlong } from './geometry.ts'
import type { Network, NetNode, NetRoad } from './network.ts'

/** Metres of the one lane that runs around. */
const CIRCLE_LANE = 4.5
const CIRCLE_LIMIT_KMH = 30

/**
 * Turns each roundabout's node into a one-way circle: a node where every arm meets it, and a road piece between
 * neighbours, driven against the clock as where one drives on the right.
 */
export function expandRoundabouts(network: Network): void {
  const count = network.nodes.length
  for (let i = 0; i < count; i += 1) {
    const node = network.nodes[i]
    if (node && node.source.control === 'roundabout' && !node.isCircle) expand(network, node, i)
  }
}

interface Meeting {
  readonly number: number
  readonly out: Point
}

function expand(network: Network, centre: NetNode, number: number): void {
  const radius = centre.source.radius
  const meetings: Meeting[] = []
  for (const road of network.roads) {
    for (const end of ['from', 'to'] as const) {
      if (road[end] !== number) continue
      const s = leavesCircle(road, end, radius)
      const { point } = placeAlong(road.line, s)
      const node: NetNode = { ...centre, id: `${centre.id}-${meetings.length}`, point, isCircle: true }
      road[end] = network.nodes.push(node) - 1
      if (end === 'from') road.start = s
      else road.end = s
      meetings.push({ number: road[end], out: direction(centre.point, point) })
    }
  }
  meetings.sort((a, b) => againstClock(a.out) - againstClock(b.out))
  meetings.forEach((from, i) => {
    const to = meetings[(i + 1) % meetings.length]
    if (to && to !== from) network.roads.push(circlePiece(network, centre, { from, to, i }))
  })
}

/** Metres along the road's line where it is `radius` away from the end it has at the centre. */
function leavesCircle(road: NetRoad, end: 'from' | 'to', radius: number): number {
  const centre = end === 'from' ? at(road.line, 0) : at(road.line, road.line.length - 1)
  let low = 0
  let high = Math.min(radius * 2, road.length)
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2
    const s = end === 'from' ? middle : road.length - middle
    if (distance(centre, placeAlong(road.line, s).point) < radius) low = middle
    else high = middle
  }
  return end === 'from' ? high : road.length - high
}

function circlePiece(network: Network, centre: NetNode, ends: { from: Meeting; to: Meeting; i: number }): NetRoad {
  const arms = network.roads.filter((road) => road.from === ends.from.number || road.to === ends.from.number)
  const source = arms[0]?.source
  const radius = centre.source.radius
  const line = arc(ends.from.out, ends.to.out).map((out) => moved(centre.point, out, radius))
  const length = lengthOf(line)
  const id = `${centre.id}-circle-${ends.i}`
  return {
    id,
    path: centre.path,
    source: {
      id,
      name: source?.name ?? centre.id,
      class: 'street',
      from: ends.from.number.toString(),
      to: ends.to.number.toString(),
      via: [],
      bridge: false,
      leftPocket: [],
      leftLaneTurns: false,
      buildings: 'none',
    },
    from: ends.from.number,
    to: ends.to.number,
    line,
    length,
    start: 0,
    end: length,
    forward: 1,
    backward: 0,
    laneWidth: CIRCLE_LANE,
    median: 0,
    limitKmh: CIRCLE_LIMIT_KMH,
    isCircle: true,
    leftLaneTurnsAt: [],
  }
}

/** Unit vectors from `u` to `v` against the clock, by halving. */
function arc(u: Point, v: Point, depth = 0): Point[] {
  const isHalf = cross(u, v) < 0
  const sum = { x: u.x + v.x, y: u.y + v.y }
  const length = distance({ x: 0, y: 0 }, sum)
  const sign = isHalf ? 1 : -1
  const middle = length < 0.001 ? { x: u.y, y: -u.x } : { x: (sign * sum.x) / length, y: (sign * sum.y) / length }
  if (depth === 3) return [u, middle, v]
  return [...arc(u, middle, depth + 1), ...arc(middle, v, depth + 1).slice(1)]
}

/** Rises against the clock, from 0 to 4, without trigonometry. */
function againstClock(u: Point): number {
  const share = u.x / (Math.abs(u.x) + Math.abs(u.y))
  return u.y <= 0 ? 1 - share : 3 + share
}
