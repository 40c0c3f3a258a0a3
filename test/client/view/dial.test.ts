import { describe, expect, it } from 'vitest'

import { toDial } from '../../../client/view/dial.ts'
import { kmh } from '../../../shared/units.ts'

describe('toDial', () => {
  it('puts speed and limit on the same arc of 160 km/h', () => {
    expect(toDial(80, kmh(40))).toEqual({ speedKmh: 80, share: 0.5, limitShare: 0.25, isOver: true })
  })

  it('stops at the end of the arc', () => {
    expect(toDial(240, kmh(110)).share).toBe(1)
  })

  it.each([
    [50, false],
    [50.4, false],
    [50.6, true],
  ])('judges what it shows: %d km/h at 50 is over: %s', (speed, isOver) => {
    expect(toDial(speed, kmh(50)).isOver).toBe(isOver)
  })

  it('speaks of no excess where no road sets a limit', () => {
    expect(toDial(99, kmh(0))).toMatchObject({ isOver: false, limitShare: 0 })
  })
})
