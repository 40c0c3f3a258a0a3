import { CAR_PAINTS } from '../../shared/model/vehicle.ts'

/** @returns 0xRRGGBB of a vehicle's colour number */
export const paintAt = (colour: number): number => CAR_PAINTS[colour % CAR_PAINTS.length] ?? CAR_PAINTS[0]
