import type { Kmh } from '../../shared/units.ts'

const FULL_DIAL_KMH = 160

export interface Dial {
  /** Whole km/h, as a dashboard shows it. */
  readonly speedKmh: number
  /** Shares of the arc, 0 to 1. */
  readonly share: number
  readonly limitShare: number
  readonly isOver: boolean
}

/**
 * @param speed forwards or backwards, 0 or more
 * @param limit 0 where no road sets one
 */
export function toDial(speed: number, limit: Kmh): Dial {
  const share = (value: number) => Math.min(1, value / FULL_DIAL_KMH)
  return {
    speedKmh: Math.round(speed),
    share: share(speed),
    limitShare: share(limit),
    isOver: limit > 0 && Math.round(speed) > limit,
  }
}
