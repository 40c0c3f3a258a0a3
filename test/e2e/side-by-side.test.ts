import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { openPage } from '../support/browser.ts'
import { eventually, openPlayer, openRoom, ownOf, type Player } from '../support/live-server.ts'
import { useStage } from '../support/stage.ts'

const SHOTS = fileURLToPath(new URL('../../shots', import.meta.url))
const SEATS = 8
/** Pairs of pictures, a second apart. */
const PAIRS = 4
const APART_MS = 1000
/** Metres around both cars within which whoever one page draws is to be found on the other. */
const SHARED = 180
/** Metres that cars are drawn apart, mostly: one page shows the street a tenth of a second after the other. */
const ALIKE = 5
/** What the fastest drives, in metres a second, while one page is further behind the server than the other. */
const FASTEST = 36
const BEHIND_SECONDS = 0.2
const TICK_SECONDS = 0.05
const TOGETHER_TICKS = 4
const WIDE = { viewport: { width: 800, height: 500 } }

interface Point {
  readonly x: number
  readonly y: number
}

/** What a page draws at one instant: its own car, and the nearest others. */
interface Scene {
  readonly tick: number
  readonly own: Point
  readonly others: readonly Point[]
}

const metres = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

async function sceneOn(page: Page): Promise<Scene> {
  const shown = await page.locator('#overlay').evaluate((box) => Object.entries((box as HTMLElement).dataset))
  const data = new Map(shown)
  const number = (name: string) => Number(data.get(name))
  const others = (data.get('nearest') ?? '').split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number)
    return { x, y }
  })
  return { tick: number('tick'), own: { x: number('x'), y: number('y') }, others }
}

/** What both pages draw of nearly the same tick, however slowly a busy machine lets them draw. */
async function scenesTogether(pages: readonly Page[]): Promise<[Scene, Scene]> {
  let seen: [Scene, Scene] | null = null
  await eventuallyOn(async () => {
    const [a, b] = await Promise.all(pages.map(sceneOn))
    if (a === undefined || b === undefined) return false
    seen = [a, b]
    return Math.abs(a.tick - b.tick) <= TOGETHER_TICKS
  })
  if (seen === null) throw new Error('two pages show two scenes')
  return seen
}

async function eventuallyOn(holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > until) throw new Error('the two pages never showed the same tick')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whoever `a` draws near both own cars, each with how far from there `b` draws the nearest car. */
function apart(a: Scene, b: Scene): number[] {
  const drawn = [...b.others, b.own]
  return a.others
    .filter((car) => metres(car, a.own) < SHARED && metres(car, b.own) < SHARED)
    .map((car) => Math.min(...drawn.map((other) => metres(car, other))))
}

/** Two seats whose cars stand near each other, by their codes: the city chooses where one begins. */
async function neighbours(port: number, room: string, host: Player): Promise<[string, string]> {
  const drivers = Array.from({ length: SEATS }, () => openPlayer(port))
  const seats: { readonly seatId: string | null; readonly at: Point }[] = []
  for (const [i, driver] of drivers.entries()) {
    const { seatId } = await driver.join({ room, role: 'driver', name: `Driver ${i}` })
    await driver.ask('assist', { steering: false, braking: false, speedCap: 1, autopilot: true })
    seats.push({ seatId, at: (await eventually('the own car', () => ownOf(driver)?.own)) ?? { x: 0, y: 0 } })
  }
  const codeOf = (seatId: string | null) =>
    host.patches
      .findLast(({ set }) => set?.room?.seats.length === SEATS)
      ?.set?.room?.seats.find((seat) => seat.seatId === seatId)?.code
  const pairs = seats.flatMap((a, i) => seats.slice(i + 1).map((b) => ({ a, b, far: metres(a.at, b.at) })))
  const [nearest] = pairs.toSorted((one, other) => one.far - other.far)
  const [a, b] = [
    await eventually('a seat code', () => codeOf(nearest?.a.seatId ?? null)),
    await eventually('a seat code', () => codeOf(nearest?.b.seatId ?? null)),
  ]
  await host.ask('pause', { paused: true })
  for (const driver of drivers) driver.close()
  return [a, b]
}

/** Two browsers in one room, beside each other. */
describe('two screens side by side', () => {
  const stage = useStage()

  async function sit(room: string, seat: string): Promise<Page> {
    const { page } = await openPage(stage.browser, WIDE)
    await page.goto(`${stage.server.address}/play?room=${room}&seat=${seat}&overlay`)
    return page
  }

  it('show the same scene, a second and another second later', async () => {
    const { code, hostKey } = await openRoom(stage.server.port)
    const host = openPlayer(stage.server.port)
    await host.join({ room: code, role: 'host', hostKey })
    const pages: Page[] = []
    for (const seat of await neighbours(stage.server.port, code, host)) pages.push(await sit(code, seat))
    await host.ask('pause', { paused: false })
    for (const page of pages) await page.locator('#overlay[data-x]').waitFor({ timeout: 120_000 })
    const pictures: string[] = []
    const found: { readonly metres: number; readonly allowed: number }[] = []
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const [a, b] = await scenesTogether(pages)
      const shots = await Promise.all(pages.map((page) => page.screenshot()))
      pictures.push(...shots.map((shot) => shot.toString('base64')))
      const allowed = ALIKE + FASTEST * (BEHIND_SECONDS + Math.abs(a.tick - b.tick) * TICK_SECONDS)
      found.push(...[...apart(a, b), ...apart(b, a)].map((far) => ({ metres: far, allowed })))
      await pages[0]?.waitForTimeout(APART_MS)
    }
    const { page: sheet } = await openPage(stage.browser, { viewport: { width: 1280, height: 400 * PAIRS } })
    const images = pictures.map((picture) => `<img width=640 height=400 src="data:image/png;base64,${picture}">`)
    await sheet.setContent(`<body style="margin:0;display:grid;grid-template-columns:640px 640px">${images.join('')}`)
    mkdirSync(SHOTS, { recursive: true })
    await sheet.screenshot({ path: `${SHOTS}/side-by-side.png` })
    expect(found.length).toBeGreaterThan(PAIRS)
    const middle = found.toSorted((one, other) => one.metres - other.metres)[found.length >> 1]
    expect(middle?.metres).toBeLessThan(ALIKE)
    expect(found.filter((car) => car.metres > car.allowed)).toEqual([])
    for (const page of [...pages, sheet]) await page.context().close()
    host.close()
  })
})
