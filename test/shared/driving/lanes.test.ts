import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, whole } from '../../../shared/driving/columns.ts'
import type { LanePlace } from '../../../shared/driving/lane-finder.ts'
import { findLane } from '../../../shared/driving/lane-finder.ts'
import { poseOnLane } from '../../../shared/driving/lane-pose.ts'
import { wrapAngle } from '../../../shared/driving/trig.ts'
import { metresPerSecond } from '../../../shared/units.ts'
import { streetsOf } from '../../support/street.ts'

const { map, finder } = streetsOf('nuageville')
const { lanes } = map
const pose = () => ({ x: 0, y: 0, heading: 0, speed: metresPerSecond(0) })
const place = (): LanePlace => ({ lane: -1, s: 0, lat: 0, distance: 0 })
const roadLanes = Array.from({ length: lanes.count }, (_, lane) => lane).filter((lane) => whole(lanes.road, lane) >= 0)

describe('finding the lane under a car', () => {
  it('[DRIVE-17] finds every road lane again from a pose on it', () => {
    for (const lane of roadLanes) {
      const out = pose()
      const s = at(lanes.length, lane) / 2
      poseOnLane(finder.headings, lane, { s, lat: 0 }, out)
      const found = place()
      findLane(finder, out, found)
      expect(found.lane).toBe(lane)
      expect(found.s).toBeCloseTo(s, 1)
    }
  })

  it('[DRIVE-17] prefers the lane that runs the car’s way', () => {
    const lane = roadLanes.find((each) => at(lanes.length, each) > 60 && whole(lanes.left, each) < 0) ?? 0
    const width = at(lanes.width, lane)
    const out = pose()
    poseOnLane(finder.headings, lane, { s: 30, lat: -width * 0.45 }, out)
    const found = place()
    findLane(finder, out, found)
    expect(found.lane).toBe(lane)
    expect(found.lat).toBeCloseTo(-width * 0.45, 1)
  })

  it('[DRIVE-20] finds the way that is meant where ways fork, and the other one once it is clearly nearer', () => {
    const ways = (lane: number) =>
      Array.from(lanes.successor.subarray(whole(lanes.successorStart, lane), whole(lanes.successorStart, lane + 1)))
    const forks = roadLanes.map(ways).filter((each) => each.length > 1)
    expect(forks.length).toBeGreaterThan(20)
    for (const [one = 0, other = 0] of forks) {
      const out = pose()
      const found = place()
      poseOnLane(finder.headings, one, { s: 1, lat: 0 }, out)
      for (const meant of [one, other]) {
        findLane(finder, { ...out, meant }, found)
        expect(found.lane).toBe(meant)
      }
      poseOnLane(finder.headings, one, { s: at(lanes.length, one) - 1, lat: 0 }, out)
      findLane(finder, { ...out, meant: other }, found)
      expect(found.lane).not.toBe(other)
    }
  })

  it('[DRIVE-17] finds among the few right there what it finds among all around, to the bit', () => {
    const { side, columns, rows, start, segment } = finder
    const wide = { ...finder, near: { side, columns, rows, start, segment } }
    const lane = fc.constantFrom(...roadLanes)
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const aside = fc.double({ min: -30, max: 30, noNaN: true })
    const heading = fc.double({ min: -4, max: 4, noNaN: true })
    fc.assert(
      fc.property(fc.record({ on: lane, meant: lane, share, aside, heading }), (where) => {
        const out = pose()
        poseOnLane(finder.headings, where.on, { s: at(lanes.length, where.on) * where.share, lat: where.aside }, out)
        const [found, among] = [place(), place()]
        const car = { x: out.x, y: out.y, heading: where.heading, meant: where.meant }
        findLane(finder, car, found)
        findLane(wide, car, among)
        expect(found).toEqual(among)
      }),
      { numRuns: 3000 },
    )
  })

  it('[DRIVE-18] finds none where there is none', () => {
    const found = place()
    findLane(finder, { x: -400, y: -400, heading: 0 }, found)
    expect(found.lane).toBe(-1)
  })
})

describe('a pose on a lane', () => {
  it('[DRIVE-19] lies on the line, and to the right of it for positive offsets', () => {
    for (const lane of roadLanes.slice(0, 80)) {
      const [on, right] = [pose(), pose()]
      const s = at(lanes.length, lane) * 0.4
      poseOnLane(finder.headings, lane, { s, lat: 0 }, on)
      poseOnLane(finder.headings, lane, { s, lat: 1 }, right)
      const side = Math.cos(on.heading) * (right.y - on.y) - Math.sin(on.heading) * (right.x - on.x)
      expect(side).toBeGreaterThan(0.95)
      expect(Math.hypot(right.x - on.x, right.y - on.y)).toBeCloseTo(1, 3)
    }
  })

  it('[DRIVE-19] never jumps in heading along a lane', () => {
    const jumps: number[] = []
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const out = pose()
      let last: number | null = null
      for (let s = 0; s <= at(lanes.length, lane); s += 0.1) {
        poseOnLane(finder.headings, lane, { s, lat: 0 }, out)
        if (last !== null) jumps.push(Math.abs(wrapAngle(out.heading - last)))
        last = out.heading
      }
    }
    expect(jumps.reduce((most, each) => Math.max(most, each), 0)).toBeLessThan(0.2)
  })
})
