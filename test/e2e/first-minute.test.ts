import { readFileSync } from 'node:fs'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openServer } from '../support/live-server.ts'
import { PageDriver } from '../support/page-driver.ts'
import { nuageville } from '../support/test-city.ts'

const texts = JSON.parse(readFileSync(new URL('../../assets/locales/en.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>

/** Seconds of play, as the screen itself tells them. */
const playSeconds = async (page: Page): Promise<number> => {
  const clock = (await page.locator('.clock-value').first().textContent()) ?? ''
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return minutes * 60 + seconds
}
const shows = async (page: Page, key: string): Promise<boolean> =>
  (await page.locator('.card', { hasText: texts[key] ?? key }).count()) > 0

/** The first minute in the page itself, by the play clock that it shows: a slow machine is late by both clocks alike. */
describe('the first minute in the page', () => {
  let server: Running
  let browser: Browser
  beforeAll(async () => {
    server = await openServer()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  it('rolls a name, flashes a bot, flashes the player, and says what happened', async () => {
    const { page, complaints } = await openPage(browser)
    await page.goto(new URL('/play?scenario=discovery&seed=7&overlay', server.address).href)
    await page.locator('.name-card').waitFor()
    expect(await playSeconds(page)).toBeLessThan(5)
    await page.locator('.street-picture canvas').waitFor()
    await page.locator('#overlay[data-x]').waitFor()

    const driver = new PageDriver(page, nuageville)
    const came = new Map<string, number>()
    const watch = (key: string) => async (): Promise<boolean> => {
      if (!(await shows(page, key))) return false
      came.set(key, await playSeconds(page))
      return true
    }
    for (const key of ['card.bot-flash', 'card.first-watch'])
      expect(await driver.driveUntil(watch(key), 120)).toBe(true)
    expect(came.get('card.bot-flash')).toBeGreaterThanOrEqual(11)
    expect(came.get('card.bot-flash')).toBeLessThanOrEqual(16)
    expect(came.get('card.first-watch')).toBeGreaterThanOrEqual(17)
    expect(came.get('card.first-watch')).toBeLessThanOrEqual(30)
    expect(await page.locator('.card .aws-name').textContent()).toContain('CloudWatch')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
