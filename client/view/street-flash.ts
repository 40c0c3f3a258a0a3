import type { CityMap, Point } from '../../shared/model/city-map.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { placeOfLanePoint } from './street-lines.ts'

/** What of a car decides whether a camera is seen to flash. */
interface Passing {
  readonly id: number
  readonly x: number
  readonly y: number
  /** Metres per second. */
  readonly speed: number
  readonly flags: number
}

/** A camera that flashes now; `car` is what it photographs. */
export interface Flash {
  readonly cameraId: string
  readonly x: number
  readonly y: number
  readonly car: Point
  readonly carId: number
  readonly kmh: number
}

export interface FlashWatch {
  /** @returns the flashes of this instant: cars above the limit (as the city says) that have just crossed a measuring line */
  step(cars: readonly Passing[], nowMs: number): Flash[]
}

/** Fewer than three a second on the whole screen, whatever the cars do (WCAG 2.3.1). */
const LEAST_GAP_MS = 400
/** Metres more than it drives that a car may move between two frames; what goes further was put elsewhere. */
const STEP_METRES = 8
const STEP_SHARE = 1.3

export function openFlashWatch(map: CityMap): FlashWatch {
  const gates = map.cameras.flatMap(({ id, x, y, lines }) =>
    lines.map((line) => {
      const at = placeOfLanePoint(map, line)
      return { id, mast: { x, y }, at, half: (map.lanes.width[line.lane] ?? 3.5) / 2 }
    }),
  )
  const last = new Map<number, Point>()
  let flashedAt = -Infinity
  let steppedAt = 0

  return {
    step(cars, nowMs) {
      const flashes: Flash[] = []
      const seconds = Math.max(0, nowMs - steppedAt) / 1000
      steppedAt = nowMs
      for (const car of cars) {
        const from = last.get(car.id)
        last.set(car.id, { x: car.x, y: car.y })
        if (!from || isPutElsewhere(from, car, seconds)) continue
        if (!(car.flags & VEHICLE_FLAG.speeding) || nowMs - flashedAt < LEAST_GAP_MS) continue
        const gate = gates.find(({ at, half }) => hasCrossed(from, car, { ...at, half }))
        if (!gate) continue
        flashedAt = nowMs
        flashes.push({
          cameraId: gate.id,
          ...gate.mast,
          car: { x: car.x, y: car.y },
          carId: car.id,
          kmh: Math.round(car.speed * 3.6),
        })
      }
      return flashes
    },
  }
}

/** Further away than it can have driven since the frame before, however long that took. */
const isPutElsewhere = (from: Point, car: Passing, seconds: number): boolean =>
  Math.hypot(car.x - from.x, car.y - from.y) > STEP_METRES + Math.abs(car.speed) * seconds * STEP_SHARE

function hasCrossed(
  from: Point,
  to: Point,
  gate: Point & { readonly heading: number; readonly half: number },
): boolean {
  const [cos, sin] = [Math.cos(gate.heading), Math.sin(gate.heading)]
  const along = (p: Point) => (p.x - gate.x) * cos + (p.y - gate.y) * sin
  const aside = (p: Point) => Math.abs((p.y - gate.y) * cos - (p.x - gate.x) * sin)
  return along(from) < 0 && along(to) >= 0 && aside(to) <= gate.half
}
