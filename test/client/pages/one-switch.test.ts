import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

/** How long each thing stays lit. */
const LIT_MS = 700

/** Saves the choice, as the settings panel does, and opens the page again. */
async function withOneSwitch(page: Page): Promise<void> {
  const settings = { oneSwitch: LIT_MS / 1000 }
  await page.evaluate((kept) => localStorage.setItem('nuageville.settings', JSON.stringify(kept)), settings)
  await page.clock.install()
  await page.reload()
  await page.locator('.tool').first().waitFor()
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 100))
}

/** Lets the page's clock run until something is there. Between two steps it stands: the light waits for a slow machine. */
async function runUntil(page: Page, selector: string): Promise<void> {
  const isThere = async () => {
    await page.clock.runFor(LIT_MS)
    return (await page.locator(selector).count()) > 0
  }
  await expect.poll(isThere, { timeout: 60_000, interval: 1 }).toBe(true)
}

/** Waits for its turn, then presses the only key there is. */
async function pressWhenLit(page: Page, selector: string): Promise<void> {
  await runUntil(page, `${selector}[data-lit]`)
  await page.keyboard.press('Space')
}

describe('one switch', () => {
  it('is driven, opens the mailbox, asks why, walks the whole chain and closes, with Space alone', () =>
    on('/play', async (page) => {
      await withOneSwitch(page)
      await expect.poll(() => callsOf(page)).toContainEqual(expect.stringMatching(/^assist .*"autopilot":true/))
      await pressWhenLit(page, '.name-card .button-primary')
      await pressWhenLit(page, '.tool:first-child')
      await pressWhenLit(page, '.panel-mailbox .letter-body .button')
      const next = '.panel-why .walk-nav .button:last-child'
      await runUntil(page, next)
      while (await page.locator(next).isEnabled()) await pressWhenLit(page, next)
      await page.clock.runFor(LIT_MS)
      await expect.poll(() => callsOf(page)).toContainEqual(expect.stringMatching(/^study .*"do":"walk"/))
      await pressWhenLit(page, '.panel-head .icon-button:last-child')
      await page.clock.resume()
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
    }))

  it('is chosen in the settings, and lights nothing before', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Settings' }).click()
      expect(await page.locator('[data-lit]').count()).toBe(0)
      await page.getByLabel('One switch').selectOption('1')
      await page.locator('.panel-settings [data-lit]').waitFor()
    }))
})
