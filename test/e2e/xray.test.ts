import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { findLane, openLaneFinder, type LanePlace } from '../../shared/driving/lane-finder.ts'
import { openPage } from '../support/browser.ts'
import { PageDriver, seeCar } from '../support/page-driver.ts'
import { useStage } from '../support/stage.ts'
import { nuageville } from '../support/test-city.ts'

/** Metres a second above which the ring's limit is passed. */
const LIMIT = 110 / 3.6

/** The real city in a real Chromium, seen through. */
describe('the X-ray of a city of one’s own', () => {
  const stage = useStage()

  async function openSolo(screen: Parameters<typeof openPage>[1] = {}, settings: object = {}) {
    const { page, complaints } = await openPage(stage.browser, screen)
    const asked: Request[] = []
    page.context().on('request', (request) => asked.push(request))
    await page.addInitScript((text) => localStorage.setItem('nuageville.settings', text), JSON.stringify(settings))
    await page.goto(`${stage.server.address}/play?scenario=discovery&seed=7&overlay`)
    await page.locator('.street-picture canvas').waitFor()
    await page.locator('#overlay[data-x]').waitFor()
    // The city begins when its picture is there.
    await expect.poll(async () => (await seeCar(page))?.tick ?? 0, { timeout: 60_000 }).toBeGreaterThan(20)
    return { page, complaints, asked }
  }
  const overlayAside = (page: Page) => page.locator('#overlay').evaluate((box) => box.style.setProperty('pointer-events', 'none')) // prettier-ignore

  it.each([1, 2])('opens what is under the finger, at %d pixels per CSS pixel', async (deviceScaleFactor) => {
    const screen = { viewport: { width: 800, height: 500 }, deviceScaleFactor }
    // A picture that keeps still has the own car in its middle.
    const { page, complaints, asked } = await openSolo(screen, { reducedMotion: true })
    await overlayAside(page)
    const isChart = (request: Request) => request.url().includes('thing-graph')
    await page.keyboard.press('KeyX')
    await page.mouse.click(400, 250)
    const panel = page.locator('dialog.panel-thing')
    await panel.locator('.thing-head').waitFor()
    expect(await panel.locator('.thing-head').innerText()).toContain('City::Fleet::Vehicle')
    expect(asked.some(isChart)).toBe(false)
    await page.keyboard.press('Escape')

    await page.keyboard.press('KeyN')
    await page.locator('.thing-line', { hasText: 'CloudWatch' }).first().click()
    await page.locator('.uplot canvas').waitFor()
    expect(asked.some(isChart)).toBe(true)
    for (const operation of ['GetMetricData', 'DescribeAlarms', 'DescribeAlarmHistory'])
      expect(await page.locator('.panel-thing').innerText()).toContain(operation)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('drives the car of whoever reads at speed: in its lane, and down to the limit', async () => {
    const { page } = await openSolo({ viewport: { width: 480, height: 320 } })
    const driver = new PageDriver(page, nuageville)
    const speed = async () => (await seeCar(page))?.speed ?? 0
    expect(await driver.driveUntil(async () => (await speed()) > LIMIT + 1)).toBe(true)
    await page.keyboard.press('KeyM')
    const opened = (await seeCar(page))?.tick ?? 0
    await expect.poll(async () => ((await seeCar(page))?.tick ?? 0) - opened, { timeout: 60_000 }).toBeGreaterThan(120)
    const car = await seeCar(page)
    if (car === null) throw new Error('no car')
    const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
    findLane(openLaneFinder(nuageville), car, place)
    expect(place.distance).toBeLessThan(1.5)
    expect(car.speed).toBeGreaterThan(5)
    expect(car.speed).toBeLessThan(LIMIT + 1)
    await page.context().close()
  })
})
