import { BlendModes, GameObjects, type Scene, type Textures } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { LAMP_PLACES, lampsOf } from '../../view/street-car.ts'
import type { LampPost } from '../../view/street-lamps.ts'
import type { Box } from '../../view/street-lines.ts'
import { toTint } from '../../view/street-palette.ts'
import type { Sky } from '../../view/street-sky.ts'
import { ATLAS_KEY } from '../atlas/atlas-texture.ts'
import { DEPTH } from './depths.ts'

const BUFFER_KEY = 'night'
const LAMP_POOL_METRES = 21
const CONE_METRES = 30
const LAMP_LIGHT = 0xffd89a
const HEAD_LIGHT = 0xfff0cc

interface Moment {
  readonly view: Box
  readonly sky: Sky
  readonly playMs: number
}

interface Dark {
  readonly buffer: Textures.DynamicTexture
  readonly sheet: GameObjects.Image
}

function openDark(scene: Scene): Dark {
  const buffer = scene.textures.addDynamicTexture(BUFFER_KEY, 16, 16)
  if (!buffer) throw new Error('the night was added twice')
  const sheet = scene.add.image(0, 0, BUFFER_KEY).setDepth(DEPTH.night).setBlendMode(BlendModes.MULTIPLY)
  return { buffer, sheet }
}

/**
 * The dark, and what lifts it: a coarse picture holds the sky's colour with the light of lamps and headlights added,
 * and everything below is multiplied by it.
 */
export class NightLayer {
  readonly #scene: Scene
  readonly #map: CityMap
  readonly #lamps: readonly LampPost[]
  readonly #scale: number
  #dark: Dark | null = null
  /** Canvas pixels along a pixel of the light: it is soft, so few are enough. */
  coarseness = 4
  readonly #lights: GameObjects.Image[] = []
  #count = 0

  constructor(
    scene: Scene,
    map: CityMap,
    { scale, lamps }: { readonly scale: number; readonly lamps: readonly LampPost[] },
  ) {
    this.#scene = scene
    this.#map = map
    this.#lamps = lamps
    this.#scale = scale
  }

  update(cars: readonly DrawnCar[], moment: Moment): void {
    const { view, sky } = moment
    const isDark = sky.multiply !== '#ffffff'
    this.#dark?.sheet.setVisible(isDark)
    if (!isDark) return
    // Made when it first gets dark: a buffer costs time and memory that a lesson by day does not need.
    this.#dark ??= openDark(this.#scene)
    this.#fit(this.#dark, view)
    this.#count = 0
    if (sky.lamps > 0.05) this.#shine(cars, moment)
    const { buffer } = this.#dark
    const { camera, width, height } = buffer
    camera
      .setZoom(width / (view.right - view.left))
      .centerOn((view.left + view.right) / 2, (view.top + view.bottom) / 2)
    buffer.fill(toTint(sky.multiply), 1, 0, 0, width, height)
    buffer.draw(this.#lights.slice(0, this.#count))
    buffer.render()
  }

  #fit({ buffer, sheet }: Dark, view: Box): void {
    const { width, height } = this.#scene.scale
    const [w, h] = [Math.ceil(width / this.coarseness), Math.ceil(height / this.coarseness)]
    if (buffer.width !== w || buffer.height !== h) buffer.setSize(w, h)
    sheet.setTexture(BUFFER_KEY).setPosition((view.left + view.right) / 2, (view.top + view.bottom) / 2)
    sheet.setDisplaySize(view.right - view.left, view.bottom - view.top)
  }

  #shine(cars: readonly DrawnCar[], { view, sky, playMs }: Moment): void {
    const sees = (x: number, y: number, reach: number) =>
      x > view.left - reach && x < view.right + reach && y > view.top - reach && y < view.bottom + reach
    for (const { head } of this.#lamps) {
      const { x, y } = head
      if (sees(x, y, LAMP_POOL_METRES))
        this.#put('pool', x, y, LAMP_LIGHT)
          .setScale(this.#size(LAMP_POOL_METRES))
          .setAlpha(0.8 * sky.lamps * sky.lamps)
    }
    for (const { x, y } of this.#map.stations) {
      if (sees(x, y, 40))
        this.#put('pool', x, y, LAMP_LIGHT)
          .setScale(this.#size(56))
          .setAlpha(0.6 * sky.lamps * sky.lamps)
    }
    for (const car of cars) if (sees(car.x, car.y, CONE_METRES)) this.#shineCar(car, playMs, sky.lamps * sky.lamps)
  }

  #shineCar(car: DrawnCar, playMs: number, strength: number): void {
    const lamps = lampsOf(car.flags, playMs)
    const { x } = LAMP_PLACES[car.kind]
    const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)]
    const alpha = strength * car.alpha
    if (car.kind === 'drone') {
      this.#put('pool', car.x, car.y, HEAD_LIGHT)
        .setScale(this.#size(12))
        .setAlpha(0.6 * alpha)
      return
    }
    this.#put('pool', car.x, car.y, HEAD_LIGHT)
      .setScale(this.#size(9))
      .setAlpha(0.3 * alpha)
    if (lamps.head) {
      this.#put('cone', car.x + cos * x * 0.9, car.y + sin * x * 0.9, HEAD_LIGHT)
        .setOrigin(0.02, 0.5)
        .setRotation(car.heading)
        .setScale(this.#scale * (CONE_METRES / 12.8))
        .setAlpha(alpha)
    }
    if (lamps.brake) this.#put('pool', car.x - cos * (x + 1), car.y - sin * (x + 1), 0xff3b44).setScale(this.#size(8)).setAlpha(0.4 * alpha) // prettier-ignore
    if (lamps.siren !== 0) this.#put('pool', car.x, car.y, lamps.siren > 0 ? 0x7fa6ff : 0x4f8bff).setScale(this.#size(17)).setAlpha(0.38 * alpha) // prettier-ignore
  }

  /** The scale at which a round light has this diameter. */
  #size(metres: number): number {
    return this.#scale * (metres / 6.4)
  }

  #put(name: string, x: number, y: number, tint: number): GameObjects.Image {
    const known = this.#lights[this.#count]
    const image = known ?? new GameObjects.Image(this.#scene, 0, 0, ATLAS_KEY, name).setBlendMode(BlendModes.ADD)
    if (!known) this.#lights.push(image)
    this.#count += 1
    return image.setFrame(name).setOrigin(0.5).setPosition(x, y).setRotation(0).setTint(tint)
  }
}
