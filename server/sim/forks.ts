import type { CityMap } from '../../shared/model/city-map.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import { distanceOf } from '../../shared/driving/trig.ts'

/** Metres between the middles of two ways from which cars on them pass one another. */
const PARTED = 2.1
const STEP = 1

/**
 * Where ways fork they begin as one. Per lane: how many metres a connector runs before it has parted from every other
 * one out of the same lane, at most its length; 0 where nothing forks.
 */
export function openForks({ lanes }: CityMap): Float64Array {
  const parted = new Float64Array(lanes.count)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const ways = lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1))
    ways.forEach((one, i) => {
      for (const other of ways.subarray(i + 1)) {
        const s = partedAt(lanes, one, other)
        parted[one] = Math.max(at(parted, one), s)
        parted[other] = Math.max(at(parted, other), s)
      }
    })
  }
  return parted
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
