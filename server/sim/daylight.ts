import { whole } from '../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

const DAWN = 7
const DUSK = 20
const SECONDS_PER_HOUR = 3600
const HOURS = 24
/** Share of their usual speed that bots drive, by weather; the order is that of `WEATHERS`. */
const WEATHER_PACE: readonly number[] = [1, 0.9, 0.8]

/** @returns the hour of the city's day, 0 to 24 */
function hourOf({ clock, settings }: World): number {
  const seconds = (whole(clock.tick, 0) / TICKS_PER_SECOND) * settings.clockScale
  const hour = settings.startHour + seconds / SECONDS_PER_HOUR
  return hour - HOURS * Math.floor(hour / HOURS)
}

export function isDark(world: World): boolean {
  const hour = hourOf(world)
  return hour < DAWN || hour >= DUSK
}

export const weatherPace = ({ clock }: World): number => WEATHER_PACE[whole(clock.weather, 0)] ?? 1

/** Bots switch their headlights on at night and in bad weather, if they still work; a twentieth of them each tick. */
export function stepHeadlights(world: World): void {
  const { vehicles, clock } = world
  const on = isDark(world) || whole(clock.weather, 0) !== 0
  const tick = whole(clock.tick, 0)
  for (let slot = tick % TICKS_PER_SECOND; slot < whole(clock.highWater, 0); slot += TICKS_PER_SECOND) {
    const mode = whole(vehicles.mode, slot)
    if (mode !== MODE.lane && mode !== MODE.duty) continue
    const flags = whole(vehicles.flags, slot)
    const lit = on && vehicles.lampsWorking[slot] === 1
    vehicles.flags[slot] = lit ? flags | VEHICLE_FLAG.headlights : flags & ~VEHICLE_FLAG.headlights
  }
}
