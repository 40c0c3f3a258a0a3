import type { CityMap } from '../../shared/model/city-map.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { LaneFinder } from '../../shared/driving/lane-finder.ts'
import { poseOnLane, type LaneHeadings } from '../../shared/driving/lane-pose.ts'
import { cosOf, sinOf } from '../../shared/driving/trig.ts'
import { metresPerSecond } from '../../shared/units.ts'

/** What of the streets one needs to know. */
interface Beside {
  readonly uneven: Int32Array
  readonly finder: LaneFinder
}

interface Place {
  readonly lane: number
  readonly s: number
}

/** Metres by which the place beside may be off while nobody sees a car jump that changes lanes. */
const UNSEEN = 0.15
const SAMPLES = 12
/** Steps along the other lane towards the foot of the perpendicular: each leaves a small part of what was missing. */
const STEPS = 3
const NOWHERE = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) } as const

/** Per lane: 1 where equal shares of its length and of a neighbour's do not lie side by side, as where only a part bends. */
export function openUneven({ lanes }: CityMap, headings: LaneHeadings): Int32Array {
  const uneven = new Int32Array(lanes.count)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const left = whole(lanes.left, lane)
    if (left < 0 || !isOff(headings, lane, left)) continue
    uneven[lane] = 1
    uneven[left] = 1
  }
  return uneven
}

function isOff(headings: LaneHeadings, lane: number, beside: number): boolean {
  const length = at(headings.lanes.length, lane)
  return Array.from({ length: SAMPLES }, (_, i) => (length * (i + 1)) / (SAMPLES + 1)).some(
    (s) => Math.abs(footOn(headings, { lane, s }, beside) - shareOn(headings, lane, s, beside)) > UNSEEN,
  )
}

/** @returns metres along the neighbour lane `beside` of what lies beside the place `s` metres along `lane` */
export function besideOf(streets: Beside, lane: number, s: number, beside: number): number {
  const { headings } = streets.finder
  return streets.uneven[lane] === 1 ? footOn(headings, { lane, s }, beside) : shareOn(headings, lane, s, beside)
}

const shareOn = ({ lanes }: LaneHeadings, lane: number, s: number, beside: number): number =>
  (s * at(lanes.length, beside)) / at(lanes.length, lane)

function footOn(headings: LaneHeadings, place: Place, beside: number): number {
  const [from, foot] = [{ ...NOWHERE }, { ...NOWHERE }]
  poseOnLane(headings, place.lane, { s: place.s, lat: 0 }, from)
  let s = shareOn(headings, place.lane, place.s, beside)
  for (let i = 0; i < STEPS; i += 1) {
    poseOnLane(headings, beside, { s, lat: 0 }, foot)
    s += (from.x - foot.x) * cosOf(foot.heading) + (from.y - foot.y) * sinOf(foot.heading)
    s = Math.max(0, Math.min(at(headings.lanes.length, beside), s))
  }
  return s
}
