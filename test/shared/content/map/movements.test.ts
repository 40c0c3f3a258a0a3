import { describe, expect, it } from 'vitest'
import { LANE_FLAG, type CityMap } from '../../../../shared/model/city-map.ts'
import { compiled, distanceOf, foesOf, junctionOf, lineOf, MAP_NAMES, predecessorsOf, readMapJson, roadOf, smallTown, successorsOf, wayBetween, waysBetween } from '../../../support/maps.ts' // prettier-ignore

const avenues = {
  'a2-b2': { class: 'avenue' },
  'b2-c2': { class: 'avenue' },
  'b1-b2': { class: 'avenue' },
  'b2-b3': { class: 'avenue' },
}
const lanesUsed = (map: CityMap, from: string, to: string) => {
  const forward = (id: string, lane: number) => Math.max(roadOf(map, id).forward.indexOf(lane), roadOf(map, id).backward.indexOf(lane))
  return waysBetween(map, from, to).map(({ fromLane, toLane }) => [forward(from, fromLane), forward(to, toLane)])
} // prettier-ignore

describe('movements', () => {
  it('[MAP-6] lead from the single lane of a street everywhere but back', () => {
    const map = compiled(smallTown())
    const [lane = -1] = roadOf(map, 'a2-b2').forward
    expect(successorsOf(map, lane)).toHaveLength(3)
    expect(waysBetween(map, 'a2-b2', 'a2-b2')).toEqual([])
  })

  it('[MAP-6] turn right from the kerb lane into the kerb lane', () => {
    expect(lanesUsed(compiled(smallTown({ road: avenues })), 'a2-b2', 'b2-b3')).toEqual([[0, 0]])
  })

  it('[MAP-6] turn left from the innermost lane into the innermost lane', () => {
    expect(lanesUsed(compiled(smallTown({ road: avenues })), 'a2-b2', 'b1-b2')).toEqual([[1, 1]])
  })

  it('[MAP-6] keep the lane straight on', () => {
    const map = compiled(smallTown({ road: avenues }))
    expect(lanesUsed(map, 'a2-b2', 'b2-c2')).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('[MAP-6] mark turns for who draws arrows and indicators', () => {
    const map = compiled(smallTown())
    const turns = LANE_FLAG.turnsLeft | LANE_FLAG.turnsRight
    const flags = (to: string) => (map.lanes.flags[wayBetween(map, 'a2-b2', to)] ?? 0) & turns
    expect([flags('b1-b2'), flags('b2-c2'), flags('b2-b3')]).toEqual([LANE_FLAG.turnsLeft, 0, LANE_FLAG.turnsRight])
  })

  it('[MAP-6] use both lanes where a T junction offers only left and right', () => {
    const map = compiled(smallTown({ road: { 'b2-c2': { class: 'avenue' } } }))
    expect(lanesUsed(map, 'b2-c2', 'c2-c3')).toEqual([[0, 0]])
    expect(lanesUsed(map, 'b2-c2', 'c1-c2')).toEqual([[1, 0]])
  })

  it('[MAP-7] leave the innermost lane to left turns where the road says so', () => {
    const map = compiled(smallTown({ road: { ...avenues, 'a2-b2': { class: 'avenue', leftLaneTurns: true } } }))
    expect(lanesUsed(map, 'a2-b2', 'b2-c2')).toEqual([[0, 0]])
    expect(lanesUsed(map, 'a2-b2', 'b1-b2')).toEqual([[1, 1]])
  })

  it('[MAP-7] leave the innermost lane to left turns where fewer lanes go on', () => {
    const map = compiled(smallTown({ road: { 'a2-b2': { class: 'avenue' } } }))
    expect(lanesUsed(map, 'a2-b2', 'b2-c2')).toEqual([[0, 0]])
  })

  it.each(['from', 'to'] as const)('[MAP-7] get a pocket for left turns before the end `%s`', (end) => {
    const map = compiled(smallTown({ road: { 'a2-b2': { leftPocket: [end] } } }))
    const pocket = roadOf(map, `a2-b2-pocket-${end}`)
    const lanes = end === 'to' ? pocket.forward : pocket.backward
    const [left, ahead] = end === 'to' ? ['b1-b2', 'b2-c2'] : ['a2-a3', 'a1-a2']
    expect(lanes).toHaveLength(2)
    expect(lanesUsed(map, pocket.id, left)).toContainEqual([1, 0])
    expect(lanesUsed(map, pocket.id, ahead)).not.toContainEqual([1, 0])
    expect(lanes.map((lane) => predecessorsOf(map, lane).length)).toEqual([1, 1])
  })
})

describe('where the number of lanes changes', () => {
  const changing = (first: readonly number[], second: readonly number[]) => {
    const roads = smallTown().roads.filter(({ id }) => !['b2-b3', 'b1-b2'].includes(id))
    return compiled(smallTown({ roads: roads.map((road) => ({ ...road, lanes: { 'a2-b2': first, 'b2-c2': second }[road.id] })) }))
  } // prettier-ignore

  it('[MAP-10] opens every lane of a wider road', () => {
    expect(lanesUsed(changing([1, 1], [3, 1]), 'a2-b2', 'b2-c2')).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ])
  })

  it('[MAP-10] lets every lane go on into a narrower road, the kerb lane yielding', () => {
    const map = changing([2, 1], [1, 1])
    expect(lanesUsed(map, 'a2-b2', 'b2-c2')).toEqual([
      [0, 0],
      [1, 0],
    ])
    const [kerb, inner] = waysBetween(map, 'a2-b2', 'b2-c2').map(({ lane }) => lane)
    expect(foesOf(map, kerb ?? -1)).toMatchObject([{ lane: inner, mustYield: true }])
  })

  it.each(MAP_NAMES)('[MAP-10] strands no lane of %s', (name) => {
    const map = compiled(readMapJson(name))
    for (let lane = 0; lane < map.lanes.count; lane += 1) {
      expect(successorsOf(map, lane).length).toBeGreaterThan(0)
      const beside = [map.lanes.left[lane] ?? -1, map.lanes.right[lane] ?? -1].some((other) => other >= 0)
      expect(predecessorsOf(map, lane).length > 0 || beside).toBe(true)
    }
  })
})

