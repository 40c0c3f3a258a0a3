import { at, whole } from '../../shared/driving/columns.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import type { World } from '../sim/state.ts'
import { MODE } from '../sim/vehicle-table.ts'

/** Side of a cell of the grid, in metres. */
const CELL = 64
/** Every vehicle is looked at once in this many ticks; they take turns. A power of two. */
const TURNS = 4
const NOBODY = -1
const NOWHERE = -1

/**
 * Where everybody is, to within 3 ticks, sorted into cells, worked out once for all viewers. Belongs to the host, not to
 * the city: nothing of it is state.
 */
export interface StreetScan {
  readonly world: World
  tick: number
  /** By vehicle slot, for those in a cell. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** By vehicle slot: `identityOf` the vehicle as of the last look, −1 for none. */
  readonly identity: Int32Array
  readonly columns: number
  readonly rows: number
  /** By cell: one of its vehicles; by vehicle slot: the next and the one before in its cell. −1 for none. */
  readonly first: Int32Array
  readonly next: Int32Array
  readonly previous: Int32Array
  /** By vehicle slot, −1 for none. */
  readonly cellOf: Int32Array
}

export function openScan(world: World): StreetScan {
  const { width, height } = world.streets.map
  const { capacity } = world.settings
  const columns = Math.max(1, Math.ceil(width / CELL))
  const rows = Math.max(1, Math.ceil(height / CELL))
  const empty = (length: number) => new Int32Array(length).fill(NOBODY)
  return {
    world,
    tick: NOBODY,
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    identity: empty(capacity),
    columns,
    rows,
    first: empty(columns * rows),
    next: empty(capacity),
    previous: empty(capacity),
    cellOf: empty(capacity),
  }
}

/** Changes with the vehicle in a slot, and with the way it moves; odd in a lane. @returns −1 for who is not on the street */
export function identityOf({ vehicles }: World, slot: number): number {
  const mode = vehicles.mode[slot]
  if (mode === undefined || mode === MODE.none || mode === MODE.stationed) return NOBODY
  return whole(vehicles.generation, slot) * 2 + (mode === MODE.lane || mode === MODE.duty ? 1 : 0)
}

/** Looks at those whose turn it is, unless that has been done for this tick; at everybody after a pause. */
export function scanStreet(scan: StreetScan, tick: number): void {
  if (scan.tick === tick) return
  const isNext = tick === scan.tick + 1
  scan.tick = tick
  const highWater = scan.world.clock.highWater[0] ?? 0
  const step = isNext ? TURNS : 1
  for (let slot = isNext ? tick & (TURNS - 1) : 0; slot < highWater; slot += step) place(scan, slot)
}

const onLane = { s: 0, lat: 0 }
const point = { x: 0, y: 0 }

function place(scan: StreetScan, slot: number): void {
  const { world, x, y, cellOf } = scan
  const { vehicles } = world
  const identity = identityOf(world, slot)
  scan.identity[slot] = identity
  if (identity < 0) {
    if (whole(cellOf, slot) >= 0) takeOut(scan, slot)
    return
  }
  if (identity & 1) {
    onLane.s = at(vehicles.s, slot)
    onLane.lat = at(vehicles.lat, slot)
    pointOnLane(world.streets.map.lanes, whole(vehicles.lane, slot), onLane, point)
  } else {
    point.x = at(vehicles.x, slot)
    point.y = at(vehicles.y, slot)
  }
  x[slot] = point.x
  y[slot] = point.y
  const cell = rowAt(scan, point.y) * scan.columns + columnAt(scan, point.x)
  const known = whole(cellOf, slot)
  if (cell === known) return
  if (known >= 0) takeOut(scan, slot)
  putIn(scan, slot, cell)
}

export const columnAt = ({ columns }: StreetScan, x: number): number =>
  Math.min(columns - 1, Math.max(0, Math.floor(x / CELL)))

export const rowAt = ({ rows }: StreetScan, y: number): number => Math.min(rows - 1, Math.max(0, Math.floor(y / CELL)))

function takeOut({ first, next, previous, cellOf }: StreetScan, slot: number): void {
  const before = whole(previous, slot)
  const after = whole(next, slot)
  if (before >= 0) next[before] = after
  else first[whole(cellOf, slot)] = after
  if (after >= 0) previous[after] = before
  cellOf[slot] = NOWHERE
}

function putIn({ first, next, previous, cellOf }: StreetScan, slot: number, cell: number): void {
  const after = whole(first, cell)
  next[slot] = after
  previous[slot] = NOBODY
  if (after >= 0) previous[after] = slot
  first[cell] = slot
  cellOf[slot] = cell
}
