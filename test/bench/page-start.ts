import type { Browser, Page, Request } from 'playwright-core'

import type { Running } from '../../server/main.ts'
import { openPage } from '../support/browser.ts'

const LINE = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 625_000 }
export const SLOWDOWN = 4
const SCREEN = { viewport: { width: 1280, height: 720 } }

/** Seconds from the first request, and bytes on the wire by then. */
interface Moment {
  readonly seconds: number
  readonly bytes: number
}

export interface Start {
  /** The front page can be used: its buttons are there and its scripts are done. */
  readonly landing: Moment
  /** From a press on the front page's button, some seconds later, until the city's clock runs. */
  readonly pressed: Moment
  /** From an address that leads straight to the street, in an empty browser, until the city's clock runs. */
  readonly straight: Moment
}

/** A page in an empty profile, over a slow line and on a slow processor. */
async function openSlowPage(browser: Browser) {
  const { page } = await openPage(browser, SCREEN)
  const session = await page.context().newCDPSession(page)
  const asked: Request[] = []
  page.context().on('requestfinished', (request) => asked.push(request))
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', LINE)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  let from = performance.now()
  return {
    page,
    start: () => (from = performance.now()),
    async moment(): Promise<Moment> {
      const seconds = (performance.now() - from) / 1000
      const sizes = await Promise.all(asked.map((request) => request.sizes()))
      const bytes = sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0)
      return { seconds, bytes }
    },
  }
}

/** The street is drawn, the own car stands on it, and the first ticks have passed. */
async function isUnderWay(page: Page): Promise<void> {
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('#overlay')?.dataset['tick'] ?? 0) > 2, null, { timeout: 120_000 }) // prettier-ignore
}

export async function measureStart(browser: Browser, { address }: Running): Promise<Start> {
  const front = await openSlowPage(browser)
  front.start()
  await front.page.goto(`${address}/?overlay`)
  await front.page.locator('.way-solo .button-primary').waitFor()
  await front.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
  const landing = await front.moment()
  await front.page.waitForLoadState('networkidle')
  await front.page.locator('.way-solo .button-primary').focus()
  front.start()
  await front.page.keyboard.press('Enter')
  await front.page.locator('.street').waitFor({ timeout: 120_000 })
  await front.page.keyboard.press('Backquote')
  await isUnderWay(front.page)
  const pressed = await front.moment()
  await front.page.context().close()

  const deep = await openSlowPage(browser)
  deep.start()
  await deep.page.goto(`${address}/play?scenario=discovery&seed=7&overlay`)
  await isUnderWay(deep.page)
  const straight = await deep.moment()
  await deep.page.context().close()
  return { landing, pressed, straight }
}
