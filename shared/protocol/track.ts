import { at, whole } from '../driving/columns.ts'
import { cosOf, sinOf, wrapAngle } from '../driving/trig.ts'
import type { LaneTable } from '../model/city-map.ts'

/**
 * What one end last told the other of a vehicle, at a tick. Both go on from it by the same sums; only when the truth
 * leaves that path is there something to send. All values are quantised before they are compared or predicted from.
 */
export type Track = LaneTrack | FreeTrack

/** A vehicle in a lane. Metres, metres per second. */
export interface LaneTrack {
  readonly form: 'lane'
  tick: number
  lane: number
  /** The lane after this one; −1 while undecided. */
  next: number
  s: number
  speed: number
  accel: number
  lat: number
}

/** A vehicle that moves freely in the plane. Radians, radians per second. */
export interface FreeTrack {
  readonly form: 'free'
  tick: number
  x: number
  y: number
  heading: number
  speed: number
  yawRate: number
}

/** Steps of the quantised values. */
export const QUANTUM = {
  s: 1 / 32,
  laneSpeed: 1 / 4,
  accel: 1 / 16,
  lat: 1 / 32,
  position: 1 / 64,
  freeSpeed: 1 / 64,
  yawRate: 1 / 32,
  heading: (2 * Math.PI) / 65_536,
} as const

/** An acceleration is believed for this long: drivers change their minds. */
const ACCEL_SECONDS = 1
const TICK_SECONDS = 0.05
/** A turn is believed for this long. */
const YAW_SECONDS = 0.5
/** Lanes walked through in one prediction, at most. */
const MOST_LANES = 4

export interface LanePrediction {
  lane: number
  s: number
  speed: number
}

/** Where a lane's vehicle is at `tick` if nothing has changed since its track. */
export function predictLane(lanes: LaneTable, track: LaneTrack, tick: number, out: LanePrediction): void {
  const seconds = (tick - track.tick) * TICK_SECONDS
  const { speed, accel } = track
  let believed = seconds < ACCEL_SECONDS ? seconds : ACCEL_SECONDS
  if (accel < 0 && speed + accel * believed < 0) believed = speed / -accel
  out.speed = speed + accel * believed
  out.lane = track.lane
  out.s = track.s + speed * believed + (accel * believed * believed) / 2 + out.speed * (seconds - believed)
  let next = track.next
  for (let i = 0; i < MOST_LANES && out.s > at(lanes.length, out.lane) && next >= 0; i += 1) {
    out.s -= at(lanes.length, out.lane)
    out.lane = next
    next = followerOf(lanes, next)
  }
}

/** The only lane that follows, −1 where there is a choice. */
function followerOf(lanes: LaneTable, lane: number): number {
  const first = whole(lanes.successorStart, lane)
  return whole(lanes.successorStart, lane + 1) - first === 1 ? whole(lanes.successor, first) : -1
}

export interface FreePrediction {
  x: number
  y: number
  heading: number
}

/** Where a free vehicle is at `tick` if it goes on turning a little while, and then straight. */
export function predictFree(track: FreeTrack, tick: number, out: FreePrediction): void {
  const seconds = (tick - track.tick) * TICK_SECONDS
  const turning = seconds < YAW_SECONDS ? seconds : YAW_SECONDS
  const half = track.heading + (track.yawRate * turning) / 2
  out.heading = wrapAngle(track.heading + track.yawRate * turning)
  const straight = (seconds - turning) * track.speed
  out.x = track.x + track.speed * turning * cosOf(half) + straight * cosOf(out.heading)
  out.y = track.y + track.speed * turning * sinOf(half) + straight * sinOf(out.heading)
}
