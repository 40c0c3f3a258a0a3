import { describe, expect, it } from 'vitest'
import { whole } from '../../../shared/driving/columns.ts'
import { VEHICLE_KINDS, type VehicleKind } from '../../../shared/model/vehicle.ts'
import { TICKS_PER_SECOND } from '../../../shared/units.ts'
import { autopilot, joinAs, openStreet, openTown, SOME_AGENTS, type Street } from '../../support/street.ts'

/** All that a seat can have. */
const KINDS = VEHICLE_KINDS.filter((kind) => kind !== 'drone' && kind !== 'response')

/** Lets a car of every kind drive itself. @returns seconds that each errand took or has taken, by seat */
function errandsOf(street: Street, seconds: number) {
  const { seats, vehicles } = street.world
  KINDS.forEach((vehicle: VehicleKind, i) => street.run(1, { ...joinAs(`${i}`), vehicle }, autopilot(`${i}`)))
  const since = new Map<string, number>()
  const took: number[] = []
  const strayed: string[] = []
  for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick += 1) {
    for (const fact of street.run(1)) {
      if (fact.kind === 'errand-offered') since.set(fact.seatId, tick)
      if (fact.kind !== 'errand-done') continue
      took.push((tick - (since.get(fact.seatId) ?? 0)) / TICKS_PER_SECOND)
      since.delete(fact.seatId)
    }
    for (const seat of seats) {
      if (seat?.errand && whole(vehicles.goal, seat.slot) !== seat.errand.lane)
        strayed.push(`${seat.seatId} at ${tick}`)
    }
  }
  return { took, strayed, open: [...since.values()].map((from) => seconds - from / TICKS_PER_SECOND) }
}

describe('errands of cars that drive themselves', () => {
  it.each([
    ['circuit-ecole', 2, 25, 200],
    ['small', 1, 30, 200],
    ['nuageville', 1, 200, 120],
  ] as const)('[SIM-94] are kept to in %s, seed %i', (on, seed, bots, seconds) => {
    const { took, strayed } = errandsOf(openStreet({ on, seed, bots, agents: SOME_AGENTS }), seconds)
    expect(strayed).toEqual([])
    expect(took.length).toBeGreaterThan(1)
  })

  it.each([1, 2])('[SIM-94] are all done within two minutes where no way is long, seed %i', (seed) => {
    const town = openTown({ columns: 2, rows: 2, seed }, { bots: 10, seed, agents: SOME_AGENTS })
    const { took, open } = errandsOf(town, 250)
    expect(took.length).toBeGreaterThan(40)
    expect(Math.max(...took, ...open)).toBeLessThan(120)
  })
})
