import type { Pose } from '../../shared/model/city-map.ts'
import type { DriveInput } from '../../shared/model/command.ts'
import { brakingHold, mostCurvature } from '../../shared/driving/car.ts'
import type { CarLaw } from '../../shared/driving/car-laws.ts'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import type { Surface } from '../../shared/driving/surface.ts'
import { atan2Of, distanceOf, sinOf } from '../../shared/driving/trig.ts'
import { walkersAhead } from './crossings.ts'
import { firstBehind } from './queues.ts'
import { mayEnter } from './junction.ts'
import { laneAfter } from './look-ahead.ts'
import { openPose } from './pose.ts'
import { kindOf } from './slots.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'

const SIGHT_SECONDS = 0.7
const LEAST_SIGHT = 5
/** m/s² that the pilot brakes by where it can choose, and the share of what the brakes hold that it never plans beyond. */
const BRAKING = 3
const PLANNED_SHARE = 0.55
const FULL_SHARE = 0.85
/** m/s that the pilot may lag behind the speed it wants while it brakes; throttle per m/s that it is too slow. */
const BRAKING_LAG = 0.4
const THROTTLE_GAIN = 0.6
const STOP_GAP = 3
/** Metres before the stop line where the front stops, and beyond it from which the car is in the junction. */
const LINE_GAP = 1
const OVER_LINE = 2
/** Seconds of amber that a pilot counts on: who cannot stop any more is across by then. */
const AMBER_SECONDS = 2.3
const MARGIN = 0.5
/** m/s at which a car stops where it is, at the line or a little over it: nobody sets off at amber. */
const CRAWLING = 1
const NO_INPUT: DriveInput = { throttle: 0, steering: 0, handbrake: true }

/** What the car's brakes are good for, in m/s². */
interface Brakes {
  readonly planned: number
  readonly full: number
}

/** What a driver would do who keeps to the way, the signs, the lights, people on crossings and who is ahead. */
export function autopilotInput(world: World, slot: number, surface: Surface): DriveInput {
  if (whole(world.vehicles.lane, slot) < 0) return NO_INPUT
  const law = CAR_LAWS[kindOf(world, slot)]
  const hold = brakingHold(law, surface)
  const brakes = { planned: Math.min(BRAKING, PLANNED_SHARE * hold), full: FULL_SHARE * hold }
  const speed = at(world.vehicles.speed, slot)
  const wished = safeSpeed(world, slot, brakes)
  const gain = wished < speed ? brakes.planned / (BRAKING_LAG * hold) : THROTTLE_GAIN
  const throttle = Math.max(-1, Math.min(1, (wished - speed) * gain))
  const stands = wished < 0.2 && speed < 0.4
  return { throttle: stands ? 0 : throttle, steering: steeringOf(world, slot, law), handbrake: stands }
}

function steeringOf(world: World, slot: number, law: CarLaw): number {
  const speed = at(world.vehicles.speed, slot)
  const target = pointAhead(world, slot, LEAST_SIGHT + Math.max(0, speed) * SIGHT_SECONDS)
  const dx = target.x - at(world.vehicles.x, slot)
  const dy = target.y - at(world.vehicles.y, slot)
  const angle = atan2Of(dy, dx) - at(world.vehicles.heading, slot)
  const curvature = (2 * sinOf(angle)) / Math.max(1, distanceOf(dx, dy))
  return Math.max(-1, Math.min(1, curvature / mostCurvature(law, speed * speed, 1)))
}

/** The point that lies `distance` metres ahead: of the lane and those after it, or of the neighbour lane to change to. */
function pointAhead(world: World, slot: number, distance: number): Pose {
  const { vehicles, streets } = world
  const { lanes } = streets.map
  const out = openPose()
  const beside = laneToChangeTo(world, slot)
  let lane = whole(vehicles.lane, slot)
  if (beside >= 0) {
    const s = (at(vehicles.s, slot) * at(lanes.length, beside)) / at(lanes.length, lane) + distance * CHANGE_SIGHT
    poseOnLane(streets.finder.headings, beside, { s: Math.min(s, at(lanes.length, beside)), lat: 0 }, out)
    return out
  }
  let s = at(vehicles.s, slot) + distance
  let next = whole(vehicles.next, slot)
  for (let i = 0; i < 3 && s > at(lanes.length, lane) && next >= 0; i += 1) {
    s -= at(lanes.length, lane)
    lane = next
    next = lanes.successor[whole(lanes.successorStart, lane)] ?? -1
  }
  poseOnLane(streets.finder.headings, lane, { s: Math.min(s, at(lanes.length, lane)), lat: 0 }, out)
  return out
}

/** A change of lanes looks further ahead, so that it takes its time; and is not begun close to the lane's end. */
const CHANGE_SIGHT = 1.6
const CHANGE_END_METRES = 25
const CHANGE_GAP = 4
const CHANGE_SECONDS = 2

