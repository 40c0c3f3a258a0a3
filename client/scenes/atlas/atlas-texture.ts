import type { Textures } from 'phaser'

import type { AtlasSheet } from './atlas-sheet.ts'
import { frameOfSprite, spriteNames, UNIT } from './sheet.ts'

export const ATLAS_KEY = 'atlas'

/** Hands the sheet to Phaser: one texture, one frame per sprite. */
export function addAtlas(textures: Textures.TextureManager, sheet: AtlasSheet): void {
  // Not `addCanvas`: it would read all pixels back, and keep them.
  const texture = textures.create(ATLAS_KEY, [sheet.canvas])
  if (!texture) throw new Error('the atlas was added twice')
  const perUnit = sheet.scale * UNIT
  for (const name of spriteNames()) {
    const { x, y, w, h } = frameOfSprite(name)
    texture.add(name, 0, x * perUnit, y * perUnit, w * perUnit, h * perUnit)
  }
}
