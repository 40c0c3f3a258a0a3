import { whole } from '../../shared/driving/columns.ts'
import { surfaceFor } from '../../shared/driving/surface.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { ByteWriter } from '../../shared/protocol/bytes.ts'
import { IN_LANE, IN_SEAT, OWN_STEP, PART, VIEW_SLOTS } from '../../shared/protocol/frame.ts'
import { QUANTUM, type Track } from '../../shared/protocol/track.ts'
import { conditionOf } from '../sim/slots.ts'
import type { Seat, World } from '../sim/state.ts'
import { MODE } from '../sim/vehicle-table.ts'
import { isAsTold, lookAround, lookAway, openInterest, type Eye, type Interest } from './interest.ts'
import { weatherOf } from './street-view.ts'
import { scanStreet, type StreetScan } from './street-scan.ts'
import { trackNow, writeMove, writeTrack, type Move } from './track-writer.ts'
import type { Viewer } from './views.ts'

/**
 * Metres within which a vehicle is looked at every tick, and every fourth; further away every eighth. Near is 80,
 * and what two cars drive towards each other between two looks around.
 */
const NEAR = 92
const MIDDLE = 200
const MIDDLE_STRIDE = 4
const FAR_STRIDE = 8
/** Ticks between two looks around, and between two digests. */
const LOOK_STRIDE = 4
const DIGEST_STRIDE = 40
const MOST_DIGEST = 80
/** The own state is told this often, in ticks; more often it would only confirm the prediction. */
const OWN_STRIDE = 2

