import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

interface DemoWindow {
  readonly demo: {
    tie(link: 'websocket' | 'reconnecting' | 'closed'): void
    change(part: { readonly paused?: boolean; readonly countdown?: number; readonly ended?: boolean }): void
  }
}

const change = (page: Page, part: Parameters<DemoWindow['demo']['change']>[0]) =>
  page.evaluate((value) => (window as unknown as DemoWindow).demo.change(value), part)
const tie = (page: Page, link: Parameters<DemoWindow['demo']['tie']>[0]) =>
  page.evaluate((value) => (window as unknown as DemoWindow).demo.tie(value), link)
const heading = (page: Page) => page.locator('h1').first().textContent()

describe('the front page', () => {
  it('starts in the language of the browser, and changes it without a reload', () =>
    on(
      '/',
      async (page) => {
        await page.evaluate(() => void (document.body.dataset['mark'] = 'same page'))
        expect(await heading(page)).toContain('Une ville')
        await page.getByRole('button', { name: 'English' }).click()
        expect(await heading(page)).toContain('A city')
        expect(await page.evaluate(() => [document.documentElement.lang, document.body.dataset['mark']])).toEqual(['en', 'same page']) // prettier-ignore
        await page.reload()
        expect(await heading(page)).toContain('A city')
      },
      { locale: 'fr-FR' },
    ))

  it('has its settings before anybody drives, and keeps them', () =>
    on('/', async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByLabel('Text size').selectOption('1.5')
      await page.getByLabel('High contrast').check()
      await page.reload()
      const root = page.locator('html')
      expect(await root.getAttribute('data-contrast')).toBe('')
      expect(await root.evaluate((element) => getComputedStyle(element).fontSize)).toBe('24px')
    }))

  it('speaks the language that the link asks for', () =>
    on('/?lang=fr', async (page) => expect(await heading(page)).toContain('Une ville')))

  it.each(['/j/abc234', '/?code=abc-234'])('has the code of %s filled in, and three names to choose from', (path) =>
    on(path, async (page) => {
      expect(await page.getByLabel('The code of your room').inputValue()).toBe('ABC234')
      const rolled = await page.locator('.name').allTextContents()
      expect(rolled).toHaveLength(3)
      await page.getByRole('button', { name: 'Roll again' }).click()
      expect(await page.locator('.name').allTextContents()).not.toEqual(rolled)
    }),
  )

  it('takes a typed code and a rolled name into the room', () =>
    on('/', async (page) => {
      await page.getByLabel('The code of your room').fill('abc 234')
      const name = await page.locator('.name').nth(1).textContent()
      await page.locator('.name').nth(1).click()
      await page.keyboard.press('Enter')
      await page.locator('.hud').waitFor()
      expect(new URL(page.url()).search).toBe('?room=ABC234')
      expect(await page.evaluate(() => localStorage.getItem('nuageville.name'))).toBe(name)
      expect(await page.evaluate(() => localStorage.getItem('nuageville.seat.ABC234'))).toContain('token')
    }))

  it('takes a seat back with the code that the teacher reads out', () =>
    on('/j/ABC234', async (page) => {
      await page.getByText('Find my seat again').click()
      await page.getByLabel('Seat code').fill('k7')
      await page.getByRole('button', { name: 'Take my seat back' }).click()
      expect(await page.locator('.seat-code [role=alert]').textContent()).toContain('four characters')
      await page.getByLabel('Seat code').fill('k7qd')
      await page.getByRole('button', { name: 'Take my seat back' }).click()
      await page.locator('.hud').waitFor()
      expect(new URL(page.url()).search).toBe('?room=ABC234&seat=K7QD')
    }))

  it('says what a code looks like when it is not whole, and stays', () =>
    on('/', async (page) => {
      await page.getByLabel('The code of your room').fill('AB1')
      await page.getByRole('button', { name: 'Enter', exact: true }).click()
      expect(await page.getByRole('alert').first().textContent()).toContain('six characters')
      expect(new URL(page.url()).pathname).toBe('/')
    }))

  it('says that a room is not there, and leads home', () =>
    on('/play?room=NNNNNN', async (page) => {
      await page.getByText('No room has this code').waitFor()
      await page.getByRole('button', { name: 'Back to the start' }).click()
      expect(await heading(page)).toContain('A city')
    }))
})

