import type { Point } from '../../shared/model/city-map.ts'
import { VEHICLE_FLAG, type VehicleKind } from '../../shared/model/vehicle.ts'
import type { FeedEntry } from '../../shared/protocol/view.ts'

/** The stations of a fine on its way, in the order in which it passes them. */
export const LINKS = ['watch', 'bridge', 'lambda', 'mail'] as const
type Link = (typeof LINKS)[number]

/** From the own car's picture to the letter: which link has done its part, and when on the screen's clock. */
export interface FineChain {
  readonly startMs: number
  readonly lit: Readonly<Partial<Record<Link, number>>>
}

export interface ChainTrack {
  readonly lastId: string | null
  readonly letters: number
  readonly chain: FineChain | null
}

interface Now {
  readonly feed: readonly FeedEntry[]
  readonly letters: number
  readonly plate: string | null
  /** A camera has flashed at the own car at this instant. */
  readonly isFlashed: boolean
  readonly nowMs: number
}

/** A chain that comes to no letter is given up, and one that is complete stays a moment. */
const LONGEST_MS = 60_000
const REST_MS = 3500

export const openChain = ({ feed, letters }: Pick<Now, 'feed' | 'letters'>): ChainTrack => ({
  lastId: feed.at(-1)?.id ?? null,
  letters,
  chain: null,
})

/** Lights the links up as the city tells of them. */
export function stepChain(track: ChainTrack, { feed, letters, plate, isFlashed, nowMs }: Now): ChainTrack {
  const fresh = feed.slice(feed.findLastIndex(({ id }) => id === track.lastId) + 1)
  const told = new Set<string>(fresh.filter((entry) => plate !== null && entry.plate === plate).map((entry) => entry.speaker)) // prettier-ignore
  if (letters > track.letters) told.add('mail')
  const begun = isFlashed ? { startMs: nowMs, lit: { watch: nowMs } } : track.chain
  const chain = begun && !isOver(begun, nowMs) ? lightUp(begun, told, nowMs) : null
  return { lastId: feed.at(-1)?.id ?? track.lastId, letters, chain }
}

function lightUp(chain: FineChain, told: ReadonlySet<string>, nowMs: number): FineChain {
  const lit = LINKS.filter((link) => told.has(link) && chain.lit[link] === undefined)
  return lit.length === 0 ? chain : { ...chain, lit: { ...chain.lit, ...Object.fromEntries(lit.map((link) => [link, nowMs])) } } // prettier-ignore
}

const isOver = ({ startMs, lit }: FineChain, nowMs: number): boolean =>
  nowMs - startMs > LONGEST_MS || (lit.mail !== undefined && nowMs - lit.mail > REST_MS)

interface Vehicle extends Point {
  readonly kind: VehicleKind
  readonly flags: number
}

const UNITS: ReadonlySet<VehicleKind> = new Set(['drone', 'response'])

/** @returns the unit that comes: the nearest one with its siren on */
export function comingUnit<V extends Vehicle>(own: Point, cars: readonly V[]): V | null {
  const away = (car: Point) => Math.hypot(car.x - own.x, car.y - own.y)
  const coming = cars.filter(({ kind, flags }) => UNITS.has(kind) && flags & VEHICLE_FLAG.siren)
  return coming.toSorted((a, b) => away(a) - away(b))[0] ?? null
}

/** A car that a camera has just photographed, and how fast it was. */
export interface Photo {
  readonly carId: number
  readonly kmh: number
  readonly atMs: number
}

export const PHOTO_MS = 1500
const SNAP_MS = 220

/** How the frame of a photo looks at its age: it snaps shut round the car, stays, and fades. */
export function photoFrame({ atMs }: Photo, nowMs: number, isStill: boolean): { size: number; alpha: number } {
  const age = nowMs - atMs
  const shut = isStill ? 1 : Math.min(1, age / SNAP_MS)
  return { size: 1 + (1 - shut) * (1 - shut) * 1.6, alpha: Math.max(0, Math.min(1, (PHOTO_MS - age) / 400)) }
}

const POP_MS = 260

/** A link grows for an instant when it lights up. */
export const popOf = (litMs: number, nowMs: number, isStill: boolean): number =>
  isStill ? 1 : 1 + 0.5 * Math.max(0, 1 - (nowMs - litMs) / POP_MS)
