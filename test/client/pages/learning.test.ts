import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

const goals = (page: Page) => page.locator('.tool', { hasText: 'Goals' }).click()

describe('the name at the start of a solo drive', () => {
  it('is rolled three times at most, and shown when it is taken', () =>
    on('/play', async (page) => {
      const card = page.locator('.name-card')
      const first = await card.locator('strong').textContent()
      await card.getByRole('button', { name: 'Roll again (2 left)' }).click()
      await card.getByRole('button', { name: 'Roll again (1 left)' }).click()
      expect(await card.getByRole('button').count()).toBe(1)
      const name = await card.locator('strong').textContent()
      expect(name).not.toBe(first)
      await card.getByRole('button', { name: 'That’s me' }).click()
      expect(await page.locator('.own-name').textContent()).toBe(name)
      expect(await page.evaluate(() => localStorage.getItem('nuageville.name'))).toBe(name)
    }))

  it('never takes the wheel: the car answers meanwhile', () =>
    on('/play', async (page) => {
      await page.locator('.name-card').waitFor()
      await page.keyboard.down('ArrowUp')
      await expect.poll(() => callsOf(page)).toContain('drive 1 0')
      await page.keyboard.up('ArrowUp')
      expect(await page.locator('.name-card').count()).toBe(1)
    }))

  it('is not asked for in a room, where it was rolled at the door', () =>
    on('/play?room=ABC234', async (page) => {
      await page.locator('.own-name').waitFor()
      expect(await page.locator('.own-name').textContent()).toBe('Swift Otter')
      expect(await page.locator('.name-card').count()).toBe(0)
    }))
})

describe('the two scores', () => {
  it('stand side by side, are never added up, and lead to what they are made of', () =>
    on('/play', async (page) => {
      expect(await page.locator('.scores').innerText()).toMatch(/Driving\s+40\s+Knowledge\s+12/)
      await page.locator('.scores').click()
      expect(await page.locator('.score-sheet').innerText()).toMatch(/8 a minute[^]*12 of 15/)
      expect(await page.locator('.score-sheet').innerText()).not.toContain('52')
    }))
})

describe('a goal', () => {
  it('gives one hint more at a time, and says that they are free', () =>
    on('/play', async (page) => {
      await goals(page)
      expect(await page.locator('.panel-goals').innerText()).toContain('they cost no point')
      const logbook = page.locator('.goal', { hasText: 'what the police wrote' })
      expect(await logbook.locator('.hints li').count()).toBe(1)
      await logbook.getByRole('button', { name: 'Next hint (1 of 3)' }).click()
      expect(await callsOf(page)).toContain('study {"do":"hint","goal":"read-the-logbook"}')
    }))

  it('lets a driver call the teacher in a class', () =>
    on('/play?room=ABC234', async (page) => {
      await goals(page)
      await page.getByRole('button', { name: 'I am stuck' }).first().click()
      expect(await callsOf(page)).toContain('study {"do":"stuck","goal":"read-the-logbook"}')
    }))

  it('is asked about without a clock, and every option explains itself afterwards', () =>
    on('/play', async (page) => {
      await goals(page)
      await page.locator('.goal-asking .button').click()
      const answer = page.getByRole('button', { name: 'This one' })
      expect(await answer.isDisabled()).toBe(true)
      await page.getByLabel('How fast cars went there').check()
      await answer.click()
      expect(await callsOf(page)).toContain('study {"do":"answer","question":"q","option":"a"}')
      await page.locator('.goal-wrong .button').click()
      await expect.poll(() => page.locator('.goal-wrong .option-because').count()).toBe(3)
      expect(await page.locator('.goal-wrong .option-right').innerText()).toContain('the right one')
    }))

  it('is proven by the last step of a walk, once', () =>
    on('/play', async (page) => {
      await page.locator('.tool', { hasText: 'Mail' }).click()
      await page.locator('.letter-body .button').click()
      await page.locator('.step-head').first().click()
      expect((await callsOf(page)).some((call) => call.includes('"walk"'))).toBe(false)
      await page.locator('.step-head').last().click()
      await expect.poll(() => callsOf(page)).toContain('study {"do":"walk","id":"911/1"}')
      expect(await page.locator('.why-question').innerText()).toContain('1 question waits for you')
    }))
})

