import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattenSpline, flattenTurn, tightestRadius } from '../../../../shared/content/map/curve.ts'
import { contains, crossing, cut, direction, distance, distanceToSegment, hull, lengthOf, offset, placeAlong, quantise, segmentsMeet } from '../../../../shared/content/map/geometry.ts' // prettier-ignore

const p = (x: number, y: number) => ({ x, y })
const corner = [p(0, 0), p(10, 0), p(10, 10)]
const coordinate = fc.double({ min: -500, max: 500, noNaN: true })
const point = fc.record({ x: coordinate, y: coordinate })

describe('lines', () => {
  it('have a length, and places along it', () => {
    expect(lengthOf(corner)).toBe(20)
    expect(placeAlong(corner, 4)).toEqual({ point: p(4, 0), along: p(1, 0) })
    expect(placeAlong(corner, 14)).toEqual({ point: p(10, 4), along: p(0, 1) })
    expect(placeAlong(corner, 99).point).toEqual(p(10, 10))
    expect(placeAlong(corner, -3).point).toEqual(p(0, 0))
  })

  it('are cut to a part', () => {
    expect(cut(corner, 4, 13)).toEqual([p(4, 0), p(10, 0), p(10, 3)])
    expect(cut(corner, 12, 15)).toEqual([p(10, 2), p(10, 5)])
  })

  it('have parallels that keep their corners', () => {
    expect(offset(corner, 2)).toEqual([p(0, 2), p(8, 2), p(8, 10)])
    expect(offset(corner, -2)).toEqual([p(0, -2), p(12, -2), p(12, 10)])
  })

  it('cross where their segments do', () => {
    expect(crossing(corner, [p(5, -5), p(5, 5)])).toEqual({ onA: 5, onB: 5 })
    expect(crossing(corner, [p(20, 0), p(20, 9)])).toBeNull()
    expect(segmentsMeet(p(0, 0), p(4, 0), p(0, 1), p(4, 1))).toBeNull()
  })

  it('give the same crossing from both sides', () => {
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        const there = crossing([a, b], [c, d])
        const back = crossing([c, d], [a, b])
        expect(there?.onA ?? -1).toBeCloseTo(back?.onB ?? -1, 3)
      }),
    )
  })

  it('lie on the grid of 1/64 m after rounding', () => {
    fc.assert(
      fc.property(coordinate, (x) => {
        expect(Number.isInteger(quantise(x) * 64)).toBe(true)
        expect(Math.abs(quantise(x) - x)).toBeLessThanOrEqual(1 / 128)
      }),
    )
  }) // prettier-ignore
})

describe('outlines', () => {
  const square = [p(0, 0), p(4, 0), p(4, 4), p(0, 4)]

  it('contain what lies within', () => {
    expect([p(2, 2), p(5, 2), p(-1, -1)].map((q) => contains(square, q))).toEqual([true, false, false])
  })

  it('have a hull that contains them', () => {
    expect(hull([...square, p(1, 2), p(3, 3)])).toHaveLength(4)
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 20 }), (points) => {
        const around = hull(points)
        for (const q of points) {
          const onEdge = around.some((a, i) => distanceToSegment(q, a, around[(i + 1) % around.length] ?? a) < 1e-6)
          expect(onEdge || contains(around, q)).toBe(true)
        }
      }),
    )
  })
})

describe('curves', () => {
  it('of a road begin and end at its nodes, heading for the control points', () => {
    const line = flattenSpline(p(0, 0), [p(100, 0), p(100, 100)], p(0, 100))
    expect([line[0], line.at(-1)]).toEqual([p(0, 0), p(0, 100)])
    expect(direction(p(0, 0), line[1] ?? p(0, 0)).x).toBeGreaterThan(0.99)
    expect(line.length).toBeGreaterThan(20)
  })

  it('of a road without control points are straight', () => {
    expect(flattenSpline(p(0, 0), [], p(9, 9))).toEqual([p(0, 0), p(9, 9)])
  })

  it('through a right angle are arcs of a circle', () => {
    const line = flattenTurn(p(0, 0), p(1, 0), p(10, 10), p(0, 1))
    for (const q of line) expect(Math.abs(distance(q, p(0, 10)) - 10)).toBeLessThan(0.01)
    expect(Math.abs(tightestRadius(line) - 10)).toBeLessThan(0.6)
  })

  it('have a straight piece where one side has more room', () => {
    const line = flattenTurn(p(-20, 0), p(1, 0), p(10, 10), p(0, 1))
    expect(line[0]).toEqual(p(-20, 0))
    expect(line[1]?.x).toBeCloseTo(0, 9)
    expect(Math.abs(tightestRadius(line) - 10)).toBeLessThan(0.6)
  })

  it('to a parallel lane are shifts without corners', () => {
    const line = flattenTurn(p(0, 0), p(1, 0), p(30, 3), p(1, 0))
    expect(line.every((q, i) => i === 0 || q.x > (line[i - 1]?.x ?? 0))).toBe(true)
    expect(tightestRadius(line)).toBeGreaterThan(20)
  })

  it('keep their ends whatever the angle', () => {
    const angle = fc.double({ min: -2.6, max: 2.6, noNaN: true })
    fc.assert(
      fc.property(angle, (turn) => {
        const u = p(1, 0)
        const v = p(Math.cos(turn), Math.sin(turn))
        const end = p(15 + 15 * v.x, 15 * v.y)
        const line = flattenTurn(p(0, 0), u, end, v)
        expect(line[0]).toEqual(p(0, 0))
        expect(distance(line.at(-1) ?? p(0, 0), end)).toBeLessThan(1e-9)
        expect(lengthOf(line)).toBeLessThan(31)
      }),
    )
  })

  it('without a bend have no radius', () => {
    expect(tightestRadius([p(0, 0), p(5, 0), p(9, 0)])).toBe(Infinity)
  })
})
