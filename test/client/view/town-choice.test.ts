import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { surpriseTown, toTown, toTownText } from '../../../client/view/town-choice.ts'
import { startRoadsOf } from '../../../shared/content/map/town.ts'

describe('a town in an address', () => {
  it.each([
    ['8x8-1234', { columns: 8, rows: 8, seed: 1234 }],
    ['4x10-0', { columns: 4, rows: 10, seed: 0 }],
    ['10x4-999999', { columns: 10, rows: 4, seed: 999_999 }],
  ])('reads %s', (text, town) => {
    expect(toTown(text)).toEqual(town)
    expect(toTownText(town)).toBe(text)
  })

  it.each([
    null,
    '',
    '8x8',
    '8x8-',
    '3x8-1',
    '8x11-1',
    '8x8-1234567',
    '8x8--1',
    ' 8x8-1',
    '8x8-1 ',
    '8,8-1',
    '8x8-1e3',
  ])('finds none in %s', (text) => {
    expect(toTown(text)).toBeNull()
  })

  it('is drawn from a share, so that it can be written and read back, and has a road to speed on', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (share) => {
        const town = surpriseTown(share)
        expect(toTown(toTownText(town))).toEqual(town)
        expect(startRoadsOf(town)).toHaveLength(1)
      }),
    )
    expect(surpriseTown(0.1)).not.toEqual(surpriseTown(0.2))
  })
})