/** A tick is told by its low eight bits: after a longer silence, in ticks, everything is told anew. */
const LONGEST_GAP = 100
const NOTHING_TOLD: Track = { form: 'free', tick: 0, x: 0, y: 0, heading: 0, speed: 0, yawRate: 0 }

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
  readonly #interest: Interest
  /** By view slot. */
  readonly #told: (Track | null)[] = Array.from({ length: VIEW_SLOTS }, () => null)
  readonly #flags = new Int32Array(VIEW_SLOTS)
  readonly #writer = new ByteWriter()
  /** One for all, as there are thousands a second. */
  readonly #move: Move = { slot: 0, tick: 0, told: NOTHING_TOLD, flags: 0, gap: 0, isNear: false }
  /** By view slot: the tick at which the vehicle was last compared with what was told. */
  readonly #compared = new Int32Array(VIEW_SLOTS)
  #isFirst = true
  #seatAt = -1
  #tick = 0
  #lookedAt = 0
  #ownAt = 0
  #digestAt = 0
  #surface = ''

  constructor(viewer: Viewer, capacity: number) {
    this.#viewer = viewer
    this.#interest = openInterest(capacity)
  }

  /** The next frame says everything. */
  restart(): void {
    this.#isFirst = true
  }

  /** @param scan of the street; it is brought up to this tick */
  encode(scan: StreetScan, tick: number, hands: Hands): Uint8Array<ArrayBuffer> {
    scanStreet(scan, tick)
    const { world } = scan
    const seat = this.#seatIn(world)
    const isKey = this.#isFirst || tick - this.#tick > LONGEST_GAP
    if (isKey) this.#forget()
    const looks = isKey || tick - this.#lookedAt >= LOOK_STRIDE
    if (looks) lookAround(this.#interest, scan, eyeOf(scan, this.#viewer, seat))
    this.#begin(isKey, tick)
    const parts =
      (isKey ? PART.whole : 0) |
      (seat !== null && (isKey || tick - this.#ownAt >= OWN_STRIDE) ? this.#own(world, seat, hands) : 0) |
      (seat !== null && looks ? this.#surfaceOf(world, seat) : 0) |
      (looks ? this.#gone() | this.#come(world, tick) : 0) |
      this.#moved(scan, tick) |
      (isKey || tick - this.#digestAt >= DIGEST_STRIDE ? this.#digest(scan, seat) : 0)
    this.#writer.patchU8(0, parts)
    this.#tick = tick
    if (looks) this.#lookedAt = tick
    if (parts & PART.own) this.#ownAt = tick
    if (parts & PART.digest) this.#digestAt = tick
    return this.#writer.toBytes()
  }

  /** Seats rarely move: the place where the own one was last is tried first. */
  #seatIn({ seats }: World): Seat | null {
    const { seatId } = this.#viewer
    if (seatId === null) return null
    if (seats[this.#seatAt]?.seatId !== seatId) this.#seatAt = seats.findIndex((seat) => seat?.seatId === seatId)
    return seats[this.#seatAt] ?? null
  }

  #forget(): void {
    this.#isFirst = false
    this.#surface = ''
    lookAway(this.#interest)
    this.#told.fill(null)
  }

  #begin(isKey: boolean, tick: number): void {
    this.#writer.clear()
    this.#writer.u8(0)
    if (isKey) this.#writer.u32(tick)
    else this.#writer.u8(tick & 0xff)
  }

  #own({ vehicles }: World, seat: Seat, hands: Hands): number {
    const out = this.#writer
    const at = (column: Float64Array) => column[seat.slot] ?? 0
    out.u16(hands.ackSeq & 0xffff)
    out.i8(hands.lead)
    out.u24(at(vehicles.x) / OWN_STEP)
    out.u24(at(vehicles.y) / OWN_STEP)
    out.u16(turnOf(at(vehicles.heading)))
    out.i16(at(vehicles.vx) / OWN_STEP)
    out.i16(at(vehicles.vy) / OWN_STEP)
    out.i8(at(vehicles.yawRate) / QUANTUM.yawRate)
    out.u16(vehicles.flags[seat.slot] ?? 0)
    out.u8(isAssisted(seat) ? 1 : 0)
    return PART.own
  }

  #surfaceOf(world: World, seat: Seat): number {
    const surface = surfaceFor(weatherOf(world), conditionOf(world, seat.slot), { grip: 1, braking: 1, power: 1 })
    const bytes = [surface.grip, surface.braking, surface.power].map((share) => Math.round(share * 255))
    if (bytes.join() === this.#surface) return 0
    this.#surface = bytes.join()
    for (const byte of bytes) this.#writer.u8(byte)
    return PART.surface
  }

  #gone(): number {
    const { gone } = this.#interest
    if (gone.length === 0) return 0
    this.#writer.u8(gone.length)
    for (const view of gone) {
      this.#told[view] = null
      this.#writer.u8(view)
    }
    return PART.gone
  }

  #come(world: World, tick: number): number {
    const { come, vehicle } = this.#interest
    if (come.length === 0) return 0
    const out = this.#writer
    const { vehicles } = world
    out.u8(come.length)
    for (const view of come) {
      const slot = vehicle[view] ?? 0
      const track = trackNow(world, slot, tick)
      out.u8(view)
      out.varint(slot + (whole(vehicles.generation, slot) & 0xffff) * 65_536)
      out.u8((vehicles.kind[slot] ?? 0) | (track.form === 'lane' ? IN_LANE : 0))
      out.u8(vehicles.colour[slot] ?? 0)
      out.varint(vehicles.flags[slot] ?? 0)
      writeTrack(out, track)
      this.#told[view] = track
      this.#flags[view] = vehicles.flags[slot] ?? 0
      this.#compared[view] = tick - (view % FAR_STRIDE)
    }
    return PART.come
  }

  #moved(scan: StreetScan, tick: number): number {
    const out = this.#writer
    const countAt = out.length
    out.u8(0)
    const { world } = scan
    const { top } = this.#interest
    this.#move.tick = tick
    let count = 0
    let last = -1
    for (let view = 0; view < top; view += 1) {
      const told = this.#told[view]
      if (!told || told.tick === tick || !this.#isDue(view, tick)) continue
      this.#compared[view] = tick
      if (!isAsTold(this.#interest, scan, view)) continue
      const slot = this.#interest.vehicle[view] ?? 0
      const move = this.#move
      move.slot = slot
      move.told = told
      move.flags = this.#flags[view] ?? 0
      move.gap = view - last - 1
      move.isNear = (this.#interest.squared[view] ?? 0) < NEAR * NEAR
      const next = writeMove(out, world, move)
      if (next === null) continue
      this.#told[view] = next
      this.#flags[view] = world.vehicles.flags[slot] ?? 0
      last = view
      count += 1
    }
    out.patchU8(countAt, count)
    if (count > 0) return PART.moved
    out.rewind(countAt)
    return 0
  }

  /** The nearer, the more often, whichever ticks get a frame; staggered from the start, so that frames are of a size. */
  #isDue(view: number, tick: number): boolean {
    const squared = this.#interest.squared[view] ?? 0
    if (squared < NEAR * NEAR) return true
    return tick - (this.#compared[view] ?? 0) >= (squared < MIDDLE * MIDDLE ? MIDDLE_STRIDE : FAR_STRIDE)
  }

  /** Agents and the other drivers, wherever they are, for the small map. */
  #digest(scan: StreetScan, own: Seat | null): number {
    const { vehicles, streets } = scan.world
    const shown: number[] = []
    for (let i = 0; i < scan.count && shown.length < MOST_DIGEST; i += 1) {
      const slot = scan.slots[i] ?? 0
      if (slot === own?.slot) continue
      const isAgent = DIGEST_KINDS.has(VEHICLE_KINDS[vehicles.kind[slot] ?? 0] ?? 'sedan')
      if (isAgent || whole(vehicles.seat, slot) >= 0) shown.push(slot)
    }
    this.#writer.u8(shown.length)
    for (const slot of shown) {
      this.#writer.u8((vehicles.kind[slot] ?? 0) | (whole(vehicles.seat, slot) >= 0 ? IN_SEAT : 0))
      this.#writer.u8(((scan.x[slot] ?? 0) / streets.map.width) * 255)
      this.#writer.u8(((scan.y[slot] ?? 0) / streets.map.height) * 255)
    }
    return PART.digest
  }
}

const DIGEST_KINDS = new Set(['police', 'inspector', 'response', 'drone', 'tow-truck', 'ambulance'])

const isAssisted = ({ isOffline, assists }: Seat): boolean =>
  isOffline || assists.autopilot || assists.steering || assists.braking || assists.speedCap < 1

/** A heading as a 16-bit share of a turn. */
const turnOf = (heading: number): number => Math.round(heading / QUANTUM.heading) & 0xffff

function eyeOf(scan: StreetScan, viewer: Viewer, seat: Seat | null): Eye {
  const { world } = scan
  const { width, height } = world.streets.map
  if (seat === null || world.vehicles.mode[seat.slot] === MODE.none)
    return { x: width / 2, y: height / 2, own: -1, important: [], seesAll: viewer.role !== 'driver' }
  const important = world.units.filter(({ errand }) => errand?.targetPlate === viewer.plate).map(({ slot }) => slot)
  return { x: scan.x[seat.slot] ?? 0, y: scan.y[seat.slot] ?? 0, own: seat.slot, important, seesAll: false }
}
