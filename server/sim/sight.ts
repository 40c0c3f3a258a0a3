import { at } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { openPose, poseOf } from './pose.ts'
import type { World } from './state.ts'

/** Metres from every seat's car at which a vehicle may come, go or be set somewhere else. */
export const OUT_OF_SIGHT = 150

/** @returns whether some seat's car is near enough to see the vehicle */
export const isInSight = (world: World, slot: number): boolean => isSeen(world, poseOf(world, slot, openPose()))

/** @returns whether some seat's car is near enough to see the place */
export const isSeen = (world: World, place: { readonly x: number; readonly y: number }): boolean =>
  metresToSeats(world, place) < OUT_OF_SIGHT

/** @returns metres to the nearest seat's car, `Infinity` without any */
export function metresToSeats({ seats, vehicles }: World, place: { readonly x: number; readonly y: number }): number {
  let least = Infinity
  for (const seat of seats) {
    if (!seat) continue
    const dx = at(vehicles.x, seat.slot) - place.x
    least = Math.min(least, distanceOf(dx, at(vehicles.y, seat.slot) - place.y))
  }
  return least
}
