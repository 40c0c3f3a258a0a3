import { describe, expect, it } from 'vitest'
import { openPose, poseOf } from '../../../server/sim/pose.ts'
import { metresToSeats, OUT_OF_SIGHT } from '../../../server/sim/sight.ts'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { randomBelow, randomShare } from '../../../shared/random.ts'
import { autopilot, joinAs, openStreet, openTown, SOME_AGENTS, type Street } from '../../support/street.ts'

/** Metres beside what its speed explains: a lane change's drift, a cut corner between two points of a lane. */
const SLACK = 0.4
/** Metres that a seat's car may have come closer within the tick. */
const CLOSER = 3
const UNITS = ['response', 'inspector', 'tow-truck', 'drone'] as const

/** What a busy lesson asks of a street, drawn from `seed`. */
function orders({ world }: Street, seed: number, tick: number): WorldCommand[] {
  const { roads, zones } = world.streets.map
  const pick = <T>(stream: number, all: readonly T[]) => all[randomBelow(seed, stream, tick, all.length)]
  const [roadId, zoneId] = [pick(1, roads)?.id ?? '', pick(2, zones)?.id]
  const plate =
    pick(
      3,
      world.plates.filter((each) => each.startsWith('NV')),
    ) ?? ''
  const unit = UNITS[(tick / 40) % 4] ?? 'drone'
  if (tick % 40 === 0) return [{ kind: 'send-unit', errandId: `e${tick}`, unit, plate, cause: '1/1' }]
  if (tick % 70 === 1) return [{ kind: 'close-road', roadId, closed: randomShare(seed, 4, tick) < 0.4, cause: null }]
  if (tick % 90 === 2) return [{ kind: 'set-demand', bots: 60 + randomBelow(seed, 5, tick, 120), cause: null }]
  if (tick % 110 === 3 && zoneId) return [{ kind: 'set-zone', zoneId, active: tick % 220 === 3, cause: null }]
  return []
}

/** Who has just been sent may have handed over to a colleague, out of sight. */
const hasBeenSent = ({ world }: Street, plate: string): boolean =>
  world.units.some((unit) => unit.plate === plate && unit.errand?.since === world.clock.tick[0])

/** Everybody on the street, but for who waits in a station: where, and how fast. */
function posesOf({ world }: Street) {
  const { vehicles, plates, clock } = world
  const slots = Array.from({ length: whole(clock.highWater, 0) }, (_, slot) => slot)
  const moving = slots.filter((slot) => vehicles.mode[slot] !== MODE.none && vehicles.mode[slot] !== MODE.stationed)
  return new Map(
    moving.map((slot) => [
      plates[slot] ?? '',
      {
        ...poseOf(world, slot, openPose()),
        fastest: Math.abs(at(vehicles.speed, slot)),
      },
    ]),
  )
}

describe('everybody on the street', () => {
  it.each([
    ['nuageville', 1, 2400],
    ['nuageville', 2, 2400],
    ['circuit-ecole', 1, 2400],
    ['town', 4, 1600],
  ] as const)('[SIM-100] moves no further than its speed takes it: %s, seed %i', (on, seed, ticks) => {
    const settings = { seed, bots: 110, capacity: 260, agents: SOME_AGENTS }
    const street = on === 'town' ? openTown({ columns: 4, rows: 4, seed }, settings) : openStreet({ on, ...settings })
    for (let seat = 0; seat < 5; seat += 1) street.run(1, joinAs(`${seat}`), autopilot(`${seat}`))
    const jumps: string[] = []
    let before = posesOf(street)
    for (let tick = 0; tick < ticks; tick += 1) {
      street.run(1, ...orders(street, seed, tick))
      const now = posesOf(street)
      for (const [plate, pose] of now) {
        const last = before.get(plate)
        if (!last || (hasBeenSent(street, plate) && metresToSeats(street.world, last) > OUT_OF_SIGHT - CLOSER)) continue
        const moved = Math.hypot(pose.x - last.x, pose.y - last.y)
        if (moved > Math.max(pose.fastest, last.fastest) * 0.05 + SLACK) jumps.push(`${plate} ${moved} m at ${tick}`)
      }
      before = now
    }
    expect(street.told('deadlock-cleared')).toEqual([])
    expect(jumps).toEqual([])
  })
})
