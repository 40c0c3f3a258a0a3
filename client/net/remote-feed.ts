import { io, type Socket } from 'socket.io-client'

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
import { openFeed, type OpenFeed, type Transport } from './open-feed.ts'

type GameSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** An answer that takes longer will not come: the connection is being rebuilt. */
const ANSWER_MS = 10_000

/** Joins a room of the server. A refusal is a value; a lost connection is taken up again by itself, with the same seat. */
export async function joinRoom(request: JoinRequest): Promise<Reply<RoomFeed>> {
  const socket: GameSocket = io({ reconnectionDelay: 500, reconnectionDelayMax: 5000, randomizationFactor: 0.3 })
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
  const open = openFeed({ map, welcome, transport, link: linkOf(socket), startsAtMs: startOf(scenario) })
  listen(socket, open, async () => {
    const token = welcome.seatToken ?? request.seatToken
    const again = await join(transport, { ...request, ...(token === undefined ? {} : { seatToken: token }) })
    if (again.ok) open.onWelcome(again.value)
    else open.onLink('closed')
  })
  return { ok: true, value: { ...open.feed, seatToken: welcome.seatToken } }
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
    tell(name, body) {
      socket.volatile.emit(name, body, () => {})
    },
    close: () => {
      socket.disconnect()
    },
  }
}

const linkOf = (socket: GameSocket) =>
  socket.io.engine?.transport.name === 'websocket' ? ('websocket' as const) : ('polling' as const)

function listen(socket: GameSocket, open: OpenFeed, rejoin: () => Promise<void>): void {
  socket.on('frame', (bytes) => open.onFrame(new Uint8Array(bytes), performance.now()))
  socket.on('patch', open.onPatch)
  let isClosed = false
  socket.on('closed', () => {
    isClosed = true
    socket.disconnect()
    open.onLink('closed')
  })
  socket.on('disconnect', () => {
    if (!isClosed) open.onLink('reconnecting')
  })
  socket.on('connect', () => {
    open.onLink(linkOf(socket))
    void rejoin()
  })
  socket.io.engine?.on('upgrade', () => open.onLink('websocket'))
  socket.io.on('reconnect', () => {
    socket.io.engine?.on('upgrade', () => open.onLink('websocket'))
  })
}
