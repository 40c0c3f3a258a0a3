import { leaveStreet } from '../../server/sim/slots.ts'
import { putOnLane, spawnBot } from '../../server/sim/spawn.ts'
import type { World } from '../../server/sim/state.ts'
import { MODE } from '../../server/sim/vehicle-table.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { Street } from './street.ts'

/** The slots of a lane's queue, from the front. */
export function queueOf({ queues, vehicles }: World, lane: number): number[] {
  const slots: number[] = []
  for (let slot = whole(queues.head, lane); slot >= 0; slot = whole(vehicles.behind, slot)) slots.push(slot)
  return slots
}

/** The slots of all that drive in lanes. */
export const laneSlots = ({ vehicles, clock }: World): number[] =>
  Array.from({ length: whole(clock.highWater, 0) }, (_, slot) => slot).filter(
    (slot) => vehicles.mode[slot] === MODE.lane,
  )

/** The least distance between bumpers in any lane; negative when two overlap. */
export function clearanceOf(world: World): number {
  const { vehicles, queues, streets } = world
  let least = Infinity
  for (let lane = 0; lane < streets.map.lanes.count; lane += 1) {
    for (let slot = whole(queues.head, lane); slot >= 0; slot = whole(vehicles.behind, slot)) {
      const ahead = whole(vehicles.ahead, slot)
      if (ahead < 0) continue
      const gap = at(vehicles.s, ahead) - at(vehicles.s, slot) - at(vehicles.half, ahead) - at(vehicles.half, slot)
      least = Math.min(least, gap)
    }
  }
  return least
}

/**
 * The least distance between bumpers of two who came out of one lane and have not parted yet, each on a way of its own;
 * negative when one drives through the other.
 */
export function forkClearanceOf(world: World): number {
  const { vehicles, streets } = world
  const { lanes } = streets.map
  let least = Infinity
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const ways = [...lanes.successor.subarray(lanes.successorStart[lane], lanes.successorStart[lane + 1])]
    const near = ways
      .flatMap((way) => queueOf(world, way).filter((slot) => rearOf(world, slot) < at(streets.partedAt, way)))
      .toSorted((a, b) => at(vehicles.s, b) - at(vehicles.s, a))
    near.forEach((slot, i) => {
      const ahead = near[i - 1]
      if (ahead !== undefined)
        least = Math.min(least, rearOf(world, ahead) - at(vehicles.s, slot) - at(vehicles.half, slot))
    })
  }
  return least
}

const rearOf = ({ vehicles }: World, slot: number): number => at(vehicles.s, slot) - at(vehicles.half, slot)

/** Metres per second, over all in lanes. */
export function meanSpeed(world: World): number {
  const slots = laneSlots(world)
  return slots.reduce((sum, slot) => sum + at(world.vehicles.speed, slot), 0) / Math.max(1, slots.length)
}

/** Takes a bot from where it appeared and puts it where a test wants it. */
export function placeBot({ world }: Street, lane: number, s: number, speed = 0): number {
  const slot = spawnBot(world)
  world.clock.demand[0] = whole(world.clock.demand, 0) + 1
  leaveStreet(world, slot)
  world.vehicles.speed[slot] = speed
  putOnLane(world, slot, { lane, s })
  return slot
}
