import type { LaneTable } from '../../model/city-map.ts'
import type { DraftLane } from './draft.ts'
import { distance, at } from './geometry.ts'
import type { Foe } from './right-of-way.ts'

/** Sideways acceleration that passengers find comfortable, in m/s². */
const COMFORT = 3

/** Turns the lanes into columns. */
export function toLaneTable(
  lanes: readonly DraftLane[],
  foes: ReadonlyMap<number, readonly Foe[]>,
  districtOf: (lane: number) => number,
): LaneTable {
  const whole = (pick: (lane: DraftLane, i: number) => number): Int32Array => Int32Array.from(lanes, pick)
  const real = (pick: (lane: DraftLane) => number): Float64Array => Float64Array.from(lanes, pick)
  const predecessors: number[][] = lanes.map(() => [])
  lanes.forEach((lane, i) => lane.successors.forEach((next) => predecessors[next]?.push(i)))
  const foeLists = lanes.map((_, i) => foes.get(i) ?? [])
  const allFoes = foeLists.flat()
  const points = lanes.flatMap((lane) => lane.line)
  return {
    count: lanes.length,
    length: real((lane) => lane.length),
    limit: real((lane) => lane.limit),
    advised: real((lane) => Math.min(lane.limit, Math.sqrt(COMFORT * lane.radius))),
    width: real((lane) => lane.width),
    flags: Uint16Array.from(lanes, (lane) => lane.flags),
    road: whole((lane) => lane.road),
    junction: whole((lane) => lane.junction),
    district: whole((_, i) => districtOf(i)),
    signalGroup: whole((lane) => lane.signalGroup),
    left: whole((lane) => lane.left),
    right: whole((lane) => lane.right),
    successorStart: starts(lanes.map((lane) => lane.successors)),
    successor: Int32Array.from(lanes.flatMap((lane) => lane.successors)),
    predecessorStart: starts(predecessors),
    predecessor: Int32Array.from(predecessors.flat()),
    foeStart: starts(foeLists),
    foe: Int32Array.from(allFoes, (foe) => foe.lane),
    foeAt: Float64Array.from(allFoes, (foe) => foe.at),
    foeAtOther: Float64Array.from(allFoes, (foe) => foe.atOther),
    foeYield: Uint8Array.from(allFoes, (foe) => (foe.mustYield ? 1 : 0)),
    pointStart: starts(lanes.map((lane) => lane.line)),
    pointX: Float64Array.from(points, (p) => p.x),
    pointY: Float64Array.from(points, (p) => p.y),
    pointS: Float64Array.from(lanes.flatMap((lane) => lengths(lane))),
  }
}

function starts(lists: readonly (readonly unknown[])[]): Int32Array {
  const column = new Int32Array(lists.length + 1)
  let sum = 0
  lists.forEach((list, i) => {
    sum += list.length
    column[i + 1] = sum
  })
  return column
}

function lengths(lane: DraftLane): number[] {
  let s = 0
  return lane.line.map((p, i) => {
    if (i > 0) s += distance(at(lane.line, i - 1), p)
    return s
  })
}
