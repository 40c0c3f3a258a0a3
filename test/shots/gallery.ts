import type { BrowserContextOptions } from 'playwright-core'

import type { Studio, Visit } from './studio.ts'

const PORTRAIT: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const LANDSCAPE: BrowserContextOptions = { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }
const TABLET: BrowserContextOptions = { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true }
const TABLET_UPRIGHT: BrowserContextOptions = { viewport: { width: 768, height: 1024 }, hasTouch: true, isMobile: true }
const WALL: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } }

/** The autopilot drives through the town, at its limits and by its lights. */
const PILOT = { assists: { autopilot: true } }
const LARGE = { ...PILOT, textScale: 2 }
const CONTRAST = { ...PILOT, highContrast: true }
const STILL = { ...PILOT, reducedMotion: true }

const OLD_TOWN = { hour: 11, road: 'vieux-4' }
const CLASS = ['Renard agile', 'Héron calme', 'Loutre vive', 'Mésange rapide', 'Castor malin']
/** Seconds of play until a picture has something to show. */
const A_MOMENT = 8
const BESIDE_THE_CAMERA = 5
const TO_THE_CAMERA = 27

async function landing({ open, shoot }: Studio): Promise<void> {
  await open('/')
  await shoot()
}

async function lobby({ page, openClass, open, shoot }: Studio): Promise<void> {
  await open(`/j/${await openClass([])}`)
  await page.locator('.names').scrollIntoViewIfNeeded()
  await shoot()
}

async function ride({ openSolo, watch, shoot }: Studio): Promise<void> {
  await openSolo()
  await watch(A_MOMENT)
  await shoot()
}

async function rideInTheDark({ page, openSolo, watch, shoot }: Studio): Promise<void> {
  await openSolo()
  await page.keyboard.press('KeyL')
  await watch(A_MOMENT)
  await shoot()
}

/** At speed on the ring, about to pass a camera. */
async function race({ openSolo, driver, page, shoot }: Studio): Promise<void> {
  await openSolo()
  const until = Number(await page.locator('#overlay').getAttribute('data-tick')) + TO_THE_CAMERA * 20
  await driver.driveUntil(async () => Number(await page.locator('#overlay').getAttribute('data-tick')) > until)
  await shoot()
}

/** Too fast past a camera: the photo, the chain that follows, and the letter. */
async function keyMoment({ page, say, openSolo, driver, shoot }: Studio): Promise<void> {
  await openSolo()
  const captions = (['ahead', 'behind', 'left', 'right'] as const).map((side) => say(`caption.shutter.${side}`))
  const isCaught = async () => captions.includes((await page.locator('.caption').textContent()) ?? '')
  if (!(await driver.driveUntil(isCaught))) throw new Error('no camera has flashed')
  await shoot('photo')
  const badge = page.getByRole('button', { name: say('toolbar.mailbox') }).first().locator('.badge') // prettier-ignore
  let frames = 0
  await driver.driveUntil(async () => {
    frames += 1
    return frames > 60
  })
  await shoot('chain')
  if (!(await driver.driveUntil(async () => (await badge.count()) > 0))) throw new Error('no letter')
  await shoot('letter')
}

async function xray({ page, openSolo, watch, shoot }: Studio): Promise<void> {
  await openSolo()
  await page.keyboard.press('KeyX')
  await watch(BESIDE_THE_CAMERA)
  await shoot()
}

/** What the X-ray says of things: the list of what is near, a camera with its curve and its JSON, the command centre. */
async function lookInto({ page, openSolo, watch, shoot }: Studio): Promise<void> {
  await openSolo()
  await page.keyboard.press('KeyX')
  await watch(TO_THE_CAMERA)
  await page.keyboard.press('KeyN')
  await page.locator('.thing-line').first().waitFor()
  await shoot('near')
  await page.locator('.thing-line', { hasText: 'CloudWatch' }).first().click()
  await page.locator('.uplot canvas').waitFor()
  await shoot('camera')
  await page.locator('.thing-json summary').first().click()
  await page.locator('.thing-json pre').first().scrollIntoViewIfNeeded()
  await shoot('json')
  await page.keyboard.press('Escape')
  await page.keyboard.press('KeyN')
  await page.locator('.thing-line', { hasText: 'AWS Config' }).first().click()
  await page.locator('.thing-head').waitFor()
  await shoot('inspector')
}

