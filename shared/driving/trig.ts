/**
 * Angles without `Math`: engines may round `Math.sin` and its kin differently, which would let two replays of one city
 * drift apart. Here only + − × ÷ and `Math.sqrt`, which IEEE 754 fixes to the last bit. Errors stay below 10⁻⁹.
 */

const PI = 3.141592653589793
const TAU = 6.283185307179586
const HALF_PI = 1.5707963267948966

/** @returns the same direction, from −π (included) to π */
export const wrapAngle = (angle: number): number => angle - TAU * Math.floor((angle + PI) / TAU)

export function sinOf(angle: number): number {
  let x = wrapAngle(angle)
  if (x > HALF_PI) x = PI - x
  else if (x < -HALF_PI) x = -PI - x
  const q = x * x
  const tail = 1 - (q / 156) * (1 - (q / 210) * (1 - q / 272))
  return x * (1 - (q / 6) * (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - (q / 110) * tail)))))
}

export const cosOf = (angle: number): number => sinOf(angle + HALF_PI)

/** @returns the direction of (x, y), in radians from +x towards +y, from −π to π; 0 for the origin */
export function atan2Of(y: number, x: number): number {
  if (x === 0 && y === 0) return 0
  const ax = x < 0 ? -x : x
  const ay = y < 0 ? -y : y
  const first = ay <= ax ? atanOf(ay / ax) : HALF_PI - atanOf(ax / ay)
  const upper = x < 0 ? PI - first : first
  return y < 0 ? -upper : upper
}

/** For 0 ≤ x ≤ 1: two half-angle steps bring x below 0.2, where seven terms of the series are enough. */
function atanOf(x: number): number {
  const half = x / (1 + Math.sqrt(1 + x * x))
  const t = half / (1 + Math.sqrt(1 + half * half))
  const q = t * t
  const series = 1 / 5 - q * (1 / 7 - q * (1 / 9 - q * (1 / 11 - q * (1 / 13))))
  return 4 * t * (1 - q * (1 / 3 - q * series))
}

/** @returns metres between two points, without `Math.hypot` */
export const distanceOf = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy)
