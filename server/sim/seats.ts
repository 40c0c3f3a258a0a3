import { whole } from '../../shared/driving/columns.ts'
import type { Seat, World } from './state.ts'

/** @returns the seat that drives `slot`, `null` for traffic and agents */
function seatOf(world: World, slot: number): Seat | null {
  const index = whole(world.vehicles.seat, slot)
  return index < 0 ? null : (world.seats[index] ?? null)
}

/** Drives itself: while its driver's hands are away, or by his wish. */
export const isPiloted = (seat: Seat): boolean => seat.isHeld || seat.assists.autopilot

export const seatIdOf = (world: World, slot: number): string | null => seatOf(world, slot)?.seatId ?? null

export const seatNamed = (world: World, seatId: string): Seat | null =>
  world.seats.find((seat) => seat?.seatId === seatId) ?? null