describe('a roundabout', () => {
  const map = compiled(smallTown({ node: { b2: { control: 'roundabout', radius: 22 } } }))
  const circle = map.roads.filter((road) => road.id.startsWith('b2-circle'))

  it('[MAP-9] has a one-way lane between any two arms, all on the circle', () => {
    expect(circle).toHaveLength(4)
    for (const { forward, backward } of circle) {
      expect([forward.length, backward.length]).toEqual([1, 0])
      for (const point of lineOf(map, forward[0] ?? -1)) {
        expect(Math.abs(distanceOf(point, { x: 200, y: 200 }) - 22)).toBeLessThan(0.4)
      }
    }
  })

  it('[MAP-9] is driven against the clock', () => {
    for (const { forward } of circle) {
      const line = lineOf(map, forward[0] ?? -1)
      const [a, b] = [line[0], line.at(-1)]
      const turn = a && b ? (a.x - 200) * (b.y - 200) - (a.y - 200) * (b.x - 200) : NaN
      expect(turn).toBeLessThan(0)
    }
  })

  it('[MAP-9] makes who enters yield to who goes round, and marks both', () => {
    const entry = circle.flatMap((piece) => waysBetween(map, 'a2-b2', piece.id))[0]?.lane ?? -1
    const flags = map.lanes.flags[entry] ?? 0
    expect(flags & LANE_FLAG.yield).toBe(LANE_FLAG.yield)
    expect(flags & LANE_FLAG.roundabout).toBe(LANE_FLAG.roundabout)
    expect(foesOf(map, entry).map((foe) => foe.mustYield)).toContain(true)
    expect(foesOf(map, entry).every((foe) => foe.mustYield)).toBe(true)
  })

  it('[MAP-9] lets one turn back to where one came from', () => {
    const seen = new Set(roadOf(map, 'a2-b2').forward)
    for (const lane of seen) for (const next of successorsOf(map, lane)) seen.add(next)
    expect(seen.has(roadOf(map, 'a2-b2').backward[0] ?? -1)).toBe(true)
    expect(junctionOf(map, 'b2').connectors).toEqual([])
  })
})
