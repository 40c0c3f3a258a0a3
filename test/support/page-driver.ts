import type { Page } from 'playwright-core'

import { findLane, openLaneFinder, type LanePlace } from '../../shared/driving/lane-finder.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { CityMap, Point } from '../../shared/model/city-map.ts'

/** What the overlay tells of the own car. */
export interface Seen {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly speed: number
  readonly tick: number
}

export async function seeCar(page: Page): Promise<Seen | null> {
  const shown = await page.locator('#overlay').evaluate((box) => Object.entries((box as HTMLElement).dataset))
  const data = new Map(shown)
  if (!data.has('x')) return null
  const number = (name: string) => Number(data.get(name))
  return { x: number('x'), y: number('y'), heading: number('heading'), speed: number('speed'), tick: number('tick') }
}

/** Metres that a driver looks ahead, at least, and per metre a second. */
const LOOK_METRES = 14
const LOOK_SECONDS = 0.7
/** 126 km/h: enough for a fine, and slow enough for a busy machine to steer by. */
const CRUISE = 35
const STRAIGHT = 0.03
const LOST = 0.5
/** Metres of road laid out ahead. */
const WAY = 9000

/** Drives the real page by its keys, along the fastest road, looking at the road ahead as a person would. */
export class PageDriver {
  readonly #page: Page
  readonly #map: CityMap
  readonly #held = new Set<string>()
  #way: readonly Point[] = []
  #at = 0

  constructor(page: Page, map: CityMap) {
    this.#page = page
    this.#map = map
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

  /** Drives on until `isDone`. @returns whether it came to that within `seconds` */
  async driveUntil(isDone: () => Promise<boolean>, seconds = 150): Promise<boolean> {
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      if (await isDone()) {
        await this.hold([])
        return true
      }
      const car = await seeCar(this.#page)
      if (car !== null) await this.hold(this.#keysFor(car))
      await this.#page.waitForTimeout(30)
    }
    await this.hold([])
    return false
  }

  #keysFor(car: Seen): string[] {
    if (this.#way.length === 0) this.#way = layWay(this.#map, car)
    const reach = LOOK_METRES + LOOK_SECONDS * Math.abs(car.speed)
    const target = this.#ahead(car, reach)
    const off = wrapAngle(Math.atan2(target.y - car.y, target.x - car.x) - car.heading)
    const steer = off > STRAIGHT ? ['ArrowRight'] : off < -STRAIGHT ? ['ArrowLeft'] : []
    const isSlow = car.speed < (Math.abs(off) > LOST ? 6 : CRUISE)
    return isSlow ? ['ArrowUp', ...steer] : steer
  }

  /** The point of the way that lies `reach` metres from the car, beyond the one it has come to. */
  #ahead(car: Seen, reach: number): Point {
    const distance = (i: number) => Math.hypot((this.#way[i]?.x ?? 0) - car.x, (this.#way[i]?.y ?? 0) - car.y)
    while (this.#at + 1 < this.#way.length && distance(this.#at + 1) <= distance(this.#at)) this.#at += 1
    let ahead = this.#at
    while (ahead + 1 < this.#way.length && distance(ahead) < reach) ahead += 1
    return this.#way[ahead] ?? car
  }
}

/** From the lane under the car on, always into the fastest lane that follows, a point every few metres. */
function layWay({ lanes, ...map }: CityMap, car: Seen): Point[] {
  const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  findLane(openLaneFinder({ ...map, lanes }), car, place)
  const way: Point[] = []
  let metres = 0
  for (let lane = place.lane; lane >= 0 && metres < WAY;) {
    const [first = 0, end = 0] = [lanes.pointStart[lane], lanes.pointStart[lane + 1]]
    for (let i = first; i < end; i += 1) {
      const from = { x: lanes.pointX[i] ?? 0, y: lanes.pointY[i] ?? 0 }
      const last = i + 1 === end ? from : { x: lanes.pointX[i + 1] ?? 0, y: lanes.pointY[i + 1] ?? 0 }
      const pieces = Math.max(1, Math.ceil(Math.hypot(last.x - from.x, last.y - from.y) / 4))
      for (let p = 0; p < pieces; p += 1)
        way.push({ x: from.x + ((last.x - from.x) * p) / pieces, y: from.y + ((last.y - from.y) * p) / pieces })
    }
    metres += lanes.length[lane] ?? 0
    const [begin = 0, stop = 0] = [lanes.successorStart[lane], lanes.successorStart[lane + 1]]
    const following = Array.from({ length: stop - begin }, (_, i) => lanes.successor[begin + i] ?? -1)
    lane = following.toSorted((a, b) => (lanes.limit[b] ?? 0) - (lanes.limit[a] ?? 0))[0] ?? -1
  }
  return way
}
