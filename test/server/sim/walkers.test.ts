import { describe, expect, it } from 'vitest'
import { at, whole } from '../../../shared/driving/columns.ts'
import { autopilot, driveAs, joinAs, openStreet, putSeat, type Street } from '../../support/street.ts'

/** A crossing far enough from both ends of its lane, and the lane's part before it. */
function quietCrossing({ world }: Street) {
  const { crossings, lanes } = world.streets.map
  const index = crossings.findIndex(
    ({ lines: [line] }) => line && line.s > 50 && at(lanes.length, line.lane) > line.s + 9,
  )
  const line = crossings[index]?.lines[0]
  if (!line) throw new Error('no such crossing')
  return { index, lane: line.lane, s: line.s }
}

describe('people on a crossing', () => {
  it('[SIM-16] are stopped for by a car that drives itself', () => {
    const street = openStreet({ on: 'nuageville' })
    const { crossings, vehicles } = street.world
    const { index, lane, s } = quietCrossing(street)
    crossings.busyUntil[index] = 400
    crossings.nextAt[index] = 1e6
    street.run(1, joinAs('1'), autopilot('1'))
    const slot = putSeat(street, '1', { lane, s: s - 45, speed: 10 })
    street.run(300)
    expect(vehicles.lane[slot]).toBe(lane)
    expect(at(vehicles.speed, slot)).toBeLessThan(0.1)
    expect(at(vehicles.s, slot) + at(vehicles.half, slot)).toBeLessThan(s)
    expect(at(vehicles.s, slot)).toBeGreaterThan(s - 12)
    street.run(200)
    expect(vehicles.lane[slot] !== lane || at(vehicles.s, slot) > s).toBe(true)
  })

  it('[SIM-16] wait for a driver who comes too fast to stop, and walk before one who can', () => {
    const crossedWith = (speed: number) => {
      const street = openStreet({ on: 'nuageville' })
      const { crossings } = street.world
      const { index, lane, s } = quietCrossing(street)
      crossings.nextAt[index] = 3
      street.run(1, joinAs('1'))
      putSeat(street, '1', { lane, s: s - 30, speed })
      street.run(3, driveAs('1', 0.2))
      return whole(crossings.busyUntil, index) > 0
    }
    expect(crossedWith(16)).toBe(false)
    expect(crossedWith(4)).toBe(true)
  })
})
