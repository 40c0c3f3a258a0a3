import type { BrowserContextOptions } from 'playwright-core'

import type { Studio, Visit } from './studio.ts'

const PORTRAIT: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const LANDSCAPE: BrowserContextOptions = { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }
const WALL: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } }
const LARGE = { textScale: 2 }
const CONTRAST = { highContrast: true }

/** Seconds of play until a picture has something to show. */
const A_MOMENT = 6
const A_WHILE = 14
const CLASS = ['Renard agile', 'Héron calme', 'Loutre vive', 'Mésange rapide', 'Castor malin']

const landing = async ({ open, shoot }: Studio) => {
  await open('/')
  await shoot()
}

const drive =
  (light = 'hour=11', seconds = A_MOMENT) =>
  async ({ driveSolo, shoot }: Studio) => {
    await driveSolo(seconds, light)
    await shoot()
  }

/** Earns a fine on the ring, then opens what tells of it: mailbox, chain of causes, logbook. */
async function earnFine({ page, say, driveSolo, shoot }: Studio): Promise<void> {
  const driver = await driveSolo(1, 'hour=11')
  const mail = page.getByRole('button', { name: say('toolbar.mailbox') }).first()
  const isFined = await driver.driveUntil(async () => (await mail.locator('.badge').count()) > 0)
  if (!isFined) throw new Error('no fine in the mailbox')
  await shoot('fined')
  await mail.click()
  await page.locator('.letter-fine').last().waitFor()
  await shoot('mailbox')
  await page
    .locator('.letter-fine')
    .last()
    .getByRole('button', { name: say('why.ask') })
    .click()
  await page.locator('.walk .step').first().waitFor()
  await shoot('panel')
  await page.locator('.walk .step-json summary').first().click()
  await page.locator('.after').scrollIntoViewIfNeeded()
  await shoot('panel-end')
  while ((await page.locator('dialog[open], [role=dialog]').count()) > 0) await page.keyboard.press('Escape')
  await page.getByRole('button', { name: say('toolbar.logbook') }).first().click() // prettier-ignore
  await page.locator('[role=dialog], dialog[open]').first().waitFor()
  await shoot('logbook')
}

async function host({ page, hostRoom, open, shoot }: Studio): Promise<void> {
  const code = await hostRoom(CLASS)
  await open(`/host?room=${code}`)
  await page.locator('.door-code').waitFor()
  await page.waitForTimeout(8000)
  await shoot()
}

async function projector({ page, hostRoom, open, shoot }: Studio): Promise<void> {
  const code = await hostRoom(CLASS)
  await open(`/projector?room=${code}`)
  await page.locator('.street-picture canvas').waitFor()
  await page.waitForTimeout(12_000)
  await shoot()
}

async function lobby({ hostRoom, open, shoot }: Studio): Promise<void> {
  await open(`/j/${await hostRoom([])}`)
  await shoot()
}

async function xray({ page, driveSolo, shoot }: Studio): Promise<void> {
  const driver = await driveSolo(A_MOMENT, 'hour=11')
  await page.keyboard.press('KeyX')
  await driver.driveUntil(() => Promise.resolve(false), 3)
  await shoot()
}

async function settingsPanel({ page, say, driveSolo, shoot }: Studio): Promise<void> {
  await driveSolo(2)
  await page
    .getByRole('button', { name: say('toolbar.settings') })
    .first()
    .click()
  await page.locator('form.settings').waitFor()
  await shoot()
}

export const GALLERY: readonly Visit[] = [
  { name: 'landing-en', take: landing },
  { name: 'landing-fr', language: 'fr', take: landing },
  { name: 'landing-contrast', settings: CONTRAST, take: landing },
  { name: 'landing-large', settings: LARGE, take: landing },
  { name: 'landing-phone', language: 'fr', screen: PORTRAIT, take: landing },
  { name: 'lobby', take: lobby },
  { name: 'lobby-phone', language: 'fr', screen: PORTRAIT, take: lobby },
  { name: 'drive-day', take: drive('hour=11', A_WHILE) },
  { name: 'drive-dusk', take: drive('hour=20.1') },
  { name: 'drive-night', take: drive('hour=23') },
  { name: 'drive-rain', take: drive('hour=15&weather=rain') },
  { name: 'drive-fog', take: drive('hour=9&weather=fog') },
  { name: 'drive-fr', language: 'fr', take: drive() },
  { name: 'drive-contrast', settings: CONTRAST, take: drive() },
  { name: 'drive-large', settings: LARGE, take: drive() },
  { name: 'phone-portrait', language: 'fr', screen: PORTRAIT, take: drive() },
  { name: 'phone-landscape', screen: LANDSCAPE, take: drive() },
  { name: 'xray', take: xray },
  { name: 'why', take: earnFine },
  { name: 'why-fr-phone', language: 'fr', screen: PORTRAIT, take: earnFine },
  { name: 'settings', take: settingsPanel },
  { name: 'host', take: host },
  { name: 'host-fr-large', language: 'fr', settings: LARGE, take: host },
  { name: 'projector', screen: WALL, take: projector },
]
