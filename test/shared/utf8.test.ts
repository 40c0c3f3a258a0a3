import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { firstBytes, lastBytes, utf8Length } from '../../shared/utf8.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const texts = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\u0000', '\ud83d'), maxLength: 12 })

describe('texts in UTF-8', () => {
  it('are as long as an encoder makes them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(utf8Length(text)).toBe(bytesOf(text))
      }),
    )
  })

  it('keep as many whole letters as fit, from either end', () => {
    fc.assert(
      fc.property(texts, fc.nat(40), (text, most) => {
        const [first, last] = [firstBytes(text, most), lastBytes(text, most)]
        const letters = Array.from(text)
        expect(text.startsWith(first) && text.endsWith(last)).toBe(true)
        for (const kept of [first, last]) expect(bytesOf(kept)).toBeLessThanOrEqual(most)
        const [next, previous] = [letters[Array.from(first).length], letters.at(-1 - Array.from(last).length)]
        if (next !== undefined) expect(bytesOf(first) + bytesOf(next)).toBeGreaterThan(most)
        if (previous !== undefined) expect(bytesOf(last) + bytesOf(previous)).toBeGreaterThan(most)
      }),
    )
  })

  it.each([
    ['', 0, '', ''],
    ['abc', 3, 'abc', 'abc'],
    ['abc', 2, 'ab', 'bc'],
    ['aé€😀', 6, 'aé€', '😀'],
    ['aé€😀', 5, 'aé', '😀'],
    ['aé€😀', 3, 'aé', ''],
    ['aé€😀', 10, 'aé€😀', 'aé€😀'],
  ])('of %j, %i bytes: %j and %j', (text, most, first, last) => {
    expect([firstBytes(text, most), lastBytes(text, most)]).toEqual([first, last])
  })
})
