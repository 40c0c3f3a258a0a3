import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { DigestEntry } from '../../shared/protocol/frame.ts'

interface Car {
  readonly id: number
  readonly kind: VehicleKind
  readonly x: number
  readonly y: number
}

/** Which of the cars in sight have a driver of the class at the wheel. */
export interface DriverWatch {
  /** @returns numbers of cars; the same set until the small map is told anew */
  step(cars: readonly Car[], digest: readonly DigestEntry[]): ReadonlySet<number>
}

/** Metres: the small map tells places to 9 m, and a fast car goes on for a moment before they arrive. */
const NEAR = 40

/** Only the small map is told who is a driver: the car that is nearest to a told place, of its kind, is theirs. */
export function openDriverWatch(): DriverWatch {
  let told: readonly DigestEntry[] = []
  let drivers: ReadonlySet<number> = new Set()
  return {
    step(cars, digest) {
      if (digest === told) return drivers
      told = digest
      drivers = driversAmong(cars, digest, drivers)
      return drivers
    },
  }
}

/** Who was a driver before stays one where two are as near: cars of traffic drive beside them. */
function driversAmong(
  cars: readonly Car[],
  digest: readonly DigestEntry[],
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const found = new Set<number>()
  for (const seat of digest.filter(({ isSeat }) => isSeat)) {
    const away = (car: Car) => Math.hypot(car.x - seat.x, car.y - seat.y) - (before.has(car.id) ? NEAR / 2 : 0)
    const free = cars.filter((car) => car.kind === seat.kind && !found.has(car.id) && away(car) < NEAR)
    const [first, ...others] = free
    if (first) found.add(others.reduce((best, car) => (away(car) < away(best) ? car : best), first).id)
  }
  return found
}
