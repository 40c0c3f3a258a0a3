import { whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import type { World } from './state.ts'

/** A horn is heard for this many ticks: long enough to be told by every frame, short enough for a class. */
const SOUND_TICKS = 12

/** Lets horns fall silent. */
export function stepHorns({ seats, vehicles, clock }: World): void {
  const tick = whole(clock.tick, 0)
  for (const seat of seats) {
    if (!seat || tick - seat.hornAt !== SOUND_TICKS) continue
    vehicles.flags[seat.slot] = whole(vehicles.flags, seat.slot) & ~VEHICLE_FLAG.horn
  }
}
