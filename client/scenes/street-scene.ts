import { Scene } from 'phaser'

import type { CityFeed, DrawnCar } from '../net/feed.ts'
import { eyeFor, eyeOverAll, followEye, type Eye, type EyeScreen } from '../view/street-camera.ts'
import { lampPostsOf } from '../view/street-lamps.ts'
import type { Box } from '../view/street-lines.ts'
import type { Quality } from '../view/street-quality.ts'
import { skyAt } from '../view/street-sky.ts'
import { addAtlas } from './atlas/atlas-texture.ts'
import type { AtlasSheet } from './atlas/atlas-sheet.ts'
import { openGroundPicture } from './ground/ground-picture.ts'
import { openGlowPicture } from './ground/paint-glow.ts'
import { CarsLayer } from './layers/cars-layer.ts'
import { GroundLayer } from './layers/ground-layer.ts'
import { NightLayer } from './layers/night-layer.ts'
import { TallLayer } from './layers/tall-layer.ts'
import { WindowsLayer } from './layers/windows-layer.ts'

export interface StreetOptions {
  readonly sheet: AtlasSheet
  readonly quality: Quality
  readonly isOverview: boolean
  readonly isStill: boolean
}

interface Layers {
  readonly ground: GroundLayer
  readonly cars: CarsLayer
  readonly tall: TallLayer
  readonly night: NightLayer
  readonly windows: WindowsLayer
}

/** Draws what the feed tells. Holds sprites and no rules. */
export class StreetScene extends Scene {
  readonly #feed: CityFeed
  readonly #options: StreetOptions
  #layers: Layers | null = null
  #eye: Eye | null = null
  #last: { x: number; y: number } = { x: 0, y: 0 }

  constructor(feed: CityFeed, options: StreetOptions) {
    super('street')
    this.#feed = feed
    this.#options = options
  }

  create(): void {
    const { sheet, quality } = this.#options
    const { map } = this.#feed
    addAtlas(this.textures, sheet)
    const lamps = lampPostsOf(map)
    const posts = { scale: 1 / sheet.scale, lamps }
    this.#layers = {
      ground: new GroundLayer(this, map, openGroundPicture(map, sheet), quality.groundScale),
      cars: new CarsLayer(this, posts.scale),
      tall: new TallLayer(this, map, posts),
      night: new NightLayer(this, map, posts),
      windows: new WindowsLayer(this, map, openGlowPicture(map, lamps)),
    }
  }

  override update(_time: number, deltaMs: number): void {
    if (!this.#layers) return
    const sample = this.#feed.sample(performance.now())
    const view = this.#look(sample.own, deltaMs / 1000)
    const sky = skyAt(sample.serviceMs, this.#feed.view().weather)
    const everyone = sample.own ? [sample.own, ...sample.cars] : sample.cars
    const zoom = this.cameras.main.zoom
    this.#layers.ground.update(view, zoom)
    this.#layers.cars.update(sample.own, sample.cars, { playMs: sample.playMs, dark: sky.lamps })
    this.#layers.tall.update(view, sample.playMs, zoom)
    this.#layers.night.update(everyone, { view, sky, playMs: sample.playMs })
    this.#layers.windows.update(view, zoom, sky.lamps)
  }

  /** Moves the camera. @returns what it sees, in metres */
  #look(own: DrawnCar | null, seconds: number): Box {
    const { width, height } = this.scale
    const ratio = width / Math.max(1, this.scale.displaySize.width)
    const screen: EyeScreen = { width: width / ratio, height: height / ratio, isStill: this.#options.isStill }
    const wanted = own && !this.#options.isOverview ? eyeFor(own, screen) : eyeOverAll(this.#feed.map, screen)
    const moved = own ? { x: own.x - this.#last.x, y: own.y - this.#last.y } : { x: 0, y: 0 }
    this.#eye = this.#eye ? followEye(this.#eye, wanted, moved, seconds) : wanted
    if (own) this.#last = { x: own.x, y: own.y }
    const zoom = this.#eye.zoom * ratio
    this.cameras.main.setZoom(zoom).centerOn(this.#eye.x, this.#eye.y)
    const [halfWidth, halfHeight] = [width / zoom / 2, height / zoom / 2]
    const { x, y } = this.#eye
    return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight }
  }
}
