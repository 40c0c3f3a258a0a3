import type { Browser, Page } from 'playwright-core'

import type { Running } from '../../server/main.ts'
import { openPage } from '../support/browser.ts'
import { gaugePage, weighPage, type Held } from '../support/page-gauge.ts'

const SCREEN = { viewport: { width: 640, height: 360 } }
/** The panels that a key opens. */
const PANEL_KEYS = ['KeyM', 'KeyK', 'KeyN'] as const
/** Until the lists of a view are full and the pools have grown to the busiest street. */
const FILLING_MINUTES = 5

/** The car drives itself, and its driver has hands for the panels. */
const SETTINGS = { assists: { steering: true, braking: true, speedCap: 1, autopilot: true } }

/** Opens and closes every panel, and looks through the X-ray. */
export async function openPanels(page: Page): Promise<void> {
  for (const key of PANEL_KEYS) {
    await page.keyboard.press(key)
    await page.locator('dialog.panel').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog.panel').waitFor({ state: 'detached' })
  }
  await page.keyboard.press('KeyX')
  await page.waitForTimeout(500)
  await page.keyboard.press('KeyX')
}

/** Plays for so many minutes. @returns what the page held after each */
export async function measurePlay(
  browser: Browser,
  { address }: Running,
  { minutes, say }: { readonly minutes: number; readonly say: (line: string) => void },
): Promise<Held[]> {
  const { page } = await openPage(browser, SCREEN)
  await gaugePage(page)
  await page.addInitScript((text) => localStorage.setItem('nuageville.settings', text), JSON.stringify(SETTINGS))
  const session = await page.context().newCDPSession(page)
  await page.goto(`${address}/play?scenario=discovery&seed=7&overlay`)
  await page.locator('canvas[data-ground=fine]').waitFor({ timeout: 120_000 })
  const held: Held[] = []
  for (let minute = 1; minute <= minutes; minute += 1) {
    await page.waitForTimeout(55_000)
    await openPanels(page)
    const now = await weighPage(page, session)
    held.push(now)
    say(`minute ${minute}: ${inWords(now)}`)
  }
  await page.context().close()
  return held
}

const inWords = ({ heapBytes, nodes, listeners, textures, textureBytes }: Held) =>
  `${(heapBytes / 1e6).toFixed(1)} MB of heap, ${nodes} nodes, ${listeners} listeners, ${textures} textures of ${(textureBytes / 1e6).toFixed(0)} MB`

/** Bytes of heap that a minute adds, by least squares, once everything that fills up is full. */
export function growthOf(held: readonly Held[]): number {
  const counted = held.slice(Math.min(FILLING_MINUTES, Math.floor(held.length / 2)))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const minutes = counted.map((_, i) => i)
  const heap = counted.map(({ heapBytes }) => heapBytes)
  const [middle, level] = [mean(minutes), mean(heap)]
  const shared = minutes.reduce((sum, minute, i) => sum + (minute - middle) * ((heap[i] ?? 0) - level), 0)
  const spread = minutes.reduce((sum, minute) => sum + (minute - middle) ** 2, 0)
  return spread === 0 ? 0 : shared / spread
}
