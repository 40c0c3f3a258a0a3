import { describe, expect, it } from 'vitest'
import { at, whole } from '../../../shared/driving/columns.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { TICKS_PER_SECOND } from '../../../shared/units.ts'
import { openTown, SOME_AGENTS } from '../../support/street.ts'
import { clearanceOf, laneSlots } from '../../support/traffic.ts'

const EVERY = 4

describe('a generated town', () => {
  it.each([
    [2, 2, 0, 60, 240],
    [2, 2, -5, 100, 240],
    [2, 3, 4294967295, 45, 300],
    [9, 2, 3, 120, 240],
    [3, 3, 7, 120, 300],
    [4, 4, 99, 250, 240],
    [7, 5, 2 ** 31, 260, 150],
    [20, 20, 5, 2500, 20],
  ])('[SIM-13] of %i × %i from seed %i keeps %i bots going', (...town) => {
    const [columns, rows, seed, bots, seconds] = town
    const street = openTown({ columns, rows, seed }, { seed, bots, agents: SOME_AGENTS, capacity: bots + 40 })
    const { vehicles, clock } = street.world
    const stood = new Int32Array(bots + 40)
    let [longest, moving, all] = [0, 0, 0]
    for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick += EVERY) {
      street.run(EVERY)
      for (const slot of laneSlots(street.world)) {
        const stands = at(vehicles.speed, slot) < 0.3
        all += 1
        moving += stands ? 0 : 1
        stood[slot] = stands ? (stood[slot] ?? 0) + EVERY : 0
        longest = Math.max(longest, stood[slot] ?? 0)
      }
    }
    expect(clearanceOf(street.world)).toBeGreaterThan(-1e-9)
    expect(street.told('deadlock-cleared')).toEqual([])
    expect(longest / TICKS_PER_SECOND).toBeLessThan(150)
    expect(moving / all).toBeGreaterThan(0.5)
    expect(whole(clock.bots, 0)).toBe(bots)
    expect(vehicles.mode.filter((mode) => mode === MODE.none)).toHaveLength(whole(clock.freeCount, 0))
  })
})
