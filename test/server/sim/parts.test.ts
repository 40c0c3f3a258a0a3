import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToText, textToBytes } from '../../../server/sim/bytes.ts'
import { CHARACTERS, characterAt } from '../../../server/sim/characters.ts'
import { stepLights } from '../../../server/sim/lights.ts'
import { enterQueue, firstBehind, leaveQueue } from '../../../server/sim/queues.ts'
import { LaneHeap } from '../../../server/sim/lane-heap.ts'
import { forgetRoutes, nextHop, openRoutes, rowOf } from '../../../server/sim/route.ts'
import { LIGHT } from '../../../server/sim/state.ts'
import { Space } from '../../../server/sim/table.ts'
import { Queues, Vehicles } from '../../../server/sim/vehicle-table.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import { openStreet, streetsOf } from '../../support/street.ts'
import { laneSlots } from '../../support/traffic.ts'

describe('bytes', () => {
  it('[SIM-48] become the text that Node makes of them, and come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = bytesToText(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(textToBytes(text)).toEqual(Uint8Array.from(bytes))
      }),
    )
  })

  it('[SIM-48] of more than one chunk are no different', () => {
    const bytes = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 7) & 255)
    expect(bytesToText(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  })

  it('[SIM-48] are laid out alike whether measured or real, without overlaps', () => {
    const lay = (space: Space) => {
      const tables = [new Vehicles(space, 7), new Queues(space, 5)]
      return { taken: space.taken, tables }
    }
    const { taken } = lay(new Space(null))
    const buffer = new ArrayBuffer(taken)
    const { tables } = lay(new Space(buffer))
    const columns = tables.flatMap((table) => Object.values(table) as (Float64Array | Int32Array)[])
    columns.forEach((column, i) => column.fill(i + 1))
    columns.forEach((column, i) => expect(new Set(column)).toEqual(new Set([i + 1])))
    const used = columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(taken - used).toBeLessThan(8 * columns.length)
  })
})

describe('lights', () => {
  const { map } = streetsOf('nuageville')
  const { lanes } = map
  const entriesOf = (lane: number) =>
    Array.from(lanes.foe.subarray(whole(lanes.foeStart, lane), whole(lanes.foeStart, lane + 1)))
  const yields = (lane: number, foe: number) =>
    lanes.foeYield[whole(lanes.foeStart, lane) + entriesOf(lane).indexOf(foe)] === 1
  /** Foes of a connector of which neither must yield to the other: only a light keeps them apart. */
  const unsettled = (lane: number) => entriesOf(lane).filter((foe) => !yields(lane, foe) && !yields(foe, lane))

  it('[SIM-45] show what the programme of their junction says', () => {
    const { world } = openStreet({ on: 'nuageville' })
    for (const seconds of [0, 3.5, 17, 42, 61.25, 300]) {
      world.clock.tick[0] = seconds * 20
      stepLights(world)
      for (const { program, connectors } of map.junctions) {
        if (!program) continue
        const cycle = program.phases.reduce((sum, phase) => sum + phase.seconds, 0)
        let left = (seconds + program.offsetSeconds) % cycle
        const phase = program.phases.find((each) => (left -= each.seconds) < 0)
        for (const connector of connectors) {
          const group = whole(lanes.signalGroup, connector)
          const shown = phase?.green.includes(group) ? LIGHT.go : phase?.amber.includes(group) ? LIGHT.amber : LIGHT.red
          expect(world.scratch.lights[connector]).toBe(group < 0 ? LIGHT.go : shown)
        }
      }
    }
  })

  it('[SIM-45] never open two ways that cross, unless one of them must yield', () => {
    const { world } = openStreet({ on: 'nuageville' })
    const open: string[] = []
    for (let tick = 0; tick < 2400; tick += 10) {
      world.clock.tick[0] = tick
      stepLights(world)
      for (let lane = 0; lane < lanes.count; lane += 1) {
        if (whole(lanes.signalGroup, lane) < 0 || world.scratch.lights[lane] !== LIGHT.go) continue
        const clash = unsettled(lane).filter((foe) => world.scratch.lights[foe] === LIGHT.go)
        open.push(...clash.map((foe) => `${lane} and ${foe}`))
      }
    }
    expect(open).toEqual([])
  })

  it('[SIM-45] are each green and each red within two minutes', () => {
    const { world } = openStreet({ on: 'nuageville' })
    const seen = new Map<number, Set<number>>()
    for (let tick = 0; tick < 2400; tick += 4) {
      world.clock.tick[0] = tick
      stepLights(world)
      for (let lane = 0; lane < lanes.count; lane += 1) {
        if (whole(lanes.signalGroup, lane) < 0) continue
        const shown = seen.get(lane) ?? new Set()
        seen.set(lane, shown.add(whole(world.scratch.lights, lane)))
      }
    }
    expect(seen.size).toBeGreaterThan(50)
    expect([...seen.values()].filter((shown) => !shown.has(LIGHT.go) || !shown.has(LIGHT.red))).toEqual([])
  })
})

