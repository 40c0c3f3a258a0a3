import { describe, expect, it } from 'vitest'
import { whole } from '../../../shared/driving/columns.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { TICKS_PER_SECOND } from '../../../shared/units.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { joinAs, laneOf, NO_AGENTS, openStreet, putSeat, SOME_AGENTS } from '../../support/street.ts'

const UNITS = ['inspector', 'tow-truck', 'response'] as const
const send = (unit: (typeof UNITS)[number], errandId: string): WorldCommand => ({
  kind: 'send-unit',
  errandId,
  unit,
  plate: 'FR-1',
  cause: '1/1',
})

describe('units that were sent', () => {
  it.each(['a7-north', 'port-4', 'vieux-2', 'banlieue-8'])('[SIM-99] come into a closed road: %s', (roadId) => {
    const street = openStreet({ on: 'nuageville', bots: 40, agents: { ...SOME_AGENTS, drones: 0 } })
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane: laneOf(street, roadId), s: 30 })
    street.run(1, { kind: 'close-road', roadId, closed: true, cause: null })
    street.run(80 * TICKS_PER_SECOND, ...UNITS.map((unit) => send(unit, unit)))
    expect(
      street
        .told('unit-arrived')
        .map(({ errandId }) => errandId)
        .toSorted(),
    ).toEqual(UNITS.toSorted())
  })

  it('[SIM-99] give up after two minutes on who is where no road leads, and can be sent again', () => {
    const street = openStreet({ agents: { ...NO_AGENTS, towTrucks: 1 } })
    street.run(1, joinAs('1'))
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    street.world.vehicles.x[slot] = 8
    street.world.vehicles.y[slot] = 8
    street.run(1)
    expect(whole(street.world.vehicles.lane, slot)).toBe(-1)
    street.run(119 * TICKS_PER_SECOND, send('tow-truck', 'first'))
    expect(street.told('unit-unavailable')).toEqual([])
    street.run(3 * TICKS_PER_SECOND)
    const [departed] = street.told('unit-departed')
    expect(street.told('unit-unavailable')).toMatchObject([
      { errandId: 'first', reason: 'no-route', cause: departed?.id },
    ])
    street.run(1, { kind: 'unstick', seatId: '1' }, send('tow-truck', 'second'))
    street.run(40 * TICKS_PER_SECOND)
    expect(street.told('unit-arrived')).toMatchObject([{ errandId: 'second' }])
    expect(street.told('unit-returned')[0]).toMatchObject({ errandId: 'first' })
  })
})
