declare const unit: unique symbol
type Quantity<U extends string> = number & { readonly [unit]: U }

/** Kilometres per hour: what detectors measure and signs show. */
export type Kmh = Quantity<'Kmh'>
/** Metres on the ground of the city. */
export type Metres = Quantity<'Metres'>
/** Metres per second: what the law of motion computes with. */
export type MetresPerSecond = Quantity<'MetresPerSecond'>
/** Milliseconds on the player's clock since the city was opened; 0 at the first tick. */
export type PlayMs = Quantity<'PlayMs'>
/** Milliseconds of the simulated service clock, counted from 1970-01-01T00:00:00Z. Never the wall clock. */
export type ServiceMs = Quantity<'ServiceMs'>

export const kmh = (value: number) => value as Kmh
export const metres = (value: number) => value as Metres
export const metresPerSecond = (value: number) => value as MetresPerSecond
export const playMs = (value: number) => value as PlayMs
export const serviceMs = (value: number) => value as ServiceMs

/** 36 km/h are 10 m/s. */
export const toKmh = (speed: MetresPerSecond) => (speed * 3.6) as Kmh
export const toMetresPerSecond = (speed: Kmh) => (speed / 3.6) as MetresPerSecond

/** One tick of a city, in milliseconds of play. */
export const TICK_MS = 50
export const TICKS_PER_SECOND = 20
