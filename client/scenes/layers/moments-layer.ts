import type { Scene } from 'phaser'

import type { SeatView } from '../../../shared/protocol/view.ts'
import type { DrawnCar } from '../../net/feed.ts'
import type { Flash } from '../../view/street-flash.ts'
import {
  comingUnit,
  LINKS,
  openChain,
  PHOTO_MS,
  photoFrame,
  popOf,
  stepChain,
  type ChainTrack,
  type FineChain,
  type Photo,
} from '../../view/street-moments.ts'
import { DEPTH } from './depths.ts'
import { LabelPool } from './label-pool.ts'
import { SpritePool } from './sprite-pool.ts'

/** All in CSS pixels: what tells of a moment has one size whatever the zoom. */
const FRAME = 74
const SPEED_BELOW = -66
const LINK = 26
const LINK_STEP = 33
const CHAIN_ABOVE = 64
const NEEDLE_AWAY = 48
/** A unit this near, in metres, needs no needle. */
const IN_SIGHT = 30
const DIM = 0.38
const ICONS = { watch: 'icon-camera', bridge: 'icon-command', lambda: 'icon-response', mail: 'icon-mail' } as const

interface Instant {
  readonly seat: SeatView
  readonly own: DrawnCar | null
  readonly cars: readonly DrawnCar[]
  readonly flashes: readonly Flash[]
  readonly nowMs: number
  /** Metres per CSS pixel. */
  readonly pixel: number
  readonly isStill: boolean
}

/** The key moment without a word: the photo and its speed, then the eye, the dish, the bolt and the letter, one after the other. */
export class MomentsLayer {
  readonly #pool: SpritePool
  readonly #labels: LabelPool
  #photos: Photo[] = []
  #track: ChainTrack | null = null

  constructor(scene: Scene, scale: number) {
    this.#pool = new SpritePool(scene, { depth: DEPTH.xray, scale })
    this.#labels = new LabelPool(scene, DEPTH.xrayText)
  }

  update(instant: Instant): void {
    const { seat, own, flashes, nowMs } = instant
    this.#remember(flashes, nowMs)
    const { feed, inbox } = seat
    this.#track ??= openChain({ feed, letters: inbox.length })
    const isFlashed = own !== null && flashes.some(({ carId }) => carId === own.id)
    this.#track = stepChain(this.#track, { feed, letters: inbox.length, plate: seat.car?.plate ?? null, isFlashed, nowMs }) // prettier-ignore
    this.#pool.begin()
    this.#labels.begin()
    for (const photo of this.#photos) this.#drawPhoto(photo, instant)
    if (own && this.#track.chain) this.#drawChain(own, this.#track.chain, instant)
    this.#pool.end()
    this.#labels.end()
  }

  #remember(flashes: readonly Flash[], nowMs: number): void {
    this.#photos = this.#photos.filter(({ atMs }) => nowMs - atMs < PHOTO_MS)
    for (const { carId, kmh } of flashes) this.#photos.push({ carId, kmh, atMs: nowMs })
  }

  #drawPhoto(photo: Photo, { own, cars, nowMs, pixel, isStill }: Instant): void {
    const car = own?.id === photo.carId ? own : cars.find(({ id }) => id === photo.carId)
    if (!car) return
    const { size, alpha } = photoFrame(photo, nowMs, isStill)
    this.#put('viewfinder', car.x, car.y, FRAME * size * pixel).setAlpha(alpha)
    if (alpha > 0.5) this.#labels.put(String(photo.kmh), car.x, car.y + SPEED_BELOW * pixel).show({ colour: '#ffd0df', pixel: pixel * 1.5 }) // prettier-ignore
  }

  #drawChain(own: DrawnCar, { startMs, lit }: FineChain, { cars, nowMs, pixel, isStill }: Instant): void {
    // The photo has the place above the car first.
    if (nowMs - startMs < PHOTO_MS - 150) return
    const y = own.y - CHAIN_ABOVE * pixel
    for (const [i, link] of LINKS.entries()) {
      const x = own.x + (i - (LINKS.length - 1) / 2) * LINK_STEP * pixel
      const litMs = lit[link]
      const pop = litMs === undefined ? 1 : popOf(litMs, nowMs, isStill)
      this.#put(ICONS[link], x, y, LINK * pop * pixel).setAlpha(litMs === undefined ? DIM : 1)
    }
    const unit = lit.mail === undefined && lit.lambda !== undefined ? comingUnit(own, cars) : null
    if (!unit || Math.hypot(unit.x - own.x, unit.y - own.y) < IN_SIGHT) return
    const heading = Math.atan2(unit.y - own.y, unit.x - own.x)
    const away = NEEDLE_AWAY * pixel
    this.#put('needle', own.x + Math.cos(heading) * away, own.y + Math.sin(heading) * away, 22 * pixel).setRotation(heading) // prettier-ignore
  }

  /** @param metres across; the sprites are squares */
  #put(name: string, x: number, y: number, metres: number) {
    const sprite = this.#pool.put(name, x, y)
    return sprite.setScale(metres / sprite.frame.width)
  }
}
