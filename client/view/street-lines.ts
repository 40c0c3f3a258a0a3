import type { CityMap, LanePoint, Outline, Point } from '../../shared/model/city-map.ts'

/** Metres. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function boxOf(points: Outline, margin = 0): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin }
}

export const doMeet = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom

export const holds = ({ left, top, right, bottom }: Box, { x, y }: Point): boolean =>
  x >= left && x <= right && y >= top && y <= bottom

/** The middle line of a lane, from its beginning. */
export function lanePoints({ lanes }: CityMap, lane: number): Point[] {
  const points: Point[] = []
  const end = lanes.pointStart[lane + 1] ?? 0
  for (let i = lanes.pointStart[lane] ?? 0; i < end; i += 1) {
    points.push({ x: lanes.pointX[i] ?? 0, y: lanes.pointY[i] ?? 0 })
  }
  return points
}

export interface Placed extends Point {
  /** Radians from east towards south. */
  readonly heading: number
}

/** @returns the place `s` metres along a line; beyond an end, on the straight continuation of it */
export function placeOn(points: Outline, s: number): Placed {
  let rest = s
  for (let i = 1; i < points.length; i += 1) {
    const a = points[i - 1]
    const b = points[i]
    if (!a || !b) break
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (rest <= length || i === points.length - 1) {
      const share = length > 0 ? rest / length : 0
      const heading = Math.atan2(b.y - a.y, b.x - a.x)
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, heading }
    }
    rest -= length
  }
  return { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0, heading: 0 }
}

export const lengthOf = (points: Outline): number =>
  points.reduce((sum, p, i) => sum + (i > 0 ? Math.hypot(p.x - (points[i - 1]?.x ?? p.x), p.y - (points[i - 1]?.y ?? p.y)) : 0), 0) // prettier-ignore

/** A place on the map's lanes. */
export const placeOfLanePoint = (map: CityMap, { lane, s }: LanePoint): Placed => placeOn(lanePoints(map, lane), s)

/** The line that runs `right` metres to the right of another. */
export function offsetLine(points: Outline, right: number): Point[] {
  return points.map((p, i) => {
    const before = points[i - 1] ?? p
    const after = points[i + 1] ?? p
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1
    return { x: p.x - ((after.y - before.y) / length) * right, y: p.y + ((after.x - before.x) / length) * right }
  })
}

/** A number from 0 (included) to 1 that is always the same for the same place: every screen sees the same flowers. */
export function hashAt(x: number, y: number, salt = 0): number {
  let h = (Math.round(x * 8) * 374_761_393 + Math.round(y * 8) * 668_265_263 + salt * 2_147_483_647) | 0
  h = Math.imul(h ^ (h >>> 13), 1_274_126_177)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

export function middleOf(outline: Outline): Point {
  const sum = outline.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 })
  return { x: sum.x / outline.length, y: sum.y / outline.length }
}

/** Even-odd test. */
export function isInside(outline: Outline, { x, y }: Point): boolean {
  let inside = false
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length] ?? a
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Visits places along a line, corners included, at most `step` metres apart. */
export function alongLine(line: Outline, step: number, visit: (place: Point) => void): void {
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]]
    if (!a || !b) continue
    const pieces = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / step))
    for (let k = 0; k <= pieces; k += 1)
      visit({ x: a.x + ((b.x - a.x) * k) / pieces, y: a.y + ((b.y - a.y) * k) / pieces })
  }
}
