import { ByteWriter } from '../../shared/protocol/bytes.ts'
import type { World } from '../sim/state.ts'

/**
 * What viewers have been told of every vehicle, kept once for all who look at it equally closely: a row for those near
 * it and a row for those further away.
 */
export interface ToldTracks {
  readonly world: World
  tick: number
  /** By row, `MARK.size` numbers: who, and since when. */
  readonly marks: Int32Array
  /** By row, `TOLD.size` numbers: the track, in the units of `Track`. A row is one line of the processor's cache. */
  readonly tracks: Float64Array
  /** The rows that have changed at this tick: `changed[0 … changedCount − 1]`. */
  readonly changed: Int32Array
  changedCount: number
  /** What there is to say of a row that has changed at this tick, mask and fields: where in `says`, and how long. */
  readonly says: ByteWriter
  readonly sayAt: Int32Array
  readonly sayLength: Uint8Array
}

/** Places in a row of `marks`. */
export const MARK = {
  /** Tick at which a viewer last wanted this row kept true. */
  wantedAt: 0,
  /** Whose track it is (`identityOf`), −1 for none. */
  identity: 1,
  /** The newest ticks at which there was something to say: whoever has had no frame since the older needs a whole track. */
  changedAt: 2,
  changedBefore: 3,
  size: 4,
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
export const rowOf = (slot: number, closeness: typeof NEAR_ROW | typeof FAR_ROW): number => slot * 2 + closeness
export const slotOf = (row: number): number => row >> 1
export const closenessOf = (row: number): typeof NEAR_ROW | typeof FAR_ROW => (row & 1) as 0 | 1

const NEVER = -1_000_000

export function openToldTracks(world: World): ToldTracks {
  const rows = world.settings.capacity * 2
  const marks = new Int32Array(rows * MARK.size)
  for (let row = 0; row < rows; row += 1) {
    marks[row * MARK.size + MARK.wantedAt] = NEVER
    marks[row * MARK.size + MARK.identity] = -1
  }
  return {
    world,
    tick: -1,
    marks,
    tracks: new Float64Array(rows * TOLD.size),
    changed: new Int32Array(rows),
    changedCount: 0,
    says: new ByteWriter(),
    sayAt: new Int32Array(rows),
    sayLength: new Uint8Array(rows),
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
