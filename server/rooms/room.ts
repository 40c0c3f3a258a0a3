import type { ClientCommand, Refusal, RefusalCode, Reply, Welcome } from '../../shared/protocol/messages.ts'
import type { InputFrame } from '../../shared/protocol/input-frame.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { POST_OF, type DutyAct } from '../../shared/protocol/duty.ts'
import type { StudyAct } from '../../shared/protocol/study.ts'
import type { Role, RoomView } from '../../shared/protocol/view.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { City } from '../city/city.ts'
import type { CityCommand } from '../city/command.ts'
import { look, type LookName } from '../city/look.ts'
import { refusalOf } from '../city/study.ts'
import { openSharedNews } from '../city/shared-news.ts'
import { openNews, type StreetNews } from '../city/street-news.ts'
import { tick } from '../city/tick.ts'
import { viewCity } from '../city/views.ts'
import type { TrailStore } from '../store/port.ts'
import { CodeRunner } from './code-runner.ts'
import { sameSecret } from './codes.ts'
import { Idle } from './idle.ts'
import { Journal, type Drive } from './journal.ts'
import { Member, type Line } from './member.ts'
import { openPace, type Pace } from './pace.ts'
import { RoomNews } from './room-news.ts'
import { toCrash, type RoomSettings } from './room-settings.ts'
import { viewRoom } from './room-view.ts'
import { findSeat, openSeatBook, takeSeat, type Seat } from './seats.ts'

/** Everybody gets their hands back on the keys before the clocks run again. */
const RESUME_COUNT = 3
/** While no ticks carry news of the room, lines that had no room for it are tried again this often. */
const RETRY_MS = 250
export const MAX_SEATS = 40

type JoinRequest = ClientCommand<'join'>

const refuse = (code: RefusalCode, field: string): { readonly ok: false; readonly error: Refusal } =>
  fail({ code, field })

/** A city with a wall clock, seats and doors. Everything a player asks goes through its inbox into the next tick. */
export class Room {
  readonly code: string
  readonly #settings: RoomSettings
  readonly #pace: Pace
  readonly #members = new Map<Line, Member>()
  readonly #book = openSeatBook()
  readonly #journal = new Journal()
  readonly #runner = new CodeRunner((completion) => this.#inbox.push({ kind: 'complete-invocation', completion }))
  #inbox: CityCommand[] = []
  readonly #news: StreetNews
  readonly #shared = openSharedNews()
  #city: City
  #paused = false
  #ended = false
  readonly #idle: Idle
  /** Seconds until a paused room runs again; `null` while none count. */
  #countdown: number | null = null
  #stopCounting: (() => void) | null = null
  #stopRetrying: (() => void) | null = null

  constructor(settings: RoomSettings) {
    this.code = settings.code
    this.#settings = settings
    this.#city = settings.city
    this.#news = openNews(settings.city.world)
    this.#pace = openPace(settings.clock, () => this.#tick(), settings.phaseMs)
    this.#idle = new Idle(settings.clock, { onStop: () => this.#pace.stop(), onClose: () => this.close() })
  }

  get seats(): number {
    return this.#book.seats.size
  }

  get running(): boolean {
    return this.#pace.running
  }

  get lags(): readonly number[] {
    return this.#pace.lags
  }

  get slippedTicks(): number {
    return this.#pace.slipped
  }

  /** As the last tick left it. */
  get city(): City {
    return this.#city
  }

  get archive(): TrailStore | null {
    return this.#settings.archive ?? null
  }

  get currentTick(): number {
    return this.#city.tick
  }

