import { describe, expect, it } from 'vitest'
import { isInSight } from '../../../server/sim/sight.ts'
import { poseOf } from '../../../server/sim/pose.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { CAR_LAWS } from '../../../shared/driving/car-laws.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS } from '../../../shared/model/vehicle.ts'
import { kmh, metresPerSecond } from '../../../shared/units.ts'
import {
  autopilot,
  driveAs,
  joinAs,
  laneOf,
  NO_AGENTS,
  openStreet,
  putSeat,
  SOME_AGENTS,
  type Street,
} from '../../support/street.ts'

const send = (plate: string, unit: 'response' | 'inspector' | 'tow-truck' | 'drone' = 'response', errandId = 'e1') =>
  ({ kind: 'send-unit', errandId, unit, plate, cause: '1/1' }) as const satisfies WorldCommand
const poseAt = ({ world }: Street, slot: number) =>
  poseOf(world, slot, { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })
const distance = (street: Street, a: number, b: number) => {
  const [one, other] = [poseAt(street, a), poseAt(street, b)]
  return Math.hypot(one.x - other.x, one.y - other.y)
}

describe('units', () => {
  it('[SIM-38] depart, arrive, return, and name what came before', () => {
    const street = openStreet({ on: 'nuageville', bots: 40, agents: SOME_AGENTS })
    street.run(20, joinAs('1'))
    street.run(2400, send('FR-1'))
    const [departed] = street.told('unit-departed')
    const [arrived] = street.told('unit-arrived')
    const [returned] = street.told('unit-returned')
    expect(departed).toMatchObject({ errandId: 'e1', plate: 'FR-1', cause: '1/1' })
    expect(arrived).toMatchObject({ errandId: 'e1', plate: 'FR-1' })
    expect(street.told('unit-departed').map(({ id }) => id)).toContain(arrived?.cause)
    expect(street.told('unit-arrived')).toHaveLength(1)
    expect(returned?.plate).toBe('FR-1')
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[SIM-38] arrive within 30 s and 12 m of whoever flees at full throttle (seed %i)',
    (seed) => {
      const street = openStreet({ on: 'nuageville', bots: 60, agents: SOME_AGENTS, seed })
      street.run(20, joinAs('1'))
      const ring = laneOf(street, seed % 2 ? 'a7-north-west' : 'a7-south-east')
      const slot = putSeat(street, '1', { lane: ring, s: 40, speed: 35 })
      const assists = { steering: true, braking: false, speedCap: 1, autopilot: false }
      street.run(1, { kind: 'assist', seatId: '1', assists }, driveAs('1', 1), send('FR-1'))
      let ticks = 0
      while (street.told('unit-arrived').length === 0 && ticks < 600) {
        street.run(1)
        ticks += 1
      }
      const [arrived] = street.told('unit-arrived')
      expect(arrived).toBeDefined()
      expect(distance(street, slot, vehicleSlotOf(street.world, { plate: arrived?.unitPlate ?? '' }))).toBeLessThan(13)
    },
  )

  it.each(['nuageville', 'circuit-ecole', 'small'] as const)('[SIM-38] reach any bot of %s', (on) => {
    const street = openStreet({ on, bots: 24, agents: SOME_AGENTS })
    street.run(100)
    const plates = ['NV-003', 'NV-009', 'NV-020']
    for (const [i, plate] of plates.entries()) street.run(600, send(plate, 'response', `e${i}`))
    expect(street.told('unit-arrived').map(({ plate }) => plate)).toEqual(plates)
    expect(street.told('unit-unavailable')).toEqual([])
  })

  it('[SIM-38] can be sent on from the way home', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, responseCars: 1 }, bots: 10 })
    street.run(1200, send('NV-001'))
    street.run(1, send('NV-005', 'response', 'e2'))
    expect(street.told('unit-departed')).toHaveLength(2)
    const returned = street.told('unit-returned')
    expect(returned).toMatchObject([{ errandId: 'e1', cause: street.told('unit-arrived')[0]?.id }])
  })

  it('[SIM-39] are unavailable when all are out, or the target is gone', () => {
    const street = openStreet({ agents: { ...NO_AGENTS, drones: 1 }, bots: 5 })
    street.run(1, send('nobody', 'drone', 'e0'), send('NV-001', 'drone', 'e1'), send('NV-002', 'drone', 'e2'))
    expect(street.told('unit-unavailable')).toMatchObject([
      { errandId: 'e0', reason: 'no-target', cause: '1/1' },
      { errandId: 'e2', reason: 'all-out', cause: '1/1' },
    ])
    expect(street.told('unit-departed')).toMatchObject([{ errandId: 'e1' }])
  })

  it('[SIM-39] turn back when their target leaves', () => {
    const street = openStreet({ on: 'nuageville', agents: SOME_AGENTS })
    street.run(20, joinAs('1'))
    street.run(10, send('FR-1'))
    street.run(900, { kind: 'leave', seatId: '1' })
    expect(street.told('unit-unavailable')).toMatchObject([{ errandId: 'e1', reason: 'no-target' }])
    expect(street.told('unit-returned')).toHaveLength(1)
  })

  it('[SIM-39] refuse an errand that is under way', () => {
    const street = openStreet({ agents: SOME_AGENTS, bots: 5 })
    street.run(1, send('NV-001'), send('NV-002'))
    expect(street.told('command-refused')).toMatchObject([{ refusal: { code: 'taken' }, cause: '1/1' }])
  })

  it('[SIM-40] fly straight when they are drones', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, drones: 1 } })
    street.run(20, joinAs('1'))
    const target = vehicleSlotOf(street.world, { seatId: '1' })
    const drone = vehicleSlotOf(street.world, { plate: 'DR-001' })
    const start = distance(street, drone, target)
    street.run(1, send('FR-1'))
    let flown = 0
    let last = poseAt(street, drone)
    while (street.told('unit-arrived').length === 0) {
      street.run(1)
      const here = poseAt(street, drone)
      flown += Math.hypot(here.x - last.x, here.y - last.y)
      last = here
    }
    expect(street.world.vehicles.mode[drone]).toBe(MODE.flying)
    expect(flown).toBeLessThan(start)
    street.run(1200)
    expect(street.world.vehicles.mode[drone]).toBe(MODE.stationed)
  })

  it('[SIM-40] relieve a car that does not get through', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, responseCars: 1, drones: 1 } })
    street.run(20, joinAs('1'))
    const access = street.world.streets.map.stations.find(({ kind }) => kind === 'response')?.access
    const slot = putSeat(street, '1', { lane: access?.lane ?? 0, s: (access?.s ?? 0) + 25 })
    street.run(1)
    street.run(1, send('FR-1'))
    expect(street.told('unit-departed')).toMatchObject([{ unit: 'response' }])
    street.world.vehicles.x[slot] = 60
    street.world.vehicles.y[slot] = 60
    street.run(600)
    expect(street.told('unit-departed').map(({ unit }) => unit)).toEqual(['response', 'drone'])
    expect(street.told('unit-arrived')).toMatchObject([{ unit: 'drone', cause: street.told('unit-departed')[1]?.id }])
  })

  it('[SIM-43] are made way for', () => {
    const street = openStreet({ on: 'nuageville', bots: 250, agents: { ...NO_AGENTS, responseCars: 2 } })
    street.run(200, send('NV-030'), send('NV-090', 'response', 'e2'))
    const { vehicles } = street.world
    const sirens = street.world.units.filter(({ slot }) => whole(vehicles.flags, slot) & VEHICLE_FLAG.siren)
    let drewAside = 0
    for (let i = 0; i < 200; i += 1) {
      street.run(1)
      drewAside += vehicles.lat.reduce(
        (sum, lat, slot) => sum + (lat > 0.8 && vehicles.mode[slot] === MODE.lane ? 1 : 0),
        0,
      )
    }
    expect(sirens.length).toBeGreaterThan(0)
    expect(drewAside).toBeGreaterThan(10)
  })
})

