import { LANE_FLAG, type JunctionControl, type Point } from '../../model/city-map.ts'
import type { MapFault } from '../map-source.ts'
import type { Arm } from './arms.ts'
import { flattenTurn, tightestRadius } from './curve.ts'
import type { Approach, Connector, Draft, DraftJunction, DraftLane, Exit, RoadLanes } from './draft.ts'
import { at, direction, dot, lengthOf, quantisePoint } from './geometry.ts'
import { listMovements, type Movement } from './movements.ts'
import { CLASS_DEFAULTS, type NetNode } from './network.ts'

/** A way through a junction may not bend tighter than this many metres. */
const LEAST_RADIUS = 3.5

type Parts = Omit<Draft, 'junctions'>

/** Joins the lanes at every node by connectors: which lane may go where, and along which line. */
export function joinLanes(parts: Parts, faults: MapFault[]): DraftJunction[] {
  return parts.network.nodes.map((node, number) => {
    const arms = parts.arms[number] ?? []
    const approaches = arms.flatMap((arm) => openApproach(parts, arm))
    approaches.forEach((approach, i) => Object.assign(approach, { number: i }))
    const exits = arms.flatMap((arm) => openExit(parts, arm))
    const control = controlOf(node, arms)
    markMinor(parts, { node, control, approaches })
    const junction: DraftJunction = { node: number, control, approaches, exits, connectors: [], program: null }
    for (const movement of listMovements(parts, junction)) {
      junction.connectors.push(addConnector(parts, { junction, movement }, faults))
    }
    return junction
  })
}

function controlOf(node: NetNode, arms: readonly Arm[]): JunctionControl {
  if (node.isCircle) return 'roundabout'
  return node.source.control ?? (arms.length < 3 ? 'none' : 'priority-right')
}

const lanesOf = (roads: readonly RoadLanes[], arm: Arm, way: 'in' | 'out'): readonly number[] => {
  const road = roads[arm.road]
  return (way === 'in') === (arm.end === 'to') ? (road?.forward ?? []) : (road?.backward ?? [])
}

function openApproach({ lanes, roads }: Parts, arm: Arm): Approach[] {
  const numbers = lanesOf(roads, arm, 'in')
  const line = lanes[numbers[0] ?? -1]?.line
  if (!line) return []
  const heading = direction(at(line, line.length - 2), at(line, line.length - 1))
  return [{ number: 0, arm, lanes: numbers, heading, isMinor: false }]
}

function openExit({ lanes, roads }: Parts, arm: Arm): Exit[] {
  const numbers = lanesOf(roads, arm, 'out')
  const line = lanes[numbers[0] ?? -1]?.line
  return line ? [{ arm, lanes: numbers, heading: direction(at(line, 0), at(line, 1)) }] : []
}

/** Who meets the sign: as written, else whoever comes on a road of lower class, else whoever comes from the side. */
function markMinor(
  { network }: Parts,
  place: { node: NetNode; control: JunctionControl; approaches: readonly Approach[] },
): void {
  const { node, control, approaches } = place
  if (control === 'signals' || control === 'priority-right' || control === 'none') return
  const rankOf = (approach: Approach): number => {
    const road = network.roads[approach.arm.road]
    if (!road) return 0
    if (node.isCircle) return road.isCircle ? 1 : 0
    if (node.source.minor) return node.source.minor.includes(road.source.id) ? 0 : 1
    return CLASS_DEFAULTS[road.source.class].rank
  }
  const best = Math.max(...approaches.map(rankOf))
  const isLevel = approaches.every((approach) => rankOf(approach) === best)
  for (const approach of approaches) {
    approach.isMinor = isLevel ? !hasOpposite(approach, approaches) : rankOf(approach) < best
  }
}

const hasOpposite = (approach: Approach, approaches: readonly Approach[]): boolean =>
  approaches.some((other) => dot(other.heading, approach.heading) < -0.9)

function addConnector(
  { lanes, network }: Parts,
  place: { junction: DraftJunction; movement: Movement },
  faults: MapFault[],
): Connector {
  const { junction, movement } = place
  const from = lanes[movement.fromLane]
  const to = lanes[movement.toLane]
  const exact = lineBetween(from, to)
  const line = exact.map(quantisePoint)
  const radius = tightestRadius(exact)
  const number =
    lanes.push({
      line,
      length: lengthOf(line),
      radius,
      limit: Math.min(from?.limit ?? 0, to?.limit ?? 0),
      width: Math.min(from?.width ?? 3, to?.width ?? 3),
      flags: flagsOf(junction, movement),
      road: -1,
      junction: junction.node,
      signalGroup: -1,
      left: -1,
      right: -1,
      successors: [movement.toLane],
    }) - 1
  from?.successors.push(number)
  if (radius < LEAST_RADIUS) {
    const between = [movement.approach.arm, movement.exit.arm].map((arm) => network.roads[arm.road]?.id ?? '')
    faults.push({
      path: network.nodes[junction.node]?.path ?? '',
      reason: `the turn from ${between.join(' to ')} has a radius of ${Math.round(radius * 10) / 10} m, ${LEAST_RADIUS} are needed`,
    })
  }
  return { ...movement, lane: number }
}

function lineBetween(from: DraftLane | undefined, to: DraftLane | undefined): Point[] {
  if (!from || !to) return []
  const start = at(from.line, from.line.length - 1)
  const end = at(to.line, 0)
  const u = direction(at(from.line, from.line.length - 2), start)
  return flattenTurn(start, u, end, direction(end, at(to.line, 1)))
}

function flagsOf(junction: DraftJunction, { approach, turn }: Movement): number {
  let flags: number = LANE_FLAG.connector
  if (turn === 'left') flags |= LANE_FLAG.turnsLeft
  if (turn === 'right') flags |= LANE_FLAG.turnsRight
  if (junction.control === 'roundabout') flags |= LANE_FLAG.roundabout
  if (junction.control !== 'none' && junction.control !== 'merge') flags |= LANE_FLAG.keepClear
  if (!approach.isMinor) return flags
  if (junction.control === 'merge') flags |= LANE_FLAG.merge
  return flags | (junction.control === 'stop' ? LANE_FLAG.stop : LANE_FLAG.yield)
}
