import type { Socket } from 'socket.io'

/** A WebSocket's message of one binary frame; lengths below the first limit stand in the second byte. */
const BINARY = 0x82
const SHORT = 126
const SHORT_BYTES = 2
const LONG_BYTES = 4
const OPEN = 1

/** What there is of `ws` behind Engine.IO's transport: its sender takes a finished frame, as Engine.IO itself gives it some. */
interface WebSocketLine {
  readonly readyState: number
  readonly bufferedAmount: number
  readonly _sender?: { sendFrame(frames: readonly Uint8Array[]): void }
}

type Conn = Pick<Socket, 'conn'>

/** The WebSocket itself, `null` on long polling and while a connection is being upgraded or closed. */
function webSocketOf({ conn }: Conn): WebSocketLine | null {
  const { transport } = conn
  if (conn.readyState !== 'open' || transport.name !== 'websocket') return null
  const { socket } = transport as unknown as { readonly socket?: WebSocketLine }
  return socket?.readyState === OPEN ? socket : null
}

/** Whether what is written now leaves now: nothing written before still waits, on long polling a question is open. */
export const isLineFree = (socket: Conn): boolean =>
  socket.conn.transport.writable && (webSocketOf(socket)?.bufferedAmount ?? 0) === 0

/**
 * Sends bytes as `bytes-parser` would, as one binary message, in a single write: the frame's header and the bytes lie in
 * one buffer. There are tens of thousands a second and none may wait, so they go past Engine.IO's queue straight to the
 * WebSocket, as cheap as without Engine.IO (`npm run bench:room`); on long polling Engine.IO takes the bytes.
 *
 * @param bytes at most 65 535; the line is free
 */
export function sendFrame(socket: Conn, bytes: Uint8Array): void {
  const sender = webSocketOf(socket)?._sender
  if (sender) sender.sendFrame([framed(bytes)])
  else socket.conn.write(Buffer.from(bytes))
}

function framed(bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  const header = length < SHORT ? SHORT_BYTES : LONG_BYTES
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = BINARY
  frame[1] = length < SHORT ? length : SHORT
  if (header === LONG_BYTES) frame.writeUInt16BE(length, SHORT_BYTES)
  frame.set(bytes, header)
  return frame
}
