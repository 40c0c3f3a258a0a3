import { describe, expect, it } from 'vitest'
import { at, whole } from '../../../shared/driving/columns.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { openStreets } from '../../../server/sim/streets.ts'
import { openWorld } from '../../../server/sim/world.ts'
import { compiled, rect, smallTown } from '../../support/maps.ts'
import { laneOf, openStreet, settingsWith, streetOf, type Street } from '../../support/street.ts'

/** A zone over the small town's road `b1-b2`, which has two lanes each way when it says so. */
function townWith(kind: 'roadworks' | 'parade' | 'pedestrian', lanes: readonly [number, number] = [1, 1]): Street {
  const zones = [{ id: 'zone', kind, limitKmh: 20, outline: rect(180, 100, 220, 180) }]
  const map = compiled(smallTown({ zones, road: { 'b1-b2': { lanes } } }))
  return streetOf(openWorld(map, settingsWith({ bots: 30 }), openStreets(map)))
}

const put = (active: boolean, zoneId = 'zone'): WorldCommand => ({ kind: 'set-zone', zoneId, active, cause: '9/1' })
const limitOn = (street: Street, roadId: string) => at(street.world.queues.limit, laneOf(street, roadId)) * 3.6

describe('a zone', () => {
  it('[SIM-54] of roadworks has its limit on its roads, and no others, until it is lifted', () => {
    const street = townWith('roadworks')
    expect(limitOn(street, 'b1-b2')).toBeCloseTo(50)
    street.run(1, put(true))
    expect(street.told('limit-set')).toMatchObject([{ roadId: 'b1-b2', limitKmh: 20, cause: '9/1' }])
    expect(limitOn(street, 'b1-b2')).toBeCloseTo(20)
    expect(limitOn(street, 'a1-b1')).toBeCloseTo(50)
    street.run(1, put(false))
    expect(limitOn(street, 'b1-b2')).toBeCloseTo(50)
  })

  it('[SIM-54] of roadworks takes the kerb lane where there is another, and traffic uses the other one', () => {
    const street = townWith('roadworks', [2, 2])
    const { queues } = street.world
    const [kerb, inner] = [laneOf(street, 'b1-b2'), laneOf(street, 'b1-b2', 'forward', 1)]
    street.run(1, put(true))
    expect([queues.closed[kerb], queues.closed[inner]]).toEqual([1, 0])
    street.run(1200)
    let [onKerb, onInner] = [0, 0]
    for (let i = 0; i < 2400; i += 1) {
      street.run(1)
      onKerb += whole(queues.count, kerb)
      onInner += whole(queues.count, inner)
    }
    expect(onKerb).toBe(0)
    expect(onInner).toBeGreaterThan(100)
    street.run(1, put(false))
    expect(queues.closed[kerb]).toBe(0)
  })

  it('[SIM-54] of a parade closes its roads to traffic and opens them again', () => {
    const street = townWith('parade')
    const { queues } = street.world
    const lanes = [laneOf(street, 'b1-b2'), laneOf(street, 'b1-b2', 'backward')]
    street.run(200)
    street.run(1, put(true))
    expect(street.told('road-closed')).toMatchObject([{ roadId: 'b1-b2', closed: true, cause: '9/1' }])
    street.run(600)
    let inside = 0
    for (let i = 0; i < 600; i += 1) {
      street.run(1)
      for (const lane of lanes) inside += whole(queues.count, lane)
    }
    expect(inside).toBe(0)
    street.run(1, put(false))
    for (let i = 0; i < 1200; i += 1) {
      street.run(1)
      for (const lane of lanes) inside += whole(queues.count, lane)
    }
    expect(inside).toBeGreaterThan(0)
  })

  it('[SIM-54] that is unknown is refused', () => {
    const street = townWith('parade')
    street.run(1, put(true, 'nowhere'))
    expect(street.told('command-refused')).toMatchObject([
      { refusal: { code: 'unknown-id', field: 'set-zone.zoneId' }, cause: '9/1' },
    ])
  })

  it.each([
    ['chantier', 'limit-set'],
    ['parade', 'road-closed'],
  ] as const)('[SIM-54] of Nuageville is in force: %s', (zoneId, told) => {
    const street = openStreet({ on: 'nuageville', bots: 60 })
    street.run(600, put(true, zoneId))
    expect(street.told(told).length).toBeGreaterThan(1)
    expect(street.told('command-refused')).toEqual([])
  })
})

describe('closing a road', () => {
  it('[SIM-54] turns away who was about to drive into it', () => {
    const street = openStreet({ bots: 40 })
    const { vehicles, queues, streets } = street.world
    street.run(100)
    const into = new Set<number>()
    const { lanes } = streets.map
    for (const lane of [laneOf(street, 'b1-b2'), laneOf(street, 'b1-b2', 'backward')]) {
      for (let i = whole(lanes.predecessorStart, lane); i < whole(lanes.predecessorStart, lane + 1); i += 1)
        into.add(whole(lanes.predecessor, i))
    }
    const heading = () =>
      vehicles.next.filter((next, slot) => into.has(next) && vehicles.claim[slot] !== next && queues.count.length > 0)
    for (let i = 0; i < 600 && heading().length === 0; i += 1) street.run(1)
    expect(heading().length).toBeGreaterThan(0)
    street.run(1, { kind: 'close-road', roadId: 'b1-b2', closed: true, cause: null })
    expect([...heading()]).toEqual([])
  })
})
