import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIGHT } from '../../../server/sim/state.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import { driveAs, joinAs, laneOf, openStreet, putSeat, SOME_AGENTS, type Street } from '../../support/street.ts'
import { laneSlots } from '../../support/traffic.ts'

const names = (street: Street) => street.told('manoeuvre').map(({ name }) => name)
const siteOf = ({ world }: Street, id: string) => {
  const site = world.streets.map.cameras.find((camera) => camera.id === id)
  if (!site) throw new Error(`no camera ${id}`)
  return site
}

describe('cameras', () => {
  it('[SIM-31] measure a seat at 124 where it crosses, to the tenth', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const [line] = siteOf(street, 'A7-N').lines
    putSeat(street, '1', { lane: line?.lane ?? 0, s: (line?.s ?? 0) - 20, speed: 124 / 3.6 })
    street.run(20, driveAs('1', 0.001))
    const [pass] = street.told('camera-passed')
    expect(pass).toMatchObject({ plate: 'FR-1', seatId: '1', limitKmh: 110, cameraId: 'A7-N', cause: null })
    expect(Math.abs((pass?.speedKmh ?? 0) - 124)).toBeLessThan(0.6)
    expect(pass?.speedKmh).toBeCloseTo(Math.round((pass?.speedKmh ?? 0) * 10) / 10, 9)
    expect(street.told('camera-passed')).toHaveLength(1)
  })

  it('[SIM-31] measure a braking seat by its speed at the line, not before or after', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const [line] = siteOf(street, 'A7-N').lines
    const slot = putSeat(street, '1', { lane: line?.lane ?? 0, s: (line?.s ?? 0) - 15, speed: 33 })
    const speeds: number[] = []
    for (let i = 0; i < 20; i += 1) {
      speeds.push(at(street.world.vehicles.speed, slot) * 3.6)
      if (street.run(1, driveAs('1', -1)).some(({ kind }) => kind === 'camera-passed')) break
    }
    const after = at(street.world.vehicles.speed, slot) * 3.6
    const [pass] = street.told('camera-passed')
    expect(pass?.speedKmh).toBeLessThanOrEqual((speeds.at(-1) ?? 0) + 0.05)
    expect(pass?.speedKmh).toBeGreaterThanOrEqual(after - 0.05)
  })

  it.each([
    { when: 'a clear morning', startHour: 9, weather: 'clear', lights: false, passes: 1 },
    { when: 'rain', startHour: 9, weather: 'rain', lights: false, passes: 1 },
    { when: 'fog', startHour: 9, weather: 'fog', lights: true, passes: 0 },
    { when: 'a night with lights on', startHour: 23, weather: 'clear', lights: true, passes: 1 },
    { when: 'a night with lights off', startHour: 23, weather: 'clear', lights: false, passes: 0 },
  ] as const)('[SIM-49] see in $when what can be seen', ({ startHour, weather, lights, passes }) => {
    const street = openStreet({ on: 'nuageville', startHour, weather })
    street.run(1, joinAs('1'))
    street.run(1, { kind: 'switch', seatId: '1', part: 'headlights', on: lights })
    const [line] = siteOf(street, 'A7-N').lines
    putSeat(street, '1', { lane: line?.lane ?? 0, s: (line?.s ?? 0) - 20, speed: 30 })
    street.run(30, driveAs('1', 0.1))
    expect(street.told('camera-passed')).toHaveLength(passes)
  })

  it('[SIM-31] miss nobody, at any speed and from any start', () => {
    const speed = fc.double({ min: 3, max: 48, noNaN: true })
    fc.assert(
      fc.property(
        speed,
        fc.double({ min: 5, max: 40, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        (fast, before, which) => {
          const street = openStreet({ on: 'nuageville' })
          street.run(1, joinAs('1'))
          const line = siteOf(street, 'A7-N').lines[which]
          putSeat(street, '1', { lane: line?.lane ?? 0, s: (line?.s ?? 0) - before, speed: fast })
          street.run(Math.ceil((before + 10) / (fast * 0.05)) + 20, driveAs('1', 0.3))
          expect(street.told('camera-passed').filter(({ cameraId }) => cameraId === 'A7-N')).toHaveLength(1)
        },
      ),
      { numRuns: 25, examples: [[5.321148816307747, 39.95312500000109, 0]] },
    )
  })

  it('[SIM-31] measure every bot that crosses their line, once', () => {
    const street = openStreet({ on: 'nuageville', bots: 200, agents: SOME_AGENTS })
    const { vehicles, streets, plates } = street.world
    const lines = streets.map.cameras.flatMap(({ id, lines: all }) => all.map(({ lane, s }) => ({ id, lane, s })))
    const expected: string[] = []
    for (let i = 0; i < 2400; i += 1) {
      const before = laneSlots(street.world).map((slot) => ({
        slot,
        lane: whole(vehicles.lane, slot),
        s: at(vehicles.s, slot),
      }))
      street.run(1)
      for (const { slot, lane, s } of before) {
        const now = vehicles.lane[slot] === lane ? at(vehicles.s, slot) : Infinity
        const moved = vehicles.lane[slot] === lane || streets.isConnector[whole(vehicles.lane, slot)] === 1
        const crossed = lines.filter((line) => moved && line.lane === lane && s < line.s && line.s <= now)
        expected.push(...crossed.map(({ id }) => `${id} ${plates[slot]}`))
      }
    }
    const seen = street.told('camera-passed').map(({ cameraId, plate }) => `${cameraId} ${plate}`)
    expect(seen.length).toBeGreaterThan(60)
    expect(seen.toSorted()).toEqual(expected.toSorted())
  })

  it('[SIM-31] see nothing when out of order, and again when mended', () => {
    const street = openStreet({ on: 'nuageville' })
    const [line] = siteOf(street, 'A7-N').lines
    const cross = () => {
      putSeat(street, '1', { lane: line?.lane ?? 0, s: (line?.s ?? 0) - 20, speed: 30 })
      street.run(25, driveAs('1', 0.3))
    }
    street.run(1, joinAs('1'), { kind: 'set-camera', cameraId: 'A7-N', working: false, cause: '3/1' })
    cross()
    expect(street.told('camera-passed')).toEqual([])
    street.run(1, { kind: 'set-camera', cameraId: 'A7-N', working: true, cause: null })
    cross()
    expect(street.told('camera-passed')).toHaveLength(1)
    expect(street.told('camera-switched')).toMatchObject([{ working: false, cause: '3/1' }, { working: true }])
  })
})

