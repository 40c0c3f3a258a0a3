import { at, whole } from '../../shared/driving/columns.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { ByteWriter } from '../../shared/protocol/bytes.ts'
import { FIELD } from '../../shared/protocol/frame.ts'
import {
  predictFree,
  predictLane,
  QUANTUM,
  type FreeTrack,
  type LaneTrack,
  type Track,
} from '../../shared/protocol/track.ts'
import type { World } from '../sim/state.ts'
import { MODE } from '../sim/vehicle-table.ts'

/** How far a vehicle may be from where it is expected before there is something to say: metres near and far. */
const NEAR_ERROR = 0.22
const FAR_ERROR = 0.9
const SPEED_ERROR = 0.6
const SIDE_ERROR = 0.12
const HEADING_ERROR = 0.06

const quantise = (value: number, step: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value / step))) * step

/** A vehicle as it can be told: every value on a step of its field. */
export function trackNow(world: World, slot: number, tick: number): Track {
  const { vehicles } = world
  const mode = whole(vehicles.mode, slot)
  if (mode === MODE.lane || mode === MODE.duty) return laneTrack(world, slot, tick)
  return {
    form: 'free',
    tick,
    x: quantise(at(vehicles.x, slot), QUANTUM.position, 0, 0xffffff),
    y: quantise(at(vehicles.y, slot), QUANTUM.position, 0, 0xffffff),
    heading: quantise(at(vehicles.heading, slot), QUANTUM.heading, -0x8000, 0x7fff),
    speed: quantise(at(vehicles.speed, slot), QUANTUM.freeSpeed, -0x8000, 0x7fff),
    yawRate: quantise(at(vehicles.yawRate, slot), QUANTUM.yawRate, -0x80, 0x7f),
  }
}

function laneTrack({ vehicles }: World, slot: number, tick: number): LaneTrack {
  return {
    form: 'lane',
    tick,
    lane: whole(vehicles.lane, slot),
    next: whole(vehicles.next, slot),
    s: quantise(at(vehicles.s, slot), QUANTUM.s, 0, 0xffff),
    speed: quantise(at(vehicles.speed, slot), QUANTUM.laneSpeed, 0, 0xff),
    accel: quantise(at(vehicles.accel, slot), QUANTUM.accel, -0x80, 0x7f),
    lat: quantise(at(vehicles.lat, slot), QUANTUM.lat, -0x80, 0x7f),
  }
}

/** Writes a whole track. */
export function writeTrack(out: ByteWriter, track: Track): void {
  if (track.form === 'lane') {
    out.u16(track.lane)
    out.u16(track.next + 1)
    out.u16(track.s / QUANTUM.s)
    out.u8(track.speed / QUANTUM.laneSpeed)
    out.i8(track.accel / QUANTUM.accel)
    out.i8(track.lat / QUANTUM.lat)
    return
  }
  out.u24(track.x / QUANTUM.position)
  out.u24(track.y / QUANTUM.position)
  out.u16(Math.round(track.heading / QUANTUM.heading) & 0xffff)
  out.i16(track.speed / QUANTUM.freeSpeed)
  out.i8(track.yawRate / QUANTUM.yawRate)
}

export interface Move {
  slot: number
  tick: number
  told: Track
  /** Flags as the viewer knows them. */
  flags: number
  /** View slots between this and the last one written. */
  gap: number
  isNear: boolean
}

/** Writes what the viewer could not expect of a vehicle that still moves the way it did. @returns what the viewer now knows, `null` when there was nothing to say */
export function writeMove(out: ByteWriter, world: World, move: Move): Track | null {
  const flags = whole(world.vehicles.flags, move.slot)
  const hasFlags = flags === move.flags ? 0 : FIELD.flags
  const { told } = move
  return told.form === 'lane'
    ? moveLane(out, { world, move, told, flags, hasFlags })
    : moveFree(out, { world, move, told, flags, hasFlags })
}

interface Saying<T> {
  readonly world: World
  readonly move: Move
  readonly told: T
  readonly flags: number
  readonly hasFlags: number
}

const expectedLane = { lane: 0, s: 0, speed: 0 }

