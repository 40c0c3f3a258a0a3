import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { distanceOf } from '../../shared/driving/trig.ts'
import { randomBelow } from '../../shared/random.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { openPose } from './pose.ts'
import type { Report } from './report.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { kindOf } from './slots.ts'
import type { Seat, SeatErrand, World } from './state.ts'
import { STREAM, streamFor } from './trip.ts'

/** A reason to drive, and a temptation to speed: an errand is offered at the start and after each one done. */
const OFFER_EVERY_TICKS = 4 * TICKS_PER_SECOND
const THERE_METRES = 16
const METRES_PER_POINT = 40
const LEAST_POINTS = 5
const KIND_OF: Partial<Record<VehicleKind, SeatErrand['kind']>> = { taxi: 'fare', police: 'patrol', bus: 'fare' }

export function stepSeatErrands(world: World, report: Report): void {
  const tick = whole(world.clock.tick, 0)
  for (const seat of world.seats) {
    if (!seat) continue
    if (seat.errand) arriveAt(world, seat, seat.errand, report)
    else if ((tick + seat.slot) % OFFER_EVERY_TICKS === 0) offer(world, seat, report)
  }
}

function offer(world: World, seat: Seat, report: Report): void {
  const { streets, settings, vehicles } = world
  const n = randomBelow(
    settings.seed,
    streamFor(STREAM.errand, seat.slot),
    seat.errandsDone,
    streets.destinations.length,
  )
  const lane = streets.destinations[n]
  if (lane === undefined) return
  const pose = openPose()
  poseOnLane(streets.finder.headings, lane, { s: at(streets.map.lanes.length, lane) / 2, lat: 0 }, pose)
  const { x, y } = pose
  const metres = distanceOf(x - at(vehicles.x, seat.slot), y - at(vehicles.y, seat.slot))
  const points = LEAST_POINTS + Math.round(metres / METRES_PER_POINT)
  const kind = KIND_OF[kindOf(world, seat.slot)] ?? 'delivery'
  const fact = { kind: 'errand-offered', seatId: seat.seatId, errand: kind, points, x, y } as const
  seat.errand = { id: report.note(fact, null), kind, lane, x, y, points }
  vehicles.goal[seat.slot] = lane
}

function arriveAt(world: World, seat: Seat, errand: SeatErrand, report: Report): void {
  const dx = errand.x - at(world.vehicles.x, seat.slot)
  if (distanceOf(dx, errand.y - at(world.vehicles.y, seat.slot)) > THERE_METRES) return
  const { kind, points, x, y, id } = errand
  report.note({ kind: 'errand-done', seatId: seat.seatId, errand: kind, points, x, y }, id)
  seat.errand = null
  seat.errandsDone += 1
}
