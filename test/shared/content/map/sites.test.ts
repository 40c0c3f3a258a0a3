import { describe, expect, it } from 'vitest'
import { compiled, distanceOf, distanceToLanes, junctionOf, lineOf, MAP_NAMES, pointOn, readMapJson, rect, roadOf, smallTown, wayBetween } from '../../../support/maps.ts' // prettier-ignore

const withCamera = (camera = {}) =>
  compiled(
    smallTown({
      cameras: [{ id: 'A-1', road: 'a2-b2', at: 0.5, ...camera }],
      road: { 'a2-b2': { class: 'avenue', limitKmh: 70 } },
    }),
  )
const withStation = (station = {}) =>
  compiled(smallTown({ stations: [{ id: 'post', kind: 'police', road: 'a2-b2', at: 0.5, width: 20, depth: 10, ...station }] })) // prettier-ignore

describe('cameras', () => {
  it.each([
    ['both', 4],
    ['forward', 2],
    ['backward', 2],
  ])('[MAP-19] measure the lanes of direction %s', (direction, count) => {
    const map = withCamera({ direction })
    const road = roadOf(map, 'a2-b2')
    const wanted = { both: [...road.forward, ...road.backward], forward: road.forward, backward: road.backward }
    const [camera] = map.cameras
    expect(camera?.lines.map((line) => line.lane)).toEqual(wanted[direction as 'both'])
    expect(camera?.lines).toHaveLength(count)
  })

  it('[MAP-19] measure at their share of the road, square across', () => {
    const map = withCamera({ at: 0.25 })
    for (const line of map.cameras[0]?.lines ?? []) expect(pointOn(map, line).x).toBeCloseTo(110, 6)
  })

  it('[MAP-19] know the road, the limit and the district, and look along the traffic', () => {
    const [camera] = withCamera({ metres: 80 }).cameras
    expect(camera).toMatchObject({ id: 'A-1', roadId: 'a2-b2', limitKmh: 70, districtId: 'all', heading: 0 })
    expect(camera?.fieldOfView.metres).toBe(80)
    expect(Math.abs(withCamera({ direction: 'backward' }).cameras[0]?.heading ?? 0)).toBeCloseTo(Math.PI, 9)
  })

  it('[MAP-19] stand beside the road, not on it', () => {
    const map = withCamera()
    expect(distanceToLanes(map, map.cameras[0] ?? { x: 0, y: 0 })).toBeCloseTo(1.5, 1)
  })

  it('[MAP-19] find their place on a road that a pocket splits', () => {
    const road = { 'a2-b2': { leftPocket: ['to'] } }
    const at = (share: number) =>
      compiled(smallTown({ road, cameras: [{ id: 'x', road: 'a2-b2', at: share }] })).cameras[0]
    expect(at(0.3)).toMatchObject({ roadId: 'a2-b2' })
    expect(at(0.75)).toMatchObject({ roadId: 'a2-b2-pocket-to' })
    expect(at(0.75)?.lines).toHaveLength(3)
  })
})

describe('stations', () => {
  it.each([
    ['right', 1],
    ['left', -1],
  ] as const)('[MAP-20] stand on the %s of their road and face it', (side, sign) => {
    const map = withStation({ side })
    const [station] = map.stations
    expect(Math.sign((station?.y ?? 0) - 200)).toBe(sign)
    expect(station?.heading).toBeCloseTo((-sign * Math.PI) / 2, 9)
    const road = roadOf(map, 'a2-b2')
    expect(station?.access.lane).toBe(side === 'right' ? road.forward[0] : road.backward[0])
    expect(station ? pointOn(map, station.access).x : NaN).toBeCloseTo(140, 6)
  })

  it('[MAP-20] have the size that was asked for, 6 m from the road', () => {
    const [station] = withStation().stations
    const xs = station?.outline.map((p) => p.x) ?? []
    const ys = station?.outline.map((p) => p.y) ?? []
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([130, 150])
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([209.25, 219.25])
  })

  it('[MAP-20] on the far side of a one-way road are reached from its far lane', () => {
    const stations = [{ id: 'post', kind: 'garage', road: 'a2-b2', at: 0.5, side: 'left' }]
    const map = compiled(smallTown({ stations, road: { 'a2-b2': { lanes: [2, 0] } } }))
    expect(map.stations[0]?.access.lane).toBe(roadOf(map, 'a2-b2').forward[1])
  })

  it('[MAP-20] are buildings as well', () => {
    const map = withStation({ height: 12 })
    expect(map.scenery.buildings).toEqual([{ kind: 'station', outline: map.stations[0]?.outline, height: 12 }])
  })
})

