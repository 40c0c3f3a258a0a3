import { type Socket } from 'socket.io-client'

import type { Obstacles } from '../../shared/driving/collide.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type {
  ClientCommand,
  ClientToServerEvents,
  CommandName,
  RefusalCode,
  Reply,
  ServerToClientEvents,
  Welcome,
} from '../../shared/protocol/messages.ts'
import type { ViewPatch } from '../../shared/protocol/view.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { JoinRequest, RoomFeed } from './doors.ts'
import { Feed, type Transport } from './open-feed.ts'

export type GameSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** What a room is played on, fetched when the room has said which it is. */
export interface Content {
  readonly map: CityMap
  readonly obstacles?: Obstacles
  /** Service time at tick 0, in ms. */
  readonly startsAtMs: number
}

/** Whoever was let go for a slow line comes back after this long. */
const RETURN_MS = 1000
/** Refusals that pass: the seat is asked for again. */
const PASSING: readonly RefusalCode[] = ['not-now', 'too-fast', 'too-slow']
/** Asked again when the connection was lost before the answer came: doing them twice is doing them once. */
const REPEATABLE: ReadonlySet<CommandName> = new Set([
  'pause',
  'ready',
  'accommodate',
  'resync',
  'why',
  'describe',
  'xray',
  'question',
])
/** An answer that takes longer will not come: the connection is being rebuilt. */
const ANSWER_MS = 10_000

/**
 * Joins a room over a socket. A refusal is a value; a lost connection is taken up again by itself, with the same seat.
 */
export async function joinOver(
  socket: GameSocket,
  request: JoinRequest,
  load: (welcome: Welcome) => Promise<Content>,
): Promise<Reply<RoomFeed & Feed>> {
  const gate = openGate()
  const transport = openTransport(socket, gate)
  // What is told while the content is being loaded is news all the same.
  const early: ViewPatch[] = []
  const keep = (patch: ViewPatch) => void early.push(patch)
  socket.on('patch', keep)
  const joined = await join(transport, request)
  const joinedAs = socket.id
  if (!joined.ok) {
    socket.disconnect()
    return joined
  }
  const welcome = joined.value
  const content = await load(welcome)
  if (content.map.hash !== welcome.mapHash) {
    socket.disconnect()
    return { ok: false, refusal: { code: 'wrong-version', field: 'welcome.mapHash' } }
  }
  const feed = new Feed({ ...content, welcome, transport, link: linkOf(socket) })
  socket.off('patch', keep)
  for (const patch of early) feed.onPatch(patch)
  const token = welcome.seatToken ?? request.seatToken
  const rejoin = async (): Promise<void> => {
    const again = await join(transport, { ...request, ...(token === undefined ? {} : { seatToken: token }) })
    if (again.ok) {
      feed.onWelcome(again.value)
      gate.open()
    } else if (!PASSING.includes(again.refusal.code)) feed.onLinkState('closed')
    else setTimeout(() => (socket.connected ? void rejoin() : undefined), RETURN_MS)
  }
  socket.on('disconnect', () => gate.shut())
  listen(socket, feed, rejoin)
  // The connection was lost and built anew while the content was being loaded.
  if (socket.connected && socket.id !== joinedAs) void rejoin()
  return { ok: true, value: Object.assign(feed, { seatToken: welcome.seatToken }) }
}

const join = (transport: Transport, request: JoinRequest) =>
  transport.ask('join', { protocol: PROTOCOL_VERSION, ...request }) as Promise<Reply<Welcome>>

/** Shut while a connection is built anew: whoever asks waits until the seat is taken again, for as long as for an answer. */
interface Gate {
  shut(): void
  open(): void
  /** @returns whether it opened in time */
  passed(): Promise<boolean>
  /** Waits for `answer`, or until it is shut. @returns `null` when it was shut first */
  orShut<T>(answer: Promise<T>): Promise<T | null>
}

function openGate(): Gate {
  let isOpen = true
  const waiting = new Set<(passed: boolean) => void>()
  const asking = new Set<() => void>()
  return {
    shut() {
      isOpen = false
      for (const lose of asking) lose()
    },
    orShut(answer) {
      return new Promise((resolve) => {
        const lose = () => resolve(null)
        asking.add(lose)
        void answer.then(resolve).finally(() => asking.delete(lose))
      })
    },
    open() {
      isOpen = true
      for (const pass of waiting) pass(true)
      waiting.clear()
    },
    passed() {
      if (isOpen) return Promise.resolve(true)
      return new Promise((resolve) => {
        waiting.add(resolve)
        setTimeout(() => {
          waiting.delete(resolve)
          resolve(false)
        }, ANSWER_MS)
      })
    },
  }
}

function openTransport(socket: GameSocket, gate: Gate): Transport {
  // The table of messages types every call of `ask`; inside it the name is any of them.
  const timed = socket.timeout(ANSWER_MS) as unknown as { emitWithAck(name: string, body: unknown): Promise<unknown> }
  const notNow = (name: CommandName): Reply<unknown> => ({ ok: false, refusal: { code: 'not-now', field: name } })
  const put = async (name: CommandName, body: unknown): Promise<Reply<unknown>> => {
    try {
      return (await timed.emitWithAck(name, body)) as Reply<unknown>
    } catch {
      // Socket.IO rejects only when the time is up: for the page that is a refusal like any other.
      return notNow(name)
    }
  }
  return {
    async ask<N extends CommandName>(name: N, body: ClientCommand<N>) {
      if (name === 'join') return put(name, body)
      for (;;) {
        // Socket.IO would send what is asked meanwhile before the seat is taken again, to a server that does not know us yet.
        if (!(await gate.passed())) return notNow(name)
        const answer = put(name, body)
        const reply = REPEATABLE.has(name) ? await gate.orShut(answer) : await answer
        if (reply !== null) return reply
      }
    },
    steer(inputs) {
      if (!socket.connected || !socket.io.engine.transport.writable) return false
      socket.emit('bytes', inputs)
      return true
    },
    close: () => {
      socket.disconnect()
    },
  }
}

const linkOf = (socket: GameSocket) =>
  socket.io.engine?.transport.name === 'websocket' ? ('websocket' as const) : ('polling' as const)

function listen(socket: GameSocket, feed: Feed, rejoin: () => Promise<void>): void {
  socket.on('bytes', (frame) => feed.onFrame(new Uint8Array(frame), performance.now()))
  socket.on('patch', (patch) => feed.onPatch(patch))
  let isClosed = false
  socket.on('closed', (reason) => {
    // A line that was too slow may be better by now: the seat is still there.
    isClosed = reason !== 'too-slow'
    if (!isClosed) {
      setTimeout(() => socket.connect(), RETURN_MS)
      return
    }
    socket.disconnect()
    feed.onLinkState('closed')
  })
  socket.on('disconnect', () => {
    if (!isClosed) feed.onLinkState('reconnecting')
  })
  socket.on('connect', () => {
    feed.onLinkState(linkOf(socket))
    void rejoin()
  })
  socket.io.engine?.on('upgrade', () => feed.onLinkState('websocket'))
  socket.io.on('reconnect', () => {
    socket.io.engine?.on('upgrade', () => feed.onLinkState('websocket'))
  })
}
