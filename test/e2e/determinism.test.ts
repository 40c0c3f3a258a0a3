import { fileURLToPath } from 'node:url'

import type { Browser } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openBrowser, openPage } from '../support/browser.ts'
import { playHashes } from '../support/engine-in-page.ts'

const GAME = { seed: 7, bots: 40, ticks: 1200, every: 20 }
const entry = fileURLToPath(new URL('../support/engine-in-page.ts', import.meta.url))

async function bundleEngine(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, name: 'engine', formats: ['iife'] } },
  })
  const [bundle] = built as Rollup.RollupOutput[]
  const chunk = bundle?.output[0]
  if (chunk?.type !== 'chunk') throw new Error('the engine does not bundle')
  return `${chunk.code}\nwindow.playHashes = engine.playHashes`
}

describe('the engine', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it('plays the same game in Node and in Chromium, hash for hash', async () => {
    const { page } = await openPage(browser)
    await page.addScriptTag({ content: await bundleEngine() })
    const there = await page.evaluate(
      (game) => (globalThis as unknown as { playHashes(game: unknown): number[] }).playHashes(game),
      GAME,
    )
    expect(there).toHaveLength(GAME.ticks / GAME.every)
    expect(there).toEqual(playHashes(GAME))
  })
})
