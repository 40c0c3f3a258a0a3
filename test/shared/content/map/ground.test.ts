import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addArea, addStrip, isFree, openGround } from '../../../../shared/content/map/ground.ts'
import type { Point } from '../../../../shared/model/city-map.ts'

const p = (x: number, y: number): Point => ({ x, y })
const square = (x: number, y: number, size: number) => [p(x, y), p(x + size, y), p(x + size, y + size), p(x, y + size)]

const withLane = () => {
  const ground = openGround(400, 400)
  addStrip(ground, [p(0, 100), p(400, 100)], 2)
  return ground
}

describe('ground', () => {
  it('[MAP-24] is free beyond the wanted distance from a lane, and not within', () => {
    const ground = withLane()
    expect(isFree(ground, square(50, 105.01, 10), { lane: 3 })).toBe(true)
    expect(isFree(ground, square(50, 104.99, 10), { lane: 3 })).toBe(false)
    expect(isFree(ground, square(50, 84.99, 10), { lane: 3 })).toBe(true)
  })

  it('[MAP-24] is not free across a lane, nor around it', () => {
    expect(isFree(withLane(), square(50, 95, 10), { lane: 0 })).toBe(false)
    const ground = openGround(400, 400)
    addStrip(ground, [p(200, 200), p(204, 200)], 1)
    expect(isFree(ground, square(150, 150, 100), { lane: 0 })).toBe(false)
  })

  it('[MAP-24] does not care for kinds that were not named', () => {
    expect(isFree(withLane(), square(50, 95, 10), { water: 5 })).toBe(true)
  })

  it('[MAP-24] ends at the edge of the map', () => {
    const ground = openGround(400, 400)
    expect(isFree(ground, square(0, 0, 10), {})).toBe(true)
    expect(isFree(ground, square(-0.1, 0, 10), {})).toBe(false)
    expect(isFree(ground, square(391, 0, 10), {})).toBe(false)
  })

  it('[MAP-24] is taken within an area, around it and beside it', () => {
    const ground = openGround(400, 400)
    addArea(ground, square(100, 100, 100), 'water')
    expect(isFree(ground, square(140, 140, 10), { water: 2 })).toBe(false)
    expect(isFree(ground, square(50, 50, 200), { water: 2 })).toBe(false)
    expect(isFree(ground, square(90, 130, 9), { water: 2 })).toBe(false)
    expect(isFree(ground, square(80, 130, 9), { water: 2 })).toBe(true)
  })

  it('[MAP-25] is asked for single points as well', () => {
    const ground = withLane()
    expect(isFree(ground, [p(70, 103.7)], { lane: 1.6 })).toBe(true)
    expect(isFree(ground, [p(70, 103.5)], { lane: 1.6 })).toBe(false)
  })

  it('[MAP-24] agrees with measuring every lane, wherever one asks', () => {
    const place = fc.record({ x: fc.integer({ min: 10, max: 380 }), y: fc.integer({ min: 10, max: 380 }) })
    const lanes = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(lanes, place, fc.double({ min: 0, max: 9, noNaN: true }), (strips, { x, y }, wanted) => {
        const ground = openGround(400, 400)
        for (const [a, b] of strips) addStrip(ground, [a, b], 1.5)
        const nearest = Math.min(...strips.map(([a, b]) => metresTo(p(x, y), a, b))) - 1.5
        expect(isFree(ground, [p(x, y)], { lane: wanted })).toBe(nearest >= wanted)
      }),
    )
  })
})

function metresTo(q: Point, a: Point, b: Point): number {
  const [ux, uy] = [b.x - a.x, b.y - a.y]
  const square = ux * ux + uy * uy
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((q.x - a.x) * ux + (q.y - a.y) * uy) / square))
  return Math.sqrt((q.x - a.x - ux * share) ** 2 + (q.y - a.y - uy * share) ** 2)
}
