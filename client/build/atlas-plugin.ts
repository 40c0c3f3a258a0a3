import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

import { packSprites } from './pack-sprites.ts'

const SPRITES = fileURLToPath(new URL('../../assets/sprites', import.meta.url))
const NAME = 'virtual:sprite-atlas'
const RESOLVED = `\0${NAME}`

/** Serves `virtual:sprite-atlas`: every SVG of `assets/sprites` on one sheet, packed when the client is built. */
export function atlasPlugin(): Plugin {
  return {
    name: 'sprite-atlas',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null
      const files = readdirSync(SPRITES).filter((file) => file.endsWith('.svg'))
      for (const file of files) this.addWatchFile(join(SPRITES, file))
      const sprites = files.map((file) => ({
        name: basename(file, '.svg'),
        svg: readFileSync(join(SPRITES, file), 'utf8'),
      }))
      const { svg, ...table } = packSprites(sprites)
      return `export const ATLAS = ${JSON.stringify(table)}; export const ATLAS_SVG = ${JSON.stringify(svg)}`
    },
  }
}
