import * as Phaser from 'phaser'

import type { Game, GameOptions } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import { QUALITIES } from '../view/street-quality.ts'
import { openAtlasSheet } from './atlas/atlas-sheet.ts'
import { StreetScene } from './street-scene.ts'

const SPRITE_PIXELS_PER_METRE = 20

/** Opens the picture of the street in `parent`. Load this file only when it is needed: it brings Phaser along. */
export async function openGame(parent: HTMLElement, feed: CityFeed, options: GameOptions): Promise<Game> {
  const sheet = await openAtlasSheet(SPRITE_PIXELS_PER_METRE * Math.min(2, Math.max(1, devicePixelRatio)))
  const quality = QUALITIES[1]
  const ratio = Math.min(devicePixelRatio, quality.pixelRatio)
  const scene = new StreetScene(feed, {
    sheet,
    quality,
    isOverview: options.overview,
    isStill: options.settings.reducedMotion,
  })
  const game = new Phaser.Game({
    type: Phaser.WEBGL,
    parent,
    width: parent.clientWidth * ratio,
    height: parent.clientHeight * ratio,
    backgroundColor: '#9cc873',
    banner: false,
    audio: { noAudio: true },
    scale: { mode: Phaser.Scale.NONE, zoom: 1 / ratio },
    render: { maxTextures: 1, powerPreference: 'high-performance' },
    input: { keyboard: false, mouse: false, touch: false },
    scene,
  })
  const watch = new ResizeObserver(() => game.scale.resize(parent.clientWidth * ratio, parent.clientHeight * ratio))
  watch.observe(parent)
  return {
    apply: () => undefined,
    showXray: () => undefined,
    close() {
      watch.disconnect()
      game.destroy(true)
    },
  }
}
