import { Scene } from 'phaser'

import type { ThingRef, XrayNews } from '../../shared/protocol/xray.ts'
import type { CityFeed, DrawnCar, StreetSample } from '../net/feed.ts'
import { eyeFor, eyeOverAll, followEye, type Eye, type EyeScreen } from '../view/street-camera.ts'
import { openDriverWatch } from '../view/street-drivers.ts'
import { openFlashWatch, type Flash, type FlashWatch } from '../view/street-flash.ts'
import type { Box } from '../view/street-lines.ts'
import type { Quality } from '../view/street-quality.ts'
import { openShake } from '../view/street-shake.ts'
import { PLAIN_SKY, skyAt } from '../view/street-sky.ts'
import { isOfInterest, thingAt, thingsOf } from '../view/street-things.ts'
import { WAY_AFTER_MS } from '../view/way.ts'
import { addAtlas } from './atlas/atlas-texture.ts'
import type { AtlasSheet } from './atlas/atlas-sheet.ts'
import type { Planting } from './ground/ground-order.ts'
import type { GroundPainter } from './ground/ground-painter.ts'
import type { GroundState } from './layers/ground-layer.ts'
import { openLayers, type Layers } from './layers/layers.ts'
import { usePlainTint } from './plain-tint.ts'

/** How far from a thing a finger still means it, in CSS pixels. */
const FINGER_PIXELS = 26

export interface StreetOptions {
  readonly isOverview: boolean
  /** Nothing moves but what informs. */
  readonly isStill: boolean
  readonly isXray: boolean
  /** What the things carry in the X-ray, once it has come. */
  readonly news: XrayNews | null
  /** Flat strong colours, no hours, no weather: those are told by the panels. */
  readonly isContrast: boolean
  readonly textScale: number
  readonly quality: Quality
}

export interface StreetWiring {
  readonly feed: CityFeed
  readonly sheet: AtlasSheet
  readonly painter: GroundPainter
  readonly planting: Planting
  readonly options: StreetOptions
  readonly onFlash: (flash: Flash) => void
  /** After every frame: what was drawn, and how long the frame before it took. */
  readonly onFrame: (sample: StreetSample, frameMs: number) => void
}

/** Draws what the feed tells. Holds sprites and no rules. */
export class StreetScene extends Scene {
  readonly #wiring: StreetWiring
  readonly #flashes: FlashWatch
  readonly #shake = openShake()
  readonly #drivers = openDriverWatch()
  #options: StreetOptions
  #layers: Layers | null = null
  #eye: Eye | null = null
  /** How much of the ground in sight has been painted. */
  ground: GroundState = 'none'
  #last: { x: number; y: number } = { x: 0, y: 0 }
  #drawn: StreetSample | null = null

  constructor(wiring: StreetWiring) {
    super('street')
    this.#wiring = wiring
    this.#options = wiring.options
    this.#flashes = openFlashWatch(wiring.feed.map)
  }

  set(options: StreetOptions): void {
    this.#options = options
    this.#layers?.ground.setScale(options.quality.groundScale)
    this.#layers?.setContrast(options.isContrast)
  }

