import type { GameObjects, Scene } from 'phaser'

import type { Point } from '../../../shared/model/city-map.ts'
import type { Weather } from '../../../shared/model/command.ts'
import { hashAt, type Box } from '../../view/street-lines.ts'
import { DEPTH } from './depths.ts'

const RAIN_KEY = 'rain'
const FOG_KEY = 'fog'
const HOLE_KEY = 'fog-hole'
const RAIN_PIXELS = 256
/** The rain's picture spans this many metres. */
const RAIN_METRES = 34
const FOG_METRES = 110
const HOLE_METRES = 260

interface Air {
  readonly weather: Weather
  readonly own: Point | null
  readonly nowMs: number
  readonly isStill: boolean
  /** 1 or 2. */
  readonly layers: number
}

/** Rain and fog over the street. They hide distance, never what informs: signals and signs shine through the veil. */
export class WeatherLayer {
  readonly #rain: readonly GameObjects.TileSprite[]
  readonly #fog: GameObjects.TileSprite
  readonly #hole: GameObjects.Image

  constructor(scene: Scene) {
    drawRain(scene)
    drawFog(scene)
    drawHole(scene)
    const tile = (key: string, depth: number) =>
      scene.add.tileSprite(0, 0, 16, 16, key).setDepth(depth).setVisible(false)
    this.#rain = [tile(RAIN_KEY, DEPTH.rain), tile(RAIN_KEY, DEPTH.rain)]
    this.#fog = tile(FOG_KEY, DEPTH.fog)
    this.#hole = scene.add.image(0, 0, HOLE_KEY).setDepth(DEPTH.fog).setVisible(false)
  }

  update(view: Box, { weather, own, nowMs, isStill, layers }: Air): void {
    const seconds = isStill ? 0 : nowMs / 1000
    for (const [i, sheet] of this.#rain.entries()) {
      sheet.setVisible(weather === 'rain' && i < layers)
      if (!sheet.visible) continue
      const metres = RAIN_METRES * (1 + i * 0.7)
      cover(sheet, view, metres)
      sheet.setAlpha(isStill ? 0.22 : 0.5 - i * 0.16)
      drift(sheet, view, { metres, x: seconds * (9 - i * 3), y: -seconds * (34 - i * 11) })
    }
    this.#fog.setVisible(weather === 'fog')
    this.#hole.setVisible(weather === 'fog' && own !== null)
    if (weather !== 'fog') return
    cover(this.#fog, view, FOG_METRES)
    this.#fog.setAlpha(0.55)
    drift(this.#fog, view, { metres: FOG_METRES, x: seconds * 1.6, y: seconds * 0.5 })
    if (own)
      this.#hole
        .setPosition(own.x, own.y)
        .setDisplaySize(HOLE_METRES * 2, HOLE_METRES * 2)
        .setAlpha(0.82)
  }
}

/** Lays a sheet over the view; its picture spans `metres`. */
function cover(sheet: GameObjects.TileSprite, view: Box, metres: number): void {
  const [width, height] = [view.right - view.left, view.bottom - view.top]
  sheet.setPosition((view.left + view.right) / 2, (view.top + view.bottom) / 2)
  sheet.setSize(width, height)
  sheet.setTileScale(metres / RAIN_PIXELS)
}

/** Keeps the picture still over the ground, moved by x and y metres. */
function drift(
  sheet: GameObjects.TileSprite,
  view: Box,
  by: { readonly metres: number; readonly x: number; readonly y: number },
): void {
  const scale = RAIN_PIXELS / by.metres
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

function drawRain(scene: Scene): void {
  const pen = picture(scene, RAIN_KEY, RAIN_PIXELS)
  pen.lineCap = 'round'
  for (let i = 0; i < 46; i += 1) {
    const [x, y] = [hashAt(i, 1, 21) * RAIN_PIXELS, hashAt(i, 2, 22) * RAIN_PIXELS]
    const length = 16 + hashAt(i, 3, 23) * 20
    pen.strokeStyle = `rgba(226,238,250,${0.35 + hashAt(i, 4, 24) * 0.5})`
    pen.lineWidth = 1.1
    for (const [dx, dy] of [[0, 0], [RAIN_PIXELS, 0], [0, -RAIN_PIXELS], [RAIN_PIXELS, -RAIN_PIXELS]] as const) {
      pen.beginPath()
      pen.moveTo(x + dx, y + dy)
      pen.lineTo(x + dx - length * 0.28, y + dy + length)
      pen.stroke()
    } // prettier-ignore
  }
  refresh(scene, RAIN_KEY)
}

function drawFog(scene: Scene): void {
  const pen = picture(scene, FOG_KEY, RAIN_PIXELS)
  for (let i = 0; i < 26; i += 1) {
    const [x, y] = [hashAt(i, 1, 31) * RAIN_PIXELS, hashAt(i, 2, 32) * RAIN_PIXELS]
    const radius = 30 + hashAt(i, 3, 33) * 46
    for (const dx of [-RAIN_PIXELS, 0, RAIN_PIXELS]) for (const dy of [-RAIN_PIXELS, 0, RAIN_PIXELS]) puff(pen, x + dx, y + dy, radius) // prettier-ignore
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
