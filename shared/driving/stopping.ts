import { invariant } from '../assert.ts'
import { CAR_LAWS } from './car-laws.ts'
import type { Metres, MetresPerSecond } from '../units.ts'
import { metres } from '../units.ts'

/**
 * How far a sedan rolls before it stands, brakes fully pressed, on a dry road.
 *
 * @param speed forwards, 0 or more
 * @param wear of the brakes, from 0 (new) to 1 (gone); the worn share, squared, does not hold
 * @returns metres; `Infinity` for a moving car whose brakes are gone
 * @throws when `speed` is negative: a reversing car stops through its gearbox
 */
export function stoppingDistance(speed: MetresPerSecond, wear: number): Metres {
  invariant(speed >= 0, 'a reversing car has no stopping distance')
  if (speed === 0) return metres(0)
  const hold = CAR_LAWS.sedan.braking * (1 - wear * wear)
  return metres(hold > 0 ? (speed * speed) / (2 * hold) : Infinity)
}
