import { at, whole } from '../../shared/driving/columns.ts'
import { cellAt } from '../../shared/driving/lane-finder.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { measure } from './cameras.ts'
import type { Report } from './report.ts'
import type { CameraLine } from './streets.ts'
import type { World } from './state.ts'

/** A camera's lines, one a lane, do not quite meet in a bend: who slips from one to the next is measured once. */
const ONCE_TICKS = 2 * TICKS_PER_SECOND

/** Measures a free car at every line that its way of this tick crosses; once a passage. */
export function passFreeCameras(
  world: World,
  slot: number,
  before: { x: number; y: number; speed: number },
  report: Report,
): void {
  const { vehicles, streets } = world
  const to = { x: at(vehicles.x, slot), y: at(vehicles.y, slot) }
  const seat = world.seats[whole(vehicles.seat, slot)]
  const tick = whole(world.clock.tick, 0)
  for (const line of streets.camerasNear[cellAt(streets.finder, to.x, to.y)] ?? []) {
    const share = crossingShare(before, to, line)
    if (share < 0) continue
    if (seat?.measured.camera === line.camera && tick - seat.measured.tick < ONCE_TICKS) continue
    const after = at(vehicles.speed, slot)
    const pass = { camera: line.camera, slot, speed: before.speed + (after - before.speed) * share }
    if (measure(world, pass, report) !== null && seat) seat.measured = { camera: line.camera, tick }
  }
}

/** @returns which share of the way lies before the line, −1 when the way does not cross it */
function crossingShare(from: { x: number; y: number }, to: { x: number; y: number }, line: CameraLine): number {
  const before = (from.x - line.x) * line.dx + (from.y - line.y) * line.dy
  const after = (to.x - line.x) * line.dx + (to.y - line.y) * line.dy
  if (before > 0 === after > 0) return -1
  const share = before / (before - after)
  const x = from.x + (to.x - from.x) * share - line.x
  const y = from.y + (to.y - from.y) * share - line.y
  const side = x * -line.dy + y * line.dx
  return side < -line.halfWidth || side > line.halfWidth ? -1 : share
}
