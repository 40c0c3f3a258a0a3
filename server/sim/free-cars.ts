import type { DriveInput } from '../../shared/model/command.ts'
import type { CarState } from '../../shared/driving/car.ts'
import { brakingHold, forwardSpeed } from '../../shared/driving/car.ts'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { driveTick } from '../../shared/driving/drive.ts'
import type { LanePlace } from '../../shared/driving/lane-finder.ts'
import { findLane } from '../../shared/driving/lane-finder.ts'
import type { Surface } from '../../shared/driving/surface.ts'
import { surfaceFor } from '../../shared/driving/surface.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { BRAKING_LIGHT } from './advance.ts'
import { autopilotInput } from './autopilot.ts'
import { passFreeCameras } from './free-cameras.ts'
import { SET_OFF } from './junction.ts'
import { watchManoeuvres } from './manoeuvres.ts'
import { restAndRescue } from './parking.ts'
import type { Report } from './report.ts'
import { conditionOf, kindOf } from './slots.ts'
import type { Seat, World } from './state.ts'
import { DT, WEATHERS } from './state.ts'
import { isPiloted } from './seats.ts'
import { chooseFreeWay, showIndicators } from './trip.ts'

const STANDING = 0.3

/** Drives every seat's car by one tick: what it is told, or its autopilot; then what cameras and logbook see of it. */
export function stepFreeCars(world: World, report: Report): void {
  for (const seat of world.seats) if (seat) stepFreeCar(world, seat, report)
}

/** What is worked out for one car after the other, sixty times a second each: written anew for every one, kept by none. */
const car: CarState = { kind: 'sedan', x: 0, y: 0, heading: 0, vx: 0, vy: 0, yawRate: 0 }
const before = { x: 0, y: 0, speed: 0 }
const surface: Surface = { grip: 1, braking: 1, power: 1 }
const pose = { x: 0, y: 0, heading: 0, meant: -1 }
const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }

function stepFreeCar(world: World, seat: Seat, report: Report): void {
  const { vehicles } = world
  const { slot } = seat
  readCar(world, slot)
  before.x = car.x
  before.y = car.y
  before.speed = at(vehicles.speed, slot)
  surfaceUnder(world, slot)
  const input = inputFor(world, seat, surface)
  const touched = driveTick(car, input, { surface, obstacles: world.streets.obstacles })
  writeCar(world, slot)
  vehicles.accel[slot] = (at(vehicles.speed, slot) - before.speed) / DT
  vehicles.waited[slot] = isPiloted(seat) ? waitedBy(world, slot) : 0
  placeCar(world, slot)
  showFlags(world, seat, input, surface)
  passFreeCameras(world, slot, before, report)
  watchManoeuvres(world, seat, place, report)
  restAndRescue(world, seat, { input, touched }, report)
}

/** Ticks that a car that drives itself has stood for others, as traffic counts them: its turn comes as well. */
function waitedBy({ vehicles }: World, slot: number): number {
  const speed = at(vehicles.speed, slot)
  if (speed >= SET_OFF) return 0
  return whole(vehicles.waited, slot) + (speed < STANDING ? 1 : 0)
}

/** The seat's own hands, softened by its assists, or the autopilot's. */
function inputFor(world: World, seat: Seat, surface: Surface): DriveInput {
  if (isPiloted(seat)) return autopilotInput(world, seat.slot, surface)
  const { throttle, steering, handbrake, assists } = seat
  if (!assists.steering && !assists.braking && assists.speedCap >= 1) return { throttle, steering, handbrake }
  const pilot = autopilotInput(world, seat.slot, surface)
  const capped = capThrottle(world, seat, throttle)
  const watches = assists.braking && throttle > 0 && whole(world.vehicles.lane, seat.slot) >= 0
  const told = watches && pilot.throttle < capped && mustSlow(world, seat.slot, pilot) ? pilot : null
  const blended = Math.max(-1, Math.min(1, steering === 0 ? pilot.steering : steering * 0.8 + pilot.steering * 0.2))
  return {
    throttle: told ? Math.min(0, told.throttle) : capped,
    steering: assists.steering ? blended : steering,
    handbrake: handbrake || (told?.handbrake ?? false),
  }
}

