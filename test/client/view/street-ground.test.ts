import { beforeAll, describe, expect, it } from 'vitest'

import { lampPostsOf } from '../../../client/view/street-lamps.ts'
import {
  boxOf,
  doMeet,
  isInside,
  lanePoints,
  lengthOf,
  offsetLine,
  placeOn,
} from '../../../client/view/street-lines.ts'
import { bridgeMarkingsOf, limitSignsOf, markingsOf, type Marking } from '../../../client/view/street-markings.ts'
import { isMerge, mergeMarksOf } from '../../../client/view/street-merges.ts'
import { parkedCarsOf } from '../../../client/view/street-parked.ts'
import { countryOf } from '../../../client/view/street-country.ts'
import { treesOf } from '../../../client/view/street-trees.ts'
import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import { compiled, readMapJson } from '../../support/maps.ts'

let map: CityMap
let markings: readonly Marking[]
/** A point about every metre of every lane, with half the lane's width. */
let asphalt: readonly (Point & { readonly half: number })[]

beforeAll(() => {
  map = compiled(readMapJson('nuageville'))
  markings = markingsOf(map)
  asphalt = Array.from({ length: map.lanes.count }, (_, lane) => lane).flatMap((lane) => {
    const points = lanePoints(map, lane)
    const half = (map.lanes.width[lane] ?? 3) / 2
    return Array.from({ length: Math.ceil(lengthOf(points)) }, (_, s) => ({ ...placeOn(points, s), half }))
  })
})

const nearest = (p: Point) => Math.min(...asphalt.map(({ x, y, half }) => Math.hypot(x - p.x, y - p.y) - half))

describe('lines', () => {
  const bend = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }] // prettier-ignore

  it('have a length, and places along it with the heading there', () => {
    expect(lengthOf(bend)).toBe(20)
    expect(placeOn(bend, 4)).toEqual({ x: 4, y: 0, heading: 0 })
    expect(placeOn(bend, 15)).toMatchObject({ x: 10, y: 5, heading: Math.PI / 2 })
  })

  it('run on straight beyond their ends', () => expect(placeOn(bend, 24)).toMatchObject({ x: 10, y: 14 }))

  it('have companions to their right', () => {
    expect(offsetLine([{ x: 0, y: 0 }, { x: 10, y: 0 }], 2)).toEqual([{ x: 0, y: 2 }, { x: 10, y: 2 }]) // prettier-ignore
  })

  it('know what lies within an outline, and which boxes meet', () => {
    expect(isInside(bend, { x: 9, y: 5 })).toBe(true)
    expect(isInside(bend, { x: 2, y: 8 })).toBe(false)
    expect(doMeet(boxOf(bend), boxOf([{ x: 12, y: 0 }], 1))).toBe(false)
    expect(doMeet(boxOf(bend), boxOf([{ x: 11, y: 0 }], 1))).toBe(true)
  })
})

describe('what is painted on the streets of Nuageville', () => {
  it('gives every lane that ends at a traffic light its stop line', () => {
    const stops = [...markings, ...bridgeMarkingsOf(map)].filter(
      (marking) => marking.kind === 'line' && marking.width === 0.5,
    )
    const lanes = map.roads
      .flatMap(({ forward, backward }) => [...forward, ...backward])
      .filter((lane) => map.junctions[map.lanes.junction[lane] ?? -1]?.control === 'signals')
    expect(lanes.length).toBeGreaterThan(50)
    expect(stops.length).toBeGreaterThanOrEqual(lanes.length)
  })

  it('marks every crossing, every measuring line and every bus stop', () => {
    const count = (kind: Marking['kind']) => markings.filter((marking) => marking.kind === kind).length
    expect(count('zebra')).toBe(map.crossings.length)
    expect(count('detector')).toBe(map.cameras.reduce((sum, { lines }) => sum + lines.length, 0))
    expect(count('bus-stop')).toBe(map.busStops.length)
  })

  it('lets arrows show only turns that the lane can take, one at least', () => {
    const arrows = markings.filter((marking) => marking.kind === 'arrow')
    expect(arrows.length).toBeGreaterThan(20)
    for (const { turns } of arrows) expect(turns.length).toBeGreaterThan(0)
  })

  it('keeps measuring lines and give-way teeth on the asphalt or at its edge', () => {
    const ends = markings.flatMap((marking) =>
      marking.kind === 'detector' || marking.kind === 'teeth' ? [marking.from] : [],
    )
    expect(ends.length).toBeGreaterThan(20)
    for (const end of ends.slice(0, 40)) expect(nearest(end)).toBeLessThan(1.2)
  })

  it('stands limit signs beside the road with the road’s own number', () => {
    const signs = limitSignsOf(map)
    expect(new Set(signs.map(({ kmh }) => kmh))).toEqual(
      new Set(map.roads.filter((r) => r.class !== 'lane').map((r) => r.limitKmh)),
    )
    for (const sign of signs.slice(0, 60)) expect(nearest(sign)).toBeGreaterThan(0)
  })

  it('carries the lines of the expressway through its junctions, and the median between them', () => {
    const merges = map.junctions.filter((junction) => isMerge(map, junction))
    const { lines, medians } = mergeMarksOf(map)
    expect(merges.length).toBeGreaterThan(3)
    expect(lines.length).toBeGreaterThan(merges.length)
    for (const outline of medians) expect(outline.length).toBeGreaterThan(3)
  })
})

describe('what stands beside the streets', () => {
  it('parks cars where nobody drives and nothing is built', () => {
    const parked = parkedCarsOf(map)
    expect(parked.length).toBeGreaterThan(40)
    for (const car of parked.slice(0, 80)) {
      expect(nearest(car)).toBeGreaterThan(2)
      expect(map.scenery.buildings.some(({ outline }) => isInside(outline, car))).toBe(false)
    }
  })

  it('turns every lamp’s arm towards the nearest street', () => {
    const posts = lampPostsOf(map)
    expect(posts.length).toBeGreaterThan(map.scenery.lamps.length - 8)
    for (const post of posts.slice(0, 60)) expect(nearest(post.head)).toBeLessThan(nearest(post))
  })

  it('leaves out trees that would hide a sign or a light, and keeps nearly all', () => {
    const trees = treesOf(map, countryOf(map).fields)
    const heads = map.junctions.flatMap(({ program }) => program?.heads ?? [])
    expect(trees.length).toBeGreaterThan(map.scenery.trees.length * 0.8)
    for (const { x, y, size } of trees) {
      for (const head of heads) expect(Math.hypot(head.x - x, head.y - y)).toBeGreaterThan(size / 2)
    }
  })
})
