import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

import type { Weather } from '../../shared/model/command.ts'
import type { Running } from '../../server/main.ts'
import { openPage } from '../support/browser.ts'
import { openPlayer, openRoom, type Player } from '../support/live-server.ts'
import { PageDriver, seeCar } from '../support/page-driver.ts'
import { nuageville } from '../support/test-city.ts'
import { sayIn } from '../support/texts.ts'

/** One profile of the browser, and what is looked at in it. */
export interface Visit {
  readonly name: string
  readonly language?: 'en' | 'fr'
  readonly screen?: BrowserContextOptions
  /** As the settings panel would have saved them. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly lesson?: Lesson
  readonly take: (studio: Studio) => Promise<void>
}

/** What is changed of the lesson that is played: the engine itself then plays at that hour, in that weather. */
interface Lesson {
  /** Hour of the city's day. */
  readonly hour?: number
  readonly weather?: Weather
  /** The road on which the driver starts. */
  readonly road?: string
}

export interface Studio {
  readonly page: Page
  readonly complaints: readonly string[]
  /** The text of a key, in the visit's language. */
  readonly say: (key: string) => string
  readonly open: (path: string) => Promise<void>
  /** Starts a city of one's own. */
  readonly openSolo: () => Promise<void>
  /** Lets so many seconds of play go by. */
  readonly watch: (seconds: number) => Promise<void>
  /** Hands on the keys of the page. */
  readonly driver: PageDriver
  /** A room, and drivers in it; its teacher's key is in this browser. @returns its code */
  readonly openClass: (names: readonly string[]) => Promise<string>
  /** Writes the picture. A second one of the same visit has a name of its own. */
  readonly shoot: (part?: string) => Promise<void>
  readonly close: () => Promise<void>
}

interface StudioSetting {
  readonly browser: Browser
  readonly server: Running
  readonly visit: Visit
  readonly out: string
}

export async function openStudio({ browser, server, visit, out }: StudioSetting): Promise<Studio> {
  const language = visit.language ?? 'en'
  const { page, complaints } = await openPage(browser, { locale: language, ...visit.screen })
  const players: Player[] = []
  if (visit.settings) await keep(page, 'nuageville.settings', JSON.stringify(visit.settings))
  if (visit.lesson) await changeLesson(page, visit.lesson)
  const at = (path: string) => new URL(path, server.address).href

  return {
    page,
    complaints,
    driver: new PageDriver(page, nuageville),
    say: sayIn(language),
    async open(path) {
      await page.goto(at(path))
      await page.locator('h1').first().waitFor({ state: 'attached' })
    },
    async openSolo() {
      await page.goto(at('/play?scenario=discovery&seed=7&overlay'))
      await page.locator('.street-picture canvas').waitFor()
      await page.locator('#overlay[data-x]').waitFor()
    },
    async watch(seconds) {
      const until = ((await seeCar(page))?.tick ?? 0) + seconds * 20
      while (((await seeCar(page))?.tick ?? 0) < until) await page.waitForTimeout(100)
    },
    async openClass(names) {
      const { code, hostKey } = await openRoom(server.port)
      await keep(page, `nuageville.desk.${code}`, hostKey)
      for (const name of names) players.push(await openAutopilot(server.port, code, name))
      return code
    },
    async shoot(part) {
      const path = `${out}/${visit.name}${part === undefined ? '' : `-${part}`}.png`
      await page.waitForFunction(isPainted, undefined, { timeout: PAINTED_MS })
      await page.waitForFunction(isStill)
      await page.locator('#overlay').evaluateAll((boxes) => boxes.forEach((box) => box.toggleAttribute('hidden', true)))
      await page.screenshot({ path })
      await page
        .locator('#overlay')
        .evaluateAll((boxes) => boxes.forEach((box) => box.toggleAttribute('hidden', false)))
      process.stdout.write(`shots: ${path}\n`)
    },
    async close() {
      for (const player of players) player.close()
      await page.context().close()
    },
  }
}

const keep = (page: Page, name: string, value: string) =>
  page.addInitScript(([key = '', text = '']) => localStorage.setItem(key, text), [name, value])

/** A whole city on a wall takes a slow machine a while. */
const PAINTED_MS = 180_000

/** Where a city is shown, its ground is painted piece by piece beside the page. */
const isPainted = () => [...document.querySelectorAll('.street-picture canvas')].every((canvas) => (canvas as HTMLElement).dataset['ground'] === 'fine') // prettier-ignore

/** Panels slide in and cards rise: nothing that comes to an end is still on its way. */
const isStill = () =>
  document
    .getAnimations()
    .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity)

async function openAutopilot(port: number, room: string, name: string): Promise<Player> {
  const player = openPlayer(port)
  await player.join({ room, role: 'driver', name })
  await player.ask('assist', { steering: true, braking: true, speedCap: 1, autopilot: true })
  return player
}

/** Serves the page a lesson that differs in these points from the one that is built in. */
async function changeLesson(page: Page, { hour, weather, road }: Lesson): Promise<void> {
  const inject = { id: 'weather', at: { playSeconds: 0 }, change: { kind: 'set-weather', weather } }
  // The page has the lesson as a file of its own, a city of one's own in the script of its worker.
  await page.route(/\/assets\/(discovery|worker)-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    let body = await response.text()
    if (hour !== undefined) body = body.replace(/startsAt:[`'"]\d[^,}]+/, `startsAt:"${startOf(hour)}"`)
    if (road !== undefined) body = body.replace(/startRoads:\[[^\]]*\]/, `startRoads:["${road}"]`)
    if (weather !== undefined) body = body.replace(/injects:\[(?=\{)/, `injects:[${JSON.stringify(inject)},`)
    await route.fulfill({ response, body })
  })
}

/** The city lives in UTC+1 all year. */
const startOf = (hour: number) =>
  new Date(Date.UTC(2026, 2, 14, 0, Math.round((hour - 1) * 60))).toISOString().replace('.000Z', 'Z')