describe('top speeds', () => {
  it.each([1, 2, 3])('[SIM-51] bind units, drones and traffic alike, however far they are sent (seed %i)', (seed) => {
    const street = openStreet({ on: 'nuageville', bots: 120, agents: SOME_AGENTS, seed, capacity: 200 })
    const { vehicles, clock, streets } = street.world
    const faster = streets.map.roads.map(
      ({ id }) => ({ kind: 'set-limit', roadId: id, limitKmh: kmh(150), cause: null }) as const,
    )
    street.run(1, ...faster)
    const tooFast = new Set<string>()
    for (let tick = 0; tick < 2000; tick += 1) {
      const unit = (['inspector', 'tow-truck', 'response', 'drone'] as const)[(tick / 100) % 4]
      const plate = `NV-${String(1 + ((tick * 7) % 119)).padStart(3, '0')}`
      street.run(1, ...(unit ? [send(plate, unit, `e${tick}`)] : []))
      for (let slot = 0; slot < whole(clock.highWater, 0); slot += 1) {
        const kind = VEHICLE_KINDS[whole(vehicles.kind, slot)] ?? 'sedan'
        if (vehicles.mode[slot] === MODE.none || at(vehicles.speed, slot) <= CAR_LAWS[kind].topSpeed) continue
        tooFast.add(`${kind} at ${at(vehicles.speed, slot)} m/s`)
      }
    }
    expect([...tooFast]).toEqual([])
    expect(street.told('unit-arrived').length).toBeGreaterThan(5)
  })
})

