import { describe, expect, it } from 'vitest'
import { idmAcceleration, pressure, STAND_GAP } from '../../../server/sim/follow.ts'
import { hasElbowRoom } from '../../../server/sim/spawn.ts'
import { LIGHT } from '../../../server/sim/state.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { kmh } from '../../../shared/units.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS } from '../../../shared/model/vehicle.ts'
import { joinAs, laneOf, openStreet, putSeat, SOME_AGENTS, type Street } from '../../support/street.ts'
import { clearanceOf, laneSlots, meanSpeed, placeBot, queueOf } from '../../support/traffic.ts'

describe('following', () => {
  it.each([
    ['nuageville', 260, 2400],
    ['circuit-ecole', 50, 6000],
    ['small', 90, 6000],
  ] as const)('[SIM-8] never lets two overlap in a lane of %s', (on, bots, ticks) => {
    const street = openStreet({ on, bots, agents: SOME_AGENTS })
    let least = Infinity
    for (let i = 0; i < ticks; i += 1) {
      street.run(1)
      if (i % 5 === 0) least = Math.min(least, clearanceOf(street.world))
    }
    expect(least).toBeGreaterThan(-1e-9)
  })

  it.each([5, 10, 13])('[SIM-9] holds the equilibrium distance at %i m/s to 1 percent', (speed) => {
    const street = openStreet()
    const slot = placeBot(street, laneOf(street, 'a1-b1'), 30, speed)
    const { vehicles } = street.world
    const wished = 14
    const squared = (speed / wished) ** 4
    const gap = (STAND_GAP + speed * at(vehicles.headway, slot)) / Math.sqrt(1 - squared)
    const accelerationAt = (share: number) =>
      idmAcceleration(street.world, slot, wished, pressure(street.world, slot, gap * share, speed))
    expect(accelerationAt(1)).toBeCloseTo(0, 9)
    expect(accelerationAt(1.01)).toBeGreaterThan(0)
    expect(accelerationAt(0.99)).toBeLessThan(0)
  })

  it('[SIM-9] closes a platoon up behind a standing leader, and stretches it when the leader goes', () => {
    const street = openStreet({ on: 'nuageville' })
    const lane = laneOf(street, 'a7-north-west', 'forward', 0)
    const slots = [600, 570, 540, 510, 480].map((s) => placeBot(street, lane, s, 20))
    const { vehicles } = street.world
    const gaps = () =>
      slots
        .slice(1)
        .map((slot, i) => at(vehicles.s, slots[i] ?? 0) - at(vehicles.s, slot) - 2 * at(vehicles.half, slot))
    const leader = slots[0] ?? 0
    for (let i = 0; i < 600; i += 1) {
      vehicles.heldUntil[leader] = whole(street.world.clock.tick, 0) + 5
      vehicles.settled.fill(1e9)
      street.run(1)
    }
    expect(slots.map((slot) => Math.round(at(vehicles.speed, slot)))).toEqual([0, 0, 0, 0, 0])
    expect(Math.max(...gaps().map(Math.abs))).toBeLessThan(4)
    street.run(260)
    expect(Math.min(...gaps())).toBeGreaterThan(8)
  })
})

/** Pairs that stand on the very point where a connector and one that crosses or joins it meet. */
function meetings({ world }: Street, lane: number): [number, number][] {
  const { vehicles, streets } = world
  const { lanes } = streets.map
  const covers = (slot: number, s: number) => Math.abs(at(vehicles.s, slot) - s) < at(vehicles.half, slot)
  const found: [number, number][] = []
  for (let f = whole(lanes.foeStart, lane); f < whole(lanes.foeStart, lane + 1); f += 1) {
    const here = queueOf(world, lane).find((slot) => covers(slot, at(lanes.foeAt, f)))
    const there = queueOf(world, whole(lanes.foe, f)).find((slot) => covers(slot, at(lanes.foeAtOther, f)))
    if (here !== undefined && there !== undefined && here < there) found.push([here, there])
  }
  return found
}

