import { describe, expect, it } from 'vitest'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../../shared/units.ts'
import {
  autopilot,
  joinAs,
  laneOf,
  openStreet,
  openTown,
  putSeat,
  SOME_AGENTS,
  type Street,
} from '../../support/street.ts'
import { forkClearanceOf, placeBot } from '../../support/traffic.ts'

/** Longer than the longest red, and then somebody else's turn. */
const MOST_SECONDS = 120

/** Runs a street with a class of cars that drive themselves. @returns seconds that anybody stood at most */
function longestStand(street: Street, seats: number, seconds: number): number {
  const { vehicles, clock } = street.world
  const stood = new Int32Array(street.world.plates.length)
  for (let seat = 0; seat < seats; seat += 1) {
    street.run(1, joinAs(`${seat}`, seat % 4 === 0 ? 'bus' : 'sedan'), autopilot(`${seat}`))
  }
  let most = 0
  for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick += 1) {
    street.run(1)
    for (let slot = 0; slot < whole(clock.highWater, 0); slot += 1) {
      const drives = vehicles.mode[slot] === MODE.lane || vehicles.mode[slot] === MODE.free
      stood[slot] = drives && at(vehicles.speed, slot) < 0.3 ? (stood[slot] ?? 0) + 1 : 0
      most = Math.max(most, stood[slot] ?? 0)
    }
  }
  return most / TICKS_PER_SECOND
}

describe('everybody’s turn', () => {
  it.each([
    ['small', 2, 30, 400],
    ['small', 4, 30, 400],
    ['circuit-ecole', 3, 25, 500],
    ['nuageville', 1, 200, 250],
  ] as const)('[SIM-92] comes within two minutes in %s, seed %i', (on, seed, bots, seconds) => {
    const street = openStreet({ on, seed, bots, agents: SOME_AGENTS })
    expect(longestStand(street, 12, seconds)).toBeLessThan(MOST_SECONDS)
    expect(street.told('deadlock-cleared')).toEqual([])
  })

  it('[SIM-92] is not asked for by who stands behind a free car, nor kept', () => {
    const street = openStreet()
    const { vehicles, queues, streets } = street.world
    const lane = laneOf(street, 'a1-b1')
    const end = at(streets.map.lanes.length, lane)
    const slot = placeBot(street, lane, end - 12, 0)
    street.run(10)
    const next = whole(vehicles.claim, slot)
    expect(next).toBe(whole(vehicles.next, slot))
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane, s: end - 4 })
    for (let i = 0; i < 20; i += 1) {
      street.run(4)
      if (i > 0) expect([vehicles.claim[slot], queues.claims[next]]).toEqual([-1, 0])
    }
  })

  it('[SIM-92] is not lost by setting off', () => {
    const street = openStreet()
    const { vehicles, streets } = street.world
    const lane = laneOf(street, 'a2-b2')
    const slot = placeBot(street, lane, at(streets.map.lanes.length, lane) - 5, 0)
    for (let i = 0; i < 2000 && whole(vehicles.claim, slot) < 0; i += 1) street.run(1)
    expect(whole(vehicles.claim, slot)).toBe(whole(vehicles.next, slot))
    for (const other of ['b1-b2', 'b2-b3', 'b2-c2']) {
      const from = laneOf(street, other, other.startsWith('b2') ? 'backward' : 'forward')
      placeBot(street, from, at(streets.map.lanes.length, from) - 14, 9)
    }
    while (vehicles.lane[slot] === lane) {
      street.run(1)
      if (vehicles.lane[slot] === lane) expect(whole(vehicles.claim, slot)).toBe(whole(vehicles.next, slot))
    }
  })
})

describe('ways that fork', () => {
  it.each([
    ['nuageville', 2, 320, 2500],
    ['circuit-ecole', 3, 50, 6000],
    ['town', 3, 200, 4000],
  ] as const)('[SIM-93] are entered only behind who has not parted yet, in %s', (on, seed, bots, ticks) => {
    const street =
      on === 'town' ? openTown({ columns: 4, rows: 4, seed }, { bots, seed }) : openStreet({ on, seed, bots })
    let least = Infinity
    for (let tick = 0; tick < ticks; tick += 1) {
      street.run(1)
      least = Math.min(least, forkClearanceOf(street.world))
    }
    expect(least).toBeGreaterThan(0)
    expect(least).toBeLessThan(Infinity)
  })
})
