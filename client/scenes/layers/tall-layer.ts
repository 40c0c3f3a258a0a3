import { BlendModes, type Scene } from 'phaser'

import type { CityMap, Scenery } from '../../../shared/model/city-map.ts'
import type { SignalLight } from '../../../shared/model/signals.ts'
import { hashAt, type Box } from '../../view/street-lines.ts'
import type { LampPost } from '../../view/street-lamps.ts'
import { DEPTH } from './depths.ts'
import { SpritePool } from './sprite-pool.ts'
import { lightsOf, type SignalTime } from '../../view/street-signals.ts'

const CROWN = 4.4
const GLOW: Readonly<Record<SignalLight, number>> = { red: 0xff4a4f, amber: 0xffc02e, green: 0x2ee08a }
const CONIFER_TINTS = [0xffffff, 0xf0f6e6, 0xe4efe0]
const LEAF_TINTS = [0xffffff, 0xf6ffe4, 0xe8f4d6, 0xfff2d0]

interface Plants {
  readonly scale: number
  readonly lamps: readonly LampPost[]
  readonly trees: Scenery['trees']
}

/** What stands higher than a car: crowns, lamp posts, camera masts, traffic lights. */
export class TallLayer {
  readonly #map: CityMap
  readonly #scale: number
  readonly #lamps: readonly LampPost[]
  readonly #trees: Scenery['trees']
  readonly #pool: SpritePool
  readonly #signals: SpritePool
  readonly #glows: SpritePool
  /** Crowns and lamp posts; without them nothing hides a street. */
  hasPlants = true

  constructor(scene: Scene, map: CityMap, { scale, lamps, trees }: Plants) {
    this.#map = map
    this.#lamps = lamps
    this.#trees = trees
    this.#scale = scale
    this.#pool = new SpritePool(scene, { depth: DEPTH.tall, scale })
    this.#signals = new SpritePool(scene, { depth: DEPTH.lamps, scale })
    this.#glows = new SpritePool(scene, { depth: DEPTH.glows, scale, blend: BlendModes.ADD })
  }

  update(view: Box, now: SignalTime, zoom: number): void {
    for (const pool of [this.#pool, this.#signals, this.#glows]) pool.begin()
    const sees = (x: number, y: number, reach: number) =>
      x > view.left - reach && x < view.right + reach && y > view.top - reach && y < view.bottom + reach
    if (zoom > 1.2 && this.hasPlants) this.#plants(sees)
    this.#signalHeads(sees, now, zoom)
    for (const camera of this.#map.cameras) {
      if (!sees(camera.x, camera.y, 6)) continue
      this.#pool
        .put('mast', camera.x, camera.y)
        .setOrigin(0.12, 0.5)
        .setScale(this.#scale * 1.3)
        .setRotation(camera.heading - Math.PI / 2 - 0.45)
    }
    for (const pool of [this.#pool, this.#signals, this.#glows]) pool.end()
  }

  #plants(sees: (x: number, y: number, reach: number) => boolean): void {
    for (const { x, y, heading } of this.#lamps) {
      if (sees(x, y, 3)) this.#pool.put('lamp', x, y).setRotation(heading).setOrigin(0.13, 0.5)
    }
    for (const { x, y, size, kind } of this.#trees) {
      if (!sees(x, y, size)) continue
      const chance = hashAt(x, y)
      const tints = kind === 'conifer' ? CONIFER_TINTS : LEAF_TINTS
      this.#pool
        .put(`tree-${kind}`, x, y)
        .setOrigin(0.5)
        .setScale((this.#scale * size) / CROWN)
        .setRotation(kind === 'palm' ? chance * 6 : Math.floor(chance * 7) * 0.12 - 0.36)
        .setTint(tints[Math.floor(chance * 31) % tints.length] ?? 0xffffff)
    }
  }

  #signalHeads(sees: (x: number, y: number, reach: number) => boolean, now: SignalTime, zoom: number): void {
    for (const junction of this.#map.junctions) {
      const lightAt = lightsOf(junction, now)
      if (lightAt === null) continue
      for (const { group, x, y, heading } of junction.program?.heads ?? []) {
        if (!sees(x, y, 4)) continue
        const light = lightAt(group)
        const size = zoom < 3 ? 2.4 : 1.25
        this.#signals
          .put(`signal-${light}`, x, y)
          .setRotation(heading)
          .setScale(this.#scale * size)
        this.#glows
          .put('glow', x, y)
          .setTint(GLOW[light])
          .setAlpha(0.5)
          .setScale((this.#scale * 5) / 6.4)
      }
    }
  }
}
