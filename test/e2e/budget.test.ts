import type { Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { useStage } from '../support/stage.ts'

const MEGABYTE = 1_000_000
/** What a class fetches at the same moment, over one line: the front page, and ahead of time all that a driver needs. */
const FIRST_DRIVE = 3 * MEGABYTE
/** What the front page needs to be there: the rest comes while it is being read. */
const FRONT_PAGE = 0.15 * MEGABYTE

describe('the first visit', () => {
  const stage = useStage()

  it('weighs less than three megabytes until a car drives, and asks nobody but this server', async () => {
    const { page, complaints } = await openPage(stage.browser, { viewport: { width: 480, height: 320 } })
    const asked: Request[] = []
    page.context().on('request', (request) => asked.push(request))
    const ahead = [page.waitForResponse(/assets\/game-/), page.waitForEvent('worker')]
    await page.goto(stage.server.address)
    await page.locator('.way-solo .button-primary').waitFor()
    await Promise.all(ahead)
    await page.waitForLoadState('networkidle')
    const own = asked.filter((request) => !/assets\/(?:game|worker)-/.test(request.url()))
    expect(await weigh(own)).toBeLessThan(FRONT_PAGE)

    await page.locator('.way-solo .button-primary').click()
    await page.locator('.street-picture canvas').waitFor()
    await page.keyboard.press('Backquote')
    await page.locator('#overlay[data-x]').waitFor()
    expect(await weigh(asked)).toBeLessThan(FIRST_DRIVE)
    expect(asked.some((request) => request.url().includes('worker'))).toBe(true)

    const origins = asked.map((request) => new URL(request.url())).filter(({ protocol }) => protocol.startsWith('http'))
    expect([...new Set(origins.map(({ origin }) => origin))]).toEqual([new URL(stage.server.address).origin])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

/** @returns bytes on the wire, headers and all, of what has arrived */
async function weigh(requests: readonly Request[]): Promise<number> {
  const arrived = await Promise.all(requests.map((request) => request.response()))
  const sizes = await Promise.all(arrived.flatMap((response) => response?.request().sizes() ?? []))
  return sizes.reduce(
    (sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize,
    0,
  )
}