describe('zebras', () => {
  const map = compiled(
    smallTown({
      node: { b2: { control: 'signals', crossings: true } },
      crossings: [{ id: 'zebra', road: 'a1-b1', at: 0.5 }],
    }),
  )

  it('[MAP-21] away from junctions cross every lane of their road', () => {
    const zebra = map.crossings.find((each) => each.id === 'zebra')
    const { forward, backward } = roadOf(map, 'a1-b1')
    expect(zebra?.lines.map((line) => line.lane)).toEqual([...forward, ...backward])
    expect(zebra ? distanceOf(zebra.from, zebra.to) : 0).toBeCloseTo(8.5, 6)
  })

  it('[MAP-21] at junctions lie on the connectors, behind the stop line', () => {
    const zebras = map.crossings.filter((each) => each.id.startsWith('b2-zebra'))
    expect(zebras).toHaveLength(4)
    const lanes = new Set(zebras.flatMap((zebra) => zebra.lines.map((line) => line.lane)))
    expect(lanes).toEqual(new Set(junctionOf(map, 'b2').connectors))
    const straight = wayBetween(map, 'a2-b2', 'b2-c2')
    const places = zebras.flatMap((zebra) => zebra.lines).filter((line) => line.lane === straight)
    const length = map.lanes.length[straight] ?? 0
    expect(places.map((line) => line.s).sort((a, b) => a - b)).toEqual([2.5, length - 2.5])
  })

  it('[MAP-21] at junctions run from kerb to kerb, over the places on the connectors', () => {
    for (const zebra of map.crossings.filter((each) => each.id.startsWith('b2-zebra'))) {
      const middle = { x: (zebra.from.x + zebra.to.x) / 2, y: (zebra.from.y + zebra.to.y) / 2 }
      for (const line of zebra.lines) expect(distanceOf(pointOn(map, line), middle)).toBeLessThan(3.5)
    }
  })
})

describe('parking and buses', () => {
  it('[MAP-22] parks cars beside the kerb, along the nearest lane', () => {
    const map = compiled(smallTown({ parkings: [{ road: 'a2-b2', from: 0.3, to: 0.7, side: 'left' }] }))
    expect(map.parkings.length).toBe(7)
    for (const parking of map.parkings) {
      expect(distanceToLanes(map, parking)).toBeCloseTo(1.1, 1)
      expect(Math.abs(parking.heading)).toBeCloseTo(Math.PI, 9)
      expect(parking.access.lane).toBe(roadOf(map, 'a2-b2').backward[0])
      expect(pointOn(map, parking.access).x).toBeCloseTo(parking.x, 1)
    }
  })

  it.each(['forward', 'backward'] as const)('[MAP-22] stops buses in the kerb lane %s', (direction) => {
    const busStops = [{ road: 'a2-b2', at: 0.5, direction }]
    const map = compiled(smallTown({ busStops, road: { 'a2-b2': { class: 'avenue' } } }))
    expect(map.busStops.map((stop) => stop.lane)).toEqual([roadOf(map, 'a2-b2')[direction][0]])
  })
})

describe('zones', () => {
  const limitIn = (kind: string) => {
    const zones = [{ id: 'zone', kind, limitKmh: 30, outline: rect(100, 180, 180, 220) }]
    const map = compiled(smallTown({ zones }))
    return { inside: roadOf(map, 'a2-b2').limitKmh, outside: roadOf(map, 'a1-b1').limitKmh, map }
  }

  it.each(['school', 'pedestrian'])('[MAP-23] of kind %s lower the limit within, and nowhere else', (kind) => {
    const { inside, outside, map } = limitIn(kind)
    expect([inside, outside]).toEqual([30, 50])
    expect(map.lanes.limit[roadOf(map, 'a2-b2').forward[0] ?? -1]).toBeCloseTo(30 / 3.6, 9)
  })

  it.each(['parade', 'roadworks'])('[MAP-23] of kind %s wait for a scenario', (kind) => {
    expect(limitIn(kind).inside).toBe(50)
  })

  it('[MAP-23] never raise a limit', () => {
    const zones = [{ id: 'zone', kind: 'school', limitKmh: 30, outline: rect(100, 180, 180, 220) }]
    const map = compiled(smallTown({ zones, road: { 'a2-b2': { limitKmh: 20 } } }))
    expect(roadOf(map, 'a2-b2').limitKmh).toBe(20)
  })
})

describe.each(MAP_NAMES)('the sites of %s', (name) => {
  const map = compiled(readMapJson(name))

  it('[MAP-19] have every measuring line within its lane', () => {
    const places = [...map.cameras, ...map.crossings].flatMap((site) => site.lines)
    for (const { lane, s } of [...places, ...map.busStops, ...map.stations.map((station) => station.access)]) {
      expect(s).toBeGreaterThan(0)
      expect(s).toBeLessThan(map.lanes.length[lane] ?? 0)
      expect(lineOf(map, lane).length).toBeGreaterThan(1)
    }
    expect(places.length).toBeGreaterThan(0)
  })
})
