import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

import { openIds } from '../../../shared/ids.ts'
import { stepWorld } from '../../../server/sim/world.ts'
import { driveAs, joinAs, openStreet, SOME_AGENTS } from '../../support/street.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in objects once all that nobody holds is gone. */
function keptBytes(): number {
  collectGarbage()
  collectGarbage()
  return getHeapStatistics().used_heap_size
}

describe('a street that has been driven for long', () => {
  it('[SIM-53] keeps no more objects after ten thousand ticks than before', () => {
    const street = openStreet({ on: 'small', seed: 5, bots: 15, agents: SOME_AGENTS })
    street.run(1, joinAs('1'), joinAs('2', 'taxi'))
    street.run(1, driveAs('1', 0.6, 0.1), { kind: 'offline', seatId: '2', offline: true })
    const { world } = street
    let tick = world.clock.tick[0] ?? 0
    let facts = 0
    const step = (ticks: number) => {
      for (let i = 0; i < ticks; i += 1) {
        tick += 1
        facts += stepWorld(world, [], openIds(tick)).length
      }
    }
    step(10_000)
    const before = keptBytes()
    facts = 0
    step(10_000)
    const grown = keptBytes() - before
    // A byte for each vehicle and tick would be 170,000.
    expect(facts).toBeGreaterThan(100)
    expect(grown).toBeLessThan(150_000)
  })
})
