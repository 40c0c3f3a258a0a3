import { describe, expect, it } from 'vitest'

import { openFrameWatch, QUALITIES, watchFrame, type FrameWatch } from '../../../client/view/street-quality.ts'

const frames = (watch: FrameWatch, ms: number, count: number): FrameWatch =>
  Array.from({ length: count }).reduce<FrameWatch>((now) => watchFrame(now, ms), watch)

/** Seconds of frames that take so long, until the step changes; `null` when it does not within a minute. */
function secondsToChange(watch: FrameWatch, ms: number): number | null {
  let now = watch
  for (let spent = 0; spent < 60_000; spent += ms) {
    now = watchFrame(now, ms)
    if (now.step !== watch.step) return (spent + ms) / 1000
  }
  return null
}

describe('the quality of the picture', () => {
  it.each([40, 70, 200, 900])('falls a step within six seconds of frames of %i ms, down to the lowest', (ms) => {
    expect(secondsToChange(openFrameWatch(2), ms)).toBeLessThanOrEqual(6)
    const lowest = frames(openFrameWatch(2), ms, Math.ceil(16_000 / ms))
    expect(lowest.step).toBe(0)
    expect(secondsToChange(lowest, ms)).toBeNull()
  })

  it('forgives a few slow frames, a slow start, and one slow window', () => {
    const mostly = Array.from({ length: 40 }).reduce<FrameWatch>(
      (now) => frames(frames(now, 50, 3), 20, 25),
      openFrameWatch(1),
    )
    expect(mostly.step).toBe(1)
    const started = frames(openFrameWatch(1), 150, 10)
    const stumbled = frames(frames(started, 20, 75), 50, 30)
    expect(frames(stumbled, 20, 900).step).toBe(1)
  })

  it('does not count the frame after a page was out of sight', () => {
    const settled = frames(openFrameWatch(1), 20, 200)
    expect(watchFrame(settled, 30_000)).toBe(settled)
  })

  it('climbs when nearly all frames are quick, to the highest', () => {
    expect(secondsToChange(openFrameWatch(1), 16)).toBeLessThan(5)
    expect(frames(openFrameWatch(0), 16, 600).step).toBe(2)
  })

  it('does not climb for one quick window between others', () => {
    const mixed = Array.from({ length: 20 }).reduce<FrameWatch>(
      (now) => frames(frames(frames(now, 16, 90), 16, 85), 34, 5),
      openFrameWatch(0),
    )
    expect(mixed.step).toBe(0)
  })

  it('leaves a step that it climbed to when one frame in ten misses a refresh, and stays on one that it began with', () => {
    const missing = (watch: FrameWatch) =>
      Array.from({ length: 60 }).reduce<FrameWatch>((now) => frames(frames(now, 16.7, 9), 33.4, 1), watch)
    const climbed = frames(openFrameWatch(0), 16, 300)
    expect(climbed.step).toBe(1)
    const left = missing(climbed)
    expect(left.step).toBe(0)
    expect(frames(left, 16, 2000).step).toBe(0)
    expect(missing(openFrameWatch(1)).step).toBe(1)
  })

  it('does not climb again after a fall', () => {
    const fallen = frames(openFrameWatch(1), 50, 150)
    expect(fallen.step).toBe(0)
    expect(secondsToChange(fallen, 10)).toBeNull()
  })

  it('costs more at each step, and never drops what informs: steps differ in fineness only', () => {
    const ratios = QUALITIES.map(({ pixelRatio }) => pixelRatio)
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b))
    for (const quality of QUALITIES) expect(quality.rainLayers).toBeGreaterThan(0)
  })
})