describe('colleagues', () => {
  it.each(['a7-north', 'a7-south-east', 'nuages-6', 'port-4', 'vieux-2', 'banlieue-8'])(
    '[SIM-44] take over far errands, unseen: to %s',
    (road) => {
      const street = openStreet({ on: 'nuageville', bots: 40, agents: SOME_AGENTS })
      street.run(1, joinAs('1'))
      const lane = laneOf(street, road)
      const slot = putSeat(street, '1', { lane, s: at(street.world.streets.map.lanes.length, lane) / 2 })
      street.run(1, driveAs('1', 0))
      const units = [...street.world.units].map((unit) => unit.slot)
      const jumps: string[] = []
      street.run(1, send('FR-1', 'inspector', 'i'), send('FR-1', 'tow-truck', 't'))
      let before = units.map((unit) => ({ ...poseAt(street, unit), mode: street.world.vehicles.mode[unit] }))
      for (let i = 0; i < 800; i += 1) {
        street.run(1)
        const now = units.map((unit) => ({ ...poseAt(street, unit), mode: street.world.vehicles.mode[unit] }))
        const own = poseAt(street, slot)
        now.forEach((pose, n) => {
          const last = before[n] ?? pose
          const moved = Math.hypot(pose.x - last.x, pose.y - last.y)
          const near = Math.min(Math.hypot(pose.x - own.x, pose.y - own.y), Math.hypot(last.x - own.x, last.y - own.y))
          if (moved > 10 && near < 140 && last.mode !== MODE.stationed) jumps.push(`${n} at ${i}`)
        })
        before = now
      }
      expect(jumps).toEqual([])
      expect(
        street
          .told('unit-arrived')
          .map(({ errandId }) => errandId)
          .toSorted(),
      ).toEqual(['i', 't'])
    },
  )
})

describe('inspectors and patrols', () => {
  it('[SIM-41] inspect whom they were sent to', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, inspectors: 1 } })
    street.run(20, joinAs('1'))
    street.run(1600, send('FR-1', 'inspector', 'check'))
    const [arrived] = street.told('unit-arrived')
    const sent = street.told('vehicle-inspected').filter(({ errandId }) => errandId === 'check')
    expect(sent).toMatchObject([
      { plate: 'FR-1', where: 'roadside', inspectorPlate: 'IN-001', cause: arrived?.id, vehicle: 'sedan' },
    ])
    expect(sent[0]?.condition).toEqual(street.told('vehicle-joined').at(-1)?.condition)
  })

  it('[SIM-41] check who they meet on their rounds, each at most once a minute', () => {
    const street = openStreet({ on: 'circuit-ecole', bots: 20, agents: { ...NO_AGENTS, inspectors: 1 } })
    street.run(1, joinAs('1'))
    street.run(3600, autopilot('1'))
    const checks = street.told('vehicle-inspected')
    expect(checks.length).toBeGreaterThan(2)
    expect(checks.every(({ errandId, cause }) => errandId === null && cause === null)).toBe(true)
    const ticks = checks.filter(({ plate }) => plate === 'FR-1').map(({ id }) => Number(id.split('/')[0]))
    expect(ticks.slice(1).every((tick, i) => tick - (ticks[i] ?? 0) >= 1200)).toBe(true)
  })

  it('[SIM-41] check who stops in the inspection lane', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, inspectors: 1 } })
    street.run(1, joinAs('1'))
    const station = street.world.streets.map.stations.find(({ kind }) => kind === 'inspection')
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    street.world.vehicles.x[slot] = station?.x ?? 0
    street.world.vehicles.y[slot] = station?.y ?? 0
    street.run(20)
    expect(street.told('vehicle-inspected')).toMatchObject([{ plate: 'FR-1', where: 'lane' }])
  })

  it('[SIM-42] drive about and say where they are', () => {
    const street = openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, patrols: 2 } })
    street.run(3600)
    const notes = street.told('patrol-noted')
    expect(notes.length).toBeGreaterThanOrEqual(34)
    expect(new Set(notes.map(({ unitPlate }) => unitPlate))).toEqual(new Set(['PL-001', 'PL-002']))
    expect(new Set(notes.map(({ roadId }) => roadId)).size).toBeGreaterThan(8)
    const roads = street.world.streets.map.roads.map(({ id }) => id)
    expect(notes.every(({ roadId }) => roads.includes(roadId))).toBe(true)
  })
})

