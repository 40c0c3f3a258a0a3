import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ByteReader, ByteWriter } from '../../../shared/protocol/bytes.ts'

const FIELDS = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u24: [0, 0xffffff],
  u32: [0, 0xffffffff],
  varint: [0, 0xffffffff],
} as const
type Field = keyof typeof FIELDS
const NAMES = Object.keys(FIELDS) as Field[]

const written = fc.array(
  fc.tuple(
    fc.constantFrom(...NAMES),
    fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.double({ noNaN: true })),
  ),
)

const clamped = (field: Field, value: number): number => {
  const [least, most] = FIELDS[field]
  return Math.min(most, Math.max(least, Math.round(value))) + 0
}

describe('bytes', () => {
  it('[WIRE-1] reads what was written, clamped to its field', () => {
    fc.assert(
      fc.property(written, (fields) => {
        const out = new ByteWriter()
        for (const [field, value] of fields) out[field](value)
        const reader = new ByteReader(out.toBytes())
        for (const [field, value] of fields) expect(reader[field]() + 0).toBe(clamped(field, value))
        expect([reader.isAtEnd, reader.isBroken]).toEqual([true, false])
      }),
    )
  })

  it('[WIRE-1] gives zeros past the end and says so', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 8 }),
        fc.array(fc.constantFrom(...NAMES), { minLength: 10 }),
        (bytes, fields) => {
          const reader = new ByteReader(bytes)
          for (const field of fields) expect(Number.isFinite(reader[field]())).toBe(true)
          expect(reader.isBroken).toBe(true)
          expect(reader.u8()).toBe(0)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[WIRE-1] grows at any place', () => {
    for (let before = 1015; before < 1030; before += 1) {
      const out = new ByteWriter()
      for (let i = 0; i < before; i += 1) out.u8(7)
      out.u16(0x0102)
      out.u32(9)
      expect([...out.toBytes().subarray(before - 1)]).toEqual([7, 2, 1, 9, 0, 0, 0])
    }
  })

  it('[WIRE-1] overwrites a byte, starts again, and copies what it hands out', () => {
    const out = new ByteWriter()
    out.u16(0x0201)
    out.patchU8(1, 9)
    const first = out.toBytes()
    out.clear()
    out.u8(7)
    expect([[...first], [...out.toBytes()], out.length]).toEqual([[1, 9], [7], 1])
  })

  it('[WIRE-1] refuses a varint without an end', () => {
    const reader = new ByteReader(new Uint8Array(9).fill(0xff))
    expect([reader.varint(), reader.isBroken]).toEqual([0, true])
  })
})
