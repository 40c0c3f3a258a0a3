import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vite'

import { atlasPlugin } from './build/atlas-plugin.ts'
import { compressPlugin } from './build/compress-plugin.ts'
import { phaserPlugin } from './build/phaser-plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the one page of the game. The server answers every page address with it; the address decides what it shows. */
export default defineConfig({
  root: here('.'),
  cacheDir: here('../node_modules/.cache/vite'),
  plugins: [phaserPlugin(), atlasPlugin(), compressPlugin()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    // The server names in it what a page will need: see server/net/preloads.ts.
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1600,
    // Packing takes most of the build, as it should.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es', plugins: () => [atlasPlugin()] },
  server: { proxy: { '/socket.io': { target: 'http://localhost:3000', ws: true }, '/api': 'http://localhost:3000' } },
})
