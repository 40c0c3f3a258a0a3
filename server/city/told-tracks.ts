import { ByteWriter } from '../../shared/protocol/bytes.ts'
import type { World } from '../sim/state.ts'

/**
 * What viewers have been told of every vehicle, kept once for all who look at it equally closely: a row for those near
 * it and a row for those further away.
 */
export interface ToldTracks {
  readonly world: World
  tick: number
  /** By closeness and vehicle slot, the tick at which a viewer last wanted that row kept true. */
  readonly wantedAt: readonly [near: Int32Array, far: Int32Array]
  /** By row, `MARK.size` numbers: who, and since when. */
  readonly marks: Int32Array
  /** By row, `TOLD.size` numbers: the track, in the units of `Track`. A row is one line of the processor's cache. */
  readonly tracks: Float64Array
  /** The rows that have changed at this tick: `changed[0 … changedCount − 1]`. */
  readonly changed: Int32Array
  changedCount: number
  /** What there is to say of the rows that have changed at this tick, mask and fields. */
  readonly says: ByteWriter
}

/** Places in a row of `marks`. */
export const MARK = {
  /** Whose track it is (`identityOf`), −1 for none. */
  identity: 0,
  /** The newest ticks at which there was something to say: whoever has had no frame since the older needs a whole track. */
  changedAt: 1,
  changedBefore: 2,
  /** Where in `says` stands what there is to say at `changedAt`, and how long it is. */
  sayAt: 3,
  sayLength: 4,
  size: 5,
} as const

/** Places in a row of `tracks`; `lane` to `lat` of a lane's vehicle, `heading` to `y` of one in the plane. */
export const TOLD = {
  /** The tick that the track tells of. */
  at: 0,
  flags: 1,
  speed: 2,
  lane: 3,
  next: 4,
  accel: 5,
  s: 6,
  lat: 7,
  heading: 3,
  yawRate: 5,
  x: 6,
  y: 7,
  size: 8,
} as const

/** How closely a viewer looks: two rows a vehicle. */
export const NEAR_ROW = 0
export const FAR_ROW = 1
export type Closeness = typeof NEAR_ROW | typeof FAR_ROW
export const rowOf = (slot: number, closeness: Closeness): number => slot * 2 + closeness
export const slotOf = (row: number): number => row >> 1
export const closenessOf = (row: number): Closeness => (row & 1) as Closeness

const NEVER = -1_000_000

export function openToldTracks(world: World): ToldTracks {
  const { capacity } = world.settings
  const rows = capacity * 2
  return {
    world,
    tick: -1,
    wantedAt: [new Int32Array(capacity).fill(NEVER), new Int32Array(capacity).fill(NEVER)],
    marks: new Int32Array(rows * MARK.size).fill(-1),
    tracks: new Float64Array(rows * TOLD.size),
    changed: new Int32Array(rows),
    changedCount: 0,
    says: new ByteWriter(),
  }
}

/** How far a vehicle may be from where it is expected before there is something to say, by closeness. */
export const ERRORS = {
  /** Metres. */
  place: [0.22, 0.9],
  /** Metres per second. */
  speed: [0.6, 1.8],
  /** Metres to the side of the lane's middle. */
  side: [0.12, 0.48],
  /** Radians. */
  heading: [0.06, 0.24],
} as const

/** The nearest step of a field, as far as the field goes. */
export const quantise = (value: number, step: number, least: number, most: number): number => {
  const steps = Math.round(value / step)
  return (steps < least ? least : steps > most ? most : steps) * step
}
