import type { Moment } from '../../shared/protocol/view.ts'
import { playMs, serviceMs, TICK_MS, type ServiceMs } from '../../shared/units.ts'

/** How the two clocks hang together: services run `scale` times as fast as play. Lag and pause never change it. */
export interface CityClock {
  /** Service milliseconds per millisecond of play, 1 to 60. */
  readonly scale: number
  /** Service time at tick 0. */
  readonly startsAt: ServiceMs
}

/** Both clocks at a tick. */
export const momentAt = (clock: CityClock, tick: number): Moment => ({
  playMs: playMs(tick * TICK_MS),
  serviceMs: serviceMs(clock.startsAt + Math.round(tick * TICK_MS * clock.scale)),
})

/** Both clocks at a moment of service time. */
export const momentOf = (clock: CityClock, at: ServiceMs): Moment => ({
  playMs: playMs(Math.round((at - clock.startsAt) / clock.scale)),
  serviceMs: at,
})
