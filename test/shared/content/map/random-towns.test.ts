import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMap } from '../../../../shared/content/map/compile.ts'
import { generateTown } from '../../../../shared/content/map/town.ts'
import { expectSound } from '../../../support/map-invariants.ts'
import { compiled, MAP_NAMES, readMapJson, smallTown, sourceOf } from '../../../support/maps.ts'

const CONTROLS = ['signals', 'roundabout', 'stop', 'yield', 'priority-right', 'none'] as const
const CLASSES = ['avenue', 'street'] as const
const nodeIds = smallTown().nodes.map((node) => node.id)
const roadIds = smallTown().roads.map((road) => road.id)

const node = fc.record({
  at: fc.tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: -12, max: 12 })),
  control: fc.constantFrom(...CONTROLS),
  crossings: fc.boolean(),
  protectedLeft: fc.boolean(),
})
const road = fc.record({
  class: fc.constantFrom(...CLASSES),
  limitKmh: fc.constantFrom(20, 30, 50, 70),
  leftLaneTurns: fc.boolean(),
  bend: fc.integer({ min: -18, max: 18 }),
})
/** The small town with every node moved and every road bent, of random kinds: mostly sound, sometimes not. */
const towns = fc
  .record({
    nodes: fc.array(node, { minLength: nodeIds.length, maxLength: nodeIds.length }),
    roads: fc.array(road, { minLength: roadIds.length, maxLength: roadIds.length }),
    cameraAt: fc.double({ min: 0.3, max: 0.8, noNaN: true }),
  })
  .map(({ nodes, roads, cameraAt }) => {
    const base = smallTown()
    const places = new Map(base.nodes.map(({ id, at }, i) => [id, move(at, nodes[i]?.at ?? [0, 0])]))
    return smallTown({
      node: Object.fromEntries(nodeIds.map((id, i) => [id, { ...nodes[i], radius: 27, at: places.get(id) }])),
      road: Object.fromEntries(
        base.roads.map(({ id, from, to }, i) => {
          const { bend = 0, ...rest } = roads[i] ?? {}
          return [id, { ...rest, via: [between(places.get(from), places.get(to), bend)] }]
        }),
      ),
      cameras: [{ id: 'CAM', road: 'a2-b2', at: cameraAt }],
    })
  })

describe('random towns', () => {
  it('[MAP-12] are sound when they compile, and otherwise say where it hurts', () => {
    let sound = 0
    fc.assert(
      fc.property(towns, (json) => {
        const map = compileMap(sourceOf(json))
        if (map.ok) {
          sound += 1
          expectSound(map.value)
        }
        const faults = map.ok ? [] : map.error
        expect(faults.every(({ path, reason }) => /^(nodes|roads|cameras)\[\d+\]/.test(path) && reason !== '')).toBe(
          true,
        )
        expect(map.ok || faults.length > 0).toBe(true)
      }),
      { numRuns: 120, seed: 11 },
    )
    expect(sound).toBeGreaterThan(15)
  })

  it('[MAP-40] compile to the same hash twice', () => {
    fc.assert(
      fc.property(towns, (json) => {
        const [first, second] = [compileMap(sourceOf(json)), compileMap(sourceOf(json))]
        expect(first).toEqual(second)
      }),
      { numRuns: 30, seed: 12 },
    )
  })
})

describe('every map', () => {
  it.each(MAP_NAMES)('[MAP-11] %s is sound', (name) => {
    const map = compiled(readMapJson(name))
    expectSound(map)
    expect(map.id).toBe(name)
  })

  it.each([
    [2, 2, 1],
    [3, 4, 2],
    [7, 3, 99],
  ])('[MAP-45] a generated town of %i × %i from seed %i is sound', (columns, rows, seed) => {
    const map = compiled(generateTown({ columns, rows, seed }))
    expectSound(map)
    expect(map.junctions.length).toBeGreaterThanOrEqual(columns * rows)
  })
})

type Pair = readonly (number | undefined)[]
const move = ([x = 0, y = 0]: Pair, [dx = 0, dy = 0]: Pair): number[] => [x + dx, y + dy]
/** The middle of two places, moved square to the way between them. */
function between([ax = 0, ay = 0]: Pair = [], [bx = 0, by = 0]: Pair = [], aside: number): number[] {
  const length = Math.hypot(bx - ax, by - ay)
  return [(ax + bx) / 2 - ((by - ay) / length) * aside, (ay + by) / 2 + ((bx - ax) / length) * aside]
}
