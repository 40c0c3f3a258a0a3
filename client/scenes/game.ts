import * as Phaser from 'phaser'

import type { CityMap } from '../../shared/model/city-map.ts'
import type { XrayNews } from '../../shared/protocol/xray.ts'
import type { Game, GameOptions } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import type { Settings } from '../view/settings.ts'
import { openFrameWatch, QUALITIES, watchFrame } from '../view/street-quality.ts'
import { openAtlasSheet, type AtlasSheet } from './atlas/atlas-sheet.ts'
import { takePainter } from './ground/ground-painter.ts'
import { fitStage, takeStage, warmStage } from './stage.ts'
import { openStreetEar } from './street-ear.ts'
import { StreetScene, type StreetOptions } from './street-scene.ts'

const SPRITE_PIXELS_PER_METRE = 20

/**
 * Opens the picture of the street in `parent`, and its sounds, and waits until it has been drawn once. Load this file only when it is needed: it brings Phaser along.
 *
 * @throws when the browser has no WebGL: the page then says so in words, and its panels go on without the picture
 */
export async function openGame(parent: HTMLElement, feed: CityFeed, options: GameOptions): Promise<Game> {
  const { game, firstStep, ...stuff } = await prepare(parent, feed.map)
  const { painter } = stuff
  const ear = openStreetEar(feed, options.onCaption)
  const look = openLook(options, firstStep)
  ear.set(options.settings)
  const scene = new StreetScene({
    feed,
    ...stuff,
    options: look.now(),
    onFlash: (flash) => ear.flash(flash),
    onFrame(sample, frameMs) {
      ear.frame(sample, performance.now())
      if (look.hasChangedStep(frameMs)) refit()
    },
  })
  game.scene.add('street', scene, true)
  game.loop.wake()
  const refit = () => {
    scene.set(look.now())
    fitStage(game, parent, look.now().quality.pixelRatio)
  }
  const watch = new ResizeObserver(refit)
  watch.observe(parent)
  await Promise.race([drawn(game, scene), painter.failed])

  return {
    apply(settings) {
      look.settings = settings
      ear.set(settings)
      scene.set(look.now())
    },
    showXray(on, news) {
      look.isXray = on
      look.news = news
      scene.set(look.now())
    },
    thingAt: (x, y) => scene.thingAt(x, y),
    close() {
      watch.disconnect()
      ear.close()
      painter.close()
      game.destroy(true)
    },
  }
}

const openSheet = () => openAtlasSheet(SPRITE_PIXELS_PER_METRE * Math.min(2, Math.max(1, devicePixelRatio)))

let spare: Promise<AtlasSheet> | null = null

/** Draws the sheet of sprites and starts Phaser ahead of time: while the city is being built, the page has nothing better to do. */
export function warmGame(): void {
  spare ??= openSheet()
  // Whoever opens the game hears of it.
  spare.catch(() => undefined)
  warmStage()
}

/** Puts the stage on the page, and has the painter of the ground begin beside it. */
async function prepare(parent: HTMLElement, map: CityMap) {
  const painter = takePainter(map)
  const opening = spare ?? openSheet()
  spare = null
  const sheet = await opening
  painter.dress(sheet)
  const stage = await takeStage(parent)
  return { ...stage, sheet, painter, planting: await painter.planting }
}

/** Waits for a first picture with ground under it, and says on the page how fine the ground is. */
function drawn(game: Phaser.Game, scene: StreetScene): Promise<void> {
  return new Promise((resolve) => {
    game.events.on(Phaser.Core.Events.POST_RENDER, () => {
      if (game.canvas.dataset['ground'] !== scene.ground) game.canvas.dataset['ground'] = scene.ground
      if (scene.ground !== 'none') resolve()
    })
  })
}

/** What decides how the street is drawn: the player's settings, the X-ray, and what this machine can do. */
interface Look {
  settings: Settings
  isXray: boolean
  news: XrayNews | null
  now(): StreetOptions
  /** Counts a frame. @returns whether the quality has just changed */
  hasChangedStep(frameMs: number): boolean
}

function openLook({ settings, overview }: GameOptions, firstStep: 0 | 1): Look {
  let frames = openFrameWatch(firstStep)
  return {
    settings,
    isXray: false,
    news: null,
    now() {
      return {
        isOverview: overview,
        isStill: this.settings.reducedMotion || matchMedia('(prefers-reduced-motion: reduce)').matches,
        isXray: this.isXray,
        news: this.news,
        isContrast: this.settings.highContrast,
        textScale: this.settings.textScale,
        quality: QUALITIES[frames.step],
      }
    },
    hasChangedStep(frameMs) {
      const before = frames.step
      frames = watchFrame(frames, frameMs)
      return frames.step !== before
    },
  }
}