describe('condition', () => {
  it('[SIM-36] wears with driving, in steps that are written down', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    const { vehicles } = street.world
    vehicles.tread[slot] = 4.0004
    vehicles.fuel[slot] = 0.5001
    vehicles.brakeWear[slot] = 0.29999
    street.run(1200, autopilot('1'))
    const parts = street.told('condition-changed').map(({ part }) => part)
    expect(parts.toSorted()).toEqual(['brakes', 'fuel', 'tyres'])
    expect(at(vehicles.tread, slot)).toBeLessThan(4)
    expect(at(vehicles.fuel, slot)).toBeLessThan(0.5)
  })

  it('[SIM-36] does not wear who stands', () => {
    const street = openStreet()
    street.run(1, joinAs('1'))
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    const before = at(street.world.vehicles.fuel, slot)
    street.run(300)
    expect(at(street.world.vehicles.fuel, slot)).toBe(before)
  })

  it('[SIM-37] changes by switches, by order and by repair, and says why', () => {
    const street = openStreet()
    const belt = (on: boolean): WorldCommand => ({ kind: 'switch', seatId: '1', part: 'seatBelt', on })
    street.run(1, joinAs('1'), belt(true), belt(false), belt(true))
    const belts = street.told('condition-changed').map(({ condition }) => condition.seatBeltFastened)
    expect(belts.slice(-2)).toEqual([false, true])
    street.run(1, { kind: 'set-part', plate: 'FR-1', part: 'brakes', value: 0.95, cause: '9/2' })
    expect(street.told('condition-changed').at(-1)).toMatchObject({
      part: 'brakes',
      cause: '9/2',
      condition: { brakeWear: 0.95 },
    })
    street.run(1, { kind: 'repair', plate: 'FR-1', part: 'brakes', cause: '9/9' })
    expect(street.told('part-repaired')).toMatchObject([{ part: 'brakes', cause: '9/9', condition: { brakeWear: 0 } }])
  })

  it('[SIM-37] puts lights on only when they work, and out when they fail', () => {
    const street = openStreet()
    const lights = (on: boolean): WorldCommand => ({ kind: 'switch', seatId: '1', part: 'headlights', on })
    const fail = (value: boolean): WorldCommand => ({
      kind: 'set-part',
      plate: 'FR-1',
      part: 'headlights',
      value,
      cause: null,
    })
    street.run(1, joinAs('1'), fail(true), lights(true))
    const slot = vehicleSlotOf(street.world, { seatId: '1' })
    expect(whole(street.world.vehicles.flags, slot) & VEHICLE_FLAG.headlights).not.toBe(0)
    street.run(1, fail(false), lights(true))
    expect(whole(street.world.vehicles.flags, slot) & VEHICLE_FLAG.headlights).toBe(0)
    expect(street.told('command-refused')).toMatchObject([{ refusal: { code: 'not-now' } }])
  })
})

describe('sight', () => {
  it('[SIM-7] reaches 150 m from a seat’s car', () => {
    const street = openStreet({ on: 'nuageville', bots: 60 })
    street.run(1, joinAs('1'))
    const seat = vehicleSlotOf(street.world, { seatId: '1' })
    const slots = Array.from({ length: 60 }, (_, slot) => slot).filter(
      (slot) => street.world.vehicles.mode[slot] === MODE.lane,
    )
    const seen = slots.filter((slot) => isInSight(street.world, slot))
    expect(seen).toEqual(slots.filter((slot) => distance(street, slot, seat) < 150))
  })
})
