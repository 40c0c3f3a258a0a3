import { describe, expect, it } from 'vitest'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { LANE_FLAG } from '../../../shared/model/city-map.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import { autopilot, driveAs, joinAs, laneOf, openStreet, putSeat, type Street } from '../../support/street.ts'

const BOTH = VEHICLE_FLAG.indicatorLeft | VEHICLE_FLAG.indicatorRight
const isLit = ({ world }: Street, slot: number, flag: number) => (whole(world.vehicles.flags, slot) & flag) !== 0

function pilotedCar() {
  const street = openStreet({ on: 'nuageville' })
  street.run(1, joinAs('1'), autopilot('1'))
  return { street, slot: vehicleSlotOf(street.world, { seatId: '1' }) }
}

describe('lamps', () => {
  it('[SIM-50] stay dark at the back at a steady speed', () => {
    const { street, slot } = pilotedCar()
    putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 60, speed: 30.5 })
    street.run(1)
    let lit = 0
    for (let i = 0; i < 200; i += 1) {
      street.run(1)
      if (isLit(street, slot, VEHICLE_FLAG.braking)) lit += 1
    }
    expect(at(street.world.vehicles.speed, slot)).toBeGreaterThan(29)
    expect(lit).toBe(0)
  })

  it('[SIM-50] are lit at the back when a car that drives itself slows down or is held, and at no other time', () => {
    const { street, slot } = pilotedCar()
    const { vehicles } = street.world
    let lit = 0
    for (let i = 0; i < 2400; i += 1) {
      street.run(1)
      if (!isLit(street, slot, VEHICLE_FLAG.braking)) continue
      lit += 1
      const stands = Math.abs(at(vehicles.speed, slot)) < 0.5
      expect(stands || at(vehicles.accel, slot) < -0.3).toBe(true)
    }
    expect(lit).toBeGreaterThan(50)
  })

  it.each([
    [-1, true],
    [-0.3, true],
    [-0.02, false],
    [0.5, false],
  ])('[SIM-50] follow the foot of a driver: %f', (throttle, lit) => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const slot = putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 60, speed: 25 })
    street.run(2, driveAs('1', throttle))
    expect(isLit(street, slot, VEHICLE_FLAG.braking)).toBe(lit)
  })

  it('[SIM-50] say where a car that drives itself turns, and are off when its driver takes the wheel', () => {
    const { street, slot } = pilotedCar()
    const { vehicles, streets } = street.world
    const { flags } = streets.map.lanes
    let turned = 0
    for (let i = 0; i < 3600; i += 1) {
      street.run(1)
      const lane = whole(vehicles.lane, slot)
      if (streets.isConnector[lane] !== 1) continue
      const turns = flags[lane] ?? 0
      expect(isLit(street, slot, VEHICLE_FLAG.indicatorLeft)).toBe((turns & LANE_FLAG.turnsLeft) !== 0)
      expect(isLit(street, slot, VEHICLE_FLAG.indicatorRight)).toBe((turns & LANE_FLAG.turnsRight) !== 0)
      if (turns & (LANE_FLAG.turnsLeft | LANE_FLAG.turnsRight)) turned += 1
    }
    expect(turned).toBeGreaterThan(20)
    vehicles.flags[slot] = whole(vehicles.flags, slot) | BOTH
    const assists = { steering: false, braking: false, speedCap: 1, autopilot: false }
    street.run(1, { kind: 'assist', seatId: '1', assists })
    expect(isLit(street, slot, BOTH)).toBe(false)
  })
})
