import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

/** Saves the choice, as the settings panel does, and opens the page again. */
async function withOneSwitch(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('nuageville.settings', JSON.stringify({ oneSwitch: 0.7 })))
  await page.reload()
  await page.locator('.tool').first().waitFor()
}

/** Waits for its turn, then presses the only key there is. */
async function pressWhenLit(page: Page, selector: string): Promise<void> {
  await page.locator(`${selector}[data-lit]`).first().waitFor()
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
      const next = page.locator('.panel-why .walk-nav .button:last-child')
      await next.waitFor()
      while (await next.isEnabled()) await pressWhenLit(page, '.panel-why .walk-nav .button:last-child')
      expect(await callsOf(page)).toContainEqual(expect.stringMatching(/^study .*"do":"walk"/))
      await pressWhenLit(page, '.panel-head .icon-button:last-child')
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
