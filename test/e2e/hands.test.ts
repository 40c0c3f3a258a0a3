import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { wrapAngle } from '../../shared/driving/trig.ts'
import { openPage } from '../support/browser.ts'
import { seeCar, type Seen } from '../support/page-driver.ts'
import { useStage } from '../support/stage.ts'
import { sayIn } from '../support/texts.ts'

const say = sayIn('en')
/** A driver who comes with the belt open. */
const BELT_OPEN = '/play?scenario=discovery&seed=11&overlay'
const SOLO = '/play?scenario=discovery&seed=7&overlay'

/** A pad of seventeen buttons that the test holds in its hands. */
interface FakePad {
  readonly axes: number[]
  readonly buttons: { value: number; pressed: boolean }[]
}

declare global {
  var pad: FakePad | null
}

function plugIn(): void {
  globalThis.pad = { axes: [0, 0], buttons: Array.from({ length: 17 }, () => ({ value: 0, pressed: false })) }
  navigator.getGamepads = () => [null, globalThis.pad as unknown as Gamepad]
}

const holdPad = (page: Page, held: Readonly<Record<number, number>>, axis = 0) =>
  page.evaluate(
    ([down, steering]) => {
      if (globalThis.pad === null) return
      globalThis.pad.axes[0] = steering
      globalThis.pad.buttons.forEach((button, i) => {
        button.value = down[i] ?? 0
        button.pressed = button.value > 0.5
      })
    },
    [held, axis] as const,
  )

/** Waits until the car is as wanted, however long this machine takes. @returns it */
async function until(page: Page, isSo: (car: Seen) => boolean): Promise<Seen> {
  let car: Seen | null = null
  const look = async () => {
    car = await seeCar(page)
    return car !== null && isSo(car)
  }
  await expect.poll(look, { timeout: 90_000, interval: 50 }).toBe(true)
  return car ?? expect.fail('there is no car')
}

const press = async (page: Page, button: number): Promise<void> => {
  const frame = () =>
    new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
  await holdPad(page, { [button]: 1 })
  await page.evaluate(frame)
  await holdPad(page, {})
  await page.evaluate(frame)
}

describe('a pad in the page', () => {
  const stage = useStage()

  const openWithPad = async () => {
    const opened = await openPage(stage.browser)
    await opened.page.addInitScript(plugIn)
    await opened.page.goto(new URL(SOLO, stage.server.address).href)
    await until(opened.page, () => true)
    return opened
  }

  it('drives: trigger, stick, brake; and lets go when it is unplugged', async () => {
    const { page, complaints } = await openWithPad()
    await holdPad(page, { 7: 1 })
    const straight = await until(page, ({ speed }) => speed > 8)
    await holdPad(page, { 7: 0.6 }, -0.6)
    const left = await until(page, ({ heading }) => wrapAngle(heading - straight.heading) < -0.15)
    await holdPad(page, { 7: 0.6 }, 0.6)
    await until(page, ({ heading }) => wrapAngle(heading - left.heading) > 0.15)
    await holdPad(page, { 6: 1 })
    const slow = await until(page, ({ speed }) => speed < 2)
    await holdPad(page, { 7: 1 })
    await until(page, ({ speed }) => speed > slow.speed + 3)
    await page.evaluate(() => (globalThis.pad = null))
    await until(page, ({ speed }) => Math.abs(speed) < 2)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('opens what it can open, goes through it, and comes back', async () => {
    const { page, complaints } = await openWithPad()
    await press(page, 8)
    await page.getByRole('button', { name: say('toolbar.xray'), pressed: true }).waitFor()
    await press(page, 4)
    await page.getByRole('dialog', { name: say('panel.logbook') }).waitFor()
    const chosen = page.locator('dialog .chip[aria-pressed=true]')
    const before = await chosen.textContent()
    for (let i = 0; i < 20 && (await chosen.textContent()) === before; i += 1) {
      await press(page, 13)
      if (await page.locator('dialog .chip:focus').count()) await press(page, 0)
    }
    expect(await chosen.textContent()).not.toBe(before)
    await press(page, 1)
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await press(page, 9)
    await page.getByText(say('pause.solo'), { exact: true }).waitFor()
    await press(page, 9)
    await page.getByText(say('pause.solo'), { exact: true }).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('thumbs in the page', () => {
  const stage = useStage()

  let isTouched = false

  /** Thumbs on the glass, each in the middle of a zone. */
  async function touch(page: Page, fingers: CDPSession, zones: readonly string[]): Promise<void> {
    const points = await Promise.all(
      zones.map(async (zone, id) => {
        const box = await page.locator(`.thumb-${zone}`).boundingBox()
        if (box === null) throw new Error(`no zone ${zone}`)
        return { x: box.x + box.width / 2, y: box.y + box.height / 2, id }
      }),
    )
    if (isTouched) await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    isTouched = points.length > 0
    if (points.length > 0) await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points })
  }

  it.each([
    ['upright', { width: 390, height: 844 }],
    ['sideways', { width: 844, height: 390 }],
  ])('drive with two fingers at once, on a phone held %s', async (_, viewport) => {
    const { page, complaints } = await openPage(stage.browser, { viewport, hasTouch: true, isMobile: true })
    await page.goto(new URL(SOLO, stage.server.address).href)
    await until(page, () => true)
    isTouched = false
    const fingers = await page.context().newCDPSession(page)
    await touch(page, fingers, ['boost'])
    const straight = await until(page, ({ speed }) => speed > 8)
    await touch(page, fingers, ['boost', 'left'])
    const left = await until(page, ({ heading }) => wrapAngle(heading - straight.heading) < -0.15)
    await touch(page, fingers, ['right'])
    await until(page, ({ heading }) => wrapAngle(heading - left.heading) > 0.15)
    await touch(page, fingers, ['brake'])
    await until(page, ({ speed }) => speed < 2)
    await touch(page, fingers, [])
    await until(page, ({ speed }) => speed > 3)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('fasten an open belt, and are then not asked again', async () => {
    const { page, complaints } = await openPage(stage.browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }) // prettier-ignore
    await page.goto(new URL(BELT_OPEN, stage.server.address).href)
    await until(page, () => true)
    await page.getByRole('button', { name: say('action.belt') }).tap()
    await page.locator('.thumb-belt').waitFor({ state: 'detached' })
    await page.locator('.part-good .part-word', { hasText: say('part.seatBelt.good') }).waitFor({ state: 'attached' })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
