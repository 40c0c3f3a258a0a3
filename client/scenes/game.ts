import * as Phaser from 'phaser'

import type { Game, GameOptions } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import type { Settings } from '../view/settings.ts'
import { openFrameWatch, QUALITIES, watchFrame } from '../view/street-quality.ts'
import { openAtlasSheet } from './atlas/atlas-sheet.ts'
import { openStreetEar } from './street-ear.ts'
import { StreetScene, type StreetOptions } from './street-scene.ts'

const SPRITE_PIXELS_PER_METRE = 20
const FIRST_STEP = 1

/**
 * Opens the picture of the street in `parent`, and its sounds. Load this file only when it is needed: it brings Phaser along.
 *
 * @throws when the browser has no WebGL: the page then says so in words, and its panels go on without the picture
 */
export async function openGame(parent: HTMLElement, feed: CityFeed, options: GameOptions): Promise<Game> {
  requireWebGl()
  const sheet = await openAtlasSheet(SPRITE_PIXELS_PER_METRE * Math.min(2, Math.max(1, devicePixelRatio)))
  let frames = openFrameWatch(FIRST_STEP)
  let isXray = false
  let { settings } = options
  const toOptions = (): StreetOptions => ({
    isOverview: options.overview,
    isStill: settings.reducedMotion || matchMedia('(prefers-reduced-motion: reduce)').matches,
    isXray,
    textScale: settings.textScale,
    quality: QUALITIES[frames.step],
  })
  const ear = openStreetEar(feed, options.onCaption)
  ear.set(settings)
  const scene = new StreetScene({
    feed,
    sheet,
    options: toOptions(),
    onFlash: ear.flash,
    onFrame(sample, frameMs) {
      ear.frame(sample, performance.now())
      const before = frames.step
      frames = watchFrame(frames, frameMs)
      if (frames.step !== before) refit()
    },
  })
  const game = startPhaser(parent, scene)
  const refit = () => {
    scene.set(toOptions())
    fit(game, parent, QUALITIES[frames.step].pixelRatio)
  }
  const watch = new ResizeObserver(refit)
  watch.observe(parent)

  return {
    apply(next: Settings) {
      settings = next
      ear.set(next)
      scene.set(toOptions())
    },
    showXray(on) {
      isXray = on
      scene.set(toOptions())
    },
    close() {
      watch.disconnect()
      ear.close()
      game.destroy(true)
    },
  }
}

function requireWebGl(): void {
  const canvas = document.createElement('canvas')
  if (!canvas.getContext('webgl2') && !canvas.getContext('webgl')) throw new Error('this browser has no WebGL')
}

function startPhaser(parent: HTMLElement, scene: StreetScene): Phaser.Game {
  return new Phaser.Game({
    type: Phaser.WEBGL,
    parent,
    width: Math.max(1, parent.clientWidth),
    height: Math.max(1, parent.clientHeight),
    backgroundColor: '#9cc873',
    banner: false,
    audio: { noAudio: true },
    scale: { mode: Phaser.Scale.NONE },
    // One texture per batch: sprites share the atlas, and software renderers misread higher texture units.
    render: { maxTextures: 1, powerPreference: 'high-performance' },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    fps: { smoothStep: false },
    scene,
  })
}

/** Gives the canvas as many pixels as the quality allows, and the page's size. */
function fit(game: Phaser.Game, parent: HTMLElement, pixelRatio: number): void {
  const ratio = Math.min(devicePixelRatio, pixelRatio)
  const [width, height] = [parent.clientWidth, parent.clientHeight]
  if (width === 0 || height === 0) return
  game.scale.setZoom(1 / ratio)
  game.scale.resize(Math.round(width * ratio), Math.round(height * ratio))
}
