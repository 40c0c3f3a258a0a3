import { findLane, openLaneFinder, type LaneFinder, type LanePlace } from '../../shared/driving/lane-finder.ts'
import type { CityMap, LaneTable, Point } from '../../shared/model/city-map.ts'
import { lanePoints, lengthOf, placeOn } from './street-lines.ts'

/** Shows the way to a goal, lane by lane. */
export interface WayGuide {
  /** @returns the way from the car to its goal; the same list while there is nothing new to show, empty without a way */
  update(own: (Point & { readonly heading: number }) | null, goal: Point | null): readonly Point[]
}

/** The way is drawn anew when the car has gone this far, in metres. */
const STEP = 4
/** What a change of lane costs, in seconds: enough to stay, too little for a detour. */
const CHANGE_SECONDS = 4
const NO_WAY: readonly Point[] = []
const QUARTER = Math.PI / 2
/** Play time from which the way is shown: whoever begins finds the own car first, and the page has enough to do until then. */
export const WAY_AFTER_MS = 500

const guides = new WeakMap<CityMap, WayGuide>()

/** The one guide of a city: street and minimap show the same way. */
export function wayGuideOf(map: CityMap): WayGuide {
  const guide = guides.get(map) ?? openWayGuide(map)
  guides.set(map, guide)
  return guide
}

export function openWayGuide(map: CityMap): WayGuide {
  let made: LaneFinder | null = null
  const finder = () => (made ??= openLaneFinder(map))
  const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  let goalLane = -1
  let hops: Int32Array | null = null
  let shownFor: { readonly own: Point; readonly goal: Point } | null = null
  let way = NO_WAY

  /** Which way the goal's lane runs is not told: the lane nearest to it, whatever its direction. */
  function aimAt({ x, y }: Point): void {
    let nearest = Infinity
    goalLane = -1
    for (const heading of [0, QUARTER, 2 * QUARTER, -QUARTER]) {
      findLane(finder(), { x, y, heading }, place)
      if (place.lane < 0 || place.distance >= nearest) continue
      nearest = place.distance
      goalLane = place.lane
    }
    hops = goalLane < 0 ? null : learnHops(map.lanes, goalLane)
  }

  return {
    update(own, goal) {
      if (!own || !goal) {
        shownFor = null
        return NO_WAY
      }
      const isNewGoal = shownFor?.goal.x !== goal.x || shownFor.goal.y !== goal.y
      if (!isNewGoal && shownFor && Math.hypot(own.x - shownFor.own.x, own.y - shownFor.own.y) < STEP) return way
      if (isNewGoal) aimAt(goal)
      shownFor = { own: { x: own.x, y: own.y }, goal: { x: goal.x, y: goal.y } }
      findLane(finder(), own, place)
      way = hops === null || place.lane < 0 ? NO_WAY : layWay(map, hops, { own, goal, lane: place.lane, s: place.s, goalLane }) // prettier-ignore
      return way
    },
  }
}

interface Stretch {
  readonly own: Point
  readonly goal: Point
  readonly lane: number
  readonly s: number
  readonly goalLane: number
}

/** From the car along its lane and those that follow, until the point of the goal's lane that is nearest to the goal. */
function layWay(map: CityMap, hops: Int32Array, { own, goal, lane: first, s, goalLane }: Stretch): readonly Point[] {
  const points: Point[] = [{ x: own.x, y: own.y }]
  let from = s
  for (let lane = first, left = map.lanes.count; left > 0; left -= 1) {
    const line = lanePoints(map, lane)
    if (lane === goalLane) return [...points, ...between(line, from, nearestOn(line, goal)), { x: goal.x, y: goal.y }]
    const next = hops[lane] ?? -1
    if (next < 0) return NO_WAY
    const isBeside = next === map.lanes.left[lane] || next === map.lanes.right[lane]
    if (!isBeside) {
      points.push(...between(line, from, Infinity))
      from = 0
    }
    lane = next
  }
  return NO_WAY
}

/** The points of a line between two places on it, in metres from its beginning. */
function between(line: readonly Point[], from: number, to: number): Point[] {
  let at = 0
  return line.filter((point, i) => {
    const before = line[i - 1] ?? point
    at += Math.hypot(point.x - before.x, point.y - before.y)
    return at > from && at < to
  })
}

/** Metres from a line's beginning to where it is nearest to a point, to the metre. */
function nearestOn(line: readonly Point[], { x, y }: Point): number {
  const length = lengthOf(line)
  let [best, nearest] = [0, Infinity]
  for (let s = 0; s <= length; s += 1) {
    const place = placeOn(line, s)
    const away = Math.hypot(place.x - x, place.y - y)
    if (away < nearest) [best, nearest] = [s, away]
  }
  return best
}

/** From every lane the next one on the fastest way to the goal: a successor, or a neighbour to change to; −1 without a way. */
export function learnHops(lanes: LaneTable, goal: number): Int32Array {
  const hops = new Int32Array(lanes.count).fill(-1)
  const cost = new Float64Array(lanes.count).fill(Infinity)
  const seconds = (lane: number) => (lanes.length[lane] ?? 0) / Math.max(1, lanes.limit[lane] ?? 1)
  cost[goal] = seconds(goal)
  const queue = [goal]
  // Whatever is reached faster is looked at again: a city has few enough lanes for that.
  for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) {
    const here = lane
    const reach = (before: number, extra: number) => {
      const total = (cost[here] ?? 0) + extra
      if (total >= (cost[before] ?? 0)) return
      cost[before] = total
      hops[before] = here
      queue.push(before)
    }
    for (let i = lanes.predecessorStart[here] ?? 0; i < (lanes.predecessorStart[here + 1] ?? 0); i += 1) {
      const before = lanes.predecessor[i] ?? here
      reach(before, seconds(before))
    }
    for (const beside of [lanes.left[here] ?? -1, lanes.right[here] ?? -1])
      if (beside >= 0) reach(beside, CHANGE_SECONDS)
  }
  return hops
}
