import { at, whole } from '../../shared/driving/columns.ts'
import { surfaceFor, type Surface } from '../../shared/driving/surface.ts'
import { ASSISTED, IN_LANE, OWN_STEP, PART, VIEW_SLOTS } from '../../shared/protocol/frame.ts'
import { QUANTUM, stepsOf } from '../../shared/protocol/track.ts'
import { isPiloted } from '../sim/seats.ts'
import { conditionOf } from '../sim/slots.ts'
import type { Seat, World } from '../sim/state.ts'
import { MODE } from '../sim/vehicle-table.ts'
import { lookAround, lookAway, openInterest, type Eye, type Interest } from './interest.ts'
import { writeDigest, type StreetNews } from './street-news.ts'
import { scanStreet } from './street-scan.ts'
import { weatherOf } from './street-view.ts'
import { tellStreet, want, WANT_STRIDE, writeChange, writeTrack } from './tell-street.ts'
import { closenessOf, FAR_ROW, MARK, NEAR_ROW, rowOf, slotOf, TOLD } from './told-tracks.ts'
import type { Viewer } from './views.ts'

/**
 * Squared metres within which a vehicle is told of as near, and beyond which it no longer is. Near is 80 m, and what two
 * cars drive towards each other between two looks around.
 */
const NEAR = 92 * 92
const NO_LONGER_NEAR = 104 * 104
/** Ticks between two looks around, and between two digests. */
const LOOK_STRIDE = 4
const DIGEST_STRIDE = 40
/** The own state is told this often, in ticks; more often it would only confirm the prediction. */
const OWN_STRIDE = 2
/** A tick is told by its low eight bits: after a longer silence, in ticks, everything is told anew. */
const LONGEST_GAP = 100
const NO_ROW = -1
/** To ask whether a row that has changed is in view is so much cheaper than to ask whether one in view has changed. */
const CHECKS = 3

/** How the own hands stand with the server: what the frame acknowledges. */
export interface Hands {
  /** The newest input that was applied. */
  readonly ackSeq: number
  /** Inputs that still wait, or, below 0, ticks that had to do without. */
  readonly lead: number
}

/**
 * Writes one viewer's frames. It remembers what the viewer was told, so every frame that it writes must be sent, in
 * order: when the line is congested, it is not asked to write.
 */
export class StreetEncoder {
  readonly #viewer: Viewer
  readonly #news: StreetNews
  readonly #interest: Interest
  /** By view slot: the row of the told tracks that the viewer knows, as of the last frame. */
  readonly #row = new Int32Array(VIEW_SLOTS).fill(NO_ROW)
  /** The rows in `#row`, a bit each: few change at a tick, and most of them are not in view. */
  readonly #known: Int32Array
  /** By view slot: 1 when this frame has told the whole track. */
  readonly #isTold = new Uint8Array(VIEW_SLOTS)
  /** View slots that have come nearer, or gone further away, since the last look. */
  readonly #turned: number[] = []
  /** Viewers take turns: what is not done every tick is done by each at another. */
  readonly #turn: number
  #isKey = true
  #looks = false
  #seatAt = -1
  /** Ticks of the newest frame, of the one that is begun, and of what is not told every tick. */
  #tick = -1
  #begun = -1
  #lookedAt = 0
  #wantedAt = 0
  #ownAt = 0
  #digestAt = 0
  #surface = -1

  constructor(viewer: Viewer, news: StreetNews) {
    this.#viewer = viewer
    this.#news = news
    const { capacity } = news.world.settings
    this.#interest = openInterest(capacity)
    this.#known = new Int32Array(Math.ceil((capacity * 2) / 32))
    this.#turn = news.viewers
    news.viewers += 1
  }

  /** The next frame says everything. */
  restart(): void {
    this.#isKey = true
  }

