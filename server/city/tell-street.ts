import { at, whole } from '../../shared/driving/columns.ts'
import type { ByteWriter } from '../../shared/protocol/bytes.ts'
import { FIELD } from '../../shared/protocol/frame.ts'
import { identityOf } from './street-scan.ts'
import { takeFree, tellFree, writeFree } from './tell-free.ts'
import { takeLane, tellLane, writeLane } from './tell-lane.ts'
import { FAR_ROW, MARK, NEAR_ROW, rowOf, slotOf, TOLD, type ToldTracks } from './told-tracks.ts'

/** A row that nobody has wanted for this many ticks is no longer kept true: viewers want theirs at least every tenth. */
const LEASE = 10
/** Those whom nobody is near take turns: each is looked at once in this many ticks. A power of two. */
const FAR_TURNS = 8

/** Brings all wanted rows up to this tick, unless that has been done, and notes what there is to say of each. */
export function tellStreet(told: ToldTracks, tick: number): void {
  if (told.tick === tick) return
  const turns = tick === told.tick + 1 ? FAR_TURNS - 1 : 0
  told.tick = tick
  told.says.clear()
  told.changedCount = 0
  const { world, marks } = told
  const oldest = tick - LEASE
  const highWater = world.clock.highWater[0] ?? 0
  for (let slot = 0; slot < highWater; slot += 1) {
    const near = rowOf(slot, NEAR_ROW)
    const far = rowOf(slot, FAR_ROW)
    const isNear = whole(marks, near * MARK.size + MARK.wantedAt) >= oldest
    const isFar = ((slot ^ tick) & turns) === 0 && whole(marks, far * MARK.size + MARK.wantedAt) >= oldest
    if (!isNear && !isFar) continue
    const identity = identityOf(world, slot)
    if (identity < 0) continue
    if (isNear) tellRow(told, near, identity)
    if (isFar) tellRow(told, far, identity)
  }
}

function tellRow(told: ToldTracks, row: number, identity: number): void {
  if (identity !== told.marks[row * MARK.size + MARK.identity]) {
    begin(told, row, identity)
    return
  }
  const { says, tracks } = told
  const from = says.length
  const flags = whole(told.world.vehicles.flags, slotOf(row))
  const hasFlags = flags !== tracks[row * TOLD.size + TOLD.flags]
  if (identity & 1) tellLane(told, row, hasFlags)
  else tellFree(told, row, hasFlags)
  if (says.length === from) return
  if (hasFlags) {
    tracks[row * TOLD.size + TOLD.flags] = flags
    says.varint(flags)
  }
  note(told, row, whole(told.marks, row * MARK.size + MARK.changedAt))
  told.sayAt[row] = from
  told.sayLength[row] = says.length - from
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
  const mark = row * MARK.size
  const isKept = whole(marks, mark + MARK.wantedAt) >= tick - LEASE
  marks[mark + MARK.wantedAt] = tick
  const identity = identityOf(world, slotOf(row))
  if (identity >= 0 && !(isKept && identity === marks[mark + MARK.identity])) begin(told, row, identity)
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
    out.copy(told.says.bytes, whole(told.sayAt, row), told.sayLength[row] ?? 0)
    return
  }
  out.u8(FIELD.whole | FIELD.flags)
  writeTrack(out, told, row)
  out.varint(at(told.tracks, row * TOLD.size + TOLD.flags))
}
