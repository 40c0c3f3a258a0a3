import { randomBelow, randomShare } from '../../shared/random.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import { characterAt } from './characters.ts'
import { enterQueue, firstBehind } from './queues.ts'
import { isSeen, metresToSeats, OUT_OF_SIGHT } from './sight.ts'
import { takeSlot } from './slots.ts'
import type { World } from './state.ts'
import type { Spot } from './travel.ts'
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
export const BOT_LETTERS = 'NV'
const ATTEMPTS = 24
/** Metres kept free before and behind a vehicle that appears. */
const ELBOW_ROOM = 7
const END_ROOM = 14
/** Metres from every seat's car at which somebody may appear when all of a small map is in sight. */
const NOT_CLOSE = 80
/** Other places are drawn at another tick. */
const RETRY = 0x10001

/** Brings one bot onto the street at a free place. @returns its slot, −1 when there is no room */
export function spawnBot(world: World): number {
  const { clock, settings } = world
  const serial = nextSerial(world)
  const share = (n: number) => randomShare(settings.seed, STREAM.spawn, serial * 64 + n)
  const place = unseenPlace(world, serial + whole(clock.tick, 0) * RETRY)
  if (!place) return -1
  const slot = takeSlot(world, {
    kind: kindAt(share(60) * 100),
    plate: plateOf(BOT_LETTERS, serial),
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

/** @returns the number of the next plate of a bot: some driver may have one like it */
export function nextSerial({ clock, scratch }: World): number {
  let serial = whole(clock.plates, 0) + 1
  while (scratch.slotOfPlate.has(plateOf(BOT_LETTERS, serial))) serial += 1
  return serial
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
export function freePlace(world: World, n: number): Spot | null {
  for (let i = 0; i < ATTEMPTS; i += 1) {
    const place = drawPlace(world, n * 64 + 2 * i)
    if (place) return place
  }
  return null
}

/** The same out of every driver's sight; where all is in sight, as far away as can be, and never close by. */
export function unseenPlace(world: World, n: number): Spot | null {
  let [best, most] = [null as Spot | null, NOT_CLOSE]
  for (let i = 0; i < ATTEMPTS && most < OUT_OF_SIGHT; i += 1) {
    const place = drawPlace(world, n * 64 + 2 * i)
    const metres = place ? metresToSeats(world, pointAt(world, place)) : -1
    if (metres >= most) [best, most] = [place, metres]
  }
  return best
}

function drawPlace(world: World, draw: number): Spot | null {
  const { destinations, map } = world.streets
  const { seed } = world.settings
  const lane = spawnLane(world, randomBelow(seed, STREAM.spawn, draw, 1 << 30))
  const share = randomShare(seed, STREAM.spawn, draw + 1)
  const s = ELBOW_ROOM + (at(map.lanes.length, lane) - ELBOW_ROOM - END_ROOM) * share
  const isFree = destinations.length > 0 && world.queues.closed[lane] !== 1 && hasElbowRoom(world, lane, s)
  return isFree ? { lane, s } : null
}

/** @returns whether some seat's car is near enough to see a place on a lane */
export const isPlaceSeen = (world: World, place: Spot): boolean => isSeen(world, pointAt(world, place))

function pointAt({ streets }: World, { lane, s }: Spot): { x: number; y: number } {
  const point = { x: 0, y: 0 }
  pointOnLane(streets.map.lanes, lane, { s, lat: 0 }, point)
  return point
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
