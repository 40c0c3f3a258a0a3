import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openDemoSite, type DemoSite } from './demo-site.ts'

let site: DemoSite
beforeAll(async () => {
  site = await openDemoSite()
})
afterAll(() => site.close())

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const LOW: BrowserContextOptions = { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }
const NARROW: BrowserContextOptions = { viewport: { width: 320, height: 640 } }

const tool = (name: string) => (page: Page) => page.locator('.tool', { hasText: name }).click()
const nothing = () => Promise.resolve()

const mail = tool('Mail')
async function why(page: Page): Promise<void> {
  await mail(page)
  await page.locator('.letter-body .button').click()
  await page.locator('.step-current .step-json summary').click()
}

const seeThrough = tool('X-ray')
async function near(page: Page): Promise<void> {
  await seeThrough(page)
  await page.locator('.near-me').click()
  await page.locator('.thing-line .state').first().waitFor()
}
async function thing(page: Page): Promise<void> {
  await near(page)
  await page.locator('.thing-line', { hasText: 'A7-N' }).click()
  await page.locator('.uplot canvas').waitFor()
  for (const summary of await page.locator('.panel-thing summary').all()) await summary.click()
}

const goals = tool('Goals')
const question = async (page: Page): Promise<void> => {
  await goals(page)
  await page.locator('.goal-asking .button').click()
  await page.locator('.question').waitFor()
}
const answered = async (page: Page): Promise<void> => {
  await goals(page)
  await page.locator('.goal-wrong .button').click()
  await page.locator('.verdict').waitFor()
}
async function posts(page: Page): Promise<void> {
  await goals(page)
  await page.getByRole('button', { name: 'Change post' }).click()
  await page.locator('.posts').waitFor()
}
/** @param order of the post in the list; 0 is the wheel */
const desk = (order: number) => async (page: Page) => {
  await posts(page)
  await page.locator('.post .button').nth(order).click()
  await page.locator('.desk .button').first().waitFor()
}

const SURFACES: readonly (readonly [name: string, path: string, act: (page: Page) => Promise<void>])[] = [
  ['the front page', '/', nothing],
  ['the statement on accessibility', '/accessibility', nothing],
  ['joining with a code', '/j/ABC234', nothing],
  ['driving', '/play', nothing],
  ['the mailbox', '/play', mail],
  ['the logbook', '/play', tool('Logbook')],
  ['the "Why?" panel', '/play', why],
  ['the X-ray', '/play', seeThrough],
  ['the things near a car', '/play', near],
  ['a thing of the X-ray', '/play', thing],
  ['the goals and both scores', '/play', goals],
  ['a question', '/play', question],
  ['an answered question', '/play', answered],
  ['the posts', '/play', posts],
  ['the desk of the cameras', '/play', desk(1)],
  ['the desk of the rules', '/play', desk(2)],
  ['the desk of the units', '/play', desk(3)],
  ['the desk of the inspector', '/play', desk(4)],
  ['the desk of the logbook', '/play', desk(5)],
  ['the agents', '/play', (page) => page.locator('.feed-more').click()],
  ['the settings', '/play', tool('Settings')],
  ['the host', '/host?room=ABC234', nothing],
  ['help for a seat', '/host?room=ABC234', (page) => page.locator('.seats .button').first().click()],
  ['who is in the room', '/play?room=ABC234', (page) => page.locator('.head-count').click()],
  ['ending a room', '/host?room=ABC234', (page) => page.locator('.button-quiet').click()],
  ['the projector', '/projector?room=ABC234', nothing],
  ['a room that is not there', '/play?room=NNNNNN', nothing],
]

/** The surfaces that colour and width change most. */
const MOST_DIFFERENT = SURFACES.filter(([name]) =>
  /front page|driving|Why|settings|the host|near a car|a thing|in the room/.test(name),
)

const faults = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`)) // prettier-ignore
}

async function faultsOf([, path, act]: (typeof SURFACES)[number], options: BrowserContextOptions) {
  const page = await site.open(path, options)
  await act(page)
  const found = await faults(page)
  await page.context().close()
  return found
}

describe('axe', () => {
  it.each(SURFACES)('finds nothing on %s by day', async (...surface) => {
    expect(await faultsOf(surface, { colorScheme: 'light' })).toEqual([])
  })

  it.each(MOST_DIFFERENT)('finds nothing on %s by night', async (...surface) => {
    expect(await faultsOf(surface, { colorScheme: 'dark' })).toEqual([])
  })

  it.each(MOST_DIFFERENT)('finds nothing on %s on a phone', async (...surface) => {
    expect(await faultsOf(surface, PHONE)).toEqual([])
  })
})

/** Boxes that cut their text off, buttons that their text sticks out of, and whatever makes the page wider than the screen. */
const clipped = (page: Page) =>
  page.evaluate(() => {
    const ROOM = 4
    const isHiddenOnPurpose = (element: Element) =>
      element.closest('.visually-hidden, .tool-label, .part-name, .near-label') !== null
    const name = (element: Element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`
    const boxes = [...document.querySelectorAll('#app *')].filter((element) => {
      const { overflowX, clipPath } = getComputedStyle(element)
      const isCutting = (overflowX === 'hidden' || overflowX === 'clip') && clipPath === 'none'
      return isCutting && element.scrollWidth > element.clientWidth + 1
    })
    const walker = document.createTreeWalker(document.querySelector('#app') ?? document.body, NodeFilter.SHOW_TEXT)
    const loose: string[] = []
    while (walker.nextNode()) {
      const button = walker.currentNode.parentElement?.closest('button, .button')
      if (!button || isHiddenOnPurpose(walker.currentNode.parentElement ?? button)) continue
      const range = document.createRange()
      range.selectNodeContents(walker.currentNode)
      const [text, box] = [range.getBoundingClientRect(), button.getBoundingClientRect()]
      if (text.width === 0) continue
      if (text.left < box.left - ROOM || text.right > box.right + ROOM) loose.push(name(button))
    }
    const overflow = document.documentElement.scrollWidth - innerWidth
    return [...boxes.map(name), ...loose, ...(overflow > 0 ? [`page wider by ${overflow}`] : [])]
  })

