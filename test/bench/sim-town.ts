import type { WorldCommand } from '../../shared/model/command.ts'
import { openIds } from '../../shared/ids.ts'
import { compileMap } from '../../shared/content/map/compile.ts'
import { generateTown } from '../../shared/content/map/town.ts'
import { openStreets, type Streets } from '../../server/sim/streets.ts'
import { openWorld, stepWorld } from '../../server/sim/world.ts'
import type { World } from '../../server/sim/state.ts'

/** A grid of junctions with signals, 200 m apart, two lanes each way. */
export function openTown(size: number): Streets {
  const map = compileMap(generateTown({ columns: size, rows: size, seed: 1 }))
  if (!map.ok) throw new Error(JSON.stringify(map.error[0]))
  return openStreets(map.value)
}

/** The town full of traffic and agents, with all rules on. */
export const openTraffic = (streets: Streets, vehicles: number, startRoads: readonly string[] = []): World =>
  openWorld(
    streets.map,
    {
      seed: 1,
      capacity: vehicles + 260,
      bots: vehicles,
      agents: { patrols: 8, inspectors: 4, responseCars: 4, drones: 2, towTrucks: 1 },
      weather: 'clear',
      startHour: 9,
      clockScale: 12,
      startRoads,
    },
    streets,
  )

/** Brings seats onto the street that drive themselves, every fourth by the wheel. */
export function seatPlayers(world: World, seats: number): void {
  const commands = Array.from({ length: seats }, (_, i): WorldCommand[] => [
    { kind: 'join', seatId: `s${i}`, plate: `S-${i}`, vehicle: 'sedan', colour: i },
    i % 4 === 0
      ? {
          kind: 'drive',
          seatId: `s${i}`,
          seq: 1,
          input: { throttle: 0.5, steering: ((i % 9) - 4) / 8, handbrake: false },
        }
      : { kind: 'offline', seatId: `s${i}`, offline: true },
  ])
  stepWorld(world, commands.flat(), openIds((world.clock.tick[0] ?? 0) + 1))
}

/** Steps a world, and says how many milliseconds each tick took. */
export function timeTicks(world: World, ticks: number): Float64Array {
  const spent = new Float64Array(ticks)
  for (let i = 0; i < ticks; i += 1) {
    const ids = openIds((world.clock.tick[0] ?? 0) + 1)
    const from = performance.now()
    stepWorld(world, [], ids)
    spent[i] = performance.now() - from
  }
  return spent
}

export const shareOf = (spent: Float64Array, share: number): number =>
  spent.toSorted()[Math.min(spent.length - 1, Math.floor(spent.length * share))] ?? 0
