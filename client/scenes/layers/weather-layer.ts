import type { GameObjects, Scene } from 'phaser'

import type { Point } from '../../../shared/model/city-map.ts'
import type { Weather } from '../../../shared/model/command.ts'
import { hashAt, type Box } from '../../view/street-lines.ts'
import { DEPTH } from './depths.ts'
import { SpritePool } from './sprite-pool.ts'

const FOG_KEY = 'fog'
const HOLE_KEY = 'fog-hole'
const FOG_PIXELS = 256
const FOG_METRES = 110
const HOLE_METRES = 260
/** Streaks of rain on the whole screen, for each layer; metres a second to the west and to the south; radians of a streak. */
const STREAKS = 110
const RAIN_WIND = -9
const RAIN_FALL = 32
const STREAK_HEADING = Math.atan2(RAIN_FALL, RAIN_WIND)

interface Air {
  readonly weather: Weather
  readonly own: Point | null
  readonly nowMs: number
  readonly isStill: boolean
  /** 1 or 2. */
  readonly layers: number
}

interface Mist {
  readonly fog: GameObjects.TileSprite
  /** The clear air round the own car. */
  readonly hole: GameObjects.Image
}

/** Drawn when the first fog comes. */
function openMist(scene: Scene): Mist {
  drawFog(scene)
  drawHole(scene)
  const fog = scene.add.tileSprite(0, 0, 16, 16, FOG_KEY).setDepth(DEPTH.fog)
  const hole = scene.add.image(0, 0, HOLE_KEY).setDepth(DEPTH.fog).setVisible(false)
  return { fog, hole }
}

/** Rain and fog over the street. They hide distance, never what informs: signals and signs shine through the veil. */
export class WeatherLayer {
  readonly #rain: SpritePool
  readonly #scene: Scene
  #mist: Mist | null = null

  constructor(scene: Scene, scale: number) {
    this.#scene = scene
    this.#rain = new SpritePool(scene, { depth: DEPTH.rain, scale })
  }

  update(view: Box, { weather, own, nowMs, isStill, layers }: Air): void {
    const seconds = isStill ? 0 : nowMs / 1000
    this.#rain.begin()
    if (weather === 'rain') this.#drawRain(view, seconds, layers)
    this.#rain.end()
    this.#mist?.fog.setVisible(weather === 'fog')
    this.#mist?.hole.setVisible(weather === 'fog' && own !== null)
    if (weather !== 'fog') return
    this.#mist ??= openMist(this.#scene)
    const { fog, hole } = this.#mist
    cover(fog, view, FOG_METRES)
    fog.setAlpha(0.55)
    drift(fog, view, { metres: FOG_METRES, x: seconds * 1.6, y: seconds * 0.5 })
    if (own)
      hole
        .setPosition(own.x, own.y)
        .setDisplaySize(HOLE_METRES * 2, HOLE_METRES * 2)
        .setAlpha(0.82)
  }

  /** Streaks that fall over the ground, not over the screen: they drift away as the camera moves. */
  #drawRain(view: Box, seconds: number, layers: number): void {
    const [width, height] = [view.right - view.left + 12, view.bottom - view.top + 12]
    for (let i = 0; i < STREAKS * layers; i += 1) {
      const pace = 0.8 + hashAt(i, 1, 21) * 0.4
      const x = wrap(hashAt(i, 2, 22) * width + seconds * RAIN_WIND * pace, view.left - 6, width)
      const y = wrap(hashAt(i, 3, 23) * height + seconds * RAIN_FALL * pace, view.top - 6, height)
      this.#rain
        .put('streak', x, y)
        .setRotation(STREAK_HEADING)
        .setAlpha(0.35 + hashAt(i, 4, 24) * 0.45)
    }
  }
}

/** Keeps a place within `size` metres from `from`: what leaves on one side comes in on the other. */
const wrap = (place: number, from: number, size: number): number => from + ((((place - from) % size) + size) % size)

/** Lays a sheet over the view; its picture spans `metres`. */
function cover(sheet: GameObjects.TileSprite, view: Box, metres: number): void {
  const [width, height] = [view.right - view.left, view.bottom - view.top]
  sheet.setPosition((view.left + view.right) / 2, (view.top + view.bottom) / 2)
  sheet.setSize(width, height)
  sheet.setTileScale(metres / FOG_PIXELS)
}

/** Keeps the picture still over the ground, moved by x and y metres. */
function drift(
  sheet: GameObjects.TileSprite,
  view: Box,
  by: { readonly metres: number; readonly x: number; readonly y: number },
): void {
  const scale = FOG_PIXELS / by.metres
  sheet.setTilePosition((view.left + by.x) * scale, (view.top + by.y) * scale)
}

function picture(scene: Scene, key: string, size: number): CanvasRenderingContext2D {
  const texture = scene.textures.createCanvas(key, size, size)
  if (!texture) throw new Error(`the texture ${key} was made twice`)
  return texture.context
}

const refresh = (scene: Scene, key: string): void => {
  const texture = scene.textures.get(key)
  if ('refresh' in texture && typeof texture.refresh === 'function') texture.refresh()
}

function drawFog(scene: Scene): void {
  const pen = picture(scene, FOG_KEY, FOG_PIXELS)
  for (let i = 0; i < 26; i += 1) {
    const [x, y] = [hashAt(i, 1, 31) * FOG_PIXELS, hashAt(i, 2, 32) * FOG_PIXELS]
    const radius = 30 + hashAt(i, 3, 33) * 46
    for (const dx of [-FOG_PIXELS, 0, FOG_PIXELS]) for (const dy of [-FOG_PIXELS, 0, FOG_PIXELS]) puff(pen, x + dx, y + dy, radius) // prettier-ignore
  }
  refresh(scene, FOG_KEY)
}

function puff(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  const light = pen.createRadialGradient(x, y, 0, x, y, radius)
  light.addColorStop(0, 'rgba(236,241,244,0.34)')
  light.addColorStop(1, 'rgba(236,241,244,0)')
  pen.fillStyle = light
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2)
}

/** Clear within 35 m of the middle, closed from 95 m on. */
function drawHole(scene: Scene): void {
  const size = 512
  const pen = picture(scene, HOLE_KEY, size)
  const light = pen.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2)
  light.addColorStop(0, 'rgba(230,235,238,0)')
  light.addColorStop(35 / HOLE_METRES, 'rgba(230,235,238,0.05)')
  light.addColorStop(95 / HOLE_METRES, 'rgba(230,235,238,0.9)')
  light.addColorStop(1, 'rgba(230,235,238,0.95)')
  pen.fillStyle = light
  pen.fillRect(0, 0, size, size)
  refresh(scene, HOLE_KEY)
}
