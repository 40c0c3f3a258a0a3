import { openObstacles } from '../../shared/driving/collide.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { decodeFrame } from '../../shared/protocol/frame.ts'
import type { ClientCommand, CommandName, Reply, Welcome } from '../../shared/protocol/messages.ts'
import type { Chain, SeatView, ViewPatch } from '../../shared/protocol/view.ts'
import { TICK_MS } from '../../shared/units.ts'
import type { CityFeed, LinkState, StreetSample } from './feed.ts'
import { openOtherCars } from './other-cars.ts'
import { openOwnCar } from './own-car.ts'
import { paintAt } from './paint.ts'
import { openPlayClock } from './play-clock.ts'
import { applyPatch } from './view-store.ts'

/** How a feed reaches its city: over Socket.IO, or in a worker of the same page. */
export interface Transport {
  ask<N extends CommandName>(name: N, body: ClientCommand<N>): Promise<Reply<unknown>>
  /** Sent without waiting for an answer: the next one is already on its way. */
  tell(name: 'drive', body: ClientCommand<'drive'>): void
  close(): void
}

/** A feed, and the holes through which its transport fills it. */
export interface OpenFeed {
  readonly feed: CityFeed
  onWelcome(welcome: Welcome): void
  onFrame(bytes: Uint8Array, nowMs: number): void
  onPatch(patch: ViewPatch): void
  onLink(link: LinkState): void
}

export interface FeedSettings {
  readonly map: CityMap
  readonly welcome: Welcome
  readonly transport: Transport
  readonly link: LinkState
  /** Service time at tick 0, in ms. */
  readonly startsAtMs: number
}

interface Listeners<T> {
  add(listener: (value: T) => void): () => void
  tell(value: T): void
}

function openListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell(value) {
      for (const listener of all) listener(value)
    },
  }
}

/** Frames longer than this apart are a stall: the own car is not driven through it. */
const LONGEST_FRAME_MS = 250

export function openFeed(settings: FeedSettings): OpenFeed {
  const { map, transport, startsAtMs } = settings
  const own = openOwnCar(openObstacles(map))
  const others = openOtherCars()
  const clock = openPlayClock()
  const views = openListeners<SeatView>()
  const links = openListeners<LinkState>()
  let view = settings.welcome.view
  let link = settings.link
  let tick = settings.welcome.tick
  let hasOwn = false
  let lastMs: number | null = null

  function show(next: SeatView): void {
    view = next
    clock.hold(view.room.paused)
    views.tell(view)
  }

  function sample(nowMs: number): StreetSample {
    const frameMs = Math.min(LONGEST_FRAME_MS, nowMs - (lastMs ?? nowMs))
    lastMs = nowMs
    if (!view.room.paused && hasOwn)
      for (const { seq, input } of own.advance(frameMs)) transport.tell('drive', { seq, ...input })
    const cars = others.show(clock.shown(nowMs))
    const playMs = clock.now(nowMs)
    const pose = hasOwn ? own.pose() : null
    return {
      own: pose === null ? null : { ...pose, colour: paintAt(view.car?.colour ?? 0) },
      cars,
      tick,
      playMs,
      serviceMs: startsAtMs + playMs * view.room.scale,
      digest: cars,
    }
  }

  const feed: CityFeed = {
    map,
    view: () => view,
    onView: views.add,
    onLink(listener) {
      listener(link)
      return links.add(listener)
    },
    sample,
    drive: (input) => own.drive(input),
    unstick: () => transport.ask('unstick', {}) as Promise<Reply>,
    horn: () => transport.ask('horn', {}) as Promise<Reply>,
    switchPart: (part, on) => transport.ask('switch', { part, on }) as Promise<Reply>,
    assist: (assists) => transport.ask('assist', { ...assists }) as Promise<Reply>,
    why: (id) => transport.ask('why', { id }) as Promise<Reply<Chain>>,
    pause: (paused) => transport.ask('pause', { paused }) as Promise<Reply>,
    end: () => transport.ask('end', {}) as Promise<Reply>,
    close: () => transport.close(),
  }
  return {
    feed,
    onWelcome: (welcome) => show(welcome.view),
    onFrame(bytes, nowMs) {
      const frame = decodeFrame(bytes)
      if (!frame.ok) return
      tick = frame.value.tick
      clock.take(tick * TICK_MS, nowMs)
      others.take(tick * TICK_MS, frame.value.cars)
      hasOwn = frame.value.own !== null
      if (frame.value.own !== null) own.correct(frame.value.own, frame.value.ackSeq)
    },
    onPatch: (patch) => show(applyPatch(view, patch)),
    onLink(next) {
      link = next
      links.tell(next)
    },
  }
}
