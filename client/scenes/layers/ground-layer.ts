import type { GameObjects, Scene, Textures } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import { COUNTRY_METRES } from '../../view/street-country.ts'
import type { Box } from '../../view/street-lines.ts'
import { FAR_TILE, NEAR_TILE, tilesIn, tilesToForget, type Tile } from '../../view/street-tiles.ts'
import type { GroundPicture } from '../ground/ground-picture.ts'
import { DEPTH } from './depths.ts'

/** Pixels that neighbouring tiles share, so that no seam shows between them. */
const OVERLAP = 1
const FAR_SCALE = 2
const HORIZON_SCALE = 0.4
const MOST_NEAR = 56
const MOST_FAR = 80
/** Metres around the view that are painted before they are seen. */
const LOOK_AHEAD = 24
/** A tile is started only while this frame has spent less than this. */
const BUDGET_MS = 5

interface Shown {
  readonly image: GameObjects.Image
  readonly texture: Textures.CanvasTexture
}

/** The ground in two scales: far tiles for the whole city, near tiles round the camera, painted when they come near. */
export class GroundLayer {
  readonly #scene: Scene
  readonly #map: CityMap
  #picture: GroundPicture
  readonly #shown = new Map<string, Shown>()
  readonly #near = new Map<string, number>()
  readonly #far = new Map<string, number>()
  #horizon: Shown | null = null
  #nearScale: number
  #frame = 0

  constructor(scene: Scene, map: CityMap, picture: GroundPicture, nearScale: number) {
    this.#scene = scene
    this.#map = map
    this.#picture = picture
    this.#nearScale = nearScale
  }

  /** @param scale ground pixels per metre; what is painted already keeps its own until it is forgotten */
  setScale(scale: number): void {
    this.#nearScale = scale
  }

  /** The city is painted otherwise from now on. */
  setPicture(picture: GroundPicture): void {
    if (picture === this.#picture) return
    this.#picture = picture
    for (const { image, texture } of [...this.#shown.values(), ...(this.#horizon ? [this.#horizon] : [])]) {
      image.destroy()
      this.#scene.textures.remove(texture)
    }
    this.#horizon = null
    for (const known of [this.#shown, this.#near, this.#far]) known.clear()
  }

  /** @param zoom canvas pixels per metre */
  update(view: Box, zoom: number): void {
    this.#frame += 1
    const isFirst = this.#shown.size === 0
    this.#showHorizon(view)
    const start = performance.now()
    const hasTime = () => isFirst || performance.now() - start < BUDGET_MS
    for (const tile of tilesIn(view, FAR_TILE, this.#map)) this.#need(tile, hasTime)
    const isNear = zoom > 3
    for (const key of this.#near.keys()) this.#shown.get(key)?.image.setVisible(isNear)
    if (isNear && !isFirst) {
      const wide = { left: view.left - LOOK_AHEAD, top: view.top - LOOK_AHEAD, right: view.right + LOOK_AHEAD, bottom: view.bottom + LOOK_AHEAD } // prettier-ignore
      for (const tile of tilesIn(wide, NEAR_TILE, this.#map)) this.#need(tile, hasTime)
    }
    this.#showFar(!isNear || !this.#isComplete(view, zoom))
    this.#forget()
  }

  /** Beyond the tiles one coarse picture shows the country up to the edge of the world. */
  #showHorizon({ left, top, right, bottom }: Box): void {
    const { width, height } = this.#map
    const isSeen = left < -FAR_TILE || top < -FAR_TILE || right > width + FAR_TILE || bottom > height + FAR_TILE
    if (isSeen && !this.#horizon) {
      const box = { left: -COUNTRY_METRES, top: -COUNTRY_METRES, right: width + COUNTRY_METRES, bottom: height + COUNTRY_METRES } // prettier-ignore
      this.#horizon = this.#paintBox('horizon', box, { scale: HORIZON_SCALE, depth: DEPTH.horizon })
    }
    this.#horizon?.image.setVisible(isSeen)
  }

  /** Far tiles lie under near ones: once those cover the view, painting both would cost double for nothing. */
  #showFar(isShown: boolean): void {
    for (const key of this.#far.keys()) this.#shown.get(key)?.image.setVisible(isShown)
  }

  /** Whether everything in sight has been painted as finely as it is going to be. */
  #isComplete(view: Box, zoom: number): boolean {
    const tiles = tilesIn(view, zoom > 3 ? NEAR_TILE : FAR_TILE, this.#map)
    return tiles.every(({ key }) => this.#shown.has(key))
  }

  #need(tile: Tile, hasTime: () => boolean): void {
    const used = tile.size === NEAR_TILE ? this.#near : this.#far
    if (!this.#shown.has(tile.key)) {
      if (!hasTime()) return
      this.#shown.set(tile.key, this.#paint(tile))
    }
    used.set(tile.key, this.#frame)
  }

  #paint({ key, box, size }: Tile): Shown {
    const isNear = size === NEAR_TILE
    const [scale, depth] = isNear ? [this.#nearScale, DEPTH.ground] : [FAR_SCALE, DEPTH.farGround]
    return this.#paintBox(key, box, { scale, depth })
  }

  #paintBox(key: string, box: Box, { scale, depth }: { readonly scale: number; readonly depth: number }): Shown {
    const pixels = (metres: number) => Math.ceil(metres * scale) + 2 * OVERLAP
    const margin = OVERLAP / scale
    const texture = this.#scene.textures.createCanvas(key, pixels(box.right - box.left), pixels(box.bottom - box.top))
    if (!texture) throw new Error(`the ground's tile ${key} was painted twice`)
    this.#picture.paint(texture.context, {
      left: box.left - margin,
      top: box.top - margin,
      right: box.right + margin,
      bottom: box.bottom + margin,
    })
    texture.refresh()
    const image = this.#scene.add
      .image(box.left - margin, box.top - margin, key)
      .setOrigin(0)
      .setScale(1 / scale)
      .setDepth(depth)
    return { image, texture }
  }

  #forget(): void {
    for (const [used, most] of [[this.#near, MOST_NEAR], [this.#far, MOST_FAR]] as const) {
      for (const key of tilesToForget(used, most)) {
        if (used.get(key) === this.#frame) continue
        used.delete(key)
        this.#shown.get(key)?.image.destroy()
        this.#shown.delete(key)
        this.#scene.textures.remove(key)
      }
    } // prettier-ignore
  }
}
