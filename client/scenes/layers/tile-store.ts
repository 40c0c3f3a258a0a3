import { Renderer, type GameObjects, type Scene } from 'phaser'

import type { Outline } from '../../../shared/model/city-map.ts'
import type { Box } from '../../view/street-lines.ts'
import { tilesToForget } from '../../view/street-tiles.ts'
import type { GroundKind } from '../ground/ground-order.ts'
import type { GroundPainter } from '../ground/ground-painter.ts'

/** A piece of the ground. */
interface Piece {
  readonly key: string
  readonly box: Box
  readonly bridgesWithin?: Outline
}

/** A tile on the screen. */
interface Shown {
  readonly image: GameObjects.Image
  /** Of its texture. */
  readonly name: string
  readonly shadows: number
}

/** A tile that has been painted and is not on the screen yet. */
interface Painted {
  readonly tile: Piece
  readonly scale: number
  readonly shadows: number
  readonly bitmap: ImageBitmap
}

interface StoreLook {
  readonly kind: GroundKind
  readonly depth: number
  readonly blend?: number
  /** Pixels that neighbouring tiles share, so that no seam shows between them. */
  readonly overlap: number
  /** Tiles kept at most, but for those in sight. */
  readonly most: number
}

/** Tiles asked for at once: few, so that what comes into sight next need not wait for what has left it. */
const MOST_ASKED = 4
/** What hangs there with shadows of another hour is painted anew when there is little else to do. */
const FEW_ASKED = 1
/** Painted tiles that a frame takes in: each is a picture to hand over to the graphics card. */
const MOST_TAKEN = 3

/** Tiles of one picture: asked for when they come near, shown once they are painted, forgotten when long unused. */
export class TileStore {
  readonly #scene: Scene
  readonly #painter: GroundPainter
  readonly #look: StoreLook
  readonly #shown = new Map<string, Shown>()
  readonly #used = new Map<string, number>()
  readonly #inSight = new Set<string>()
  readonly #asked = new Set<string>()
  #painted: Painted[] = []
  #kind: GroundKind
  #shadows = 0
  #taken = 0
  #frame = 0
  /** Pictures asked for before the graphics card was lost are not taken in any more. */
  #life = 0

  constructor(scene: Scene, painter: GroundPainter, look: StoreLook) {
    this.#scene = scene
    this.#painter = painter
    this.#look = look
    this.#kind = look.kind
    // Bitmaps are let go once the card has them: when it loses them, all tiles are painted anew.
    scene.renderer.on(Renderer.Events.LOSE_WEBGL, () => this.#forgetAll())
  }

  /** The ground is painted otherwise from now on. */
  setKind(kind: GroundKind): void {
    if (kind === this.#kind) return
    this.#forgetAll()
    this.#kind = kind
  }

  /** Shadows are this dark from now on: what is shown stays until it has been painted anew. */
  setShadows(shadows: number): void {
    this.#shadows = shadows
  }

  /** Begins a frame: takes in what has been painted, forgets what has long not been in sight. */
  begin(): void {
    this.#frame += 1
    for (const painted of this.#painted.splice(0, MOST_TAKEN)) this.#take(painted)
    for (const key of tilesToForget(this.#used, this.#look.most)) {
      if ((this.#used.get(key) ?? 0) < this.#frame - 1) this.#forget(key)
    }
  }

  /**
   * Wants a tile in this frame.
   *
   * @param scale pixels per metre, should it have to be painted
   * @returns whether the tile is there
   */
  need(tile: Piece, scale: number): boolean {
    this.#inSight.add(tile.key)
    return this.expect(tile, scale)
  }

  /** As `need`, but nothing is painted for it. */
  keep(tile: Piece): boolean {
    this.#inSight.add(tile.key)
    if (this.#shown.has(tile.key)) this.#used.set(tile.key, this.#frame)
    return this.#shown.has(tile.key)
  }

  /** As `need`, for what is not in sight yet. */
  expect(tile: Piece, scale: number): boolean {
    const shown = this.#shown.get(tile.key)
    if (shown) this.#used.set(tile.key, this.#frame)
    if (!shown) this.#ask(tile, scale, MOST_ASKED)
    else if (shown.shadows !== this.#shadows) this.#ask(tile, scale, FEW_ASKED)
    return shown !== undefined
  }

  /** Whether all that is wanted in this frame has the shadows of the hour. */
  get isFresh(): boolean {
    for (const key of this.#inSight) if (this.#shown.get(key)?.shadows !== this.#shadows) return false
    return true
  }

  /** Shows what is in sight, or nothing. To be called once a frame, at its end. */
  show(isShown: boolean, alpha = 1): void {
    for (const [key, { image }] of this.#shown) image.setVisible(isShown && this.#inSight.has(key)).setAlpha(alpha)
    this.#inSight.clear()
  }

  #ask(tile: Piece, scale: number, most: number): void {
    if (this.#asked.has(tile.key) || this.#asked.size >= most) return
    this.#asked.add(tile.key)
    const life = this.#life
    const { overlap } = this.#look
    const margin = overlap / scale
    const { key: _, ...piece } = tile
    const { left, top, right, bottom } = tile.box
    const box = { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin }
    const pixels = (metres: number) => Math.ceil(metres * scale) + 2 * overlap
    const shadows = this.#shadows
    const order = {
      ...piece,
      kind: this.#kind,
      box,
      width: pixels(right - left),
      height: pixels(bottom - top),
      shadows,
    }
    this.#painter.paint(order, (bitmap) => {
      if (life === this.#life) this.#painted.push({ tile, scale, shadows, bitmap })
      else bitmap.close()
    })
  }

  #take({ tile: { key, box }, scale, shadows, bitmap }: Painted): void {
    this.#asked.delete(key)
    this.#forget(key)
    const { depth, blend, overlap } = this.#look
    this.#taken += 1
    const name = `${this.#kind} ${key} ${this.#taken}`
    // Phaser takes whatever WebGL takes; its types know of two kinds only.
    const texture = this.#scene.textures.create(name, [bitmap as unknown as HTMLImageElement])
    if (!texture) throw new Error(`the tile ${name} was painted twice`)
    texture.add('__BASE', 0, 0, 0, bitmap.width, bitmap.height)
    bitmap.close()
    const image = this.#scene.add
      .image(box.left - overlap / scale, box.top - overlap / scale, name)
      .setOrigin(0)
      .setScale(1 / scale)
      .setDepth(depth)
    if (blend !== undefined) image.setBlendMode(blend)
    this.#shown.set(key, { image, name, shadows })
    this.#used.set(key, this.#frame)
  }

  #forget(key: string): void {
    const shown = this.#shown.get(key)
    if (!shown) return
    shown.image.destroy()
    this.#shown.delete(key)
    this.#used.delete(key)
    this.#scene.textures.remove(shown.name)
  }

  #forgetAll(): void {
    this.#life += 1
    for (const { bitmap } of this.#painted.splice(0)) bitmap.close()
    for (const key of this.#shown.keys()) this.#forget(key)
    this.#asked.clear()
  }
}
