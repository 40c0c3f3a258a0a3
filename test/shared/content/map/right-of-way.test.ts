import { describe, expect, it } from 'vitest'
import { LANE_FLAG, type CityMap, type Point } from '../../../../shared/model/city-map.ts'
import { generateTown } from '../../../../shared/content/map/town.ts'
import { compiled, distanceOf, foesOf, junctionOf, lineOf, MAP_NAMES, pointOn, predecessorsOf, readMapJson, smallTown, successorsOf, wayBetween } from '../../../support/maps.ts' // prettier-ignore

const crossing = (control: string, node = {}, road = {}) =>
  compiled(smallTown({ node: { b2: { control, ...node } }, road }))

/** Whether who goes `a[0]` → `a[1]` must let pass who goes `b[0]` → `b[1]`; `null` when their ways do not meet. */
function yields(map: CityMap, a: readonly [string, string], b: readonly [string, string]): boolean | null {
  const foe = wayBetween(map, ...b)
  return foesOf(map, wayBetween(map, ...a)).find((each) => each.lane === foe)?.mustYield ?? null
}

const maps = [
  ...MAP_NAMES.map((name) => ({ name, open: () => compiled(readMapJson(name)) })),
  { name: 'a generated town', open: () => compiled(generateTown({ columns: 4, rows: 3, seed: 5 })) },
]

describe('foes', () => {
  it.each(maps)('[MAP-11] are all that cross or join, and no others, in $name', ({ open }) => {
    const map = open()
    for (const { connectors } of map.junctions) {
      for (const a of connectors) {
        const expected = connectors.filter((b) => meet(map, a, b)).sort((x, y) => x - y)
        expect(foesOf(map, a).map((foe) => foe.lane)).toEqual(expected)
      }
    }
  })

  it.each(maps)('[MAP-11] name the same place from both sides in $name', ({ open }) => {
    const map = open()
    for (const { connectors } of map.junctions) {
      for (const a of connectors) {
        for (const foe of foesOf(map, a)) {
          expect(distanceOf(pointOn(map, { lane: a, s: foe.at }), pointOn(map, { lane: foe.lane, s: foe.atOther }))).toBeLessThan(0.001)
          const back = foesOf(map, foe.lane).find((each) => each.lane === a)
          expect(back).toMatchObject({ at: foe.atOther, atOther: foe.at })
        }
      }
    }
  }) // prettier-ignore

  it.each(maps)('[MAP-12] yield one to the other unless signals part them, in $name', ({ open }) => {
    const map = open()
    for (const { connectors, program } of map.junctions) {
      for (const a of connectors) {
        for (const foe of foesOf(map, a)) {
          const groups = [a, foe.lane].map((lane) => map.lanes.signalGroup[lane] ?? -1)
          const together =
            !program || program.phases.some(({ green }) => groups.every((group) => green.includes(group)))
          const back = foesOf(map, foe.lane).find((each) => each.lane === a)
          expect([foe.mustYield, back?.mustYield].filter(Boolean)).toHaveLength(together ? 1 : 0)
        }
      }
    }
  })

  it('[MAP-12] with permissive green, the left turn yields to oncoming traffic and crossing traffic is parted', () => {
    const map = crossing('signals')
    expect(yields(map, ['a2-b2', 'b1-b2'], ['b2-c2', 'a2-b2'])).toBe(true)
    expect(yields(map, ['b2-c2', 'a2-b2'], ['a2-b2', 'b1-b2'])).toBe(false)
    expect(yields(map, ['a2-b2', 'b2-c2'], ['b1-b2', 'b2-b3'])).toBe(false)
    expect(yields(map, ['b1-b2', 'b2-b3'], ['a2-b2', 'b2-c2'])).toBe(false)
  })
})

