import { describe, expect, it } from 'vitest'
import { at, whole } from '../../../shared/driving/columns.ts'
import { LIGHT } from '../../../server/sim/state.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { crossingsAtRed } from '../../support/red-lights.ts'
import { autopilot, joinAs, laneOf, openStreet, putSeat, SOME_AGENTS, type Street } from '../../support/street.ts'

const STREETS = [
  ['nuageville', 150, 20, 1500],
  ['circuit-ecole', 30, 6, 2400],
  ['small', 25, 6, 2400],
] as const
const CASES = STREETS.flatMap(([on, bots, seats, ticks]) => [1, 2, 3].map((seed) => ({ on, bots, seats, ticks, seed })))

/** Seats that drive themselves, every second one because its driver is away, in cars as worn as they come. */
function seatAll(street: Street, seats: number): void {
  for (let i = 0; i < seats; i += 1) {
    const seatId = `${i}`
    const kind = (['sedan', 'taxi', 'sport', 'bus'] as const)[i % 4] ?? 'sedan'
    street.run(1, joinAs(seatId, kind), i % 2 ? autopilot(seatId) : { kind: 'offline', seatId, offline: true })
    if (i % 5 !== 0) continue
    street.run(1, { kind: 'set-part', plate: `FR-${seatId}`, part: 'brakes', value: 1, cause: null })
  }
}

describe('red lights and those who drive themselves', () => {
  it.each(CASES)('[SIM-10] stop traffic and who drives itself: $on, seed $seed', (street) => {
    const { on, bots, seats, ticks, seed } = street
    const played = openStreet({ on, bots, seed, agents: SOME_AGENTS, weather: seed === 3 ? 'rain' : 'clear' })
    seatAll(played, seats)
    const sent = (['inspector', 'tow-truck', 'response'] as const).map(
      (unit, i) => ({ kind: 'send-unit', errandId: unit, unit, plate: `FR-${i}`, cause: '1/1' }) as const,
    )
    played.run(1, ...sent)
    expect(crossingsAtRed(played, ticks)).toEqual([])
    expect(played.told('manoeuvre').filter(({ name }) => name === 'RunRed')).toEqual([])
    expect(played.told('manoeuvre').some(({ name }) => name === 'StopAtRed')).toBe(true)
  })

  it('[SIM-26] know the way from the first tick on', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    expect(street.world.vehicles.next[slot]).toBeGreaterThanOrEqual(0)
  })

  it('[SIM-26] change to the lane that their way wants, and come to where they were sent', () => {
    const street = openStreet({ on: 'nuageville' })
    for (let i = 0; i < 8; i += 1) street.run(1, joinAs(`${i}`), autopilot(`${i}`))
    const { vehicles, seats } = street.world
    let changes = 0
    for (let i = 0; i < 3600; i += 1) {
      const before = seats.map((seat) => ({ slot: seat?.slot ?? 0, want: whole(vehicles.want, seat?.slot ?? 0) }))
      street.run(1)
      changes += before.filter(({ slot, want }) => want >= 0 && vehicles.lane[slot] === want).length
    }
    expect(changes).toBeGreaterThan(5)
    expect(street.told('errand-done').length).toBeGreaterThan(3)
  })

  it('[SIM-33] are not run by who had crossed the line before', () => {
    const street = openStreet()
    const lane = laneOf(street, 'a2-b2')
    const { lanes } = street.world.streets.map
    const { lights } = street.world.scratch
    const way = whole(lanes.successor, whole(lanes.successorStart, lane))
    for (let i = 0; i < 4000 && lights[way] !== LIGHT.red; i += 1) street.run(1)
    street.run(1, joinAs('1'))
    const slot = putSeat(street, '1', { lane, s: at(lanes.length, lane) - 1, speed: 6 })
    street.run(10)
    expect(street.world.streets.isConnector[whole(street.world.vehicles.lane, slot)]).toBe(1)
    expect(street.told('manoeuvre')).toEqual([])
  })
})
