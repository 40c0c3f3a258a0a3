import type { ViewPatch } from '../../shared/protocol/view.ts'
import { webSocketOf, type Conn, type GameSocket } from './web-socket.ts'

/** WebSocket messages of one frame; lengths below the first limit stand in the second byte, longer ones behind it. */
const BINARY = 0x82
const TEXT = 0x81
const SHORT = 126
const LONG = 127
const LONGEST_SHORT = 0xffff
/** Engine.IO's message, Socket.IO's event. */
const EVENT = '42'

/** Whether what is written now leaves now: nothing written before still waits, on long polling a question is open. */
export const isLineFree = (socket: Conn): boolean =>
  socket.conn.transport.writable && (webSocketOf(socket)?.bufferedAmount ?? 0) === 0

/**
 * Sends bytes as `bytes-parser` would, as one binary message, and behind them the view's patch, all in a single write:
 * they lie in one buffer. There are tens of thousands a second and none may wait, so they go past Engine.IO's queue straight
 * to the WebSocket, as cheap as without Engine.IO (`npm run bench:room`); on long polling Engine.IO takes them.
 *
 * @param patch the same object for all who are told the same; the line is free
 */
export function sendFrame(socket: Pick<GameSocket, 'conn' | 'emit'>, bytes: Uint8Array, patch: ViewPatch | null): void {
  const sender = webSocketOf(socket)?._sender
  if (sender) sender.sendFrame([framed(BINARY, bytes, patch === null ? NOTHING : eventOf(patch))])
  else {
    socket.conn.write(Buffer.from(bytes))
    if (patch !== null) socket.emit('patch', patch)
  }
}

const NOTHING = new Uint8Array(0)
/** Most patches go to a whole class: each is written as text once. */
const events = new WeakMap<ViewPatch, Uint8Array>()

function eventOf(patch: ViewPatch): Uint8Array {
  const known = events.get(patch)
  if (known !== undefined) return known
  const event = framed(TEXT, Buffer.from(`${EVENT}${JSON.stringify(['patch', patch])}`), NOTHING)
  events.set(patch, event)
  return event
}

/** A message of one frame, and what follows it. */
function framed(kind: typeof BINARY | typeof TEXT, bytes: Uint8Array, rest: Uint8Array): Uint8Array {
  const { length } = bytes
  const header = length < SHORT ? 2 : length <= LONGEST_SHORT ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length + rest.length)
  frame[0] = kind
  frame[1] = header === 2 ? length : header === 4 ? SHORT : LONG
  if (header === 4) frame.writeUInt16BE(length, 2)
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(bytes, header)
  if (rest.length > 0) frame.set(rest, header + length)
  return frame
}
