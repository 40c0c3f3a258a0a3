import type { CityMap } from '../model/city-map.ts'
import { at, whole } from './columns.ts'
import type { LaneHeadings } from './lane-pose.ts'
import { openLaneHeadings } from './lane-pose.ts'
import { cosOf } from './trig.ts'

/** Finds the lane under a point: lane segments hashed into square cells. Derived from the map; no state. */
export interface LaneFinder {
  readonly headings: LaneHeadings
  readonly columns: number
  readonly rows: number
  /** Entries of cell c stand from `start[c]` to `start[c + 1]`. */
  readonly start: Int32Array
  readonly segment: Int32Array
  /** The lane of each point of the lane table. */
  readonly laneOf: Int32Array
}

/** What was found; `lane` −1 when no lane is within reach. */
export interface LanePlace {
  lane: number
  /** Metres from the lane's beginning. */
  s: number
  /** Metres to the right of its middle. */
  lat: number
  /** Metres from its middle. */
  distance: number
}

/** Metres of a cell's side. */
const LANE_CELL = 32
/** A lane is found from at least this far. */
const REACH = 24
/** Driving against a lane counts as this many metres further away, so that the right side of the road is preferred. */
const AGAINST_METRES = 4
/** The lane that a car means to take counts as this much nearer: where ways fork they begin as one. */
const MEANT_METRES = 0.6

export function openLaneFinder(map: CityMap): LaneFinder {
  const { lanes } = map
  const columns = Math.max(1, Math.ceil(map.width / LANE_CELL))
  const rows = Math.max(1, Math.ceil(map.height / LANE_CELL))
  const cells: number[][] = Array.from({ length: columns * rows }, () => [])
  const laneOf = new Int32Array(lanes.pointX.length)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const last = whole(lanes.pointStart, lane + 1) - 1
    for (let i = whole(lanes.pointStart, lane); i <= last; i += 1) laneOf[i] = lane
    for (let i = whole(lanes.pointStart, lane); i < last; i += 1) {
      for (const cell of cellsAround(lanes.pointX.subarray(i, i + 2), lanes.pointY.subarray(i, i + 2), columns, rows)) {
        cells[cell]?.push(i)
      }
    }
  }
  const start = new Int32Array(cells.length + 1)
  cells.forEach((cell, index) => (start[index + 1] = whole(start, index) + cell.length))
  return { headings: openLaneHeadings(lanes), columns, rows, start, segment: Int32Array.from(cells.flat()), laneOf }
}

function cellsAround(xs: Float64Array, ys: Float64Array, columns: number, rows: number): number[] {
  const column = (x: number) => Math.min(columns - 1, Math.max(0, Math.floor(x / LANE_CELL)))
  const row = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor(y / LANE_CELL)))
  const [x0 = 0, x1 = 0] = xs
  const [y0 = 0, y1 = 0] = ys
  const found: number[] = []
  for (let r = row(Math.min(y0, y1) - REACH); r <= row(Math.max(y0, y1) + REACH); r += 1) {
    for (let c = column(Math.min(x0, x1) - REACH); c <= column(Math.max(x0, x1) + REACH); c += 1) {
      found.push(r * columns + c)
    }
  }
  return found
}

/** @returns the cell of a point, of one beyond the map the nearest */
export function cellAt({ columns, rows }: Pick<LaneFinder, 'columns' | 'rows'>, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x / LANE_CELL)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / LANE_CELL)))
  return row * columns + column
}

/**
 * The lane a car stands on: the nearest one, preferring those that run the car's way and the one that is meant.
 *
 * @param pose where the car is, where it points and the lane that it means to take, −1 for none
 * @param out receives the place; `lane` is −1 when none is within 24 m
 */
export function findLane(
  finder: LaneFinder,
  pose: { x: number; y: number; heading: number; meant?: number },
  out: LanePlace,
): void {
  const { lanes, heading } = finder.headings
  const cell = cellAt(finder, pose.x, pose.y)
  out.lane = -1
  let best = REACH
  for (let entry = whole(finder.start, cell); entry < whole(finder.start, cell + 1); entry += 1) {
    const i = whole(finder.segment, entry)
    const x = at(lanes.pointX, i)
    const y = at(lanes.pointY, i)
    const dx = at(lanes.pointX, i + 1) - x
    const dy = at(lanes.pointY, i + 1) - y
    const squared = dx * dx + dy * dy
    const along = squared > 0 ? ((pose.x - x) * dx + (pose.y - y) * dy) / squared : 0
    const share = along < 0 ? 0 : along > 1 ? 1 : along
    const offX = pose.x - x - dx * share
    const offY = pose.y - y - dy * share
    const distance = Math.sqrt(offX * offX + offY * offY)
    const lane = whole(finder.laneOf, i)
    const near = lane === pose.meant ? distance - MEANT_METRES : distance
    if (near >= best) continue
    const score = near + (cosOf(pose.heading - at(heading, i)) < 0 ? AGAINST_METRES : 0)
    if (score >= best) continue
    best = score
    out.lane = lane
    out.s = at(lanes.pointS, i) + Math.sqrt(squared) * share
    out.distance = distance
    out.lat = offY * dx - offX * dy < 0 ? -distance : distance
  }
}
