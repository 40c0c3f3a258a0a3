import { describe, expect, it } from 'vitest'
import { hashWorld, restoreWorld, saveWorld } from '../../../server/sim/save.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { openIds } from '../../../shared/ids.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { kmh } from '../../../shared/units.ts'
import { stepWorld } from '../../../server/sim/world.ts'
import {
  autopilot,
  driveAs,
  joinAs,
  openStreet,
  SOME_AGENTS,
  streetOf,
  streetsOf,
  type Street,
} from '../../support/street.ts'

/** A little of everything: seats, agents, traffic. */
const busy = (seed = 7): Street => openStreet({ on: 'circuit-ecole', bots: 16, agents: SOME_AGENTS, seed })

const script: Readonly<Record<number, readonly WorldCommand[]>> = {
  1: [joinAs('1'), joinAs('2', 'sport')],
  5: [driveAs('1', 1, 0.2), autopilot('2')],
  60: [{ kind: 'send-unit', errandId: 'e1', unit: 'response', plate: 'FR-1', cause: '1/1' }],
  80: [{ kind: 'send-unit', errandId: 'e2', unit: 'inspector', plate: 'FR-2', cause: '1/1' }],
  100: [{ kind: 'set-weather', weather: 'rain', cause: null }],
  150: [driveAs('1', -1, -1)],
  200: [{ kind: 'set-demand', bots: 10, cause: null }],
}

const stepScripted = (street: Street, ticks: number) => {
  const hashes: number[] = []
  for (let i = 0; i < ticks; i += 1) {
    street.run(1, ...(script[(street.world.clock.tick[0] ?? 0) + 1] ?? []))
    hashes.push(hashWorld(street.world))
  }
  return hashes
}

const present = ({ world }: Street) =>
  world.plates.filter((_, slot) => world.vehicles.mode[slot] !== MODE.none).toSorted()

describe('determinism', () => {
  it('[SIM-1] gives the same hashes and facts for the same commands', () => {
    const [one, other] = [busy(), busy()]
    expect(stepScripted(one, 300)).toEqual(stepScripted(other, 300))
    expect(one.facts).toEqual(other.facts)
  })

  it('[SIM-1] gives another street for another seed', () => {
    expect(stepScripted(busy(1), 20)).not.toEqual(stepScripted(busy(2), 20))
  })

  it('[SIM-1] hashes every column: a change of one slot shows', () => {
    const { world } = busy()
    const before = hashWorld(world)
    world.vehicles.fuel[3] = 0.123
    expect(hashWorld(world)).not.toBe(before)
  })
})

describe('saving', () => {
  it('[SIM-2] goes on from every tick as if it had not been saved', () => {
    const street = busy()
    for (let i = 0; i < 250; i += 1) {
      const commands = script[i + 1] ?? []
      const text = JSON.stringify(saveWorld(street.world))
      const twin = restoreWorld(street.world.streets, JSON.parse(text))
      expect(hashWorld(twin)).toBe(hashWorld(street.world))
      const facts = street.run(1, ...commands)
      expect(stepWorld(twin, commands, openIds(i + 1))).toEqual(facts)
      expect(hashWorld(twin)).toBe(hashWorld(street.world))
    }
  })

  it('[SIM-2] shares nothing with the world it was saved from', () => {
    const street = busy()
    stepScripted(street, 70)
    const saved = saveWorld(street.world)
    const text = JSON.stringify(saved)
    stepScripted(street, 70)
    expect(JSON.stringify(saved)).toBe(text)
  })

  it('[SIM-2] steps a restored world for long without drifting apart', () => {
    const street = busy()
    stepScripted(street, 120)
    const twin = streetOf(restoreWorld(street.world.streets, saveWorld(street.world)))
    expect(stepScripted(twin, 400)).toEqual(stepScripted(street, 400))
  })

  it('[SIM-3] refuses another map and damaged columns', () => {
    const saved = saveWorld(busy().world)
    expect(() => restoreWorld(streetsOf('small'), saved)).toThrow(/another map/)
    expect(() => restoreWorld(streetsOf('circuit-ecole'), { ...saved, buffer: saved.buffer.slice(8) })).toThrow(/size/)
  })
})

