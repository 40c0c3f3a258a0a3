import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { luminanceOf } from '../../../client/view/street-palette.ts'
import { dayShare, hourOfCity, skyAt } from '../../../client/view/street-sky.ts'

const HOUR = 3_600_000
/** Service time at an hour of the city's day, which is an hour ahead of UTC. */
const at = (hour: number) => (hour - 1) * HOUR

describe('the sky', () => {
  it('lives an hour ahead of UTC, and begins each day anew', () => {
    expect(hourOfCity(at(12))).toBe(12)
    expect(hourOfCity(at(23.5) + HOUR)).toBeCloseTo(0.5)
    expect(hourOfCity(at(6) + 20_000 * 24 * HOUR)).toBeCloseTo(6)
  })

  it.each([
    [12, 1],
    [7.5, 1],
    [18, 1],
    [23, 0],
    [3, 0],
  ])('at %d o’clock has a day share of %d', (hour, share) => expect(dayShare(at(hour))).toBeCloseTo(share))

  it('leaves colours alone by clear day, and takes most of the light at night', () => {
    expect(skyAt(at(12), 'clear')).toMatchObject({ multiply: '#ffffff', lamps: 0 })
    const night = skyAt(at(23), 'clear')
    expect(night.lamps).toBe(1)
    expect(luminanceOf(night.multiply)).toBeLessThan(0.2)
  })

  it('never goes black: the darkest hour in rain still shows painted lines on asphalt', () => {
    for (let hour = 0; hour < 24; hour += 0.25) {
      expect(luminanceOf(skyAt(at(hour), 'rain').multiply)).toBeGreaterThan(0.04)
    }
  })

  it.each(['rain', 'fog'] as const)('lights the lamps a little in %s, even at noon', (weather) => {
    const { multiply, lamps } = skyAt(at(12), weather)
    expect(lamps).toBeGreaterThan(0.3)
    expect(luminanceOf(multiply)).toBeLessThan(0.85)
  })

  it('casts the darkest shadows by clear day, faint ones by the moon, and hardly any in rain and fog', () => {
    const [day, dusk, night] = [12, 20, 23].map((hour) => skyAt(at(hour), 'clear').shadows)
    const [rain, fog] = (['rain', 'fog'] as const).map((weather) => skyAt(at(12), weather).shadows)
    expect(day).toBeGreaterThan(1.5 * (dusk ?? 1))
    expect(dusk).toBeGreaterThan(1.5 * (night ?? 1))
    expect(rain).toBeLessThan((day ?? 0) / 3)
    expect(fog).toBeLessThan(rain ?? 0)
  })

  it('paints the ground anew for its shadows four times a day at most', () => {
    const minutes = Array.from({ length: 24 * 60 }, (_, minute) => skyAt(at(minute / 60), 'clear').shadows)
    expect(minutes.filter((shadows, i) => shadows !== minutes.at(i - 1))).toHaveLength(4)
  })

  it('changes slowly: no minute of the day differs from the next by more than a hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 60 }), (minute) => {
        const [now, next] = [0, 1].map((step) => dayShare(at((minute + step) / 60)))
        expect(Math.abs((now ?? 0) - (next ?? 0))).toBeLessThan(0.011)
      }),
    )
  })
})
