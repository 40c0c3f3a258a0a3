import type { GameObjects, Scene } from 'phaser'

import { outlineOf, type Deck, type LevelWatch } from '../../view/street-decks.ts'
import { boxOf } from '../../view/street-lines.ts'
import type { GroundPicture } from '../ground/ground-picture.ts'
import { DEPTH } from './depths.ts'

/** Pixels per metre: as fine as the finest ground. */
const SCALE = 12

/** The decks of bridges once more, over the cars that pass below them; each is shown only while somebody does. */
export class DecksLayer {
  readonly #scene: Scene
  readonly #levels: LevelWatch
  readonly #shown = new Map<Deck, GameObjects.Image>()
  #picture: GroundPicture

  constructor(scene: Scene, picture: GroundPicture, levels: LevelWatch) {
    this.#scene = scene
    this.#picture = picture
    this.#levels = levels
  }

  /** The bridges are painted otherwise from now on. */
  setPicture(picture: GroundPicture): void {
    if (picture === this.#picture) return
    this.#picture = picture
    for (const [deck, image] of this.#shown) {
      image.destroy()
      this.#scene.textures.remove(keyOf(deck))
    }
    this.#shown.clear()
  }

  /** To be called when all cars have been asked for their level. */
  update(): void {
    for (const deck of this.#levels.decks) {
      const isNeeded = this.#levels.takeUnder(deck)
      const known = this.#shown.get(deck)
      if (known) known.setVisible(isNeeded)
      else if (isNeeded) this.#shown.set(deck, this.#paint(deck))
    }
  }

  #paint(deck: Deck): GameObjects.Image {
    const outline = outlineOf(deck)
    const box = boxOf(outline)
    const size = Math.ceil(Math.max(box.right - box.left, box.bottom - box.top)) * SCALE
    const texture = this.#scene.textures.createCanvas(keyOf(deck), size, size)
    if (!texture) throw new Error(`the deck at ${keyOf(deck)} was painted twice`)
    const side = size / SCALE
    this.#picture.paintBridges(texture.context, { ...box, right: box.left + side, bottom: box.top + side }, outline)
    texture.refresh()
    const image = this.#scene.add.image(box.left, box.top, keyOf(deck))
    return image.setOrigin(0).setScale(1 / SCALE).setDepth(DEPTH.decks) // prettier-ignore
  }
}

const keyOf = ({ x, y }: Deck): string => `deck ${x}:${y}`
