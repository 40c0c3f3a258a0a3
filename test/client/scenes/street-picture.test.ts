import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, preview, type PreviewServer } from 'vite'

import { atlasPlugin } from '../../../client/build/atlas-plugin.ts'
import { phaserPlugin } from '../../../client/build/phaser-plugin.ts'
import { openBrowser, openPage } from '../../support/browser.ts'
import { gaugePage } from '../../support/page-gauge.ts'

const ROOT = fileURLToPath(new URL('../../support/demo-page', import.meta.url))

let outDir: string
let server: PreviewServer
let browser: Browser

beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'nuageville-street-'))
  const shared = { configFile: false, root: ROOT, logLevel: 'error' } as const
  const worker = { format: 'es', plugins: () => [atlasPlugin()] } as const
  await build({
    ...shared,
    worker,
    plugins: [phaserPlugin(), atlasPlugin()],
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  })
  server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await server.close()
  rmSync(outDir, { recursive: true })
})

/** A street whose ground in sight is painted, and what the page complained of. */
async function openStreet(query: string): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const opened = await openPage(browser, { viewport: { width: 640, height: 400 } })
  const address = new URL(`/?${query}`, server.resolvedUrls?.local[0])
  await opened.page.route('**/favicon.ico', (route) => route.fulfill({ status: 204, body: '' }))
  await gaugePage(opened.page)
  await opened.page.goto(address.href)
  await opened.page.locator('body[data-ready]').waitFor({ state: 'attached' })
  await opened.page.locator('canvas[data-ground=fine]').waitFor({ timeout: 120_000 })
  return opened
}

/** So many pixels across, and as many down, count as one. */
const SHRUNK = 4

/** Relative luminance of what the screen shows. */
async function luminances(page: Page): Promise<number[]> {
  const shot = (await page.screenshot()).toString('base64')
  const pixels = await page.evaluate(
    async ([png, shrunk]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${png}`
      await image.decode()
      const canvas = new OffscreenCanvas(image.width / shrunk, image.height / shrunk)
      const pen = canvas.getContext('2d')
      pen?.drawImage(image, 0, 0, canvas.width, canvas.height)
      return [...(pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])]
    },
    [shot, SHRUNK] as const,
  )
  return luminancesOf(pixels)
}

function luminancesOf(pixels: readonly number[]): number[] {
  const linear = (v = 0) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
  return Array.from({ length: pixels.length / 4 }, (_, i) => {
    const [red, green, blue] = pixels.slice(i * 4, i * 4 + 3).map(linear)
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)))

/** Pictures of one second of the page's own time: as many as a flash of up to half their number needs to be seen. */
const PICTURES_A_SECOND = 24
/** The least change of relative luminance that can be a flash, and the light that the darker side of one stays below. */
const LIGHT_STEP = 0.1
const DARK = 0.8

/** Seconds that the camera has to come to rest: what moves with it goes up and down without being a flash. */
const REST_SECONDS = 5

/**
 * Relative luminances of the canvas over a second of its own clock, once the camera rests: a slow machine takes longer
 * for them and sees the same.
 */
async function secondAtRest(page: Page): Promise<number[][]> {
  const frames = await page.evaluate(
    ([count, rest, shrunk]) => {
      window.gauge.isStepped = true
      const shown = document.querySelector('canvas')
      if (!shown) throw new Error('no canvas')
      const from = performance.now()
      for (let i = 1; i <= rest * count; i += 1) window.gauge.frameAt(from + (i * 1000) / count)
      return Array.from({ length: count }, (_, i) => {
        window.gauge.frameAt(from + rest * 1000 + ((i + 1) * 1000) / count)
        const canvas = new OffscreenCanvas(shown.width / shrunk, shown.height / shrunk)
        const pen = canvas.getContext('2d')
        pen?.drawImage(shown, 0, 0, canvas.width, canvas.height)
        return [...(pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])]
      })
    },
    [PICTURES_A_SECOND, REST_SECONDS, SHRUNK] as const,
  )
  return frames.map(luminancesOf)
}

/** How often it goes up and down again, or down and up: the pairs of opposing changes of WCAG 2.3.1. */
function flashesIn(lights: readonly number[]): number {
  let [changes, way, turn] = [0, 0, lights[0] ?? 0]
  for (const light of lights) {
    const now = Math.sign(light - turn)
    if (now === way) turn = light
    else if (Math.abs(light - turn) >= LIGHT_STEP && Math.min(light, turn) < DARK) {
      changes += 1
      way = now
      turn = light
    }
  }
  return Math.floor(changes / 2)
}

describe('the street in a real browser', () => {
  it('draws a lively picture by day, without complaints', async () => {
    const { page, complaints } = await openStreet('hour=11&cars=20')
    const day = await luminances(page)
    expect(spread(day)).toBeGreaterThan(0.08)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('is darker by night, and not black', async () => {
    const at = async (hour: number) => {
      const { page } = await openStreet(`hour=${hour}&cars=20`)
      const light = mean(await luminances(page))
      await page.close()
      return light
    }
    const [day, night] = [await at(12), await at(23)]
    expect(night).toBeLessThan(day * 0.5)
    expect(night).toBeGreaterThan(0.01)
  })

  it('draws flat strong colours in high contrast, the same by day and by night and in fog', async () => {
    const shown: number[] = []
    for (const moment of ['hour=11', 'hour=23', 'hour=23&weather=fog']) {
      const { page, complaints } = await openStreet(`contrast&road=a7-east&cars=20&${moment}`)
      const light = await luminances(page)
      expect(complaints).toEqual([])
      expect(light.filter((v) => v < 0.03).length / light.length).toBeGreaterThan(0.8)
      expect(light.filter((v) => v > 0.7).length).toBeGreaterThan(40)
      shown.push(mean(light))
      await page.close()
    }
    expect(Math.max(...shown) - Math.min(...shown)).toBeLessThan(0.02)
  })

  it('shows the whole city from above without an own car', async () => {
    const { page, complaints } = await openStreet('projector&cars=30&xray&busy')
    expect(spread(await luminances(page))).toBeGreaterThan(0.02)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('fills the page at every step of its quality', async () => {
    const { page } = await openStreet('hour=11&cars=5')
    const sizes = await page.evaluate(() => {
      window.gauge.isStepped = true
      const canvas = document.querySelector('canvas')
      if (!canvas) throw new Error('no canvas')
      const from = performance.now()
      return Array.from({ length: 800 }, (_, i) => {
        window.gauge.frameAt(from + i * 10)
        const { width, height } = canvas.getBoundingClientRect()
        return { pixels: canvas.width, width: Math.round(width), height: Math.round(height) }
      })
    })
    expect(new Set(sizes.map(({ pixels }) => pixels)).size).toBeGreaterThan(1)
    expect(sizes.filter(({ width, height }) => width !== 640 || height !== 400)).toEqual([])
    await page.close()
  })

  it('flashes at most three times a second anywhere, and on no tenth of the screen, with thirty sirens at night', async () => {
    const { page } = await openStreet('crowd&still&hour=23&cars=30')
    const frames = await secondAtRest(page)
    const flashes = (frames[0] ?? []).map((_, place) => flashesIn(frames.map((frame) => frame[place] ?? 0)))
    expect(flashes.length).toBeGreaterThan(1000)
    expect(flashes.filter((count) => count > 0).length).toBeGreaterThan(10)
    expect(Math.max(...flashes)).toBeLessThanOrEqual(3)
    expect(flashes.filter((count) => count > 0).length / flashes.length).toBeLessThan(0.1)
    await page.close()
  })
})
