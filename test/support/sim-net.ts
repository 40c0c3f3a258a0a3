import { fromIso } from '../../shared/time.ts'
import { decodeInputs } from '../../shared/protocol/input-frame.ts'
import type { ClientCommand, Reply } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { randomShare } from '../../shared/random.ts'
import type { Line } from '../../server/rooms/member.ts'
import { Room } from '../../server/rooms/room.ts'
import { Feed, type Transport } from '../../client/net/open-feed.ts'
import { openManualClock, type ManualClock } from './manual-clock.ts'
import { discovery, nuageville, openDiscovery } from './test-city.ts'

/** A network in memory, as bad as wanted; the same seed is bad in the same way. Times are one way, in milliseconds. */
export interface NetSettings {
  readonly seed?: number
  readonly delayMs?: number
  readonly jitterMs?: number
  /** Share of the ticks at which the line takes no frame: what is lost is lost before it is written. */
  readonly loss?: number
  /** Share of the inputs that arrive twice. */
  readonly twice?: number
  /** Whether one post of inputs may overtake another, as on long polling. */
  readonly overtakes?: boolean
  /** Ticks between two frames: 1 on a WebSocket, 4 on long polling. */
  readonly stride?: number
}

interface Traffic {
  messages: number
  bytes: number
}

/** A screen at the far end of such a network. */
export interface Screen {
  readonly feed: Feed
  readonly line: Line
  readonly reasons: string[]
  /** Messages and bytes, each way: frames, patches and inputs. */
  readonly counts: { frames: number; asks: string[]; down: Traffic; up: Traffic }
  /** Stalls or mends the line: while stalled nothing passes, either way; what was on its way comes late. */
  cut(isCut: boolean): void
  /** Changes the next frame on its way. */
  spoilNext(): void
}

export interface SimRoom {
  readonly room: Room
  readonly clock: ManualClock
  open(request: Partial<ClientCommand<'join'>>, net?: NetSettings): Screen
}

const HOST_KEY = 'host-key-host-key-1'
export const HOST = { role: 'host', hostKey: HOST_KEY } as const

export function openSimRoom({ bots = 30, city = openDiscovery({ bots }) } = {}): SimRoom {
  const clock = openManualClock()
  const room = new Room({
    code: 'ABCDEF',
    hostKey: HOST_KEY,
    city,
    clock,
    phaseMs: 0,
    maxSeats: 40,
    onLetters: () => {},
    onCrash: (crash) => {
      throw new Error(crash.message)
    },
    onClose: () => {},
  })
  return { room, clock, open: (request, net = {}) => openScreen(room, clock, request, net) }
}

function openScreen(room: Room, clock: ManualClock, request: Partial<ClientCommand<'join'>>, net: NetSettings): Screen {
  const { seed = 1, delayMs = 0, jitterMs = 0, loss = 0, twice = 0, overtakes = false, stride = 1 } = net
  const counts: Screen['counts'] = {
    frames: 0,
    asks: [],
    down: { messages: 0, bytes: 0 },
    up: { messages: 0, bytes: 0 },
  }
  const reasons: string[] = []
  let drawn = 0
  const held: (() => void)[] = []
  let isCut = false
  let spoils = false
  const share = () => randomShare(seed, 77, (drawn += 1))
  const lag = () => delayMs + (share() * 2 - 1) * jitterMs

  /** Delivers in the order of sending, unless things may overtake. */
  function openWay(inOrder: boolean): (job: () => void) => void {
    let lastAt = 0
    return (job) => {
      const wanted = clock.now() + Math.max(0, lag())
      const at = inOrder ? Math.max(lastAt, wanted) : wanted
      lastAt = at
      clock.after(at - clock.now(), () => {
        if (isCut) held.push(job)
        else job()
      })
    }
  }
  const down = openWay(true)
  const up = openWay(!overtakes)

  const line: Line = {
    stride,
    isFree: () => !isCut && share() >= loss,
    frame(bytes, patch) {
      counts.frames += 1
      note(counts.down, bytes.length)
      const sent = spoils ? bytes.slice(0, -1) : bytes
      spoils = false
      down(() => screen.feed.onFrame(sent, clock.now()))
      if (patch !== null) line.patch(patch)
    },
    patch(patch) {
      note(counts.down, Buffer.byteLength(JSON.stringify(patch)))
      down(() => screen.feed.onPatch(structuredClone(patch)))
    },
    closed: (reason) => void reasons.push(reason),
  }
  const answer = (name: string, body: unknown): Reply<unknown> => {
    if (name === 'resync') return room.resync(line)
    if (name === 'pause') return room.pause(line, (body as { paused: boolean }).paused)
    return room.ask(line, (seatId) => ({ kind: 'horn', seatId }))
  }
  const transport: Transport = {
    ask: (name, body) =>
      new Promise((resolve) => {
        counts.asks.push(name)
        up(() => {
          const reply = answer(name, body)
          down(() => resolve(reply))
        })
      }),
    steer(bytes) {
      if (isCut) return false
      note(counts.up, bytes.length)
      const arrive = () => {
        const inputs = decodeInputs(bytes)
        if (inputs.ok) room.steer(line, inputs.value)
      }
      up(arrive)
      if (share() < twice) up(arrive)
      return true
    },
    close: () => room.leave(line),
  }
  const joined = room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver', ...request }, line)
  if (!joined.ok) throw new Error(joined.error.code)
  const startsAtMs = fromIso(discovery.clock.startsAt) ?? 0
  const feed = new Feed({ map: nuageville, welcome: joined.value, transport, link: 'websocket', startsAtMs })
  const screen: Screen = {
    feed,
    line,
    reasons,
    counts,
    cut(cut) {
      isCut = cut
      if (!cut) for (const job of held.splice(0)) job()
    },
    spoilNext: () => void (spoils = true),
  }
  return screen
}

function note(traffic: Traffic, bytes: number): void {
  traffic.messages += 1
  traffic.bytes += bytes
}

/** Turns the clock frame by frame of a 60 Hz screen. */
export function watch(sim: SimRoom, ms: number, onFrame: (nowMs: number) => void): void {
  const frames = Math.round((ms * 60) / 1000)
  for (let i = 0; i < frames; i += 1) {
    sim.clock.turn(1000 / 60)
    onFrame(sim.clock.now())
  }
}
