/**
 * Socket.IO's own parser sends an event with bytes in it as two frames, a text with a placeholder and the bytes. Here an
 * event named `bytes` with one buffer is exactly one binary frame, and everything else stays as it is. Written against
 * the shape of `socket.io-parser` 4.2, which is pinned.
 */
interface Packet {
  readonly type: number
  readonly nsp: string
  readonly data?: unknown
}

interface PacketEncoder {
  encode(packet: Packet): unknown[]
}

interface PacketDecoder {
  add(chunk: unknown): void
  emit(event: 'decoded', packet: Packet): unknown
}

const EVENT = 2
const BINARY_EVENT = 5
const NAME = 'bytes'

/** The server's end names the type after what is in it, the client's leaves that to the encoder. */
const isOneBuffer = ({ type, data }: Packet): boolean =>
  (type === BINARY_EVENT || type === EVENT) &&
  Array.isArray(data) &&
  data.length === 2 &&
  data[0] === NAME &&
  (ArrayBuffer.isView(data[1]) || data[1] instanceof ArrayBuffer)

/** @param base the encoder's class of `socket.io-parser` */
export function bytesEncoder<E extends new (...given: never[]) => { encode(packet: never): unknown[] }>(base: E) {
  return class extends (base as unknown as new () => PacketEncoder) {
    override encode(packet: Packet): unknown[] {
      return isOneBuffer(packet) ? [(packet.data as unknown[])[1]] : super.encode(packet)
    }
  }
}

/** @param base the decoder's class of `socket.io-parser` */
export function bytesDecoder<D extends new (...given: never[]) => { add(chunk: never): void }>(base: D) {
  return class extends (base as unknown as new () => PacketDecoder) {
    override add(chunk: unknown): void {
      if (typeof chunk === 'string') super.add(chunk)
      else this.emit('decoded', { type: EVENT, nsp: '/', data: [NAME, chunk] })
    }
  }
}
