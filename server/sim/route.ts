import type { LaneTable } from '../../shared/model/city-map.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { LaneHeap } from './lane-heap.ts'

/** From every lane, the way to one goal lane: the next lane (a successor or a neighbour, −1 for none) and the cost. */
export interface RouteRow {
  readonly hop: Int32Array
  /** Seconds from the beginning of the lane to the end of the goal lane at the limits; `Infinity` without a way. */
  readonly cost: Float64Array
}

/**
 * Ways through the lane graph. Rows are worked out when first asked for and kept: a memo of a pure function of the
 * map, the closed lanes and the goal, so it is no state of the city. `forgetRoutes` after a road was closed.
 */
export interface Routes {
  readonly lanes: LaneTable
  readonly closed: Int32Array
  /** By goal; `null` where nobody has asked yet. */
  readonly rows: (RouteRow | null)[]
  /** Goals of the rows there are, the oldest first. */
  readonly known: number[]
  /** Per lane: what it costs to drive it. */
  readonly seconds: Float64Array
  /** Of a search; empty between two. */
  readonly heap: LaneHeap
}

/** What a change of lane costs a route, in seconds: enough to keep to the lane, too little for a detour. */
const CHANGE_SECONDS = 4
const SIGNAL_SECONDS = 10
const YIELD_SECONDS = 6
const MOST_ROWS = 512
/** Of maps of at most so many lanes all rows together are a few megabytes. */
const SHARED_LANES = 1200

/**
 * Rows where no lane is closed, for all cities on a small map: those of one room would fill megabytes, and be worked out again
 * by each. Like the rows themselves a memo of a pure function, so it is no state either.
 */
const openRows = new WeakMap<LaneTable, Map<number, RouteRow>>()

export const openRoutes = (lanes: LaneTable, closed: Int32Array): Routes => ({
  lanes,
  closed,
  rows: Array.from({ length: lanes.count }, () => null),
  known: [],
  seconds: Float64Array.from({ length: lanes.count }, (_, lane) => secondsOf(lanes, lane)),
  heap: new LaneHeap(1 + lanes.predecessor.length + 2 * lanes.count),
})

export function forgetRoutes({ rows, known }: Routes): void {
  rows.fill(null)
  known.length = 0
}

/** @returns the lane to take after `lane` on the way to `goal`: a successor, a neighbour to change to, or −1 */
export const nextHop = (routes: Routes, lane: number, goal: number): number => whole(rowOf(routes, goal).hop, lane)

export function rowOf(routes: Routes, goal: number): RouteRow {
  return routes.rows[goal] ?? learnRow(routes, goal)
}

/** Forgets the oldest row for a new one: goals that many want are soon learnt again. */
function learnRow(routes: Routes, goal: number): RouteRow {
  const { rows, known } = routes
  const oldest = known.length >= MOST_ROWS ? known.shift() : undefined
  if (oldest !== undefined) rows[oldest] = null
  const isOwn = routes.lanes.count > SHARED_LANES || routes.closed.includes(1)
  const row = isOwn ? searchBack(routes, goal) : openRowOf(routes, goal)
  rows[goal] = row
  known.push(goal)
  return row
}

function openRowOf(routes: Routes, goal: number): RouteRow {
  const rows = openRows.get(routes.lanes) ?? new Map<number, RouteRow>()
  openRows.set(routes.lanes, rows)
  const row = rows.get(goal) ?? searchBack(routes, goal)
  rows.set(goal, row)
  return row
}

/**
 * Dijkstra from the goal against the direction of travel; equal costs are settled by the lane's number. A lane whose
 * cost fell is in the heap again: its old entry is skipped.
 */
function searchBack({ lanes, closed, seconds, heap }: Routes, goal: number): RouteRow {
  const hop = new Int32Array(lanes.count).fill(-1)
  const cost = new Float64Array(lanes.count).fill(Infinity)
  // Who wants to go there has to want something else.
  if (closed[goal] === 1) return { hop, cost }
  const reach = (lane: number, via: number, least: number) => {
    if (lane < 0 || closed[lane] === 1 || least >= at(cost, lane)) return
    cost[lane] = least
    hop[lane] = via
    heap.push(lane, least)
  }
  cost[goal] = at(seconds, goal)
  heap.push(goal, at(seconds, goal))
  while (heap.size > 0) {
    const { least } = heap
    const lane = heap.pop()
    if (least > at(cost, lane)) continue
    for (let i = whole(lanes.predecessorStart, lane); i < whole(lanes.predecessorStart, lane + 1); i += 1) {
      const before = whole(lanes.predecessor, i)
      reach(before, lane, least + at(seconds, before))
    }
    reach(whole(lanes.left, lane), lane, least + CHANGE_SECONDS)
    reach(whole(lanes.right, lane), lane, least + CHANGE_SECONDS)
  }
  return { hop, cost }
}

/** Driving time, and what a light or a right of way costs on average. */
function secondsOf(lanes: LaneTable, lane: number): number {
  const driving = at(lanes.length, lane) / at(lanes.limit, lane)
  if (whole(lanes.signalGroup, lane) >= 0) return driving + SIGNAL_SECONDS
  for (let i = whole(lanes.foeStart, lane); i < whole(lanes.foeStart, lane + 1); i += 1) {
    if (lanes.foeYield[i] === 1) return driving + YIELD_SECONDS
  }
  return driving
}
