import type { GameObjects, Scene } from 'phaser'

import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { PALETTE, toTint } from '../../view/street-palette.ts'
import { lengthOf, placeOn } from '../../view/street-lines.ts'
import { wayGuideOf, type WayGuide } from '../../view/way.ts'
import { DEPTH } from './depths.ts'

/** Metres from one mark to the next, and from the car to the first. */
const GAP = 9
const FIRST = 12
/** As far as anybody sees from a car. */
const REACH = 260
const HALF_WIDTH = 0.9
const LENGTH = 1.7
const NOTCH = 0.5
/** The colour of the flag at the goal. */
const GOAL = '#8a5cf6'

/** Arrowheads on the asphalt that lead to the goal: a painted rim, so that they are seen on any ground and by anybody. */
export class WayLayer {
  readonly #ink: GameObjects.Graphics
  readonly #guide: WayGuide
  #shown: readonly Point[] | null = null

  constructor(scene: Scene, map: CityMap) {
    this.#ink = scene.add.graphics().setDepth(DEPTH.way)
    this.#guide = wayGuideOf(map)
  }

  update(own: DrawnCar | null, goal: Point | null): void {
    const way = this.#guide.update(own, goal)
    if (way === this.#shown) return
    this.#shown = way
    this.#ink.clear()
    const end = Math.min(REACH, lengthOf(way))
    // Marks stand still on the road: they are counted back from the goal, not on from the car.
    const whole = lengthOf(way)
    for (let s = FIRST + ((whole - FIRST) % GAP); s < end; s += GAP) this.#head(placeOn(way, s))
  }

  #head({ x, y, heading }: Point & { readonly heading: number }): void {
    const [cos, sin] = [Math.cos(heading), Math.sin(heading)]
    const corner = (along: number, across: number) =>
      [x + along * cos - across * sin, y + along * sin + across * cos] as const
    this.#ink.fillStyle(toTint(GOAL), 0.9).lineStyle(0.22, toTint(PALETTE.paint), 0.9).beginPath()
    this.#ink.moveTo(...corner(LENGTH, 0))
    this.#ink.lineTo(...corner(0, HALF_WIDTH))
    this.#ink.lineTo(...corner(NOTCH, 0))
    this.#ink.lineTo(...corner(0, -HALF_WIDTH))
    this.#ink.closePath().fillPath().strokePath()
  }
}