describe('driving', () => {
  it('turns physical keys into shares of full', () =>
    on('/play', async (page) => {
      await page.locator('.dial').waitFor()
      await page.keyboard.down('KeyW')
      await page.keyboard.down('ArrowLeft')
      await expect.poll(() => callsOf(page)).toContain('drive 1 -1')
      await page.keyboard.up('KeyW')
      await page.keyboard.up('ArrowLeft')
      await page.keyboard.press('KeyR')
      await page.keyboard.press('KeyB')
      expect(await callsOf(page)).toEqual(expect.arrayContaining(['unstick', 'switch seatBelt true']))
    }))

  it('opens and closes panels by keys, with the hands off the wheel meanwhile, and gives the focus back', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Logbook' }).focus()
      await page.keyboard.press('KeyM')
      await page.getByRole('dialog', { name: 'Your mail' }).waitFor()
      await page.keyboard.press('ArrowUp')
      expect((await callsOf(page)).filter((call) => call.startsWith('drive'))).toEqual([])
      await page.keyboard.press('Escape')
      expect(await page.getByRole('dialog').count()).toBe(0)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Logbook')
    }))

  it('keeps the focus inside a panel', () =>
    on('/play', async (page) => {
      await page.keyboard.press('KeyK')
      await page.getByRole('dialog').waitFor()
      for (let i = 0; i < 20; i += 1) {
        await page.keyboard.press('Tab')
        const isInside = await page.evaluate(() => document.activeElement === document.body || document.querySelector('dialog')?.contains(document.activeElement)) // prettier-ignore
        expect(isInside).toBe(true)
      }
    }))

  it('drives by thumbs: the car rolls by itself, one thumb steers', () =>
    on(
      '/play',
      async (page) => {
        const { x = 0, y = 0 } = (await page.locator('.thumb-right').boundingBox()) ?? {}
        await page.mouse.move(x + 20, y + 20)
        await page.mouse.down()
        await expect.poll(() => callsOf(page)).toContain('drive 1 1')
        await page.mouse.up()
        await page.locator('.thumb-horn').tap()
        expect(await callsOf(page)).toContain('horn')
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    ))

  it('gives a key another place, shows it, and keeps it', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Settings' }).click()
      const horn = page.locator('.keys li', { hasText: 'Horn' }).locator('.key')
      await horn.click()
      await page.keyboard.press('KeyG')
      expect(await horn.textContent()).toBe('G')
      await page.keyboard.press('Escape')
      await page.keyboard.press('KeyG')
      await expect.poll(() => callsOf(page)).toContain('horn')
      expect(await page.evaluate(() => localStorage.getItem('nuageville.settings'))).toContain('"horn":"KeyG"')
    }))

  it('tells the city of assists at once', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Settings' }).click()
      await page.getByLabel('Autopilot').check()
      expect((await callsOf(page)).at(-1)).toContain('"autopilot":true')
    }))
})

describe('"Why?"', () => {
  it('opens with one tap from a card, with one from a line of the feed', () =>
    on('/play', async (page) => {
      // A card goes by itself after some seconds; on a slow machine those would be over before the tap.
      await page.clock.install()
      await page.getByRole('button', { name: 'That’s me' }).click()
      await page.getByRole('button', { name: 'Got it' }).click()
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 100))
      await page.locator('.card .button-primary', { hasText: 'Why?' }).click()
      await page.clock.resume()
      const asked = async () => (await callsOf(page)).filter((call) => call.startsWith('why'))
      await page.getByRole('dialog', { name: 'Why?' }).waitFor()
      await expect.poll(asked).toEqual(['why 911/1'])
      await page.keyboard.press('Escape')
      await page.locator('.feed-line').first().click()
      await page.getByRole('dialog', { name: 'Why?' }).waitFor()
      await expect.poll(asked).toEqual(['why 911/1', 'why 960/1'])
    }))

  it('opens with two taps from the mailbox, and leads back to it', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Mail' }).click()
      await page.locator('.letter-body .button').click()
      await page.getByRole('dialog', { name: 'Why?' }).waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
      expect(await page.getByRole('dialog').locator('h2').textContent()).toBe('Your mail')
    }))

  it('walks from the road to the consequence by arrow keys, and shows each JSON', () =>
    on('/play', async (page) => {
      await page.locator('.feed-line').first().click()
      const steps = page.locator('.step-head')
      await steps.first().waitFor()
      expect(await steps.count()).toBe(6)
      await steps.first().focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('End')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('step')
      expect(await page.locator('.walk-nav').textContent()).toContain('6 of 6')
      await page.locator('.step-current .step-json summary').click()
      expect(await page.locator('.step-current .json pre').textContent()).toContain('"amount": 135')
      expect(await page.locator('.step .moment').first().textContent()).toMatch(/0:40.*14:08:07/)
    }))

  it('follows what a thing led to', () =>
    on('/play', async (page) => {
      await page.locator('.feed-line').first().click()
      await page.locator('.after button').click()
      await expect.poll(() => callsOf(page)).toContain('why 911/2')
    }))
})

