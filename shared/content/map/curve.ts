import type { Outline, Point } from '../../model/city-map.ts'
import { at, cross, direction, distance, dot, mix, moved } from './geometry.ts'

/** Curves of roads and of ways through junctions, flattened to polylines with + − × ÷ and square roots only. */

/** Greatest distance between a curve and its polyline, in metres. */
const FLATNESS = 0.03

/** The smooth line from one node to another that bends towards its control points: a quadratic B-spline. */
export function flattenSpline(from: Point, via: Outline, to: Point): Point[] {
  const line = [from]
  let start = from
  via.forEach((control, i) => {
    const next = via[i + 1]
    const end = next ? mix(control, next, 0.5) : to
    pushQuadratic(line, start, control, end)
    start = end
  })
  if (via.length === 0) line.push(to)
  return line
}

function pushQuadratic(line: Point[], a: Point, b: Point, c: Point): void {
  const bend = distance({ x: a.x + c.x, y: a.y + c.y }, { x: 2 * b.x, y: 2 * b.y })
  const steps = Math.max(1, Math.ceil(Math.sqrt(bend / (4 * FLATNESS))))
  for (let i = 1; i <= steps; i += 1) {
    const t = i / steps
    line.push(mix(mix(a, b, t), mix(b, c, t), t))
  }
}

/**
 * The way through a junction: leaves `from` heading along `u`, reaches `to` heading along `v`, both unit vectors.
 * Turns are circle arcs with a straight piece where there is room for one; shifts are S-curves.
 */
export function flattenTurn(from: Point, u: Point, to: Point, v: Point): Point[] {
  const sine = cross(u, v)
  const chord = { x: to.x - from.x, y: to.y - from.y }
  const ahead = sine === 0 ? -1 : cross(chord, v) / sine
  const behind = sine === 0 ? -1 : cross(u, chord) / sine
  const tangent = Math.min(ahead, behind)
  const isLopsided = dot(u, v) > 0.5 && tangent < 0.35 * Math.max(ahead, behind)
  if (Math.abs(sine) < 0.1 || tangent <= 0.5 || isLopsided) {
    const handle = distance(from, to) * 0.4
    return flattenCubic(from, moved(from, u, handle), moved(to, v, -handle), to)
  }
  const start = moved(from, u, ahead - tangent)
  const end = moved(to, v, tangent - behind)
  const handle = tangent * handleShare(dot(u, v))
  const arc = flattenCubic(start, moved(start, u, handle), moved(end, v, -handle), end)
  const line = distance(from, start) > 0.5 ? [from, ...arc] : [from, ...arc.slice(1)]
  return distance(end, to) > 0.5 ? [...line, to] : [...line.slice(0, -1), to]
}

/** Handle of the cubic that follows a circle arc, as a share of the tangent's length: 4/3 · tan(θ/4) ÷ tan(θ/2). */
function handleShare(cosine: number): number {
  const half = Math.sqrt((1 - cosine) / (1 + cosine))
  const quarter = (Math.sqrt(1 + half * half) - 1) / half
  return (4 * quarter) / (3 * half)
}

function flattenCubic(a: Point, b: Point, c: Point, d: Point): Point[] {
  const bend = Math.max(
    distance({ x: a.x + c.x, y: a.y + c.y }, { x: 2 * b.x, y: 2 * b.y }),
    distance({ x: b.x + d.x, y: b.y + d.y }, { x: 2 * c.x, y: 2 * c.y }),
  )
  const steps = Math.max(1, Math.ceil(Math.sqrt((bend * 3) / (4 * FLATNESS))))
  const line = [a]
  for (let i = 1; i <= steps; i += 1) {
    const t = i / steps
    const ab = mix(a, b, t)
    const bc = mix(b, c, t)
    const cd = mix(c, d, t)
    line.push(mix(mix(ab, bc, t), mix(bc, cd, t), t))
  }
  return line
}

/** Radius of a line's tightest bend, in metres, from the turn between segments over the way it takes; Infinity when straight. */
export function tightestRadius(line: Outline): number {
  let least = Infinity
  for (let i = 1; i < line.length - 1; i += 1) {
    const before = direction(at(line, i - 1), at(line, i))
    const after = direction(at(line, i), at(line, i + 1))
    const way = (distance(at(line, i - 1), at(line, i)) + distance(at(line, i), at(line, i + 1))) / 2
    const sine = Math.abs(cross(before, after))
    const bend = dot(before, after) < 0 ? 2 - sine : sine
    if (bend > 0.002) least = Math.min(least, way / bend)
  }
  return least
}
