import type { CityMap } from '../model/city-map.ts'
import { at, whole } from './columns.ts'
import type { LaneHeadings } from './lane-pose.ts'
import { openLaneHeadings } from './lane-pose.ts'
import { cosOf } from './trig.ts'

/** Lane segments hashed into square cells: each cell lists those that come within some metres of any point in it. */
interface SegmentCells {
  /** Metres of a cell's side. */
  readonly side: number
  readonly columns: number
  readonly rows: number
  /** Entries of cell c stand from `start[c]` to `start[c + 1]`, in the order of the lane table. */
  readonly start: Int32Array
  readonly segment: Int32Array
}

/** Finds the lane under a point. Derived from the map; no state. */
export interface LaneFinder extends SegmentCells {
  readonly headings: LaneHeadings
  /** For whoever is on a road: cells that list only the segments right there. */
  readonly near: SegmentCells
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

/** Metres of a cell's side, and from how far it lists a lane. */
const LANE_CELL = 32
const REACH = 24
const NEAR_CELL = 8
const NEAR_REACH = 6
/** So much of its length a segment counts beyond its ends, for whoever drives from one to the next. */
const BEYOND = 0.01
/** Driving against a lane counts as this many metres further away, so that the right side of the road is preferred. */
const AGAINST_METRES = 4
/** The lane that a car means to take counts as this much nearer: where ways fork they begin as one. */
const MEANT_METRES = 0.6

export function openLaneFinder(map: CityMap): LaneFinder {
  const { lanes } = map
  const laneOf = new Int32Array(lanes.pointX.length)
  for (let lane = 0; lane < lanes.count; lane += 1)
    laneOf.fill(lane, whole(lanes.pointStart, lane), whole(lanes.pointStart, lane + 1))
  const wide = openCells(map, laneOf, { side: LANE_CELL, reach: REACH, beyond: 0 })
  const near = openCells(map, laneOf, { side: NEAR_CELL, reach: NEAR_REACH, beyond: BEYOND })
  return { headings: openLaneHeadings(lanes), ...wide, near, laneOf }
}

interface Size {
  readonly side: number
  readonly reach: number
  readonly beyond: number
}

function openCells(map: CityMap, laneOf: Int32Array, size: Size): SegmentCells {
  const { side } = size
  const columns = Math.max(1, Math.ceil(map.width / side))
  const rows = Math.max(1, Math.ceil(map.height / side))
  const start = new Int32Array(columns * rows + 1)
  const isSegment = (i: number) => i + 1 < laneOf.length && laneOf[i] === laneOf[i + 1]
  const eachCell = (visit: (cell: number, i: number) => void) => {
    for (let i = 0; i < laneOf.length; i += 1) if (isSegment(i)) visitCells(map, i, { ...size, columns, rows }, visit)
  }
  eachCell((cell) => (start[cell + 1] = whole(start, cell + 1) + 1))
  for (let cell = 0; cell < columns * rows; cell += 1) start[cell + 1] = whole(start, cell + 1) + whole(start, cell)
  const segment = new Int32Array(whole(start, columns * rows))
  const filled = start.slice()
  eachCell((cell, i) => {
    const at = whole(filled, cell)
    segment[at] = i
    filled[cell] = at + 1
  })
  return { side, columns, rows, start, segment }
}

interface Grid extends Size {
  readonly columns: number
  readonly rows: number
}

/** Every cell from whose points segment `i` may be within reach. */
function visitCells(
  { lanes }: CityMap,
  i: number,
  { side, reach, beyond, columns, rows }: Grid,
  visit: (cell: number, i: number) => void,
): void {
  const [x0, x1] = [at(lanes.pointX, i), at(lanes.pointX, i + 1)]
  const [y0, y1] = [at(lanes.pointY, i), at(lanes.pointY, i + 1)]
  const margin = reach + beyond * (Math.abs(x1 - x0) + Math.abs(y1 - y0))
  const column = (x: number) => Math.min(columns - 1, Math.max(0, Math.floor(x / side)))
  const row = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor(y / side)))
  const [left, right] = [column(Math.min(x0, x1) - margin), column(Math.max(x0, x1) + margin)]
  const [top, bottom] = [row(Math.min(y0, y1) - margin), row(Math.max(y0, y1) + margin)]
  for (let r = top; r <= bottom; r += 1) for (let c = left; c <= right; c += 1) visit(r * columns + c, i)
}

/** @returns the cell of a point, of one beyond the map the nearest */
export function cellAt({ side, columns, rows }: Omit<SegmentCells, 'start' | 'segment'>, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x / side)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / side)))
  return row * columns + column
}

/** @returns cells whose lists have at least the segments within 6 m of the point */
export const cellsNear = (finder: LaneFinder, x: number, y: number): SegmentCells =>
  isInside(finder.near, x, y) ? finder.near : finder

const isInside = ({ side, columns, rows }: SegmentCells, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < columns * side && y < rows * side

/**
 * The lane a car stands on: the nearest one, preferring those that run the car's way and the one that is meant.
 *
 * @param pose where the car is, where it points and the lane that it means to take, −1 for none
 * @param out receives the place; `lane` is −1 when none is within 24 m
 */
export function findLane(finder: LaneFinder, pose: LanePose, out: LanePlace): void {
  const cells = cellsNear(finder, pose.x, pose.y)
  const best = findAmong(finder, cells, pose, out)
  // Whatever is not listed right here is further away than this.
  if (cells !== finder && best >= NEAR_REACH - MEANT_METRES - CERTAIN) findAmong(finder, finder, pose, out)
}

const CERTAIN = 0.1

interface LanePose {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly meant?: number
}

/** @returns how far the best lane of a cell counts as being away */
function findAmong(finder: LaneFinder, cells: SegmentCells, pose: LanePose, out: LanePlace): number {
  const { lanes, heading } = finder.headings
  const cell = cellAt(cells, pose.x, pose.y)
  out.lane = -1
  let best = REACH
  for (let entry = whole(cells.start, cell); entry < whole(cells.start, cell + 1); entry += 1) {
    const i = whole(cells.segment, entry)
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
  return best
}
