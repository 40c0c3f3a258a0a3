import type { GameObjects, Scene } from 'phaser'

import { ATLAS_KEY } from '../atlas/atlas-texture.ts'

interface PoolLook {
  readonly depth: number
  readonly blend?: number
  /** Metres per texture pixel. */
  readonly scale: number
}

/**
 * Sprites that are told anew at every frame: `begin`, as many `put` as there are things to see, `end`. What was drawn
 * before is used again, so that a frame makes no objects once the pool has grown to what the screen holds.
 */
export class SpritePool {
  readonly #scene: Scene
  readonly #look: PoolLook
  readonly #images: GameObjects.Image[] = []
  #next = 0

  constructor(scene: Scene, look: PoolLook) {
    this.#scene = scene
    this.#look = look
  }

  begin(): void {
    this.#next = 0
  }

  /** @returns the sprite, upright, in its own colours and size, opaque */
  put(name: string, x: number, y: number): GameObjects.Image {
    const image = this.#images[this.#next] ?? this.#grow(name)
    this.#next += 1
    if (image.frame.name !== name) image.setFrame(name)
    return image
      .setPosition(x, y)
      .setRotation(0)
      .setScale(this.#look.scale)
      .setAlpha(1)
      .setTint(0xffffff)
      .setVisible(true)
  }

  end(): void {
    for (let i = this.#next; i < this.#images.length; i += 1) this.#images[i]?.setVisible(false)
  }

  #grow(name: string): GameObjects.Image {
    const image = this.#scene.add.image(0, 0, ATLAS_KEY, name).setDepth(this.#look.depth)
    if (this.#look.blend !== undefined) image.setBlendMode(this.#look.blend)
    this.#images.push(image)
    return image
  }
}
