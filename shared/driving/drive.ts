import type { DriveInput } from '../model/command.ts'
import type { CarState } from './car.ts'
import { CAR_STEP_SECONDS, CAR_STEPS_PER_TICK, stepCar } from './car.ts'
import type { Obstacles } from './collide.ts'
import { collideCar } from './collide.ts'
import type { Surface } from './surface.ts'

/** One step and what it ran into: what a screen runs 60 times a second for its own car. @returns whether it touched */
export function driveStep(car: CarState, input: DriveInput, road: { surface: Surface; obstacles: Obstacles }): boolean {
  stepCar(car, input, road.surface, CAR_STEP_SECONDS)
  return collideCar(car, road.obstacles)
}

/** One tick of the city: three steps under one input. @returns whether the car touched something */
export function driveTick(car: CarState, input: DriveInput, road: { surface: Surface; obstacles: Obstacles }): boolean {
  let touched = false
  for (let i = 0; i < CAR_STEPS_PER_TICK; i += 1) if (driveStep(car, input, road)) touched = true
  return touched
}