function moveLane(out: ByteWriter, { world, move, told, flags, hasFlags }: Saying<LaneTrack>): Track | null {
  const { vehicles, streets } = world
  const { slot, tick, isNear } = move
  predictLane(streets.map.lanes, told, tick, expectedLane)
  const lane = whole(vehicles.lane, slot)
  const isElsewhere = lane !== expectedLane.lane
  const drift = at(vehicles.s, slot) - expectedLane.s
  const isOff =
    isElsewhere ||
    Math.abs(drift) > (isNear ? NEAR_ERROR : FAR_ERROR) ||
    Math.abs(at(vehicles.speed, slot) - expectedLane.speed) > (isNear ? SPEED_ERROR : 3 * SPEED_ERROR)
  const hasSide = Math.abs(at(vehicles.lat, slot) - told.lat) > (isNear ? SIDE_ERROR : 4 * SIDE_ERROR)
  const knownNext = isOff && lane !== told.lane ? -1 : told.next
  const next = whole(vehicles.next, slot)
  const hasNext = (isOff || lane === told.lane) && next !== knownNext && next >= 0
  if (!isOff && !hasSide && !hasNext && hasFlags === 0) return null
  const now = laneTrack(world, slot, tick)
  const isPlaced = isElsewhere || Math.abs(drift) > 127 * QUANTUM.s
  const mask =
    (isOff ? (isPlaced ? FIELD.place : FIELD.drift) | FIELD.speed | FIELD.turn : 0) |
    (hasSide ? FIELD.side : 0) |
    (hasNext ? FIELD.next : 0) |
    hasFlags
  const known: LaneTrack = isOff ? { ...now, next: knownNext, lat: told.lat } : { ...told }
  out.u8(move.gap)
  out.u8(mask)
  if (mask & FIELD.place) {
    out.u16(now.lane)
    out.u16(now.s / QUANTUM.s)
  }
  if (hasNext) {
    known.next = next
    out.u16(next + 1)
  }
  if (mask & FIELD.drift) {
    const steps = Math.round(drift / QUANTUM.s)
    known.s = expectedLane.s + steps * QUANTUM.s
    out.i8(steps)
  }
  if (isOff) {
    out.u8(now.speed / QUANTUM.laneSpeed)
    out.i8(now.accel / QUANTUM.accel)
  }
  if (hasSide) {
    known.lat = now.lat
    out.i8(now.lat / QUANTUM.lat)
  }
  if (hasFlags) out.varint(flags)
  return known
}

const expectedFree = { x: 0, y: 0, heading: 0 }

function moveFree(out: ByteWriter, { world, move, told, flags, hasFlags }: Saying<FreeTrack>): Track | null {
  const { slot, tick, isNear } = move
  const now = trackNow(world, slot, tick)
  if (now.form !== 'free') return null
  predictFree(told, tick, expectedFree)
  const dx = now.x - expectedFree.x
  const dy = now.y - expectedFree.y
  const error = isNear ? NEAR_ERROR : FAR_ERROR
  const isOff =
    dx * dx + dy * dy > error * error ||
    Math.abs(wrapAngle(now.heading - expectedFree.heading)) > (isNear ? HEADING_ERROR : 4 * HEADING_ERROR) ||
    Math.abs(now.speed - told.speed) > SPEED_ERROR
  if (!isOff && hasFlags === 0) return null
  const steps = { x: Math.round(dx / QUANTUM.position), y: Math.round(dy / QUANTUM.position) }
  const isPlaced = Math.abs(steps.x) > 127 || Math.abs(steps.y) > 127
  const mask = (isOff ? (isPlaced ? FIELD.place : FIELD.drift) | FIELD.speed | FIELD.turn : 0) | hasFlags
  out.u8(move.gap)
  out.u8(mask)
  const known: FreeTrack = isOff ? now : { ...told }
  if (mask & FIELD.place) {
    out.u24(now.x / QUANTUM.position)
    out.u24(now.y / QUANTUM.position)
  }
  if (mask & FIELD.drift) {
    known.x = expectedFree.x + steps.x * QUANTUM.position
    known.y = expectedFree.y + steps.y * QUANTUM.position
    out.i8(steps.x)
    out.i8(steps.y)
  }
  if (isOff) {
    out.i16(now.speed / QUANTUM.freeSpeed)
    out.u16(Math.round(now.heading / QUANTUM.heading) & 0xffff)
    out.i8(now.yawRate / QUANTUM.yawRate)
  }
  if (hasFlags) out.varint(flags)
  return known
}
