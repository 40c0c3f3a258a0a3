import fc from 'fast-check'
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'

import { bytesDecoder, bytesEncoder } from '../../../shared/protocol/bytes-parser.ts'

const OurEncoder = bytesEncoder(Encoder)
const OurDecoder = bytesDecoder(Decoder)
const encode = (packet: object) => new OurEncoder().encode(packet as never)

function decodeAll(chunks: readonly unknown[]): Packet[] {
  const packets: Packet[] = []
  const decoder = new OurDecoder() as unknown as Decoder
  decoder.on('decoded', (packet) => packets.push(packet as Packet))
  for (const chunk of chunks) decoder.add(chunk as string)
  return packets
}

describe('the parser', () => {
  it.each([
    ['the server', PacketType.BINARY_EVENT],
    ['the client', PacketType.EVENT],
  ])('[WIRE-9] writes an event of one buffer as that buffer, on the side of %s', (_side, type) => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const chunks = encode({ type, nsp: '/', data: ['bytes', bytes] })
        expect(chunks).toEqual([bytes])
        expect(decodeAll(chunks)).toEqual([{ type: PacketType.EVENT, nsp: '/', data: ['bytes', bytes] }])
      }),
    )
  })

  it('[WIRE-9] leaves everything else as Socket.IO writes it', () => {
    const packets = [
      { type: PacketType.CONNECT, nsp: '/' },
      { type: PacketType.EVENT, nsp: '/', data: ['bytes', 'no buffer'] },
      { type: PacketType.EVENT, nsp: '/', data: ['patch', { set: { a: [1, 'é'] } }] },
      { type: PacketType.ACK, nsp: '/', id: 7, data: [{ ok: true }] },
      { type: PacketType.DISCONNECT, nsp: '/' },
    ]
    for (const packet of packets) {
      expect(encode(packet)).toEqual(new Encoder().encode(packet as never))
      expect(decodeAll(encode(packet))).toMatchObject([packet])
    }
  })

  it('[WIRE-9] goes on after bytes between two texts', () => {
    const text = (name: string) => encode({ type: PacketType.EVENT, nsp: '/', data: [name] })
    const bytes = new Uint8Array([1, 2])
    const names = decodeAll([...text('a'), bytes, ...text('b')]).map(({ data }) => (data as unknown[])[0])
    expect(names).toEqual(['a', 'bytes', 'b'])
  })

  it('[WIRE-9] gives bytes straight to whoever has said so, and texts to Socket.IO as ever', () => {
    const decoder = new OurDecoder()
    const events: unknown[] = []
    const taken: number[][] = []
    ;(decoder as unknown as Decoder).on('decoded', (packet) => events.push(packet.data))
    decoder.onBytes = (bytes) => taken.push([...bytes])
    for (const chunk of [
      Buffer.from([1, 2]),
      ...encode({ type: PacketType.EVENT, nsp: '/', data: ['a'] }),
      Buffer.from([3]),
    ])
      decoder.add(chunk)
    expect([taken, events]).toEqual([[[1, 2], [3]], [['a']]])
  })
})
