import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, preview, type PreviewServer } from 'vite'

import { atlasPlugin } from '../../../client/build/atlas-plugin.ts'
import { openBrowser, openPage } from '../../support/browser.ts'

const ROOT = fileURLToPath(new URL('../../support/demo-page', import.meta.url))

let outDir: string
let server: PreviewServer
let browser: Browser

beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'nuageville-street-'))
  const shared = { configFile: false, root: ROOT, logLevel: 'error' } as const
  const worker = { format: 'es', plugins: () => [atlasPlugin()] } as const
  await build({ ...shared, worker, plugins: [atlasPlugin()], build: { outDir, emptyOutDir: true, target: 'es2022' } })
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
  await opened.page.goto(address.href)
  await opened.page.locator('body[data-ready]').waitFor({ state: 'attached' })
  await opened.page.locator('canvas[data-ground=fine]').waitFor({ timeout: 120_000 })
  return opened
}

const shotOf = async (page: Page): Promise<string> => (await page.screenshot()).toString('base64')

/** Relative luminance of every fourth pixel in both directions. */
function luminances(page: Page, shot: string): Promise<number[]> {
  return page.evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width / 4, image.height / 4)
    const pen = canvas.getContext('2d')
    pen?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const pixels = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
    const linear = (v: number) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
    const out: number[] = []
    for (let i = 0; i < pixels.length; i += 4) {
      out.push(
        0.2126 * linear(pixels[i] ?? 0) + 0.7152 * linear(pixels[i + 1] ?? 0) + 0.0722 * linear(pixels[i + 2] ?? 0),
      )
    }
    return out
  }, shot)
}

/** The least change of relative luminance that can be a flash. */
const LIGHT_STEP = 0.1

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)))

/** A pair of opposing changes (WCAG 2.3.1): up and down again, or the other way; what only comes into sight is none. */
function isFlash(lights: readonly number[]): boolean {
  return [1, -1].some((way) =>
    lights.some((light, i) => {
      const rises = lights.slice(0, i).some((before) => (light - before) * way > LIGHT_STEP)
      return rises && lights.slice(i).some((after) => (light - after) * way > LIGHT_STEP)
    }),
  )
}

describe('the street in a real browser', () => {
  it('draws a lively picture by day, without complaints', async () => {
    const { page, complaints } = await openStreet('hour=11&cars=20')
    const day = await luminances(page, await shotOf(page))
    expect(spread(day)).toBeGreaterThan(0.08)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('is darker by night, and not black', async () => {
    const at = async (hour: number) => {
      const { page } = await openStreet(`hour=${hour}&cars=20`)
      const light = mean(await luminances(page, await shotOf(page)))
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
      const light = await luminances(page, await shotOf(page))
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
    expect(spread(await luminances(page, await shotOf(page)))).toBeGreaterThan(0.02)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('never flashes on a tenth of the screen, with thirty sirens at night', async () => {
    const { page } = await openStreet('crowd&still&hour=23&cars=30')
    const frames: number[][] = []
    for (let i = 0; i < 12; i += 1) frames.push(await luminances(page, await shotOf(page)))
    const places = frames[0] ?? []
    const flashing = places.filter((_, place) => isFlash(frames.map((frame) => frame[place] ?? 0)))
    expect(places.length).toBeGreaterThan(1000)
    expect(flashing.length / places.length).toBeLessThan(0.1)
    await page.close()
  })
})
