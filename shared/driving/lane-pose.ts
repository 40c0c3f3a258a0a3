import type { LaneTable, Pose } from '../model/city-map.ts'
import { at, whole } from './columns.ts'
import { atan2Of, wrapAngle } from './trig.ts'

interface Point {
  x: number
  y: number
}

/** Headings of the lanes' segments, one per point: the segment that begins there. Made once per map. */
export interface LaneHeadings {
  readonly lanes: LaneTable
  readonly heading: Float64Array
}

export function openLaneHeadings(lanes: LaneTable): LaneHeadings {
  const heading = new Float64Array(lanes.pointX.length)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const last = whole(lanes.pointStart, lane + 1) - 1
    for (let i = whole(lanes.pointStart, lane); i < last; i += 1) {
      const dx = at(lanes.pointX, i + 1) - at(lanes.pointX, i)
      heading[i] = atan2Of(at(lanes.pointY, i + 1) - at(lanes.pointY, i), dx)
    }
    heading[last] = at(heading, Math.max(last - 1, whole(lanes.pointStart, lane)))
  }
  return { lanes, heading }
}

/** @returns the point that begins the segment of `lane` on which `s` lies; s beyond an end lies on the end segment */
function segmentAt(lanes: LaneTable, lane: number, s: number): number {
  let low = whole(lanes.pointStart, lane)
  let high = whole(lanes.pointStart, lane + 1) - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (at(lanes.pointS, middle) <= s) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Where a vehicle on a lane stands in the plane.
 *
 * @param s metres from the lane's beginning
 * @param lat metres to the right of the lane's middle
 * @param out receives x, y and heading; its speed is left alone
 */
export function poseOnLane(headings: LaneHeadings, lane: number, { s, lat }: { s: number; lat: number }, out: Pose) {
  const { lanes, heading } = headings
  const i = segmentAt(lanes, lane, s)
  const from = at(lanes.pointS, i)
  const span = at(lanes.pointS, i + 1) - from
  const share = span > 0 ? (s - from) / span : 0
  const dx = at(lanes.pointX, i + 1) - at(lanes.pointX, i)
  const dy = at(lanes.pointY, i + 1) - at(lanes.pointY, i)
  const side = span > 0 ? lat / span : 0
  out.x = at(lanes.pointX, i) + dx * share - dy * side
  out.y = at(lanes.pointY, i) + dy * share + dx * side
  out.heading = smoothHeading(headings, { lane, segment: i, share }, heading)
}

/** The same, without the heading, for those who only count metres. */
export function pointOnLane(lanes: LaneTable, lane: number, { s, lat }: { s: number; lat: number }, out: Point) {
  const i = segmentAt(lanes, lane, s)
  const from = at(lanes.pointS, i)
  const span = at(lanes.pointS, i + 1) - from
  const share = span > 0 ? (s - from) / span : 0
  const side = span > 0 ? lat / span : 0
  const dx = at(lanes.pointX, i + 1) - at(lanes.pointX, i)
  const dy = at(lanes.pointY, i + 1) - at(lanes.pointY, i)
  out.x = at(lanes.pointX, i) + dx * share - dy * side
  out.y = at(lanes.pointY, i) + dy * share + dx * side
}

/** Turns evenly from the middle of one segment to the middle of the next, so that cars do not jerk at points. */
function smoothHeading(
  { lanes }: LaneHeadings,
  place: { readonly lane: number; readonly segment: number; readonly share: number },
  heading: Float64Array,
): number {
  const own = at(heading, place.segment)
  const ahead = place.share > 0.5
  const other = place.segment + (ahead ? 1 : -1)
  if (other < whole(lanes.pointStart, place.lane) || other > whole(lanes.pointStart, place.lane + 1) - 2) return own
  const share = ahead ? place.share - 0.5 : 0.5 - place.share
  return wrapAngle(own + wrapAngle(at(heading, other) - own) * Math.min(share, 0.5))
}
