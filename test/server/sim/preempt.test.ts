import { describe, expect, it } from 'vitest'
import { callGreen, STAGE } from '../../../server/sim/preempt.ts'
import { LIGHT } from '../../../server/sim/state.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { crossingsAtRed } from '../../support/red-lights.ts'
import { NO_AGENTS, openStreet, type Street } from '../../support/street.ts'

/** The signals of the middle of the small town, and a way through it that is red now. */
function redWay(street: Street) {
  const { streets, scratch } = street.world
  const ways = streets.signals[0]?.connectors ?? []
  for (let i = 0; i < 2000; i += 1) {
    street.run(1)
    const way = ways.find((each) => scratch.lights[each] === LIGHT.red)
    if (way !== undefined && ways.some((each) => scratch.lights[each] === LIGHT.go)) return { way, ways }
  }
  throw new Error('no red way')
}

const groupOf = ({ world }: Street, way: number) => whole(world.streets.map.lanes.signalGroup, way)

describe('signals that a siren calls', () => {
  it('[SIM-52] turn green for it and red for all others, over amber, and go back to their programme', () => {
    const street = openStreet()
    const { way, ways } = redWay(street)
    const { lights } = street.world.scratch
    const others = ways.filter((each) => lights[each] === LIGHT.go)
    const seen = new Set<number>()
    for (let i = 0; i < 160; i += 1) {
      callGreen(street.world, way)
      street.run(1)
      for (const other of others) if (i < 59) seen.add(lights[other] ?? -1)
      if (i === 65) expect(ways.map((each) => lights[each])).toEqual(ways.map(() => LIGHT.red))
    }
    expect(seen).toEqual(new Set([LIGHT.amber]))
    expect(lights[way]).toBe(LIGHT.go)
    expect(others.map((each) => lights[each])).toEqual(others.map(() => LIGHT.red))
    street.run(1200)
    const twin = openStreet()
    twin.run(whole(street.world.clock.tick, 0))
    expect(lights).toEqual(twin.world.scratch.lights)
  })

  it('[SIM-52] keep the green that it has already', () => {
    const street = openStreet()
    const { ways } = redWay(street)
    const { lights } = street.world.scratch
    const way = ways.find((each) => lights[each] === LIGHT.go) ?? 0
    for (let i = 0; i < 400; i += 1) {
      callGreen(street.world, way)
      street.run(1)
      expect(lights[way]).toBe(LIGHT.go)
    }
  })

  it('[SIM-52] serve whoever called first, and nobody for ever', () => {
    const street = openStreet()
    const { way, ways } = redWay(street)
    const { lights } = street.world.scratch
    const other = ways.find((each) => groupOf(street, each) !== groupOf(street, way)) ?? 0
    let [ours, theirs] = [0, 0]
    for (let i = 0; i < 1600; i += 1) {
      callGreen(street.world, way)
      callGreen(street.world, other)
      street.run(1)
      if (i < 500) expect(i > 85 ? lights[way] : LIGHT.go).toBe(LIGHT.go)
      ours += lights[way] === LIGHT.go ? 1 : 0
      theirs += lights[other] === LIGHT.go ? 1 : 0
    }
    expect(ours).toBeGreaterThan(450)
    expect(theirs).toBeGreaterThan(100)
  })

  it.each([1, 2, 3])(
    '[SIM-52] are called on the way to an errand, and nobody runs a red light for it (seed %i)',
    (seed) => {
      const street = openStreet({ on: 'nuageville', bots: 160, seed, agents: { ...NO_AGENTS, responseCars: 3 } })
      street.run(100)
      const { vehicles, signals, units } = { ...street.world, signals: street.world.signals }
      let called = 0
      let greens = 0
      for (let i = 0; i < 16; i += 1) {
        const plate = `NV-${String(10 + i * 7).padStart(3, '0')}`
        street.run(1, { kind: 'send-unit', errandId: `e${i}`, unit: 'response', plate, cause: '1/1' })
        expect(crossingsAtRed(street, 80)).toEqual([])
        called += signals.stage.filter((stage) => stage !== STAGE.programme).length
        for (const { slot, errand } of units) {
          const next = whole(vehicles.next, slot)
          const isComing =
            errand && vehicles.mode[slot] === MODE.duty && next >= 0 && street.world.streets.isConnector[next]
          if (isComing && at(vehicles.speed, slot) > 0) greens += street.world.scratch.lights[next] === LIGHT.go ? 1 : 0
        }
      }
      expect(called).toBeGreaterThan(3)
      expect(greens).toBeGreaterThan(0)
    },
  )
})
