import { describe, expect, it } from 'vitest'

import { openLaneFinder } from '../../../shared/driving/lane-finder.ts'
import type { SentInput } from '../../../shared/protocol/input-frame.ts'
import { LaneDriver } from '../../support/lane-driver.ts'
import { openSimRoom, watch, type NetSettings, type Screen, type SimRoom } from '../../support/sim-net.ts'
import { nuageville } from '../../support/test-city.ts'

/** Metres per second beyond which nobody could say what is a jerk. */
const FASTEST = 45
const finder = openLaneFinder(nuageville)

/** What a driver at one screen lived through. */
interface Ride {
  /** Most metres that the own car moved between two pictures, beyond what its speed says. */
  ownJerk: number
  /** The same, of the others. */
  otherJerks: number[]
  /** Metres that the own car drove. */
  driven: number
  corrections: number
  pictures: number
}

/** Drives along the lanes, as a person at that screen would. */
function ride(sim: SimRoom, { feed }: Screen, ms: number, seed = 5): Ride {
  const driver = new LaneDriver(nuageville, finder, seed)
  const ridden: Ride = { ownJerk: 0, otherJerks: [], driven: 0, corrections: feed.corrections, pictures: 0 }
  let before = new Map<number, { x: number; y: number }>()
  watch(sim, ms, (nowMs) => {
    const { own, cars } = feed.sample(nowMs)
    const now = new Map<number, { x: number; y: number }>()
    for (const car of own === null ? cars : [own, ...cars]) {
      const was = before.get(car.id)
      now.set(car.id, { x: car.x, y: car.y })
      if (was === undefined) continue
      const moved = Math.hypot(car.x - was.x, car.y - was.y)
      const jerk = moved - Math.abs(car.speed) / 60
      if (car.id !== -1 && Math.abs(car.speed) < FASTEST) ridden.otherJerks.push(jerk)
      if (car.id === -1) ridden.ownJerk = Math.max(ridden.ownJerk, jerk)
      if (car.id === -1) ridden.driven += moved
    }
    before = now
    ridden.pictures += 1
    if (own !== null) feed.drive(driver.hands(own))
  })
  ridden.corrections = feed.corrections - ridden.corrections
  return ridden
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0

const NETS: readonly (readonly [string, NetSettings])[] = [
  ['a good line', { delayMs: 5, jitterMs: 2 }],
  ['200 ms round trip, 50 ms jitter, 2 % loss', { delayMs: 100, jitterMs: 25, loss: 0.02 }],
  ['the same with inputs arriving twice', { delayMs: 100, jitterMs: 25, loss: 0.02, twice: 0.3 }],
  ['long polling, where posts overtake', { delayMs: 60, jitterMs: 30, stride: 4, overtakes: true }],
]

/** What every post to the room holds, one list each, in the order of their coming. */
function postsOf(sim: SimRoom, of: (sent: SentInput) => number): number[][] {
  const posts: number[][] = []
  const steer = sim.room.steer.bind(sim.room)
  Object.assign(sim.room, {
    steer: (...given: Parameters<typeof steer>) => {
      posts.push(given[1].inputs.map(of))
      return steer(...given)
    },
  })
  return posts
}

describe('a feed over a bad network', () => {
  it.each(NETS)('[FEED-11] plays on over %s', (_name, net) => {
    for (const seed of [1, 2]) {
      const sim = openSimRoom()
      const screen = sim.open({ name: 'Anna' }, { ...net, seed })
      const other = sim.open({ name: 'Ben' })
      ride(sim, screen, 3000)
      const ridden = ride(sim, screen, 15_000, seed)
      expect(screen.reasons).toEqual([])
      expect(ridden.driven).toBeGreaterThan(20)
      expect(ridden.ownJerk).toBeLessThan(1.5)
      expect(ridden.otherJerks.length).toBeGreaterThan(500)
      expect(quantile(ridden.otherJerks, 0.95)).toBeLessThan(0.2)
      expect(quantile(ridden.otherJerks, 1)).toBeLessThan(1.5)
      expect(ridden.corrections / ridden.pictures).toBeLessThan(0.2)
      expect(other.reasons).toEqual([])
      sim.room.close()
    }
  })

  it('[FEED-1] moves the own car before the server can have heard of it', () => {
    const sim = openSimRoom({ bots: 0 })
    const screen = sim.open({}, { delayMs: 100, jitterMs: 25 })
    watch(sim, 2000, (nowMs) => screen.feed.sample(nowMs))
    const from = screen.feed.sample(sim.clock.now()).own
    const start = { x: from?.x ?? 0, y: from?.y ?? 0 }
    screen.feed.drive({ throttle: 1, steering: 0, handbrake: false })
    const moved: number[] = []
    watch(sim, 180, (nowMs) => {
      const own = screen.feed.sample(nowMs).own
      moved.push(Math.hypot((own?.x ?? 0) - start.x, (own?.y ?? 0) - start.y))
    })
    expect(moved.findIndex((metres) => metres > 0)).toBeLessThanOrEqual(4)
    expect(moved.at(-1)).toBeGreaterThan(0.02)
    sim.room.close()
  })

  it('[FEED-2] needs no correction while inputs arrive in time', () => {
    const sim = openSimRoom({ bots: 0 })
    const screen = sim.open({}, { delayMs: 40 })
    ride(sim, screen, 6000)
    expect(ride(sim, screen, 8000).corrections).toBeLessThanOrEqual(3)
    sim.room.close()
  })

  it('[FEED-8] asks once for everything after a frame that does not fit, and shows the street again', async () => {
    const sim = openSimRoom()
    const screen = sim.open({}, { delayMs: 50 })
    watch(sim, 1000, (nowMs) => screen.feed.sample(nowMs))
    screen.spoilNext()
    for (let i = 0; i < 60; i += 1) {
      sim.clock.turn(1000 / 60)
      screen.feed.sample(sim.clock.now())
      await Promise.resolve()
    }
    expect(screen.counts.asks).toEqual(['resync'])
    const { tick, cars } = screen.feed.sample(sim.clock.now())
    expect(tick).toBeGreaterThan(sim.room.currentTick - 4)
    expect(cars.length).toBeGreaterThan(0)
    sim.room.close()
  })

  it('[FEED-9] lets the own car wait while nothing is heard, and takes the server’s word afterwards', () => {
    const sim = openSimRoom({ bots: 0 })
    const screen = sim.open({}, { delayMs: 30 })
    screen.feed.drive({ throttle: 1, steering: 0, handbrake: false })
    watch(sim, 3000, (nowMs) => screen.feed.sample(nowMs))
    screen.cut(true)
    watch(sim, 1500, (nowMs) => screen.feed.sample(nowMs))
    const held = { ...screen.feed.sample(sim.clock.now()).own }
    watch(sim, 1000, (nowMs) => screen.feed.sample(nowMs))
    expect(screen.feed.sample(sim.clock.now()).own).toMatchObject({ x: held.x, y: held.y })
    screen.cut(false)
    screen.feed.drive({ throttle: 0, steering: 0, handbrake: true })
    watch(sim, 4000, (nowMs) => screen.feed.sample(nowMs))
    const after = screen.feed.corrections
    watch(sim, 2000, (nowMs) => screen.feed.sample(nowMs))
    expect(screen.feed.corrections - after).toBeLessThanOrEqual(2)
    sim.room.close()
  })

  it('[FEED-7] says what it has seen, hands at rest or none at all', () => {
    const sim = openSimRoom()
    const [anna, teacher] = [sim.open({}), sim.open({ role: 'host', hostKey: 'host-key-host-key-1' })]
    watch(sim, 20_000, (nowMs) => anna.feed.sample(nowMs))
    expect([anna.reasons, teacher.reasons]).toEqual([[], []])
    expect(teacher.counts.frames).toBeGreaterThan(390)
    expect(anna.counts.frames).toBeGreaterThan(390)
    sim.room.close()
  })

  it('[FEED-17] tells at once of hands that do something new, and of the same hands with the next', () => {
    const sim = openSimRoom({ bots: 0 })
    const screen = sim.open({})
    const posts = postsOf(sim, ({ input }) => input.throttle)
    const told = (ms: number) => {
      posts.length = 0
      watch(sim, ms, (nowMs) => screen.feed.sample(nowMs))
      return posts.filter((post) => post.length > 0)
    }
    const kinds = (all: readonly number[][]) => [...new Set(all.map((post) => post.join(' ')))]
    expect(kinds(told(2000))).toEqual(['0 0 0 0'])
    screen.feed.drive({ throttle: 1, steering: 0, handbrake: false })
    const all = told(2000)
    const start = all.findIndex((post) => post.includes(1))
    expect(all[start]?.filter((throttle) => throttle === 1)).toEqual([1])
    const others = all.slice(start + 1)
    expect(kinds(others)).toEqual(['1 1'])
    sim.room.close()
  })

  it('[FEED-10] sends with the next what a busy line did not take, and no more than the newest eight', () => {
    const sim = openSimRoom({ bots: 0 })
    const screen = sim.open({})
    const posts = postsOf(sim, ({ seq }) => seq)
    watch(sim, 300, (nowMs) => screen.feed.sample(nowMs))
    screen.feed.drive({ throttle: 1, steering: 0, handbrake: false })
    for (const stallMs of [150, 700]) {
      screen.cut(true)
      watch(sim, stallMs, (nowMs) => screen.feed.sample(nowMs))
      screen.cut(false)
      posts.length = 0
      watch(sim, 200, (nowMs) => screen.feed.sample(nowMs))
      const [first = []] = posts
      expect(first.length).toBeGreaterThanOrEqual(Math.min(8, stallMs / 50))
      expect(first.length).toBeLessThanOrEqual(8)
      const all = posts.flat()
      expect(all).toEqual(Array.from(all, (_, i) => (all[0] ?? 0) + i))
    }
    sim.room.close()
  })
})
