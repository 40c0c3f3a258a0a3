import { openObstacles, type Obstacles } from '../../shared/driving/collide.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { Assists, DriveInput } from '../../shared/model/command.ts'
import type { DigestEntry } from '../../shared/protocol/frame.ts'
import { encodeInputs, MOST_INPUTS, type SentInput } from '../../shared/protocol/input-frame.ts'
import type { ClientCommand, CommandName, Reply, Welcome } from '../../shared/protocol/messages.ts'
import { StreetDecoder } from '../../shared/protocol/street-decoder.ts'
import type { DutyAct, PatternTrial } from '../../shared/protocol/duty.ts'
import type { QuestionView, StudyAct } from '../../shared/protocol/study.ts'
import type { Chain, SeatView, ViewPatch } from '../../shared/protocol/view.ts'
import type { ThingCard, ThingRef, XrayNews } from '../../shared/protocol/xray.ts'
import { TICK_MS } from '../../shared/units.ts'
import type { CityFeed, LinkState, StreetSample } from './feed.ts'
import { OtherCars } from './other-cars.ts'
import { OwnCar } from './own-car.ts'
import { paintAt } from './paint.ts'
import { openPlayClock, type PlayClock } from './play-clock.ts'
import { applyPatch } from './view-store.ts'

/** How a feed reaches its city: over Socket.IO, or in a worker of the same page. */
export interface Transport {
  ask<N extends CommandName>(name: N, body: ClientCommand<N>): Promise<Reply<unknown>>
  /**
   * Sent without waiting for an answer: the next ones are already on their way.
   *
   * @returns `false` when the line is busy and nothing was sent
   */
  steer(inputs: Uint8Array): boolean
  /** Only of a city that waits for its screen. */
  begin?(): void
  close(): void
}

export interface FeedSettings {
  readonly map: CityMap
  /** Of this map, where somebody has worked them out already. */
  readonly obstacles?: Obstacles
  readonly welcome: Welcome
  readonly transport: Transport
  readonly link: LinkState
  /** Service time at tick 0, in ms. */
  readonly startsAtMs: number
}

/** Frames longer than this apart are a stall: the own car is not driven through it. */
const LONGEST_FRAME_MS = 250
/** Hands that rest are told of this often, in ticks, and what was seen at least this often. */
const REST_STRIDE = 4
/** Hands at work that stay as they were are told of this often, in ticks: the server keeps them so meanwhile. */
const STEADY_STRIDE = 2
/** Without a frame for this long the own car waits: the server cannot be following. */
const SILENT_MS = 1000

class Listeners<T> {
  readonly #all = new Set<(value: T) => void>()

