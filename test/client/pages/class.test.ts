import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import type { RoomView } from '../../../shared/protocol/view.ts'
import { demoView } from './demo/demo-view.ts'
import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

const SEAT = demoView('host').room.seats[0] ?? expect.fail('nobody is here')

type DemoWindow = { demo: { change(part: Partial<RoomView>): void; tie(link: 'solo'): void } }
const change = (page: Page, part: Partial<RoomView>) =>
  page.evaluate((value) => (window as unknown as DemoWindow).demo.change(value), part)
const rowOf = (page: Page, name: string) => page.locator('.seats tbody tr', { hasText: name })

describe('who is in the room', () => {
  it('is told by name, mark and word, and each driver can say to be ready', () =>
    on('/play?room=ABC234', async (page) => {
      await page.locator('.head-count').click()
      const mates = page.locator('.classmate')
      await mates.first().waitFor()
      expect(await mates.count()).toBe(4)
      expect(await mates.filter({ hasText: 'Hirondelle' }).textContent()).toMatch(/○.*Hirondelle lumineuse.*Away/)
      await page.getByRole('button', { name: 'I am ready' }).click()
      expect(await callsOf(page)).toContain('ready true')
      expect(await page.locator('.classmate', { hasText: 'Swift Otter' }).textContent()).toMatch(/you.*ready/)
      await page.locator('.panel-class [aria-pressed=true]').click()
      expect(await callsOf(page)).toContain('ready false')
    }))

  it('asks in a pause whether one is ready', () =>
    on('/play?room=ABC234', async (page) => {
      await change(page, { paused: true })
      await page.locator('.veil').getByRole('button', { name: 'I am ready' }).click()
      expect(await callsOf(page)).toContain('ready true')
      expect(await page.locator('.veil [aria-pressed=true]').textContent()).toContain('Ready')
    }))

  it('is told to the host: who is ready, and how many', () =>
    on('/host?room=ABC234', async (page) => {
      await page.getByRole('button', { name: 'Pause' }).click()
      expect(await page.locator('.conduct-state').textContent()).toContain('Everyone is looking at you')
      await change(page, {
        seats: [
          { ...SEAT, ready: true },
          { ...SEAT, seatId: 'seat-2', name: 'Calm Falcon' },
        ],
      })
      expect(await page.locator('.conduct-state').textContent()).toBe('Ready to go on: 1 of 2.')
      expect(await rowOf(page, 'Swift Otter').textContent()).toContain('ready')
      expect(await page.locator('.seat-ready').count()).toBe(1)
    }))
})

describe('help for one driver', () => {
  it('is given by the host, shown in the list, and taken back', () =>
    on('/host?room=ABC234', async (page) => {
      await rowOf(page, 'Calm Falcon').getByRole('button', { name: 'Help for Calm Falcon' }).click()
      await page.getByLabel('Braking assist').check()
      const braking = { steering: false, braking: true, speedCap: 1, autopilot: false }
      expect(await callsOf(page)).toContain(`accommodate seat-2 ${JSON.stringify(braking)}`)
      await page.getByLabel('Top speed').selectOption('0.6')
      expect(await callsOf(page)).toContain(`accommodate seat-2 ${JSON.stringify({ ...braking, speedCap: 0.6 })}`)
      await page.keyboard.press('Escape')
      expect(await rowOf(page, 'Calm Falcon').textContent()).toContain('Helped')
      expect(await page.getByText('Helped').count()).toBe(1)
    }))

  it('is taken back when nothing of it is left', () =>
    on('/host?room=ABC234', async (page) => {
      await rowOf(page, 'Calm Falcon').getByRole('button', { name: 'Help for Calm Falcon' }).click()
      await page.getByLabel('Autopilot').check()
      await page.getByLabel('Autopilot').uncheck()
      expect((await callsOf(page)).at(-1)).toBe('accommodate seat-2 null')
    }))
})

describe('a pause of one’s own', () => {
  it('is ended where it is told', () =>
    on('/play', async (page) => {
      await page.evaluate(() => (window as unknown as DemoWindow).demo.tie('solo'))
      await page.keyboard.press('KeyP')
      await page.locator('.veil').getByRole('button', { name: 'Resume' }).click()
      expect(await page.locator('.veil').count()).toBe(0)
    }))
})
