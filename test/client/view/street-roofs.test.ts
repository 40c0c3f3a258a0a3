import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { boxOf } from '../../../client/view/street-lines.ts'
import {
  castShadow,
  facadeOf,
  frameOf,
  inset,
  ridgeRoof,
  shadowOf,
  southEdges,
} from '../../../client/view/street-roofs.ts'
import type { Outline } from '../../../shared/model/city-map.ts'

const box = (w: number, h: number): Outline => [{ x: 0, y: 0 }, { x: w, y: 0 }, { x: w, y: h }, { x: 0, y: h }] // prettier-ignore
const areaOf = (points: Outline) =>
  Math.abs(points.reduce((sum, p, i) => {
    const q = points[(i + 1) % points.length] ?? p
    return sum + p.x * q.y - q.x * p.y
  }, 0)) / 2 // prettier-ignore

describe('a roof', () => {
  it('of a house has four facets that cover its outline exactly', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 4, max: 40 }),
      fc.constantFrom(0, 0.5, 0.9),
    )
    fc.assert(
      fc.property(sizes, ([w, h, hip]) => {
        const facets = ridgeRoof(box(w, h), hip) ?? []
        expect(facets.length).toBe(4)
        expect(facets.reduce((sum, { points }) => sum + areaOf(points), 0)).toBeCloseTo(w * h, 6)
      }),
    )
  })

  it('is lighter towards the north-west than towards the south-east', () => {
    const lights = (ridgeRoof(box(20, 10), 0) ?? []).map(({ points, light }) => ({ light, y: boxOf(points).top }))
    const north = lights.find(({ y, light }) => y === 0 && Math.abs(light) > 0.5)
    expect(north?.light).toBeGreaterThan(0.5)
    expect(Math.min(...lights.map(({ light }) => light))).toBeLessThan(-0.5)
  })

  it('is flat where the outline has no four corners', () => {
    expect(ridgeRoof([...box(10, 10), { x: -2, y: 5 }], 0)).toBeNull()
  })
})

describe('a building', () => {
  it('shows façade at its southern foot only, and less than a third of its depth', () => {
    const edges = southEdges(box(20, 12))
    expect(edges).toEqual([[{ x: 0, y: 12 }, { x: 20, y: 12 }]]) // prettier-ignore
    for (const height of [3, 10, 60]) expect(facadeOf(box(20, 12), height)).toBeLessThanOrEqual(12 * 0.33)
    expect(facadeOf(box(20, 30), 60)).toBeGreaterThan(facadeOf(box(20, 30), 6))
  })

  it('finds the southern edges whichever way round the outline runs', () => {
    expect(southEdges(box(20, 12).toReversed())).toEqual(southEdges(box(20, 12)))
  })

  it('throws its shadow to the south-east, the longer the higher, up to a limit', () => {
    expect(shadowOf(10).x).toBeCloseTo(shadowOf(10).y)
    expect(shadowOf(10).x).toBeGreaterThan(0)
    expect(Math.hypot(shadowOf(20).x, shadowOf(20).y)).toBeCloseTo(11)
    expect(Math.hypot(shadowOf(500).x, shadowOf(500).y)).toBeCloseTo(26)
  })

  it('casts a shadow that reaches from its foot to its shifted top', () => {
    const shadow = boxOf(castShadow(box(10, 10), 20).flat())
    expect(shadow.left).toBe(0)
    expect(shadow.right).toBeCloseTo(10 + shadowOf(20).x)
  })

  it('has a frame along its longer side, and insets towards its middle', () => {
    expect(frameOf(box(10, 30))).toMatchObject({ x: 5, y: 15, long: 15, wide: 5 })
    expect(boxOf(inset(box(20, 20), 2))).toMatchObject({ left: 2, top: 2 })
    expect(boxOf(inset(box(20, 20), -3)).left).toBeCloseTo(-3)
  })
})
