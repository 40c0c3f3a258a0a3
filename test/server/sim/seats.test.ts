import { describe, expect, it } from 'vitest'
import { LIGHT } from '../../../server/sim/state.ts'
import { spawnBot, putOnLane } from '../../../server/sim/spawn.ts'
import { leaveStreet } from '../../../server/sim/slots.ts'
import { poseOf } from '../../../server/sim/pose.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { isInside } from '../../../shared/driving/walls.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import { kmh, metresPerSecond } from '../../../shared/units.ts'
import { autopilot, driveAs, joinAs, laneOf, openStreet, putSeat, type Street } from '../../support/street.ts'

const flagsOf = ({ world }: Street, slot: number) => whole(world.vehicles.flags, slot)
const names = (street: Street) => street.told('manoeuvre').map(({ name }) => name)

/** A seat alone on the long road of the expressway, where a test wants it. */
function onTheRing(speed = 0) {
  const street = openStreet({ on: 'nuageville' })
  street.run(1, joinAs('1'))
  const lane = laneOf(street, 'a7-north-west', 'forward', 0)
  return { street, lane, slot: putSeat(street, '1', { lane, s: 60, speed }) }
}

describe('a seat', () => {
  it('[SIM-21] stands on a lane, along it, with a condition of its own', () => {
    const street = openStreet({ on: 'nuageville', bots: 60 })
    street.run(1, joinAs('1'), joinAs('2'))
    const conditions = street.told('vehicle-joined').filter(({ seatId }) => seatId !== null)
    expect(conditions.map(({ plate, seatId }) => [plate, seatId])).toEqual([
      ['FR-1', '1'],
      ['FR-2', '2'],
    ])
    expect(conditions[0]?.condition).not.toEqual(conditions[1]?.condition)
    const { vehicles } = street.world
    const slot = vehicleSlotOf(street.world, { plate: 'FR-1' })
    expect(slot).toBe(vehicleSlotOf(street.world, { seatId: '1' }))
    expect(whole(vehicles.lane, slot)).toBeGreaterThanOrEqual(0)
    expect(Math.abs(at(vehicles.lat, slot))).toBeLessThan(0.1)
    expect(vehicleSlotOf(street.world, { plate: 'nobody' })).toBe(-1)
  })

  it('[SIM-21] can leave and come back under the same name', () => {
    const street = openStreet()
    street.run(1, joinAs('1'))
    street.run(1, { kind: 'leave', seatId: '1' })
    street.run(1, joinAs('1'))
    expect(street.told('command-refused')).toEqual([])
    expect(street.told('vehicle-left')).toMatchObject([{ plate: 'FR-1', seatId: '1' }])
  })

  it('[SIM-22] keeps driving by its last input', () => {
    const { street, slot } = onTheRing()
    street.run(100, driveAs('1', 1, 0, 41))
    expect(at(street.world.vehicles.speed, slot) * 3.6).toBeGreaterThan(75)
    expect(street.world.seats[0]?.seq).toBe(41)
    street.run(400, driveAs('1', 0, 0, 42))
    expect(at(street.world.vehicles.speed, slot)).toBeLessThan(20)
    expect(street.world.seats[0]?.seq).toBe(42)
  })

  it('[SIM-23] is parked when idle for 20 s, and traffic goes on', () => {
    const { street, lane, slot } = onTheRing()
    street.run(380)
    expect(flagsOf(street, slot) & VEHICLE_FLAG.parked).toBe(0)
    street.run(60)
    expect(flagsOf(street, slot) & VEHICLE_FLAG.parked).not.toBe(0)
    const bot = spawnBot(street.world)
    street.world.clock.demand[0] = 1
    leaveStreet(street.world, bot)
    putOnLane(street.world, bot, { lane, s: 20 })
    street.run(300)
    const passed = street.world.vehicles.lane[bot] !== lane || at(street.world.vehicles.s, bot) > 100
    expect(passed).toBe(true)
  })

  it('[SIM-35] is said to park, and to go on', () => {
    const { street, slot } = onTheRing()
    street.run(420)
    expect(names(street)).toEqual(['Park'])
    street.run(20, driveAs('1', 1))
    expect(names(street)).toEqual(['Park', 'GoOn'])
    expect(flagsOf(street, slot) & VEHICLE_FLAG.parked).toBe(0)
  })

  it('[SIM-24] is set back on the road by asking', () => {
    const { street, slot } = onTheRing()
    street.world.vehicles.x[slot] = at(street.world.vehicles.x, slot) + 9
    street.world.vehicles.heading[slot] = 2
    street.run(1, { kind: 'unstick', seatId: '1' })
    expect(Math.abs(at(street.world.vehicles.lat, slot))).toBeLessThan(0.1)
    expect(at(street.world.vehicles.speed, slot)).toBe(0)
  })

  it('[SIM-24] is set back on the road after 3 s against a wall', () => {
    const street = openStreet()
    street.run(1, joinAs('1'))
    const slot = putSeat(street, '1', { lane: laneOf(street, 'a1-b1'), s: 60 })
    const { vehicles } = street.world
    vehicles.heading[slot] = -Math.PI / 2
    vehicles.y[slot] = 3
    street.run(55, driveAs('1', 1))
    expect(at(vehicles.y, slot)).toBeLessThan(10)
    street.run(60)
    expect(at(vehicles.y, slot)).toBeGreaterThan(20)
  })

  it('[SIM-25] sounds its horn once in 3 s', () => {
    const street = openStreet()
    const horn: WorldCommand = { kind: 'horn', seatId: '1' }
    street.run(1, joinAs('1'), horn)
    street.run(59, horn)
    expect(street.told('command-refused')).toMatchObject([{ refusal: { code: 'not-now' } }])
    street.run(1, horn)
    expect(street.told('command-refused')).toHaveLength(1)
  })

  it('[SIM-25] is heard for 0.6 s', () => {
    const street = openStreet()
    const isHeard = () => (flagsOf(street, vehicleSlotOf(street.world, { seatId: '1' })) & VEHICLE_FLAG.horn) !== 0
    street.run(1, joinAs('1'))
    expect(isHeard()).toBe(false)
    street.run(1, { kind: 'horn', seatId: '1' })
    expect(isHeard()).toBe(true)
    street.run(11)
    expect(isHeard()).toBe(true)
    street.run(1)
    expect(isHeard()).toBe(false)
  })
})

