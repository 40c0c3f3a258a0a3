import { BlendModes, type Scene } from 'phaser'

import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { LAMP_PLACES } from '../../view/street-car.ts'
import type { Flash } from '../../view/street-flash.ts'
import { DEPTH } from './depths.ts'
import { SpritePool } from './sprite-pool.ts'

const MOST_SKIDS = 180
const MOST_PUFFS = 28
const SKID_MS = 14_000
const SKID_EVERY_METRES = 0.9
const PUFF_MS = 900
/** A flash is over before the next may follow; with reduced motion it is a soft light that fades. */
const FLASH_MS = 340
const SOFT_MS = 380

interface Mark {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly atMs: number
}

/** What happens and fades: rubber on the asphalt, smoke, the light of a camera. All lists are bounded. */
export class EffectsLayer {
  readonly #scale: number
  readonly #skidPool: SpritePool
  readonly #puffPool: SpritePool
  readonly #flashPool: SpritePool
  readonly #lastSkid = new Map<number, { x: number; y: number }>()
  #skids: Mark[] = []
  #puffs: Mark[] = []
  #flashes: (Flash & { readonly atMs: number })[] = []
  hasDust = true
  isStill = false

  constructor(scene: Scene, scale: number) {
    this.#scale = scale
    this.#skidPool = new SpritePool(scene, { depth: DEPTH.skids, scale })
    this.#puffPool = new SpritePool(scene, { depth: DEPTH.dust, scale })
    this.#flashPool = new SpritePool(scene, { depth: DEPTH.glows, scale, blend: BlendModes.ADD })
  }

  flash(flash: Flash, nowMs: number): void {
    this.#flashes.push({ ...flash, atMs: nowMs })
  }

  update(cars: readonly DrawnCar[], nowMs: number): void {
    for (const car of cars) if (car.flags & VEHICLE_FLAG.slipping) this.#skid(car, nowMs)
    this.#skids = this.#skids.filter(({ atMs }) => nowMs - atMs < SKID_MS).slice(-MOST_SKIDS)
    this.#puffs = this.#puffs.filter(({ atMs }) => nowMs - atMs < PUFF_MS).slice(-MOST_PUFFS)
    this.#flashes = this.#flashes.filter(({ atMs }) => nowMs - atMs < (this.isStill ? SOFT_MS : FLASH_MS))
    this.#drawGround(nowMs)
    this.#drawFlashes(nowMs)
  }

  #skid(car: DrawnCar, nowMs: number): void {
    const last = this.#lastSkid.get(car.id)
    if (last && Math.hypot(car.x - last.x, car.y - last.y) < SKID_EVERY_METRES) return
    this.#lastSkid.set(car.id, { x: car.x, y: car.y })
    const { x, y } = LAMP_PLACES[car.kind]
    const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)]
    for (const side of [-y, y]) {
      const mark = {
        x: car.x - cos * x * 0.7 - sin * side,
        y: car.y - sin * x * 0.7 + cos * side,
        heading: car.heading,
        atMs: nowMs,
      }
      this.#skids.push(mark)
      if (this.hasDust) this.#puffs.push(mark)
    }
  }

  #drawGround(nowMs: number): void {
    this.#skidPool.begin()
    for (const { x, y, heading, atMs } of this.#skids) {
      this.#skidPool.put('skid', x, y).setRotation(heading).setAlpha(0.42 * (1 - (nowMs - atMs) / SKID_MS)).setScale(this.#scale, this.#scale * 0.6) // prettier-ignore
    }
    this.#skidPool.end()
    this.#puffPool.begin()
    for (const { x, y, atMs } of this.#puffs) {
      const age = (nowMs - atMs) / PUFF_MS
      this.#puffPool.put('puff', x + age * 0.8, y - age * 0.8).setAlpha(0.4 * (1 - age)).setScale(this.#scale * (0.5 + age)) // prettier-ignore
    }
    this.#puffPool.end()
  }

  #drawFlashes(nowMs: number): void {
    this.#flashPool.begin()
    for (const { x, y, car, atMs } of this.#flashes) {
      const rest = 1 - (nowMs - atMs) / (this.isStill ? SOFT_MS : FLASH_MS)
      const strength = this.isStill ? 0.4 * rest : rest
      if (!this.isStill) this.#flashPool.put('flash', x, y).setAlpha(rest).setScale(this.#scale * (1.6 - 0.5 * rest)) // prettier-ignore
      this.#flashPool
        .put('glow', x, y)
        .setAlpha(0.9 * strength)
        .setScale(this.#scale * 2.4)
      this.#flashPool
        .put('glow', car.x, car.y)
        .setAlpha(0.8 * strength)
        .setScale(this.#scale * 1.8)
    }
    this.#flashPool.end()
  }
}
