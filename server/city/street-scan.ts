import type { Pose } from '../../shared/model/city-map.ts'
import { metresPerSecond } from '../../shared/units.ts'
import { poseOf } from '../sim/pose.ts'
import type { World } from '../sim/state.ts'
import { MODE } from '../sim/vehicle-table.ts'

/** Side of a cell of the grid, in metres. */
const CELL = 128

/**
 * Where everybody is at one tick, sorted into cells, worked out once for all viewers. Belongs to the host, not to the
 * city: nothing of it is state.
 */
export interface StreetScan {
  readonly world: World
  tick: number
  /** Vehicles on the street: `slots[0 … count − 1]`. */
  count: number
  readonly slots: Int32Array
  /** By vehicle slot. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly columns: number
  readonly rows: number
  /** Vehicles of cell c: `inCell[cellStart[c]] … inCell[cellStart[c + 1] − 1]`. */
  readonly cellStart: Int32Array
  readonly inCell: Int32Array
  readonly cellOf: Int32Array
}

export function openScan(world: World): StreetScan {
  const { width, height } = world.streets.map
  const { capacity } = world.settings
  const columns = Math.max(1, Math.ceil(width / CELL))
  const rows = Math.max(1, Math.ceil(height / CELL))
  return {
    world,
    tick: -1,
    count: 0,
    slots: new Int32Array(capacity),
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    columns,
    rows,
    cellStart: new Int32Array(columns * rows + 1),
    inCell: new Int32Array(capacity),
    cellOf: new Int32Array(capacity),
  }
}

const pose: Pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }

/** Looks at the street, unless it has been looked at for this tick. */
export function scanStreet(scan: StreetScan, tick: number): void {
  if (scan.tick === tick) return
  scan.tick = tick
  const { world, slots, x, y, cellStart, cellOf, inCell } = scan
  const { vehicles } = world
  const highWater = world.clock.highWater[0] ?? 0
  cellStart.fill(0)
  scan.count = 0
  for (let slot = 0; slot < highWater; slot += 1) {
    const mode = vehicles.mode[slot]
    if (mode === MODE.none || mode === MODE.stationed) continue
    poseOf(world, slot, pose)
    x[slot] = pose.x
    y[slot] = pose.y
    slots[scan.count] = slot
    scan.count += 1
    const cell = cellAt(scan, pose.x, pose.y)
    cellOf[slot] = cell
    cellStart[cell + 1] = (cellStart[cell + 1] ?? 0) + 1
  }
  for (let cell = 1; cell < cellStart.length; cell += 1)
    cellStart[cell] = (cellStart[cell] ?? 0) + (cellStart[cell - 1] ?? 0)
  const next = cellStart.slice()
  for (let i = 0; i < scan.count; i += 1) {
    const slot = slots[i] ?? 0
    const cell = cellOf[slot] ?? 0
    inCell[next[cell] ?? 0] = slot
    next[cell] = (next[cell] ?? 0) + 1
  }
}

function cellAt({ columns, rows }: StreetScan, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x / CELL)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / CELL)))
  return row * columns + column
}

/** Calls `take` with every vehicle in the cells that a circle touches, and its squared distance. */
export function eachNear(
  scan: StreetScan,
  circle: { readonly x: number; readonly y: number; readonly radius: number },
  take: (slot: number, squared: number) => void,
): void {
  const { x, y, radius } = circle
  const first = cellAt(scan, x - radius, y - radius)
  const last = cellAt(scan, x + radius, y + radius)
  const [firstColumn, lastColumn] = [first % scan.columns, last % scan.columns]
  for (let row = Math.floor(first / scan.columns); row <= Math.floor(last / scan.columns); row += 1) {
    const begin = scan.cellStart[row * scan.columns + firstColumn] ?? 0
    const end = scan.cellStart[row * scan.columns + lastColumn + 1] ?? 0
    for (let i = begin; i < end; i += 1) {
      const slot = scan.inCell[i] ?? 0
      const dx = (scan.x[slot] ?? 0) - x
      const dy = (scan.y[slot] ?? 0) - y
      const squared = dx * dx + dy * dy
      if (squared <= radius * radius) take(slot, squared)
    }
  }
}
