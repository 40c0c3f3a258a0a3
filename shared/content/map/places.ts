import type { LanePoint, Outline, Point } from '../../model/city-map.ts'
import { metres } from '../../units.ts'
import type { Draft, RoadLanes } from './draft.ts'
import { at, distance, lengthOf, mix, placeAlong } from './geometry.ts'
import type { NetRoad } from './network.ts'

/** A place on a road, from which sites beside it and lines across it are measured. */
export interface Place {
  readonly road: number
  readonly piece: NetRoad
  readonly lanes: RoadLanes
  /** On the centre line, and the unit vector from → to. */
  readonly point: Point
  readonly along: Point
}

/**
 * Finds a share of the way along a source road.
 *
 * @returns the place, or why there is none: no such road, or the place lies within a junction
 */
export function findPlace(draft: Draft, roadId: string, share: number): Place | 'no-road' | 'in-junction' {
  const pieces = draft.network.roads.flatMap((piece, road) => (piece.source.id === roadId ? [{ piece, road }] : []))
  const whole = pieces[0]?.piece
  if (!whole) return 'no-road'
  const s = share * whole.length
  const found = pieces.find(({ piece }) => s >= piece.start && s <= piece.end)
  const lanes = draft.roads[found?.road ?? -1]
  if (!found || !lanes) return 'in-junction'
  const { point, along } = placeAlong(whole.line, s)
  const nearest = projectOn(lanes.centreLine, point)
  if (nearest.distance > 0.5) return 'in-junction'
  return { ...found, lanes, point, along }
}

/** Where on a line the point nearest to `p` lies. */
function projectOn(line: Outline, p: Point): { readonly s: number; readonly distance: number } {
  let best = { s: 0, distance: Infinity }
  let s = 0
  for (let i = 1; i < line.length; i += 1) {
    const a = at(line, i - 1)
    const b = at(line, i)
    const length = distance(a, b)
    const share = length === 0 ? 0 : ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length)
    const clamped = Math.max(0, Math.min(1, share))
    const away = distance(p, mix(a, b, clamped))
    if (away < best.distance) best = { s: s + clamped * length, distance: away }
    s += length
  }
  return best
}

/** The points where a line square to the road at `place` meets these lanes. */
export const pointsAcross = (draft: Draft, place: Place, lanes: readonly number[]): LanePoint[] =>
  lanes.map((lane) => ({ lane, s: metres(projectOn(draft.lanes[lane]?.line ?? [], place.point).s) }))

/** The lane nearest to that side of the road: its own direction's rightmost, else the other's leftmost. */
export function kerbLane({ lanes }: Place, side: 'left' | 'right'): number {
  const [own, other] = side === 'right' ? [lanes.forward, lanes.backward] : [lanes.backward, lanes.forward]
  return own[0] ?? other.at(-1) ?? -1
}

/** Whether a lane runs in the direction of its road. */
export const isForward = ({ lanes }: Place, lane: number): boolean => lanes.forward.includes(lane)

export const spanOf = (draft: Draft, roadId: string): number =>
  lengthOf(draft.network.roads.find((road) => road.source.id === roadId)?.line ?? [])
