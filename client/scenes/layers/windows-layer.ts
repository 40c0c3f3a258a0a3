import { BlendModes, type GameObjects, type Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import type { Box } from '../../view/street-lines.ts'
import { tilesIn, tilesToForget, type Tile } from '../../view/street-tiles.ts'
import type { GlowPicture } from '../ground/paint-glow.ts'
import { DEPTH } from './depths.ts'

const TILE = 128
const SCALE = 4
const MOST = 30

/** Lit windows and other small lights of the night, added over the dark; painted only when it is dark. */
export class WindowsLayer {
  readonly #scene: Scene
  readonly #map: CityMap
  readonly #picture: GlowPicture
  readonly #shown = new Map<string, GameObjects.Image>()
  readonly #used = new Map<string, number>()
  #frame = 0

  constructor(scene: Scene, map: CityMap, picture: GlowPicture) {
    this.#scene = scene
    this.#map = map
    this.#picture = picture
  }

  /** @param lamps 0 by day to 1 at night; windows wake later than lamps */
  update(view: Box, zoom: number, lamps: number): void {
    const strength = Math.max(0, (lamps - 0.3) / 0.7)
    this.#frame += 1
    const isSeen = strength > 0.1 && zoom > 2
    for (const image of this.#shown.values()) image.setVisible(isSeen).setAlpha(strength)
    if (!isSeen) return
    let painted = 0
    for (const tile of tilesIn(view, TILE, this.#map)) {
      if (!this.#shown.has(tile.key) && painted < 1) {
        this.#shown.set(tile.key, this.#paint(tile).setAlpha(strength))
        painted += 1
      }
      if (this.#shown.has(tile.key)) this.#used.set(tile.key, this.#frame)
    }
    for (const key of tilesToForget(this.#used, MOST)) {
      if (this.#used.get(key) !== this.#frame) this.#forget(key)
    }
  }

  #paint({ key, box }: Tile): GameObjects.Image {
    const name = `windows ${key}`
    const texture = this.#scene.textures.createCanvas(name, TILE * SCALE, TILE * SCALE)
    if (!texture) throw new Error(`the windows of ${key} were painted twice`)
    this.#picture.paint(texture.context, box)
    texture.refresh()
    return this.#scene.add
      .image(box.left, box.top, name)
      .setOrigin(0)
      .setScale(1 / SCALE)
      .setDepth(DEPTH.windows)
      .setBlendMode(BlendModes.ADD)
  }

  #forget(key: string): void {
    this.#shown.get(key)?.destroy()
    this.#shown.delete(key)
    this.#used.delete(key)
    this.#scene.textures.remove(`windows ${key}`)
  }
}
