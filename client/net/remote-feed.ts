import { io, type Socket } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'

import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'
import type {
  ClientCommand,
  ClientToServerEvents,
  CommandName,
  Reply,
  ServerToClientEvents,
  Welcome,
} from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { JoinRequest, RoomFeed } from './doors.ts'
import { loadMap, loadScenario, startOf } from './load-map.ts'
import { Feed, type Transport } from './open-feed.ts'

type GameSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** Whoever was let go for a slow line comes back after this long. */
const RETURN_MS = 1000
/** An answer that takes longer will not come: the connection is being rebuilt. */
const ANSWER_MS = 10_000

/** Joins a room of the server. A refusal is a value; a lost connection is taken up again by itself, with the same seat. */
export async function joinRoom(request: JoinRequest): Promise<Reply<RoomFeed>> {
  const parser = { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) }
  const socket: GameSocket = io({
    parser,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.3,
  })
  const transport = openTransport(socket)
  const joined = await join(transport, request)
  if (!joined.ok) {
    socket.disconnect()
    return joined
  }
  const welcome = joined.value
  const scenario = await loadScenario(welcome.view.room.scenarioId)
  const map = await loadMap(welcome.mapId)
  if (map.hash !== welcome.mapHash) {
    socket.disconnect()
    return { ok: false, refusal: { code: 'wrong-version', field: 'welcome.mapHash' } }
  }
  const feed = new Feed({ map, welcome, transport, link: linkOf(socket), startsAtMs: startOf(scenario) })
  listen(socket, feed, async () => {
    const token = welcome.seatToken ?? request.seatToken
    const again = await join(transport, { ...request, ...(token === undefined ? {} : { seatToken: token }) })
    if (again.ok) feed.onWelcome(again.value)
    else feed.onLinkState('closed')
  })
  return { ok: true, value: Object.assign(feed, { seatToken: welcome.seatToken }) }
}

const join = (transport: Transport, request: JoinRequest) =>
  transport.ask('join', { protocol: PROTOCOL_VERSION, ...request }) as Promise<Reply<Welcome>>

function openTransport(socket: GameSocket): Transport {
  // The table of messages types every call of `ask`; inside it the name is any of them.
  const timed = socket.timeout(ANSWER_MS) as unknown as { emitWithAck(name: string, body: unknown): Promise<unknown> }
  return {
    async ask<N extends CommandName>(name: N, body: ClientCommand<N>) {
      try {
        return (await timed.emitWithAck(name, body)) as Reply<unknown>
      } catch {
        // Socket.IO rejects only when the time is up: for the page that is a refusal like any other.
        return { ok: false, refusal: { code: 'not-now', field: name } }
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