/** Earns a fine on the ring, then opens what tells of it: mailbox, chain of causes, logbook. */
async function earnFine({ page, say, openSolo, driver, shoot }: Studio): Promise<void> {
  await openSolo()
  const tool = (key: string) => page.getByRole('button', { name: say(key) }).first()
  const badge = tool('toolbar.mailbox').locator('.badge')
  if (!(await driver.driveUntil(async () => (await badge.count()) > 0))) throw new Error('no fine in the mailbox')
  await shoot('fined')
  await tool('toolbar.mailbox').click()
  const fine = page.locator('.letter-fine').last()
  await fine.waitFor()
  await shoot('mailbox')
  await fine.getByRole('button', { name: say('why.ask') }).click()
  await page.locator('.walk .step').first().waitFor()
  await shoot('panel')
  await page.locator('.walk .step-json summary').nth(1).click()
  await shoot('panel-json')
  await page.locator('.after').scrollIntoViewIfNeeded()
  await shoot('panel-end')
  while ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape')
  await tool('toolbar.logbook').click()
  await page.locator('dialog[open]').waitFor()
  await shoot('logbook')
}

/** What there is to find out, then a post taken in a pause: its desk over the map. */
async function goalsAndPost({ page, say, openSolo, watch, shoot }: Studio): Promise<void> {
  const tool = (key: string) => page.getByRole('button', { name: say(key), exact: true }).first()
  await openSolo()
  await watch(A_MOMENT)
  await tool('toolbar.goals').click()
  await page.locator('.panel-goals').waitFor()
  await shoot('goals')
  await page.keyboard.press('Escape')
  await page.keyboard.press('KeyP')
  await tool('post.swap').click()
  await shoot('posts')
  await page
    .locator('.post', { hasText: say('post.dispatcher') })
    .getByRole('button')
    .click()
  while ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape')
  await page.keyboard.press('KeyP')
  await page.locator('.desk').waitFor()
  await shoot('desk')
}

async function surprise({ page, open, shoot }: Studio): Promise<void> {
  await open('/play?scenario=discovery&town=8x8-1234&overlay')
  await page.locator('#overlay[data-x]').waitFor()
  await shoot()
}

async function settingsPanel({ page, say, openSolo, shoot }: Studio): Promise<void> {
  await openSolo()
  const tool = page.getByRole('button', { name: say('toolbar.settings') })
  await tool.first().click()
  await page.locator('form.settings').waitFor()
  await shoot()
}

async function host({ page, say, openClass, open, shoot }: Studio): Promise<void> {
  await open(`/host?room=${await openClass(CLASS)}`)
  await page.getByLabel(say('host.expected')).fill('8')
  await page
    .locator('.seats tbody tr')
    .nth(CLASS.length - 1)
    .waitFor()
  await page.locator('.feed-line').nth(1).waitFor()
  await shoot()
}

/** A driver among others: who is here, then a pause of the teacher's. */
async function classroom({ page, say, openClass, open, shoot }: Studio): Promise<void> {
  const code = await openClass(CLASS)
  await open(`/play?room=${code}`)
  await page.locator('.street-picture canvas').waitFor()
  await page.locator('.head-count').click()
  await page.locator('.classmate').nth(CLASS.length).waitFor()
  await page.getByRole('button', { name: say('ready.tell') }).click()
  await page.locator('.classmate-state .sign').waitFor()
  await shoot()
}

/** What a teacher makes easier for one driver. */
async function helpForOne({ page, openClass, open, shoot }: Studio): Promise<void> {
  await open(`/host?room=${await openClass(CLASS)}`)
  await page.locator('.seats .button').nth(1).click()
  await page.locator('.panel-help').waitFor()
  await page.locator('.panel-help input').nth(1).check()
  await shoot()
}

async function statement({ open, shoot }: Studio): Promise<void> {
  await open('/accessibility')
  await shoot()
}

async function projector({ page, openClass, open, shoot }: Studio): Promise<void> {
  await open(`/projector?room=${await openClass(CLASS)}`)
  await page.locator('.street-picture canvas').waitFor()
  await page.locator('.wall-headline .agent-icon').first().waitFor()
  await shoot()
}

