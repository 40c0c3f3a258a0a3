import type { Browser, Page } from 'playwright-core'

import type { Running } from '../../server/main.ts'
import { openPage } from '../support/browser.ts'
import { gaugePage, stepFrames } from '../support/page-gauge.ts'

const SCREEN = { viewport: { width: 1280, height: 720 } }
/** Frames until the ground is painted and the quality has settled: to try a finer step and leave it again takes 9 s. */
const WARM_UP_FRAMES = 900
/** Frames that are counted. */
const COUNTED_FRAMES = 300

interface Spread {
  readonly p50: number
  readonly p95: number
}

/** Milliseconds: between two frames of the screen; of work for one frame, all its pixels drawn; of its scripts. */
export interface Frames {
  readonly size: string
  readonly screen: Spread
  readonly work: Spread
  readonly script: Spread
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

async function measureFrames(page: Page): Promise<Frames> {
  const between = await page.evaluate(
    ([warmUp = 0, counted = 0]) =>
      new Promise<number[]>((resolve) => {
        const spent: number[] = []
        let last: number | null = null
        const frame = (now: number) => {
          if (last !== null) spent.push(now - last)
          last = now
          if (spent.length < warmUp + counted) requestAnimationFrame(frame)
          else resolve(spent.slice(warmUp))
        }
        requestAnimationFrame(frame)
      }),
    [WARM_UP_FRAMES, COUNTED_FRAMES],
  )
  const size = await page.evaluate(() => {
    const canvas = document.querySelector('canvas[data-ground]') ?? document.querySelector('canvas')
    return canvas instanceof HTMLCanvasElement ? `${canvas.width} × ${canvas.height}` : ''
  })
  const stepped = await stepFrames(page, COUNTED_FRAMES)
  const work = spreadOf(stepped.map(({ whole }) => whole))
  return { size, screen: spreadOf(between), work, script: spreadOf(stepped.map(({ script }) => script)) }
}

/** A drive among the forty bots of the lesson. */
export async function measureDrive(browser: Browser, { address }: Running): Promise<Frames> {
  const { page } = await openPage(browser, SCREEN)
  await gaugePage(page)
  await page.goto(`${address}/play?scenario=discovery&seed=7`)
  await page.locator('canvas[data-ground=fine]').waitFor({ timeout: 120_000 })
  await page.keyboard.down('ArrowUp')
  const frames = await measureFrames(page)
  await page.context().close()
  return frames
}

/** The least that a page with a canvas can do: the peer of every figure above. */
export async function measureBare(browser: Browser, { address }: Running): Promise<Frames> {
  const { page } = await openPage(browser, SCREEN)
  await gaugePage(page)
  await page.goto(`${address}/healthz`)
  await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    document.body.replaceChildren(canvas)
    Object.assign(document.body.style, { margin: 0 })
    Object.assign(canvas, { width: 1280, height: 720 })
    const gl = canvas.getContext('webgl')
    gl?.bindTexture(gl.TEXTURE_2D, null)
    const clear = (now: number) => {
      gl?.clearColor((now % 1000) / 1000, 0.5, 0.5, 1)
      gl?.clear(gl.COLOR_BUFFER_BIT)
      requestAnimationFrame(clear)
    }
    requestAnimationFrame(clear)
  })
  const frames = await measureFrames(page)
  await page.context().close()
  return frames
}