describe('junctions', () => {
  it.each([
    ['nuageville', 220],
    ['circuit-ecole', 40],
  ] as const)('[SIM-10] are not entered at red in %s', (on, bots) => {
    const street = openStreet({ on, bots })
    const { vehicles, streets, scratch } = street.world
    const { length } = streets.map.lanes
    const ran: string[] = []
    const beyond = (slot: number, lane: number) => at(vehicles.s, slot) + at(vehicles.half, slot) - at(length, lane)
    for (let i = 0; i < 3000; i += 1) {
      const before = laneSlots(street.world).map((slot) => {
        const lane = whole(vehicles.lane, slot)
        return { slot, lane, next: whole(vehicles.next, slot), front: beyond(slot, lane) }
      })
      street.run(1)
      for (const { slot, lane, next, front } of before) {
        const crossed = vehicles.lane[slot] === lane && front <= 0 && beyond(slot, lane) > 0
        if (crossed && next >= 0 && scratch.lights[next] === LIGHT.red) ran.push(`tick ${i} slot ${slot}`)
      }
    }
    expect(ran).toEqual([])
  })

  it('[SIM-11] are never driven across by two at once', () => {
    const street = openStreet({ on: 'nuageville', bots: 260 })
    const { queues, streets } = street.world
    const { lanes } = streets.map
    const crashes = new Set<string>()
    for (let i = 0; i < 2400; i += 1) {
      street.run(1)
      for (let lane = 0; lane < lanes.count; lane += 1) {
        if (whole(queues.count, lane) === 0 || streets.crosses[lane] !== 1) continue
        for (const [one, other] of meetings(street, lane)) crashes.add(`${one}-${other}`)
      }
    }
    expect([...crashes]).toEqual([])
  })

  it('[SIM-12] are not entered when the exit is full', () => {
    const street = openStreet()
    const { world } = street
    const { lanes } = world.streets.map
    const from = laneOf(street, 'a1-b1')
    const connector = whole(lanes.successor, whole(lanes.successorStart, from))
    const exit = whole(lanes.successor, whole(lanes.successorStart, connector))
    for (let s = 3; s < at(lanes.length, exit) - 3 && hasElbowRoom(world, exit, s); s += 20) placeBot(street, exit, s)
    const blockers = queueOf(world, exit)
    const front = placeBot(street, exit, 4)
    const slot = placeBot(street, from, at(lanes.length, from) - 25, 8)
    for (let i = 0; i < 200; i += 1) {
      for (const blocker of [front, ...blockers]) world.vehicles.heldUntil[blocker] = whole(world.clock.tick, 0) + 5
      world.vehicles.trips[slot] = -1
      world.vehicles.next[slot] = world.vehicles.lane[slot] === from ? connector : whole(world.vehicles.next, slot)
      street.run(1)
    }
    const { crosses } = world.streets
    expect(crosses[connector] === 1 ? world.vehicles.lane[slot] : from).toBe(from)
  })
})

