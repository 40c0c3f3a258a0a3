import { describe, expect, it } from 'vitest'

import { openFrameWatch, QUALITIES, watchFrame, type FrameWatch } from '../../../client/view/street-quality.ts'

const frames = (watch: FrameWatch, ms: number, count = 90): FrameWatch =>
  Array.from({ length: count }).reduce<FrameWatch>((now) => watchFrame(now, ms), watch)

describe('the quality of the picture', () => {
  it('falls a step after a window of slow frames, down to the lowest', () => {
    const first = frames(openFrameWatch(2), 50)
    expect(first.step).toBe(1)
    expect(frames(frames(first, 50), 50).step).toBe(0)
  })

  it('forgives a few slow frames', () => {
    const mostly = frames(frames(openFrameWatch(1), 50, 10), 20, 80)
    expect(mostly.step).toBe(1)
  })

  it('climbs when nearly all frames are quick', () => expect(frames(openFrameWatch(1), 16).step).toBe(2))

  it('does not climb again after a fall', () => {
    const fallen = frames(openFrameWatch(1), 50)
    expect(frames(frames(fallen, 10), 10).step).toBe(0)
  })

  it('costs more at each step, and never drops what informs: steps differ in fineness only', () => {
    const ratios = QUALITIES.map(({ pixelRatio }) => pixelRatio)
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b))
    for (const quality of QUALITIES) expect(quality.rainLayers).toBeGreaterThan(0)
  })
})
