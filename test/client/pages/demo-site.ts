import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { build, preview } from 'vite'
import { afterAll, beforeAll } from 'vitest'

import { findBrowser } from '../../support/ensure-browser.ts'

const ROOT = fileURLToPath(new URL('demo', import.meta.url))

/** The demonstration pages, built and served, and a browser to look at them. */
export interface DemoSite {
  /** Opens a page of its own, with its own storage. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

export async function openDemoSite(): Promise<DemoSite> {
  const outDir = mkdtempSync(join(tmpdir(), 'nuageville-demo-'))
  const shared = { configFile: false, root: ROOT, logLevel: 'error', appType: 'spa' } as const
  await build({
    ...shared,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  })
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const address = server.resolvedUrls?.local[0] ?? ''
  const browser = await launch()

  return {
    async open(path, options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
      const page = await context.newPage()
      await page.goto(new URL(path, address).href)
      await page.locator('body[data-ready] h1').first().waitFor({ state: 'attached' })
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      rmSync(outDir, { recursive: true })
    },
  }
}

/** The demonstration pages for the tests of one file. @returns what opens a page, does something with it, closes it */
export function useDemoSite() {
  let site: DemoSite
  beforeAll(async () => {
    site = await openDemoSite()
  })
  afterAll(() => site.close())

  return async (path: string, act: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) => {
    const page = await site.open(path, options)
    await act(page)
    await page.context().close()
  }
}

/** What a demonstration page has asked of its city, in order. */
export const callsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...(window as unknown as { demo: { calls: readonly string[] } }).demo.calls])

function launch(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chromium: run node test/support/ensure-browser.ts')
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
