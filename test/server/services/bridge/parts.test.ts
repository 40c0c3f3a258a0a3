import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseAddress, parseCidr } from '../../../../server/services/bridge/address.ts'
import { comparableNumber } from '../../../../server/services/bridge/decimal.ts'
import { Intervals } from '../../../../server/services/bridge/intervals.ts'
import { TextAutomaton } from '../../../../server/services/bridge/text-automaton.ts'

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['-0.0e7', 0],
    ['0.1', 0.1],
    ['100e-3', 0.1],
    ['1e-7', 1e-7],
    ['9007199254740992', 2 ** 53],
    ['9007199254740993', null],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.3000000000000000400', 0.30000000000000004],
    ['0.30000000000000003', null],
    ['12345678901234567890', null],
    ['1e308', 1e308],
    ['1e309', null],
    ['5e-324', 5e-324],
    ['4e-324', null],
    ['1e-400', null],
    ['0e999', 0],
  ])('[BRIDGE-3] reads %s as %s', (text, expected) => {
    expect(comparableNumber(text)).toBe(expected)
  })

  it('[BRIDGE-3] reads the shortest text of every double back, and every text of 15 digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(comparableNumber(String(value))).toBe(value + 0)
      }),
      { seed: 3 },
    )
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999_999_999 }), fc.integer({ min: -20, max: 20 }), (digits, power) => {
        expect(comparableNumber(`${digits}e${power}`)).toBe(Number(`${digits}e${power}`))
      }),
      { seed: 4 },
    )
  })
})

describe('addresses', () => {
  it.each([
    ['10.0.0.1', '40a000001'],
    ['255.255.255.255', '4ffffffff'],
    ['::', `6${'0'.repeat(32)}`],
    ['::1', `6${'0'.repeat(31)}1`],
    ['1::', `60001${'0'.repeat(28)}`],
    ['1:2:3:4:5:6:7::', '600010002000300040005000600070000'],
    ['::ffff:1.2.3.4', `6${'0'.repeat(20)}ffff01020304`],
    ['FE80::AbCd', `6fe80${'0'.repeat(24)}abcd`],
  ])('[BRIDGE-8] reads %s', (text, expected) => {
    expect(parseAddress(text)).toBe(expected)
  })

  it.each([
    '',
    '1',
    '10.0.0',
    '10.0.0.0.1',
    '10.0.0.256',
    '10.0.0.-1',
    '10.0.0.x',
    'a.b.c.d',
    '1:2:3:4:5:6:7',
    ':',
    ':1',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':::',
    '12345::',
    'g::',
    '1.2.3.4::',
    '1:2:3:4:5:6:7:8::',
    '::1.2.3',
    ' ::1',
  ])('[BRIDGE-8] does not take %s for an address', (text) => {
    expect(parseAddress(text)).toBeNull()
  })

  it('[BRIDGE-8] keeps the order of addresses, and the ends of a block inside it', () => {
    const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
    const valueOf = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0)
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 0, max: 31 }), (a, b, mask) => {
        const [first, second] = [parseAddress(a.join('.')) ?? '', parseAddress(b.join('.')) ?? '']
        expect(first < second).toBe(valueOf(a) < valueOf(b))
        const block = parseCidr(`${a.join('.')}/${mask}`)
        const size = 2 ** (32 - mask)
        const isInside = Math.floor(valueOf(a) / size) === Math.floor(valueOf(b) / size)
        expect(block.ok && block.value.low <= second && second <= block.value.high).toBe(isInside)
      }),
      { seed: 8, numRuns: 500 },
    )
  })
})

describe('intervals', () => {
  it('[BRIDGE-7] finds for every key the intervals it lies in', () => {
    const bound = fc.option(fc.integer({ min: 0, max: 9 }), { nil: null })
    const interval = fc.tuple(bound, fc.boolean(), bound, fc.boolean())
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), (given) => {
        const intervals = given.map(([low, lowIncluded, high, highIncluded], mark) => ({
          low,
          lowIncluded,
          high,
          highIncluded,
          mark,
        }))
        const index = new Intervals<number>(intervals)
        for (let key = -0.5; key <= 10; key += 0.5) {
          const expected = intervals.filter(
            ({ low, lowIncluded, high, highIncluded }) =>
              (low === null || key > low || (lowIncluded && key === low)) &&
              (high === null || key < high || (highIncluded && key === high)),
          )
          expect(index.marksOf(index.slotOf(key))).toEqual(expected.map(({ mark }) => mark))
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('the grid over many numbers', () => {
  it('[BRIDGE-7] leads to the same slot as counting does, however the bounds lie', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -5, max: 5 }),
      fc.constantFrom(0, -0, 5e-324, -5e-324, 1e308, -1e308, 2 ** 53, 1e-300),
    )
    fc.assert(
      fc.property(
        fc.array(number, { maxLength: 60 }),
        fc.array(number, { minLength: 1, maxLength: 20 }),
        (bounds, keys) => {
          const index = new Intervals<number>(
            bounds.map((low, mark) => ({ low, lowIncluded: true, high: low, highIncluded: true, mark })),
          )
          const distinct = new Set(bounds.map((bound) => bound + 0))
          for (const key of [...keys, ...bounds]) {
            const below = [...distinct].filter((bound) => bound < key).length
            expect(index.slotOf(key)).toBe(2 * below + (distinct.has(key + 0) ? 1 : 0))
          }
        },
      ),
      { seed: 77, numRuns: 500 },
    )
  })
})

describe('automaton', () => {
  const letters = fc.constantFrom('a', 'b', 'A', 'é', 'É', 'ß', '😀')
  const texts = fc.array(letters, { maxLength: 6 }).map((chars) => chars.join(''))
  const pieces = fc.array(texts, { minLength: 1, maxLength: 4 })
  const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const fold = (text: string) =>
    text
      .split('')
      .map((char) => `(?:${escape(char.toLowerCase())}|${escape(char.toUpperCase())})`)
      .join('')

  it.each(['forward', 'backward'] as const)('[BRIDGE-6] finds all patterns of a text in one pass, %s', (direction) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pieces, fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.array(texts, { minLength: 1, maxLength: 8 }),
        (patterns, inputs) => {
          const automaton = new TextAutomaton(
            patterns.map(([parts, ignoreCase], mark) => ({ pieces: parts, ignoreCase, mark })),
            direction,
            { words: 0, sightings: 0 },
          )
          for (const text of inputs) {
            const expected = patterns.flatMap(([parts, ignoreCase], mark) => {
              const source = parts.map(ignoreCase ? fold : escape).join('[^]*')
              return new RegExp(`^${source}$`).test(text) ? mark : []
            })
            const state =
              direction === 'forward'
                ? automaton.walk(`>${text}<`, 1, text.length + 1)
                : automaton.walkBack(`>${text}<`, 1, text.length + 1)
            expect(automaton.marksOf(state).toSorted((a, b) => a - b)).toEqual(expected)
          }
        },
      ),
      { seed: 6, numRuns: 400 },
    )
  })
})
