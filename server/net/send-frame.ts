import type { Socket } from 'socket.io'

/** A WebSocket's message of one binary frame; lengths below the first limit stand in the second byte. */
const BINARY = 0x82
const SHORT = 126
const SHORT_BYTES = 2
const LONG_BYTES = 4

/**
 * Sends bytes as `bytes-parser` would, as one binary message, in a single write: the frame's header and the bytes lie in
 * one buffer, which Engine.IO hands to the line as it is. On long polling it takes the bytes themselves.
 *
 * @param bytes at most 65 535
 */
export function sendFrame({ conn }: Pick<Socket, 'conn'>, bytes: Uint8Array): void {
  const { length } = bytes
  const header = length < SHORT ? SHORT_BYTES : LONG_BYTES
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = BINARY
  frame[1] = length < SHORT ? length : SHORT
  if (header === LONG_BYTES) frame.writeUInt16BE(length, SHORT_BYTES)
  frame.set(bytes, header)
  const options = { compress: false, wsPreEncodedFrame: [frame] }
  conn.write(frame.subarray(header), options)
}
