import { describe, expect, it } from 'vitest'

import { cardMs, nextCard, type CardId } from '../../../client/view/first-minute.ts'
import { applyPatch } from '../../../client/net/view-store.ts'
import { findLane, openLaneFinder, type LanePlace } from '../../../shared/driving/lane-finder.ts'
import { poseOnLane } from '../../../shared/driving/lane-pose.ts'
import { wrapAngle } from '../../../shared/driving/trig.ts'
import type { DriveInput } from '../../../shared/model/command.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import { metresPerSecond } from '../../../shared/units.ts'
import { openCursor, patchCity } from '../../../server/city/patches.ts'
import { viewCity, type Viewer } from '../../../server/city/views.ts'
import { tick } from '../../../server/city/tick.ts'
import { openPose, poseOf } from '../../../server/sim/pose.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { nuageville, openDiscovery } from '../../support/test-city.ts'

const SEAT = { seatId: 's1', plate: 'AB-005-NV' }
const VIEWER: Viewer = { role: 'driver', ...SEAT }
/** A newcomer reads the card for a moment, then keeps the pedal down and the car on the road. */
const FIRST_MOVE = 4
const finder = openLaneFinder(nuageville)

function hands(car: { x: number; y: number; heading: number; speed: number }): DriveInput {
  const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  findLane(finder, car, place)
  const ahead = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
  poseOnLane(finder.headings, place.lane, { s: place.s + 10 + 0.6 * car.speed, lat: 0 }, ahead)
  const off = wrapAngle(Math.atan2(ahead.y - car.y, ahead.x - car.x) - car.heading)
  return { throttle: car.speed < 35 ? 1 : 0, steering: Math.max(-1, Math.min(1, off * 8)), handbrake: false }
}

interface Minute {
  /** Seconds of play at which each happened. */
  readonly botFlashed: number
  readonly ownMeasured: number
  readonly cameras: { readonly bot: string; readonly own: string }
  readonly cards: readonly { readonly id: CardId; readonly at: number }[]
}

/** Plays the first forty seconds of the discovery as a newcomer, and reads the cards as the page shows them. */
function playFirstMinute(seed: number): Minute {
  let city = tick(openDiscovery({ seed, bots: 40 }), [{ kind: 'join', ...SEAT, vehicle: 'sedan', colour: 3 }])
  const cursor = openCursor(city, VIEWER)
  let view = { ...viewCity(city, VIEWER) } as SeatView
  const pose = openPose()
  const seen = new Set<CardId>()
  const cards: { id: CardId; at: number }[] = []
  const passes: { camera: string; at: number; isOwn: boolean; isFast: boolean }[] = []
  for (let n = 0; n < 40 * 20; n += 1) {
    const at = city.tick / 20
    const car = poseOf(city.world, vehicleSlotOf(city.world, { seatId: 's1' }), pose)
    const input = at < FIRST_MOVE ? { throttle: 0, steering: 0, handbrake: false } : hands(car)
    city = tick(city, [{ kind: 'drive', seatId: 's1', seq: n, input }])
    for (const fact of city.facts)
      if (fact.kind === 'camera-passed')
        passes.push({
          camera: fact.cameraId,
          at,
          isOwn: fact.plate === SEAT.plate,
          isFast: fact.speedKmh > fact.limitKmh,
        })
    const patch = patchCity(city, VIEWER, cursor)
    if (patch !== null) view = applyPatch(view, patch)
    const card = nextCard(view, { came: at * 1000, cityWas: 0, hasDriven: true }, seen)
    if (card !== null && card.id !== cards.at(-1)?.id) cards.push({ id: card.id, at })
    const shown = cards.at(-1)
    if (shown !== undefined && (at - shown.at) * 1000 > cardMs(shown.id)) seen.add(shown.id)
  }
  const bot = passes.find(({ isOwn, isFast }) => !isOwn && isFast)
  const own = passes.find(({ isOwn }) => isOwn)
  return {
    botFlashed: bot?.at ?? Infinity,
    ownMeasured: own?.at ?? Infinity,
    cameras: { bot: bot?.camera ?? 'none', own: own?.camera ?? 'no camera' },
    cards,
  }
}

describe('the first minute of the discovery', () => {
  it.each([1, 2, 3, 7, 11, 23])('[CITY-30] goes as written, whatever the traffic (seed %i)', (seed) => {
    const minute = playFirstMinute(seed)
    const cardAt = (id: CardId) => minute.cards.find((card) => card.id === id)?.at
    expect(cardAt('steer')).toBeLessThan(0.1)
    expect(minute.botFlashed).toBeGreaterThan(11)
    expect(minute.botFlashed).toBeLessThan(14)
    expect(cardAt('bot-flash')).toBeLessThan(15)
    expect(cardAt('your-turn')).toBeLessThan(20)
    expect(minute.cameras.own).toBe(minute.cameras.bot)
    expect(minute.ownMeasured).toBeGreaterThan(18)
    expect(minute.ownMeasured).toBeLessThan(22)
    expect(cardAt('first-watch')).toBeLessThan(30)
  })

  it('[CITY-31] shows a class the flash, but no stream of speeders', () => {
    let city = openDiscovery({ bots: 40 })
    const join = (n: number) =>
      ({ kind: 'join', seatId: `s${n}`, plate: `FR-${n}`, vehicle: 'sedan', colour: 0 }) as const
    let speeders = 0
    for (let n = 0; n < 30 * 20; n += 1) {
      city = tick(city, n % 20 === 0 ? [join(n)] : [])
      speeders += city.facts.filter(
        (fact) => fact.kind === 'vehicle-joined' && fact.vehicle === 'sport' && n > 0,
      ).length
    }
    expect(speeders).toBe(2)
  })
})