  /** Whether somebody asks for a seat that is theirs. */
  knows({ seatToken, seatCode }: JoinRequest): boolean {
    return findSeat(this.#book, { token: seatToken, code: seatCode }) !== null
  }

  /** Lets a connection in: to a new seat, back to its seat, or to a host's or projector's screen. */
  join(request: JoinRequest, line: Line): Result<Welcome, Refusal> {
    if (request.protocol !== PROTOCOL_VERSION) return refuse('wrong-version', 'join.protocol')
    if (this.#ended) return refuse('room-ended', 'join.room')
    const seated = this.#seat(request)
    if (!seated.ok) return seated
    const seat = seated.value
    if (seat !== null) this.#takeOver(seat)
    const member = new Member(this.#city, this.#news, { line, role: request.role, seat })
    this.#members.set(line, member)
    this.#wake()
    this.#announce(line)
    return ok(this.#welcome(member))
  }

  /** The connection is gone; the seat stays, and its car drives itself. */
  leave(line: Line): void {
    const member = this.#members.get(line)
    if (member === undefined) return
    this.#members.delete(line)
    if (member.seat !== null) {
      member.seat.connected = false
      member.seat.leftAt = this.#settings.clock.now()
      this.#inbox.push({ kind: 'offline', seatId: member.seat.seatId, offline: true })
    }
    this.#announce()
    if (this.#members.size === 0) this.#idle.wait()
  }

  /** @returns whether this line may tell of its hands once more: beyond so many messages a tick nothing is even read */
  hears(line: Line): boolean {
    return this.#members.get(line)?.hears(this.#city.tick) ?? false
  }

  /**
   * What the hands did, and what their screen has seen: one input a tick is driven, in order, however they arrive.
   *
   * @returns whether any input was news
   */
  steer(line: Line, frame: InputFrame): boolean {
    return this.#members.get(line)?.steer(frame, this.#city.tick) ?? false
  }

  /** The next frame of this line says everything. */
  resync(line: Line): Reply {
    const member = this.#members.get(line)
    if (member === undefined) return { ok: false, refusal: { code: 'not-joined', field: 'resync' } }
    member.resync()
    return { ok: true, value: null }
  }

  /** Anything else a driver may ask of the city. */
  ask(line: Line, toCommand: (seatId: string) => CityCommand): Reply {
    const member = this.#members.get(line)
    if (!member?.seat) return { ok: false, refusal: { code: 'not-joined', field: 'seat' } }
    if (this.#paused) return { ok: false, refusal: { code: 'not-now', field: 'room.paused' } }
    this.#inbox.push(toCommand(member.seat.seatId))
    return { ok: true, value: null }
  }

  /** What a driver does to learn: refused at once, or done in the next tick. Posts change in a pause, or at first. */
  study(line: Line, act: StudyAct): Reply {
    const seatId = this.#members.get(line)?.seat?.seatId ?? ''
    const isTooLate = act.do === 'post' && !this.#paused && (this.#city.study[seatId]?.minutes ?? 0) > 0
    const refusal = isTooLate ? 'not-now' : refusalOf(this.#city, seatId, act)
    if (refusal !== null) return { ok: false, refusal: { code: refusal, field: `study.${act.do}` } }
    if (act.do !== 'post') return this.ask(line, (id) => ({ kind: 'study', seatId: id, act }))
    this.#inbox.push({ kind: 'study', seatId, act })
    return { ok: true, value: null }
  }

  /** Turns a dial of the post that the seat holds. */
  operate(line: Line, act: DutyAct): Reply {
    const seat = this.#members.get(line)?.seat ?? null
    if (seat !== null && this.#city.study[seat.seatId]?.post !== POST_OF[act.do])
      return { ok: false, refusal: { code: 'not-allowed', field: `operate.${act.do}` } }
    return this.ask(line, (seatId) => ({ kind: 'operate', seatId, by: seat?.plate ?? '', act }))
  }

  /** A driver is ready to go on: forgotten when the clocks run again. */
  ready(line: Line, isReady: boolean): Reply {
    const seat = this.#members.get(line)?.seat
    if (!seat) return { ok: false, refusal: { code: 'not-joined', field: 'ready' } }
    seat.isReady = isReady
    this.#announce()
    return { ok: true, value: null }
  }

  /** A host gives a seat help, which stays with it wherever its driver sits down; no other driver is told. */
  accommodate(line: Line, { seatId, help }: ClientCommand<'accommodate'>): Reply {
    if (this.#members.get(line)?.role !== 'host')
      return { ok: false, refusal: { code: 'not-allowed', field: 'accommodate' } }
    const seat = this.#book.seats.get(seatId)
    if (seat === undefined) return { ok: false, refusal: { code: 'unknown-seat', field: 'accommodate.seatId' } }
    seat.help = help
    for (const member of this.#members.values())
      if (member.seat === seat || member.role === 'host') member.isRoomStale = true
    if (!this.#pace.running) this.#tellRoom()
    return { ok: true, value: null }
  }

  /** The city as it stands, to one's own eyes. */
  look<N extends LookName>(line: Line, name: N, body: ClientCommand<N>): Reply<unknown> {
    const member = this.#members.get(line)
    if (member === undefined) return { ok: false, refusal: { code: 'not-joined', field: name } }
    return look(this.#city, member.viewer, name, body)
  }

  /** Both clocks stop, because there is no other clock than the ticks. */
  pause(line: Line, paused: boolean): Reply {
    if (this.#members.get(line)?.role !== 'host') return { ok: false, refusal: { code: 'not-allowed', field: 'pause' } }
    if (paused === this.#paused && this.#countdown === null) return { ok: true, value: null }
    this.#stopCounting?.()
    this.#stopCounting = null
    this.#countdown = null
    if (paused) {
      this.#paused = true
      this.#pace.stop()
      this.#announce()
    } else this.#count(RESUME_COUNT)
    return { ok: true, value: null }
  }

  end(line: Line): Reply {
    if (this.#members.get(line)?.role !== 'host') return { ok: false, refusal: { code: 'not-allowed', field: 'end' } }
    // The host's answer leaves first: closing hangs up on everybody.
    this.#settings.clock.after(0, () => this.close())
    return { ok: true, value: null }
  }

  /** Ends the room for everybody. */
  close(): void {
    if (this.#ended) return
    this.#ended = true
    this.#pace.stop()
    this.#runner.close()
    this.#stopCounting?.()
    this.#stopRetrying?.()
    this.#idle.wake()
    for (const { line } of this.#members.values()) line.closed('room-ended')
    this.#members.clear()
    this.#settings.onClose()
  }

  #seat(request: JoinRequest): Result<Seat | null, Refusal> {
    if (request.role === 'projector') return ok(null)
    if (request.role === 'host') {
      const isHost = request.hostKey !== undefined && sameSecret(request.hostKey, this.#settings.hostKey)
      return isHost ? ok(null) : refuse('wrong-key', 'join.hostKey')
    }
    const known = findSeat(this.#book, { token: request.seatToken, code: request.seatCode })
    if (known !== null) return ok(known)
    if (request.seatCode !== undefined) return refuse('unknown-seat', 'join.seatCode')
    if (this.#book.seats.size >= this.#settings.maxSeats) return refuse('room-full', 'join.room')
    const seat = takeSeat(this.#book, request.name)
    const { seatId, plate, colour } = seat
    this.#inbox.push({ kind: 'join', seatId, plate, vehicle: 'sedan', colour })
    return ok(seat)
  }

  /** The newest connection of a seat wins: an older one is told and let go. */
  #takeOver(seat: Seat): void {
    for (const [line, member] of this.#members) {
      if (member.seat !== seat) continue
      this.#members.delete(line)
      line.closed('taken')
    }
    if (!seat.connected) this.#inbox.push({ kind: 'offline', seatId: seat.seatId, offline: false })
    seat.connected = true
    seat.leftAt = null
  }

  #welcome(member: Member): Welcome {
    const { map } = this.#city
    return {
      protocol: PROTOCOL_VERSION,
      role: member.role,
      seatId: member.seat?.seatId ?? null,
      seatToken: member.seat?.token ?? null,
      mapId: map.id,
      mapHash: map.hash,
      tick: this.#city.tick,
      view: {
        role: member.role,
        seatId: member.seat?.seatId ?? null,
        room: this.#roomView(member.role),
        help: member.seat?.help ?? null,
        ...viewCity(this.#city, member.viewer),
      },
    }
  }

  #roomView(role: Role): RoomView {
    const room = { code: this.code, paused: this.#paused, ended: this.#ended, countdown: this.#countdown }
    return viewRoom(this.#city, this.#book, room, role)
  }

  /** Everybody is to be told who is here and whether the clocks run; `but` has just been told in its welcome. */
  #announce(but?: Line): void {
    for (const member of this.#members.values()) if (member.line !== but) member.isRoomStale = true
    if (!this.#pace.running) this.#tellRoom()
  }

  #announceToHosts(): void {
    for (const member of this.#members.values()) if (member.role === 'host') member.isRoomStale = true
  }

  #tellRoom(): void {
    this.#stopRetrying?.()
    this.#stopRetrying = null
    const room = this.#roomNews()
    const told = [...this.#members.values()].map((member) => member.tellRoom(room))
    if (told.includes(false)) this.#stopRetrying = this.#settings.clock.after(RETRY_MS, () => this.#tellRoom())
  }

  /** Three, two, one, on every screen at once: then both clocks run again. */
  #count(left: number): void {
    this.#countdown = left > 0 ? left : null
    if (left > 0) this.#stopCounting = this.#settings.clock.after(1000, () => this.#count(left - 1))
    else {
      this.#paused = false
      this.#stopCounting = null
      for (const seat of this.#book.seats.values()) seat.isReady = false
      this.#pace.start()
    }
    this.#announce()
  }

  #tick(): void {
    const asked = this.#inbox
    const driven = this.#driving()
    this.#inbox = []
    this.#journal.note(this.#city.tick, asked, driven)
    const { boards, study } = this.#city
    try {
      this.#city = tick(this.#city, [...asked, ...driven])
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#crash(error)
      return
    }
    this.#handOver()
    if (this.#areFined(boards.fines)) this.#announce()
    if (this.#city.study !== study) this.#announceToHosts()
    const room = this.#roomNews()
    for (const member of this.#members.values()) member.tell(this.#city, this.#shared, room)
    this.#letLostGo()
  }

  #roomNews(): RoomNews {
    return new RoomNews((role) => this.#roomView(role))
  }

  /** Whether a seat was fined since; traffic's fines show on no screen. */
  #areFined(before: City['boards']['fines']): boolean {
    const { fines } = this.#city.boards
    return fines !== before && [...this.#book.seats.values()].some(({ plate }) => fines[plate] !== before[plate])
  }

  /** What leaves the city: letters, log files, and code to be run. */
  #handOver(): void {
    const { letters, runs, delivered } = this.#city
    if (letters.length > 0) this.#settings.onLetters(letters)
    this.#runner.begin(runs)
    if (delivered.files.length + delivered.digests.length > 0) this.#settings.archive?.deliver(delivered)
  }

  /** The inputs of this tick, one a seat. */
  #driving(): Drive[] {
    const driven: Drive[] = []
    for (const { seat, hands } of this.#members.values()) {
      const next = seat === null ? null : hands.take()
      if (seat !== null && next !== null)
        driven.push({ kind: 'drive', seatId: seat.seatId, seq: next.seq, input: next.input })
    }
    return driven
  }

  /** A line that has carried nothing for ten seconds is let go; the seat stays, and its car drives itself. */
  #letLostGo(): void {
    for (const member of this.#members.values()) {
      if (!member.isLost(this.#city.tick)) continue
      member.line.closed('too-slow')
      this.leave(member.line)
    }
  }

  /** A bug stops this city only, and leaves what is needed to make it happen again. */
  #crash(error: Error): void {
    this.#settings.onCrash(toCrash(this.code, this.#city, error, this.#journal.entries()))
    this.close()
  }

  #wake(): void {
    this.#idle.wake()
    if (!this.#paused) this.#pace.start()
  }
}
