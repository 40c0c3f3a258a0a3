import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { pointOnLane } from '../../shared/driving/lane-pose.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { drawMap } from '../support/map-svg.ts'
import { compiled, foesOf, MAP_NAMES, readMapJson, roadOf, sourceOf, successorsOf } from '../support/maps.ts'

/** Change one only together with its map or with the compiler, and say why in the commit. */
const HASHES = { nuageville: 1619872924, 'circuit-ecole': 3951910587 }

describe.each(MAP_NAMES)('map %s', (name) => {
  const map = compiled(readMapJson(name))

  it('[MAP-41] compiles to the map that is written down', () => {
    expect({ id: map.id, hash: map.hash }).toEqual({ id: name, hash: HASHES[name] })
  })

  it('[MAP-40] compiles to the same map again', () => {
    expect(compiled(readMapJson(name))).toEqual(map)
  })

  it('[MAP-40] has another hash after the least change', () => {
    const source = sourceOf(readMapJson(name))
    const [first, ...others] = source.nodes
    const moved = { ...source, nodes: [{ ...first, at: [(first?.at[0] ?? 0) + 0.5, first?.at[1] ?? 0] }, ...others] }
    expect(compiled(moved).hash).not.toBe(map.hash)
    expect(compiled({ ...source, seed: source.seed + 1 }).hash).not.toBe(map.hash)
  })

  it('[MAP-44] lets every lane reach every other', () => {
    const next = Array.from({ length: map.lanes.count }, (_, lane) => waysOn(map, lane))
    const previous: number[][] = next.map(() => [])
    next.forEach((lanes, lane) => lanes.forEach((other) => previous[other]?.push(lane)))
    expect(reachable(next).size).toBe(map.lanes.count)
    expect(reachable(previous).size).toBe(map.lanes.count)
  })

  it('[MAP-48] has no two ways that pass closer than a car is wide and know nothing of each other', () => {
    const tooClose = map.junctions.flatMap(({ id, connectors }) =>
      connectors.flatMap((one, i) =>
        connectors
          .slice(i + 1)
          .filter((other) => !areKnown(map, one, other) && leastMetres(map, one, other) < CAR_LAWS.sedan.width)
          .map((other) => `${id}: ${one} and ${other}`),
      ),
    )
    expect(tooClose).toEqual([])
  })

  it('[MAP-40] holds only finite numbers and lanes that exist', () => {
    const { count, ...columns } = map.lanes
    for (const [column, values] of Object.entries(columns)) {
      expect({ column, sound: values.every((value) => Number.isFinite(value)) }).toEqual({ column, sound: true })
    }
    for (let lane = 0; lane < count; lane += 1) {
      expect(map.lanes.length[lane]).toBeGreaterThan(4)
      for (const other of [...successorsOf(map, lane), ...foesOf(map, lane).map((foe) => foe.lane)]) {
        expect(other >= 0 && other < count).toBe(true)
      }
    }
  })

  it('[MAP-25] can be drawn for eyes to judge, in node_modules/.cache/maps', () => {
    const svg = drawMap(map)
    const folder = new URL('../../node_modules/.cache/maps/', import.meta.url)
    mkdirSync(folder, { recursive: true })
    writeFileSync(new URL(`${name}.svg`, folder), svg)
    expect(svg.match(/<polyline/g)).toHaveLength(2 * map.lanes.count)
  })
})

/** Foes, or ways that begin as one, or end as one. */
function areKnown(map: CityMap, one: number, other: number): boolean {
  const { predecessor, predecessorStart } = map.lanes
  const from = [one, other].map((way) => predecessor[predecessorStart[way] ?? -1])
  const to = [one, other].map((way) => successorsOf(map, way)[0])
  return from[0] === from[1] || to[0] === to[1] || foesOf(map, one).some(({ lane }) => lane === other)
}

/** Metres between the middles of two ways where they are nearest, to a hand's breadth. */
function leastMetres(map: CityMap, one: number, other: number): number {
  const [here, there] = [one, other].map((way) => pointsOf(map, way))
  const nearest = (here ?? []).map((a) => Math.min(...(there ?? []).map((b) => Math.hypot(a.x - b.x, a.y - b.y))))
  return Math.min(...nearest)
}

function pointsOf({ lanes }: CityMap, way: number): { x: number; y: number }[] {
  return Array.from({ length: Math.floor((lanes.length[way] ?? 0) / 0.25) }, (_, i) => {
    const point = { x: 0, y: 0 }
    pointOnLane(lanes, way, { s: i * 0.25, lat: 0 }, point)
    return point
  })
}

