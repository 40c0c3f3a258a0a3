import { poseOnLane, type LaneHeadings } from '../../shared/driving/lane-pose.ts'
import type { Pose } from '../../shared/model/city-map.ts'
import type { Tracked } from '../../shared/protocol/street-decoder.ts'
import { predictFree, predictLane } from '../../shared/protocol/track.ts'

const place = { lane: 0, s: 0, speed: 0 }

/** Where a screen that shows the newest instant draws a vehicle: what was told of it, carried on to `tick`. */
export function expectedPose(headings: LaneHeadings, { track }: Tracked, tick: number, out: Pose): Pose {
  if (track.form === 'free') {
    predictFree(track, tick, out)
    return out
  }
  predictLane(headings.lanes, track, tick, place)
  poseOnLane(headings, place.lane, { s: place.s, lat: track.lat }, out)
  return out
}
