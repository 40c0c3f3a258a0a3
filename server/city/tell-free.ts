import { at } from '../../shared/driving/columns.ts'
import { wrapAngle } from '../../shared/driving/trig.ts'
import type { ByteWriter } from '../../shared/protocol/bytes.ts'
import { FIELD } from '../../shared/protocol/frame.ts'
import { predictFree, QUANTUM, stepsOf, type FreeTrack } from '../../shared/protocol/track.ts'
import { closenessOf, ERRORS, quantise, slotOf, TOLD, type ToldTracks } from './told-tracks.ts'

const MOVED = FIELD.speed | FIELD.turn
const MOST_DRIFT = 127
/** Who drives freely is watched for every change of speed, so this one is not coarser for those further away. */
const SPEED_ERROR = ERRORS.speed[0]
const known: FreeTrack = { form: 'free', tick: 0, x: 0, y: 0, heading: 0, speed: 0, yawRate: 0 }
const expected = { x: 0, y: 0, heading: 0 }

/** Takes the track of a vehicle in the plane as it is now. */
export function takeFree({ tracks, tick, world }: ToldTracks, row: number): void {
  const { vehicles } = world
  const slot = slotOf(row)
  const to = row * TOLD.size
  tracks[to + TOLD.at] = tick
  tracks[to + TOLD.x] = quantise(at(vehicles.x, slot), QUANTUM.position, 0, 0xffffff)
  tracks[to + TOLD.y] = quantise(at(vehicles.y, slot), QUANTUM.position, 0, 0xffffff)
  tracks[to + TOLD.heading] = (stepsOf(at(vehicles.heading, slot), QUANTUM.heading) & 0xffff) * QUANTUM.heading
  tracks[to + TOLD.speed] = quantise(at(vehicles.speed, slot), QUANTUM.freeSpeed, -0x8000, 0x7fff)
  tracks[to + TOLD.yawRate] = quantise(at(vehicles.yawRate, slot), QUANTUM.yawRate, -0x80, 0x7f)
}

export function writeFree(out: ByteWriter, { tracks }: ToldTracks, row: number): void {
  const from = row * TOLD.size
  out.u24(at(tracks, from + TOLD.x) / QUANTUM.position)
  out.u24(at(tracks, from + TOLD.y) / QUANTUM.position)
  out.u16(at(tracks, from + TOLD.heading) / QUANTUM.heading)
  out.i16(at(tracks, from + TOLD.speed) / QUANTUM.freeSpeed)
  out.i8(at(tracks, from + TOLD.yawRate) / QUANTUM.yawRate)
}

/** Writes what could not be expected of a vehicle in the plane, if there is anything. */
export function tellFree(told: ToldTracks, row: number, hasFlags: boolean): void {
  const { vehicles } = told.world
  const slot = slotOf(row)
  expectFree(told, row * TOLD.size)
  const closeness = closenessOf(row)
  const dx = at(vehicles.x, slot) - expected.x
  const dy = at(vehicles.y, slot) - expected.y
  const isOff =
    dx * dx + dy * dy > ERRORS.place[closeness] * ERRORS.place[closeness] ||
    Math.abs(at(vehicles.speed, slot) - known.speed) > SPEED_ERROR ||
    Math.abs(wrapAngle(at(vehicles.heading, slot) - expected.heading)) > ERRORS.heading[closeness]
  if (isOff) sayPlace(told, row, hasFlags ? FIELD.flags : 0)
  else if (hasFlags) told.says.u8(FIELD.flags)
}

/** Where those who know the row that begins at `from` expect the vehicle now. */
function expectFree({ tracks, tick }: ToldTracks, from: number): void {
  known.tick = at(tracks, from + TOLD.at)
  known.x = at(tracks, from + TOLD.x)
  known.y = at(tracks, from + TOLD.y)
  known.heading = at(tracks, from + TOLD.heading)
  known.speed = at(tracks, from + TOLD.speed)
  known.yawRate = at(tracks, from + TOLD.yawRate)
  predictFree(known, tick, expected)
}

/** The mask, and the fields from the place to the turn. */
function sayPlace(told: ToldTracks, row: number, mask: number): void {
  const { says, tracks } = told
  const from = row * TOLD.size
  takeFree(told, row)
  const [x, y] = [at(tracks, from + TOLD.x) / QUANTUM.position, at(tracks, from + TOLD.y) / QUANTUM.position]
  const dx = x - stepsOf(expected.x, QUANTUM.position)
  const dy = y - stepsOf(expected.y, QUANTUM.position)
  const isPlaced = Math.abs(dx) > MOST_DRIFT || Math.abs(dy) > MOST_DRIFT
  says.u8(mask | MOVED | (isPlaced ? FIELD.place : FIELD.drift))
  if (isPlaced) {
    says.u24(x)
    says.u24(y)
  } else {
    says.i8(dx)
    says.i8(dy)
  }
  says.i16(at(tracks, from + TOLD.speed) / QUANTUM.freeSpeed)
  says.u16(at(tracks, from + TOLD.heading) / QUANTUM.heading)
  says.i8(at(tracks, from + TOLD.yawRate) / QUANTUM.yawRate)
}
