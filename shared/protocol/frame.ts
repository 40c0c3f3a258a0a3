import type { VehicleKind } from '../model/vehicle.ts'

/**
 * The street as it goes over the wire: what is new since the last frame that this viewer was sent, little endian.
 *
 * | field | bytes | |
 * | --- | --- | --- |
 * | parts | 1 | bits of `PART` |
 * | tick | 1 or 4 | low 8 bits; all 32 in a whole frame |
 * | ack, lead | 2 + 1 | low 16 bits of the newest input applied; how many inputs still waited (with `own`) |
 * | own | 16 | x, y u24 in 1/256 m · heading u16 · vx, vy i16 in 1/256 m/s · yaw i8 in 1/32 · flags u16, the highest `ASSISTED` |
 * | surface | 3 | grip, braking, power in 1/255 |
 * | gone | 1 + n | view slots |
 * | come | 1 + n × 16…20 | slot, id, kind and form, colour, flags, track |
 * | moved | 1 + n × 3…17 | how many, then: slot, mask of `FIELD`, fields |
 * | digest | 1 + 3n | kind and driver, x and y in 1/255 of the map: for the small map |
 *
 * A viewer knows a vehicle by a view slot (one byte) while it is in view. What is told of a vehicle is the same for all
 * who look at it equally closely, so a track may be older than the frame that tells it: it begins with its age in ticks.
 */
/** `whole`: everything, forget what you know. */
export const PART = { own: 1, surface: 2, gone: 4, come: 8, moved: 16, digest: 32, whole: 128 } as const
/**
 * Fields of a vehicle that moved. `place` says the whole place; `drift` how far it is from where it was expected, in
 * steps between the two; `whole` a whole track, for a viewer who does not know the last one, and goes without the others
 * but `flags`.
 */
export const FIELD = { place: 1, drift: 2, speed: 4, turn: 8, side: 16, flags: 32, next: 64, whole: 128 } as const
/** In the own flags: the server drives. */
export const ASSISTED = 0x8000
/** In the byte of the kind: a lane's vehicle. */
export const IN_LANE = 0x80
/** In the byte of the kind, in the digest: somebody has this seat, it is no agent of the city. */
export const IN_SEAT = 0x80
export const VIEW_SLOTS = 255
export const OWN_STEP = 1 / 256

/** The own car as the server has it after the input `ackSeq`: what prediction starts from. */
export interface OwnState {
  x: number
  y: number
  heading: number
  vx: number
  vy: number
  yawRate: number
  flags: number
  /** The server drives: an assist, or nobody at the wheel. Prediction by the own hands would be wrong. */
  assisted: boolean
}

/** The surface under the own tyres: shares of a new car's on a dry road. */
export interface OwnSurface {
  readonly grip: number
  readonly braking: number
  readonly power: number
}

/** A far vehicle on the small map, in metres. */
export interface DigestEntry {
  readonly kind: VehicleKind
  /** A driver's, or an agent's. */
  readonly isSeat: boolean
  readonly x: number
  readonly y: number
}
