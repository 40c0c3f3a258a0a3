import { randomBelow, randomShare } from '../../shared/random.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { characterAt } from './characters.ts'
import { enterQueue, firstBehind } from './queues.ts'
import { takeSlot } from './slots.ts'
import type { World } from './state.ts'
import { beginTrip, chooseWay, STREAM } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Of a hundred bots, by kind. */
const KIND_PERCENT: readonly (readonly [VehicleKind, number])[] = [
  ['sedan', 65],
  ['taxi', 8],
  ['van', 12],
  ['motorbike', 6],
  ['bus', 4],
  ['ambulance', 1],
  ['sport', 4],
]
const COLOURS = 12
const ATTEMPTS = 24
/** Metres kept free before and behind a vehicle that appears. */
const ELBOW_ROOM = 7
const END_ROOM = 14

/** Brings one bot onto the street at a free place. @returns its slot, −1 when there is no room */
export function spawnBot(world: World): number {
  const { clock, settings } = world
  const serial = whole(clock.plates, 0) + 1
  const share = (n: number) => randomShare(settings.seed, STREAM.spawn, serial * 64 + n)
  const place = freePlace(world, serial)
  if (!place) return -1
  const slot = takeSlot(world, {
    kind: kindAt(share(60) * 100),
    plate: plateOf('NV', serial),
    colour: Math.floor(share(61) * COLOURS),
    character: characterAt(share(62)),
    seat: -1,
  })
  if (slot < 0) return -1
  clock.plates[0] = serial
  clock.bots[0] = whole(clock.bots, 0) + 1
  beginTrip(world, slot)
  putOnLane(world, slot, place)
  return slot
}

/** Two letters and a number of at least three digits, as on the players' cars: `NV-042`. */
export const plateOf = (letters: string, serial: number): string => `${letters}-${String(serial).padStart(3, '0')}`

function kindAt(percent: number): VehicleKind {
  let left = percent
  for (const [kind, share] of KIND_PERCENT) {
    left -= share
    if (left < 0) return kind
  }
  return 'sedan'
}

/** Puts a vehicle that has a slot and a goal into the traffic of a lane. */
export function putOnLane(world: World, slot: number, place: { lane: number; s: number }): void {
  world.vehicles.mode[slot] = MODE.lane
  world.vehicles.s[slot] = place.s
  enterQueue(world.queues, world.vehicles, slot, place.lane)
  chooseWay(world, slot)
}

/** Draws places from stream `n` until one has elbow room. */
export function freePlace(world: World, n: number): { lane: number; s: number } | null {
  const { destinations, map } = world.streets
  const { seed } = world.settings
  for (let i = 0; i < ATTEMPTS; i += 1) {
    const lane = spawnLane(world, randomBelow(seed, STREAM.spawn, n * 64 + 2 * i, 1 << 30))
    const length = at(map.lanes.length, lane)
    const share = randomShare(seed, STREAM.spawn, n * 64 + 2 * i + 1)
    const s = ELBOW_ROOM + (length - ELBOW_ROOM - END_ROOM) * share
    if (destinations.length > 0 && world.queues.closed[lane] !== 1 && hasElbowRoom(world, lane, s)) return { lane, s }
  }
  return null
}

const spawnLane = (world: World, word: number): number =>
  world.streets.spawnLanes[word % world.streets.spawnLanes.length] ?? 0

export function hasElbowRoom(world: World, lane: number, s: number): boolean {
  const { queues, vehicles } = world
  const behind = firstBehind(queues, vehicles, lane, s)
  const ahead = behind >= 0 ? whole(vehicles.ahead, behind) : whole(queues.tail, lane)
  const near = (slot: number) =>
    slot >= 0 &&
    Math.abs(at(vehicles.s, slot) - s) < at(vehicles.half, slot) + ELBOW_ROOM + Math.abs(at(vehicles.speed, slot))
  return !near(behind) && !near(ahead)
}