/** @returns the neighbour lane that the way wants, once there is room on it; −1 for none */
function laneToChangeTo(world: World, slot: number): number {
  const { vehicles, queues, streets, scratch } = world
  const { length } = streets.map.lanes
  const beside = whole(vehicles.want, slot)
  const own = whole(vehicles.lane, slot)
  if (beside < 0 || at(length, own) - at(vehicles.s, slot) < CHANGE_END_METRES) return -1
  for (let ghost = whole(scratch.ghostHead, beside); ghost >= 0; ghost = whole(scratch.ghostNext, ghost)) {
    if (scratch.ghostSlot[ghost] !== slot) return -1
  }
  const s = (at(vehicles.s, slot) * at(length, beside)) / at(length, own)
  const behind = firstBehind(queues, vehicles, beside, s)
  const ahead = behind >= 0 ? whole(vehicles.ahead, behind) : whole(queues.tail, beside)
  return hasRoom(world, behind, slot) && hasRoom(world, slot, ahead) ? beside : -1
}

/** Whether one may drive right before the other; −1 stands for nobody. Lanes side by side are about as long. */
function hasRoom({ vehicles }: World, behind: number, ahead: number): boolean {
  if (behind < 0 || ahead < 0) return true
  const halves = at(vehicles.half, behind) + at(vehicles.half, ahead)
  const closing = Math.max(0, at(vehicles.speed, behind) - at(vehicles.speed, ahead))
  return at(vehicles.s, ahead) - at(vehicles.s, behind) - halves > CHANGE_GAP + closing * CHANGE_SECONDS
}

/** m/s at which the car can still stop for what is ahead. */
function safeSpeed(world: World, slot: number, brakes: Brakes): number {
  const { vehicles, queues, streets } = world
  const { lanes } = streets.map
  const lane = whole(vehicles.lane, slot)
  const next = whole(vehicles.next, slot)
  const remaining = at(lanes.length, lane) - at(vehicles.s, slot)
  let wished = Math.min(at(queues.limit, lane), at(streets.bendSpeed, lane))
  wished = Math.min(wished, stopWithin(walkersAhead(world, slot, lane, -at(vehicles.s, slot)), brakes))
  if (next >= 0) {
    const pace = Math.min(at(queues.limit, next), at(streets.bendSpeed, next))
    wished = Math.min(wished, Math.sqrt(pace * pace + 2 * brakes.planned * Math.max(0, remaining)))
    wished = Math.min(wished, stopWithin(walkersAhead(world, slot, next, remaining), brakes))
    const toLine = streets.isConnector[next] === 1 ? speedToLine : speedToFarLine
    wished = Math.min(wished, toLine(world, slot, next, brakes))
  }
  return Math.min(wished, speedBehind(world, slot, { lane, next, remaining }, brakes))
}

const stopWithin = (metres: number, { planned }: Brakes): number => Math.sqrt(2 * planned * Math.max(0, metres))

/** m/s towards a junction: to the stop line without leave, and never so fast that an amber light comes too late. */
function speedToLine(world: World, slot: number, next: number, brakes: Brakes): number {
  const { vehicles, streets } = world
  const lane = whole(vehicles.lane, slot)
  const line = at(streets.map.lanes.length, lane) - at(vehicles.s, slot) - at(vehicles.half, slot) - LINE_GAP
  const speed = at(vehicles.speed, slot)
  if (line > sightOf(speed, brakes) || line < -OVER_LINE) return Infinity
  const canStop = speed < CRAWLING || line + LINE_GAP > (speed * speed) / (2 * brakes.full) + MARGIN
  return mayEnter(world, slot, next, canStop) ? speedAtLight(world, next, brakes) : stopWithin(line, brakes)
}

/** m/s inside a junction towards the light of the next one, behind a street that may be short. */
function speedToFarLine(world: World, slot: number, next: number, brakes: Brakes): number {
  const { vehicles, streets, scratch } = world
  const { length } = streets.map.lanes
  const after = laneAfter(world, next, whole(vehicles.goal, slot))
  if (after < 0) return Infinity
  const remaining = at(length, whole(vehicles.lane, slot)) - at(vehicles.s, slot) + at(length, next)
  const line = remaining - at(vehicles.half, slot) - LINE_GAP
  if (line > sightOf(at(vehicles.speed, slot), brakes)) return Infinity
  return scratch.lights[after] === LIGHT.go ? speedAtLight(world, after, brakes) : stopWithin(line, brakes)
}

const sightOf = (speed: number, { planned }: Brakes): number => (speed * speed) / (2 * planned) + LEAST_SIGHT + speed

/** m/s at which whoever cannot stop any more when the light turns amber is over the line before it turns red. */
const speedAtLight = ({ streets }: World, connector: number, { full }: Brakes): number =>
  whole(streets.map.lanes.signalGroup, connector) >= 0 ? 2 * AMBER_SECONDS * full : Infinity

/** m/s behind the vehicle ahead, on this lane or the next. */
function speedBehind(
  world: World,
  slot: number,
  way: { lane: number; next: number; remaining: number },
  brakes: Brakes,
): number {
  const { vehicles, queues } = world
  const s = at(vehicles.s, slot)
  const behind = firstBehind(queues, vehicles, way.lane, s)
  const ahead = behind >= 0 ? whole(vehicles.ahead, behind) : whole(queues.tail, way.lane)
  const other = ahead >= 0 ? ahead : way.next >= 0 ? whole(queues.tail, way.next) : -1
  if (other < 0) return Infinity
  const distance = ahead >= 0 ? at(vehicles.s, ahead) - s : way.remaining + at(vehicles.s, other)
  const gap = distance - at(vehicles.half, other) - at(vehicles.half, slot) - STOP_GAP
  const speed = at(vehicles.speed, other)
  return Math.sqrt(2 * brakes.planned * Math.max(0, gap) + speed * speed)
}
