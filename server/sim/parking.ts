import type { DriveInput } from '../../shared/model/command.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import { cosOf, distanceOf, sinOf } from '../../shared/driving/trig.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { noteManoeuvre } from './manoeuvres.ts'
import { openPose, poseOf } from './pose.ts'
import type { Report } from './report.ts'
import { isPiloted } from './seats.ts'
import type { Seat, World } from './state.ts'
import type { Spot } from './travel.ts'
import { chooseFreeWay } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** 20 s without an input at a standstill park a car; 3 s against a wall set it back on the road. */
const IDLE_TICKS = 400
const STUCK_TICKS = 60
const STANDING = 0.5
/** Metres per tick that a parked car draws aside, and metres from its lane's middle where it stays. */
const DRAW_ASIDE = 0.08
const KERB = 3
/** How far up and down the lane a car that is set back looks for room, in which steps, and what it leaves between. */
const FREE_METRES = 60
const FREE_STEP = 6
const FREE_GAP = 1

/** Parks who is idle (not who waits at a red light), wakes who drives on, and frees who is stuck. */
export function restAndRescue(
  world: World,
  seat: Seat,
  now: { input: DriveInput; touched: boolean },
  report: Report,
): void {
  const { vehicles } = world
  const { slot } = seat
  const stands = Math.abs(at(vehicles.speed, slot)) < STANDING
  const pushes = now.input.throttle !== 0
  const isDriven = pushes || isPiloted(seat) || whole(vehicles.saidRed, slot) !== 0
  const parked = (whole(vehicles.flags, slot) & VEHICLE_FLAG.parked) !== 0
  vehicles.idleTicks[slot] = stands && !isDriven ? whole(vehicles.idleTicks, slot) + 1 : 0
  vehicles.stuckTicks[slot] = stands && pushes && now.touched ? whole(vehicles.stuckTicks, slot) + 1 : 0
  if (parked && (pushes || isPiloted(seat))) {
    vehicles.flags[slot] = whole(vehicles.flags, slot) & ~VEHICLE_FLAG.parked
    noteManoeuvre(world, seat, 'GoOn', report)
  } else if (parked) {
    drawAside(world, slot)
  } else if (whole(vehicles.idleTicks, slot) >= IDLE_TICKS) {
    vehicles.flags[slot] = whole(vehicles.flags, slot) | VEHICLE_FLAG.parked
    noteManoeuvre(world, seat, 'Park', report)
  }
  if (whole(vehicles.stuckTicks, slot) >= STUCK_TICKS) unstick(world, slot)
}

/** Towards the right-hand kerb, slowly; never into a junction's middle, where there is no kerb. */
function drawAside(world: World, slot: number): void {
  const { vehicles, streets } = world
  const lane = whole(vehicles.lane, slot)
  if (lane < 0 || streets.isConnector[lane] === 1 || whole(streets.map.lanes.right, lane) >= 0) return
  if (at(vehicles.lat, slot) >= KERB) return
  const heading = at(vehicles.heading, slot)
  vehicles.x[slot] = at(vehicles.x, slot) - sinOf(heading) * DRAW_ASIDE
  vehicles.y[slot] = at(vehicles.y, slot) + cosOf(heading) * DRAW_ASIDE
}

/** Sets a car back on the road: on the nearest lane, along it, standing, in nobody. No penalty. */
export function unstick(world: World, slot: number): void {
  const { vehicles } = world
  const lane = whole(vehicles.lane, slot)
  const near = lane >= 0 ? { lane, s: at(vehicles.s, slot) } : nearestRoad(world, slot)
  standOn(world, slot, freeNear(world, slot, near))
}

/** The nearest free place up or down the lane, the very place when there is none. */
function freeNear(world: World, slot: number, { lane, s }: Spot): Spot {
  const end = at(world.streets.map.lanes.length, lane)
  for (let away = 0; away <= FREE_METRES; away += FREE_STEP) {
    for (const there of [s - away, s + away]) {
      const isOn = away === 0 || (there > FREE_STEP && there < end - FREE_STEP)
      if (isOn && isFree(world, slot, { lane, s: there })) return { lane, s: there }
    }
  }
  return { lane, s }
}

/** Whether neither traffic nor another seat's car is in the way of a car that is put there. */
function isFree(world: World, slot: number, { lane, s }: Spot): boolean {
  const { vehicles, queues, seats } = world
  const touches = (other: number) =>
    Math.abs(at(vehicles.s, other) - s) < at(vehicles.half, other) + at(vehicles.half, slot) + FREE_GAP
  for (let other = whole(queues.head, lane); other >= 0; other = whole(vehicles.behind, other))
    if (touches(other)) return false
  return !seats.some((seat) => seat && seat.slot !== slot && vehicles.lane[seat.slot] === lane && touches(seat.slot))
}

/** The place on a road that is the nearest to a car beyond all roads, to some metres. */
function nearestRoad({ vehicles, streets }: World, slot: number): Spot {
  const { lanes } = streets.map
  const point = { x: 0, y: 0 }
  let [nearest, least]: [Spot, number] = [{ lane: streets.spawnLanes[0] ?? 0, s: FREE_STEP }, Infinity]
  for (const lane of streets.spawnLanes) {
    for (let s = FREE_STEP; s < at(lanes.length, lane) - FREE_STEP; s += FREE_STEP) {
      pointOnLane(lanes, lane, { s, lat: 0 }, point)
      const metres = distanceOf(point.x - at(vehicles.x, slot), point.y - at(vehicles.y, slot))
      if (metres < least) [nearest, least] = [{ lane, s }, metres]
    }
  }
  return nearest
}

/** Puts a free car on a lane, along it, standing; its way goes on from there. */
export function standOn(world: World, slot: number, place: { lane: number; s: number }): void {
  const { vehicles } = world
  vehicles.mode[slot] = MODE.lane
  vehicles.lane[slot] = place.lane
  vehicles.s[slot] = place.s
  vehicles.lat[slot] = 0
  const pose = poseOf(world, slot, openPose())
  vehicles.mode[slot] = MODE.free
  vehicles.x[slot] = pose.x
  vehicles.y[slot] = pose.y
  vehicles.heading[slot] = pose.heading
  for (const column of [vehicles.vx, vehicles.vy, vehicles.yawRate, vehicles.speed]) column[slot] = 0
  vehicles.stuckTicks[slot] = 0
  vehicles.inside[slot] = -1
  chooseFreeWay(world, slot)
}
