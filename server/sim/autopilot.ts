import type { Pose } from '../../shared/model/city-map.ts'
import type { DriveInput } from '../../shared/model/command.ts'
import { mostCurvature } from '../../shared/driving/car.ts'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { atan2Of, distanceOf, sinOf } from '../../shared/driving/trig.ts'
import { firstBehind } from './queues.ts'
import { mayEnter } from './junction.ts'
import { openPose } from './pose.ts'
import { kindOf } from './slots.ts'
import type { World } from './state.ts'

const SIGHT_SECONDS = 0.7
const LEAST_SIGHT = 5
const BRAKING = 3
const STOP_GAP = 3
const NO_INPUT: DriveInput = { throttle: 0, steering: 0, handbrake: true }

/** What a driver would do who keeps to the lane the car stands on, its signs, its lights and who is ahead. */
export function autopilotInput(world: World, slot: number): DriveInput {
  if (whole(world.vehicles.lane, slot) < 0) return NO_INPUT
  const speed = at(world.vehicles.speed, slot)
  const target = pointAhead(world, slot, LEAST_SIGHT + Math.max(0, speed) * SIGHT_SECONDS)
  const dx = target.x - at(world.vehicles.x, slot)
  const dy = target.y - at(world.vehicles.y, slot)
  const angle = atan2Of(dy, dx) - at(world.vehicles.heading, slot)
  const curvature = (2 * sinOf(angle)) / Math.max(1, distanceOf(dx, dy))
  const most = mostCurvature(CAR_LAWS[kindOf(world, slot)], speed * speed, 1)
  const steering = Math.max(-1, Math.min(1, curvature / most))
  const wished = safeSpeed(world, slot)
  const throttle = Math.max(-1, Math.min(1, (wished - speed) * 0.6))
  return { throttle: wished < 0.2 && speed < 0.4 ? 0 : throttle, steering, handbrake: wished < 0.2 && speed < 0.4 }
}

/** The point of the lane, or of the lanes after it, that lies `distance` metres ahead. */
function pointAhead(world: World, slot: number, distance: number): Pose {
  const { vehicles, streets } = world
  const { lanes } = streets.map
  let lane = whole(vehicles.lane, slot)
  let s = at(vehicles.s, slot) + distance
  let next = whole(vehicles.next, slot)
  for (let i = 0; i < 3 && s > at(lanes.length, lane) && next >= 0; i += 1) {
    s -= at(lanes.length, lane)
    lane = next
    next = lanes.successor[whole(lanes.successorStart, lane)] ?? -1
  }
  const out = openPose()
  poseOnLane(streets.finder.headings, lane, { s: Math.min(s, at(lanes.length, lane)), lat: 0 }, out)
  return out
}

/** m/s at which the car can still stop for what is ahead. */
function safeSpeed(world: World, slot: number): number {
  const { vehicles, queues, streets } = world
  const { lanes } = streets.map
  const lane = whole(vehicles.lane, slot)
  const next = whole(vehicles.next, slot)
  const half = at(vehicles.half, slot)
  const remaining = at(lanes.length, lane) - at(vehicles.s, slot)
  let wished = Math.min(at(queues.limit, lane), at(streets.bendSpeed, lane))
  if (next >= 0) {
    const pace = Math.min(at(queues.limit, next), at(streets.bendSpeed, next))
    wished = Math.min(wished, Math.sqrt(pace * pace + 2 * BRAKING * Math.max(0, remaining)))
    const line = remaining - half - 1
    const mustStop = streets.isConnector[next] === 1 && line < 40 && line > -2 && !mayEnter(world, slot, next, line > 4)
    if (mustStop) wished = Math.min(wished, stopWithin(line))
  }
  const gap = gapAhead(world, slot, { lane, next, remaining })
  return Math.min(wished, gap)
}

const stopWithin = (metres: number): number => Math.sqrt(2 * BRAKING * Math.max(0, metres))

function gapAhead(world: World, slot: number, way: { lane: number; next: number; remaining: number }): number {
  const { vehicles, queues } = world
  const s = at(vehicles.s, slot)
  const behind = firstBehind(queues, vehicles, way.lane, s)
  const ahead = behind >= 0 ? whole(vehicles.ahead, behind) : whole(queues.tail, way.lane)
  const other = ahead >= 0 ? ahead : way.next >= 0 ? whole(queues.tail, way.next) : -1
  if (other < 0) return Infinity
  const distance = ahead >= 0 ? at(vehicles.s, ahead) - s : way.remaining + at(vehicles.s, other)
  const gap = distance - at(vehicles.half, other) - at(vehicles.half, slot) - STOP_GAP
  const speed = at(vehicles.speed, other)
  return Math.sqrt(2 * BRAKING * Math.max(0, gap) + speed * speed)
}
