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
const NEAR = 25
/** Who was a driver before counts as so many metres nearer: cars of traffic drive beside them. */
const KNOWN = 10

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

/** Takes the nearest pair of all first, then the nearest of what is left. */
function driversAmong(
  cars: readonly Car[],
  digest: readonly DigestEntry[],
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const away = (car: Car, seat: DigestEntry) =>
    Math.hypot(car.x - seat.x, car.y - seat.y) - (before.has(car.id) ? KNOWN : 0)
  const pairs = digest
    .filter(({ isSeat }) => isSeat)
    .flatMap((seat) =>
      cars.filter(({ kind }) => kind === seat.kind).map((car) => ({ seat, id: car.id, metres: away(car, seat) })),
    )
    .filter(({ metres }) => metres < NEAR)
    .toSorted((a, b) => a.metres - b.metres)
  const found = new Set<DigestEntry>()
  const taken = new Set<number>()
  for (const { seat, id } of pairs) {
    if (found.has(seat) || taken.has(id)) continue
    found.add(seat)
    taken.add(id)
  }
  return taken
}
