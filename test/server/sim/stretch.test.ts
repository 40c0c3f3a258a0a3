import { describe, expect, it } from 'vitest'

import { rowOf } from '../../../server/sim/route.ts'
import { restoreWorld, saveWorld } from '../../../server/sim/save.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { kmh } from '../../../shared/units.ts'
import type { World } from '../../../server/sim/state.ts'
import { joinAs, openStreet, SOME_AGENTS } from '../../support/street.ts'

/** What all traffic remembers of its stretch of road, by plate. */
function remembered({ vehicles, plates, scratch }: World) {
  return plates.flatMap((plate, slot) =>
    vehicles.mode[slot] === MODE.lane
      ? [[plate, scratch.wish[slot], scratch.wishBeyond[slot], scratch.end[slot], scratch.quiet[slot]] as const]
      : [],
  )
}

/** Every detour that a driver remembers, beside what the routes say. */
function detours({ vehicles, plates, scratch, routes, streets }: World) {
  const { left, right } = streets.map.lanes
  const sides = [
    { seconds: scratch.detourLeft, beside: left },
    { seconds: scratch.detourRight, beside: right },
  ]
  return plates.flatMap((_, slot) =>
    sides.flatMap(({ seconds, beside }) => {
      const lane = vehicles.lane[slot] ?? -1
      const known = seconds[slot] ?? NaN
      if (vehicles.mode[slot] !== MODE.lane || Number.isNaN(known)) return []
      const { cost } = rowOf(routes, vehicles.goal[slot] ?? -1)
      return [{ known, real: (cost[beside[lane] ?? -1] ?? NaN) - (cost[lane] ?? NaN) }]
    }),
  )
}

describe('what drivers remember of their stretch of road', () => {
  it.each([1, 2, 3])('[SIM-2] is what a restored world works out anew, seed %i', (seed) => {
    const street = openStreet({ on: 'nuageville', seed, bots: 240, agents: SOME_AGENTS })
    const { roads } = street.world.streets.map
    const signs = roads.map(({ id }, i) => ({
      kind: 'set-limit' as const,
      roadId: id,
      limitKmh: kmh(20 + (i % 7) * 10),
      cause: null,
    }))
    street.run(1, joinAs('1'), joinAs('2', 'bus'))
    street.run(200, { kind: 'send-unit', errandId: 'e', unit: 'response', plate: 'FR-1', cause: '1/1' })
    const before = remembered(street.world)
    expect(before.length).toBeGreaterThan(200)
    let asked = 0
    for (let i = 0; i < 6; i += 1) {
      const closed = { kind: 'close-road', roadId: roads[i]?.id ?? '', closed: i % 2 === 0, cause: null } as const
      street.run(150, closed, ...signs.slice(i * 20, i * 20 + 20))
      const again = restoreWorld(street.world.streets, saveWorld(street.world))
      expect(remembered(street.world)).toEqual(remembered(again))
      for (const { known, real } of detours(street.world)) expect(known).toBe(real)
      asked += detours(street.world).length
    }
    expect(asked).toBeGreaterThan(10)
    expect(remembered(street.world)).not.toEqual(before)
  })
})
