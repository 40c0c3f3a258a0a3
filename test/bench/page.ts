/**
 * What a driver's device has to do: bytes and seconds until a car can be driven, over a line of 10 Mbit/s and with a
 * processor four times slower, and how long frames take under software GL, beside a page that only clears its canvas.
 * Printed, never asserted: the machine that runs it decides them. `--json`: the last line holds the figures.
 */
import type { Browser, Page, Request } from 'playwright-core'

import { buildClientIfStale } from '../../server/build-client.ts'
import type { Running } from '../../server/main.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openServer } from '../support/live-server.ts'

const LINE = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 625_000 }
const SLOWDOWN = 4
const SCREEN = { viewport: { width: 1280, height: 720 } }
/** Frames until the picture has chosen its quality, and frames that are counted. */
const WARM_UP_FRAMES = 200
const COUNTED_FRAMES = 300

interface Start {
  readonly seconds: number
  readonly bytes: number
}

interface Frames {
  readonly p50: number
  readonly p95: number
}

const driveAddress = ({ address }: Running) => `${address}/play?scenario=discovery&seed=7&overlay`
async function isOnTheRoad(page: Page): Promise<void> {
  await page.locator('.street-picture canvas').waitFor({ timeout: 120_000 })
  await page.locator('#overlay[data-x]').waitFor()
}

async function measureStart(browser: Browser, server: Running): Promise<Start> {
  const { page } = await openPage(browser, SCREEN)
  const session = await page.context().newCDPSession(page)
  const asked: Request[] = []
  page.context().on('requestfinished', (request) => asked.push(request))
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', LINE)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  const from = performance.now()
  await page.goto(driveAddress(server))
  await isOnTheRoad(page)
  const seconds = (performance.now() - from) / 1000
  const sizes = await Promise.all(asked.map((request) => request.sizes()))
  await page.context().close()
  return { seconds, bytes: sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0) }
}

async function measureFrames(page: Page): Promise<Frames> {
  const times = await page.evaluate(
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
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

async function measureDrive(browser: Browser, server: Running): Promise<Frames> {
  const { page } = await openPage(browser, SCREEN)
  await page.goto(driveAddress(server))
  await isOnTheRoad(page)
  await page.keyboard.down('ArrowUp')
  const frames = await measureFrames(page)
  await page.context().close()
  return frames
}

/** The least that a page with a canvas can do. */
async function measureBare(browser: Browser): Promise<Frames> {
  const { page } = await openPage(browser, SCREEN)
  await page.setContent('<style>body{margin:0}</style><canvas width="1280" height="720"></canvas>')
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')?.getContext('webgl2')
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

const inMs = ({ p50, p95 }: Frames) => `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`

buildClientIfStale((line) => console.log(line))
const server = await openServer()
const browser = await openBrowser()
const start = await measureStart(browser, server)
console.log(`first drive at 10 Mbit/s and ${SLOWDOWN} × slower: ${start.seconds.toFixed(1)} s, ${start.bytes} bytes`)
const bare = await measureBare(browser)
const drive = await measureDrive(browser, server)
console.log(`a frame of 1280 × 720 under software GL, 40 bots: ${inMs(drive)}; of a cleared canvas: ${inMs(bare)}`)
if (process.argv.includes('--json')) console.log(JSON.stringify({ start, drive, bare }))
await browser.close()
await server.close()