describe('flow', () => {
  it('[SIM-13] keeps going through half an hour of high demand', () => {
    const street = openStreet({ on: 'nuageville', bots: 320, agents: SOME_AGENTS })
    const speeds: number[] = []
    for (let minute = 0; minute < 30; minute += 1) {
      street.run(1200)
      speeds.push(meanSpeed(street.world))
    }
    expect(street.told('deadlock-cleared')).toEqual([])
    expect(Math.min(...speeds.slice(-5))).toBeGreaterThan(4)
  })

  it('[SIM-14] passes slower vehicles on the next lane', () => {
    const street = openStreet({ on: 'nuageville' })
    const lane = laneOf(street, 'a7-north-west', 'forward', 0)
    const [slow, fast] = [placeBot(street, lane, 160, 12), placeBot(street, lane, 60, 28)]
    const { vehicles } = street.world
    vehicles.desired[slow] = 0.4
    vehicles.desired[fast] = 1
    vehicles.settled[slow] = 1e9
    const goal = vehicles.goal[slow] ?? 0
    vehicles.goal[fast] = goal
    street.run(260)
    expect(at(vehicles.s, fast)).toBeGreaterThan(at(vehicles.s, slow))
    expect(clearanceOf(street.world)).toBeGreaterThan(0)
  })

  it('[SIM-14] brings trips to their goals', () => {
    const street = openStreet({ on: 'nuageville', bots: 120 })
    const { vehicles } = street.world
    const before = Int32Array.from(vehicles.trips)
    street.run(4800)
    const longer = laneSlots(street.world).filter((slot) => whole(vehicles.trips, slot) > (before[slot] ?? 0))
    expect(longer.length).toBeGreaterThan(90)
  })

  it('[SIM-15] has some who speed on the expressway, and most who do not', () => {
    const street = openStreet({ on: 'nuageville', bots: 260 })
    street.run(7200)
    const ring = street.told('camera-passed').filter(({ cameraId }) => cameraId.startsWith('A7'))
    const fast = ring.filter(({ speedKmh }) => speedKmh > 110)
    expect(ring.length).toBeGreaterThan(60)
    expect(fast.length).toBeGreaterThan(0)
    expect(fast.length).toBeLessThan(ring.length / 3)
  })
})

