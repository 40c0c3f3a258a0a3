import { describe, expect, it } from 'vitest'
import { saveWorld, restoreWorld, hashWorld } from '../../server/sim/save.ts'
import { MODE } from '../../server/sim/vehicle-table.ts'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { compareCauseIds } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact } from '../../shared/model/fact.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { openStreet, SOME_AGENTS, type Street } from '../support/street.ts'
import { randomCommands } from '../support/street-commands.ts'
import { clearanceOf, forkClearanceOf, queueOf } from '../support/traffic.ts'

const STREAMS = 10_000
const BATCHES = 20

/** What must hold after every tick, whatever was asked. @returns what does not, in words */
function broken(street: Street, facts: readonly Fact[]): string[] {
  const { world } = street
  const { vehicles, clock, queues, streets, plates, seats, units } = world
  const faults: string[] = []
  const check = (holds: boolean, what: string) => {
    if (!holds) faults.push(what)
  }
  check(clearanceOf(world) >= -1e-9, 'two overlap in a lane')
  check(forkClearanceOf(world) >= -1e-9, 'two overlap where ways fork')
  let present = 0
  for (let slot = 0; slot < plates.length; slot += 1) {
    const mode = vehicles.mode[slot]
    if (mode === MODE.none) continue
    present += 1
    const kind = VEHICLE_KINDS[whole(vehicles.kind, slot)] ?? 'sedan'
    const speed = at(vehicles.speed, slot)
    const { topSpeed, reverseSpeed } = CAR_LAWS[kind]
    const numbers = [vehicles.s, vehicles.speed, vehicles.x, vehicles.y, vehicles.heading, vehicles.lat, vehicles.accel]
    check(
      numbers.every((column) => Number.isFinite(column[slot])),
      `slot ${slot} is not finite`,
    )
    check(speed <= topSpeed + 1e-9 && speed >= -reverseSpeed - 1e-9, `${kind} ${slot} is too fast: ${speed} m/s`)
    check(whole(vehicles.lane, slot) < streets.map.lanes.count, `slot ${slot} is on no lane`)
    check(world.scratch.slotOfPlate.get(plates[slot] ?? '') === slot, `slot ${slot} has no plate of its own`)
    const shares = [at(vehicles.brakeWear, slot), at(vehicles.fuel, slot), at(vehicles.tread, slot) / 8]
    check(
      shares.every((share) => share >= 0 && share <= 1),
      `slot ${slot} is worn beyond wear`,
    )
  }
  check(present + whole(clock.freeCount, 0) === plates.length, 'slots are lost')
  check(
    seats.every((seat) => !seat || vehicles.mode[seat.slot] === MODE.free),
    'a seat has no car',
  )
  check(
    units.every((unit) => plates[unit.slot] === unit.plate),
    'a unit has no vehicle',
  )
  const queued = Array.from({ length: streets.map.lanes.count }, (_, lane) => queueOf(world, lane))
  check(
    queued.every((queue, lane) => queue.length === queues.count[lane]),
    'a queue is miscounted',
  )
  check(queued.flat().length === vehicles.mode.filter((mode) => mode === MODE.lane).length, 'a queue lost somebody')
  const ids = facts.map(({ id }) => id)
  check(
    ids.every((id, i) => i === 0 || compareCauseIds(ids[i - 1] ?? id, id) < 0),
    'ids do not rise',
  )
  return faults
}

describe('random streams of commands', () => {
  it.each(Array.from({ length: BATCHES }, (_, batch) => batch))(
    '[SIM-6] leave the street in order: batch %i of 500',
    (batch) => {
      for (let i = 0; i < STREAMS / BATCHES; i += 1) {
        const seed = batch * 100_000 + i
        const street = openStreet({ seed, bots: 6, capacity: 24, agents: SOME_AGENTS })
        for (let tick = 0; tick < 6; tick += 1) {
          const facts = street.run(1, ...randomCommands(street, seed, tick))
          expect(broken(street, facts), `seed ${seed}, tick ${tick}`).toEqual([])
        }
      }
    },
  )

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[SIM-2] survive saving in the middle of a long one: seed %i', (seed) => {
    const street = openStreet({ on: 'circuit-ecole', seed, bots: 20, agents: SOME_AGENTS })
    for (let tick = 0; tick < 400; tick += 1) {
      const commands: readonly WorldCommand[] = randomCommands(street, seed, tick)
      const facts = street.run(1, ...commands)
      expect(broken(street, facts), `tick ${tick}`).toEqual([])
      if (tick % 40 !== 0) continue
      const twin = restoreWorld(street.world.streets, JSON.parse(JSON.stringify(saveWorld(street.world))))
      expect(hashWorld(twin)).toBe(hashWorld(street.world))
    }
  })
})