  add(listener: (value: T) => void): () => void {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(value: T): void {
    for (const listener of this.#all) listener(value)
  }
}

/** A feed, and the holes through which its transport fills it. */
export class Feed implements CityFeed {
  readonly map: CityMap
  readonly #transport: Transport
  readonly #startsAtMs: number
  readonly #own: OwnCar
  readonly #others: OtherCars
  readonly #decoder: StreetDecoder
  readonly #clock: PlayClock
  readonly #views = new Listeners<SeatView>()
  readonly #links = new Listeners<LinkState>()
  #view: SeatView
  #link: LinkState
  #tick: number
  #hasOwn = false
  #lastMs: number | null = null
  #heardMs = -Infinity
  #toldTick = 0
  #isResyncing = false
  #isWaiting: boolean
  #unsent: SentInput[] = []
  /** The newest input, sent or not. */
  #hands: DriveInput = { throttle: 0, steering: 0, handbrake: false }
  #digest: readonly DigestEntry[] = []

  constructor({ map, obstacles, welcome, transport, link, startsAtMs }: FeedSettings) {
    this.map = map
    this.#transport = transport
    this.#startsAtMs = startsAtMs
    this.#own = new OwnCar(obstacles ?? openObstacles(map))
    this.#others = new OtherCars(map)
    this.#decoder = new StreetDecoder(map)
    this.#view = welcome.view
    this.#link = link
    this.#tick = welcome.tick
    this.#clock = openPlayClock(welcome.tick * TICK_MS)
    this.#isWaiting = transport.begin !== undefined
    this.#clock.hold(this.#isWaiting || welcome.view.room.paused)
  }

  /** Back in the own seat, over a new connection. */
  onWelcome(welcome: Welcome): void {
    this.#own.forget()
    this.#unsent = []
    this.#show(welcome.view)
  }

  onPatch(patch: ViewPatch): void {
    this.#show(applyPatch(this.#view, patch))
  }

  onLinkState(link: LinkState): void {
    this.#link = link
    this.#links.tell(link)
  }

  /** A frame that does not fit what is known is answered by asking for a whole one. */
  onFrame(bytes: Uint8Array, nowMs: number): void {
    const frame = this.#decoder.decode(bytes)
    if (!frame.ok) return this.#resync()
    this.#heardMs = nowMs
    const { tick, own, surface, digest } = frame.value
    this.#tick = tick
    this.#clock.take(tick * TICK_MS, nowMs)
    this.#others.onFrame(tick)
    if (surface !== null) this.#own.onSurface(surface)
    if (own !== null) this.#own.correct(this.#view.car?.kind ?? 'sedan', own)
    if (own !== null) this.#hasOwn = true
    if (digest !== null) this.#digest = digest
    if (tick - this.#toldTick > REST_STRIDE) this.#tell()
  }

  view(): SeatView {
    return this.#view
  }

  onView(listener: (view: SeatView) => void): () => void {
    return this.#views.add(listener)
  }

  onLink(listener: (link: LinkState) => void): () => void {
    listener(this.#link)
    return this.#links.add(listener)
  }

  sample(nowMs: number): StreetSample {
    const frameMs = Math.min(LONGEST_FRAME_MS, nowMs - (this.#lastMs ?? nowMs))
    this.#lastMs = nowMs
    const isRunning = !this.#isWaiting && !this.#view.room.paused
    const isHeard = isRunning && nowMs - this.#heardMs < SILENT_MS
    if (isHeard && this.#hasOwn) for (const done of this.#own.advance(frameMs)) this.#send(done)
    const playMs = this.#clock.now(nowMs)
    return {
      own: this.#hasOwn ? this.#own.pose(paintAt(this.#view.car?.colour ?? 0)) : null,
      cars: this.#others.show(this.#decoder.inView, this.#clock.shown(nowMs)),
      tick: this.#tick,
      playMs,
      serviceMs: this.#startsAtMs + playMs * this.#view.room.scale,
      digest: this.#digest,
    }
  }

  drive(input: DriveInput): void {
    this.#own.drive(input)
  }

  unstick(): Promise<Reply> {
    return this.#ask('unstick', {})
  }

  horn(): Promise<Reply> {
    return this.#ask('horn', {})
  }

  switchPart(part: ClientCommand<'switch'>['part'], on: boolean): Promise<Reply> {
    return this.#ask('switch', { part, on })
  }

  assist(assists: Assists): Promise<Reply> {
    return this.#ask('assist', { ...assists })
  }

  why(id: string): Promise<Reply<Chain>> {
    return this.#transport.ask('why', { id }) as Promise<Reply<Chain>>
  }

  question(goal: string): Promise<Reply<QuestionView>> {
    return this.#transport.ask('question', { goal }) as Promise<Reply<QuestionView>>
  }

  study(act: StudyAct): Promise<Reply> {
    return this.#ask('study', act)
  }

  operate(act: DutyAct): Promise<Reply> {
    return this.#ask('operate', act)
  }

  tryPattern(eventPattern: string): Promise<Reply<PatternTrial>> {
    return this.#transport.ask('tryPattern', { eventPattern }) as Promise<Reply<PatternTrial>>
  }

  describe(ref: ThingRef): Promise<Reply<ThingCard>> {
    return this.#transport.ask('describe', { ...ref }) as Promise<Reply<ThingCard>>
  }

  xray(): Promise<Reply<XrayNews>> {
    return this.#transport.ask('xray', {}) as Promise<Reply<XrayNews>>
  }

  ready(ready: boolean): Promise<Reply> {
    return this.#ask('ready', { ready })
  }

  accommodate(seatId: string, help: Assists | null): Promise<Reply> {
    return this.#ask('accommodate', { seatId, help })
  }

  pause(paused: boolean): Promise<Reply> {
    return this.#ask('pause', { paused })
  }

  end(): Promise<Reply> {
    return this.#ask('end', {})
  }

  begin(): void {
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#clock.hold(this.#view.room.paused)
    this.#transport.begin?.()
  }

  close(): void {
    this.#transport.close()
  }

  /** How often the own car was put right, for the overlay and the bots. */
  get corrections(): number {
    return this.#own.corrections
  }

  #ask<N extends CommandName>(name: N, body: ClientCommand<N>): Promise<Reply> {
    return this.#transport.ask(name, body) as Promise<Reply>
  }

  #show(view: SeatView): void {
    this.#view = view
    this.#clock.hold(this.#isWaiting || view.room.paused)
    this.#views.tell(view)
  }

  /** Hands that stay as they were may wait for company, longest when they rest; hands that do something new may not. */
  #send(done: SentInput): void {
    const { throttle, steering, handbrake } = done.input
    const isAtRest = throttle === 0 && steering === 0 && !handbrake
    const before = this.#hands
    const isNew = throttle !== before.throttle || steering !== before.steering || handbrake !== before.handbrake
    this.#unsent.push(done)
    this.#hands = done.input
    if (isNew || this.#unsent.length >= (isAtRest ? REST_STRIDE : STEADY_STRIDE)) this.#tell()
  }

  /** What a busy line does not take goes with the next; what is too old to matter goes never. */
  #tell(): void {
    this.#unsent = this.#unsent.slice(-MOST_INPUTS)
    if (!this.#transport.steer(encodeInputs({ seenTick: this.#tick, inputs: this.#unsent }))) return
    this.#unsent = []
    this.#toldTick = this.#tick
  }

  /** Asks once for everything, however many frames are lost until it comes. */
  #resync(): void {
    if (this.#isResyncing) return
    this.#isResyncing = true
    void this.#transport.ask('resync', {}).then(() => {
      this.#isResyncing = false
    })
  }
}
