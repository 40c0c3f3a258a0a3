import type { SeatLine } from '../../shared/protocol/view.ts'

/** How a seat stands, as mark and word; the colour follows from the word in the style sheet. */
export interface SeatMark {
  readonly state: 'here' | 'away'
  readonly mark: string
}

export const seatMark = ({ connected }: Pick<SeatLine, 'connected'>): SeatMark =>
  connected ? { state: 'here', mark: '●' } : { state: 'away', mark: '○' }

/** Those who ask for help first, then those who are missing, then by name as the language sorts it. */
export function bySeat(language: string): (a: SeatLine, b: SeatLine) => number {
  const { compare } = new Intl.Collator(language)
  const asks = ({ desk }: SeatLine) => Number(desk !== null && desk.stuck !== null)
  return (a, b) => asks(b) - asks(a) || Number(a.connected) - Number(b.connected) || compare(a.name, b.name)
}