  create(): void {
    const { feed, sheet, painter, planting } = this.#wiring
    if ('renderNodes' in this.renderer) usePlainTint(this.renderer)
    addAtlas(this.textures, sheet)
    this.#layers = openLayers(this, feed.map, {
      sheet,
      painter,
      planting,
      groundScale: this.#options.quality.groundScale,
    })
    this.#layers.setContrast(this.#options.isContrast)
  }

  override update(_time: number, deltaMs: number): void {
    if (!this.#layers) return
    const nowMs = performance.now()
    const sample = this.#wiring.feed.sample(nowMs)
    const view = this.#look(sample.own, deltaMs / 1000)
    this.#draw(this.#layers, { sample, view, nowMs })
    this.#wiring.onFrame(sample, deltaMs)
  }

  #draw(layers: Layers, { sample, view, nowMs }: Frame): void {
    const { own, playMs, serviceMs } = sample
    const { quality, isStill, isXray, isContrast, news, textScale } = this.#options
    const seat = this.#wiring.feed.view()
    const weather = isContrast ? 'clear' : seat.weather
    const sky = isContrast ? PLAIN_SKY : skyAt(serviceMs, weather)
    const cars = own ? [own, ...sample.cars] : sample.cars
    const { zoom } = this.cameras.main
    const ratio = this.#ratio()
    this.ground = layers.ground.update(view, zoom, sky.shadows)
    layers.way.update(playMs < WAY_AFTER_MS ? null : own, seat.car?.objective ?? null)
    layers.cars.hasShadows = quality.carShadows
    layers.cars.isWet = weather === 'rain'
    layers.cars.update(own, sample.cars, { playMs, dark: sky.lamps })
    layers.decks.update()
    layers.tall.update(view, { playMs, called: seat.signals }, zoom)
    const flashes = this.#drawEffects(layers, cars, nowMs)
    layers.moments.update({ seat, own, cars, flashes, nowMs, pixel: ratio / zoom, isStill })
    layers.night.coarseness = quality.lightCoarseness
    layers.night.update(cars, { view, sky, playMs })
    layers.windows.update(view, zoom, quality.windows ? sky.lamps : 0)
    layers.weather.update(view, { weather, own, nowMs, isStill, layers: quality.rainLayers })
    layers.xray.update(view, { seat, own, cars, nowMs, zoom, ratio, textScale, news, isStill }, isXray)
    const drivers = this.#drivers.step(sample.cars, sample.digest)
    layers.signs.update({ view: seat, cars, drivers, zoom, ratio, isMarked: isXray || isContrast })
    this.#drawn = sample
  }

  #drawEffects({ effects }: Layers, cars: readonly DrawnCar[], nowMs: number): readonly Flash[] {
    effects.hasDust = this.#options.quality.dust && !this.#options.isStill
    effects.isStill = this.#options.isStill
    const flashes = this.#flashes.step(cars, nowMs)
    for (const flash of flashes) {
      effects.flash(flash, nowMs)
      this.#wiring.onFlash(flash)
    }
    effects.update(cars, nowMs)
    return flashes
  }

  /** What is drawn under a finger, in CSS pixels; without the X-ray agents and stations only. */
  thingAt(x: number, y: number): ThingRef | null {
    if (this.#drawn === null) return null
    const { feed } = this.#wiring
    const ratio = this.#ratio()
    const at = this.cameras.main.getWorldPoint(x * ratio, y * ratio)
    const { own, cars } = this.#drawn
    const things = thingsOf({ map: feed.map, own, cars, plate: feed.view().car?.plate ?? null })
    const shown = this.#options.isXray ? things : things.filter(isOfInterest)
    return thingAt(shown, at, (FINGER_PIXELS * ratio) / this.cameras.main.zoom)?.ref ?? null
  }

  /** Canvas pixels per CSS pixel. */
  #ratio(): number {
    return Math.min(devicePixelRatio, this.#options.quality.pixelRatio)
  }

  /** Moves the camera. @returns what it sees, in metres */
  #look(own: DrawnCar | null, seconds: number): Box {
    const { width, height } = this.scale
    const ratio = this.#ratio()
    const screen: EyeScreen = { width: width / ratio, height: height / ratio, isStill: this.#options.isStill }
    const wanted = own && !this.#options.isOverview ? eyeFor(own, screen) : eyeOverAll(this.#wiring.feed.map, screen)
    const moved = own ? { x: own.x - this.#last.x, y: own.y - this.#last.y } : { x: 0, y: 0 }
    this.#eye = this.#eye ? followEye(this.#eye, wanted, moved, seconds) : wanted
    if (own) this.#last = { x: own.x, y: own.y }
    const zoom = this.#eye.zoom * ratio
    const off = own && !this.#options.isStill ? this.#shake.step(own, seconds) : { x: 0, y: 0 }
    this.cameras.main.setZoom(zoom).centerOn(this.#eye.x + off.x / this.#eye.zoom, this.#eye.y + off.y / this.#eye.zoom)
    const [halfWidth, halfHeight] = [width / zoom / 2, height / zoom / 2]
    const { x, y } = this.#eye
    return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight }
  }
}

interface Frame {
  readonly sample: StreetSample
  readonly view: Box
  readonly nowMs: number
}
