import { at, whole } from '../../shared/driving/columns.ts'
import { findLane, type LanePlace } from '../../shared/driving/lane-finder.ts'
import type { CommandRefusal } from '../../shared/model/command.ts'
import { noteJoined } from './announce.ts'
import { CHARACTERS } from './characters.ts'
import { openPose, poseOf } from './pose.ts'
import type { Report } from './report.ts'
import { refuse, type CommandOf } from './seat-commands.ts'
import { seatNamed } from './seats.ts'
import { takeSlot } from './slots.ts'
import { BOT_LETTERS, hasElbowRoom, nextSerial, plateOf, putOnLane } from './spawn.ts'
import type { World } from './state.ts'
import type { Spot } from './travel.ts'
import { beginTrip } from './trip.ts'

const SPEEDING = CHARACTERS.findIndex(({ name }) => name === 'speeding')
/** Share of the limit at which it drives: well above what a camera forgives. */
const HURRY = 1.2
/** Metres beside the road at which a car still counts as on it. */
const ON_THE_ROAD = 6
/** Metres ahead within which a free place is looked for, and from one try to the next. */
const LOOK_AHEAD = 60
const STEP = 12
/** m/s² that it still has when the light ahead is red. */
const BRAKING = 4

/**
 * A bot comes past a seat's car on the next lane to the left, well above the limit, so that the driver sees what a
 * camera does to it. From then on it is one bot more.
 */
export function overtake(world: World, { seatId }: CommandOf<'overtake'>, report: Report): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'overtake.seatId')
  const place = leftOf(world, seat.slot)
  if (place === null) return refuse('not-now', 'overtake')
  const { clock, vehicles } = world
  const serial = nextSerial(world)
  const plate = plateOf(BOT_LETTERS, serial)
  const slot = takeSlot(world, { kind: 'sport', plate, colour: 0, character: SPEEDING, seat: -1 })
  if (slot < 0) return refuse('full', 'overtake')
  clock.plates[0] = serial
  clock.bots[0] = whole(clock.bots, 0) + 1
  clock.demand[0] = whole(clock.demand, 0) + 1
  vehicles.desired[slot] = HURRY
  vehicles.speed[slot] = at(world.queues.limit, place.lane) * HURRY
  beginTrip(world, slot)
  putOnLane(world, slot, place)
  noteJoined(world, slot, report)
  return null
}

/** A free place on the next lane to a car's left, beside it or a little ahead. @returns `null` where there is none */
function leftOf(world: World, slot: number): Spot | null {
  const { map, finder } = world.streets
  const found: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  findLane(finder, poseOf(world, slot, openPose()), found)
  if (found.lane < 0 || found.distance > ON_THE_ROAD) return null
  const lane = whole(map.lanes.left, found.lane)
  if (lane < 0 || world.queues.closed[lane] === 1) return null
  const end = Math.min(found.s + LOOK_AHEAD, at(map.lanes.length, lane) - metresToStop(world, lane))
  for (let s = found.s; s < end; s += STEP)
    if (hasElbowRoom(world, lane, s) && !hasSeatNear(world, { lane, s })) return { lane, s }
  return null
}

/** Metres that it needs before a junction where it may have to stop. */
function metresToStop({ streets, queues }: World, lane: number): number {
  const { successor, successorStart, signalGroup } = streets.map.lanes
  const ways = successor.subarray(whole(successorStart, lane), whole(successorStart, lane + 1))
  const speed = at(queues.limit, lane) * HURRY
  const mayStop = ways.some((way) => whole(signalGroup, way) >= 0 || streets.crosses[way] === 1)
  return mayStop ? (speed * speed) / (2 * BRAKING) + STEP : 0
}

const hasSeatNear = ({ seats, vehicles }: World, { lane, s }: Spot): boolean =>
  seats.some((seat) => seat && vehicles.lane[seat.slot] === lane && Math.abs(at(vehicles.s, seat.slot) - s) < STEP)
