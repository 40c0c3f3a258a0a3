import { at, whole } from '../../shared/driving/columns.ts'
import type { ByteWriter } from '../../shared/protocol/bytes.ts'
import { FIELD } from '../../shared/protocol/frame.ts'
import { believedSeconds, distanceIn, QUANTUM, stepsOf, TICK_SECONDS, walkOn } from '../../shared/protocol/track.ts'
import { closenessOf, ERRORS, quantise, slotOf, TOLD, type ToldTracks } from './told-tracks.ts'

const MOVED = FIELD.speed | FIELD.turn
const MOST_DRIFT = 127
const expected = { lane: 0, s: 0, speed: 0 }

/** Takes the track of a lane's vehicle as it is now. */
export function takeLane(told: ToldTracks, row: number): void {
  const { vehicles } = told.world
  const slot = slotOf(row)
  const to = row * TOLD.size
  told.tracks[to + TOLD.next] = whole(vehicles.next, slot)
  told.tracks[to + TOLD.lat] = quantise(at(vehicles.lat, slot), QUANTUM.lat, -0x80, 0x7f)
  takeMotion(told, row)
}

function takeMotion(told: ToldTracks, row: number): void {
  const { tracks } = told
  const { vehicles } = told.world
  const slot = slotOf(row)
  const to = row * TOLD.size
  tracks[to + TOLD.at] = told.tick
  tracks[to + TOLD.lane] = whole(vehicles.lane, slot)
  tracks[to + TOLD.s] = quantise(at(vehicles.s, slot), QUANTUM.s, 0, 0xffff)
  tracks[to + TOLD.speed] = quantise(at(vehicles.speed, slot), QUANTUM.laneSpeed, 0, 0xff)
  tracks[to + TOLD.accel] = quantise(at(vehicles.accel, slot), QUANTUM.accel, -0x80, 0x7f)
}

export function writeLane(out: ByteWriter, { tracks }: ToldTracks, row: number): void {
  const from = row * TOLD.size
  out.u16(at(tracks, from + TOLD.lane))
  out.u16(at(tracks, from + TOLD.next) + 1)
  out.u16(at(tracks, from + TOLD.s) / QUANTUM.s)
  out.u8(at(tracks, from + TOLD.speed) / QUANTUM.laneSpeed)
  out.i8(at(tracks, from + TOLD.accel) / QUANTUM.accel)
  out.i8(at(tracks, from + TOLD.lat) / QUANTUM.lat)
}

/** Writes what could not be expected of a lane's vehicle, if there is anything. */
export function tellLane(told: ToldTracks, row: number, hasFlags: boolean): void {
  const { tracks, says } = told
  const { vehicles } = told.world
  const slot = slotOf(row)
  const from = row * TOLD.size
  expectLane(told, from)
  const lane = whole(vehicles.lane, slot)
  const next = whole(vehicles.next, slot)
  const lat = at(vehicles.lat, slot)
  const closeness = closenessOf(row)
  const isOff =
    lane !== expected.lane ||
    Math.abs(at(vehicles.s, slot) - expected.s) > ERRORS.place[closeness] ||
    Math.abs(at(vehicles.speed, slot) - expected.speed) > ERRORS.speed[closeness]
  const isAside = Math.abs(lat - at(tracks, from + TOLD.lat)) > ERRORS.side[closeness]
  const hasLeft = lane !== at(tracks, from + TOLD.lane)
  const knownNext = isOff && hasLeft ? -1 : at(tracks, from + TOLD.next)
  const hasNext = next !== knownNext && next >= 0 && (isOff || !hasLeft)
  if (!isOff && !isAside && !hasNext && !hasFlags) return
  const mask = (isAside ? FIELD.side : 0) | (hasNext ? FIELD.next : 0) | (hasFlags ? FIELD.flags : 0)
  tracks[from + TOLD.next] = hasNext ? next : knownNext
  if (isOff) sayPlace(told, row, mask)
  else says.u8(mask)
  if (hasNext && !isOff) says.u16(next + 1)
  if (!isAside) return
  tracks[from + TOLD.lat] = quantise(lat, QUANTUM.lat, -0x80, 0x7f)
  says.i8(at(tracks, from + TOLD.lat) / QUANTUM.lat)
}

/** Where those who know the row that begins at `from` expect the vehicle now. */
function expectLane({ tracks, tick, world }: ToldTracks, from: number): void {
  const { lanes } = world.streets.map
  const seconds = (tick - at(tracks, from + TOLD.at)) * TICK_SECONDS
  const speed = at(tracks, from + TOLD.speed)
  const accel = at(tracks, from + TOLD.accel)
  const believed = believedSeconds(speed, accel, seconds)
  expected.speed = speed + accel * believed
  expected.s = at(tracks, from + TOLD.s) + distanceIn(speed, accel, believed, seconds)
  expected.lane = at(tracks, from + TOLD.lane)
  if (expected.s > at(lanes.length, expected.lane)) walkOn(lanes, at(tracks, from + TOLD.next), expected)
}

/** The mask, and the fields from the place to the acceleration. */
function sayPlace(told: ToldTracks, row: number, mask: number): void {
  const { says, tracks } = told
  const from = row * TOLD.size
  takeMotion(told, row)
  const lane = at(tracks, from + TOLD.lane)
  const s = at(tracks, from + TOLD.s) / QUANTUM.s
  const drift = s - stepsOf(expected.s, QUANTUM.s)
  const isPlaced = lane !== expected.lane || drift > MOST_DRIFT || drift < -MOST_DRIFT
  says.u8(mask | MOVED | (isPlaced ? FIELD.place : FIELD.drift))
  if (isPlaced) {
    says.u16(lane)
    says.u16(s)
  }
  if (mask & FIELD.next) says.u16(at(tracks, from + TOLD.next) + 1)
  if (!isPlaced) says.i8(drift)
  says.u8(at(tracks, from + TOLD.speed) / QUANTUM.laneSpeed)
  says.i8(at(tracks, from + TOLD.accel) / QUANTUM.accel)
}
