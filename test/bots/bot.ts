import { io } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'

import { openLaneFinder, type LaneFinder } from '../../shared/driving/lane-finder.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { Feed } from '../../client/net/open-feed.ts'
import type { JoinRequest, RoomFeed } from '../../client/net/doors.ts'
import { joinOver, type GameSocket } from '../../client/net/remote-link.ts'
import { LaneDriver } from '../support/lane-driver.ts'

/** The screen of a bot draws this often, in milliseconds: as slow a machine as a school has. */
const PICTURE_MS = 50

export interface BotSettings {
  readonly url: string
  readonly request: JoinRequest
  readonly map: CityMap
  readonly seed: number
  /** Ways to connect, best last. */
  readonly transports?: readonly string[]
  /** Lets the server drive: costs the bot nothing. */
  readonly autopilot?: boolean
}

/** What one bot has lived through. */
interface BotCounts {
  bytesDown: number
  bytesUp: number
  frames: number
  /** Milliseconds between two frames. */
  readonly gaps: number[]
  /** Milliseconds from a question to its answer. */
  readonly roundTrips: number[]
  /** Times that a connection was built. */
  connects: number
  reasons: string[]
}

export interface Bot {
  readonly feed: RoomFeed & Feed
  readonly socket: GameSocket
  readonly counts: BotCounts
  /** The server drives: nothing is predicted. */
  readonly isDriven: boolean
  /** Tears the connection down under the client, which is to come back by itself. */
  kill(): void
  /** Asks something, and notes how long the answer took. */
  ping(): Promise<void>
  close(): void
}

const finders = new WeakMap<CityMap, LaneFinder>()

function finderOf(map: CityMap): LaneFinder {
  const finder = finders.get(map) ?? openLaneFinder(map)
  finders.set(map, finder)
  return finder
}

/** Seats a bot at a server: the client's own feed over a real connection, and hands that follow the lanes. */
export async function openBot(settings: BotSettings): Promise<Reply<Bot>> {
  const { url, request, map, seed, transports = ['polling', 'websocket'], autopilot = false } = settings
  const counts: BotCounts = {
    bytesDown: 0,
    bytesUp: 0,
    frames: 0,
    gaps: [],
    roundTrips: [],
    connects: 0,
    reasons: [],
  }
  const socket: GameSocket = io(url, {
    forceNew: true,
    parser: { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) },
    transports: [...transports],
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  })
  count(socket, counts)
  const joined = await joinOver(socket, request, async () => ({ map, startsAtMs: 0 }))
  if (!joined.ok) return joined
  const feed = joined.value
  if (autopilot) await feed.assist({ steering: false, braking: false, speedCap: 1, autopilot: true })
  const driver = new LaneDriver(map, finderOf(map), seed)
  const timer = setInterval(() => {
    const { own } = feed.sample(performance.now())
    if (own !== null && !autopilot) feed.drive(driver.hands(own))
    if (driver.isStuck) void feed.unstick()
  }, PICTURE_MS)
  const bot: Bot = {
    feed,
    socket,
    counts,
    isDriven: autopilot,
    kill: () => socket.io.engine.close(),
    async ping() {
      const from = performance.now()
      const reply = await feed.horn()
      if (reply.ok) counts.roundTrips.push(performance.now() - from)
    },
    close() {
      clearInterval(timer)
      feed.close()
    },
  }
  return { ok: true, value: bot }
}

/** Counts what Engine.IO carries: payloads, without the headers of HTTP, WebSocket and TCP. */
function count(socket: GameSocket, counts: BotCounts): void {
  let lastMs: number | null = null
  const watch = () => {
    counts.connects += 1
    const { engine } = socket.io
    engine.on('packet', ({ data }: { data?: unknown }) => (counts.bytesDown += sizeOf(data)))
    engine.on('packetCreate', ({ data }: { data?: unknown }) => (counts.bytesUp += sizeOf(data)))
  }
  socket.on('connect', watch)
  socket.on('closed', (reason) => counts.reasons.push(reason))
  socket.on('disconnect', () => (lastMs = null))
  socket.on('bytes', () => {
    const nowMs = performance.now()
    counts.frames += 1
    if (lastMs !== null) counts.gaps.push(nowMs - lastMs)
    lastMs = nowMs
  })
}

const sizeOf = (data: unknown): number =>
  typeof data === 'string'
    ? 1 + Buffer.byteLength(data)
    : data instanceof ArrayBuffer || ArrayBuffer.isView(data)
      ? data.byteLength
      : 1