describe('a desk', () => {
  const take = async (page: Page, post: string): Promise<void> => {
    await goals(page)
    await page.getByRole('button', { name: 'Change post' }).click()
    await page.locator('.post', { hasText: post }).getByRole('button', { name: 'Take it' }).click()
    await page.locator('.desk').waitFor()
  }

  it('takes the place of wheel and dials, and the car drives itself', () =>
    on('/play', async (page) => {
      await take(page, 'Unit manager')
      expect(await page.locator('.thumbs, .dial, .minimap').count()).toBe(0)
      await expect.poll(async () => (await callsOf(page)).findLast((call) => call.startsWith('assist'))).toContain('"autopilot":true') // prettier-ignore
      await page.getByLabel('Reserved concurrency').fill('7')
      await page.getByRole('button', { name: 'PutFunctionConcurrency' }).click()
      expect(await callsOf(page)).toContain(
        'operate {"do":"PutFunctionConcurrency","function":"issue-fine","reserved":7}',
      )
    }))

  it('tries a pattern before it puts it, and sends nothing that is no JSON', () =>
    on('/play', async (page) => {
      await take(page, 'Dispatcher')
      await page.getByRole('button', { name: 'TestEventPattern' }).click()
      expect(await page.locator('.desk-trial').innerText()).toContain('0 of the 12 newest events')
      await page.getByLabel('Event pattern').fill('{"source":')
      expect(await page.locator('.desk-trial').innerText()).toContain('no JSON object')
      await page.getByLabel('Event pattern').fill('{ "source": ["aws.config"] }')
      await page.getByRole('button', { name: 'PutRule' }).click()
      expect(await callsOf(page)).toContain(
        'operate {"do":"PutRule","rule":"fine-speeders","eventPattern":"{\\"source\\":[\\"aws.config\\"]}"}',
      )
    }))

  it('sets a camera’s alarm by threshold, period, M of N and missing data', () =>
    on('/play', async (page) => {
      await take(page, 'Camera operator')
      await page.getByLabel('Camera', { exact: true }).selectOption('QUAI-1')
      await page.getByLabel('Threshold (km/h)').fill('90')
      await page.getByLabel('Missing data').selectOption('breaching')
      await page.getByRole('button', { name: 'PutMetricAlarm' }).click()
      expect(await callsOf(page)).toContain(
        'operate {"do":"PutMetricAlarm","camera":"QUAI-1","threshold":90,"period":60,"datapointsToAlarm":2,"evaluationPeriods":3,"treatMissingData":"breaching"}',
      )
    }))

  it('is worked by keys alone, and leads back to the wheel', () =>
    on('/play', async (page) => {
      await take(page, 'Archivist')
      await page.getByRole('button', { name: 'StopLogging' }).focus()
      await page.keyboard.press('Enter')
      expect(await callsOf(page)).toContain('operate {"do":"StopLogging"}')
      await page.getByRole('button', { name: 'Change post' }).press('Enter')
      await page.locator('.post', { hasText: 'At the wheel' }).getByRole('button', { name: 'Take it' }).press('Enter')
      await page.locator('.dial').waitFor()
      expect(await page.locator('.desk').count()).toBe(0)
    }))
})

describe('the street on a touch screen', () => {
  it('neither zooms nor scrolls under the thumbs', () =>
    on(
      '/play',
      async (page) => {
        const street = await page.locator('main.street').evaluate((element) => {
          const { touchAction, overscrollBehaviorY, userSelect } = getComputedStyle(element)
          const root = document.documentElement
          return { touchAction, overscrollBehaviorY, userSelect, slack: root.scrollHeight - root.clientHeight }
        })
        expect(street).toEqual({ touchAction: 'none', overscrollBehaviorY: 'none', userSelect: 'none', slack: 0 })
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    ))
})

describe('a room', () => {
  it('says how many are here and how many are away, by shape, number and word', () =>
    on('/play?room=ABC234', async (page) => {
      expect(await page.locator('.head-count').innerText()).toMatch(/● 3\s*○ 1/)
      expect(await page.locator('.head-count').textContent()).toContain('3 drivers here. 1 away.')
    }))
})