describe('nuageville', () => {
  const map = compiled(readMapJson('nuageville'))

  it('[MAP-42] has five districts with Regions and characters of their own', () => {
    expect(new Set(map.districts.map((district) => district.region)).size).toBe(5)
    expect(map.districts.map((district) => district.character).sort()).toEqual(
      ['business', 'harbour', 'old-town', 'school', 'suburb'], // prettier-ignore
    )
    const used = new Set(map.roads.map((road) => road.districtId))
    expect(used.size).toBe(5)
  })

  it('[MAP-42] has a ring of two lanes each way at 110 that leads all the way round', () => {
    const ring = map.roads.filter((road) => road.class === 'expressway')
    expect(ring.every((road) => road.limitKmh === 110 && road.forward.length === 2 && road.backward.length === 2)).toBe(true) // prettier-ignore
    const lanes = new Set(ring.flatMap((road) => [...road.forward, ...road.backward]))
    for (const start of [ring[0]?.forward[0] ?? -1, ring[0]?.backward[0] ?? -1]) {
      let lane = start
      let metres = 0
      do {
        const way = successorsOf(map, lane).find((each) => lanes.has(successorsOf(map, each)[0] ?? -1)) ?? -1
        metres += (map.lanes.length[lane] ?? 0) + (map.lanes.length[way] ?? 0)
        lane = successorsOf(map, way)[0] ?? -1
      } while (lane !== start && metres < 10_000)
      expect(lane).toBe(start)
      expect(metres).toBeGreaterThan(5_000)
    }
  })

  it('[MAP-42] has detectors on every side of the ring, both ways, and in the city', () => {
    const onRing = map.cameras.filter((camera) => camera.limitKmh === 110)
    expect(onRing.map((camera) => camera.id)).toEqual(['A7-N', 'A7-E', 'A7-S', 'A7-W'])
    expect(onRing.every((camera) => camera.lines.length === 4)).toBe(true)
    expect(map.cameras.length - onRing.length).toBeGreaterThanOrEqual(6)
  })

  it('[MAP-42] has signals, roundabouts, signs, merges and plain right of way', () => {
    const count = (control: string) => map.junctions.filter((junction) => junction.control === control).length
    expect(map.junctions.filter((junction) => junction.program).length).toBeGreaterThanOrEqual(12)
    for (const control of ['roundabout', 'stop', 'yield', 'merge', 'priority-right']) expect(count(control)).toBeGreaterThan(1)
  }) // prettier-ignore

  it('[MAP-42] has bridges over its river, water, boats, cranes, a stadium, a church and a school', () => {
    expect(map.roads.filter((road) => road.onBridge && road.name.startsWith('Pont')).length).toBeGreaterThanOrEqual(3)
    const kinds = new Set(map.scenery.buildings.map((building) => building.kind))
    for (const kind of ['crane', 'stadium', 'church', 'school', 'tower', 'warehouse', 'old-house', 'house', 'office']) {
      expect([...kinds]).toContain(kind)
    }
    expect(map.scenery.water.length).toBeGreaterThan(2)
    expect(map.scenery.boats.length).toBeGreaterThan(5)
  })

  it('[MAP-42] has a school zone at 30 with roads and a detector in it', () => {
    expect(roadOf(map, 'ecole-v2-c').limitKmh).toBe(30)
    expect(map.cameras.find((camera) => camera.id === 'ECOLE-1')?.limitKmh).toBe(30)
  })

  it('[MAP-42] has every kind of station, and an inspection lane beside the street', () => {
    const kinds = map.stations.map((station) => station.kind)
    expect([...new Set(kinds)].sort()).toEqual(['command', 'depot', 'garage', 'hospital', 'inspection', 'police', 'response']) // prettier-ignore
    const access = map.stations.find((station) => station.kind === 'inspection')?.access.lane ?? -1
    expect(map.roads[map.lanes.road[access] ?? -1]).toMatchObject({ class: 'lane', backward: [] })
  })

  it('[MAP-42] is about 2 km wide, with turn pockets, one-way streets, bus stops, zebras and parking', () => {
    expect([map.width, map.height]).toEqual([2200, 1700])
    expect(map.roads.filter((road) => road.id.includes('-pocket-')).length).toBeGreaterThan(1)
    expect(map.roads.filter((road) => road.class === 'lane').length).toBeGreaterThan(8)
    expect([map.busStops.length, map.crossings.length, map.parkings.length].every((count) => count >= 10)).toBe(true)
  })
})

describe('circuit-ecole', () => {
  const map = compiled(readMapJson('circuit-ecole'))

  it('[MAP-43] has a loop, one signal junction, one roundabout and one detector', () => {
    expect(map.junctions.filter((junction) => junction.program)).toHaveLength(1)
    expect(sourceOf(readMapJson('circuit-ecole')).nodes.filter((node) => node.control === 'roundabout')).toHaveLength(1)
    expect(map.cameras).toHaveLength(1)
    expect(map.roads.filter((road) => road.id.startsWith('boucle'))).toHaveLength(4)
  })
})

const waysOn = (map: CityMap, lane: number): number[] =>
  [...successorsOf(map, lane), map.lanes.left[lane] ?? -1, map.lanes.right[lane] ?? -1].filter((next) => next >= 0)

function reachable(next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set([0])
  for (const lane of seen) for (const other of next[lane] ?? []) seen.add(other)
  return seen
}
