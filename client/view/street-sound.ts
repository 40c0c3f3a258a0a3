import type { Point } from '../../shared/model/city-map.ts'
import { VEHICLE_FLAG, type VehicleKind } from '../../shared/model/vehicle.ts'

export type Direction = 'left' | 'right' | 'ahead' | 'behind'

interface Heard extends Point {
  readonly kind: VehicleKind
  readonly flags: number
  readonly speed: number
}

interface Listener extends Heard {
  readonly heading: number
}

/** What the driver hears at one instant; shares run from 0 (nothing) to 1. */
export interface Hearing {
  /** Hertz of the engine's lowest tone. */
  readonly engineHertz: number
  readonly tyres: number
  readonly brakes: number
  readonly siren: Source | null
}

/** A sound with a place: how loud, how far left (−1) or right (1), and in a word. */
export interface Source {
  readonly gain: number
  readonly pan: number
  readonly direction: Direction
}

const IDLE_HERTZ = 42
const HERTZ_PER_GEAR = 58
/** Metres per second at which the next gear is taken. */
const GEARS = [0, 7, 14, 22, 31, 60]
const SIREN_REACH = 140
const LOUD_BRAKING_SPEED = 9

export function hear(own: Listener, others: readonly Heard[]): Hearing {
  const speed = Math.abs(own.speed)
  const has = (flag: number) => (own.flags & flag) !== 0
  return {
    engineHertz: engineHertz(speed),
    tyres: has(VEHICLE_FLAG.slipping) ? Math.min(1, speed / 14) : 0,
    brakes: has(VEHICLE_FLAG.braking) && speed > LOUD_BRAKING_SPEED ? Math.min(1, speed / 30) : 0,
    siren: nearestSiren(own, others),
  }
}

/** Rises with speed within a gear and falls back at each change. */
export function engineHertz(speed: number): number {
  const gear = Math.max(
    0,
    GEARS.findLastIndex((from) => speed >= from),
  )
  const from = GEARS[gear] ?? 0
  const to = GEARS[gear + 1] ?? from + 20
  return IDLE_HERTZ + gear * 7 + HERTZ_PER_GEAR * Math.min(1, (speed - from) / (to - from))
}

function nearestSiren(own: Listener, others: readonly Heard[]): Source | null {
  const sirens = others
    .filter((other) => other.flags & VEHICLE_FLAG.siren)
    .map((other) => sourceAt(own, other, SIREN_REACH))
    .filter(({ gain }) => gain > 0)
  return sirens.reduce<Source | null>((best, source) => (!best || source.gain > best.gain ? source : best), null)
}

/** How something at `from` sounds to the listener; silent from `reach` metres on. */
export function sourceAt(own: Point & { readonly heading: number }, from: Point, reach: number): Source {
  const [dx, dy] = [from.x - own.x, from.y - own.y]
  const away = Math.hypot(dx, dy)
  const [ahead, aside] = [
    dx * Math.cos(own.heading) + dy * Math.sin(own.heading),
    dy * Math.cos(own.heading) - dx * Math.sin(own.heading),
  ]
  const near = Math.max(0, 1 - away / reach)
  return { gain: near * near, pan: away < 1 ? 0 : aside / away, direction: directionOf(ahead, aside) }
}

function directionOf(ahead: number, aside: number): Direction {
  if (Math.abs(ahead) >= Math.abs(aside)) return ahead >= 0 ? 'ahead' : 'behind'
  return aside > 0 ? 'right' : 'left'
}
