import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gunzipFirst } from '../../../server/store/trail-gunzip.ts'

const packed = gzipSync('hello')
const unpack = (bytes: Uint8Array) => {
  const unpacked = gunzipFirst(bytes)
  return unpacked && [Buffer.from(unpacked.bytes).toString(), unpacked.isComplete]
}
const flip = (index: number) =>
  Buffer.from(packed).fill((packed.at(index) ?? 0) ^ 1, packed.length + index, packed.length + index + 1)

/** What Python's `zlib`, with which the command line reads, makes of the same bytes. */
describe('unpacking as the command line does', () => {
  it.each([
    ['a gzip', packed, ['hello', true]],
    ['anything behind it', Buffer.concat([packed, Buffer.from('more')]), ['hello', true]],
    ['a second gzip behind it', Buffer.concat([packed, gzipSync(' world')]), ['hello', true]],
    ['no bytes', Buffer.alloc(0), ['', false]],
    ['half a header', packed.subarray(0, 5), ['', false]],
    ['half a text', packed.subarray(0, -10), ['hell', false]],
    ['no trailer', packed.subarray(0, -8), ['hello', false]],
    ['half a trailer', packed.subarray(0, -3), ['hello', false]],
    ['another text', Buffer.from('coffee'), null],
    ['a wrong sum', flip(-8), null],
    ['a wrong length', flip(-4), null],
    ['unknown flags', Buffer.from(packed).fill(0x20, 3, 4), null],
    ['another method', Buffer.from(packed).fill(9, 2, 3), null],
  ])('reads %s', (_, bytes, expected) => {
    expect(unpack(bytes)).toEqual(expected)
  })

  it('reads headers with everything a header may have', () => {
    const fields = [Buffer.from([3, 0, 1, 2, 3]), Buffer.from('name\0'), Buffer.from('comment\0'), Buffer.from([7, 7])]
    const header = Buffer.from(packed.subarray(0, 10)).fill(2 + 4 + 8 + 16, 3, 4)
    const whole = Buffer.concat([header, ...fields, packed.subarray(10)])
    expect(unpack(whole)).toEqual(['hello', true])
    for (let length = 0; length < 10 + Buffer.concat(fields).length; length += 1) {
      expect(unpack(whole.subarray(0, length))).toEqual(['', false])
    }
  })

  it('gives back what was packed, of any size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(200), (bytes, times) => {
        const text = Buffer.concat(Array.from({ length: times }, () => bytes))
        const unpacked = gunzipFirst(Buffer.concat([gzipSync(text), bytes]))
        expect(unpacked?.isComplete).toBe(true)
        expect(Buffer.compare(unpacked?.bytes ?? Buffer.from('x'), text)).toBe(0)
      }),
      { seed: 1952, numRuns: 60 },
    )
  })
})
