import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poseOf, openPose } from '../../../server/sim/pose.ts'
import { metresToSeats } from '../../../server/sim/sight.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { crossingsAtRed } from '../../support/red-lights.ts'
import { autopilot, joinAs, laneOf, openStreet, putSeat, type Street } from '../../support/street.ts'
import { placeBot, queueOf } from '../../support/traffic.ts'

const demand = (bots: number): WorldCommand => ({ kind: 'set-demand', bots, cause: null })

describe('coming and going', () => {
  it.each([
    ['nuageville', 120, 150],
    ['circuit-ecole', 30, 80],
    ['small', 40, 80],
  ] as const)('[SIM-96] happens where nobody looks in %s', (on, bots, least) => {
    const street = openStreet({ on, bots, capacity: 2 * bots + 20 })
    for (let seat = 0; seat < 8; seat += 1) street.run(30, joinAs(`${seat}`), autopilot(`${seat}`))
    const near: string[] = []
    let came = 0
    for (let i = 0; i < 600; i += 1) {
      const asked = i % 150 === 0 ? [demand(i % 300 === 0 ? bots * 2 : bots)] : []
      for (const fact of street.run(1, ...asked)) {
        if (fact.kind !== 'vehicle-joined') continue
        came += 1
        const pose = poseOf(street.world, vehicleSlotOf(street.world, fact), openPose())
        if (metresToSeats(street.world, pose) < least) near.push(`${fact.plate} at ${i}`)
      }
    }
    expect(near).toEqual([])
    expect(came).toBeGreaterThan(bots / 2)
  })

  it('[SIM-95] gives nobody a plate that a driver brought', () => {
    const street = openStreet({ on: 'nuageville', bots: 5, capacity: 80 })
    const ours = ['NV-006', 'NV-007', 'NV-010', 'PL-001'].map((plate, i) => ({ ...joinAs(`${i}`), plate }))
    street.run(40, ...ours, demand(30))
    putSeat(street, '0', { lane: laneOf(street, 'a7-north-west'), s: 200 })
    street.run(2, { kind: 'overtake', seatId: '0', cause: null })
    const plates = street.world.plates.filter((plate) => plate !== '')
    expect(plates).toHaveLength(4 + 31)
    expect(new Set(plates).size).toBe(plates.length)
    for (const { plate, seatId } of ours) {
      expect(vehicleSlotOf(street.world, { plate })).toBe(vehicleSlotOf(street.world, { seatId }))
    }
  })
})

/** A bot that has stood for longer than two minutes at the beginning of a lane, and is held there. */
function blocked(street: Street, lane: number) {
  const slot = placeBot(street, lane, 8)
  const hold = () => {
    street.world.vehicles.waited[slot] = 2500
    street.world.vehicles.speed[slot] = 0
    for (let i = 0; i < 40 && street.told('deadlock-cleared').length === 0; i += 1) {
      street.world.vehicles.heldUntil[slot] = whole(street.world.clock.tick, 0) + 5
      street.run(1)
    }
  }
  return { slot, hold }
}

describe('who blocks a street', () => {
  it('[SIM-18] is not taken to where a driver looks', () => {
    const street = openStreet({ on: 'nuageville' })
    const { lanes } = street.world.streets.map
    const { vehicles } = street.world
    const { slot, hold } = blocked(street, laneOf(street, 'a7-north-west'))
    const exit = whole(lanes.successor, whole(lanes.successorStart, whole(vehicles.next, slot)))
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane: exit, s: 10 })
    street.run(1)
    hold()
    expect(street.told('deadlock-cleared')).toHaveLength(1)
    expect(metresToSeats(street.world, poseOf(street.world, slot, openPose()))).toBeGreaterThan(150)
  })

  it('[SIM-18] in a junction is taken out of it, not into the next one', () => {
    const street = openStreet()
    const { lanes } = street.world.streets.map
    const connector = whole(lanes.successor, whole(lanes.successorStart, laneOf(street, 'a2-b2')))
    const { slot, hold } = blocked(street, connector)
    hold()
    expect(street.world.vehicles.lane[slot]).toBe(lanes.successor[whole(lanes.successorStart, connector)])
  })
})

describe('a car that is set back', () => {
  it('[SIM-97] stands on a road and in nobody, wherever it was', () => {
    const street = openStreet({ on: 'small', bots: 45, seed: 3 })
    for (let seat = 0; seat < 6; seat += 1) street.run(1, joinAs(`${seat}`))
    street.run(400)
    const { vehicles, streets, seats } = street.world
    const { width, height } = streets.map
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const somewhere = fc.record({
      seat: fc.nat({ max: 5 }),
      x: share,
      y: share,
      heading: fc.integer({ min: -3, max: 3 }),
    })
    fc.assert(
      fc.property(somewhere, ({ seat, x, y, heading }) => {
        const slot = vehicleSlotOf(street.world, { seatId: `${seat}` })
        vehicles.x[slot] = x * width
        vehicles.y[slot] = y * height
        vehicles.heading[slot] = heading
        street.run(1)
        street.run(1, { kind: 'unstick', seatId: `${seat}` })
        const lane = whole(vehicles.lane, slot)
        expect(lane).toBeGreaterThanOrEqual(0)
        expect(Math.abs(at(vehicles.lat, slot))).toBeLessThan(0.2)
        const others = [...queueOf(street.world, lane), ...seats.map((other) => other?.slot ?? -1)]
        const touched = others.filter(
          (other) =>
            other >= 0 &&
            other !== slot &&
            vehicles.lane[other] === lane &&
            Math.abs(at(vehicles.s, other) - at(vehicles.s, slot)) < at(vehicles.half, other) + at(vehicles.half, slot),
        )
        expect(touched).toEqual([])
      }),
      { numRuns: 150, seed: 5 },
    )
    expect(vehicles.mode.filter((mode) => mode === MODE.free)).toHaveLength(6)
  })
})

describe('a bot in a hurry', () => {
  it('[SIM-90] never comes where it would run a red light', () => {
    const ran: string[] = []
    let came = 0
    const { map } = openStreet({ on: 'nuageville' }).world.streets
    const wide = map.roads.filter(({ forward }) => forward.length > 1).map(({ forward }) => forward[0] ?? 0)
    for (const [i, lane] of wide.entries()) {
      const street = openStreet({ on: 'nuageville', seed: i })
      const length = at(map.lanes.length, lane)
      street.run(1 + 97 * i, joinAs('1'))
      putSeat(street, '1', { lane, s: Math.max(1, length - 8 - ((i * 13) % 70)) })
      street.run(1, { kind: 'overtake', seatId: '1', cause: null })
      came += street.told('vehicle-joined').length - 1
      ran.push(...crossingsAtRed(street, 160))
    }
    expect(ran).toEqual([])
    expect(came).toBeGreaterThan(5)
    expect(came).toBeLessThan(wide.length)
  })
})
