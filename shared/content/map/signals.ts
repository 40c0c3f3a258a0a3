import type { SignalProgram } from '../../model/city-map.ts'
import { atan2Of } from '../../driving/trig.ts'
import type { MapFault } from '../map-source.ts'
import type { Approach, Draft, DraftJunction } from './draft.ts'
import { at, dot, moved, quantise, rightOf } from './geometry.ts'
import { CLASS_DEFAULTS, type NetNode } from './network.ts'

const AMBER_SECONDS = 3
const ALL_RED_SECONDS = 2
const LEFT_SECONDS = 10
const LEAST_CYCLE_SECONDS = 60

interface Green {
  readonly seconds: number
  readonly groups: readonly number[]
}

/**
 * Gives every signal junction its groups and program. A group is an approach; left turns from lanes of their own form
 * a second group where the node asks for it. Approaches that face one another share a phase.
 */
export function addSignals(draft: Draft, faults: MapFault[]): void {
  for (const junction of draft.junctions) {
    const node = draft.network.nodes[junction.node]
    if (junction.control !== 'signals' || !node) continue
    const lefts = assignGroups(draft, junction, node.source.protectedLeft)
    const greens = node.source.phases
      ? writtenGreens(draft, junction, node, faults)
      : usualGreens(draft, junction, lefts)
    reportNeverGreen(draft, { junction, node, greens }, faults)
    junction.program = {
      offsetSeconds: node.source.offsetSeconds,
      heads: headsOf(draft, junction),
      phases: greens.flatMap(({ seconds, groups }) => [
        { seconds, green: groups, amber: [] },
        { seconds: AMBER_SECONDS, green: [], amber: groups },
        { seconds: ALL_RED_SECONDS, green: [], amber: [] },
      ]),
    }
  }
}

/** @returns the groups that hold protected left turns; group = approaches + number of the approach */
function assignGroups({ lanes }: Draft, junction: DraftJunction, protectedLeft: boolean): Set<number> {
  const lefts = new Set<number>()
  for (const connector of junction.connectors) {
    const siblings = junction.connectors.filter((other) => other.fromLane === connector.fromLane)
    const isOwnLane = siblings.every((other) => other.turn === 'left') && connector.approach.lanes.length > 1
    const isProtected = protectedLeft && isOwnLane
    const group = connector.approach.number + (isProtected ? junction.approaches.length : 0)
    if (isProtected) lefts.add(group)
    const lane = lanes[connector.lane]
    if (lane) lane.signalGroup = group
  }
  return lefts
}

function usualGreens(draft: Draft, junction: DraftJunction, lefts: ReadonlySet<number>): Green[] {
  const count = junction.approaches.length
  const greens: Green[] = []
  const waiting = [...junction.approaches]
  for (let first = waiting.shift(); first; first = waiting.shift()) {
    const { heading } = first
    const opposite = waiting.findIndex((other) => dot(other.heading, heading) < -0.6)
    const pair = opposite < 0 ? [first] : [first, ...waiting.splice(opposite, 1)]
    greens.push({ seconds: secondsFor(draft, pair), groups: pair.map((approach) => approach.number) })
    const turning = pair.map((approach) => approach.number + count).filter((group) => lefts.has(group))
    if (turning.length > 0) greens.push({ seconds: LEFT_SECONDS, groups: turning })
  }
  const cycle = greens.reduce((sum, green) => sum + green.seconds + AMBER_SECONDS + ALL_RED_SECONDS, 0)
  const more = Math.max(0, Math.ceil((LEAST_CYCLE_SECONDS - cycle) / greens.length))
  return greens.map((green) => ({ ...green, seconds: green.seconds + more }))
}

/** Roads of higher class get more green. */
const secondsFor = (draft: Draft, pair: readonly Approach[]): number =>
  Math.max(...pair.map((approach) => 12 + 4 * rankOf(draft, approach)))

const rankOf = (draft: Draft, approach: Approach): number =>
  CLASS_DEFAULTS[draft.network.roads[approach.arm.road]?.source.class ?? 'street'].rank

function writtenGreens(draft: Draft, junction: DraftJunction, node: NetNode, faults: MapFault[]): Green[] {
  return (node.source.phases ?? []).map((phase, i) => {
    const groups = phase.green.flatMap((roadId, k) => {
      const approach = junction.approaches.find((each) => draft.network.roads[each.arm.road]?.source.id === roadId)
      if (approach) return [approach.number]
      faults.push({ path: `${node.path}.phases[${i}].green[${k}]`, reason: `no road ${roadId} arrives at ${node.id}` })
      return []
    })
    return { seconds: phase.seconds, groups }
  })
}

function reportNeverGreen(
  draft: Draft,
  place: { junction: DraftJunction; node: NetNode; greens: readonly Green[] },
  faults: MapFault[],
): void {
  const used = new Set(place.junction.connectors.map((connector) => draft.lanes[connector.lane]?.signalGroup ?? -1))
  for (const group of used) {
    if (place.greens.some((green) => green.groups.includes(group))) continue
    const approach = place.junction.approaches[group % place.junction.approaches.length]
    const road = draft.network.roads[approach?.arm.road ?? -1]
    faults.push({ path: `${place.node.path}.phases`, reason: `the signal for ${road?.id ?? 'a road'} is never green` })
  }
}

/** A head per group, on the right of its approach at the stop line. */
function headsOf({ lanes }: Draft, junction: DraftJunction): SignalProgram['heads'] {
  return junction.approaches.flatMap((approach) => {
    const lane = lanes[approach.lanes[0] ?? -1]
    const end = at(lane?.line ?? [], (lane?.line.length ?? 1) - 1)
    const { x, y } = moved(end, rightOf(approach.heading), (lane?.width ?? 3) / 2 + 1)
    const place = { x: quantise(x), y: quantise(y), heading: atan2Of(approach.heading.y, approach.heading.x) }
    const own = junction.connectors.filter((connector) => connector.approach === approach)
    const groups = new Set(own.map((connector) => lanes[connector.lane]?.signalGroup ?? -1))
    return [...groups].sort((a, b) => a - b).map((group) => ({ group, ...place }))
  })
}
