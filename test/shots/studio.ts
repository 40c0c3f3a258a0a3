import { readFileSync } from 'node:fs'

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

import type { Running } from '../../server/main.ts'
import { openPage } from '../support/browser.ts'
import { openPlayer, openRoom, type Player } from '../support/live-server.ts'
import { PageDriver, seeCar } from '../support/page-driver.ts'
import { nuageville } from '../support/test-city.ts'

/** One profile of the browser, and what is looked at in it. */
export interface Visit {
  readonly name: string
  readonly language?: 'en' | 'fr'
  readonly screen?: BrowserContextOptions
  /** As the settings panel would have saved them. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly take: (studio: Studio) => Promise<void>
}

export interface Studio {
  readonly page: Page
  readonly complaints: readonly string[]
  /** The text of a key, in the visit's language. */
  readonly say: (key: string) => string
  readonly open: (path: string) => Promise<void>
  /** Starts a city of one's own and drives it for some seconds of play. `light`: `hour=22&weather=rain`. */
  readonly driveSolo: (seconds: number, light?: string) => Promise<PageDriver>
  /** A room with its teacher's page open, and drivers in it. @returns its code */
  readonly hostRoom: (names: readonly string[]) => Promise<string>
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

const textsOf = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../assets/locales/${language}.json`, import.meta.url), 'utf8')) as Readonly<
    Record<string, string>
  >

export async function openStudio({ browser, server, visit, out }: StudioSetting): Promise<Studio> {
  const language = visit.language ?? 'en'
  const texts = textsOf(language)
  const { page, complaints } = await openPage(browser, { locale: language, ...visit.screen })
  const players: Player[] = []
  if (visit.settings)
    await page.addInitScript(
      (saved) => localStorage.setItem('nuageville.settings', saved),
      JSON.stringify(visit.settings),
    )
  const say = (key: string) => texts[key] ?? key

  return {
    page,
    complaints,
    say,
    async open(path) {
      await page.goto(new URL(path, server.address).href)
      await page.locator('h1').first().waitFor({ state: 'attached' })
      await page.evaluate(() => document.fonts.ready)
    },
    async driveSolo(seconds, light = '') {
      await page.goto(new URL(`/play?scenario=discovery&seed=7&overlay&${light}`, server.address).href)
      await page.locator('#overlay[data-x]').waitFor()
      const driver = new PageDriver(page, nuageville)
      await driver.driveUntil(async () => ((await seeCar(page))?.tick ?? 0) > seconds * 20, 60)
      return driver
    },
    async hostRoom(names) {
      const { code, hostKey } = await openRoom(server.port)
      await page.addInitScript(
        ([room = '', key = '']) => localStorage.setItem(`nuageville.desk.${room}`, key),
        [code, hostKey],
      )
      for (const name of names) {
        const player = openPlayer(server.port)
        players.push(player)
        await player.join({ room: code, role: 'driver', name })
        await player.ask('assist', { steering: true, braking: true, speedCap: 1, autopilot: true })
      }
      return code
    },
    async shoot(part) {
      await page.locator('#overlay').evaluateAll((boxes) => boxes.forEach((box) => box.toggleAttribute('hidden', true)))
      const path = `${out}/${visit.name}${part === undefined ? '' : `-${part}`}.png`
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