describe('a car that drives itself', () => {
  it.each(['assist', 'offline'] as const)('[SIM-26] keeps to the road, its limit and its lights (%s)', (how) => {
    const street = openStreet({ on: 'nuageville', bots: 60 })
    street.run(1, joinAs('1'))
    street.run(1, how === 'assist' ? autopilot('1') : { kind: 'offline', seatId: '1', offline: true })
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    const start = poseOf(street.world, slot, { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })
    const lats: number[] = []
    let furthest = 0
    for (let i = 0; i < 3600; i += 1) {
      street.run(1)
      const here = poseOf(street.world, slot, { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })
      lats.push(Math.abs(at(street.world.vehicles.lat, slot)))
      furthest = Math.max(furthest, Math.hypot(here.x - start.x, here.y - start.y))
      const houses = street.world.streets.map.scenery.buildings
      if (i % 100 === 0) expect(houses.some(({ outline }) => isInside(here, outline))).toBe(false)
    }
    expect(furthest).toBeGreaterThan(200)
    expect(lats.filter((lat) => lat > 2).length).toBeLessThan(36)
    expect(names(street).filter((name) => name === 'RunRed' || name === 'ExceedLimit')).toEqual([])
  })

  it('[SIM-91] keeps to the road when its driver comes back in a bend, until his hands move', () => {
    const street = openStreet({ on: 'nuageville', bots: 0 })
    const slotOf = () => vehicleSlotOf(street.world, { seatId: '1' })
    street.run(1, joinAs('1'), driveAs('1', 1))
    street.run(1, { kind: 'offline', seatId: '1', offline: true })
    street.run(300)
    street.run(1, { kind: 'offline', seatId: '1', offline: false }, driveAs('1', 0))
    expect(flagsOf(street, slotOf()) & VEHICLE_FLAG.offline).toBe(0)
    const lats = Array.from({ length: 1200 }, () => {
      street.run(1)
      return Math.abs(at(street.world.vehicles.lat, slotOf()))
    })
    expect(lats.filter((lat) => lat > 2).length).toBeLessThan(12)
    expect(at(street.world.vehicles.speed, slotOf())).toBeGreaterThan(3)
    street.run(60, driveAs('1', -0.3))
    const slowed = at(street.world.vehicles.speed, slotOf())
    street.run(200, driveAs('1', 0))
    expect(at(street.world.vehicles.speed, slotOf())).toBeLessThanOrEqual(Math.max(slowed, 1))
  })

  it('[SIM-27] has its speed capped', () => {
    const { street, slot } = onTheRing()
    const assists = { steering: false, braking: false, speedCap: 0.5, autopilot: false }
    street.run(400, { kind: 'assist', seatId: '1', assists }, driveAs('1', 1))
    expect(at(street.world.vehicles.speed, slot)).toBeLessThan(0.5 * 41.8 + 0.5)
    expect(at(street.world.vehicles.speed, slot)).toBeGreaterThan(15)
  })

  it('[SIM-27] refuses caps out of range', () => {
    const { street } = onTheRing()
    const assists = { steering: false, braking: false, speedCap: 0.4, autopilot: false }
    street.run(1, { kind: 'assist', seatId: '1', assists })
    expect(street.told('command-refused')).toMatchObject([{ refusal: { code: 'out-of-range' } }])
  })

  it('[SIM-27] is braked for a red light by its assist', () => {
    const street = openStreet()
    const lane = laneOf(street, 'a2-b2')
    const { lights } = street.world.scratch
    const { lanes } = street.world.streets.map
    const ways = Array.from(
      lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1)),
    )
    for (let i = 0; i < 4000 && !ways.every((way) => lights[way] === LIGHT.red); i += 1) street.run(1)
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane, s: at(lanes.length, lane) - 35, speed: 10 })
    const assists = { steering: true, braking: true, speedCap: 1, autopilot: false }
    street.run(100, { kind: 'assist', seatId: '1', assists }, driveAs('1', 0.3))
    expect(names(street)).not.toContain('RunRed')
    expect(names(street)).toContain('StopAtRed')
  })
})

