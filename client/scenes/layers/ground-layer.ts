import type { Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import { COUNTRY_METRES } from '../../view/street-country.ts'
import type { Box } from '../../view/street-lines.ts'
import { FAR_TILE, NEAR_TILE, tilesIn } from '../../view/street-tiles.ts'
import type { GroundKind } from '../ground/ground-order.ts'
import type { GroundPainter } from '../ground/ground-painter.ts'
import { DEPTH } from './depths.ts'
import { TileStore } from './tile-store.ts'

/** Pixels that neighbouring tiles share, so that no seam shows between them. */
const OVERLAP = 1
const FAR_SCALE = 2
const HORIZON_SCALE = 0.4
const MOST_NEAR = 32
const MOST_FAR = 24
/** Metres around the view that are painted before they are seen. */
const LOOK_AHEAD = 24
/** Canvas pixels per metre from which near tiles are worth it. */
const NEAR_ZOOM = 3

/** Below this the whole city is in sight, and its many tiles take their time. */
const WIDE_ZOOM = 1

/** How much of the ground in sight is there: not all of it, all of it coarsely, all as finely as it is going to be. */
export type GroundState = 'none' | 'coarse' | 'fine'

interface GroundLook {
  /** Pixels per metre. */
  readonly scale: number
  /** Of pictures without holes. */
  readonly blend: number
}

/** The ground in two scales: far tiles for the whole city, near tiles round the camera, painted when they come near. */
export class GroundLayer {
  readonly #map: CityMap
  readonly #near: TileStore
  readonly #far: TileStore
  readonly #horizon: TileStore
  #nearScale: number

  constructor(scene: Scene, map: CityMap, painter: GroundPainter, { scale, blend }: GroundLook) {
    this.#map = map
    this.#nearScale = scale
    const look = { kind: 'ground', overlap: OVERLAP, blend } as const
    this.#horizon = new TileStore(scene, painter, { ...look, depth: DEPTH.horizon, most: 1 })
    this.#far = new TileStore(scene, painter, { ...look, depth: DEPTH.farGround, most: MOST_FAR })
    this.#near = new TileStore(scene, painter, { ...look, depth: DEPTH.ground, most: MOST_NEAR })
  }

  /** @param scale ground pixels per metre; what is painted already keeps its own until it is forgotten */
  setScale(scale: number): void {
    this.#nearScale = scale
  }

  /** The city is painted otherwise from now on. */
  setKind(kind: GroundKind): void {
    for (const store of [this.#horizon, this.#far, this.#near]) store.setKind(kind)
  }

  /**
   * @param zoom canvas pixels per metre
   * @param shadows how dark they are at this hour, 0 to 1
   */
  update(view: Box, zoom: number, shadows: number): GroundState {
    for (const store of [this.#horizon, this.#far, this.#near]) {
      store.setShadows(shadows)
      store.begin()
    }
    const isHorizonThere = this.#needHorizon(view, zoom)
    const isFarThere = this.#needAll(this.#far, view, FAR_TILE, FAR_SCALE)
    const isNear = zoom > NEAR_ZOOM
    const isNearThere = isNear && this.#needNear(view, isFarThere)
    const isFresh = isNear ? this.#near.isFresh : this.#far.isFresh
    this.#near.show(isNear)
    // Far tiles lie under near ones: once those cover the view, painting both would cost double for nothing.
    this.#far.show(!isNearThere)
    if (isFresh && (isNearThere || (!isNear && isFarThere))) return 'fine'
    return isFarThere || isHorizonThere ? 'coarse' : 'none'
  }

  /** Beyond the tiles, and before they come, one coarse picture shows the country up to the edge of the world. */
  #needHorizon({ left, top, right, bottom }: Box, zoom: number): boolean {
    const { width, height } = this.#map
    const isBeyond = left < -FAR_TILE || top < -FAR_TILE || right > width + FAR_TILE || bottom > height + FAR_TILE
    const box = { left: -COUNTRY_METRES, top: -COUNTRY_METRES, right: width + COUNTRY_METRES, bottom: height + COUNTRY_METRES } // prettier-ignore
    const isSeen = isBeyond || zoom < WIDE_ZOOM
    const isThere = isSeen && this.#horizon.need({ key: 'horizon', box }, HORIZON_SCALE)
    this.#horizon.show(isSeen)
    return isThere
  }

  /** First what is in sight, then what soon will be; until there is a coarse picture of it, only what is there already. */
  #needNear(view: Box, mayPaint: boolean): boolean {
    if (!mayPaint) {
      const kept = tilesIn(view, NEAR_TILE, this.#map).map((tile) => this.#near.keep(tile))
      return kept.every(Boolean)
    }
    const isThere = this.#needAll(this.#near, view, NEAR_TILE, this.#nearScale)
    const { left, top, right, bottom } = view
    const wide = { left: left - LOOK_AHEAD, top: top - LOOK_AHEAD, right: right + LOOK_AHEAD, bottom: bottom + LOOK_AHEAD } // prettier-ignore
    for (const tile of tilesIn(wide, NEAR_TILE, this.#map)) this.#near.expect(tile, this.#nearScale)
    for (const tile of tilesIn(wide, FAR_TILE, this.#map)) this.#far.expect(tile, FAR_SCALE)
    return isThere
  }

  #needAll(store: TileStore, view: Box, size: number, scale: number): boolean {
    const there = tilesIn(view, size, this.#map).map((tile) => store.need(tile, scale))
    return there.every(Boolean)
  }
}
