import * as Phaser from 'phaser'

import { QUALITIES } from '../view/street-quality.ts'
import { takeCanvas } from './canvas.ts'

/** Phaser on a canvas that is on no page yet, standing still. */
export interface Stage {
  readonly game: Phaser.Game
  /** Of the quality that this machine begins with. */
  readonly firstStep: 0 | 1
}

let spare: Promise<Stage> | null = null

/** Starts Phaser ahead of time: while the city is being built, the page has nothing better to do. */
export function warmStage(): void {
  spare ??= openStage()
  // Whoever takes the stage hears of it.
  spare.catch(() => undefined)
}

/**
 * @returns a stage that fills `parent`; the caller's to wake and to close
 * @throws when the browser has no WebGL
 */
export async function takeStage(parent: HTMLElement): Promise<Stage> {
  const opening = spare ?? openStage()
  spare = null
  const stage = await opening
  parent.append(stage.game.canvas)
  fitStage(stage.game, parent, QUALITIES[stage.firstStep].pixelRatio)
  return stage
}

/** Gives the canvas as many pixels as the quality allows, and the size of `parent`. */
export function fitStage(game: Phaser.Game, parent: HTMLElement, pixelRatio: number): void {
  const { clientWidth, clientHeight } = parent
  if (clientWidth === 0 || clientHeight === 0) return
  const ratio = Math.min(devicePixelRatio, pixelRatio)
  const { width, height } = pixelsOf(clientWidth, clientHeight, ratio)
  // To be given the size that it has would cost a canvas its picture.
  if (game.canvas.width !== width || game.canvas.height !== height) game.scale.resize(width, height)
  // After the size: Phaser gives a canvas of zoom 1 no new size on the page, and it would keep that of a coarser step.
  game.scale.setZoom(1 / ratio)
}

const pixelsOf = (width: number, height: number, ratio: number) => ({
  width: Math.ceil(width * ratio),
  height: Math.ceil(height * ratio),
})

async function openStage(): Promise<Stage> {
  const { canvas, context, isSoftware } = takeCanvas()
  const firstStep = isSoftware ? 0 : 1
  const ratio = Math.min(devicePixelRatio, QUALITIES[firstStep].pixelRatio)
  const game = new Phaser.Game({
    type: Phaser.WEBGL,
    parent: null,
    canvas,
    // Phaser takes a context of WebGL here, whatever its types say.
    context: context as unknown as CanvasRenderingContext2D,
    // The street will fill the page.
    ...pixelsOf(Math.max(1, innerWidth), Math.max(1, innerHeight), ratio),
    backgroundColor: '#9cc873',
    banner: false,
    audio: { noAudio: true },
    scale: { mode: Phaser.Scale.NONE },
    // One texture per batch: sprites share the atlas, and software renderers misread higher texture units.
    render: { maxTextures: 1, stencil: false },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    fps: { smoothStep: false },
  })
  await new Promise((resolve) => game.events.once(Phaser.Core.Events.READY, resolve))
  game.loop.sleep()
  return { game, firstStep }
}
