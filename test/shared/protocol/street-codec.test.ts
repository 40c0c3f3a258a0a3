import { describe, expect, it } from 'vitest'

import type { OwnState } from '../../../shared/protocol/frame.ts'
import { StreetDecoder } from '../../../shared/protocol/street-decoder.ts'
import { randomShare } from '../../../shared/random.ts'
import { StreetEncoder } from '../../../server/city/street-encoder.ts'
import { openNews } from '../../../server/city/street-news.ts'
import type { Viewer } from '../../../server/city/views.ts'
import { openPose, poseOf } from '../../../server/sim/pose.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { expectedPose } from '../../support/expected.ts'
import { openPlay, type Play } from '../../support/play.ts'
import { streetsOf } from '../../support/street.ts'

const NEAR = 80
const streets = streetsOf('nuageville')
const HANDS = { ackSeq: 70_000, lead: -3 }
const host: Viewer = { role: 'host', seatId: null, plate: null }

/** One screen: what it was told, compared with what is. */
function openScreen(play: Play, viewer: Viewer, news = openNews(play.world)) {
  const encoder = new StreetEncoder(viewer, news)
  const decoder = new StreetDecoder(streets.map)
  const [seen, real, own] = [openPose(), openPose(), openPose()]
  const errors = { near: [] as number[], far: [] as number[] }
  const ids = new Set<number>()
  let told: OwnState | null = null
  return {
    errors,
    ids,
    decoder,
    own: () => told,
    restart: () => encoder.restart(),
    /** Sends the frame of this tick and looks at everybody. */
    send(tick: number): void {
      const frame = decoder.decode(encoder.encode(tick, HANDS))
      if (!frame.ok) throw new Error(`${tick}: ${frame.error}`)
      expect(frame.value.tick).toBe(tick)
      told = frame.value.own?.state ?? null
      if (viewer.seatId !== null) poseOf(play.world, vehicleSlotOf(play.world, { seatId: viewer.seatId }), own)
      for (const tracked of decoder.inView.values()) {
        const slot = tracked.id % 65_536
        ids.add(tracked.id)
        const mode = play.world.vehicles.mode[slot]
        if (mode === MODE.none || mode === MODE.stationed) throw new Error(`${tick}: ${slot} is not on the street`)
        poseOf(play.world, slot, real)
        expectedPose(streets.finder.headings, tracked, tick, seen)
        const error = Math.hypot(seen.x - real.x, seen.y - real.y)
        const isNear = viewer.seatId !== null && Math.hypot(real.x - own.x, real.y - own.y) < NEAR
        errors[isNear ? 'near' : 'far'].push(error)
      }
    },
  }
}

const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0)
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0

describe('the street over the wire', () => {
  it('[WIRE-2] is where a viewer expects it, for 1200 ticks, several seats and a host', () => {
    const play = openPlay({ streets, players: 6, npcs: 160, seed: 7 })
    const news = openNews(play.world)
    play.step()
    const screens = [...play.viewers, host].map((viewer) => openScreen(play, viewer, news))
    for (let i = 0; i < 1200; i += 1) {
      const tick = play.step()
      for (const screen of screens) screen.send(tick)
    }
    const near = screens.flatMap(({ errors }) => errors.near)
    const far = screens.flatMap(({ errors }) => errors.far)
    expect(near.length).toBeGreaterThan(10_000)
    expect(quantile(near, 0.99)).toBeLessThan(0.25)
    expect(most(near)).toBeLessThan(0.4)
    expect(quantile(far, 0.99)).toBeLessThan(1.2)
    expect(most(far)).toBeLessThan(2.5)
    for (const { ids } of screens) expect(ids.size).toBeGreaterThan(20)
  })

  it.each([1, 2, 3])('[WIRE-3] is as true after frames that were left out (seed %i)', (seed) => {
    const play = openPlay({ streets, players: 4, npcs: 120, seed })
    play.step()
    const screens = play.viewers.map((viewer) => openScreen(play, viewer))
    const outages = play.viewers.map(() => 0)
    for (let i = 0; i < 500; i += 1) {
      const tick = play.step()
      for (const [k, screen] of screens.entries()) {
        const left = outages[k] ?? 0
        const share = randomShare(seed, k, i)
        outages[k] = left > 0 ? left - 1 : share < 0.03 ? Math.floor(share * 6000) : 0
        if (randomShare(seed, 50 + k, i) < 0.005) screen.restart()
        if (outages[k] === 0 && share > 0.3) screen.send(tick)
      }
    }
    const near = screens.flatMap(({ errors }) => errors.near)
    const far = screens.flatMap(({ errors }) => errors.far)
    expect(near.length).toBeGreaterThan(200)
    expect(quantile(near, 0.99)).toBeLessThan(0.3)
    expect(quantile(far, 0.99)).toBeLessThan(1.5)
  })

  it('[WIRE-4] shows the nearest and nobody who is not on the street; everybody to a host', () => {
    const play = openPlay({ streets, players: 3, npcs: 150, seed: 5 })
    play.step()
    const driver = openScreen(play, { role: 'driver', seatId: 's0', plate: 'FR-0' })
    const teacher = openScreen(play, host)
    for (let i = 0; i < 200; i += 1) {
      const tick = play.step()
      driver.send(tick)
      teacher.send(tick)
      const own = vehicleSlotOf(play.world, { seatId: 's0' })
      expect([...driver.decoder.inView.values()].map(({ id }) => id % 65_536)).not.toContain(own)
      expect(driver.decoder.inView.size).toBeLessThanOrEqual(60)
    }
    expect(teacher.decoder.inView.size).toBeGreaterThan(100)
  })

  it('[WIRE-10] tells the own car within a quantum, and what it acknowledges', () => {
    const play = openPlay({ streets, players: 2, npcs: 20, seed: 3 })
    play.step()
    const screen = openScreen(play, { role: 'driver', seatId: 's1', plate: 'FR-1' })
    let told = 0
    for (let i = 0; i < 400; i += 1) {
      screen.send(play.step())
      const own = screen.own()
      if (own === null) continue
      told += 1
      const slot = vehicleSlotOf(play.world, { seatId: 's1' })
      const { vehicles } = play.world
      expect(Math.abs(own.x - (vehicles.x[slot] ?? 0))).toBeLessThanOrEqual(1 / 512)
      expect(Math.abs(own.vy - (vehicles.vy[slot] ?? 0))).toBeLessThanOrEqual(1 / 512)
      expect(Math.abs(own.yawRate - (vehicles.yawRate[slot] ?? 0))).toBeLessThanOrEqual(1 / 64)
      expect(own).toMatchObject({ flags: vehicles.flags[slot], assisted: false })
    }
    expect(told).toBeGreaterThanOrEqual(100)
  })

  it('[WIRE-10] acknowledges by the low half of the number', () => {
    const play = openPlay({ streets, players: 1, npcs: 0 })
    const tick = play.step()
    const encoder = new StreetEncoder({ role: 'driver', seatId: 's0', plate: 'FR-0' }, openNews(play.world))
    const frame = new StreetDecoder(streets.map).decode(encoder.encode(tick, HANDS))
    expect(frame).toMatchObject({ ok: true, value: { own: { ackSeq16: 70_000 & 0xffff, lead: -3 } } })
    if (frame.ok) expect(frame.value.surface?.grip).toBeGreaterThan(0.5)
  })
})
