import type { Assists } from '../../shared/model/command.ts'
import type { DeskLine } from '../../shared/protocol/study.ts'
import type { SeatLine } from '../../shared/protocol/view.ts'
import { newSeatCode, newToken, sameSecret } from './codes.ts'

/** A participant's place. It outlives every connection: whoever shows the token, or the code, sits there again. */
export interface Seat {
  readonly seatId: string
  readonly token: string
  readonly code: string
  readonly name: string
  readonly plate: string
  readonly colour: number
  connected: boolean
  /** Clock time of the last disconnection; `null` while connected. */
  leftAt: number | null
  /** Its driver waits for the clocks to run again. */
  isReady: boolean
  /** What a host gave it, beside what its driver chose; absent where no host ever did. */
  help?: Assists | null
}

export interface SeatBook {
  readonly seats: Map<string, Seat>
  taken: number
}

const COLOURS = 12
const PLATE_LETTERS = ['AB', 'CD', 'EF', 'GH', 'JK', 'LM', 'NP', 'QR', 'ST', 'VW']

export const openSeatBook = (): SeatBook => ({ seats: new Map(), taken: 0 })

/** Plates read like `JK-042-VW`: letters and number from the order of arrival, the same in every room. */
function plateOf(order: number): string {
  const left = PLATE_LETTERS[order % PLATE_LETTERS.length] ?? 'AB'
  const right = PLATE_LETTERS[(order * 7 + 3) % PLATE_LETTERS.length] ?? 'CD'
  return `${left}-${String((order * 37 + 5) % 1000).padStart(3, '0')}-${right}`
}

/** Seats a newcomer. */
export function takeSeat(book: SeatBook, name: string | undefined): Seat {
  const order = book.taken
  book.taken += 1
  const plate = plateOf(order)
  const codes = new Set([...book.seats.values()].map((seat) => seat.code))
  let code = newSeatCode()
  while (codes.has(code)) code = newSeatCode()
  const seat: Seat = {
    seatId: `s${order + 1}`,
    token: newToken(),
    code,
    name: name ?? plate,
    plate,
    colour: order % COLOURS,
    connected: true,
    leftAt: null,
    isReady: false,
  }
  book.seats.set(seat.seatId, seat)
  return seat
}

/** @returns the seat whose token or code this is, or `null` */
export function findSeat(
  book: SeatBook,
  claim: { token?: string | undefined; code?: string | undefined },
): Seat | null {
  for (const seat of book.seats.values()) {
    if (claim.token !== undefined && sameSecret(seat.token, claim.token)) return seat
    if (claim.code !== undefined && sameSecret(seat.code, claim.code)) return seat
  }
  return null
}

/** The seats as a screen shows them. @param desk how far each driver is; like the codes for hosts only, else `null` */
export const seatLines = (
  book: SeatBook,
  fines: (plate: string) => number,
  desk: ((seatId: string) => DeskLine | null) | null,
): SeatLine[] =>
  [...book.seats.values()].map((seat) => ({
    seatId: seat.seatId,
    name: seat.name,
    plate: seat.plate,
    connected: seat.connected,
    fines: fines(seat.plate),
    code: desk === null ? null : seat.code,
    desk: desk?.(seat.seatId) ?? null,
    ...(seat.isReady ? { ready: true } : {}),
    ...(desk !== null && seat.help ? { help: seat.help } : {}),
  }))
