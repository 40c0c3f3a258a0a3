import { VEHICLE_KINDS, type VehicleKind } from '../model/vehicle.ts'
import type { CityMap } from '../model/city-map.ts'
import { fail, ok, type Result } from '../result.ts'
import { ByteReader } from './bytes.ts'
import {
  ASSISTED,
  FIELD,
  IN_LANE,
  IN_SEAT,
  OWN_STEP,
  PART,
  type DigestEntry,
  type OwnState,
  type OwnSurface,
} from './frame.ts'
import { predictFree, predictLane, QUANTUM, stepsOf, type FreeTrack, type LaneTrack, type Track } from './track.ts'

/** A vehicle in view. A new track replaces the old one, which is kept to show the instant before. */
export interface Tracked {
  readonly id: number
  readonly kind: VehicleKind
  readonly colour: number
  flags: number
  track: Track
  before: Track | null
}

/** What a frame told, beside what moved. */
export interface FrameNews {
  readonly tick: number
  readonly own: { readonly state: OwnState; readonly ackSeq16: number; readonly lead: number } | null
  readonly surface: OwnSurface | null
  readonly digest: readonly DigestEntry[] | null
}

const ALL_PARTS = Object.values(PART).reduce((all, part) => all | part, 0)

/** With none of these a vehicle goes on as it was expected to; only its flags or its side of the lane have changed. */
const MOVES = FIELD.place | FIELD.drift | FIELD.speed | FIELD.turn

/**
 * The receiving end of `StreetEncoder`. Bytes that are no frame, or do not fit what is known, are an error: then the
 * decoder has to be given a whole frame before it goes on. It never throws and never reads past the end.
 */
export class StreetDecoder {
  readonly #map: CityMap
  readonly #slots = new Map<number, Tracked>()
  #tick = 0
  #isSynced = false

  constructor(map: CityMap) {
    this.#map = map
  }

  /** Everything in view, by view slot. */
  get inView(): ReadonlyMap<number, Tracked> {
    return this.#slots
  }

  decode(bytes: Uint8Array): Result<FrameNews, string> {
    const reader = new ByteReader(bytes)
    const news = this.#read(reader)
    const fault = news.ok
      ? reader.isBroken
        ? 'shorter than it says'
        : reader.isAtEnd
          ? null
          : 'longer than it says'
      : news.error
    if (fault === null) return news
    this.#isSynced = false
    return fail(fault)
  }

  #read(reader: ByteReader): Result<FrameNews, string> {
    const parts = reader.u8()
    if (parts & ~ALL_PARTS) return fail('no frame')
    if (parts & PART.whole) {
      this.#slots.clear()
      this.#tick = reader.u32()
      this.#isSynced = true
    } else if (!this.#isSynced) return fail('nothing is known yet')
    else this.#tick += ((reader.u8() - this.#tick) << 24) >> 24
    const own = parts & PART.own ? this.#readOwn(reader) : null
    const surface = parts & PART.surface ? readSurface(reader) : null
    if (parts & PART.gone) this.#readGone(reader)
    const fault =
      (parts & PART.come ? this.#readCome(reader) : null) ?? (parts & PART.moved ? this.#readMoved(reader) : null)
    if (fault !== null) return fail(fault)
    return ok({ tick: this.#tick, own, surface, digest: parts & PART.digest ? this.#readDigest(reader) : null })
  }

  #readOwn(reader: ByteReader): NonNullable<FrameNews['own']> {
    const ackSeq16 = reader.u16()
    const lead = reader.i8()
    const [x, y] = [reader.u24() * OWN_STEP, reader.u24() * OWN_STEP]
    const heading = reader.u16() * QUANTUM.heading
    const [vx, vy] = [reader.i16() * OWN_STEP, reader.i16() * OWN_STEP]
    const yawRate = reader.i8() * QUANTUM.yawRate
    const flags = reader.u16()
    const assisted = (flags & ASSISTED) !== 0
    return { state: { x, y, heading, vx, vy, yawRate, flags: flags & ~ASSISTED, assisted }, ackSeq16, lead }
  }

  #readGone(reader: ByteReader): void {
    for (let left = reader.u8(); left > 0; left -= 1) this.#slots.delete(reader.u8())
  }

  #readCome(reader: ByteReader): string | null {
    for (let left = reader.u8(); left > 0 && !reader.isBroken; left -= 1) {
      const slot = reader.u8()
      const id = reader.varint()
      const kindByte = reader.u8()
      const kind = VEHICLE_KINDS[kindByte & ~IN_LANE]
      const colour = reader.u8()
      const flags = reader.varint()
      const track = kindByte & IN_LANE ? this.#readLane(reader) : this.#readFree(reader)
      if (kind === undefined || track === null) return 'a vehicle that cannot be'
      this.#slots.set(slot, { id, kind, colour, flags, track, before: null })
    }
    return null
  }

