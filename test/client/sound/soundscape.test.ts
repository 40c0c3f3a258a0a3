import { fileURLToPath } from 'node:url'

import type { Browser } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openBrowser, openPage } from '../../support/browser.ts'
import { SOUND_NAMES, type Heard, type SoundName } from '../../support/sounds-in-page.ts'

const entry = fileURLToPath(new URL('../../support/sounds-in-page.ts', import.meta.url))
const LASTING = ['idle', 'fast', 'tyres', 'brakes', 'siren', 'siren far', 'siren left'] as const
const PASSING = ['shutter', 'shutter far', 'horn', 'mail'] as const
const EVENTS = ['tyres', 'brakes', 'siren', 'shutter', 'horn', 'mail'] as const

async function bundleSounds(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, name: 'sounds', formats: ['iife'] } },
  })
  const [bundle] = built as Rollup.RollupOutput[]
  const chunk = bundle?.output[0]
  if (chunk?.type !== 'chunk') throw new Error('the sounds do not bundle')
  return `${chunk.code}\nwindow.hearSound = sounds.hearSound`
}

describe('the sounds, all volumes full', () => {
  let browser: Browser
  const heard = new Map<SoundName, Heard>()
  const of = (name: SoundName): Heard => heard.get(name) ?? expect.fail(`${name} was not played`)

  beforeAll(async () => {
    browser = await openBrowser()
    const { page } = await openPage(browser)
    await page.addScriptTag({ content: await bundleSounds() })
    for (const name of SOUND_NAMES) {
      const play = (which: string) => (globalThis as unknown as { hearSound(name: string): Promise<Heard> }).hearSound(which) // prettier-ignore
      heard.set(name, await page.evaluate(play, name))
    }
  })
  afterAll(() => browser.close())

  it('are none while nothing makes a sound', () => expect(of('silence').peak).toBe(0))

  it.each([...LASTING, ...PASSING])('are heard and do not clip: %s', (name) => {
    expect(of(name).peak).toBeGreaterThan(0.05)
    expect(of(name).peak).toBeLessThan(0.5)
  })

  it('do not clip when all come at once', () => {
    expect(of('all').peak).toBeGreaterThan(0.5)
    expect(of('all').peak).toBeLessThan(0.98)
  })

  it.each([...LASTING, ...PASSING])('begin and end without a click, and pull to no side: %s', (name) => {
    const { before, onset, after, offset } = of(name)
    expect(before).toBe(0)
    expect(onset).toBeLessThan(0.15)
    expect(after).toBeLessThan(0.001)
    expect(offset).toBeLessThan(0.002)
  })

  it.each(LASTING)('that last go on until they are let go, and fade within half a second: %s', (name) => {
    expect(of(name).seconds).toBeGreaterThan(1)
    expect(of(name).seconds).toBeLessThan(1.5)
  })

  it.each([
    ['shutter', 0.05, 0.3],
    ['horn', 0.3, 0.5],
    ['mail', 0.3, 0.9],
  ] as const)('that pass are as long as they should be: %s, %d to %d s', (name, least, most) => {
    expect(of(name).seconds).toBeGreaterThan(least)
    expect(of(name).seconds).toBeLessThan(most)
  })

  it('of the engine rise with it, in pitch and in loudness', () => {
    expect(of('idle').pitch).toBeCloseTo(42, 0)
    expect(of('fast').pitch).toBeCloseTo(135, -1)
    expect(of('fast').loudness).toBeGreaterThan(1.3 * of('idle').loudness)
  })

  it('fall off with distance', () => {
    expect(of('siren far').loudness / of('siren').loudness).toBeCloseTo(0.25, 1)
    expect(of('shutter far').loudness / of('shutter').loudness).toBeCloseTo(0.25, 1)
  })

  it('come from their side', () => {
    expect(of('siren left').left).toBeGreaterThan(10 * of('siren left').right)
    expect(of('siren').left).toBeCloseTo(of('siren').right)
  })

  it('of what happens are not lost in the engine’s, nor does any drown the others', () => {
    const faint = EVENTS.filter((name) => of(name).loudness < 0.6 * of('idle').loudness)
    expect(faint).toEqual([])
    const loudness = EVENTS.map((name) => of(name).loudness)
    expect(Math.max(...loudness) / Math.min(...loudness)).toBeLessThan(5)
    expect(of('siren').loudness).toBe(Math.max(...loudness))
  })
})
