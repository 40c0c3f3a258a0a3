import type { CauseId } from '../../shared/ids.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { kmh } from '../../shared/units.ts'
import { isDark } from './daylight.ts'
import type { Report } from './report.ts'
import { seatIdOf } from './seats.ts'
import { WEATHERS, type World } from './state.ts'

/** One vehicle's way along one lane within a tick. */
export interface LaneStep {
  readonly slot: number
  readonly from: number
  readonly to: number
  readonly speedFrom: number
  readonly speedTo: number
}

/** Measures a lane vehicle at every line it crossed in this step, at the speed it had right there. */
export function passLaneCameras(world: World, step: LaneStep, report: Report): void {
  const { start, what, s } = world.streets.cameraLines
  const lane = whole(world.vehicles.lane, step.slot)
  for (let i = whole(start, lane); i < whole(start, lane + 1); i += 1) {
    const line = at(s, i)
    if (line <= step.from || line > step.to) continue
    const share = (line - step.from) / (step.to - step.from)
    measure(world, { camera: whole(what, i), slot: step.slot, speed: speedAt(step, share) }, report)
  }
}

/** Under constant acceleration the square of the speed grows evenly with the way. */
function speedAt({ speedFrom, speedTo }: LaneStep, share: number): number {
  return Math.sqrt(speedFrom * speedFrom + (speedTo * speedTo - speedFrom * speedFrom) * share)
}

/** Fog blinds every camera; at night a vehicle without lights is a shadow that no plate can be read of. */
function isHidden(world: World, slot: number): boolean {
  const weather = WEATHERS[whole(world.clock.weather, 0)]
  if (weather === 'fog') return true
  return (whole(world.vehicles.flags, slot) & VEHICLE_FLAG.headlights) === 0 && isDark(world)
}

/** A working camera writes down what crossed its line, to the tenth of km/h. @returns the fact's id */
export function measure(
  world: World,
  pass: { readonly camera: number; readonly slot: number; readonly speed: number },
  report: Report,
): CauseId | null {
  const site = world.streets.map.cameras[pass.camera]
  if (!site || world.cameras.working[pass.camera] !== 1 || isHidden(world, pass.slot)) return null
  const { id: cameraId, roadId, districtId } = site
  const limitKmh = kmh(world.signs[roadId] ?? site.limitKmh)
  const speedKmh = kmh(Math.round(Math.abs(pass.speed) * 36) / 10)
  const plate = world.plates[pass.slot] ?? ''
  const seatId = seatIdOf(world, pass.slot)
  return report.note({ kind: 'camera-passed', cameraId, plate, speedKmh, limitKmh, roadId, districtId, seatId }, null)
}
