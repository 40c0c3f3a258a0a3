import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { PageDriver } from '../support/page-driver.ts'
import { useStage } from '../support/stage.ts'
import { nuageville } from '../support/test-city.ts'
import { sayIn } from '../support/texts.ts'

/** A real Chromium plays the example that must always work, by its keys, in both languages. */
describe('the first fine', () => {
  const stage = useStage()

  it.each(['en', 'fr'])('is earned on the ring and explains itself (%s)', async (language) => {
    const say = sayIn(language)
    const { page, complaints } = await openPage(stage.browser, { locale: language })
    await page.goto(stage.server.address)
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
