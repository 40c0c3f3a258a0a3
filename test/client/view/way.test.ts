import { describe, expect, it } from 'vitest'

import { lanePoints, lengthOf, placeOn } from '../../../client/view/street-lines.ts'
import { findLane, openLaneFinder, type LanePlace } from '../../../shared/driving/lane-finder.ts'
import { learnHops, openWayGuide, wayGuideOf } from '../../../client/view/way.ts'
import { nuageville } from '../../support/test-city.ts'

const { lanes } = nuageville
const onLane = (lane: number, s: number) => placeOn(lanePoints(nuageville, lane), s)
const laneOf = (id: string) => nuageville.roads.find((road) => road.id === id)?.forward[0] ?? -1
const start = onLane(laneOf('nuages-5'), 5)
const goal = onLane(laneOf('port-2'), 12)
const away = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe('the way to the goal', () => {
  const way = openWayGuide(nuageville).update(start, goal)

  it('begins at the car, ends at the goal, and is on a lane all the way', () => {
    expect(way.length).toBeGreaterThan(20)
    expect(away(way[0] ?? goal, start)).toBe(0)
    expect(away(way.at(-1) ?? start, goal)).toBeLessThan(0.01)
    const finder = openLaneFinder(nuageville)
    const place: LanePlace = { lane: -1, s: 0, lat: 0, distance: 0 }
    for (let s = 0; s < lengthOf(way); s += 5) {
      findLane(finder, placeOn(way, s), place)
      expect(place.lane).toBeGreaterThanOrEqual(0)
      expect(place.distance).toBeLessThan(4)
    }
  })

  it('keeps to the lanes', () => {
    const points = Array.from({ length: lanes.count }, (_, lane) => lanePoints(nuageville, lane)).flat()
    for (const point of way.slice(1, -1)) expect(points.some((each) => away(each, point) < 0.01)).toBe(true)
  })

  it('is found from every lane that leads there, step by step nearer', () => {
    const hops = learnHops(lanes, laneOf('port-2'))
    const from = (lane: number) => {
      let at = lane
      for (let i = 0; i < lanes.count && at !== laneOf('port-2'); i += 1) at = hops[at] ?? -1
      return at
    }
    const found = Array.from({ length: lanes.count }, (_, lane) => from(lane)).filter((lane) => lane === laneOf('port-2')) // prettier-ignore
    expect(found.length).toBeGreaterThan(lanes.count * 0.9)
  })

  it('is shown anew only when the car has moved on or the goal has changed', () => {
    const guide = openWayGuide(nuageville)
    const first = guide.update(start, goal)
    expect(guide.update({ ...start, x: start.x + 1 }, goal)).toBe(first)
    const later = guide.update(onLane(laneOf('nuages-5'), 15), goal)
    expect(later).not.toBe(first)
    expect(guide.update(start, start)).not.toBe(later)
  })

  it('is one for all who show it', () => {
    const way = wayGuideOf(nuageville).update(start, goal)
    expect(way.length).toBeGreaterThan(20)
    expect(wayGuideOf(nuageville).update(start, goal)).toBe(way)
    expect(wayGuideOf({ ...nuageville })).not.toBe(wayGuideOf(nuageville))
  })

  it('is empty without a car, without a goal, and far from any road', () => {
    const guide = openWayGuide(nuageville)
    expect(guide.update(null, goal)).toEqual([])
    expect(guide.update(start, null)).toEqual([])
    expect(guide.update({ x: -5000, y: -5000, heading: 0 }, goal)).toEqual([])
  })
})
