import { wrapAngle } from '../../shared/driving/trig.ts'
import type { FrameCar } from '../../shared/protocol/frame.ts'
import type { DrawnCar } from './feed.ts'
import { paintAt } from './paint.ts'

/** Past the newest news a car goes on as it went for this long; then it stops, and fades. */
const EXTRAPOLATE_MS = 250
const FADE_MS = 500
const FADED = 0.35
/** News of a car that is older than this means that it has left the view. */
const FORGET_MS = 1500
const KEPT = 8

interface News {
  readonly playMs: number
  readonly car: FrameCar
}

/** Other cars, shown a little in the past so that there is always news on both sides. */
export interface OtherCars {
  take(playMs: number, cars: readonly FrameCar[]): void
  /** @param playMs the instant to show, on the server's play clock */
  show(playMs: number): readonly DrawnCar[]
}

export function openOtherCars(): OtherCars {
  const news = new Map<number, News[]>()
  const drawn = new Map<number, DrawnCar>()
  let newest = 0

  return {
    take(playMs, cars) {
      newest = playMs
      for (const car of cars) {
        const known = news.get(car.id) ?? []
        known.push({ playMs, car })
        if (known.length > KEPT) known.shift()
        news.set(car.id, known)
      }
      for (const [id, known] of news) {
        if (newest - (known.at(-1)?.playMs ?? 0) < FORGET_MS) continue
        news.delete(id)
        drawn.delete(id)
      }
    },
    show(playMs) {
      const cars: DrawnCar[] = []
      for (const [id, known] of news) {
        const car = drawn.get(id) ?? openDrawn(known)
        if (car === null) continue
        drawn.set(id, car)
        place(car, known, playMs)
        cars.push(car)
      }
      return cars
    },
  }
}

function openDrawn(known: readonly News[]): DrawnCar | null {
  const first = known[0]?.car
  return first === undefined ? null : { ...first, colour: paintAt(first.colour), alpha: 1 }
}

function place(drawn: DrawnCar, known: readonly News[], playMs: number): void {
  const after = known.findIndex((entry) => entry.playMs > playMs)
  const last = known.at(-1)
  if (last === undefined) return
  if (after > 0) {
    const from = known[after - 1]
    const to = known[after]
    if (from !== undefined && to !== undefined) between(drawn, from, to, playMs)
  } else extrapolate(drawn, after === 0 ? (known[0] ?? last) : last, playMs)
}

function between(drawn: DrawnCar, from: News, to: News, playMs: number): void {
  const share = (playMs - from.playMs) / (to.playMs - from.playMs)
  drawn.x = from.car.x + (to.car.x - from.car.x) * share
  drawn.y = from.car.y + (to.car.y - from.car.y) * share
  drawn.heading = wrapAngle(from.car.heading + wrapAngle(to.car.heading - from.car.heading) * share)
  drawn.speed = from.car.speed + (to.car.speed - from.car.speed) * share
  drawn.flags = to.car.flags
  drawn.alpha = 1
}

function extrapolate(drawn: DrawnCar, { playMs: at, car }: News, playMs: number): void {
  const overdue = Math.max(0, playMs - at)
  const ahead = (Math.min(overdue, EXTRAPOLATE_MS) / 1000) * car.speed
  drawn.x = car.x + ahead * Math.cos(car.heading)
  drawn.y = car.y + ahead * Math.sin(car.heading)
  drawn.heading = wrapAngle(car.heading)
  drawn.speed = overdue > EXTRAPOLATE_MS ? 0 : car.speed
  drawn.flags = car.flags
  drawn.alpha = Math.max(FADED, 1 - Math.max(0, overdue - EXTRAPOLATE_MS) / FADE_MS)
}
