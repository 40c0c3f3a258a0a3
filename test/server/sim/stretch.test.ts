import { describe, expect, it } from 'vitest'

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

describe('what drivers remember of their stretch of road', () => {
  it.each([1, 2, 3])('[SIM-2] is what a restored world works out anew, seed %i', (seed) => {
    const street = openStreet({ on: 'nuageville', seed, bots: 80, agents: SOME_AGENTS })
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
    expect(before.length).toBeGreaterThan(80)
    for (let i = 0; i < 6; i += 1) {
      const closed = { kind: 'close-road', roadId: roads[i]?.id ?? '', closed: i % 2 === 0, cause: null } as const
      street.run(150, closed, ...signs.slice(i * 20, i * 20 + 20))
      const again = restoreWorld(street.world.streets, saveWorld(street.world))
      expect(remembered(street.world)).toEqual(remembered(again))
    }
    expect(remembered(street.world)).not.toEqual(before)
  })
})
