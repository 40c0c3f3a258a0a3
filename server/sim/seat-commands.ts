import type { CommandRefusal, DriveInput, WorldCommand } from '../../shared/model/command.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { whole } from '../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { noteCondition, setPart } from './condition.ts'
import { PROFESSIONAL } from './characters.ts'
import { placeCar } from './free-cars.ts'
import { standOn, unstick } from './parking.ts'
import type { Report } from './report.ts'
import { isPiloted, seatNamed } from './seats.ts'
import { conditionOf, giveSlotBack, takeSlot } from './slots.ts'
import { freePlace } from './spawn.ts'
import { startPlace } from './start-place.ts'
import type { Seat, World } from './state.ts'
import { beginTrip } from './trip.ts'

export type CommandOf<K extends WorldCommand['kind']> = Extract<WorldCommand, { readonly kind: K }>

/** Kinds that a seat cannot have: they belong to the city. */
const CITY_KINDS: readonly VehicleKind[] = ['drone', 'response']
const MOST_ID_LENGTH = 64
const HORN_TICKS = 3 * TICKS_PER_SECOND

export const refuse = (code: CommandRefusal['code'], field: string): CommandRefusal => ({ code, field })

/** A new seat gets a car on a safe place of the road. @returns why not, or `null` */
export function join(world: World, command: CommandOf<'join'>, report: Report): CommandRefusal | null {
  const { seatId, plate, vehicle, colour } = command
  if (seatId === '' || seatId.length > MOST_ID_LENGTH) return refuse('out-of-range', 'join.seatId')
  if (plate === '' || plate.length > MOST_ID_LENGTH) return refuse('out-of-range', 'join.plate')
  if (!Number.isInteger(colour) || colour < 0 || colour > 0xffffff) return refuse('out-of-range', 'join.colour')
  if (seatNamed(world, seatId)) return refuse('taken', 'join.seatId')
  if (world.scratch.slotOfPlate.has(plate)) return refuse('taken', 'join.plate')
  if (CITY_KINDS.includes(vehicle)) return refuse('not-allowed', 'join.vehicle')
  const index = seatIndex(world)
  const n = 0x10000 + whole(world.clock.joins, 0)
  const place = startPlace(world) ?? freePlace(world, n) ?? anyPlace(world)
  const slot = takeSlot(world, { kind: vehicle, plate, colour, character: PROFESSIONAL, seat: index })
  if (slot < 0) return refuse('full', 'join')
  world.clock.joins[0] = whole(world.clock.joins, 0) + 1
  world.seats[index] = openSeat(seatId, slot)
  beginTrip(world, slot)
  standOn(world, slot, place)
  placeCar(world, slot)
  report.note({ kind: 'vehicle-joined', plate, vehicle, seatId, condition: conditionOf(world, slot) }, null)
  return null
}

/** Cars of seats are ghosts to one another, so that a full street is no reason to wait outside. */
const anyPlace = (world: World) => ({ lane: world.streets.spawnLanes[0] ?? 0, s: 10 })

function seatIndex(world: World): number {
  const empty = world.seats.indexOf(null)
  return empty >= 0 ? empty : world.seats.length
}

const openSeat = (seatId: string, slot: number): Seat => ({
  seatId,
  slot,
  seq: 0,
  throttle: 0,
  steering: 0,
  handbrake: false,
  assists: { steering: false, braking: false, speedCap: 1, autopilot: false },
  isOffline: false,
  isHeld: false,
  hornAt: -HORN_TICKS,
  measured: { camera: -1, tick: 0 },
  errand: null,
  errandsDone: 0,
})

export function leave(world: World, { seatId }: CommandOf<'leave'>, report: Report): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'leave.seatId')
  const plate = world.plates[seat.slot] ?? ''
  world.seats[whole(world.vehicles.seat, seat.slot)] = null
  giveSlotBack(world, seat.slot)
  report.note({ kind: 'vehicle-left', plate, seatId }, null)
  return null
}

