import { openGame } from '../../../client/scenes/game.ts'
import { startI18n } from '../../../client/i18n/i18n.ts'
import { DEFAULT_SETTINGS } from '../../../client/view/settings.ts'
import { loadMap } from '../../../client/net/load-map.ts'
import type { Weather } from '../../../shared/model/command.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS } from '../../../shared/model/vehicle.ts'
import { momentAt, openFakeFeed, type FakeFeed } from '../fake-feed.ts'

declare global {
  interface Window {
    street: { readonly feed: FakeFeed; readonly game: Awaited<ReturnType<typeof openGame>> }
  }
}

/**
 * The street alone, with a fake city: `?hour=22&weather=rain&cars=40&lane=12&s=80&projector&still&contrast&xray&busy`;
 * `road=a7-east` puts the own car on that road;
 * `caught` sends the own car too fast past a camera, and its fine on its way;
 * `parade` shows each kind of vehicle once, in rows, with its lamps lit;
 * `crowd` puts every car, as a patrol car with its siren on, round the own one, and nobody moves.
 */
async function open(): Promise<void> {
  const asked = new URLSearchParams(location.search)
  const { map } = await loadMap('nuageville')
  await startI18n(asked.get('language') === 'fr' ? 'fr' : 'en')
  const feed = openFakeFeed({
    map,
    cars: Number(asked.get('cars') ?? 40),
    own: !asked.has('projector'),
    startServiceMs: (Number(asked.get('hour') ?? 11) - 1) * 3_600_000,
    moves: !asked.has('crowd') && !asked.has('parade'),
    view: { weather: (asked.get('weather') ?? 'clear') as Weather },
  })
  const [own] = feed.cars
  if (own && asked.has('lane')) own.lane = Number(asked.get('lane'))
  const road = map.roads.find(({ id }) => id === asked.get('road'))
  if (own && road) own.lane = road.forward[0] ?? own.lane
  if (own && asked.has('s')) own.s = Number(asked.get('s'))
  if (own && asked.has('caught')) speedPast(feed, own)
  if (asked.has('parade')) feed.cars.forEach((car, i) => Object.assign(car, onParade(i)))
  if (asked.has('crowd')) feed.cars.forEach((car, i) => Object.assign(car, crowded(i)))
  const game = await openGame(document.querySelector('#street') ?? document.body, feed, {
    settings: { ...DEFAULT_SETTINGS, reducedMotion: asked.has('still'), highContrast: asked.has('contrast') },
    overview: asked.has('projector'),
    onCaption: () => undefined,
  })
  game.showXray(asked.has('xray'), null)
  if (asked.has('busy')) keepBusy(feed)
  if (asked.has('caught')) fine(feed)
  window.street = { feed, game }
  document.body.dataset['ready'] = 'yes'
}

/** Four seconds before a camera's line, at 127 km/h. */
function speedPast({ map }: FakeFeed, own: FakeFeed['cars'][number]): void {
  const line = map.cameras.find(({ id }) => id === 'A7-E')?.lines[0]
  if (!line) throw new Error('no camera on the eastern ring')
  Object.assign(own, { lane: line.lane, s: Math.max(5, line.s - 150), cruise: 1.155, speed: 35.3 })
}

/** The agents do their parts, a second apart, from the flash on; the letter comes last. */
function fine(feed: FakeFeed): void {
  const speakers = ['watch', 'bridge', 'lambda'] as const
  for (const [i, speaker] of speakers.entries()) {
    const entry = {
      id: `${900 + i}/1`,
      speaker,
      text: { key: 'feed', params: {} },
      at: momentAt(i),
      plate: 'FR-000',
    } as const
    setTimeout(() => feed.show({ feed: [...feed.view().feed, entry] }), 5000 + i * 1000)
  }
  const letter = { id: '990/1', kind: 'fine', subject: { key: 'mail', params: {} }, at: momentAt(9) }
  setTimeout(() => feed.show({ inbox: [letter as never] }), 9500)
}

/** One vehicle of each kind, on the avenue and beside it. */
const onParade = (i: number) => ({
  kind: VEHICLE_KINDS[i % VEHICLE_KINDS.length] ?? 'sedan',
  x: 1080 + (i % 4) * 18,
  y: 846 + Math.floor(i / 4) * 7,
  heading: 0,
  speed: 0,
  flags: i % 4 === 3 ? VEHICLE_FLAG.headlights | VEHICLE_FLAG.braking : VEHICLE_FLAG.headlights | VEHICLE_FLAG.siren,
})

/** A patrol car with all its lights on, in rows of six round the middle of the map. */
const crowded = (i: number) => ({
  kind: 'police' as const,
  x: 1100 + (i % 6) * 9,
  y: 858 + Math.floor(i / 6) * 4,
  heading: 0,
  speed: 0,
  flags: VEHICLE_FLAG.siren | VEHICLE_FLAG.headlights | VEHICLE_FLAG.braking | VEHICLE_FLAG.indicatorLeft,
})

/** Lets the five agents speak in turn, and two cameras change their minds, so that the X-ray has something to show. */
function keepBusy(feed: FakeFeed): void {
  const speakers = ['watch', 'bridge', 'lambda', 'trail', 'config'] as const
  const cameras = feed.map.cameras
  let said = 0
  setInterval(() => {
    const speaker = speakers[said % speakers.length] ?? 'watch'
    said += 1
    const params = { camera: cameras[said % cameras.length]?.id ?? '' }
    const entry = {
      id: `${said}/1`,
      speaker,
      text: { key: 'feed', params },
      at: momentAt(said * 300),
      plate: null,
    } as const
    const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const
    feed.show({
      feed: [...feed.view().feed, entry].slice(-60),
      alarms: cameras.map(({ id }, i) => ({
        name: `speed-${id}`,
        state: states[(i + Math.floor(said / 9)) % 3] ?? 'OK',
        cameraId: id,
        plate: null,
        at: momentAt(said * 300),
      })),
      fleet: [{ plate: 'FR-000', verdicts: { 'brakes-ok': 'COMPLIANT', 'tyres-ok': 'NON_COMPLIANT' } }],
    })
  }, 300)
}

await open()
