import { describe, expect, it } from 'vitest'
import type { CityMap, Outline, Point } from '../../../../shared/model/city-map.ts'
import { compiled, lineOf, readMapJson, rect, smallTown } from '../../../support/maps.ts'

const towns = [
  { name: 'nuageville', open: () => compiled(readMapJson('nuageville')) },
  { name: 'circuit-ecole', open: () => compiled(readMapJson('circuit-ecole')) },
  ...(['old-town', 'business', 'harbour', 'school', 'suburb', 'training'] as const).map((character) => ({
    name: `a small town of character ${character}`,
    open: () =>
      compiled(
        smallTown({
          scenery: 'full',
          districts: [{ id: 'all', region: 'eu-west-3', character, outline: rect(0, 0, 400, 400) }],
        }),
      ),
  })),
]
const isMadeUp = ({ kind }: { kind: string }) => ['house', 'old-house', 'office', 'tower', 'warehouse'].includes(kind)

describe.each(towns)('the scenery of $name', ({ open }) => {
  const map = open()
  const houses = map.scenery.buildings.filter(isMadeUp)
  const clearance = openClearance(map)

  it('[MAP-24] has houses, all 3 m or more from every lane', () => {
    expect(houses.length).toBeGreaterThan(10)
    const tight = houses.filter((house) => samplesOf(house.outline).some((p) => clearance(p) < 3 - 0.05))
    expect(tight).toEqual([])
  })

  it('[MAP-24] has houses on the map and off the water', () => {
    for (const house of houses) {
      for (const p of samplesOf(house.outline)) {
        expect(p.x >= 0 && p.y >= 0 && p.x <= map.width && p.y <= map.height).toBe(true)
        expect(map.scenery.water.some((water) => within(water, p))).toBe(false)
      }
    }
  })

  it('[MAP-24] has no house in another, nor in a station or landmark', () => {
    const boxed = map.scenery.buildings.map((building) => ({ building, box: boxOf(building.outline) }))
    for (const house of houses) {
      const own = boxOf(house.outline)
      const near = boxed.filter(({ building, box }) => building !== house && touches(own, box))
      const samples = samplesOf(house.outline)
      const inside = near.filter(({ building }) => samples.some((p) => within(building.outline, p)))
      expect(inside).toEqual([])
    }
  })

  it('[MAP-25] has trees and lamps, none on a lane', () => {
    expect(map.scenery.trees.length).toBeGreaterThan(20)
    expect(map.scenery.lamps.length).toBeGreaterThan(8)
    expect(map.scenery.trees.filter((tree) => clearance(tree) < 0.5)).toEqual([])
    const onGround = map.scenery.lamps.filter((lamp) => !map.roads.some((road) => road.onBridge && nearLine(road.centreLine, lamp)))
    expect(onGround.filter((lamp) => clearance(lamp) < 0.3)).toEqual([])
  }) // prettier-ignore
})

describe('scenery', () => {
  it('[MAP-26] is left out where the source wants none, but not what the author placed', () => {
    const map = compiled(
      smallTown({
        buildings: [{ kind: 'church', outline: rect(120, 110, 130, 120), height: 20 }],
        water: [rect(20, 20, 40, 40)],
        boats: [{ at: [30, 30], towards: [30, 40], length: 8 }],
      }),
    )
    expect(map.scenery.buildings.map((building) => building.kind)).toEqual(['church'])
    expect(map.scenery.water).toHaveLength(1)
    expect(map.scenery.boats[0]).toMatchObject({ x: 30, y: 30, length: 8 })
    expect(map.scenery.boats[0]?.heading).toBeCloseTo(Math.PI / 2, 9)
    expect([map.scenery.trees, map.scenery.lamps]).toEqual([[], []])
  })

  it('[MAP-24] leaves pavements alone where the road says so', () => {
    const road = Object.fromEntries(smallTown().roads.map(({ id }) => [id, { buildings: 'none' }]))
    expect(compiled(smallTown({ scenery: 'full', road })).scenery.buildings).toEqual([])
  })

  it('[MAP-24] builds only on the side that the road allows', () => {
    const road = Object.fromEntries(smallTown().roads.map(({ id }) => [id, { buildings: 'none' }]))
    const map = compiled(smallTown({ scenery: 'full', road: { ...road, 'a2-b2': { buildings: 'left' } } }))
    const { buildings } = map.scenery
    expect(buildings.length).toBeGreaterThan(2)
    expect(buildings.every((house) => house.outline.every((p) => p.y < 200))).toBe(true)
  })

  it('[MAP-24] differs with the seed', () => {
    const outlines = (seed: number) => compiled(smallTown({ scenery: 'full', seed })).scenery.buildings
    expect(outlines(1)).not.toEqual(outlines(2))
  })
})

/** Metres to the edge of the nearest lane within 12 m, by its own hash of points every half metre. */
function openClearance(map: CityMap): (p: Point) => number {
  const cells = new Map<string, { x: number; y: number; half: number }[]>()
  const key = (x: number, y: number) => `${Math.floor(x / 16)},${Math.floor(y / 16)}`
  for (let lane = 0; lane < map.lanes.count; lane += 1) {
    const half = (map.lanes.width[lane] ?? 0) / 2
    for (const { x, y } of every(lineOf(map, lane), 0.5)) {
      const known = cells.get(key(x, y)) ?? []
      known.push({ x, y, half })
      cells.set(key(x, y), known)
    }
  }
  return (p) => {
    let least = Infinity
    for (const dx of [-16, 0, 16]) {
      for (const dy of [-16, 0, 16]) {
        for (const { x, y, half } of cells.get(key(p.x + dx, p.y + dy)) ?? []) {
          least = Math.min(least, Math.hypot(p.x - x, p.y - y) - half)
        }
      }
    }
    return least
  }
}

function every(line: readonly Point[], step: number): Point[] {
  return line.flatMap((a, i) => {
    const b = line[i + 1]
    if (!b) return [a]
    const count = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / step))
    return Array.from({ length: count }, (_, k) => ({ x: a.x + ((b.x - a.x) * k) / count, y: a.y + ((b.y - a.y) * k) / count }))
  })
} // prettier-ignore

const samplesOf = (outline: Outline): Point[] => every([...outline, ...outline.slice(0, 1)], 2)

function within(outline: Outline, p: Point): boolean {
  let inside = false
  outline.forEach((a, i) => {
    const b = outline[(i + outline.length - 1) % outline.length]
    if (b && a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  })
  return inside
}

function boxOf(outline: Outline) {
  const [xs, ys] = [outline.map((p) => p.x), outline.map((p) => p.y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}
const touches = (a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
const nearLine = (line: Outline, p: Point): boolean => every(line, 2).some((q) => Math.hypot(q.x - p.x, q.y - p.y) < 16)
