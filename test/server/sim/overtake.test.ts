import { describe, expect, it } from 'vitest'

import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { joinAs, laneOf, openStreet, putSeat } from '../../support/street.ts'

const overtake = { kind: 'overtake', seatId: '1', cause: null } as const

function standingOn(side: 'kerb' | 'left') {
  const street = openStreet({ on: 'nuageville' })
  street.run(1, joinAs('1'))
  putSeat(street, '1', { lane: laneOf(street, 'a7-north-west', 'forward', side === 'kerb' ? 0 : 1), s: 60, speed: 0 })
  return street
}

describe('a bot in a hurry', () => {
  it('[SIM-90] comes by on the left, above the limit, and is measured by the camera ahead', () => {
    const street = standingOn('kerb')
    const bots = whole(street.world.clock.bots, 0)
    street.run(1, overtake)
    const joined = street.told('vehicle-joined').filter(({ seatId }) => seatId === null)
    expect(joined).toMatchObject([{ vehicle: 'sport' }])
    expect(whole(street.world.clock.bots, 0)).toBe(bots + 1)
    const slot = vehicleSlotOf(street.world, { plate: joined[0]?.plate ?? '' })
    const { vehicles } = street.world
    expect(whole(vehicles.lane, slot)).toBe(laneOf(street, 'a7-north-west', 'forward', 1))
    expect(at(vehicles.speed, slot) * 3.6).toBeGreaterThan(115)
    street.run(400)
    expect(street.told('camera-passed')[0]?.speedKmh).toBeGreaterThan(112)
    expect(whole(street.world.clock.bots, 0)).toBe(bots + 1)
  })

  it('[SIM-90] is refused where there is no lane to the left, for a seat that is not there, and beside another car', () => {
    const street = standingOn('left')
    street.run(1, overtake, { ...overtake, seatId: 'nobody' })
    expect(street.told('command-refused').map(({ refusal }) => refusal)).toEqual([
      { code: 'not-now', field: 'overtake' },
      { code: 'unknown-seat', field: 'overtake.seatId' },
    ])
    expect(street.told('vehicle-joined').filter(({ seatId }) => seatId === null)).toEqual([])
  })
})
