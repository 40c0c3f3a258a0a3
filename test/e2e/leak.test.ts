import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { gaugePage, stepFrames, weighPage } from '../support/page-gauge.ts'
import { useStage } from '../support/stage.ts'

const PANEL_KEYS = ['KeyM', 'KeyK', 'KeyN'] as const
const OPENINGS = 50
const XRAYS = 12
const STILL_FRAMES = 60

describe('a page that is played for long', () => {
  const stage = useStage()

  /** A city of one's own that has been driven through for a while, and stands still. */
  async function openStoppedCity(): Promise<{ readonly page: Page; readonly session: CDPSession }> {
    const { page } = await openPage(stage.browser, { viewport: { width: 480, height: 320 } })
    await gaugePage(page)
    const session = await page.context().newCDPSession(page)
    await page.goto(`${stage.server.address}/play?scenario=discovery&seed=7`)
    await page.locator('canvas[data-ground=fine]').waitFor({ timeout: 120_000 })
    await page.keyboard.press('KeyP')
    await page.locator('.veil').waitFor()
    await untilPainted(page)
    return { page, session }
  }

  /** What is not in sight yet is painted last: until no picture has come for so many frames. */
  async function untilPainted(page: Page): Promise<void> {
    await page.waitForFunction((frames) => {
      const { dataset } = document.body
      const held = String(window.gauge.textures.size)
      dataset['still'] = dataset['held'] === held ? String(Number(dataset['still']) + 1) : '0'
      dataset['held'] = held
      return Number(dataset['still']) > frames
    }, STILL_FRAMES)
  }

  async function openPanel(page: Page, code: string): Promise<void> {
    await page.keyboard.press(code)
    await page.locator('dialog.panel').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog.panel').waitFor({ state: 'detached' })
  }

  async function lookThrough(page: Page): Promise<void> {
    await page.keyboard.press('KeyX')
    await stepFrames(page, 4)
    await page.keyboard.press('KeyX')
    await stepFrames(page, 4)
  }

  it('holds no more after fifty panels and a dozen looks through the X-ray than after the first of each', async () => {
    const { page, session } = await openStoppedCity()
    for (const code of PANEL_KEYS) await openPanel(page, code)
    await lookThrough(page)
    const before = await weighPage(page, session)
    expect(before.textures).toBeGreaterThan(3)

    for (let i = 0; i < OPENINGS; i += 1) await openPanel(page, PANEL_KEYS[i % PANEL_KEYS.length] ?? 'KeyM')
    for (let i = 0; i < XRAYS; i += 1) await lookThrough(page)
    const after = await weighPage(page, session)
    // One thing left behind by each opening would be a leak; a word that changed meanwhile is none.
    expect(after.nodes).toBeLessThan(before.nodes + OPENINGS / 2)
    expect(after.listeners).toBeLessThan(before.listeners + OPENINGS / 2)
    expect(after).toMatchObject({ textures: before.textures, textureBytes: before.textureBytes })
    expect(after.heapBytes).toBeLessThan(before.heapBytes + 1_000_000)
    await page.context().close()
  })
})
