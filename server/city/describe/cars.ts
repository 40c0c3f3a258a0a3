import { whole } from '../../../shared/driving/columns.ts'
import { VEHICLE_KINDS, type VehicleKind } from '../../../shared/model/vehicle.ts'
import type { City } from '../city.ts'

/** A vehicle by its number on the wire: its slot, and which of the slot's vehicles it is. */
const SLOTS = 65_536

export interface Car {
  readonly slot: number
  readonly plate: string
  readonly kind: VehicleKind
}

/** @returns `null` when that vehicle is not on the street any more */
export function carOf({ world }: City, id: string): Car | null {
  const number = Number(id)
  const slot = number % SLOTS
  const plate = Number.isInteger(number) && number >= 0 ? world.plates[slot] : undefined
  if (plate === undefined || plate === '' || wireNumber(world, slot) !== number) return null
  return { slot, plate, kind: kindAt(world, slot) }
}

/** What a vehicle is called on the wire. */
export const wireNumber = ({ vehicles }: City['world'], slot: number): number =>
  slot + (whole(vehicles.generation, slot) & 0xffff) * SLOTS

const kindAt = ({ vehicles }: City['world'], slot: number): VehicleKind =>
  VEHICLE_KINDS[vehicles.kind[slot] ?? 0] ?? 'sedan'
