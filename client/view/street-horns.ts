import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import type { Point } from '../../shared/model/city-map.ts'
import { sourceAt, type Source } from './street-sound.ts'

interface Honking extends Point {
  readonly id: number
  readonly flags: number
}

/** Horns that began to sound at this instant. */
interface Honks {
  readonly isOwn: boolean
  /** The loudest of the others. */
  readonly other: Source | null
}

export interface HornWatch {
  step(own: Honking & { readonly heading: number }, cars: readonly Honking[]): Honks
}

/** A horn is heard this far, in metres. */
const HORN_REACH = 110

/** Hears each horn once, when it begins. */
export function openHornWatch(): HornWatch {
  let sounding: ReadonlySet<number> = new Set()
  return {
    step(own, cars) {
      const now = [own, ...cars].filter(({ flags }) => flags & VEHICLE_FLAG.horn)
      const fresh = now.filter(({ id }) => !sounding.has(id))
      sounding = new Set(now.map(({ id }) => id))
      const sources = fresh.filter((car) => car !== own).map((car) => sourceAt(own, car, HORN_REACH))
      const loudest = sources.reduce<Source | null>((best, one) => (one.gain > (best?.gain ?? 0) ? one : best), null)
      return { isOwn: fresh.includes(own), other: loudest }
    },
  }
}
