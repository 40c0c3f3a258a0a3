import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMap } from '../../../../shared/content/map/compile.ts'
import { generateTown, startRoadsOf } from '../../../../shared/content/map/town.ts'
import { InvariantError } from '../../../../shared/assert.ts'
import { compiled } from '../../../support/maps.ts'

describe('generateTown', () => {
  it('[MAP-45] makes a sound town of any small size and seed', () => {
    const size = fc.record({
      columns: fc.integer({ min: 2, max: 6 }),
      rows: fc.integer({ min: 2, max: 6 }),
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(size, (wanted) => {
        const map = compileMap(generateTown(wanted))
        expect(map.ok ? [] : map.error).toEqual([])
      }),
      { numRuns: 25, seed: 7 },
    )
  })

  it.each([
    [2, 2],
    [2, 3],
    [3, 2],
    [2, 9],
    [10, 10],
  ])('[MAP-45] makes a sound town of %i × %i', (columns, rows) => {
    const map = compiled(generateTown({ columns, rows, seed: 1 }))
    expect(map.id).toBe(`town-${columns}x${rows}-1`)
    expect(map.stations.map((station) => station.kind)).toContain('response')
    expect(map.cameras.length).toBeGreaterThan(0)
    expect(map.scenery.buildings.length).toBeGreaterThan(20)
  })

  it('[MAP-45] makes the same town of the same arguments, and another of another seed', () => {
    const town = (seed: number) => compiled(generateTown({ columns: 4, rows: 3, seed })).hash
    expect(town(3)).toBe(town(3))
    expect(new Set([1, 2, 3, 4, 5].map(town)).size).toBe(5)
  })

  it.each([
    [1, 5],
    [5, 1],
    [2.5, 4],
    [101, 4],
    [Number.NaN, 4],
  ])('[MAP-45] throws for %d × %d, which only a bug can ask for', (columns, rows) => {
    expect(() => generateTown({ columns, rows, seed: 1 })).toThrow(InvariantError)
  })

  it.each([
    [4, 4, 9],
    [8, 8, 1234],
    [10, 7, 3],
  ])('[MAP-47] puts a ring around a town of %i × %i that is played', (columns, rows, seed) => {
    const size = { columns, rows, seed }
    const map = compiled(generateTown(size))
    const ring = map.roads.filter((road) => road.class === 'expressway')
    expect(ring.map(({ limitKmh }) => limitKmh)).toEqual([110, 110, 110, 110])
    const watched = map.cameras.filter(({ limitKmh }) => limitKmh === 110).map(({ roadId }) => roadId)
    expect(watched.toSorted()).toEqual(ring.map(({ id }) => id).toSorted())
    expect(ring.map(({ id }) => id)).toEqual(expect.arrayContaining([...startRoadsOf(size)]))
    expect(startRoadsOf(size)).toHaveLength(1)
    expect(generateTown(size).nodes.filter(({ control }) => control === 'roundabout')).toHaveLength(4)
    expect(new Set(map.districts.map(({ region }) => region)).size).toBe(4)
    expect(new Set(map.districts.map(({ id }) => id)).size).toBe(4)
    expect(map.scenery.water.length + map.scenery.parks.length).toBeGreaterThan(0)
    expect(map.busStops.length).toBeGreaterThan(0)
    expect(map.parkings.length).toBeGreaterThan(0)
  })

  it('[MAP-47] leaves towns of benches and the smallest ones without', () => {
    expect(startRoadsOf({ columns: 3, rows: 8, seed: 1 })).toEqual([])
    expect(startRoadsOf({ columns: 20, rows: 20, seed: 1 })).toEqual([])
  })

  it('[MAP-46] lays the town of the benches out as a grid 200 m apart, signals inside, two lanes each way', () => {
    const town = generateTown({ columns: 20, rows: 20, seed: 1 })
    const map = compiled(town)
    expect(town.nodes).toHaveLength(400)
    expect(map.roads).toHaveLength(760)
    expect(map.junctions.filter((junction) => junction.program)).toHaveLength(396)
    expect(map.roads.every(({ forward, backward }) => forward.length === 2 && backward.length === 2)).toBe(true)
    expect(town.nodes.slice(0, 21).map((node) => node.at)).toEqual(
      Array.from({ length: 21 }, (_, i) => [100 + (i % 20) * 200, i < 20 ? 100 : 300]),
    )
    expect(map.roads.every((road) => road.limitKmh === 50)).toBe(true)
  })

  it('[MAP-46] leaves out scenery that nobody would look at', () => {
    expect(generateTown({ columns: 10, rows: 10, seed: 1 }).scenery).toBe('full')
    expect(generateTown({ columns: 11, rows: 10, seed: 1 }).scenery).toBe('none')
  })
})
