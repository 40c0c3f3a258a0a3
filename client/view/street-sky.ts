import type { Weather } from '../../shared/model/command.ts'
import { mixColours } from './street-palette.ts'

/** The light over the city at one moment. */
export interface Sky {
  /** Everything without a light of its own is multiplied by this. */
  readonly multiply: string
  /** How much the lamps add, 0 (day) to 1 (night). */
  readonly lamps: number
  /** How dark the shadows on the ground are, 0 to 1. It goes in few steps: at each the ground is painted anew. */
  readonly shadows: number
}

/** Shadows by the light of the sun, of a low sun, and of the moon. */
const SHADOWS = { day: 0.26, dusk: 0.16, night: 0.08 } as const

/** Light in which every colour is what it is. */
export const PLAIN_SKY: Sky = { multiply: '#ffffff', lamps: 0, shadows: SHADOWS.day }

const HOUR_MS = 3_600_000
/** The city lives in UTC+1 all year. */
const ZONE_HOURS = 1

const HOURS: readonly { readonly hour: number; readonly multiply: string; readonly lamps: number }[] = [
  { hour: 0, multiply: '#5464a8', lamps: 1 },
  { hour: 5, multiply: '#5767aa', lamps: 1 },
  { hour: 6.2, multiply: '#e0a9a6', lamps: 0.7 },
  { hour: 7.5, multiply: '#ffffff', lamps: 0 },
  { hour: 18.2, multiply: '#ffffff', lamps: 0 },
  { hour: 19.4, multiply: '#ffd6b4', lamps: 0.35 },
  { hour: 20.3, multiply: '#b596b4', lamps: 0.8 },
  { hour: 21.5, multiply: '#5464a8', lamps: 1 },
  { hour: 24, multiply: '#5464a8', lamps: 1 },
]

/** What the weather lets through; of the shadows only this share is left. */
const UNDER: Readonly<Record<Weather, Sky>> = {
  clear: { multiply: '#ffffff', lamps: 0, shadows: 1 },
  rain: { multiply: '#b3c1d3', lamps: 0.45, shadows: 0.3 },
  fog: { multiply: '#d5dde3', lamps: 0.45, shadows: 0.2 },
}

/** By night the weather takes this share less of the light: streets stay readable. */
const LIFTED = 0.75

/** @returns hours of the city's day, 0 to 24, from the service clock */
export function hourOfCity(serviceMs: number): number {
  const hours = serviceMs / HOUR_MS + ZONE_HOURS
  return hours - Math.floor(hours / 24) * 24
}

/** How light the day is: 1 from breakfast to the evening, 0 at night. */
export const dayShare = (serviceMs: number): number => 1 - byHour(hourOfCity(serviceMs)).lamps

export function skyAt(serviceMs: number, weather: Weather): Sky {
  const { multiply, lamps } = byHour(hourOfCity(serviceMs))
  const under = UNDER[weather]
  const veil = mixColours(under.multiply, '#ffffff', lamps * LIFTED)
  const shadows = SHADOWS[lamps < 0.25 ? 'day' : lamps < 0.85 ? 'dusk' : 'night'] * under.shadows
  return { multiply: product(multiply, veil), lamps: Math.max(lamps, under.lamps), shadows }
}

function byHour(hour: number) {
  const next = Math.max(1, HOURS.findIndex((key) => key.hour >= hour)) // prettier-ignore
  const [a, b] = [HOURS[next - 1], HOURS[next]]
  if (!a || !b) return { multiply: '#ffffff', lamps: 0 }
  const share = (hour - a.hour) / (b.hour - a.hour)
  return { multiply: mixColours(a.multiply, b.multiply, share), lamps: a.lamps + (b.lamps - a.lamps) * share }
}

function product(a: string, b: string): string {
  const at = (hex: string, i: number) => Number.parseInt(hex.slice(i, i + 2), 16)
  return `#${[1, 3, 5].map((i) => Math.round((at(a, i) * at(b, i)) / 255).toString(16).padStart(2, '0')).join('')}` // prettier-ignore
}
