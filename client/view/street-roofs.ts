import type { Outline, Point } from '../../shared/model/city-map.ts'
import { middleOf } from './street-lines.ts'

/** One flat piece of a roof; `light` runs from −1 (turned from the sun) to 1 (towards it), 0 lies flat. */
export interface Facet {
  readonly points: Outline
  readonly light: number
}

/** Unit vector towards the sun, in the north-west. */
const SUN = { x: -Math.SQRT1_2, y: -Math.SQRT1_2 }
const SHADOW_PER_METRE = 0.55
const LONGEST_SHADOW = 26

/** How far a shadow falls from something so many metres high. */
export function shadowOf(height: number): Point {
  const length = Math.min(height * SHADOW_PER_METRE, LONGEST_SHADOW)
  return { x: -SUN.x * length, y: -SUN.y * length }
}

/** The ground that an upright block darkens: its foot, its top cast down, and the sides between. */
export function castShadow(outline: Outline, height: number): Outline[] {
  const by = shadowOf(height)
  const cast = (p: Point) => ({ x: p.x + by.x, y: p.y + by.y })
  const sides = outline.map((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a
    return [a, b, cast(b), cast(a)]
  })
  return [...outline.length > 0 ? [outline, outline.map(cast)] : [], ...sides] // prettier-ignore
}

/** Metres of façade to be seen at the southern foot of a building, never more than a third of what it has from north to south. */
export function facadeOf(outline: Outline, height: number): number {
  const ys = outline.map((p) => p.y)
  const depth = Math.max(...ys) - Math.min(...ys)
  return Math.min(0.7 + height * 0.07, depth * 0.33, 4.2)
}

/** The edges that look south, as seen from the balloon, from west to east. */
export function southEdges(outline: Outline): readonly (readonly [Point, Point])[] {
  const middle = middleOf(outline)
  return outline.flatMap((a, i): [Point, Point][] => {
    const b = outline[(i + 1) % outline.length] ?? a
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    const normal = { x: (b.y - a.y) / length, y: (a.x - b.x) / length }
    const isOutward = normal.x * ((a.x + b.x) / 2 - middle.x) + normal.y * ((a.y + b.y) / 2 - middle.y) > 0
    const south = isOutward ? normal.y : -normal.y
    if (length < 1 || south < 0.35) return []
    return [a.x <= b.x ? [a, b] : [b, a]]
  })
}

/** The roof of a house with four corners: a ridge along its longer side. `hip` slopes the ends too, 0 is a gable. */
export function ridgeRoof(outline: Outline, hip: number): Facet[] | null {
  const [p0, p1, p2, p3] = outline
  if (!p0 || !p1 || !p2 || !p3 || outline.length !== 4) return null
  const along = distance(p0, p1) + distance(p2, p3) >= distance(p1, p2) + distance(p3, p0)
  const [a, b, c, d] = along ? [p0, p1, p2, p3] : [p1, p2, p3, p0]
  const share = Math.min(0.46, (hip * distance(b, c)) / (2 * Math.max(distance(a, b), 0.1)))
  const west = mix(a, d, 0.5)
  const east = mix(b, c, 0.5)
  const from = mix(west, east, share)
  const to = mix(west, east, 1 - share)
  const facets = [[a, b, to, from], [c, d, from, to], [b, c, to], [d, a, from]] // prettier-ignore
  return facets.map((points) => ({ points, light: lightOn(points, mix(from, to, 0.5)) }))
}

function lightOn(points: Outline, ridge: Point): number {
  const [a, b] = points
  if (!a || !b) return 0
  const foot = mix(a, b, 0.5)
  const length = Math.hypot(foot.x - ridge.x, foot.y - ridge.y) || 1
  return ((foot.x - ridge.x) * SUN.x + (foot.y - ridge.y) * SUN.y) / length
}

/** The same shape, pulled in towards its middle (or, below 0, pushed out) so that its edge moves by about so many metres. */
export function inset(outline: Outline, by: number): Point[] {
  const middle = middleOf(outline)
  return outline.map((p) => {
    const away = distance(p, middle)
    return mix(p, middle, away > 0 ? Math.min(0.9, (by * Math.SQRT2) / away) : 0)
  })
}

const mix = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)

/** A rectangle's own axes: its middle, half lengths, and the direction of its longer side. */
export function frameOf(outline: Outline): { x: number; y: number; long: number; wide: number; heading: number } {
  const { x, y } = middleOf(outline)
  const [a, b, c] = outline
  if (!a || !b || !c) return { x, y, long: 1, wide: 1, heading: 0 }
  const ab = distance(a, b)
  const bc = distance(b, c)
  const [from, to] = ab >= bc ? [a, b] : [b, c]
  const heading = Math.atan2(to.y - from.y, to.x - from.x)
  return { x, y, long: Math.max(ab, bc) / 2, wide: Math.min(ab, bc) / 2, heading }
}
