import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { callsOf, useDemoSite } from './demo-site.ts'

const on = useDemoSite()

interface DemoWindow {
  readonly demo: { speak(language: 'en' | 'fr'): Promise<void> }
}

const panel = (page: Page) => page.getByRole('dialog', { name: 'What is this?' })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
async function openCamera(page: Page): Promise<void> {
  await page.keyboard.press('KeyX')
  await page.mouse.click(560, 420)
  await panel(page).locator('.uplot canvas').waitFor()
}

describe('the X-ray', () => {
  it('is switched by its key and its button, and asks what the things carry only while it is on', () =>
    on('/play', async (page) => {
      const tool = page.locator('.tool', { hasText: 'X-ray' })
      expect(await callsOf(page)).not.toContain('xray')
      await page.keyboard.press('KeyX')
      expect(await tool.getAttribute('aria-pressed')).toBe('true')
      await expect.poll(() => callsOf(page)).toContain('xray')
      await tool.click()
      expect(await page.locator('.near-me').count()).toBe(0)
    }))

  it('opens what is tapped: its AWS name, its curve, its alarm in shape and word, its JSON', () =>
    on('/play', async (page) => {
      await openCamera(page)
      const text = (await panel(page).textContent()) ?? ''
      for (const part of ['Amazon CloudWatch', 'AWS::CloudWatch::Metric', 'arn:aws:cloudwatch:', '▲ ALARM', 'SpeedKmh'])
        expect(text).toContain(part)
      await panel(page).locator('summary', { hasText: 'DescribeAlarms' }).click()
      expect(await panel(page).locator('.json pre').textContent()).toContain('"Threshold": 110')
    }))

  it('says in a sentence and a table what the curve shows, on both clocks', () =>
    on('/play', async (page) => {
      await openCamera(page)
      const plot = panel(page).locator('.thing-plot')
      expect(await plot.getAttribute('aria-label')).toBe('3 periods with a measure, the highest 124.3, the threshold 110.') // prettier-ignore
      expect(await panel(page).locator('figcaption').textContent()).toContain('10 s of AWS, 0.8 s of play')
      await panel(page).locator('summary', { hasText: 'As a table' }).click()
      const rows = await panel(page).locator('tbody tr').allTextContents()
      expect(rows).toEqual(['0:3914:07:50124.3', '0:2514:05:0098', '0:1014:02:00104.2'])
    }))

  it('answers "Why?" with the second tap', () =>
    on('/play', async (page) => {
      await openCamera(page)
      await panel(page).locator('.feed-line').click()
      const why = page.getByRole('dialog', { name: 'Why?' })
      await expect.poll(() => why.locator('.step').count()).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'Back' }).click()
      await panel(page).waitFor()
    }))

  it('leads from thing to thing, and says when one has left the street', () =>
    on('/play', async (page) => {
      await openCamera(page)
      await panel(page).locator('.thing-link', { hasText: 'fine-speeders' }).click()
      await expect.poll(() => callsOf(page)).toContain('describe rule fine-speeders')
      await panel(page).locator('.thing-link', { hasText: 'NONE' }).click()
      await page.getByText('No trace of this can be found any more.').waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
      expect(await panel(page).locator('.thing-name').textContent()).toContain('SpeedKmh')
    }))

  it('changes its language while a thing is open', () =>
    on('/play', async (page) => {
      await openCamera(page)
      await page.evaluate(() => (window as unknown as DemoWindow).demo.speak('fr'))
      const french = page.getByRole('dialog', { name: 'Qu’est-ce que c’est' })
      await french.waitFor()
      const text = (await french.textContent()) ?? ''
      for (const part of ['Alarmes', 'La caméra A7-N', '0,8 s de jeu', '▲ ALARM', 'AWS::CloudWatch::Metric'])
        expect(text).toContain(part)
    }))
})

describe('the X-ray without a pointer', () => {
  it('lists what is near by a key: names, services, distances and states, all reached by Tab', () =>
    on('/play', async (page) => {
      await page.keyboard.press('KeyX')
      await expect.poll(() => callsOf(page)).toContain('xray')
      await page.keyboard.press('KeyN')
      const list = page.getByRole('dialog', { name: 'Things near me' })
      await list.locator('.thing-line').first().waitFor()
      const lines = await list.locator('.thing-line').allTextContents()
      expect(lines.find((line) => line.includes('Patrol car'))).toMatch(/AWS CloudTrail.*80 m, (ahead|on the right|behind).*RunRed/) // prettier-ignore
      expect(lines.find((line) => line.includes('A7-N'))).toMatch(/Camera A7-N Amazon CloudWatch.*▲ ALARM/)
      const reached = new Set<string>()
      for (let i = 0; i < lines.length + 3; i += 1) {
        await page.keyboard.press('Tab')
        reached.add(await focused(page))
      }
      expect(lines.filter((line) => !reached.has(line))).toEqual([])
    }))

  it('opens a thing by Enter, comes back to the list, and gives the focus back', () =>
    on('/play', async (page) => {
      await page.keyboard.press('KeyX')
      await page.locator('.near-me').focus()
      await page.keyboard.press('Enter')
      const camera = page.locator('.thing-line', { hasText: 'A7-N' })
      await camera.focus()
      await page.keyboard.press('Enter')
      await panel(page).waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
      await page.getByRole('dialog', { name: 'Things near me' }).waitFor()
      await page.keyboard.press('Escape')
      expect(await page.getByRole('dialog').count()).toBe(0)
      expect(await focused(page)).toContain('Things near me')
    }))
})

describe('whoever reads at speed', () => {
  it('is driven: the city is told when a panel opens, and again when it closes', () =>
    on('/play', async (page) => {
      await page.locator('.dial').waitFor()
      await page.keyboard.press('KeyM')
      await page.getByText('Your car drives itself while you read.').waitFor()
      expect((await callsOf(page)).filter((call) => call.startsWith('assist')).at(-1)).toContain('"autopilot":true')
      await page.keyboard.press('Escape')
      expect((await callsOf(page)).filter((call) => call.startsWith('assist')).at(-1)).toContain('"autopilot":false')
    }))
})
