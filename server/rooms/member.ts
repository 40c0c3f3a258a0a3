import type { InputFrame } from '../../shared/protocol/input-frame.ts'
import { InputQueue } from '../../shared/protocol/input-queue.ts'
import type { RefusalCode } from '../../shared/protocol/messages.ts'
import type { Role, ViewPatch } from '../../shared/protocol/view.ts'
import type { City } from '../city/city.ts'
import { StreetEncoder } from '../city/street-encoder.ts'
import type { StreetNews } from '../city/street-news.ts'
import type { SharedNews } from '../city/shared-news.ts'
import { openCursor, patchCity, type Cursor } from '../city/patches.ts'
import type { Viewer } from '../city/views.ts'
import { Flow } from './flow.ts'
import type { RoomNews } from './room-news.ts'
import type { Seat } from './seats.ts'

/** Messages of the hands: one a tick is usual, and those of two seconds come at once when a line was stuck. */
const MESSAGES_A_TICK = 2
const MOST_AT_ONCE = 40

/** What the room sends to one connection. The network stands behind it, or a test. */
export interface Line {
  /** Ticks between two frames, at least. */
  readonly stride: number
  /** Whether what is written now would leave now: while it would not, nothing is written. */
  isFree(): boolean
  /** A frame of the street and what has changed of the view, in one go. Many lines are given the same patch. */
  frame(bytes: Uint8Array, patch: ViewPatch | null): void
  patch(patch: ViewPatch): void
  closed(reason: RefusalCode): void
}

interface MemberSettings {
  readonly line: Line
  readonly role: Role
  readonly seat: Seat | null
}

/** Somebody who is here: a line, what may be seen through it, and what was told so far. */
export class Member {
  readonly line: Line
  readonly role: Role
  readonly seat: Seat | null
  readonly viewer: Viewer
  readonly hands = new InputQueue()
  /** What changes of the room waits until it can be told. */
  isRoomStale = false
  readonly #flow = new Flow()
  #budget = MOST_AT_ONCE
  #heardAt = 0
  readonly #cursor: Cursor
  readonly #encoder: StreetEncoder

  constructor(city: City, news: StreetNews, { line, role, seat }: MemberSettings) {
    this.line = line
    this.role = role
    this.seat = seat
    this.viewer = { role, plate: seat?.plate ?? null, seatId: seat?.seatId ?? null }
    this.#cursor = openCursor(city, this.viewer)
    this.#encoder = new StreetEncoder(this.viewer, news)
  }

  /** @returns whether any input was news */
  steer({ seenTick, inputs }: InputFrame, tick: number): boolean {
    this.#flow.seen(seenTick, tick)
    return this.seat !== null && inputs.filter((input) => this.hands.offer(input)).length > 0
  }

  /** @returns whether a message of the hands is within the budget, of which it takes one */
  hears(tick: number): boolean {
    this.#budget = Math.min(MOST_AT_ONCE, this.#budget + (tick - this.#heardAt) * MESSAGES_A_TICK)
    this.#heardAt = tick
    if (this.#budget < 1) return false
    this.#budget -= 1
    return true
  }

  /** The next frame says everything. */
  resync(): void {
    this.#encoder.restart()
  }

  isLost(tick: number): boolean {
    return this.#flow.isLost(tick)
  }

  /** Tells what is new, unless the line has no room for it: then there is more to tell the next time, and no queue. */
  tell(city: City, shared: SharedNews, room: RoomNews): void {
    const { line } = this
    if (!line.isFree() || !this.#flow.allows(city.tick, line.stride)) return
    this.#flow.sent(city.tick)
    const bytes = this.#encoder.encode(city.tick, this.hands)
    const patch = patchCity(city, this.viewer, this.#cursor, shared)
    line.frame(bytes, this.isRoomStale ? room.addTo(patch, this.role, this.seat) : patch)
    this.isRoomStale = false
  }

  /** Tells how the room is, while no ticks carry the news. @returns whether there is nothing left to tell */
  tellRoom(room: RoomNews): boolean {
    if (!this.isRoomStale) return true
    if (!this.line.isFree()) return false
    this.isRoomStale = false
    this.line.patch(room.addTo(null, this.role, this.seat))
    return true
  }
}