describe('people and weather', () => {
  it('[SIM-16] lets pedestrians cross before drivers who can stop, and drivers stop', () => {
    const street = openStreet({ on: 'nuageville', bots: 200 })
    const { vehicles, crossings, clock, streets } = street.world
    let stopped = 0
    const hit: string[] = []
    for (let i = 0; i < 2400; i += 1) {
      street.run(1)
      streets.map.crossings.forEach(({ lines }, index) => {
        if (whole(crossings.busyUntil, index) <= whole(clock.tick, 0)) return
        for (const { lane, s } of lines) {
          for (const slot of queueOf(street.world, lane)) {
            const front = at(vehicles.s, slot) + at(vehicles.half, slot)
            if (Math.abs(s - 1.2 - front) < 3 && at(vehicles.speed, slot) < 0.1) stopped += 1
            const over = Math.abs(at(vehicles.s, slot) - s) < at(vehicles.half, slot)
            if (over && at(vehicles.speed, slot) > 3) hit.push(`${i}: ${slot} on ${lane}`)
          }
        }
      })
    }
    expect(stopped).toBeGreaterThan(50)
    expect(hit).toEqual([])
  })

  it('[SIM-17] has buses stand at their stops', () => {
    const street = openStreet({ on: 'nuageville' })
    const { world } = street
    const stop = world.streets.map.busStops.find(
      ({ lane, s }) => s > 40 && at(world.streets.map.lanes.length, lane) > s,
    )
    const slot = placeBot(street, stop?.lane ?? 0, (stop?.s ?? 0) - 35, 8)
    world.vehicles.kind[slot] = VEHICLE_KINDS.indexOf('bus')
    world.vehicles.half[slot] = 5.5
    let stood = 0
    for (let i = 0; i < 600; i += 1) {
      street.run(1)
      const near = Math.abs(at(world.vehicles.s, slot) - (stop?.s ?? 0)) < 3 && world.vehicles.lane[slot] === stop?.lane
      if (near && world.vehicles.speed[slot] === 0) stood += 1
    }
    expect(stood).toBeGreaterThan(120)
    expect(world.vehicles.lane[slot]).not.toBe(stop?.lane)
  })

  it('[SIM-17] has buses go from stop to stop', () => {
    const street = openStreet({ on: 'nuageville', bots: 120 })
    const { vehicles } = street.world
    const served = new Set<string>()
    for (let i = 0; i < 300; i += 1) {
      street.run(20)
      for (const slot of laneSlots(street.world)) {
        if (whole(vehicles.served, slot) > 0) served.add(`${slot} at ${whole(vehicles.served, slot)}`)
      }
    }
    const buses = laneSlots(street.world).filter((slot) => vehicles.kind[slot] === VEHICLE_KINDS.indexOf('bus'))
    expect(buses.length).toBeGreaterThan(2)
    expect(served.size).toBeGreaterThanOrEqual(buses.length)
  })

  it('[SIM-18] frees who is blocked for good, out of sight, and says so', () => {
    const street = openStreet()
    const lane = laneOf(street, 'c3-c2'.split('-').toReversed().join('-'))
    const slot = placeBot(street, lane, 30)
    street.world.vehicles.waited[slot] = 2500
    for (let i = 0; i < 40 && street.told('deadlock-cleared').length === 0; i += 1) {
      street.world.vehicles.heldUntil[slot] = whole(street.world.clock.tick, 0) + 5
      street.run(1)
    }
    expect(street.told('deadlock-cleared')).toMatchObject([{ plate: street.world.plates[slot], cause: null }])
    expect(street.world.vehicles.lane[slot]).not.toBe(lane)
  })

  it('[SIM-18] leaves who is in sight where they are', () => {
    const street = openStreet()
    const lane = laneOf(street, 'a1-b1')
    street.run(1, joinAs('1'))
    putSeat(street, '1', { lane, s: 60 })
    const slot = placeBot(street, lane, 30)
    street.world.vehicles.waited[slot] = 2500
    for (let i = 0; i < 60; i += 1) {
      street.world.vehicles.heldUntil[slot] = whole(street.world.clock.tick, 0) + 5
      street.run(1)
    }
    expect(street.told('deadlock-cleared')).toEqual([])
  })

  it('[SIM-19] goes slower in rain and fog', () => {
    const paces = (['clear', 'rain', 'fog'] as const).map((weather) => {
      const street = openStreet({ on: 'nuageville', weather })
      const slot = placeBot(street, laneOf(street, 'a7-north-west', 'forward', 0), 40, 25)
      street.run(300)
      return at(street.world.vehicles.speed, slot)
    })
    expect(paces).toEqual(paces.toSorted((a, b) => b - a))
    expect(paces[2]).toBeLessThan((paces[0] ?? 0) * 0.85)
  })

  it.each([
    ['by day', 12, 'clear', 0],
    ['at night', 23, 'clear', 1],
    ['in the rain', 12, 'rain', 1],
  ] as const)('[SIM-19] has its lights right %s', (_, startHour, weather, lit) => {
    const street = openStreet({ bots: 20, startHour, weather })
    street.run(25)
    const { vehicles } = street.world
    const able = laneSlots(street.world).filter((slot) => vehicles.lampsWorking[slot] === 1)
    const on = able.filter((slot) => whole(vehicles.flags, slot) & VEHICLE_FLAG.headlights)
    expect(on.length).toBe(able.length * lit)
  })

  it('[SIM-20] slows down for a lower limit', () => {
    const street = openStreet({ on: 'nuageville' })
    const slot = placeBot(street, laneOf(street, 'a7-north-west', 'forward', 0), 40, 25)
    street.run(200)
    const before = at(street.world.vehicles.speed, slot)
    street.run(160, { kind: 'set-limit', roadId: 'a7-north-west', limitKmh: kmh(50), cause: '7/1' })
    expect(street.told('limit-set')).toMatchObject([{ roadId: 'a7-north-west', limitKmh: 50, cause: '7/1' }])
    expect(at(street.world.vehicles.speed, slot)).toBeLessThan(before * 0.65)
  })

  it('[SIM-20] leaves a closed road and does not come back', () => {
    const street = openStreet({ bots: 40 })
    const { queues } = street.world
    const lanes = [laneOf(street, 'b1-b2'), laneOf(street, 'b1-b2', 'backward')]
    street.run(1200, { kind: 'close-road', roadId: 'b1-b2', closed: true, cause: null })
    const after = () => lanes.map((lane) => whole(queues.count, lane))
    expect(after()).toEqual([0, 0])
    street.run(1200, { kind: 'close-road', roadId: 'b1-b2', closed: false, cause: null })
    expect(street.told('road-closed').map(({ closed }) => closed)).toEqual([true, false])
    expect(street.world.vehicles.mode.includes(MODE.lane)).toBe(true)
  })
})