export function drive(world: World, { seatId, seq, input }: CommandOf<'drive'>): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'drive.seatId')
  if (!Number.isInteger(seq) || seq < 0) return refuse('out-of-range', 'drive.seq')
  const field = fieldOutOfRange(input)
  if (field) return refuse('out-of-range', `drive.input.${field}`)
  seat.seq = seq
  seat.throttle = input.throttle
  seat.steering = input.steering
  seat.handbrake = input.handbrake
  if (seat.isHeld && !seat.isOffline && isHandled(seat)) takeWheel(world, seat)
  return null
}

const isHandled = ({ throttle, steering, handbrake }: Seat): boolean => throttle !== 0 || steering !== 0 || handbrake

function takeWheel(world: World, seat: Seat): void {
  seat.isHeld = false
  if (!isPiloted(seat)) clearIndicators(world, seat)
}

function fieldOutOfRange({ throttle, steering }: DriveInput): 'throttle' | 'steering' | null {
  if (!(throttle >= -1 && throttle <= 1)) return 'throttle'
  return steering >= -1 && steering <= 1 ? null : 'steering'
}

export function freeStuck(world: World, { seatId }: CommandOf<'unstick'>): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'unstick.seatId')
  unstick(world, seat.slot)
  return null
}

export function assist(world: World, { seatId, assists }: CommandOf<'assist'>): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'assist.seatId')
  const { speedCap } = assists
  if (!(speedCap >= 0.5 && speedCap <= 1)) return refuse('out-of-range', 'assist.assists.speedCap')
  const wasPiloted = isPiloted(seat)
  seat.assists = { ...assists }
  if (wasPiloted && !isPiloted(seat)) clearIndicators(world, seat)
  return null
}

/** Whoever takes the wheel finds the indicators off: what the pilot showed was its own intention. */
function clearIndicators({ vehicles }: World, { slot }: Seat): void {
  vehicles.flags[slot] = whole(vehicles.flags, slot) & ~(VEHICLE_FLAG.indicatorLeft | VEHICLE_FLAG.indicatorRight)
}

const SWITCH_FLAG = {
  headlights: VEHICLE_FLAG.headlights,
  indicatorLeft: VEHICLE_FLAG.indicatorLeft,
  indicatorRight: VEHICLE_FLAG.indicatorRight,
} as const

export function switchPart(world: World, command: CommandOf<'switch'>, report: Report): CommandRefusal | null {
  const seat = seatNamed(world, command.seatId)
  if (!seat) return refuse('unknown-seat', 'switch.seatId')
  const { vehicles } = world
  const { slot } = seat
  if (command.part === 'seatBelt') {
    if ((vehicles.beltFastened[slot] === 1) === command.on) return null
    setPart(world, slot, 'seatBelt', command.on)
    noteCondition(world, slot, { part: 'seatBelt', cause: null }, report)
    return null
  }
  if (command.part === 'headlights' && command.on && vehicles.lampsWorking[slot] !== 1) {
    return refuse('not-now', 'switch.part')
  }
  const flag = SWITCH_FLAG[command.part]
  const flags = whole(vehicles.flags, slot)
  vehicles.flags[slot] = command.on ? flags | flag : flags & ~flag
  return null
}

/** No griefing: a horn sounds at most once per three seconds. */
export function horn(world: World, { seatId }: CommandOf<'horn'>): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'horn.seatId')
  const tick = whole(world.clock.tick, 0)
  if (tick - seat.hornAt < HORN_TICKS) return refuse('not-now', 'horn')
  seat.hornAt = tick
  world.vehicles.flags[seat.slot] = whole(world.vehicles.flags, seat.slot) | VEHICLE_FLAG.horn
  return null
}

export function goOffline(world: World, { seatId, offline }: CommandOf<'offline'>): CommandRefusal | null {
  const seat = seatNamed(world, seatId)
  if (!seat) return refuse('unknown-seat', 'offline.seatId')
  seat.isOffline = offline
  if (offline) seat.isHeld = true
  const flags = whole(world.vehicles.flags, seat.slot)
  world.vehicles.flags[seat.slot] = offline ? flags | VEHICLE_FLAG.offline : flags & ~VEHICLE_FLAG.offline
  return null
}
