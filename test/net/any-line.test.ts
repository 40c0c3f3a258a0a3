import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openLaneFinder } from '../../shared/driving/lane-finder.ts'
import { vehicleSlotOf } from '../../server/sim/world.ts'
import { LaneDriver } from '../support/lane-driver.ts'
import { nuageville } from '../support/test-city.ts'
import { openSimRoom, watch, type NetSettings, type Screen, type SimRoom } from '../support/sim-net.ts'

const finder = openLaneFinder(nuageville)
const SPOILT_MS = 3500
const MENDED_MS = 1000
/** Steps that the cars have to come to a stand. */
const MOST_STEPS = 200
const STEP_MS = 100

interface Trouble {
  readonly atMs: number
  readonly kind: 'cut' | 'spoil'
  readonly forMs: number
}

interface Bad {
  readonly net: NetSettings
  readonly troubles: readonly Trouble[]
}

/** Any line: late, uneven, losing, repeating, overtaking, slow as polling; stalled and spoilt now and then. */
const anyLine: fc.Arbitrary<Bad> = fc.record({
  net: fc.record({
    seed: fc.nat(1_000_000),
    delayMs: fc.integer({ min: 0, max: 250 }),
    jitterMs: fc.integer({ min: 0, max: 120 }),
    loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
    twice: fc.double({ min: 0, max: 0.5, noNaN: true }),
    overtakes: fc.boolean(),
    stride: fc.constantFrom(1, 1, 4),
  }),
  troubles: fc.array(
    fc.record({
      atMs: fc.integer({ min: 500, max: SPOILT_MS - 500 }),
      kind: fc.constantFrom('cut' as const, 'spoil' as const),
      forMs: fc.integer({ min: 50, max: 1500 }),
    }),
    { maxLength: 4 },
  ),
})

/** Three seats on three lines, driving their lanes. */
function seatAll(sim: SimRoom, lines: readonly Bad[]) {
  return lines.map(({ net, troubles }, i) => {
    const screen = sim.open({ name: `Pupil ${i}` }, net)
    for (const { atMs, kind, forMs } of troubles) {
      sim.clock.after(atMs, () => (kind === 'cut' ? screen.cut(true) : screen.spoilNext()))
      if (kind === 'cut') sim.clock.after(atMs + forMs, () => screen.cut(false))
    }
    return { screen, net, driver: new LaneDriver(nuageville, finder, i) }
  })
}

/** Watches in small steps, so that answers that were waited for are heard in between. */
async function watchOn(sim: SimRoom, ms: number, onFrame: (nowMs: number) => void): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    watch(sim, STEP_MS, onFrame)
    await Promise.resolve()
  }
}

function isMoving(sim: SimRoom, { feed }: Screen): boolean {
  const { world } = sim.room.city
  const slot = vehicleSlotOf(world, { seatId: feed.view().seatId ?? '' })
  return Math.abs(world.vehicles.speed[slot] ?? 0) > 0.01
}

/** Metres between where a screen at rest shows the own car and where it is. */
function ownError(sim: SimRoom, { feed }: Screen): number {
  const { world } = sim.room.city
  const { seatId } = feed.view()
  const slot = vehicleSlotOf(world, { seatId: seatId ?? '' })
  const { own } = feed.sample(sim.clock.now())
  return Math.hypot((own?.x ?? 0) - (world.vehicles.x[slot] ?? 0), (own?.y ?? 0) - (world.vehicles.y[slot] ?? 0))
}

describe('any line', () => {
  it('[NET-19] loses no seat, and shows the truth again when it is mended (8 cases of three lines)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 3, maxLength: 3 }), async (lines) => {
        const sim = openSimRoom({ bots: 12 })
        const seats = seatAll(sim, lines)
        await watchOn(sim, SPOILT_MS, (nowMs) => {
          for (const { screen, driver } of seats) {
            const { own } = screen.feed.sample(nowMs)
            if (own !== null) screen.feed.drive(driver.hands(own))
          }
        })
        for (const { screen } of seats) {
          screen.cut(false)
          screen.feed.drive({ throttle: 0, steering: 0, handbrake: true })
        }
        const look = (nowMs: number) => seats.forEach(({ screen }) => screen.feed.sample(nowMs))
        for (let i = 0; i < MOST_STEPS && seats.some(({ screen }) => isMoving(sim, screen)); i += 1)
          await watchOn(sim, STEP_MS, look)
        await watchOn(sim, MENDED_MS, look)
        const { seats: told } = sim.room.city.world
        expect(told.filter((seat) => seat !== null)).toHaveLength(3)
        for (const { screen } of seats) {
          expect(screen.reasons).toEqual([])
          expect(screen.feed.view().room.seats.map(({ name }) => name)).toEqual(['Pupil 0', 'Pupil 1', 'Pupil 2'])
          expect(ownError(sim, screen)).toBeLessThan(0.3)
        }
        sim.room.close()
      }),
      { numRuns: 8 },
    )
  })

  it('[NET-19] drives nobody faster, whatever is repeated or overtaken (12 cases)', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0.2, max: 1, noNaN: true }), (seed, twice) => {
        const speedOn = (net: NetSettings) => {
          const sim = openSimRoom({ bots: 0 })
          const { feed } = sim.open({ name: 'Anna' }, net)
          watch(sim, 3000, (nowMs) => {
            feed.drive({ throttle: 1, steering: 0, handbrake: false })
            feed.sample(nowMs)
          })
          const { world } = sim.room.city
          const slot = vehicleSlotOf(world, { seatId: feed.view().seatId ?? '' })
          const speed = world.vehicles.speed[slot] ?? 0
          sim.room.close()
          return speed
        }
        const honest = speedOn({ seed, delayMs: 40 })
        expect(speedOn({ seed, delayMs: 40, jitterMs: 30, twice, overtakes: true })).toBeLessThanOrEqual(honest + 0.5)
      }),
      { numRuns: 12 },
    )
  })
})
