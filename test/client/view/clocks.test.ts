import { describe, expect, it } from 'vitest'

import { formatPlay, formatService, gapBetween } from '../../../client/view/clocks.ts'
import { toServiceMs } from '../../../shared/time.ts'
import { playMs, serviceMs } from '../../../shared/units.ts'

describe('the two clocks', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [65_000, '1:05'],
    [3_599_999, '59:59'],
    [3_845_000, '1:04:05'],
  ])('shows %i ms of play as %s', (ms, text) => {
    expect(formatPlay(playMs(ms))).toBe(text)
  })

  it('shows the time of day of the services, in UTC', () => {
    const at = toServiceMs({ year: 2026, month: 3, day: 14 }, 50_790_999)
    expect(formatService(at)).toBe('14:06:30')
  })

  it('measures a gap on both clocks: tenths of a second of play, whole seconds of service', () => {
    const earlier = { playMs: playMs(40_600), serviceMs: serviceMs(487_200) }
    const later = { playMs: playMs(45_000), serviceMs: serviceMs(540_000) }
    expect(gapBetween(earlier, later)).toEqual({ play: 4.4, service: 53 })
  })
})
