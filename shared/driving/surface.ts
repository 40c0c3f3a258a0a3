import type { Weather } from '../model/command.ts'
import type { VehicleCondition } from '../model/vehicle.ts'

/** What lies between a car and the road this instant: 1 is a dry road and a car in good order. */
export interface Surface {
  /** Share of the tyres' hold that is left. */
  grip: number
  /** Share of the brakes' force that is left. */
  braking: number
  /** Share of the engine's force that is left; 0 with an empty tank. */
  power: number
}

const ROAD_GRIP: Readonly<Record<Weather, number>> = { clear: 1, rain: 0.72, fog: 0.9 }
const NEW_TREAD_MM = 8
const BALD_TREAD_MM = 1.6
/** Bald tyres hold a little less on a dry road, and half as well on a wet one. */
const BALD_LOSS: Readonly<Record<Weather, number>> = { clear: 0.1, rain: 0.5, fog: 0.25 }
/** The hand brake is left when the brakes are gone. */
const LEAST_BRAKING = 0.15
/** With an empty tank the car crawls on what is in the pipes, so that nobody is stranded. */
const EMPTY_POWER = 0.15

/** Says into `out` how weather and wear change a car's handling. */
export function surfaceFor(weather: Weather, condition: VehicleCondition, out: Surface): Surface {
  const worn = (NEW_TREAD_MM - condition.tyreTreadMm) / (NEW_TREAD_MM - BALD_TREAD_MM)
  const share = worn < 0 ? 0 : worn > 1 ? 1 : worn
  out.grip = ROAD_GRIP[weather] * (1 - BALD_LOSS[weather] * share * share)
  out.braking = Math.max(LEAST_BRAKING, 1 - condition.brakeWear * condition.brakeWear)
  out.power = condition.fuel > 0 ? 1 : EMPTY_POWER
  return out
}
