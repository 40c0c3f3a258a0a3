import { describe, expect, it } from 'vitest'

import type { Tracked } from '../../../shared/protocol/street-decoder.ts'
import type { FreeTrack } from '../../../shared/protocol/track.ts'
import { OtherCars } from '../../../client/net/other-cars.ts'
import { openPlayClock } from '../../../client/net/play-clock.ts'
import { nuageville } from '../../support/test-city.ts'

const free = (tick: number, x: number, speed = 10): FreeTrack => ({
  form: 'free',
  tick,
  x,
  y: 500,
  heading: 0,
  speed,
  yawRate: 0,
})
const tracked = (track: FreeTrack, before: FreeTrack | null = null): Tracked => ({
  id: 7,
  kind: 'taxi',
  colour: 1,
  flags: 0,
  track,
  before,
})

function shown(cars: OtherCars, one: Tracked, playMs: number) {
  const [car] = cars.show(new Map([[0, one]]), playMs)
  if (car === undefined) throw new Error('nobody is shown')
  return { ...car }
}

describe('other cars', () => {
  it('[FEED-5] are shown where they were at the instant, along what was told before and after', () => {
    const cars = new OtherCars(nuageville)
    cars.onFrame(24)
    const one = tracked(free(22, 1010), free(20, 1000))
    expect(shown(cars, one, 1050).x).toBeCloseTo(1000.5, 6)
    expect(shown(cars, one, 1090).x).toBeCloseTo(1000.9, 6)
  })

  it('[FEED-5] glide from what was expected to what was told, when it is shown', () => {
    const cars = new OtherCars(nuageville)
    cars.onFrame(20)
    const one = tracked(free(20, 1000))
    shown(cars, one, 1000)
    cars.onFrame(22)
    one.before = one.track
    one.track = free(22, 1003)
    let last = shown(cars, one, 1090).x
    expect(last).toBeCloseTo(1000.9, 6)
    for (let ms = 1100; ms <= 1350; ms += 10) {
      const { x } = shown(cars, one, ms)
      expect(x - last).toBeGreaterThan(0)
      expect(x - last).toBeLessThan(0.5)
      last = x
    }
    expect(last).toBeCloseTo(1003 + 2.5, 0)
  })

  it('[FEED-5] jump where gliding would be a lie', () => {
    const cars = new OtherCars(nuageville)
    cars.onFrame(20)
    const one = tracked(free(20, 1000))
    shown(cars, one, 1000)
    one.before = one.track
    one.track = free(20, 1040)
    expect(shown(cars, one, 1000).x).toBeCloseTo(1040, 6)
  })

  it('[FEED-6] go on for 250 ms without news, then stand and fade, and come back', () => {
    const cars = new OtherCars(nuageville)
    cars.onFrame(20)
    const one = tracked(free(20, 1000))
    expect(shown(cars, one, 1250)).toMatchObject({ x: expect.closeTo(1002.5, 6), alpha: 1, speed: 10 })
    const held = shown(cars, one, 1500)
    expect(held).toMatchObject({ x: expect.closeTo(1002.5, 6), speed: 0 })
    expect(held.alpha).toBeCloseTo(0.5, 6)
    expect(shown(cars, one, 5000)).toMatchObject({ x: expect.closeTo(1002.5, 6), alpha: 0.35 })
    cars.onFrame(100)
    expect(shown(cars, one, 5000).alpha).toBe(1)
  })

  it('[FEED-5] are dropped when they are out of view', () => {
    const cars = new OtherCars(nuageville)
    cars.onFrame(20)
    shown(cars, tracked(free(20, 1000)), 1000)
    expect(cars.show(new Map(), 1010)).toEqual([])
  })
})

describe('the play clock', () => {
  const run = (jitterMs: number, strideMs = 50) => {
    const clock = openPlayClock()
    const behind: number[] = []
    let last = -1
    let arrived = 0
    for (let nowMs = 1000; nowMs < 12_000; nowMs += 10) {
      const dueMs = nowMs - 100 - jitterMs * (0.5 + 0.5 * Math.sin(nowMs))
      for (; arrived + strideMs <= dueMs; arrived += strideMs) clock.take(arrived + strideMs, nowMs)
      const playMs = clock.shown(nowMs)
      if (nowMs > 4000) {
        behind.push(nowMs - 100 - playMs)
        expect(playMs - last).toBeGreaterThanOrEqual(8)
        expect(playMs - last).toBeLessThanOrEqual(12)
      }
      last = playMs
    }
    return behind.reduce((a, b) => a + b, 0) / behind.length
  }

  it('[FEED-12] runs evenly, further behind on a worse line', () => {
    const [good, bad] = [run(0), run(120)]
    expect(good).toBeGreaterThan(80)
    expect(good).toBeLessThan(130)
    expect(bad).toBeGreaterThan(good)
    expect(bad).toBeLessThan(400)
  })

  it('[FEED-12] is far enough behind for frames that come five times a second', () => {
    expect(run(10, 200)).toBeGreaterThan(150)
  })

  it('[FEED-12] stands while the city is paused, and goes on from there', () => {
    const clock = openPlayClock()
    for (let ms = 0; ms < 2000; ms += 50) clock.take(ms, ms + 30)
    clock.hold(true)
    const held = clock.now(2100)
    expect([clock.now(9000), held]).toEqual([held, 1950])
    clock.hold(false)
    clock.take(2000, 10_000)
    expect(clock.now(10_050)).toBe(2050)
  })
})
