/** The order is part of the wire and of saved worlds: append only. */
export const VEHICLE_KINDS = [
  'sedan', 'taxi', 'van', 'bus', 'motorbike', 'police', 'inspector', 'ambulance', 'tow-truck', 'drone', 'sport', 'response',
] as const // prettier-ignore
export type VehicleKind = (typeof VEHICLE_KINDS)[number]

/** Bits of a vehicle's `flags`, as simulated, sent and drawn. */
export const VEHICLE_FLAG = {
  braking: 1, indicatorLeft: 2, indicatorRight: 4, headlights: 8, siren: 16, parked: 32, reversing: 64,
  slipping: 128, held: 256, playerDriven: 512, offline: 1024, speeding: 2048, cold: 4096, horn: 8192,
} as const // prettier-ignore

/** What the inspector checks. Wear shares run from 0 (new) to 1 (gone). */
export interface VehicleCondition {
  readonly brakeWear: number
  /** Least tread of the four tyres, in millimetres: 8 new, 1.6 the legal least. */
  readonly tyreTreadMm: number
  readonly headlightsWorking: boolean
  readonly seatBeltFastened: boolean
  /** Share of a full tank. */
  readonly fuel: number
}
export type VehiclePart = 'brakes' | 'tyres' | 'headlights' | 'seatBelt' | 'fuel'

/** What cars are painted in, as 0xRRGGBB; a vehicle's `colour` is an index into it. */
export const CAR_PAINTS = [
  0xd8414b, 0x3f8fd2, 0xf4c24a, 0x5aa36a, 0xf3efe6, 0x8a5cf6, 0x5d6f94, 0xef8a5a, 0x4fb6b0, 0xc75b9b, 0x9bb04a,
  0xa9b4c2,
] as const
