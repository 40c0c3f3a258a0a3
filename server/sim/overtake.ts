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
import { hasElbowRoom, plateOf, putOnLane } from './spawn.ts'
import type { World } from './state.ts'
import { beginTrip } from './trip.ts'

const SPEEDING = CHARACTERS.findIndex(({ name }) => name === 'speeding')
/** Share of the limit at which it drives: well above what a camera forgives. */
const HURRY = 1.2
/** Metres beside the road at which a car still counts as on it. */
const ON_THE_ROAD = 6
/** Metres ahead within which a free place is looked for, and from one try to the next. */
const LOOK_AHEAD = 60
const STEP = 12

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
  const serial = whole(clock.plates, 0) + 1
  const plate = plateOf('NV', serial)
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
function leftOf(world: World, slot: number): { lane: number; s: number } | null {
  const { map, finder } = world.streets
  const found: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
  findLane(finder, poseOf(world, slot, openPose()), found)
  if (found.lane < 0 || found.distance > ON_THE_ROAD) return null
  const lane = whole(map.lanes.left, found.lane)
  if (lane < 0) return null
  for (let s = found.s; s < Math.min(found.s + LOOK_AHEAD, at(map.lanes.length, lane)); s += STEP)
    if (hasElbowRoom(world, lane, s)) return { lane, s }
  return null
}
