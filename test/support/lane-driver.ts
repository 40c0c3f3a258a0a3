import { findLane, type LaneFinder, type LanePlace } from '../../shared/driving/lane-finder.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { CityMap, Pose } from '../../shared/model/city-map.ts'
import type { DriveInput } from '../../shared/model/command.ts'
import { randomShare, randomWord } from '../../shared/random.ts'
import { metresPerSecond } from '../../shared/units.ts'

/** Metres that a driver looks ahead, at least, and seconds. */
const LOOK_METRES = 7
const LOOK_SECONDS = 0.55
/** Curves are taken at this many metres a second for a right angle ahead. */
const BEND_SPEED = 5
/** Ticks of a mood: how fast to go, and how steady the hand is. */
const MOOD_TICKS = 50

/** What a driver sees of the own car. */
export interface Seen {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly speed: number
}

/**
 * Hands that follow the lanes of a map, as a child would: too fast at times, braking late, never quite straight. The
 * same seed drives the same way.
 */
export class LaneDriver {
  readonly #map: CityMap
  readonly #finder: LaneFinder
  readonly #seed: number
  readonly #place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  readonly #ahead: Pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
  #tick = 0
  #stuckTicks = 0

  constructor(map: CityMap, finder: LaneFinder, seed: number) {
    this.#map = map
    this.#finder = finder
    this.#seed = seed
  }

  /** Has been against a wall for five seconds. */
  get isStuck(): boolean {
    return this.#stuckTicks > 100
  }

  /** The hands of the next tick. */
  hands(car: Seen): DriveInput {
    this.#tick += 1
    this.#stuckTicks = Math.abs(car.speed) < 0.3 ? this.#stuckTicks + 1 : 0
    const mood = Math.floor(this.#tick / MOOD_TICKS)
    const share = (stream: number, n = mood) => randomShare(this.#seed, stream, n)
    findLane(this.#finder, car, this.#place)
    if (this.#place.lane < 0) return { throttle: 0.4, steering: 0.5, handbrake: false }
    const { lanes } = this.#map
    this.#lookAhead(this.#place.lane, this.#place.s + LOOK_METRES + LOOK_SECONDS * Math.abs(car.speed))
    const off = wrapAngle(Math.atan2(this.#ahead.y - car.y, this.#ahead.x - car.x) - car.heading)
    const bend = Math.abs(wrapAngle(this.#ahead.heading - car.heading))
    const limit = lanes.limit[this.#place.lane] ?? 14
    const wanted = Math.min(limit * (0.6 + 0.9 * share(1)), BEND_SPEED / Math.max(bend, 0.1))
    const isSwerving = share(2) < 0.15
    const isBraking = share(3) < 0.08
    const noise = (share(4, this.#tick) - 0.5) * (isSwerving ? 0.8 : 0.15)
    const throttle = isBraking ? -1 : Math.max(-1, Math.min(1, (wanted - car.speed) / 2))
    return { throttle, steering: Math.max(-1, Math.min(1, off * 2.2 + noise)), handbrake: isBraking && isSwerving }
  }

  /** Walks along the lanes that follow; where there is a choice, the seed and the place choose. */
  #lookAhead(from: number, metres: number): void {
    const { lanes } = this.#map
    let lane = from
    let rest = metres
    for (let length = lanes.length[lane] ?? 0; rest > length; length = lanes.length[lane] ?? 0) {
      const [first, end] = [lanes.successorStart[lane] ?? 0, lanes.successorStart[lane + 1] ?? 0]
      if (first === end) break
      rest -= length
      lane = lanes.successor[first + (randomWord(this.#seed, 5, lane) % (end - first))] ?? 0
    }
    poseOnLane(this.#finder.headings, lane, { s: rest, lat: 0 }, this.#ahead)
  }
}
