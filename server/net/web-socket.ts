import type { Socket } from 'socket.io'

import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/messages.ts'

export type GameSocket = Socket<ClientToServerEvents, ServerToClientEvents>
export type Conn = Pick<Socket, 'conn'>

const OPEN = 1

/** What there is of `ws` behind Engine.IO's transport: its sender takes a finished frame, as Engine.IO itself gives it some. */
interface WebSocketLine {
  readonly readyState: number
  readonly bufferedAmount: number
  readonly _sender?: { sendFrame(frames: readonly Uint8Array[]): void }
  terminate(): void
}

/** The WebSocket itself, `null` on long polling and while a connection is being upgraded or closed. */
export function webSocketOf({ conn }: Conn): WebSocketLine | null {
  const { transport } = conn
  if (conn.readyState !== 'open' || transport.name !== 'websocket') return null
  const { socket } = transport as unknown as { readonly socket?: WebSocketLine }
  return socket?.readyState === OPEN ? socket : null
}

/** Ends a connection at once, without a farewell: what it has sent and nobody has read yet is not read any more. */
export function hangUp(socket: GameSocket): void {
  const line = webSocketOf(socket)
  socket.disconnect(true)
  line?.terminate()
}