  /** The tick of a track that begins with its age. */
  #since(reader: ByteReader): number {
    return this.#tick - reader.varint()
  }

  #readLane(reader: ByteReader): LaneTrack | null {
    const tick = this.#since(reader)
    const lane = reader.u16()
    const next = reader.u16() - 1
    const s = reader.u16() * QUANTUM.s
    const speed = reader.u8() * QUANTUM.laneSpeed
    const accel = reader.i8() * QUANTUM.accel
    const lat = reader.i8() * QUANTUM.lat
    if (lane >= this.#map.lanes.count || next >= this.#map.lanes.count) return null
    return { form: 'lane', tick, lane, next, s, speed, accel, lat }
  }

  #readFree(reader: ByteReader): FreeTrack {
    return {
      form: 'free',
      tick: this.#since(reader),
      x: reader.u24() * QUANTUM.position,
      y: reader.u24() * QUANTUM.position,
      heading: reader.u16() * QUANTUM.heading,
      speed: reader.i16() * QUANTUM.freeSpeed,
      yawRate: reader.i8() * QUANTUM.yawRate,
    }
  }

  #readMoved(reader: ByteReader): string | null {
    for (let left = reader.u8(); left > 0 && !reader.isBroken; left -= 1) {
      const tracked = this.#slots.get(reader.u8())
      if (tracked === undefined) return 'a vehicle that is not in view'
      const mask = reader.u8()
      const { track } = tracked
      const next = this.#readTrack(track, mask, reader)
      if (next === null) return 'a lane that cannot be'
      if (mask & FIELD.flags) tracked.flags = reader.varint()
      tracked.before = track
      tracked.track = next
    }
    return null
  }

  #readTrack(track: Track, mask: number, reader: ByteReader): Track | null {
    const isLane = track.form === 'lane'
    if (mask & FIELD.whole) return isLane ? this.#readLane(reader) : this.#readFree(reader)
    return isLane ? this.#moveLane(track, mask, reader) : this.#moveFree(track, mask, reader)
  }

  #moveLane(track: LaneTrack, mask: number, reader: ByteReader): LaneTrack | null {
    const moved: LaneTrack = { ...track }
    if (mask & MOVES) {
      const expected = { lane: 0, s: 0, speed: 0 }
      predictLane(this.#map.lanes, track, this.#tick, expected)
      Object.assign(moved, expected, { tick: this.#tick, accel: 0 })
    }
    if (mask & FIELD.place) {
      moved.lane = reader.u16()
      moved.s = reader.u16() * QUANTUM.s
    }
    if (moved.lane !== track.lane) moved.next = -1
    if (mask & FIELD.next) moved.next = reader.u16() - 1
    if (mask & FIELD.drift) moved.s = driftFrom(moved.s, reader.i8(), QUANTUM.s)
    if (mask & FIELD.speed) moved.speed = reader.u8() * QUANTUM.laneSpeed
    if (mask & FIELD.turn) moved.accel = reader.i8() * QUANTUM.accel
    if (mask & FIELD.side) moved.lat = reader.i8() * QUANTUM.lat
    return moved.lane >= this.#map.lanes.count || moved.next >= this.#map.lanes.count ? null : moved
  }

  #moveFree(track: FreeTrack, mask: number, reader: ByteReader): FreeTrack {
    const moved: FreeTrack = { ...track }
    if (mask & MOVES) {
      predictFree(track, this.#tick, moved)
      moved.tick = this.#tick
    }
    if (mask & FIELD.place) {
      moved.x = reader.u24() * QUANTUM.position
      moved.y = reader.u24() * QUANTUM.position
    }
    if (mask & FIELD.drift) {
      moved.x = driftFrom(moved.x, reader.i8(), QUANTUM.position)
      moved.y = driftFrom(moved.y, reader.i8(), QUANTUM.position)
    }
    if (mask & FIELD.speed) moved.speed = reader.i16() * QUANTUM.freeSpeed
    if (mask & FIELD.turn) {
      moved.heading = reader.u16() * QUANTUM.heading
      moved.yawRate = reader.i8() * QUANTUM.yawRate
    }
    return moved
  }

  #readDigest(reader: ByteReader): DigestEntry[] {
    const { width, height } = this.#map
    const entries: DigestEntry[] = []
    for (let left = reader.u8(); left > 0 && !reader.isBroken; left -= 1) {
      const kindByte = reader.u8()
      const kind = VEHICLE_KINDS[kindByte & ~IN_SEAT] ?? 'sedan'
      const isSeat = (kindByte & IN_SEAT) !== 0
      entries.push({ kind, isSeat, x: (reader.u8() / 255) * width, y: (reader.u8() / 255) * height })
    }
    return entries
  }
}

/** The value that lies `steps` beyond the step nearest to what was expected. */
const driftFrom = (expected: number, steps: number, step: number): number => (stepsOf(expected, step) + steps) * step

const readSurface = (reader: ByteReader): OwnSurface => ({
  grip: reader.u8() / 255,
  braking: reader.u8() / 255,
  power: reader.u8() / 255,
})