describe('commands', () => {
  const refused: readonly (readonly [string, WorldCommand, string, string])[] = [
    ['a second car for a seat', joinAs('1'), 'taken', 'join.seatId'],
    ['a plate that is taken', { ...joinAs('9'), plate: 'FR-1' }, 'taken', 'join.plate'],
    ['a plate of a bot', { ...joinAs('9'), plate: 'NV-001' }, 'taken', 'join.plate'],
    ['an empty plate', { ...joinAs('9'), plate: '' }, 'out-of-range', 'join.plate'],
    ['an empty seat', { ...joinAs(''), plate: 'X' }, 'out-of-range', 'join.seatId'],
    ['a drone for a seat', { ...joinAs('9'), vehicle: 'drone' }, 'not-allowed', 'join.vehicle'],
    ['a colour that is none', { ...joinAs('9'), colour: -1 }, 'out-of-range', 'join.colour'],
    ['leaving twice', { kind: 'leave', seatId: '9' }, 'unknown-seat', 'leave.seatId'],
    ['driving nobody', driveAs('9', 1), 'unknown-seat', 'drive.seatId'],
    ['too much throttle', driveAs('1', 1.1), 'out-of-range', 'drive.input.throttle'],
    ['steering by NaN', driveAs('1', 0, NaN), 'out-of-range', 'drive.input.steering'],
    ['a number that is no number', driveAs('1', 0, 0, 1.5), 'out-of-range', 'drive.seq'],
    ['freeing nobody', { kind: 'unstick', seatId: '9' }, 'unknown-seat', 'unstick.seatId'],
    ['sounding nobody', { kind: 'horn', seatId: '9' }, 'unknown-seat', 'horn.seatId'],
    ['silencing nobody', { kind: 'offline', seatId: '9', offline: true }, 'unknown-seat', 'offline.seatId'],
    ['switching nobody', { kind: 'switch', seatId: '9', part: 'seatBelt', on: true }, 'unknown-seat', 'switch.seatId'],
    ['assisting nobody', autopilot('9'), 'unknown-seat', 'assist.seatId'],
    [
      'no errand',
      { kind: 'send-unit', errandId: '', unit: 'drone', plate: 'FR-1', cause: '1/1' },
      'out-of-range',
      'send-unit.errandId',
    ],
    ['mending nobody', { kind: 'repair', plate: 'X', part: 'fuel', cause: '1/1' }, 'unknown-plate', 'repair.plate'],
    [
      'a part of nobody',
      { kind: 'set-part', plate: 'X', part: 'fuel', value: 1, cause: null },
      'unknown-plate',
      'set-part.plate',
    ],
    [
      'a tank of two',
      { kind: 'set-part', plate: 'FR-1', part: 'fuel', value: 2, cause: null },
      'out-of-range',
      'set-part.value',
    ],
    [
      'brakes of yes',
      { kind: 'set-part', plate: 'FR-1', part: 'brakes', value: true, cause: null },
      'out-of-range',
      'set-part.value',
    ],
    [
      'a limit nowhere',
      { kind: 'set-limit', roadId: 'x', limitKmh: kmh(50), cause: null },
      'unknown-id',
      'set-limit.roadId',
    ],
    [
      'a limit of 0',
      { kind: 'set-limit', roadId: 'boucle-ne', limitKmh: kmh(0), cause: null },
      'out-of-range',
      'set-limit.limitKmh',
    ],
    [
      'closing nothing',
      { kind: 'close-road', roadId: 'x', closed: true, cause: null },
      'unknown-id',
      'close-road.roadId',
    ],
    [
      'switching no camera',
      { kind: 'set-camera', cameraId: 'x', working: true, cause: null },
      'unknown-id',
      'set-camera.cameraId',
    ],
    ['a crowd', { kind: 'set-demand', bots: 1e6, cause: null }, 'out-of-range', 'set-demand.bots'],
    ['half a bot', { kind: 'set-demand', bots: 1.5, cause: null }, 'out-of-range', 'set-demand.bots'],
  ]

  it.each(refused)('[SIM-4] refuses %s and changes nothing', (_, command, code, field) => {
    const [asked, silent] = [busy(), busy()]
    for (const street of [asked, silent]) street.run(3, joinAs('1'))
    const facts = asked.run(1, command)
    silent.run(1)
    expect(facts.filter(({ kind }) => kind === 'command-refused')).toMatchObject([
      { command: command.kind, refusal: { code, field } },
    ])
    expect(hashWorld(asked.world)).toBe(hashWorld(silent.world))
  })

  it('[SIM-4] says that the city is full', () => {
    const street = openStreet({ capacity: 3 })
    street.run(1, joinAs('1'), joinAs('2'), joinAs('3'), joinAs('4'))
    expect(street.told('command-refused')).toMatchObject([{ seatId: '4', refusal: { code: 'full' } }])
    expect(street.told('vehicle-joined')).toHaveLength(3)
  })
})

describe('who is there', () => {
  it('[SIM-5] is said once, on the first tick', () => {
    const street = busy()
    expect(street.run(1).filter(({ kind }) => kind === 'vehicle-joined')).toHaveLength(present(street).length)
    expect(street.run(50).filter(({ kind }) => kind === 'vehicle-joined')).toHaveLength(0)
  })

  it('[SIM-6] is who has joined and has not left', () => {
    const street = busy()
    const demand = (bots: number): WorldCommand => ({ kind: 'set-demand', bots, cause: null })
    street.run(100, joinAs('1'), joinAs('2'))
    street.run(100, demand(30), { kind: 'leave', seatId: '1' })
    street.run(300, demand(4), joinAs('3'))
    const there = new Set<string>()
    for (const fact of street.facts) {
      if (fact.kind === 'vehicle-joined') there.add(fact.plate)
      if (fact.kind === 'vehicle-left') there.delete(fact.plate)
    }
    expect([...there].toSorted()).toEqual(present(street))
    expect(new Set(present(street)).size).toBe(present(street).length)
  })

  it('[SIM-7] grows and shrinks to what is asked for, a few per tick', () => {
    const street = openStreet({ on: 'circuit-ecole', capacity: 80 })
    expect(street.run(1, { kind: 'set-demand', bots: 25, cause: null }).length).toBeLessThan(4)
    street.run(60)
    expect(street.told('vehicle-joined')).toHaveLength(25)
    street.run(60, { kind: 'set-demand', bots: 5, cause: null })
    expect(street.told('vehicle-left')).toHaveLength(20)
  })

  it('[SIM-7] takes nobody away before a driver’s eyes', () => {
    const street = openStreet({ bots: 20 })
    street.run(1, joinAs('1'))
    const { vehicles } = street.world
    const slot = street.world.seats[0]?.slot ?? -1
    const near: string[] = []
    street.run(1, { kind: 'set-demand', bots: 0, cause: null })
    for (let i = 0; i < 300; i += 1) {
      const before = street.world.plates.map((plate, other) => ({ plate, lane: vehicles.lane[other] }))
      for (const fact of street.run(1)) {
        if (fact.kind !== 'vehicle-left') continue
        const lane = before.find(({ plate }) => plate === fact.plate)?.lane
        if (lane === vehicles.lane[slot]) near.push(fact.plate)
      }
    }
    expect(near).toEqual([])
  })
})