describe('texts a third longer', () => {
  const SCREENS = [['a laptop', {}], ['a phone', PHONE], ['a phone held sideways', LOW]] as const // prettier-ignore
  const PATHS = [
    '/?pseudo',
    '/accessibility?pseudo',
    '/j/ABC234?pseudo',
    '/play?pseudo',
    '/host?room=ABC234&pseudo',
  ] as const
  const PANELS = [['the things near a car', near], ['a thing of the X-ray', thing]] as const // prettier-ignore
  const panels = SCREENS.flatMap(([screen, options]) => PANELS.map(([name, act]) => [name, screen, options, act] as const)) // prettier-ignore

  it.each(panels)('are not cut off in %s on %s', async (_name, _screen, options, act) => {
    const page = await site.open('/play?pseudo', options)
    await act(page)
    expect(await clipped(page)).toEqual([])
    await page.context().close()
  })

  const cases = SCREENS.flatMap(([name, options]) => PATHS.map((path) => [path, name, options] as const))

  it.each(cases)('are not cut off at %s on %s', async (path, _name, options) => {
    const page = await site.open(path, options)
    expect(await clipped(page)).toEqual([])
    await page.context().close()
  })
})

describe('letters twice as large', () => {
  it.each(['/', '/j/ABC234', '/play', '/host?room=ABC234'])('reflow at 320 pixels: %s', async (path) => {
    const page = await site.open(path, NARROW)
    await page.evaluate(() => localStorage.setItem('nuageville.settings', JSON.stringify({ textScale: 2 })))
    await page.reload()
    await page.locator('body[data-ready] h1').first().waitFor({ state: 'attached' })
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
    expect(await clipped(page)).toEqual([])
    await page.context().close()
  })

  it('keep high contrast clean as well', async () => {
    const page = await site.open('/play')
    const saved = JSON.stringify({ textScale: 2, highContrast: true, easyReading: true })
    await page.evaluate((settings) => localStorage.setItem('nuageville.settings', settings), saved)
    await page.reload()
    await page.locator('.dial').waitFor()
    expect(await faults(page)).toEqual([])
    await page.context().close()
  })
})

describe('what the X-ray opens, in letters twice as large and high contrast', () => {
  const SCREENS = [['a narrow screen', NARROW], ['a phone held sideways', LOW], ['a laptop', {}]] as const // prettier-ignore
  const cases = SCREENS.flatMap(([screen, options]) => ([['the list', near], ['a thing', thing]] as const).map(([name, act]) => [name, screen, options, act] as const)) // prettier-ignore

  it.each(cases)('%s is whole and clean on %s', async (_name, _screen, options, act) => {
    const page = await site.open('/play', options)
    const saved = JSON.stringify({ textScale: 2, highContrast: true })
    await page.evaluate((settings) => localStorage.setItem('nuageville.settings', settings), saved)
    await page.reload()
    await page.locator('.tool').first().waitFor()
    await act(page)
    expect(await clipped(page)).toEqual([])
    expect(await faults(page)).toEqual([])
    await page.context().close()
  })
})

const TABLET: BrowserContextOptions = { ...LOW, viewport: { width: 1024, height: 768 } }
const TABLET_UPRIGHT: BrowserContextOptions = { ...LOW, viewport: { width: 768, height: 1024 } }
const TOUCHED = [['phone', PHONE], ['phone held sideways', LOW], ['tablet', TABLET], ['tablet held upright', TABLET_UPRIGHT]] as const // prettier-ignore

describe('fingers', () => {
  it.each(TOUCHED)('find no panel over what drives, on a %s', async (_name, options) => {
    const page = await site.open('/play', options)
    await page.locator('.dial').waitFor()
    const covered = await page.evaluate(() => {
      const boxesOf = (selector: string) =>
        [...document.querySelectorAll(selector)].map((element) => ({ name: element.className, ...element.getBoundingClientRect().toJSON() })) // prettier-ignore
      type Box = { name: string; left: number; right: number; top: number; bottom: number }
      const doMeet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
      const panels = boxesOf('.minimap, .street-sign, .dial, .car-state, .card, .tool, .objective')
      return boxesOf('.thumb').flatMap((thumb: Box) =>
        panels.filter((panel: Box) => doMeet(thumb, panel)).map((panel: Box) => `${thumb.name} under ${panel.name}`),
      )
    })
    expect(covered).toEqual([])
    await page.context().close()
  })

  it('find every target at least 24 pixels wide and high, and driving ones 48', async () => {
    const page = await site.open('/play', PHONE)
    await page.locator('.thumb').first().waitFor()
    const sizes = await page.evaluate(() =>
      [...document.querySelectorAll('button, a, input, summary')].map((element) => {
        const { width, height } = element.getBoundingClientRect()
        return { name: String(element.className), least: Math.min(width, height) }
      }),
    )
    const shown = sizes.filter(({ least }) => least > 0)
    expect(shown.filter(({ least }) => least < 24)).toEqual([])
    expect(shown.filter(({ name, least }) => name.startsWith('thumb') && least < 48)).toEqual([])
    await page.context().close()
  })
})
