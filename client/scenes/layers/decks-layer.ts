import type { Scene } from 'phaser'

import { outlineOf, type LevelWatch } from '../../view/street-decks.ts'
import { boxOf } from '../../view/street-lines.ts'
import type { GroundKind } from '../ground/ground-order.ts'
import type { GroundPainter } from '../ground/ground-painter.ts'
import { DEPTH } from './depths.ts'
import { TileStore } from './tile-store.ts'

/** Pixels per metre: as fine as the finest ground. */
const SCALE = 12
const MOST = 12

/** The decks of bridges once more, over the cars that pass below them; each is shown only while somebody does. */
export class DecksLayer {
  readonly #levels: LevelWatch
  readonly #decks: TileStore

  constructor(scene: Scene, painter: GroundPainter, levels: LevelWatch) {
    this.#levels = levels
    this.#decks = new TileStore(scene, painter, { kind: 'ground', depth: DEPTH.decks, overlap: 0, most: MOST })
  }

  /** The bridges are painted otherwise from now on. */
  setKind(kind: GroundKind): void {
    this.#decks.setKind(kind)
  }

  /** To be called when all cars have been asked for their level. */
  update(): void {
    this.#decks.begin()
    for (const deck of this.#levels.decks) {
      if (!this.#levels.takeUnder(deck)) continue
      const outline = outlineOf(deck)
      this.#decks.need({ key: `deck ${deck.x}:${deck.y}`, box: boxOf(outline), bridgesWithin: outline }, SCALE)
    }
    this.#decks.show(true)
  }
}
