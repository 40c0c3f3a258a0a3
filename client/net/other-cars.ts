import { openLaneHeadings, poseOnLane, type LaneHeadings } from '../../shared/driving/lane-pose.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { CityMap, Pose } from '../../shared/model/city-map.ts'
import type { Tracked } from '../../shared/protocol/street-decoder.ts'
import { predictFree, predictLane, type Track } from '../../shared/protocol/track.ts'
import { metresPerSecond, TICK_MS } from '../../shared/units.ts'
import type { DrawnCar } from './feed.ts'
import { paintAt } from './paint.ts'

/** Past the newest frame cars go on as they went for this long; then they stop, and fade. */
const EXTRAPOLATE_MS = 250
const FADE_MS = 500
const FADED = 0.35
/** Half of a jump has been glided over after this long. */
const HALF_LIFE_MS = 80
/** Metres beyond which a jump is shown as one. */
const SNAP = 8

interface Shown {
  readonly car: DrawnCar
  /** What was told and is shown. */
  on: Track
  readonly offset: { x: number; y: number; heading: number }
}

/** Other cars, shown a little in the past so that there is mostly news on both sides. */
export class OtherCars {
  readonly #map: CityMap
  readonly #headings: LaneHeadings
  readonly #shown = new Map<Tracked, Shown>()
  readonly #was: Pose = openPose()
  readonly #is: Pose = openPose()
  readonly #at = { lane: 0, s: 0, speed: 0 }
  #playMs = 0
  #newestMs = 0

  constructor(map: CityMap) {
    this.#map = map
    this.#headings = openLaneHeadings(map.lanes)
  }

  /** To be told of every frame that arrived. */
  onFrame(tick: number): void {
    this.#newestMs = tick * TICK_MS
  }

  /** @param playMs the instant to show, on the server's play clock */
  show(inView: ReadonlyMap<number, Tracked>, playMs: number): readonly DrawnCar[] {
    const passedMs = Math.max(0, playMs - this.#playMs)
    this.#playMs = playMs
    const fade = 2 ** (-passedMs / HALF_LIFE_MS)
    const present = new Set(inView.values())
    for (const tracked of this.#shown.keys()) if (!present.has(tracked)) this.#shown.delete(tracked)
    return [...present].map((tracked) => this.#draw(tracked, fade))
  }

  #draw(tracked: Tracked, fade: number): DrawnCar {
    const tick = Math.min(this.#playMs, this.#newestMs + EXTRAPOLATE_MS) / TICK_MS
    const on = trackAt(tracked, tick)
    const shown = this.#shown.get(tracked) ?? openShown(tracked, on)
    this.#shown.set(tracked, shown)
    const { car, offset } = shown
    offset.x *= fade
    offset.y *= fade
    offset.heading *= fade
    this.#place(on, tick, this.#is)
    if (shown.on !== on) this.#glide(shown, on, tick)
    const overdueMs = Math.max(0, this.#playMs - this.#newestMs - EXTRAPOLATE_MS)
    car.x = this.#is.x + offset.x
    car.y = this.#is.y + offset.y
    car.heading = wrapAngle(this.#is.heading + offset.heading)
    car.speed = overdueMs > 0 ? 0 : this.#is.speed
    car.flags = tracked.flags
    car.alpha = Math.max(FADED, 1 - overdueMs / FADE_MS)
    return car
  }

  /** News that is shown from now on says another place than the old: the car stays where it is drawn and glides there. */
  #glide(shown: Shown, on: Track, tick: number): void {
    const { offset } = shown
    this.#place(shown.on, tick, this.#was)
    shown.on = on
    const x = offset.x + this.#was.x - this.#is.x
    const y = offset.y + this.#was.y - this.#is.y
    const isFar = x * x + y * y > SNAP * SNAP
    offset.x = isFar ? 0 : x
    offset.y = isFar ? 0 : y
    offset.heading = isFar ? 0 : wrapAngle(offset.heading + this.#was.heading - this.#is.heading)
  }

  #place(on: Track, tick: number, out: Pose): void {
    if (on.form === 'free') {
      predictFree(on, tick, out)
      out.speed = metresPerSecond(on.speed)
      return
    }
    predictLane(this.#map.lanes, on, tick, this.#at)
    poseOnLane(this.#headings, this.#at.lane, { s: this.#at.s, lat: on.lat }, out)
    out.speed = metresPerSecond(this.#at.speed)
  }
}

/** What is shown at an instant: the newest that had been true by then. */
const trackAt = ({ track, before }: Tracked, tick: number): Track =>
  before !== null && tick < track.tick ? before : track

const openPose = (): Pose => ({ x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })

const openShown = ({ id, kind, colour, flags }: Tracked, on: Track): Shown => ({
  on,
  car: { id, kind, colour: paintAt(colour), x: 0, y: 0, heading: 0, speed: 0, flags, alpha: 1 },
  offset: { x: 0, y: 0, heading: 0 },
})