describe('routes', () => {
  const { map, destinations, isConnector } = streetsOf('nuageville')
  const { lanes } = map
  const routes = openRoutes(lanes, new Int32Array(lanes.count))

  it('[SIM-46] lead from every lane to every goal, nearer with every hop', () => {
    for (const goal of destinations.slice(0, 12)) {
      const { cost } = rowOf(routes, goal)
      for (let lane = 0; lane < lanes.count; lane += 1) {
        if (lane === goal || at(cost, lane) === Infinity) continue
        const hop = nextHop(routes, lane, goal)
        expect(at(cost, hop)).toBeLessThan(at(cost, lane))
      }
      const lost = Array.from({ length: lanes.count }, (_, lane) => lane).filter(
        (lane) => isConnector[lane] === 0 && at(cost, lane) === Infinity,
      )
      expect(lost).toEqual([])
    }
  })

  it('[SIM-46] are the quickest: no lane’s neighbour or successor offers better', () => {
    const goal = destinations[5] ?? 0
    const { cost } = rowOf(routes, goal)
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const after = Array.from(
        lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1)),
      )
      const driving = at(lanes.length, lane) / at(lanes.limit, lane)
      for (const next of after) expect(at(cost, lane)).toBeLessThanOrEqual(at(cost, next) + driving + 10.001)
      for (const beside of [whole(lanes.left, lane), whole(lanes.right, lane)]) {
        if (beside >= 0) expect(at(cost, lane)).toBeLessThanOrEqual(at(cost, beside) + 4.001)
      }
    }
  })

  it('[SIM-46] avoid what is closed, once they have been forgotten', () => {
    const closed = new Int32Array(lanes.count)
    const own = openRoutes(lanes, closed)
    const goal = destinations[3] ?? 0
    const from = destinations[40] ?? 1
    const path = () => {
      const steps: number[] = []
      for (let lane = from; lane >= 0 && lane !== goal && steps.length < 500; lane = nextHop(own, lane, goal))
        steps.push(lane)
      return steps
    }
    const before = path()
    const middle = before[Math.floor(before.length / 2)] ?? -1
    closed[middle] = 1
    expect(path()).toEqual(before)
    forgetRoutes(own)
    expect(path()).not.toContain(middle)
    expect(rowOf(own, goal).cost[middle]).toBe(Infinity)
  })

  it('[SIM-46] are searched from the least cost to the greatest, and from the least lane among equals', () => {
    const entry = fc.record({ lane: fc.nat(40), cost: fc.nat(20), pops: fc.nat(2) })
    const inOrder = (x: { lane: number; cost: number }, y: typeof x) => x.cost - y.cost || x.lane - y.lane
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const heap = new LaneHeap(entries.length)
        const kept: { lane: number; cost: number }[] = []
        const popBoth = () => {
          kept.sort(inOrder)
          expect(heap.least).toBe(kept[0]?.cost)
          expect(heap.pop()).toBe(kept.shift()?.lane)
        }
        for (const { lane, cost, pops } of entries) {
          heap.push(lane, cost)
          kept.push({ lane, cost })
          for (let i = 0; i < pops && kept.length > 0; i += 1) popBoth()
        }
        while (heap.size > 0) popBoth()
        expect(kept).toEqual([])
      }),
    )
  })

  it('[SIM-46] are the same again when so many others were asked for that the first was forgotten', () => {
    const own = openRoutes(
      lanes,
      Int32Array.from({ length: lanes.count }, (_, lane) => Number(lane === lanes.count - 1)),
    )
    const first = rowOf(own, 0)
    expect(rowOf(own, 0)).toBe(first)
    for (let goal = 1; own.rows[0] !== null; goal += 1) rowOf(own, goal)
    expect(own.known.length).toBe(512)
    expect(own.rows.filter((row) => row !== null)).toHaveLength(512)
    expect(rowOf(own, 0)).not.toBe(first)
    expect(rowOf(own, 0)).toEqual(first)
  })

  it('[SIM-46] are worked out once for all cities on a map, until one of them closes a lane', () => {
    const [one, other] = [
      openRoutes(lanes, new Int32Array(lanes.count)),
      openRoutes(lanes, new Int32Array(lanes.count)),
    ]
    const goals = Array.from({ length: lanes.count }, (_, goal) => goal)
    expect(goals.filter((goal) => rowOf(one, goal) !== rowOf(other, goal))).toEqual([])
    const before = goals.map((goal) => structuredClone(rowOf(one, goal)))
    other.closed[7] = 1
    forgetRoutes(other)
    expect(goals.filter((goal) => rowOf(other, goal) === rowOf(one, goal))).toEqual([])
    expect(goals.filter((goal) => nextHop(other, goal, 7) >= 0)).toEqual([])
    expect(goals.map((goal) => rowOf(one, goal))).toEqual(before)
    other.closed[7] = 0
    forgetRoutes(other)
    expect(goals.map((goal) => rowOf(other, goal))).toEqual(before)
  })
})

