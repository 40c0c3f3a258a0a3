import type { MapFault, MapSource, SourceNode, SourceRoad } from '../map-source.ts'
import { flattenSpline } from './curve.ts'
import { contains, lengthOf, placeAlong, toPoint } from './geometry.ts'
import { CLASS_DEFAULTS, type Network, type NetNode, type NetRoad } from './network.ts'
import { expandRoundabouts } from './roundabout.ts'

/** Metres of a lane for left turns, before its junction's own room. */
const POCKET_METRES = 55

/** Ties roads to their nodes by number; reports names that no node bears and names borne twice. */
export function openNetwork(source: MapSource, faults: MapFault[]): Network {
  const numbers = new Map<string, number>()
  const nodes = source.nodes.map((node, i): NetNode => {
    if (numbers.has(node.id)) faults.push({ path: `nodes[${i}].id`, reason: `the id ${node.id} is taken` })
    numbers.set(node.id, i)
    return { id: node.id, path: `nodes[${i}]`, point: toPoint(node.at), source: node, isCircle: false }
  })
  const ids = new Set<string>()
  const roads = source.roads.flatMap((road, i) => {
    if (ids.has(road.id)) faults.push({ path: `roads[${i}].id`, reason: `the id ${road.id} is taken` })
    ids.add(road.id)
    const ends = (['from', 'to'] as const).map((end) => {
      const node = numbers.get(road[end])
      if (node === undefined) faults.push({ path: `roads[${i}].${end}`, reason: `no node has the id ${road[end]}` })
      return node
    })
    const [from, to] = ends
    if (road.lanes && road.lanes[0] + road.lanes[1] === 0)
      faults.push({ path: `roads[${i}].lanes`, reason: 'no lane either way' })
    if (from === undefined || to === undefined) return []
    return [openRoad(road, i, { from, to, nodes })]
  })
  const network = { nodes, roads }
  expandRoundabouts(network)
  addPockets(network)
  limitInZones(network, source)
  return network
}

/** School and pedestrian zones hold all day; parades and roadworks come and go with a scenario. */
function limitInZones(network: Network, source: MapSource): void {
  for (const zone of source.zones) {
    if (zone.kind !== 'school' && zone.kind !== 'pedestrian') continue
    const outline = zone.outline.map(toPoint)
    for (const road of network.roads) {
      const { point } = placeAlong(road.line, (road.start + road.end) / 2)
      if (contains(outline, point)) road.limitKmh = Math.min(road.limitKmh, zone.limitKmh)
    }
  }
}

function openRoad(
  source: SourceRoad,
  i: number,
  ends: { from: number; to: number; nodes: readonly NetNode[] },
): NetRoad {
  const usual = CLASS_DEFAULTS[source.class]
  const [a, b] = [ends.nodes[ends.from], ends.nodes[ends.to]]
  const line = flattenSpline(a?.point ?? { x: 0, y: 0 }, source.via.map(toPoint), b?.point ?? { x: 0, y: 0 })
  const length = lengthOf(line)
  const [forward, backward] = source.lanes ?? usual.lanes
  return {
    id: source.id,
    path: `roads[${i}]`,
    source,
    from: ends.from,
    to: ends.to,
    line,
    length,
    start: 0,
    end: length,
    forward,
    backward,
    laneWidth: usual.width,
    median: backward > 0 && forward > 0 ? usual.median : 0,
    limitKmh: source.limitKmh ?? usual.limitKmh,
    isCircle: false,
    leftLaneTurnsAt: source.leftLaneTurns ? ['from', 'to'] : [],
  }
}

/** Splits roads so that the piece before a junction has one lane more. */
function addPockets(network: Network): void {
  for (const road of network.roads.slice()) {
    for (const end of road.source.leftPocket) {
      const cutAt = end === 'to' ? road.end - POCKET_METRES : road.start + POCKET_METRES
      const node: NetNode = {
        id: `${road.id}-${end}`,
        path: `${road.path}.leftPocket`,
        point: placeAlong(road.line, cutAt).point,
        source: { ...plainNode, id: `${road.id}-${end}` },
        isCircle: false,
      }
      const number = network.nodes.push(node) - 1
      const piece = { ...road, id: `${road.id}-pocket-${end}`, leftLaneTurnsAt: [end] }
      if (end === 'to') {
        network.roads.push({ ...piece, from: number, start: cutAt, forward: road.forward + 1 })
        road.to = number
        road.end = cutAt
      } else {
        network.roads.push({ ...piece, to: number, end: cutAt, backward: road.backward + 1 })
        road.from = number
        road.start = cutAt
      }
    }
  }
}

const plainNode: SourceNode = {
  id: '',
  at: [0, 0],
  control: 'none',
  radius: 18,
  crossings: false,
  protectedLeft: false,
  offsetSeconds: 0,
}
