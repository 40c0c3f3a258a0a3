import type { Point } from '../../shared/model/city-map.ts'
import { hashAt } from './street-lines.ts'

/** The picture trembles a moment when the own car hits something. */
export interface Shake {
  /** @returns how far the picture is off, in CSS pixels */
  step(car: { readonly speed: number }, seconds: number): Point
}

/** No brakes take so much speed at once: metres per second, and metres per second squared. */
const BUMP = 1.5
const BUMP_RATE = 40
const MOST_PIXELS = 7
const PIXELS_PER_SPEED = 0.9
/** Seconds in which it shrinks to a third. */
const CALM_SECONDS = 0.12

export function openShake(): Shake {
  let last = 0
  let strength = 0
  let steps = 0
  return {
    step({ speed }, seconds) {
      const lost = Math.abs(last) - Math.abs(speed)
      last = speed
      strength *= Math.exp(-seconds / CALM_SECONDS)
      if (lost > BUMP && lost > BUMP_RATE * seconds) strength = Math.min(MOST_PIXELS, lost * PIXELS_PER_SPEED)
      if (strength < 0.2) return { x: 0, y: 0 }
      steps += 1
      return { x: (hashAt(steps, 1, 61) - 0.5) * 2 * strength, y: (hashAt(steps, 2, 62) - 0.5) * 2 * strength }
    },
  }
}