describe('who goes first', () => {
  const alongX = ['a2-b2', 'b2-c2'] as const
  const alongY = ['b1-b2', 'b2-b3'] as const

  it('[MAP-14] is who comes from the right', () => {
    const map = crossing('priority-right')
    expect(yields(map, alongX, alongY)).toBe(false)
    expect(yields(map, alongY, alongX)).toBe(true)
    expect(yields(map, alongX, ['b2-b3', 'b1-b2'])).toBe(true)
  })

  it('[MAP-14] is oncoming traffic before a left turn, also when both would use the same exit', () => {
    const map = crossing('priority-right')
    expect(yields(map, ['a2-b2', 'b1-b2'], ['b2-c2', 'a2-b2'])).toBe(true)
    expect(yields(map, ['a2-b2', 'b1-b2'], ['b2-c2', 'b1-b2'])).toBe(true)
    expect(yields(map, ['b2-c2', 'b1-b2'], ['a2-b2', 'b1-b2'])).toBe(false)
  })

  it.each(['stop', 'yield'])('[MAP-13] at a %s sign is who has none, on whatever side', (control) => {
    const map = crossing(control, { minor: ['b1-b2', 'b2-b3'] })
    expect(yields(map, alongY, alongX)).toBe(true)
    expect(yields(map, ['b2-b3', 'b1-b2'], alongX)).toBe(true)
    expect(yields(map, alongX, ['b2-b3', 'b1-b2'])).toBe(false)
  })

  it.each(['stop', 'yield'] as const)('[MAP-13] a %s sign is a flag of the ways that meet it', (control) => {
    const map = crossing(control, { minor: ['b1-b2'] })
    const flag = (from: string, to: string) => (map.lanes.flags[wayBetween(map, from, to)] ?? 0) & LANE_FLAG[control]
    expect([flag('b1-b2', 'b2-b3'), flag('b2-b3', 'b1-b2'), flag('a2-b2', 'b2-c2')]).toEqual([LANE_FLAG[control], 0, 0])
  })

  it('[MAP-13] puts signs on the roads of lower class', () => {
    const avenue = { class: 'avenue', lanes: [1, 1] }
    const map = crossing('yield', {}, { 'b1-b2': avenue, 'b2-b3': avenue })
    expect(yields(map, alongX, alongY)).toBe(true)
    expect(yields(map, alongY, alongX)).toBe(false)
  })

  it('[MAP-13] puts the sign on the side arm where all are of one class', () => {
    const map = compiled(smallTown({ node: { b1: { control: 'stop' } } }))
    expect(yields(map, ['b1-b2', 'a1-b1'], ['a1-b1', 'b1-c1'])).toBe(true)
    expect(yields(map, ['b1-b2', 'a1-b1'], ['b1-c1', 'a1-b1'])).toBe(true)
  })

  it('[MAP-13] lets the expressway go before who comes from the ramp', () => {
    const map = compiled(readMapJson('nuageville'))
    const merging = junctionOf(map, 'ring-ne').connectors.filter(
      (lane) => ((map.lanes.flags[lane] ?? 0) & LANE_FLAG.merge) !== 0,
    )
    expect(merging).toHaveLength(1)
    for (const lane of merging) {
      expect(foesOf(map, lane).length).toBeGreaterThan(0)
      expect(foesOf(map, lane).every((foe) => foe.mustYield)).toBe(true)
    }
  })
})

/** By its own geometry: two ways meet when they end in one lane, or when any of their segments cross. */
function meet(map: CityMap, a: number, b: number): boolean {
  if (a === b || predecessorsOf(map, a)[0] === predecessorsOf(map, b)[0]) return false
  if (successorsOf(map, a)[0] === successorsOf(map, b)[0]) return true
  const [first, second] = [lineOf(map, a), lineOf(map, b)]
  return first.slice(1).some((q, i) => second.slice(1).some((t, j) => cross([first[i], q], [second[j], t])))
}

type Segment = readonly [Point | undefined, Point]
function cross([p, q]: Segment, [r, t]: Segment): boolean {
  if (!p || !r || Math.min(p.x, q.x) > Math.max(r.x, t.x) || Math.min(r.x, t.x) > Math.max(p.x, q.x)) return false
  if (Math.min(p.y, q.y) > Math.max(r.y, t.y) || Math.min(r.y, t.y) > Math.max(p.y, q.y)) return false
  const side = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  return side(p, q, r) * side(p, q, t) <= 0 && side(r, t, p) * side(r, t, q) <= 0
}
