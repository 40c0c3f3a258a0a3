import type { Server as HttpServer } from 'node:http'

import { Server } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'

import { bytesDecoder, bytesEncoder, type BytesDecoder } from '../../shared/protocol/bytes-parser.ts'
import { decodeInputs } from '../../shared/protocol/input-frame.ts'
import {
  clientCommands,
  type ClientToServerEvents,
  type CommandName,
  type Refusal,
  type RefusalCode,
  type Reply,
  type ServerToClientEvents,
  type Welcome,
} from '../../shared/protocol/messages.ts'
import type { Hall } from '../rooms/hall.ts'
import type { Line } from '../rooms/member.ts'
import { decodeCommand, handlers, type Seated } from './commands.ts'
import { openGuard } from './guard.ts'
import type { Limits } from './limits.ts'
import { isLineFree, sendFrame } from './send-frame.ts'
import type { GameSocket } from './web-socket.ts'

type Answer = (reply: Reply<unknown>) => void

/** On long polling the newest frame is sent this many ticks apart: 5 a second. */
const POLLING_STRIDE = 4

export interface SocketSettings {
  readonly hall: Hall
  readonly limits: Limits
  /** Told of what should not happen, so that the host of the server can look. */
  readonly onError: (error: unknown) => void
  /** How long a connection may be here without a seat or a screen, in milliseconds. */
  readonly placeWithinMs?: number
}

/** Carries the game: starts on long polling, upgrades where the network lets it. */
export function openSockets(http: HttpServer, settings: SocketSettings): Server {
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    parser: { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) },
    transports: ['polling', 'websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, decide) => {
      if (!sameOrigin(request.headers.origin, request.headers.host)) decide(null, false)
      else
        settings.limits
          .allowConnection(request.socket.remoteAddress ?? '')
          .then((isAllowed) => decide(null, isAllowed), settings.onError)
    },
  })
  io.on('connection', (socket: GameSocket) => attend(socket, settings))
  return io
}

/** A page of another site may not play in a visitor's name; programs that send no origin are no pages. */
function sameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

function attend(socket: GameSocket, settings: SocketSettings): void {
  const line = openLine(socket)
  let seated: Seated | null = null
  const { limits, onError, placeWithinMs } = settings
  const onRefused = openGuard(socket, { limits, onError, placeWithinMs, hasPlace: () => seated !== null })

  const answerTo = async (name: CommandName, body: unknown): Promise<Reply<unknown>> => {
    if (!(await limits.allow(name, socket.id))) {
      onRefused()
      return refused('too-fast', name)
    }
    const command = decodeCommand(name, body)
    if (!command.ok) return { ok: false, refusal: command.error }
    if (name === 'join') {
      const joined = await join(command.value as Parameters<Seated['room']['join']>[0])
      return joined
    }
    if (seated === null) return refused('not-joined', name)
    return handle(name, seated, command.value)
  }

  const join = async (request: Parameters<Seated['room']['join']>[0]): Promise<Reply<Welcome>> => {
    const room = settings.hall.find(request.room)
    // Whoever comes back to a seat is no flood: a class whose access point fails comes back all at once.
    const isBack = room?.knows(request) ?? false
    if (!isBack && !(await limits.allowJoin(socket.handshake.address))) return refused('too-fast', 'join')
    if (room === undefined) return refused('unknown-room', 'join.room')
    seated?.room.leave(line)
    seated = null
    const joined = room.join(request, line)
    if (!joined.ok) return { ok: false, refusal: joined.error }
    seated = { room, line }
    return { ok: true, value: joined.value }
  }

  for (const name of Object.keys(clientCommands) as CommandName[]) {
    const listen = (body: unknown, answer: unknown) => {
      answerTo(name, body).then(
        (reply) => (typeof answer === 'function' ? (answer as Answer)(reply) : undefined),
        onError,
      )
    }
    socket.on(name, listen as never)
  }
  hearHands(socket, () => seated, onRefused)
  socket.on('disconnect', () => seated?.room.leave(line))
}

/** The hands come as bytes, past Socket.IO's listeners. */
function hearHands(socket: GameSocket, seatedNow: () => Seated | null, onRefused: () => void): void {
  decoderOf(socket).onBytes = (bytes) => {
    const seated = seatedNow()
    const inputs = seated?.room.hears(seated.line) ? decodeInputs(bytes) : null
    if (seated !== null && inputs?.ok) seated.room.steer(seated.line, inputs.value)
    else onRefused()
  }
}

/** The parser's end of a connection, of which Socket.IO keeps one each. */
const decoderOf = (socket: GameSocket) => (socket.client as unknown as { readonly decoder: BytesDecoder }).decoder

const handle = <N extends Exclude<CommandName, 'join'>>(name: N, seated: Seated, command: unknown): Reply<unknown> =>
  (handlers[name] as (seated: Seated, command: unknown) => Reply<unknown>)(seated, command)

const refused = (code: RefusalCode, field: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, field },
})

const openLine = (socket: GameSocket): Line => ({
  get stride() {
    return socket.conn.transport.name === 'polling' ? POLLING_STRIDE : 1
  },
  isFree: () => isLineFree(socket),
  frame(bytes, patch) {
    sendFrame(socket, bytes, patch)
  },
  patch(patch) {
    socket.emit('patch', patch)
  },
  closed(reason) {
    socket.emit('closed', reason)
    socket.disconnect()
  },
})