describe('traffic around it', () => {
  it('[SIM-28] brakes for a seat’s car that stands in its lane', () => {
    const { street, lane, slot } = onTheRing()
    const bot = spawnBot(street.world)
    street.world.clock.demand[0] = 1
    leaveStreet(street.world, bot)
    putSeat(street, '1', { lane, s: 200 })
    street.world.vehicles.speed[bot] = 25
    putOnLane(street.world, bot, { lane, s: 50 })
    street.world.vehicles.settled[bot] = 1e9
    street.run(360)
    const gap = 200 - at(street.world.vehicles.s, bot) - at(street.world.vehicles.half, bot) - 2.2
    expect(at(street.world.vehicles.speed, bot)).toBeLessThan(0.5)
    expect(gap).toBeGreaterThan(0.5)
    expect(at(street.world.vehicles.speed, slot)).toBe(0)
  })
})

describe('errands and garages', () => {
  it('[SIM-29] are offered, done, and offered again', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(90, joinAs('1', 'taxi'))
    const [offer] = street.told('errand-offered')
    expect(offer).toMatchObject({ seatId: '1', errand: 'fare', cause: null })
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    street.world.vehicles.x[slot] = (offer?.x ?? 0) + 3
    street.world.vehicles.y[slot] = offer?.y ?? 0
    street.run(1)
    expect(street.told('errand-done')).toMatchObject([{ cause: offer?.id, points: offer?.points }])
    street.run(90)
    expect(street.told('errand-offered')).toHaveLength(2)
  })

  it('[SIM-30] mend and refuel who stops there', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const parts = ['brakes', 'tyres', 'headlights', 'fuel'] as const
    const worn = { brakes: 0.9, tyres: 2, headlights: false, fuel: 0.1 }
    for (const part of parts) {
      street.run(1, { kind: 'set-part', plate: 'FR-1', part, value: worn[part], cause: null })
    }
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    const garage = street.world.streets.map.stations.find(({ kind }) => kind === 'garage')
    putSeat(street, '1', garage?.access ?? { lane: 0, s: 0 })
    street.world.vehicles.x[slot] = garage?.x ?? 0
    street.world.vehicles.y[slot] = garage?.y ?? 0
    street.run(12)
    expect(street.told('part-repaired').map(({ part }) => part)).toEqual(parts)
    expect(street.told('part-repaired').at(-1)?.condition).toMatchObject({ brakeWear: 0, tyreTreadMm: 8, fuel: 1 })
    street.run(40)
    expect(street.told('part-repaired')).toHaveLength(4)
  })

  it('[SIM-20] answers a new limit on a sign', () => {
    const { street } = onTheRing(29)
    street.run(80, driveAs('1', 0.6), { kind: 'set-limit', roadId: 'a7-north-west', limitKmh: kmh(70), cause: null })
    expect(street.told('manoeuvre')).toMatchObject([{ name: 'ExceedLimit', limitKmh: 70 }])
  })
})
