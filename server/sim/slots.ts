import { invariant } from '../../shared/assert.ts'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { VehicleCondition, VehicleKind } from '../../shared/model/vehicle.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { randomShare } from '../../shared/random.ts'
import { CHARACTERS } from './characters.ts'
import { COMFORTABLE_BRAKING } from './follow.ts'
import { dropClaim } from './junction.ts'
import { leaveQueue } from './queues.ts'
import type { World } from './state.ts'
import { STREAM, streamFor } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** m/s² on a free road, before the driver's character. */
const USUAL_ACCELERATION = 2.1
const HEAVY_ACCELERATION = 1.1
const HEAVY: readonly VehicleKind[] = ['bus', 'tow-truck']

export interface NewVehicle {
  readonly kind: VehicleKind
  readonly plate: string
  readonly colour: number
  readonly character: number
  /** Index into the seats, −1 for none. */
  readonly seat: number
}

/** Gives a vehicle an empty slot; its place on the street is the caller's business. @returns −1 when the city is full */
export function takeSlot(world: World, made: NewVehicle): number {
  const { vehicles, clock, free } = world
  const left = whole(clock.freeCount, 0)
  if (left === 0) return -1
  const slot = whole(free.slot, left - 1)
  clock.freeCount[0] = left - 1
  clock.highWater[0] = Math.max(whole(clock.highWater, 0), slot + 1)
  clearRow(world, slot)
  vehicles.kind[slot] = VEHICLE_KINDS.indexOf(made.kind)
  vehicles.half[slot] = CAR_LAWS[made.kind].length / 2
  vehicles.most[slot] = CAR_LAWS[made.kind].topSpeed
  vehicles.colour[slot] = made.colour
  vehicles.seat[slot] = made.seat
  giveCharacter(world, slot, made)
  giveCondition(world, slot)
  world.plates[slot] = made.plate
  world.scratch.slotOfPlate.set(made.plate, slot)
  return slot
}

/** Everything of the row but its generation, which outlives the vehicle. */
function clearRow({ vehicles }: World, slot: number): void {
  const { generation } = vehicles
  const next = whole(generation, slot) + 1
  for (const column of Object.values(vehicles) as (Float64Array | Int32Array)[]) column[slot] = 0
  generation[slot] = next
  for (const column of [vehicles.lane, vehicles.next, vehicles.want, vehicles.goal, vehicles.ahead]) column[slot] = -1
  for (const column of [vehicles.behind, vehicles.claim, vehicles.inside, vehicles.seat]) column[slot] = -1
}

function giveCharacter(world: World, slot: number, { kind, character }: NewVehicle): void {
  const { vehicles, settings } = world
  const { desired, headway, eager } = CHARACTERS[character] ?? { desired: [1, 1], headway: 1.2, eager: 1 }
  const share = randomShare(settings.seed, streamFor(STREAM.spawn, slot), whole(vehicles.generation, slot))
  vehicles.character[slot] = character
  vehicles.desired[slot] = desired[0] + (desired[1] - desired[0]) * share
  vehicles.headway[slot] = headway
  const acceleration = eager * (HEAVY.includes(kind) ? HEAVY_ACCELERATION : USUAL_ACCELERATION)
  vehicles.eager[slot] = acceleration
  vehicles.ease[slot] = 1 / (2 * Math.sqrt(acceleration * COMFORTABLE_BRAKING))
}

/** Cars come to the city as they are: some belts open, some lamps dead, some tyres worn. */
function giveCondition(world: World, slot: number): void {
  const { vehicles, settings } = world
  const stream = streamFor(STREAM.condition, slot)
  const share = (n: number) => randomShare(settings.seed, stream, whole(vehicles.generation, slot) * 8 + n)
  vehicles.brakeWear[slot] = 0.05 + 0.75 * share(0) * share(0)
  vehicles.tread[slot] = 8 - 6.6 * share(1) * share(1)
  vehicles.fuel[slot] = 0.45 + 0.55 * share(2)
  vehicles.lampsWorking[slot] = share(3) < 0.88 ? 1 : 0
  vehicles.beltFastened[slot] = share(4) < 0.85 ? 1 : 0
}

/** Takes a vehicle off the street and its slot back. */
export function giveSlotBack(world: World, slot: number): void {
  const { vehicles, clock, free } = world
  invariant(vehicles.mode[slot] !== MODE.none || world.plates[slot] !== '', 'an empty slot cannot be given back')
  leaveStreet(world, slot)
  vehicles.mode[slot] = MODE.none
  world.scratch.slotOfPlate.delete(world.plates[slot] ?? '')
  world.plates[slot] = ''
  const left = whole(clock.freeCount, 0)
  free.slot[left] = slot
  clock.freeCount[0] = left + 1
}

/** Takes a vehicle out of its queue, with its claim and the trace it left behind. */
export function leaveStreet(world: World, slot: number): void {
  const { vehicles, queues } = world
  dropClaim(world, slot)
  if (vehicles.mode[slot] === MODE.lane) leaveQueue(queues, vehicles, slot)
  for (let lane = 0; lane < world.streets.map.lanes.count; lane += 1) {
    if (queues.lastOut[lane] === slot) queues.lastOut[lane] = -1
  }
}

/** @returns the vehicle's condition as the inspector writes it down */
export function conditionOf({ vehicles }: World, slot: number): VehicleCondition {
  return {
    brakeWear: Math.round(at(vehicles.brakeWear, slot) * 1000) / 1000,
    tyreTreadMm: Math.round(at(vehicles.tread, slot) * 100) / 100,
    headlightsWorking: vehicles.lampsWorking[slot] === 1,
    seatBeltFastened: vehicles.beltFastened[slot] === 1,
    fuel: Math.round(at(vehicles.fuel, slot) * 1000) / 1000,
  }
}

export const kindOf = (world: World, slot: number): VehicleKind =>
  VEHICLE_KINDS[whole(world.vehicles.kind, slot)] ?? 'sedan'
