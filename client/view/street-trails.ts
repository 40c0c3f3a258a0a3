import type { Point } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'

/** Where each patrol car has just been, oldest first. */
export type Trails = ReadonlyMap<number, readonly Point[]>

const STEP_METRES = 4
const MOST_POINTS = 40
const JUMP_METRES = 60

interface Seen extends Point {
  readonly id: number
  readonly kind: VehicleKind
}

/** Adds where patrol cars are now; a car that is out of sight loses its trail. */
export function stepTrails(trails: Trails, cars: readonly Seen[]): Trails {
  const patrols = cars.filter(({ kind }) => kind === 'police')
  return new Map(patrols.map((car) => [car.id, extend(trails.get(car.id) ?? [], car)]))
}

function extend(points: readonly Point[], { x, y }: Seen): readonly Point[] {
  const last = points.at(-1)
  const away = last ? Math.hypot(x - last.x, y - last.y) : Infinity
  if (away < STEP_METRES) return points
  return away > JUMP_METRES ? [{ x, y }] : [...points, { x, y }].slice(-MOST_POINTS)
}
