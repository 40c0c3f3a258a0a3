import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { nextOf, toScanOrder } from '../../../client/view/scan-order.ts'

describe('one switch', () => {
  it('lights what is asked now first, and the way out last; the rest as it stands on the screen', () => {
    const order = toScanOrder([
      { target: 'close', kind: 'way-out' },
      { target: 'mail', kind: 'other' },
      { target: 'goals', kind: 'other' },
      { target: 'next step', kind: 'main' },
      { target: 'why', kind: 'card' },
    ])
    expect(order).toEqual(['why', 'next step', 'mail', 'goals', 'close'])
  })

  it('goes round, from the first', () => {
    expect(nextOf(['a', 'b'], null, false)).toBe('a')
    expect(nextOf(['a', 'b'], 'a', false)).toBe('b')
    expect(nextOf(['a', 'b'], 'b', false)).toBe('a')
  })

  it('stays on what was just pressed for another turn, as long as it is there', () => {
    expect(nextOf(['a', 'b'], 'a', true)).toBe('a')
    expect(nextOf(['b', 'c'], 'a', true)).toBe('b')
  })

  it('starts again when what was lit has gone, and lights nothing where nothing is', () => {
    expect(nextOf(['b', 'c'], 'a', false)).toBe('b')
    expect(nextOf([], 'a', false)).toBeNull()
  })

  it('comes to everything within one round', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), (order) => {
        const seen = new Set<number>()
        let now: number | null = null
        for (const _ of order) {
          now = nextOf(order, now, false)
          if (now !== null) seen.add(now)
        }
        expect(seen.size).toBe(order.length)
      }),
    )
  })
})
