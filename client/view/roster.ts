import type { SeatLine } from '../../shared/protocol/view.ts'

/** Seats of a room. */
export const MOST_EXPECTED = 40

export interface Roster {
  /** Drivers whose connection is lost. */
  readonly away: number
  /** Pupils who have not come yet. */
  readonly toCome: number
}

/** @param expected how many pupils there are; 0 when nobody has said so */
export const toRoster = (seats: readonly Pick<SeatLine, 'connected'>[], expected: number): Roster => ({
  away: seats.filter(({ connected }) => !connected).length,
  toCome: Math.max(0, expected - seats.length),
})
