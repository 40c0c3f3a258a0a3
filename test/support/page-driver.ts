import type { Page } from 'playwright-core'

import { findLane, openLaneFinder, type LaneFinder, type LanePlace } from '../../shared/driving/lane-finder.ts'
import type { CityMap, Pose } from '../../shared/model/city-map.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import { metresPerSecond } from '../../shared/units.ts'

/** What the overlay tells of the own car. */
export interface Seen {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly speed: number
  readonly tick: number
}

export async function seeCar(page: Page): Promise<Seen | null> {
  const data = await page.locator('#overlay').evaluate((box) => ({ ...(box as HTMLElement).dataset }))
  if (data['x'] === undefined) return null
  const number = (name: string) => Number(data[name])
  return { x: number('x'), y: number('y'), heading: number('heading'), speed: number('speed'), tick: number('tick') }
}

/** Metres that a driver looks ahead, at least, and per metre a second. */
const LOOK_METRES = 12
const LOOK_SECONDS = 0.55

/** Drives the real page by its keys, looking at the road ahead as a person would. */
export class PageDriver {
  readonly #page: Page
  readonly #finder: LaneFinder
  readonly #map: CityMap
  readonly #held = new Set<string>()

  constructor(page: Page, map: CityMap) {
    this.#page = page
    this.#map = map
    this.#finder = openLaneFinder(map)
  }

  /** Holds just these keys, by `code`. */
  async hold(codes: readonly string[]): Promise<void> {
    for (const code of [...this.#held].filter((held) => !codes.includes(held))) {
      this.#held.delete(code)
      await this.#page.keyboard.up(code)
    }
    for (const code of codes.filter((wanted) => !this.#held.has(wanted))) {
      this.#held.add(code)
      await this.#page.keyboard.down(code)
    }
  }

  /** Full throttle along the lane until `isDone`; gives up after `seconds`. */
  async driveUntil(isDone: () => Promise<boolean>, seconds = 120): Promise<boolean> {
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      if (await isDone()) {
        await this.hold([])
        return true
      }
      const car = await seeCar(this.#page)
      if (car !== null) await this.hold(['ArrowUp', ...this.#steer(car)])
      await this.#page.waitForTimeout(40)
    }
    await this.hold([])
    return false
  }

  /** Left, right or neither: towards the point of the own lane that lies a good half second ahead. */
  #steer(car: Seen): string[] {
    const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
    findLane(this.#finder, car, place)
    if (place.lane < 0) return []
    const target = this.#ahead(place.lane, place.s + LOOK_METRES + LOOK_SECONDS * Math.abs(car.speed))
    const off = wrapAngle(Math.atan2(target.y - car.y, target.x - car.x) - car.heading)
    if (off > 0.04) return ['ArrowRight']
    return off < -0.04 ? ['ArrowLeft'] : []
  }

  #ahead(lane: number, s: number): Pose {
    const { lanes } = this.#map
    let on = lane
    let rest = s
    for (let length = lanes.length[on] ?? 0; rest > length; length = lanes.length[on] ?? 0) {
      rest -= length
      const [first, end] = [lanes.successorStart[on] ?? 0, lanes.successorStart[on + 1] ?? 0]
      if (first === end) break
      on = this.#straightest(on, first, end)
    }
    const out: Pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
    poseOnLane(this.#finder.headings, on, { s: rest, lat: 0 }, out)
    return out
  }

  /** Of the lanes that follow, the one that stays on the fastest road. */
  #straightest(_lane: number, first: number, end: number): number {
    const { lanes } = this.#map
    const following = Array.from({ length: end - first }, (_, i) => lanes.successor[first + i] ?? 0)
    return following.toSorted((a, b) => (lanes.limit[b] ?? 0) - (lanes.limit[a] ?? 0))[0] ?? 0
  }
}