/** A seat that drives through a junction of the small town by itself, on a chosen way. */
function throughJunction(way: 'left' | 'right' | 'straight') {
  const street = openStreet()
  street.run(1, joinAs('1'))
  const from = laneOf(street, 'a2-b2')
  const { lanes } = street.world.streets.map
  const first = whole(lanes.successorStart, from)
  const ways = Array.from(lanes.successor.subarray(first, whole(lanes.successorStart, from + 1)))
  const bits = { left: 32, right: 64, straight: 0 }[way]
  const connector = ways.find((each) => ((lanes.flags[each] ?? 0) & 96) === bits) ?? -1
  for (let i = 0; i < 4000 && street.world.scratch.lights[connector] !== LIGHT.go; i += 1) street.run(1)
  const slot = putSeat(street, '1', { lane: from, s: at(lanes.length, from) - 8, speed: 5 })
  const assists = { steering: false, braking: false, speedCap: 1, autopilot: true }
  street.run(1, { kind: 'assist', seatId: '1', assists })
  const exit = whole(lanes.successor, whole(lanes.successorStart, connector))
  for (let i = 0; i < 200; i += 1) {
    const lane = whole(street.world.vehicles.lane, slot)
    if (lane === from) street.world.vehicles.next[slot] = connector
    if (lane === connector) street.world.vehicles.next[slot] = exit
    street.run(1)
  }
  return street
}

describe('the logbook’s manoeuvres', () => {
  it.each([
    ['left', 'TurnLeft'],
    ['right', 'TurnRight'],
  ] as const)('[SIM-32] name a turn to the %s', (way, name) => {
    const turns = throughJunction(way)
      .told('manoeuvre')
      .filter((told) => told.name.startsWith('Turn'))
    expect(turns[0]).toMatchObject({ name, plate: 'FR-1', seatId: '1', limitKmh: 50 })
  })

  it('[SIM-32] name no turn for going straight on', () => {
    expect(names(throughJunction('straight'))).toEqual([])
  })

  /** Waits for red, then brings the seat to the line at a speed. */
  function atRed(metresBefore: number, speed: number) {
    const street = openStreet()
    const lane = laneOf(street, 'a2-b2')
    const { lanes } = street.world.streets.map
    const ways = lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1))
    const { lights } = street.world.scratch
    const isRed = () => ways.every((way) => lights[way] === LIGHT.red)
    for (let i = 0; i < 4000 && isRed(); i += 1) street.run(1)
    for (let i = 0; i < 4000 && !isRed(); i += 1) street.run(1)
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane, s: at(lanes.length, lane) - metresBefore, speed })
    return { street, isRed }
  }

  it('[SIM-33] name a stop at red once, and going on from it', () => {
    const { street, isRed } = atRed(8, 0)
    street.run(60, driveAs('1', 0))
    expect(names(street)).toEqual(['StopAtRed'])
    street.run(420)
    for (let i = 0; i < 4000 && isRed(); i += 1) street.run(1)
    street.run(30, driveAs('1', 0.5))
    expect(names(street)).toEqual(['StopAtRed', 'GoOn'])
  })

  it('[SIM-33] name running a red light once', () => {
    const { street } = atRed(15, 12)
    street.run(60, driveAs('1', 0.5))
    expect(names(street).filter((name) => name === 'RunRed')).toHaveLength(1)
    expect(names(street)).not.toContain('StopAtRed')
  })

  it('[SIM-34] name an excess once, after a second, and the next one after slowing down', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    const slot = putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 40, speed: 32 })
    street.run(18, driveAs('1', 0.6))
    expect(names(street)).toEqual([])
    expect(whole(street.world.vehicles.flags, slot) & VEHICLE_FLAG.speeding).not.toBe(0)
    street.run(60)
    expect(names(street)).toEqual(['ExceedLimit'])
    street.run(60, driveAs('1', -0.5))
    putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 40, speed: 32 })
    street.run(60, driveAs('1', 0.6))
    expect(names(street)).toEqual(['ExceedLimit', 'ExceedLimit'])
  })

  it('[SIM-34] name no excess that lasts less than a second', () => {
    const street = openStreet({ on: 'nuageville' })
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 40, speed: 32 })
    street.run(15, driveAs('1', 0))
    street.run(60, driveAs('1', -0.4))
    expect(names(street)).toEqual([])
  })
})
