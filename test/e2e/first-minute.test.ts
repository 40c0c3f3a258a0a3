import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { useStage } from '../support/stage.ts'
import { sayIn } from '../support/texts.ts'

const say = sayIn('en')

/** Seconds of play, as the screen itself tells them. */
const playSeconds = async (page: Page): Promise<number> => {
  const clock = (await page.locator('.clock-value').first().textContent()) ?? ''
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return minutes * 60 + seconds
}
const shows = async (page: Page, key: string): Promise<boolean> =>
  (await page.locator('.card', { hasText: say(key) }).count()) > 0

/** The first minute in the page itself, by the clock that it shows; when what happens is the engine's, and tested there. */
describe('the first minute in the page', () => {
  const stage = useStage()

  it('rolls a name, says how to drive, and shows what the camera did to a bot', async () => {
    const { page, complaints } = await openPage(stage.browser)
    await page.goto(new URL('/play?scenario=discovery&seed=7', stage.server.address).href)
    await page.locator('.name-card').waitFor()
    expect(await playSeconds(page)).toBeLessThan(5)
    await page.locator('.own-name').waitFor()

    const came = new Map<string, number>()
    const hasCome = async (key: string): Promise<boolean> => {
      if (!came.has(key) && (await shows(page, key))) came.set(key, await playSeconds(page))
      return came.has(key)
    }
    await expect.poll(() => hasCome('card.bot-flash'), { timeout: 120_000, interval: 50 }).toBe(true)
    expect(came.get('card.bot-flash')).toBeGreaterThanOrEqual(11)
    expect(await page.locator('.card .aws-name').textContent()).toContain('CloudWatch')
    await expect.poll(() => hasCome('card.your-turn'), { timeout: 120_000, interval: 50 }).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
