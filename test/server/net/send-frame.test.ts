import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { sendFrame } from '../../../server/net/send-frame.ts'

interface Written {
  readonly data: Uint8Array
  readonly frame: readonly Uint8Array[]
}

/** What the connection is given for some bytes. */
function written(bytes: Uint8Array): Written {
  const calls: Written[] = []
  const conn = {
    write: (data: Uint8Array, { wsPreEncodedFrame }: { readonly wsPreEncodedFrame: readonly Uint8Array[] }) =>
      calls.push({ data, frame: wsPreEncodedFrame }),
  }
  sendFrame({ conn } as never, bytes)
  const [call] = calls
  if (call === undefined) throw new Error('nothing was written')
  return call
}

describe('a frame of the street on its way', () => {
  it('[WIRE-9] is one WebSocket message of one final binary frame, in one piece, whatever its length (RFC 6455, 5.2)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.uint8Array({ minLength: 124, maxLength: 128 }),
          fc.integer({ min: 300, max: 65_535 }).map((length) => new Uint8Array(length).fill(length & 0xff)),
        ),
        (bytes) => {
          const { data, frame } = written(bytes)
          const [whole] = frame
          expect(frame).toHaveLength(1)
          if (whole === undefined) return
          const isShort = bytes.length < 126
          const length = isShort ? whole[1] : new DataView(whole.buffer, whole.byteOffset).getUint16(2)
          expect([whole[0], isShort ? 0 : whole[1], length]).toEqual([0x82, isShort ? 0 : 126, bytes.length])
          expect(Buffer.compare(whole.subarray(isShort ? 2 : 4), bytes)).toBe(0)
          expect(Buffer.compare(data, bytes)).toBe(0)
        },
      ),
    )
  })
})
