import { BlendModes, type Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import type { Box } from '../../view/street-lines.ts'
import { tilesIn } from '../../view/street-tiles.ts'
import type { GroundPainter } from '../ground/ground-painter.ts'
import { DEPTH } from './depths.ts'
import { TileStore } from './tile-store.ts'

const TILE = 128
const SCALE = 4
const MOST = 30

/** Lit windows and other small lights of the night, added over the dark; painted only when it is dark. */
export class WindowsLayer {
  readonly #map: CityMap
  readonly #tiles: TileStore

  constructor(scene: Scene, map: CityMap, painter: GroundPainter) {
    this.#map = map
    this.#tiles = new TileStore(scene, painter, { kind: 'glow', depth: DEPTH.windows, blend: BlendModes.ADD, overlap: 0, most: MOST }) // prettier-ignore
  }

  /** @param lamps 0 by day to 1 at night; windows wake later than lamps */
  update(view: Box, zoom: number, lamps: number): void {
    const strength = Math.max(0, (lamps - 0.3) / 0.7)
    const isSeen = strength > 0.1 && zoom > 2
    this.#tiles.begin()
    if (isSeen) for (const tile of tilesIn(view, TILE, this.#map)) this.#tiles.need(tile, SCALE)
    this.#tiles.show(isSeen, strength)
  }
}
