import { VEHICLE_FLAG, type VehicleKind } from '../../shared/model/vehicle.ts'

/** Which lamps of a car are lit at one instant. */
export interface CarLamps {
  readonly brake: boolean
  readonly left: boolean
  readonly right: boolean
  readonly head: boolean
  /** −1: the left lamp of the bar, 1: the right one, 0: none. */
  readonly siren: -1 | 0 | 1
}

/** Lamps blink 1.5 times a second; a siren's two lamps take turns: at most three flashes a second in all. */
const BLINK_MS = 667
const SIREN_MS = 667

export function lampsOf(flags: number, playMs: number): CarLamps {
  const isOn = playMs % BLINK_MS < BLINK_MS / 2
  const has = (flag: number) => (flags & flag) !== 0
  return {
    brake: has(VEHICLE_FLAG.braking),
    left: isOn && has(VEHICLE_FLAG.indicatorLeft),
    right: isOn && has(VEHICLE_FLAG.indicatorRight),
    head: has(VEHICLE_FLAG.headlights),
    siren: has(VEHICLE_FLAG.siren) ? (playMs % SIREN_MS < SIREN_MS / 2 ? -1 : 1) : 0,
  }
}

/** Where lamps sit, in metres: half a car's length and half its width, slightly inside. */
export const LAMP_PLACES: Readonly<
  Record<VehicleKind, { readonly x: number; readonly y: number; readonly bar: number }>
> = {
  sedan: { x: 2.2, y: 0.75, bar: 0 },
  taxi: { x: 2.2, y: 0.75, bar: 0 },
  van: { x: 2.65, y: 0.85, bar: 0 },
  bus: { x: 5.8, y: 1.15, bar: 0 },
  motorbike: { x: 0.95, y: 0.12, bar: 0 },
  police: { x: 2.2, y: 0.75, bar: -0.4 },
  inspector: { x: 2.45, y: 0.85, bar: 0 },
  ambulance: { x: 2.85, y: 0.95, bar: 0.9 },
  'tow-truck': { x: 3.35, y: 1, bar: 1.4 },
  drone: { x: 0.6, y: 0.3, bar: 0 },
  sport: { x: 2.1, y: 0.8, bar: 0 },
  response: { x: 2.3, y: 0.8, bar: 0.3 },
}

/** Metres by which a drone is drawn above the place over which it hovers. */
export const DRONE_HEIGHT = 5

/** Only these take the paint of their driver; the others keep the colours by which they are told. */
const PAINTED: ReadonlySet<VehicleKind> = new Set(['sedan', 'sport', 'van', 'motorbike'])

/** @returns the tint of the body, white for none */
export const paintOf = (kind: VehicleKind, colour: number): number => (PAINTED.has(kind) ? colour : 0xffffff)
