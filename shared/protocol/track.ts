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

/** How many whole steps a value is. */
export const stepsOf = (value: number, step: number): number => Math.round(value / step)

/** An acceleration is believed for this long: drivers change their minds. */
const ACCEL_SECONDS = 1
export const TICK_SECONDS = 0.05
/** A turn is believed for this long. */
const YAW_SECONDS = 0.5
/** Lanes walked through in one prediction, at most. */
const MOST_LANES = 4

export interface LanePrediction {
  lane: number
  s: number
  speed: number
}

/** Seconds, of `seconds`, for which a lane's vehicle is believed to go on speeding up or braking; never backwards. */
export function believedSeconds(speed: number, accel: number, seconds: number): number {
  const believed = seconds < ACCEL_SECONDS ? seconds : ACCEL_SECONDS
  return accel < 0 && speed + accel * believed < 0 ? speed / -accel : believed
}

/** Metres that it goes in `seconds`: evenly faster or slower for the first `believed` of them, then evenly. */
export const distanceIn = (speed: number, accel: number, believed: number, seconds: number): number =>
  speed * believed + (accel * believed * believed) / 2 + (speed + accel * believed) * (seconds - believed)

/** Where a lane's vehicle is at `tick` if nothing has changed since its track. */
export function predictLane(lanes: LaneTable, track: LaneTrack, tick: number, out: LanePrediction): void {
  const seconds = (tick - track.tick) * TICK_SECONDS
  const { speed, accel } = track
  const believed = believedSeconds(speed, accel, seconds)
  out.speed = speed + accel * believed
  out.lane = track.lane
  out.s = track.s + distanceIn(speed, accel, believed, seconds)
  if (out.s > at(lanes.length, out.lane)) walkOn(lanes, track.next, out)
}

/** Past the end of its lane a vehicle is on the next, and so on, as far as there is no choice. */
export function walkOn(lanes: LaneTable, next: number, out: LanePrediction): void {
  let after = next
  for (let i = 0; i < MOST_LANES && after >= 0 && out.s > at(lanes.length, out.lane); i += 1) {
    out.s -= at(lanes.length, out.lane)
    out.lane = after
    after = followerOf(lanes, after)
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
  const turned = track.speed * turning
  out.x = track.x + turned * cosOf(half)
  out.y = track.y + turned * sinOf(half)
  if (seconds === turning) return
  const straight = (seconds - turning) * track.speed
  out.x += straight * cosOf(out.heading)
  out.y += straight * sinOf(out.heading)
}
