import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { seeCar } from '../support/page-driver.ts'
import { useStage } from '../support/stage.ts'

const figure = (page: Page, name: string) => page.locator('#overlay').getAttribute(`data-${name}`)

/** Waits until the picture shows other cars, and one of them has moved. */
async function seeTraffic(page: Page): Promise<void> {
  await page.locator('.street-picture canvas').waitFor()
  await page.locator('#overlay[data-x]').waitFor()
  await page.locator('#overlay:not([data-nearest=""])').waitFor()
  const before = (await figure(page, 'nearest')) ?? ''
  await page.locator(`#overlay:not([data-nearest="${before}"])`).waitFor()
}

describe('a surprise', () => {
  const stage = useStage()

  it('is another town at an address of its own', async () => {
    const { page, complaints } = await openPage(stage.browser)
    await page.goto(stage.server.address)
    await page.getByRole('button', { name: 'Surprise town' }).click()
    await page.locator('.street-picture canvas').waitFor()
    expect(page.url()).toMatch(/[?&]town=8x8-\d+$/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('has traffic in it, and is the same town after a reload', async () => {
    const { page, complaints } = await openPage(stage.browser)
    await page.goto(new URL('/play?scenario=discovery&town=8x8-1234&overlay', stage.server.address).href)
    await seeTraffic(page)
    const first = await seeCar(page)
    await page.reload()
    await seeTraffic(page)
    const again = await seeCar(page)
    expect([again?.x, again?.y]).toEqual([first?.x, first?.y])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