describe('a pause', () => {
  it('asks everybody to look to the front, counts down, and goes', () =>
    on('/play?room=ABC234', async (page) => {
      await change(page, { paused: true })
      await page.getByText('Eyes up front').waitFor()
      await change(page, { paused: true, countdown: 3 })
      expect(await page.locator('.veil-big').textContent()).toBe('3')
      await change(page, { paused: false })
      expect(await page.locator('.veil').count()).toBe(0)
    }))

  it('is the host’s to make and to end', () =>
    on('/host?room=ABC234', async (page) => {
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByText('Everyone is looking at you').waitFor()
      await page.getByRole('button', { name: 'Resume' }).click()
      expect(await page.locator('.conduct-state').textContent()).toBe('The city is running.')
    }))
})

describe('a lost connection', () => {
  it('is told while it is being rebuilt, and leaves the street in sight', () =>
    on('/play?room=ABC234', async (page) => {
      await tie(page, 'reconnecting')
      await page.getByText('Reconnecting…').waitFor()
      expect(await page.locator('.veil').count()).toBe(0)
    }))

  it('that will not come back offers to reload, and the seat with it', () =>
    on('/play?room=ABC234', async (page) => {
      await tie(page, 'closed')
      await page.getByRole('button', { name: 'Reload' }).click()
      await page.locator('body[data-ready] .hud').waitFor()
      expect(await page.locator('.veil').count()).toBe(0)
    }))
})

describe('the host', () => {
  it('gets a room without a code, and keeps its key', () =>
    on('/', async (page) => {
      await page.getByRole('button', { name: 'Open a room' }).click()
      expect(await page.locator('.door-code').textContent()).toBe('ABC234')
      expect(await page.locator('.door-link').textContent()).toContain('/j/ABC234')
      await page.locator('.qr path').waitFor({ state: 'attached' })
      expect(await page.evaluate(() => localStorage.getItem('nuageville.desk.ABC234'))).toContain('host-key')
    }))

  it('sees who asks for help first, then who is away, and each seat’s code', () =>
    on('/host?room=ABC234', async (page) => {
      const rows = page.locator('.seats tbody tr')
      expect(await rows.first().textContent()).toMatch(/Connected.*Renard vif.*stuck: Find out who.*P4CJ/)
      expect(await rows.nth(1).textContent()).toMatch(/Away.*Hirondelle lumineuse.*3.*H8XN/)
      expect(await page.locator('.calls').textContent()).toContain('1 driver asks for help')
    }))

  it('can open another room when the line is cut at the end', () =>
    on('/host?room=ABC234', async (page) => {
      await page.getByText('The city is running').waitFor()
      await tie(page, 'closed')
      expect(await page.locator('.conduct-ended').textContent()).toContain('The session is over')
      await page.getByRole('button', { name: 'Open a room' }).click()
      await page.getByText('The city is running').waitFor()
    }))

  it('ends the room only after a second question', () =>
    on('/host?room=ABC234', async (page) => {
      await page.getByRole('button', { name: 'End the session…' }).click()
      await page.getByRole('button', { name: 'Keep going' }).click()
      expect(await page.locator('.conduct-ended').count()).toBe(0)
      await page.getByRole('button', { name: 'End the session…' }).click()
      await page.getByRole('button', { name: 'End for everyone' }).click()
      await page.locator('.conduct-ended').waitFor()
    }))
})

describe('the projector', () => {
  it('has no controls, names nobody, and is written in letters of 4 % of its height or more', () =>
    on(
      '/projector?room=ABC234',
      async (page) => {
        expect(await page.locator('button, a, input').count()).toBe(0)
        const text = (await page.locator('.wall').textContent()) ?? ''
        expect(text).toContain('ABC234')
        for (const name of ['Swift Otter', 'FR-042', 'FR-107']) expect(text).not.toContain(name)
        const smallest = await page.evaluate(() => {
          const leaves = [...document.querySelectorAll('.wall *')].filter((element) => element.childElementCount === 0 && element.textContent !== '' && !element.matches('.visually-hidden')) // prettier-ignore
          return Math.min(...leaves.map((element) => parseFloat(getComputedStyle(element).fontSize)))
        })
        expect(smallest).toBeGreaterThanOrEqual(1080 * 0.04)
      },
      { viewport: { width: 1920, height: 1080 } },
    ))

  it('turns black with B, and back', () =>
    on('/projector?room=ABC234', async (page) => {
      await page.locator('.wall').waitFor()
      await page.keyboard.press('KeyB')
      await page.locator('.wall-blank').waitFor()
      await page.keyboard.press('KeyB')
      expect(await page.locator('.wall-blank').count()).toBe(0)
    }))
})
