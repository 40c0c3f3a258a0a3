import { describe, expect, it } from 'vitest'

import { LAMP_PLACES, lampsOf, paintOf } from '../../../client/view/street-car.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS } from '../../../shared/model/vehicle.ts'

/** The most times within one second, of ten, that something lights up anew. `0` is dark. */
function mostFlashes(shown: (ms: number) => unknown): number {
  const starts: number[] = []
  for (let ms = 1; ms < 10_000; ms += 1) if (shown(ms) && shown(ms) !== shown(ms - 1)) starts.push(ms)
  return Math.max(0, ...starts.map((start) => starts.filter((other) => other >= start && other < start + 1000).length))
}

describe('lamps of a car', () => {
  it('are dark without flags', () => {
    expect(lampsOf(0, 100)).toEqual({ brake: false, left: false, right: false, head: false, siren: 0 })
  })

  it('show braking and headlights without blinking', () => {
    const flags = VEHICLE_FLAG.braking | VEHICLE_FLAG.headlights
    for (const ms of [0, 200, 400, 600]) expect(lampsOf(flags, ms)).toMatchObject({ brake: true, head: true })
  })

  it('blink on the side that is meant', () => {
    expect(lampsOf(VEHICLE_FLAG.indicatorLeft, 0)).toMatchObject({ left: true, right: false })
    expect(lampsOf(VEHICLE_FLAG.indicatorRight, 0)).toMatchObject({ left: false, right: true })
    expect(lampsOf(VEHICLE_FLAG.indicatorRight, 400)).toMatchObject({ right: false })
  })

  it('never flash more than three times a second, both lamps of a siren together', () => {
    const siren = mostFlashes((ms) => lampsOf(VEHICLE_FLAG.siren, ms).siren)
    expect(siren).toBeGreaterThan(1)
    expect(siren).toBeLessThanOrEqual(3)
    expect(mostFlashes((ms) => lampsOf(VEHICLE_FLAG.indicatorLeft, ms).left)).toBeLessThanOrEqual(2)
  })

  it('have a place on every kind of vehicle', () => {
    for (const kind of VEHICLE_KINDS) expect(LAMP_PLACES[kind].x).toBeGreaterThan(0)
  })

  it('paints what people drive, and leaves agents the colours by which they are told', () => {
    expect(paintOf('sedan', 0xd8414b)).toBe(0xd8414b)
    for (const kind of ['police', 'inspector', 'response', 'ambulance'] as const)
      expect(paintOf(kind, 0)).toBe(0xffffff)
  })
})
