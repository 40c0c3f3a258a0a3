import { describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { tick } from '../../../server/city/tick.ts'
import { openSharedNews } from '../../../server/city/shared-news.ts'
import { openCursor, patchCity } from '../../../server/city/patches.ts'
import { chainOf, viewCity, type Viewer } from '../../../server/city/views.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { applyPatch } from '../../../client/net/view-store.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import { openDiscovery } from '../../support/test-city.ts'

const PLATE = 'AB-005-NV'
const OTHER = 'ZZ-999-NV'
const driver: Viewer = { role: 'driver', seatId: 's1', plate: PLATE }
const host: Viewer = { role: 'host', seatId: null, plate: null }
const projector: Viewer = { role: 'projector', seatId: null, plate: null }
const join: WorldCommand = { kind: 'join', seatId: 's1', plate: PLATE, vehicle: 'sedan', colour: 3 }
const autopilot: WorldCommand = {
  kind: 'assist',
  seatId: 's1',
  assists: { steering: true, braking: false, speedCap: 1, autopilot: false },
}
const fullThrottle = (seq: number): WorldCommand => ({
  kind: 'drive',
  seatId: 's1',
  seq,
  input: { throttle: 1, steering: 0, handbrake: false },
})

/** A driver on the ring who holds the throttle down, steered by the assist. */
function speed(ticks: number, each: (city: City) => void = () => {}): City {
  let city = tick(openDiscovery({ bots: 10 }), [join, autopilot])
  for (let n = 1; n < ticks; n += 1) {
    city = tick(city, [fullThrottle(n)])
    each(city)
  }
  return city
}

describe('a view', () => {
  it('[CITY-10] tells a projector of nobody’s failure', () => {
    const city = speed(2400)
    expect(city.boards.fines[PLATE]).toBeGreaterThan(0)
    expect(viewCity(city, driver).inbox.length).toBeGreaterThan(0)
    const wall = viewCity(city, projector)
    const mine = viewCity(city, driver).feed.filter((entry) => entry.plate === PLATE)
    expect(mine.map(({ speaker }) => speaker)).toEqual(expect.arrayContaining(['watch', 'bridge', 'lambda', 'mail']))
    expect(wall.feed.map(({ speaker }) => speaker)).toContain('bridge')
    expect(JSON.stringify(wall)).not.toContain(PLATE)
    expect([wall.inbox, wall.fleet, wall.car]).toEqual([[], [], null])
    const letter = viewCity(city, driver).inbox[0]?.id ?? '0/0'
    expect(chainOf(city, projector, letter)).toBeNull()
    expect(chainOf(city, host, letter)?.links.length).toBeGreaterThan(5)
    const other: Viewer = { role: 'driver', seatId: 's2', plate: 'ZZ-999-NV' }
    expect(viewCity(city, other).logbook.some((line) => line.plate === PLATE)).toBe(false)
    expect(viewCity(city, other).inbox).toEqual([])
  })

  it('[CITY-54] opens of another driver’s chain what the feed tells everybody, and nothing else', () => {
    const city = tick(speed(2400), [{ ...join, seatId: 's2', plate: OTHER } as WorldCommand])
    const other: Viewer = { role: 'driver', seatId: 's2', plate: OTHER }
    const letter = viewCity(city, driver).inbox[0]?.id ?? '0/0'
    const mine = chainOf(city, driver, letter)
    const theirs = chainOf(city, other, letter)
    expect(mine?.links.every(({ json }) => Object.keys(json).length > 0)).toBe(true)
    const seen = [...(theirs?.links ?? []), ...(theirs?.after ?? [])]
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.length).toBeLessThan((mine?.links.length ?? 0) + (mine?.after.length ?? 0))
    expect(JSON.stringify(seen.map(({ json }) => json))).not.toContain(PLATE)
    const told = new Set(city.boards.feed.newest.map(({ id }) => id))
    const hidden = (mine?.links ?? []).filter(({ id }) => !told.has(id) && !seen.some((link) => link.id === id))
    expect(hidden.length).toBeGreaterThan(0)
    for (const { id } of hidden) expect(chainOf(city, other, id)).toBeNull()
    expect(chainOf(city, host, letter)).toEqual(mine)
  })

  it('[CITY-11] patched tick by tick is the view made anew, and says nothing twice', () => {
    for (const viewer of [driver, host, projector]) {
      const first = tick(openDiscovery({ bots: 10 }), [join, autopilot])
      const cursor = openCursor(first, viewer)
      let shown = { ...viewCity(first, viewer) } as SeatView
      let city = first
      for (let n = 1; n <= 800; n += 1) {
        city = tick(city, [fullThrottle(n)])
        const patch = patchCity(city, viewer, cursor)
        if (patch !== null) shown = applyPatch(shown, patch)
      }
      expect(patchCity(city, viewer, cursor)).toBeNull()
      const anew = viewCity(city, viewer)
      expect(shown.feed.map(({ id }) => id)).toEqual(anew.feed.map(({ id }) => id))
      expect(shown.inbox).toEqual(anew.inbox)
      expect(shown.alarms).toEqual(anew.alarms)
      expect(shown.fleet).toEqual(anew.fleet)
      expect([shown.rules, shown.car, shown.study]).toEqual([anew.rules, anew.car, anew.study])
      expect(shown.units).toEqual(anew.units)
    }
  })

  it('[CITY-11] told together with others of its role, a viewer is told what it would be told alone', () => {
    const viewers = [driver, host, projector, { role: 'driver', seatId: 's2', plate: 'ZZ-999-NV' } as const]
    let city = tick(openDiscovery({ bots: 10 }), [join, autopilot])
    const shared = openSharedNews()
    const cursors = viewers.map((viewer) => ({
      viewer,
      alone: openCursor(city, viewer),
      together: openCursor(city, viewer),
    }))
    let told = 0
    for (let n = 1; n <= 400; n += 1) {
      city = tick(city, [fullThrottle(n)])
      for (const { viewer, alone, together } of cursors) {
        const patch = patchCity(city, viewer, together, shared)
        expect(patch).toEqual(patchCity(city, viewer, alone))
        told += patch === null ? 0 : 1
      }
    }
    expect(told).toBeGreaterThan(20)
  })

  it('[CITY-13] tells a driver of the repair that a broken rule led to', () => {
    let city = tick(openDiscovery({ bots: 5 }), [join])
    const dark: WorldCommand = { kind: 'set-part', plate: PLATE, part: 'headlights', value: false, cause: null }
    city = tick(city, [dark])
    city = tick(city, [{ kind: 'send-unit', errandId: 'test', unit: 'inspector', plate: PLATE, cause: '1/1' }])
    for (let n = 0; n < 4000 && viewCity(city, driver).inbox.length === 0; n += 1) city = tick(city, [])
    const [letter] = viewCity(city, driver).inbox
    expect(letter).toMatchObject({ kind: 'repair', from: 'repair-car' })
    for (let n = 0; n < 5; n += 1) city = tick(city, [])
    expect(viewCity(city, driver).car?.condition.headlightsWorking).toBe(true)
    const names = chainOf(city, host, letter?.id ?? '0/0')?.links.map(({ name }) => name)
    expect(names).toContain('Config Rules Compliance Change')
    expect(names).toContain('vehicle-inspected')
  })
})
