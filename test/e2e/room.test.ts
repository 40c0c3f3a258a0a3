import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { seeCar } from '../support/page-driver.ts'
import { useStage } from '../support/stage.ts'
import { sayIn } from '../support/texts.ts'

const say = sayIn('en')

/** Software GL draws few pixels faster than many. */
const SMALL = { viewport: { width: 480, height: 320 } }

/** A teacher's page and two drivers' pages, in three browsers of their own. */
describe('a room on three screens', () => {
  const stage = useStage()

  /** Addresses that pages have opened WebSockets to, and heard frames from. */
  const lines = new Set<string>()

  async function drive(code: string): Promise<Page> {
    const { page } = await openPage(stage.browser, SMALL)
    page.on('websocket', (line) => line.once('framereceived', () => lines.add(new URL(line.url()).host)))
    await page.goto(`${stage.server.address}/j/${code}`)
    await page.getByRole('button', { name: say('landing.join.go') }).click()
    await page.locator('.street-picture canvas').waitFor()
    await page.keyboard.press('Backquote')
    await page.locator('#overlay[data-x]').waitFor()
    return page
  }

  const nearest = (page: Page) =>
    page.locator('#overlay').evaluate((box) =>
      ((box as HTMLElement).dataset['nearest'] ?? '').split(' ').map((pair) => {
        const [x = 0, y = 0] = pair.split(',').map(Number)
        return { x, y }
      }),
    )

  async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + 60_000
    while (!(await holds())) {
      if (performance.now() > until) throw new Error(`waited in vain for: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  it('is opened by a teacher, seen alike by two drivers, and stands still for all at one pause', async () => {
    const { page: teacher, complaints } = await openPage(stage.browser)
    await teacher.goto(stage.server.address)
    await teacher.getByRole('button', { name: say('landing.host.go') }).click()
    const code = (await teacher.locator('.door-code').innerText()).replaceAll(/\s/g, '')
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{6}$/)

    const [anna, ben] = [await drive(code), await drive(code)]
    await anna.bringToFront()
    await eventually('Ben to draw Anna’s car where Anna draws it', async () => {
      const car = await seeCar(anna)
      const seen = await nearest(ben)
      return car !== null && seen.some(({ x, y }) => Math.hypot(x - car.x, y - car.y) < 8)
    })

    await teacher.getByRole('button', { name: say('host.pause'), exact: true }).click()
    await anna.locator('.pause-veil, .veil').first().waitFor()
    const held = [(await seeCar(anna))?.tick, (await seeCar(ben))?.tick]
    await teacher.getByRole('button', { name: say('host.resume'), exact: true }).click()
    await eventually('both clocks to run', async () => {
      const now = [(await seeCar(anna))?.tick ?? 0, (await seeCar(ben))?.tick ?? 0]
      return now.every((tick, i) => tick > (held[i] ?? 0) + 5)
    })
    expect(complaints).toEqual([])
    expect([...lines]).toEqual([new URL(stage.server.address).host])
    for (const page of [teacher, anna, ben]) await page.context().close()
  })
})