/** The braking assist brakes and holds; it does not keep a driver from going slower than it would. */
const mustSlow = (world: World, slot: number, pilot: DriveInput): boolean =>
  pilot.handbrake || (pilot.throttle < 0 && at(world.vehicles.speed, slot) > STANDING)

function capThrottle(world: World, { slot, assists }: Seat, throttle: number): number {
  const most = at(world.vehicles.speed, slot) / FULL_SPEED
  return throttle > 0 && most >= assists.speedCap ? 0 : throttle
}

/** m/s that a speed cap of 1 stands for. */
const FULL_SPEED = 41.8

function readCar(world: World, slot: number): void {
  const { vehicles } = world
  car.kind = kindOf(world, slot)
  car.x = at(vehicles.x, slot)
  car.y = at(vehicles.y, slot)
  car.heading = at(vehicles.heading, slot)
  car.vx = at(vehicles.vx, slot)
  car.vy = at(vehicles.vy, slot)
  car.yawRate = at(vehicles.yawRate, slot)
}

function writeCar({ vehicles }: World, slot: number): void {
  vehicles.x[slot] = car.x
  vehicles.y[slot] = car.y
  vehicles.heading[slot] = car.heading
  vehicles.vx[slot] = car.vx
  vehicles.vy[slot] = car.vy
  vehicles.yawRate[slot] = car.yawRate
  vehicles.speed[slot] = forwardSpeed(car)
}

/** The surface that the law of motion gets; clients need the same one to predict. */
function surfaceUnder(world: World, slot: number): void {
  const weather = WEATHERS[whole(world.clock.weather, 0)] ?? 'clear'
  surfaceFor(weather, conditionOf(world, slot), surface)
}

/** Projects the car on its nearest lane; on another lane than before it needs another way. */
export function placeCar(world: World, slot: number): void {
  const { vehicles } = world
  const lane = whole(vehicles.lane, slot)
  pose.x = at(vehicles.x, slot)
  pose.y = at(vehicles.y, slot)
  pose.heading = at(vehicles.heading, slot)
  pose.meant = world.streets.isConnector[lane] === 1 ? lane : whole(vehicles.next, slot)
  place.s = 0
  place.lat = 0
  place.distance = 0
  findLane(world.streets.finder, pose, place)
  const changed = lane !== place.lane
  vehicles.lane[slot] = place.lane
  vehicles.s[slot] = place.s
  vehicles.lat[slot] = place.lat
  if (changed && place.lane >= 0) chooseFreeWay(world, slot)
}

/** Brake lights mean braking: not a pilot's foot that lifts a little at a steady speed. */
function showFlags(world: World, seat: Seat, input: DriveInput, surface: Surface): void {
  const { vehicles } = world
  const { slot } = seat
  if (isPiloted(seat)) showIndicators(world, slot)
  const speed = at(vehicles.speed, slot)
  const slip = Math.abs(
    at(vehicles.vx, slot) * at(vehicles.vx, slot) + at(vehicles.vy, slot) * at(vehicles.vy, slot) - speed * speed,
  )
  const kept = whole(vehicles.flags, slot) & ~(VEHICLE_FLAG.braking | VEHICLE_FLAG.reversing | VEHICLE_FLAG.slipping)
  const push = input.throttle * brakingHold(CAR_LAWS[kindOf(world, slot)], surface)
  const braking = input.handbrake || (push < BRAKING_LIGHT && speed > STANDING) ? VEHICLE_FLAG.braking : 0
  const reversing = speed < -STANDING ? VEHICLE_FLAG.reversing : 0
  vehicles.flags[slot] = kept | braking | reversing | (slip > 4 ? VEHICLE_FLAG.slipping : 0)
}
