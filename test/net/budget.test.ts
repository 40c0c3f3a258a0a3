import { describe, expect, it } from 'vitest'

import { openLaneFinder } from '../../shared/driving/lane-finder.ts'
import { LaneDriver } from '../support/lane-driver.ts'
import { HOST, openSimRoom, watch } from '../support/sim-net.ts'
import { nuageville, openDiscovery } from '../support/test-city.ts'

const SECONDS = 20
/** What TCP/IP, TLS and the WebSocket put around a message, at most. */
const HEADERS = 100

describe('what a class costs', () => {
  it('[NET-16] is at most 20 kB/s down and 3 kB/s up a seat, with 30 who drive, a host and a wall', () => {
    const sim = openSimRoom({ city: openDiscovery() })
    const finder = openLaneFinder(nuageville)
    const seats = Array.from({ length: 30 }, (_, i) => ({
      screen: sim.open({ name: `Pupil ${i}` }, { delayMs: 20, seed: i }),
      driver: new LaneDriver(nuageville, finder, i),
    }))
    const walls = [sim.open(HOST), sim.open({ role: 'projector' })]
    watch(sim, SECONDS * 1000, (nowMs) => {
      for (const { screen, driver } of seats) {
        const { own } = screen.feed.sample(nowMs)
        if (own !== null) screen.feed.drive(driver.hands(own))
      }
      for (const { feed } of walls) feed.sample(nowMs)
    })
    const perSecond = (way: 'down' | 'up') =>
      [...seats.map(({ screen }) => screen), ...walls].map(({ counts }) => {
        const { bytes, messages } = counts[way]
        return (bytes + messages * HEADERS) / SECONDS
      })
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const [down, up] = [perSecond('down'), perSecond('up')]
    expect(mean(down)).toBeLessThan(20_000)
    expect(Math.max(...down)).toBeLessThan(20_000)
    expect(Math.max(...up)).toBeLessThan(3000)
    expect(seats.flatMap(({ screen }) => screen.reasons)).toEqual([])
    sim.room.close()
  })
})
