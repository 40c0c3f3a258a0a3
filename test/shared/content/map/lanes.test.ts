import { describe, expect, it } from 'vitest'
import { LANE_FLAG } from '../../../../shared/model/city-map.ts'
import { compiled, distanceOf, lineOf, MAP_NAMES, readMapJson, roadOf, smallTown, successorsOf, wayBetween, waysBetween } from '../../../support/maps.ts' // prettier-ignore

describe('lanes of a road', () => {
  it('[MAP-3] lie on the right of their direction, one lane width apart, the kerb lane first', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { class: 'avenue' } } }))
    const { forward, backward } = roadOf(map, 'a2-b2')
    const heights = [...forward, ...backward].map((lane) => (lineOf(map, lane)[0]?.y ?? 0) - 200)
    expect(heights).toEqual([4.875, 1.625, -4.875, -1.625])
  })

  it('[MAP-3] run in the direction of their side', () => {
    const map = compiled(smallTown())
    const { forward, backward } = roadOf(map, 'a2-b2')
    const eastward = [...forward, ...backward].map((lane) => {
      const line = lineOf(map, lane)
      return (line.at(-1)?.x ?? 0) - (line[0]?.x ?? 0) > 0
    })
    expect(eastward).toEqual([true, false])
  })

  it('[MAP-3] know the neighbour on either side', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { lanes: [3, 1], class: 'avenue' } } }))
    const [kerb = -1, middle = -1, inner = -1] = roadOf(map, 'a2-b2').forward
    expect([kerb, middle, inner].map((lane) => map.lanes.right[lane])).toEqual([-1, kerb, middle])
    expect([kerb, middle, inner].map((lane) => map.lanes.left[lane])).toEqual([middle, inner, -1])
  })

  it('[MAP-3] of a one-way road lie evenly about its centre line', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { lanes: [2, 0] } } }))
    const heights = roadOf(map, 'a2-b2').forward.map((lane) => (lineOf(map, lane)[0]?.y ?? 0) - 200)
    expect(heights).toEqual([1.625, -1.625])
    expect(roadOf(map, 'a2-b2').backward).toEqual([])
  })

  it('[MAP-4] follow a bend without kinks, and stay beside the line', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { via: [[140, 160]] } } }))
    const line = lineOf(map, roadOf(map, 'a2-b2').forward[0] ?? -1)
    expect(line.length).toBeGreaterThan(8)
    expect(Math.min(...line.map((p) => p.y))).toBeGreaterThan(180)
    expect(Math.min(...line.map((p) => p.y))).toBeLessThan(186)
    expect(sharpestTurn(line)).toBeLessThan(0.2)
  })

  it('[MAP-4] of a straight road are straight', () => {
    const map = compiled(smallTown())
    expect(lineOf(map, roadOf(map, 'a2-b2').forward[0] ?? -1)).toHaveLength(2)
  })

  it.each(MAP_NAMES)('[MAP-4] bend gently everywhere in %s', (name) => {
    const map = compiled(readMapJson(name))
    for (let lane = 0; lane < map.lanes.count; lane += 1) expect(sharpestTurn(lineOf(map, lane))).toBeLessThan(0.45)
  })
})

describe('connectors', () => {
  it.each(MAP_NAMES)('[MAP-5] join the lanes of %s end to end, heading the same way', (name) => {
    const map = compiled(readMapJson(name))
    for (const { connectors } of map.junctions) {
      for (const lane of connectors) {
        const line = lineOf(map, lane)
        for (const next of successorsOf(map, lane)) {
          expect(line.at(-1)).toEqual(lineOf(map, next)[0])
          expect(turnBetween(line.slice(-2), lineOf(map, next).slice(0, 2))).toBeLessThan(0.25)
        }
      }
    }
    for (let lane = 0; lane < map.lanes.count; lane += 1) {
      for (const next of successorsOf(map, lane)) expect(lineOf(map, next)[0]).toEqual(lineOf(map, lane).at(-1))
    }
  })

  it('[MAP-5] stand in the table as such: no road, the junction they cross, their length', () => {
    const map = compiled(smallTown())
    const lane = wayBetween(map, 'a2-b2', 'b2-c2')
    const { lanes } = map
    expect([lanes.road[lane], map.junctions[lanes.junction[lane] ?? -1]?.id]).toEqual([-1, 'b2'])
    expect((lanes.flags[lane] ?? 0) & LANE_FLAG.connector).toBe(LANE_FLAG.connector)
    const [from, to] = [lineOf(map, lane)[0], lineOf(map, lane).at(-1)]
    expect(lanes.length[lane]).toBeCloseTo(from && to ? distanceOf(from, to) : NaN, 6)
  })

  it('[MAP-8] have the lower legal limit of the two roads', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { limitKmh: 30 } } }))
    const limit = (from: string, to: string) => map.lanes.limit[wayBetween(map, from, to)]
    expect(limit('a2-b2', 'b2-c2')).toBeCloseTo(30 / 3.6, 9)
    expect(limit('b2-c2', 'a2-b2')).toBeCloseTo(30 / 3.6, 9)
    expect(limit('b1-b2', 'b2-b3')).toBeCloseTo(50 / 3.6, 9)
  })

  it('[MAP-8] advise the limit where they are straight, and less in a bend', () => {
    const map = compiled(smallTown())
    const straight = wayBetween(map, 'a2-b2', 'b2-c2')
    const right = waysBetween(map, 'a2-b2', 'b2-b3')[0]?.lane ?? -1
    expect(map.lanes.advised[straight]).toBe(map.lanes.limit[straight])
    expect(map.lanes.advised[right]).toBeLessThan(7)
    expect(map.lanes.advised.every((speed, lane) => speed > 0 && speed <= (map.lanes.limit[lane] ?? 0))).toBe(true)
  })

  it('[MAP-8] advise at least 110 km/h all around the ring', () => {
    const map = compiled(readMapJson('nuageville'))
    const ring = map.roads.filter((road) => road.class === 'expressway')
    const advised = ring.flatMap((road) => [...road.forward, ...road.backward].map((lane) => map.lanes.advised[lane]))
    expect(advised).toHaveLength(32)
    for (const speed of advised) expect(speed).toBeCloseTo(110 / 3.6, 9)
  })
})

function turnBetween(a: readonly { x: number; y: number }[], b: readonly { x: number; y: number }[]): number {
  const [p, q] = a
  const [r, t] = b
  if (!p || !q || !r || !t) return NaN
  const turn = Math.atan2(t.y - r.y, t.x - r.x) - Math.atan2(q.y - p.y, q.x - p.x)
  return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)))
}

function sharpestTurn(line: readonly { x: number; y: number }[]): number {
  return Math.max(0, ...line.slice(2).map((_, i) => turnBetween(line.slice(i, i + 2), line.slice(i + 1, i + 3))))
}