export const GALLERY: readonly Visit[] = [
  { name: 'landing-en', take: landing },
  { name: 'landing-fr', language: 'fr', take: landing },
  { name: 'landing-contrast', settings: CONTRAST, take: landing },
  { name: 'landing-large', settings: LARGE, take: landing },
  { name: 'landing-phone', language: 'fr', screen: PORTRAIT, take: landing },
  { name: 'lobby', take: lobby },
  { name: 'lobby-fr', language: 'fr', take: lobby },
  { name: 'lobby-phone', language: 'fr', screen: PORTRAIT, take: lobby },
  { name: 'drive-ring', take: race },
  { name: 'drive-day', settings: PILOT, lesson: { hour: 11, road: 'nuages-6' }, take: ride },
  { name: 'drive-dusk', settings: PILOT, lesson: { hour: 20.1, road: 'vieux-4' }, take: rideInTheDark },
  { name: 'drive-night', settings: PILOT, lesson: { hour: 23, road: 'cumulus-3' }, take: rideInTheDark },
  { name: 'drive-rain', settings: PILOT, lesson: { hour: 15, weather: 'rain', road: 'port-2' }, take: rideInTheDark },
  { name: 'drive-fog', settings: PILOT, lesson: { hour: 9, weather: 'fog', road: 'ecole-h2-b' }, take: rideInTheDark },
  { name: 'drive-night-rain', settings: PILOT, lesson: { hour: 22, weather: 'rain', road: 'nuages-4' }, take: rideInTheDark }, // prettier-ignore
  { name: 'drive-fr', language: 'fr', settings: PILOT, lesson: OLD_TOWN, take: ride },
  { name: 'drive-harbour', settings: PILOT, lesson: { hour: 17, road: 'port-2' }, take: ride },
  { name: 'drive-school', settings: PILOT, lesson: { hour: 9, road: 'ecole-h2-b' }, take: ride },
  { name: 'drive-bridge', settings: PILOT, lesson: { hour: 12, road: 'bridge-e' }, take: ride },
  { name: 'drive-still', settings: STILL, lesson: { hour: 15, weather: 'rain', road: 'nuages-6' }, take: ride },
  { name: 'key-moment', take: keyMoment },
  { name: 'drive-contrast', settings: CONTRAST, lesson: OLD_TOWN, take: ride },
  {
    name: 'drive-contrast-night',
    settings: CONTRAST,
    lesson: { hour: 23, weather: 'rain', road: 'nuages-6' },
    take: ride,
  },
  { name: 'drive-large', settings: LARGE, lesson: OLD_TOWN, take: ride },
  { name: 'phone-portrait', language: 'fr', screen: PORTRAIT, settings: PILOT, lesson: OLD_TOWN, take: ride },
  { name: 'phone-landscape', screen: LANDSCAPE, settings: PILOT, lesson: OLD_TOWN, take: ride },
  { name: 'tablet', screen: TABLET, settings: PILOT, lesson: OLD_TOWN, take: ride },
  { name: 'tablet-upright', language: 'fr', screen: TABLET_UPRIGHT, settings: PILOT, lesson: OLD_TOWN, take: ride },
  { name: 'key-moment-tablet', screen: TABLET, take: keyMoment },
  { name: 'xray', settings: PILOT, lesson: { hour: 11, road: 'nuages-6' }, take: xray },
  { name: 'xray-night', settings: PILOT, lesson: { hour: 23, road: 'cumulus-4' }, take: xray },
  { name: 'look', settings: PILOT, lesson: { hour: 11, road: 'nuages-5' }, take: lookInto },
  { name: 'look-fr-phone', language: 'fr', screen: PORTRAIT, settings: PILOT, lesson: { hour: 11, road: 'nuages-5' }, take: lookInto }, // prettier-ignore
  { name: 'why', take: earnFine },
  { name: 'why-fr-phone', language: 'fr', screen: PORTRAIT, take: earnFine },
  { name: 'learn', settings: PILOT, lesson: OLD_TOWN, take: goalsAndPost },
  { name: 'learn-fr-phone', language: 'fr', screen: PORTRAIT, settings: PILOT, lesson: OLD_TOWN, take: goalsAndPost },
  { name: 'surprise', settings: PILOT, take: surprise },
  { name: 'settings', take: settingsPanel },
  { name: 'host', take: host },
  { name: 'host-help', take: helpForOne },
  { name: 'classroom', take: classroom },
  { name: 'classroom-fr-phone', language: 'fr', screen: PORTRAIT, take: classroom },
  { name: 'statement', take: statement },
  { name: 'statement-fr-phone', language: 'fr', screen: PORTRAIT, take: statement },
  { name: 'host-fr-large', language: 'fr', settings: LARGE, take: host },
  { name: 'host-phone', screen: PORTRAIT, take: host },
  { name: 'projector', screen: WALL, take: projector },
  { name: 'projector-contrast', screen: WALL, settings: CONTRAST, take: projector },
]
