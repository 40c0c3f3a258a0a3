import type { VehicleKind } from '../model/vehicle.ts'

/** What a kind of vehicle can do. Metres, seconds and their quotients. */
export interface CarLaw {
  readonly length: number
  readonly width: number
  readonly topSpeed: number
  /** From standing, at full throttle; falls to 0 at `topSpeed`. */
  readonly acceleration: number
  readonly braking: number
  readonly reverseSpeed: number
  /** Tightest turn, at walking pace. */
  readonly turnRadius: number
  /** Sideways acceleration the tyres hold on a dry road. */
  readonly grip: number
  /** Sideways speed as a share of forward speed that is never exceeded: what makes spinning impossible. */
  readonly slipCap: number
  /** How fast the turning rate follows the wheel, per second. */
  readonly response: number
}

const sedan: CarLaw = {
  length: 4.4,
  width: 1.8,
  topSpeed: 41.8,
  acceleration: 5.7,
  braking: 9,
  reverseSpeed: 7,
  turnRadius: 5.5,
  grip: 9,
  slipCap: 0.12,
  response: 14,
}

export const CAR_LAWS: Readonly<Record<VehicleKind, CarLaw>> = {
  sedan,
  taxi: sedan,
  van: { ...sedan, length: 5.4, width: 2, topSpeed: 36, acceleration: 4, turnRadius: 6.2, grip: 7.5, response: 10 },
  bus: { ...sedan, length: 11, width: 2.5, topSpeed: 25, acceleration: 2, braking: 6, turnRadius: 9, grip: 6, response: 6 }, // prettier-ignore
  motorbike: { ...sedan, length: 2.2, width: 0.8, topSpeed: 45, acceleration: 7.5, turnRadius: 4, response: 18 },
  police: { ...sedan, topSpeed: 50, acceleration: 7 },
  inspector: { ...sedan, length: 5.2, width: 2, topSpeed: 40, acceleration: 5, turnRadius: 6 },
  ambulance: { ...sedan, length: 5.8, width: 2.1, topSpeed: 42, acceleration: 5, turnRadius: 6.2, grip: 8 },
  'tow-truck': { ...sedan, length: 7, width: 2.3, topSpeed: 30, acceleration: 3, turnRadius: 7.5, grip: 7, response: 8 }, // prettier-ignore
  drone: { ...sedan, length: 1, width: 1, topSpeed: 90, acceleration: 14, turnRadius: 2, response: 20 },
  sport: { ...sedan, length: 4.2, topSpeed: 50, acceleration: 8, turnRadius: 4.8, grip: 7.5, slipCap: 0.6, response: 16 }, // prettier-ignore
  response: { ...sedan, length: 5, width: 2, topSpeed: 48, acceleration: 7 },
}
