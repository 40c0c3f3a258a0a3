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

/** A connection's decoder. */
export interface BytesDecoder {
  /** Takes bytes, in place of Socket.IO's listeners for them. */
  onBytes: ((bytes: Uint8Array) => void) | null
}

/**
 * Bytes are an event like any other, or go straight to whoever has said so: a server is sent tens of thousands of them a
 * second, and Socket.IO's way to a listener costs more than what is done with them.
 *
 * @param base the decoder's class of `socket.io-parser`
 */
export function bytesDecoder<D extends new (...given: never[]) => { add(chunk: never): void }>(base: D) {
  return class extends (base as unknown as new () => PacketDecoder) implements BytesDecoder {
    onBytes: BytesDecoder['onBytes'] = null

    override add(chunk: unknown): void {
      if (typeof chunk === 'string') super.add(chunk)
      else if (this.onBytes !== null && chunk instanceof Uint8Array) this.onBytes(chunk)
      else this.emit('decoded', { type: EVENT, nsp: '/', data: [NAME, chunk] })
    }
  }
}
