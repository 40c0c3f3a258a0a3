import type { CityMap } from '../../shared/model/city-map.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import { distanceOf } from '../../shared/driving/trig.ts'

/** Metres between the middles of two ways from which cars on them pass one another. */
const PARTED = 2.1
const STEP = 1

export interface Forks {
  /** Per lane: how many metres a connector runs before it has parted from the others, at most its length; 0 where nothing forks. */
  readonly partedAt: Float64Array
  /** Per connector: the others out of the same lane, from `forkStart[lane]` to `forkStart[lane + 1]`. */
  readonly forkStart: Int32Array
  readonly forkFoe: Int32Array
}

/** Where ways fork they begin as one. */
export function openForks({ lanes }: CityMap): Forks {
  const parted = new Float64Array(lanes.count)
  const others: number[][] = Array.from({ length: lanes.count }, () => [])
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const ways = lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1))
    ways.forEach((one, i) => {
      others[one] = [...ways].filter((way) => way !== one)
      for (const other of ways.subarray(i + 1)) {
        const s = partedAt(lanes, one, other)
        parted[one] = Math.max(at(parted, one), s)
        parted[other] = Math.max(at(parted, other), s)
      }
    })
  }
  const forkStart = new Int32Array(lanes.count + 1)
  others.forEach((list, lane) => (forkStart[lane + 1] = whole(forkStart, lane) + list.length))
  return { partedAt: parted, forkStart, forkFoe: Int32Array.from(others.flat()) }
}

function partedAt(lanes: CityMap['lanes'], one: number, other: number): number {
  const least = Math.min(at(lanes.length, one), at(lanes.length, other))
  const [here, there] = [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ]
  for (let s = STEP; s < least; s += STEP) {
    pointOnLane(lanes, one, { s, lat: 0 }, here)
    pointOnLane(lanes, other, { s, lat: 0 }, there)
    if (distanceOf(here.x - there.x, here.y - there.y) >= PARTED) return s
  }
  return least
}