describe('queues', () => {
  it('[SIM-47] keep their order and their count', () => {
    const step = fc.record({ join: fc.boolean(), slot: fc.nat(19), s: fc.double({ min: 0, max: 100, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const measure = new Space(null)
        const lay = (space: Space) => ({ vehicles: new Vehicles(space, 20), queues: new Queues(space, 1) })
        lay(measure)
        const { vehicles, queues } = lay(new Space(new ArrayBuffer(measure.taken)))
        for (const column of [queues.head, queues.tail, vehicles.lane]) column.fill(-1)
        const there = new Set<number>()
        for (const { join, slot, s } of steps) {
          if (join === there.has(slot)) continue
          if (join) {
            vehicles.s[slot] = s
            enterQueue(queues, vehicles, slot, 0)
            there.add(slot)
          } else {
            leaveQueue(queues, vehicles, slot)
            there.delete(slot)
          }
          const order: number[] = []
          for (let each = whole(queues.head, 0); each >= 0; each = whole(vehicles.behind, each)) order.push(each)
          const places = order.map((each) => at(vehicles.s, each))
          expect(places).toEqual(places.toSorted((a, b) => b - a))
          expect(new Set(order)).toEqual(there)
          expect(queues.count[0]).toBe(there.size)
          const behind = firstBehind(queues, vehicles, 0, 50)
          expect(behind).toBe(order.find((each) => at(vehicles.s, each) <= 50) ?? -1)
        }
      }),
    )
  })
})

describe('characters and hours', () => {
  it('[SIM-15] are shared out by their percentages', () => {
    expect(CHARACTERS.reduce((sum, { percent }) => sum + percent, 0)).toBe(100)
    const drawn = Array.from({ length: 1000 }, (_, i) => CHARACTERS[characterAt(i / 1000)]?.name)
    for (const { name, percent } of CHARACTERS) expect(drawn.filter((each) => each === name)).toHaveLength(percent * 10)
  })

  it.each([
    ['dusk', 19, 1],
    ['dawn', 6.5, 0],
    ['midnight', 23, 1],
  ] as const)('[SIM-19] go round the clock: lights two hours after %s', (_, startHour, lit) => {
    const street = openStreet({ bots: 20, startHour, clockScale: 3600 })
    street.run(45)
    const { vehicles } = street.world
    const able = laneSlots(street.world).filter((slot) => vehicles.lampsWorking[slot] === 1)
    const on = able.filter((slot) => whole(vehicles.flags, slot) & VEHICLE_FLAG.headlights)
    expect(on).toHaveLength(able.length * lit)
  })
})
