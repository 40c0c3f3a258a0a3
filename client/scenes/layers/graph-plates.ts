import type { GameObjects, Scene } from 'phaser'

import { toPlot } from '../../view/graph-plot.ts'
import { GRAPH, type LabelGraph } from '../../view/street-labels.ts'
import { AGENT_COLOUR, lighter, toTint } from '../../view/street-palette.ts'

const PLATE = 0x10183a
const BAR = toTint(lighter(AGENT_COLOUR.watch, 0.45))
const ABOVE = 0xff7466
const LIMIT = 0xffc145
const DASHES = 11
const INSET = 5

/** The small curves under the cameras: a bar for each period, a dashed line for the alarms' threshold. */
export class GraphPlates {
  readonly #ink: GameObjects.Graphics

  constructor(scene: Scene, depth: number) {
    this.#ink = scene.add.graphics().setDepth(depth)
  }

  begin(): void {
    this.#ink.clear()
  }

  /** @param x middle of the plate @param y its top @param pixel metres per CSS pixel @returns where the threshold's number stands */
  put({ frame, camera }: LabelGraph, x: number, y: number, pixel: number): { readonly x: number; readonly y: number } {
    const [width, height] = [GRAPH.width * pixel, GRAPH.height * pixel]
    const left = x - width / 2
    const box = { left: left + INSET * pixel, bottom: y + height - INSET * pixel }
    const [spanX, spanY] = [width - 2 * INSET * pixel, height - 2 * INSET * pixel]
    const plot = toPlot(frame, camera)
    this.#ink.fillStyle(PLATE, 0.88).fillRoundedRect(left, y, width, height, 4 * pixel)
    for (const bar of plot.bars) {
      const at = box.left + bar.left * spanX
      const tall = Math.max(2 * pixel, bar.height * spanY)
      const wide = Math.max(3 * pixel, bar.width * spanX)
      this.#ink.fillStyle(bar.isAbove ? ABOVE : BAR, 1).fillRect(at, box.bottom - tall, wide, tall)
      if (bar.isAbove) this.#cap(at + wide / 2, box.bottom - tall, pixel)
    }
    this.#ink.lineStyle(pixel, BAR, 0.6).lineBetween(box.left, box.bottom, box.left + spanX, box.bottom)
    const limit = box.bottom - (plot.threshold ?? 1) * spanY
    if (plot.threshold !== null) this.#dash(box.left, limit, spanX, pixel)
    return { x: box.left + spanX - 9 * pixel, y: limit - 13 * pixel }
  }

  /** What is above the threshold has a shape as well as a colour. */
  #cap(x: number, y: number, pixel: number): void {
    const half = 3.5 * pixel
    this.#ink.fillTriangle(x - half, y, x + half, y, x, y - 2 * half)
  }

  #dash(left: number, y: number, width: number, pixel: number): void {
    const step = width / DASHES
    this.#ink.lineStyle(1.5 * pixel, LIMIT, 1)
    for (let i = 0; i < DASHES; i += 1) this.#ink.lineBetween(left + i * step, y, left + (i + 0.6) * step, y)
  }
}
