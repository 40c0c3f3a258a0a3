import { at, whole } from '../../shared/driving/columns.ts'
import type { ByteWriter } from '../../shared/protocol/bytes.ts'
import { FIELD } from '../../shared/protocol/frame.ts'
import { identityOf } from './street-scan.ts'
import { takeFree, tellFree, writeFree } from './tell-free.ts'
import { takeLane, tellLane, writeLane } from './tell-lane.ts'
import {
  closenessOf,
  FAR_ROW,
  MARK,
  NEAR_ROW,
  rowOf,
  slotOf,
  TOLD,
  type Closeness,
  type ToldTracks,
} from './told-tracks.ts'

/** Ticks after which a viewer says once more whose rows it wants, and after which a row that nobody wants is let go. */
export const WANT_STRIDE = 12
const LEASE = 24
/**
 * Traffic goes on much as it did: whoever is near somebody is looked at once in this many ticks, the others are once in
 * that many, in turns; cars that somebody drives at every tick. Powers of two.
 */
const NEAR_TURNS = 2
const FAR_TURNS = 8

/** Brings all wanted rows up to this tick, unless that has been done, and notes what there is to say of each. */
export function tellStreet(told: ToldTracks, tick: number): void {
  if (told.tick === tick) return
  const isNext = tick === told.tick + 1
  told.tick = tick
  told.says.clear()
  told.changedCount = 0
  tellTurn(told, NEAR_ROW, isNext ? NEAR_TURNS : 1)
  tellTurn(told, FAR_ROW, isNext ? FAR_TURNS : 1)
  if (isNext) tellSeats(told)
}

/** Every row of a closeness whose turn it is. */
function tellTurn(told: ToldTracks, closeness: Closeness, turns: number): void {
  const { tick, world } = told
  const wantedAt = told.wantedAt[closeness]
  const oldest = tick - LEASE
  const highWater = world.clock.highWater[0] ?? 0
  for (let slot = tick & (turns - 1); slot < highWater; slot += turns)
    if (whole(wantedAt, slot) >= oldest) tellRow(told, slot, closeness)
}

/** The near rows of those whose turn it is not. */
function tellSeats(told: ToldTracks): void {
  const { tick, world } = told
  const wantedAt = told.wantedAt[NEAR_ROW]
  for (const seat of world.seats)
    if (seat !== null && ((seat.slot ^ tick) & (NEAR_TURNS - 1)) !== 0 && whole(wantedAt, seat.slot) >= tick - LEASE)
      tellRow(told, seat.slot, NEAR_ROW)
}

function tellRow(told: ToldTracks, slot: number, closeness: Closeness): void {
  const identity = identityOf(told.world, slot)
  if (identity < 0) return
  const row = rowOf(slot, closeness)
  if (identity !== told.marks[row * MARK.size + MARK.identity]) {
    begin(told, row, identity)
    return
  }
  const { says, tracks } = told
  const from = says.length
  const flags = whole(told.world.vehicles.flags, slot)
  const hasFlags = flags !== tracks[row * TOLD.size + TOLD.flags]
  if (identity & 1) tellLane(told, row, hasFlags)
  else tellFree(told, row, hasFlags)
  if (says.length === from) return
  if (hasFlags) {
    tracks[row * TOLD.size + TOLD.flags] = flags
    says.varint(flags)
  }
  note(told, row, whole(told.marks, row * MARK.size + MARK.changedAt))
  told.marks[row * MARK.size + MARK.sayAt] = from
  told.marks[row * MARK.size + MARK.sayLength] = says.length - from
}

/** A row of somebody new, or of whom nobody wanted to know: everybody needs a whole track. */
function begin(told: ToldTracks, row: number, identity: number): void {
  told.marks[row * MARK.size + MARK.identity] = identity
  told.tracks[row * TOLD.size + TOLD.flags] = whole(told.world.vehicles.flags, slotOf(row))
  note(told, row, told.tick)
  if (identity & 1) takeLane(told, row)
  else takeFree(told, row)
}

function note(told: ToldTracks, row: number, before: number): void {
  told.marks[row * MARK.size + MARK.changedBefore] = before
  told.marks[row * MARK.size + MARK.changedAt] = told.tick
  told.changed[told.changedCount] = row
  told.changedCount += 1
}

/** From now on the row is kept true for a while. It is true now, when the street has been told for this tick. */
export function want(told: ToldTracks, row: number): void {
  const { marks, tick, world } = told
  const slot = slotOf(row)
  const wantedAt = told.wantedAt[closenessOf(row)]
  const isKept = whole(wantedAt, slot) >= tick - LEASE
  wantedAt[slot] = tick
  const identity = identityOf(world, slot)
  if (identity >= 0 && !(isKept && identity === marks[row * MARK.size + MARK.identity])) begin(told, row, identity)
}

/** Writes the whole track: how many ticks ago, and how it was then. */
export function writeTrack(out: ByteWriter, told: ToldTracks, row: number): void {
  out.varint(told.tick - at(told.tracks, row * TOLD.size + TOLD.at))
  if (whole(told.marks, row * MARK.size + MARK.identity) & 1) writeLane(out, told, row)
  else writeFree(out, told, row)
}

/**
 * Writes mask and fields of a row that has changed since the viewer's last frame: what there is to say, or the whole
 * track for one who was not told what there was to say before that.
 */
export function writeChange(out: ByteWriter, told: ToldTracks, row: number, lastFrame: number): void {
  const mark = row * MARK.size
  if (told.marks[mark + MARK.changedAt] === told.tick && whole(told.marks, mark + MARK.changedBefore) <= lastFrame) {
    out.copy(told.says.bytes, whole(told.marks, mark + MARK.sayAt), whole(told.marks, mark + MARK.sayLength))
    return
  }
  out.u8(FIELD.whole | FIELD.flags)
  writeTrack(out, told, row)
  out.varint(at(told.tracks, row * TOLD.size + TOLD.flags))
}