  /** The first half of `encode`, which does it unless it has been done for this tick: looks around when it is time. */
  look(tick: number): void {
    if (this.#begun === tick) return
    this.#begun = tick
    this.#isKey ||= tick - this.#tick > LONGEST_GAP
    if (this.#isKey) this.#forget(tick)
    this.#looks = this.#isKey || tick - this.#lookedAt >= LOOK_STRIDE
    if (!this.#looks) return
    if (!this.#isKey) this.#lookedAt = tick
    const { scan, world } = this.#news
    scanStreet(scan, tick)
    lookAround(this.#interest, scan, eyeOf(world, this.#viewer, this.#seatIn(world)))
  }

  /** @returns the frame; the bytes are the reader's for good, a part of a larger buffer */
  encode(tick: number, hands: Hands): Uint8Array<ArrayBuffer> {
    this.look(tick)
    const { told, world, out } = this.#news
    tellStreet(told, tick)
    const from = out.begin()
    const isKey = this.#isKey
    out.u8(0)
    if (isKey) out.u32(tick)
    else out.u8(tick & 0xff)
    const seat = this.#seatIn(world)
    let parts = isKey ? PART.whole : 0
    if (seat !== null && (isKey || tick - this.#ownAt >= OWN_STRIDE)) parts |= this.#own(seat, hands, tick)
    if (this.#looks) {
      if (seat !== null) parts |= this.#surfaceOf(seat)
      parts |= this.#gone() | this.#come()
      this.#keep(tick)
    }
    parts |= this.#moved()
    if (isKey || tick - this.#digestAt >= DIGEST_STRIDE) parts |= this.#digest(seat, tick)
    out.patchU8(from, parts)
    this.#tick = tick
    this.#isKey = false
    this.#begun = NEVER
    return out.since(from)
  }

  /** Seats rarely move: the place where the own one was last is tried first. */
  #seatIn({ seats }: World): Seat | null {
    const { seatId } = this.#viewer
    if (seatId === null) return null
    if (seats[this.#seatAt]?.seatId !== seatId) this.#seatAt = seats.findIndex((seat) => seat?.seatId === seatId)
    return seats[this.#seatAt] ?? null
  }

  #forget(tick: number): void {
    this.#tick = -1
    this.#surface = -1
    this.#lookedAt = tick - (this.#turn % LOOK_STRIDE)
    this.#wantedAt = tick
    lookAway(this.#interest)
    this.#row.fill(NO_ROW)
    this.#known.fill(0)
  }

  #know(view: number, row: number): void {
    this.#forgetRow(view)
    this.#row[view] = row
    this.#known[row >> 5] = whole(this.#known, row >> 5) | (1 << (row & 31))
  }

  #forgetRow(view: number): void {
    const row = whole(this.#row, view)
    if (row === NO_ROW) return
    this.#row[view] = NO_ROW
    this.#known[row >> 5] = whole(this.#known, row >> 5) & ~(1 << (row & 31))
  }

  #own(seat: Seat, hands: Hands, tick: number): number {
    const { vehicles } = this.#news.world
    const { out } = this.#news
    const { slot } = seat
    this.#ownAt = this.#isKey ? tick - ((this.#turn >> 1) % OWN_STRIDE) : tick
    out.u16(hands.ackSeq & 0xffff)
    out.i8(hands.lead)
    out.u24(at(vehicles.x, slot) / OWN_STEP)
    out.u24(at(vehicles.y, slot) / OWN_STEP)
    out.u16(stepsOf(at(vehicles.heading, slot), QUANTUM.heading) & 0xffff)
    out.i16(at(vehicles.vx, slot) / OWN_STEP)
    out.i16(at(vehicles.vy, slot) / OWN_STEP)
    out.i8(at(vehicles.yawRate, slot) / QUANTUM.yawRate)
    out.u16(whole(vehicles.flags, slot) | (isAssisted(seat) ? ASSISTED : 0))
    return PART.own
  }

  #surfaceOf({ slot }: Seat): number {
    const { world, out } = this.#news
    surfaceFor(weatherOf(world), conditionOf(world, slot), surface)
    const [grip, braking, power] = [shareOf(surface.grip), shareOf(surface.braking), shareOf(surface.power)]
    const all = grip | (braking << 8) | (power << 16)
    if (all === this.#surface) return 0
    this.#surface = all
    out.u8(grip)
    out.u8(braking)
    out.u8(power)
    return PART.surface
  }

  #gone(): number {
    const { gone } = this.#interest
    const { out } = this.#news
    if (gone.length === 0) return 0
    out.u8(gone.length)
    for (const view of gone) {
      this.#forgetRow(view)
      out.u8(view)
    }
    return PART.gone
  }

  #come(): number {
    const { come, vehicle } = this.#interest
    const { out, told, world } = this.#news
    if (come.length === 0) return 0
    const { vehicles } = world
    out.u8(come.length)
    for (const view of come) {
      const slot = whole(vehicle, view)
      const row = this.#rowOf(view, NEAR)
      want(told, row)
      this.#know(view, row)
      this.#isTold[view] = 1
      out.u8(view)
      out.varint(slot + (whole(vehicles.generation, slot) & 0xffff) * 65_536)
      out.u8(whole(vehicles.kind, slot) | (whole(told.marks, row * MARK.size + MARK.identity) & 1 ? IN_LANE : 0))
      out.u8(whole(vehicles.colour, slot))
      out.varint(at(told.tracks, row * TOLD.size + TOLD.flags))
      writeTrack(out, told, row)
    }
    return PART.come
  }

  /** Who sees the whole city is near to nobody. */
  #rowOf(view: number, squared: number): number {
    const isNear = this.#viewer.role === 'driver' && at(this.#interest.squared, view) < squared
    return rowOf(whole(this.#interest.vehicle, view), isNear ? NEAR_ROW : FAR_ROW)
  }

  /** Rows of those in view are kept true; who has come near or gone away from near is known by another row. */
  #keep(tick: number): void {
    if (tick - this.#wantedAt >= WANT_STRIDE) this.#want(tick)
    if (this.#viewer.role !== 'driver') return
    const { squared, top } = this.#interest
    for (let view = 0; view < top; view += 1) {
      const row = whole(this.#row, view)
      const isNear = closenessOf(row) === NEAR_ROW
      if (row === NO_ROW || at(squared, view) < (isNear ? NO_LONGER_NEAR : NEAR) === isNear) continue
      const now = rowOf(slotOf(row), isNear ? FAR_ROW : NEAR_ROW)
      want(this.#news.told, now)
      this.#know(view, now)
      this.#turned.push(view)
    }
  }

  #want(tick: number): void {
    this.#wantedAt = tick
    for (let view = 0; view < this.#interest.top; view += 1) {
      const row = whole(this.#row, view)
      if (row !== NO_ROW) want(this.#news.told, row)
    }
  }

  #moved(): number {
    const { out, told } = this.#news
    const { top } = this.#interest
    const from = out.length
    out.u8(0)
    let count = 0
    for (const view of this.#turned) count += this.#tell(view, NEVER)
    const hasAll = this.#tick === told.tick - 1
    count += hasAll && told.changedCount < top * CHECKS ? this.#changedOnes() : this.#changedInView()
    if (this.#looks) this.#isTold.fill(0)
    this.#turned.length = 0
    if (count === 0) {
      out.rewind(from)
      return 0
    }
    out.patchU8(from, count)
    return PART.moved
  }

  /** Of a few vehicles that have changed at this tick, those in view. */
  #changedOnes(): number {
    const { changed, changedCount } = this.#news.told
    const { viewSlot } = this.#interest
    let count = 0
    for (let i = 0; i < changedCount; i += 1) {
      const row = whole(changed, i)
      if (whole(this.#known, row >> 5) & (1 << (row & 31))) count += this.#tell(viewSlot[slotOf(row)] ?? 0, this.#tick)
    }
    return count
  }

  /** Of those in view, the ones that have changed since the last frame. */
  #changedInView(): number {
    const { marks } = this.#news.told
    let count = 0
    for (let view = 0; view < this.#interest.top; view += 1) {
      const row = whole(this.#row, view)
      if (row !== NO_ROW && whole(marks, row * MARK.size + MARK.changedAt) > this.#tick)
        count += this.#tell(view, this.#tick)
    }
    return count
  }

  /** @returns how many it told: none when this frame has told the whole track, or of somebody else by now */
  #tell(view: number, last: number): number {
    const { out, told } = this.#news
    const row = whole(this.#row, view)
    if (this.#isTold[view] === 1 || told.marks[row * MARK.size + MARK.identity] !== this.#interest.identity[view])
      return 0
    if (this.#looks) this.#isTold[view] = 1
    out.u8(view)
    writeChange(out, told, row, last)
    return 1
  }

  #digest(seat: Seat | null, tick: number): number {
    this.#digestAt = this.#isKey ? tick - (this.#turn % DIGEST_STRIDE) : tick
    writeDigest(this.#news, tick, seat?.slot ?? -1)
    return PART.digest
  }
}

const surface: Surface = { grip: 1, braking: 1, power: 1 }
const shareOf = (share: number): number => Math.round(share * 255)
/** Before every tick: what has never been told. */
const NEVER = -1

const isAssisted = (seat: Seat): boolean =>
  isPiloted(seat) || seat.assists.steering || seat.assists.braking || seat.assists.speedCap < 1

function eyeOf(world: World, viewer: Viewer, seat: Seat | null): Eye {
  const { vehicles } = world
  const { width, height } = world.streets.map
  if (seat === null || vehicles.mode[seat.slot] === MODE.none)
    return { x: width / 2, y: height / 2, own: -1, important: [], seesAll: viewer.role !== 'driver' }
  const important = world.units.filter(({ errand }) => errand?.targetPlate === viewer.plate).map(({ slot }) => slot)
  const { slot } = seat
  return { x: at(vehicles.x, slot), y: at(vehicles.y, slot), own: slot, important, seesAll: false }
}
