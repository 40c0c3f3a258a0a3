import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  cacheDir: here('../node_modules/.cache/vitest'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: here('./support/build-client.ts'),
    setupFiles: [here('./support/fixed-seed.ts')],
    include: ['**/*.test.ts', '**/*.test.tsx'],
    // Waits end by their conditions; this is only how long a hung one may hold up the machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
