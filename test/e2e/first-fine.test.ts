import { readFileSync } from 'node:fs'

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openServer } from '../support/live-server.ts'
import { PageDriver } from '../support/page-driver.ts'
import { nuageville } from '../support/test-city.ts'

type Texts = Readonly<Record<string, string>>
const texts = (language: string): Texts =>
  JSON.parse(readFileSync(new URL(`../../assets/locales/${language}.json`, import.meta.url), 'utf8')) as Texts

/** A real Chromium plays the example that must always work, by its keys, in both languages. */
describe('the first fine', () => {
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

  it.each(['en', 'fr'])('is earned on the ring and explains itself (%s)', async (language) => {
    const say = (key: string) => texts(language)[key] ?? key
    const { page, complaints } = await openPage(browser, { locale: language })
    await page.goto(server.address)
    await page.getByRole('button', { name: say('landing.solo.go') }).click()
    await page.locator('.street-picture canvas').waitFor()
    await page.keyboard.press('Backquote')
    await page.locator('#overlay[data-x]').waitFor()

    const driver = new PageDriver(page, nuageville)
    const mail = page.getByRole('button', { name: say('toolbar.mailbox') }).first()
    expect(await driver.driveUntil(async () => (await mail.locator('.badge').count()) > 0)).toBe(true)

    await mail.click()
    const fine = page.locator('.letter-fine').last()
    await fine.getByRole('button', { name: say('why.ask') }).click()
    const steps = page.locator('.walk .step')
    await steps.first().waitFor()
    for (const details of await page.locator('.walk .step-json').all()) await details.locator('summary').click()
    const walk = await page.locator('.walk').innerText()
    for (const word of ['SpeedKmh', 'CloudWatch Alarm State Change', 'fine-speeders', 'issue-fine', '"Dimensions"'])
      expect(walk).toContain(word)
    expect(await steps.count()).toBeGreaterThanOrEqual(8)
    expect(await page.locator('.after').innerText()).toContain('SendFine')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
