import type { Outline, Point } from '../../model/city-map.ts'

/** Polylines and convex outlines in the plane; metres; x east, y south; right of a heading is (−dy, dx). */

/** Rounds to the map's grid of 1/64 m. */
export const quantise = (value: number): number => Math.round(value * 64) / 64
export const quantisePoint = (p: Point): Point => ({ x: quantise(p.x), y: quantise(p.y) })
export const toPoint = ([x, y]: readonly [number, number]): Point => ({ x, y })

export const distance = (a: Point, b: Point): number => {
  const x = b.x - a.x
  const y = b.y - a.y
  return Math.sqrt(x * x + y * y)
}
export const mix = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})
export const moved = (p: Point, by: Point, metres: number): Point => ({
  x: p.x + by.x * metres,
  y: p.y + by.y * metres,
})
/** @returns the unit vector from `a` to `b`; east when they are the same point */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b)
  return length === 0 ? { x: 1, y: 0 } : { x: (b.x - a.x) / length, y: (b.y - a.y) / length }
}
export const rightOf = (u: Point): Point => ({ x: -u.y, y: u.x })
export const reversed = (u: Point): Point => ({ x: -u.x, y: -u.y })
export const dot = (a: Point, b: Point): number => a.x * b.x + a.y * b.y
/** Above 0 when `b` points to the right of `a`. */
export const cross = (a: Point, b: Point): number => a.x * b.y - a.y * b.x

export function lengthOf(line: Outline): number {
  let length = 0
  for (let i = 1; i < line.length; i += 1) length += distance(at(line, i - 1), at(line, i))
  return length
}

/** The point with that number; numbers beyond either end give the end. */
export function at(line: Outline, i: number): Point {
  const point = line[Math.max(0, Math.min(line.length - 1, i))]
  return point ?? { x: 0, y: 0 }
}

/** The place `s` metres along a line, and the unit vector along it there. */
export function placeAlong(line: Outline, s: number): { readonly point: Point; readonly along: Point } {
  let left = s
  for (let i = 1; i < line.length; i += 1) {
    const a = at(line, i - 1)
    const b = at(line, i)
    const step = distance(a, b)
    if (left <= step || i === line.length - 1) {
      const share = step === 0 ? 0 : Math.max(0, Math.min(1, left / step))
      return { point: mix(a, b, share), along: direction(a, b) }
    }
    left -= step
  }
  return { point: at(line, 0), along: { x: 1, y: 0 } }
}

/** A shorter first or last segment would point anywhere once its ends are shifted and rounded. */
const LEAST_STEP = 1

/** The part of a line between two lengths; corners within a metre of its ends are left out. */
export function cut(line: Outline, from: number, to: number): Point[] {
  const points = [placeAlong(line, from).point]
  let s = 0
  for (let i = 1; i < line.length - 1; i += 1) {
    s += distance(at(line, i - 1), at(line, i))
    if (s > from + LEAST_STEP && s < to - LEAST_STEP) points.push(at(line, i))
  }
  points.push(placeAlong(line, to).point)
  return points
}

/** The line `metres` to the right of a line (to the left when below 0), corners kept parallel. */
export function offset(line: Outline, metres: number): Point[] {
  return line.map((p, i) => {
    const before = direction(at(line, i - 1), at(line, i))
    const after = direction(at(line, i), at(line, i + 1))
    const into = i === 0 ? after : before
    const out = i === line.length - 1 ? before : after
    const normal = { x: -into.y - out.y, y: into.x + out.x }
    const scale = (normal.x * normal.x + normal.y * normal.y) / 2
    return scale < 0.1 ? moved(p, rightOf(into), metres) : moved(p, normal, metres / scale)
  })
}

/** How far along both lines they first cross, `null` when they do not. */
export function crossing(a: Outline, b: Outline): { readonly onA: number; readonly onB: number } | null {
  if (!boxesMeet(boxOf(a), boxOf(b))) return null
  let onA = 0
  for (let i = 1; i < a.length; i += 1) {
    const p = at(a, i - 1)
    const q = at(a, i)
    const length = distance(p, q)
    let onB = 0
    for (let j = 1; j < b.length; j += 1) {
      const r = at(b, j - 1)
      const t = at(b, j)
      const width = distance(r, t)
      const share = segmentsMeet(p, q, r, t)
      if (share) return { onA: onA + share.first * length, onB: onB + share.second * width }
      onB += width
    }
    onA += length
  }
  return null
}

/** Where two segments cross, as shares of each; `null` when they do not or are parallel. */
export function segmentsMeet(p: Point, q: Point, r: Point, t: Point): { first: number; second: number } | null {
  const ux = q.x - p.x
  const uy = q.y - p.y
  const vx = t.x - r.x
  const vy = t.y - r.y
  const d = ux * vy - uy * vx
  if (d === 0) return null
  const wx = r.x - p.x
  const wy = r.y - p.y
  const first = (wx * vy - wy * vx) / d
  const second = (wx * uy - wy * ux) / d
  return first >= 0 && first <= 1 && second >= 0 && second <= 1 ? { first, second } : null
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export function boxOf(points: Outline): Box {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const { x, y } of points) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { left, top, right, bottom }
}
export const boxesMeet = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom

/** Whether a point lies within an outline (which may be concave). */
export function contains(outline: Outline, p: Point): boolean {
  let inside = false
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const a = at(outline, i)
    const b = at(outline, j)
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Metres from a point to a segment. */
export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const ux = b.x - a.x
  const uy = b.y - a.y
  const square = ux * ux + uy * uy
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * ux + (p.y - a.y) * uy) / square))
  const x = p.x - a.x - ux * share
  const y = p.y - a.y - uy * share
  return Math.sqrt(x * x + y * y)
}

/** Convex hull, clockwise on the screen (Andrew's monotone chain). */
export function hull(points: Outline): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  const half = (input: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const p of input) {
      while (chain.length > 1 && turn(at(chain, chain.length - 2), at(chain, chain.length - 1), p) <= 0) chain.pop()
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
