import type { CityMap, Junction, Outline, Point } from '../../shared/model/city-map.ts'
import { lanePoints } from './street-lines.ts'

const PIECES = 8
/** Metres that a lane's end may lie beside the side of the outline through which it comes. */
const NEAR = 0.6
/** A corner drawn further in than this, in metres, would be no corner. */
const DEEPEST = 30

/** The same streets with junctions as they are built. */
export const withRoundCorners = (map: CityMap): CityMap => ({
  ...map,
  junctions: map.junctions.map((junction) => ({ ...junction, outline: roundedOutline(map, junction) })),
})

/**
 * The outline of a junction as kerbs are laid: where its outline cuts a corner between two streets straight, the kerb
 * swings from the one to the other instead.
 */
function roundedOutline(map: CityMap, { connectors, outline }: Junction): Outline {
  const ends = laneEnds(map, connectors)
  const corner = (i: number) => outline[(i + outline.length) % outline.length] ?? { x: 0, y: 0 }
  const isMouth = (i: number) => ends.some((end) => liesOn(corner(i), corner(i + 1), end))
  return outline.flatMap((b, i) => {
    if (isMouth(i) || !isMouth(i - 1) || !isMouth(i + 1)) return [b]
    const turn = meeting({ at: b, across: corner(i - 1) }, { at: corner(i + 1), across: corner(i + 2) })
    return turn ? swing(b, turn, corner(i + 1)) : [b]
  })
}

/** Where lanes of streets end and begin at a junction. */
function laneEnds(map: CityMap, connectors: readonly number[]): Point[] {
  return connectors.flatMap((lane) => {
    const points = lanePoints(map, lane)
    return [points[0], points.at(-1)].filter((p) => p !== undefined)
  })
}

function liesOn(a: Point, b: Point, p: Point): boolean {
  const [ux, uy] = [b.x - a.x, b.y - a.y]
  const length = Math.hypot(ux, uy) || 1
  const along = ((p.x - a.x) * ux + (p.y - a.y) * uy) / length
  const aside = ((p.x - a.x) * uy - (p.y - a.y) * ux) / length
  return along > -NEAR && along < length + NEAR && Math.abs(aside) < NEAR
}

interface Kerb {
  readonly at: Point
  /** The other end of the street's mouth: the kerb runs at a right angle to it. */
  readonly across: Point
}

/** Where the kerbs of two streets would meet inside the junction. */
function meeting(one: Kerb, other: Kerb): Point | null {
  const [u, v] = [inwards(one, other.at), inwards(other, one.at)]
  const cross = u.x * v.y - u.y * v.x
  if (Math.abs(cross) < 0.2) return null
  const [dx, dy] = [other.at.x - one.at.x, other.at.y - one.at.y]
  const [s, t] = [(dx * v.y - dy * v.x) / cross, (dx * u.y - dy * u.x) / cross]
  return s > 0 && t > 0 && s < DEEPEST && t < DEEPEST ? { x: one.at.x + u.x * s, y: one.at.y + u.y * s } : null
}

/** The way of a kerb, as a vector of one metre, to the side on which the other street lies. */
function inwards({ at, across }: Kerb, towards: Point): Point {
  const [mx, my] = [across.x - at.x, across.y - at.y]
  const length = Math.hypot(mx, my) || 1
  const way = { x: -my / length, y: mx / length }
  const isAhead = way.x * (towards.x - at.x) + way.y * (towards.y - at.y) >= 0
  return isAhead ? way : { x: -way.x, y: -way.y }
}

/** A curve from `a` to `b` (left out) that is drawn towards `by`. */
function swing(a: Point, by: Point, b: Point): Point[] {
  return Array.from({ length: PIECES }, (_, i) => {
    const t = i / PIECES
    const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
    return { x: a.x * p + by.x * q + b.x * r, y: a.y * p + by.y * q + b.y * r }
  })
}
