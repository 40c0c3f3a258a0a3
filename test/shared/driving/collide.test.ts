import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CarState } from '../../../shared/driving/car.ts'
import { forwardSpeed } from '../../../shared/driving/car.ts'
import { openObstacles } from '../../../shared/driving/collide.ts'
import { driveStep, driveTick } from '../../../shared/driving/drive.ts'
import { distanceToWall, isInside } from '../../../shared/driving/walls.ts'
import type { CityMap } from '../../../shared/model/city-map.ts'
import { metres } from '../../../shared/units.ts'
import { compiled, rect, smallTown } from '../../support/maps.ts'
import { streetsOf } from '../../support/street.ts'

const DRY = { grip: 1, braking: 1, power: 1 }
const plain = compiled(smallTown())
const outlineOf = (points: number[][]) => points.map(([x = 0, y = 0]) => ({ x, y }))

/** The plain town with one house 100 m wide in its middle, nothing else solid. */
const house = outlineOf(rect(150, 150, 250, 250))
const withHouse: CityMap = {
  ...plain,
  scenery: { ...plain.scenery, buildings: [{ kind: 'house', outline: house, height: metres(8) }] },
}
const carAt = (x: number, y: number, heading: number, speed: number): CarState => ({
  kind: 'sedan',
  x,
  y,
  heading,
  vx: speed * Math.cos(heading),
  vy: speed * Math.sin(heading),
  yawRate: 0,
})
const drive = (car: CarState, map: CityMap, { ticks = 100, throttle = 1, steering = 0 } = {}) => {
  const road = { surface: DRY, obstacles: openObstacles(map) }
  let touches = 0
  for (let i = 0; i < ticks; i += 1) if (driveTick(car, { throttle, steering, handbrake: false }, road)) touches += 1
  return touches
}

describe('walls', () => {
  it('[DRIVE-12] never let a car through, from any side at any speed', () => {
    const obstacles = openObstacles(withHouse)
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })
    fc.assert(
      fc.property(angle, angle, fc.double({ min: 0, max: 50, noNaN: true }), (from, heading, speed) => {
        const car = carAt(200 + 90 * Math.cos(from), 200 + 90 * Math.sin(from), heading, speed)
        for (let i = 0; i < 80; i += 1) {
          driveTick(car, { throttle: 1, steering: 0, handbrake: false }, { surface: DRY, obstacles })
          expect(isInside(car, house)).toBe(false)
        }
      }),
    )
  })

  it('[DRIVE-13] let a car slide along that meets them at a slant', () => {
    const car = carAt(155, 140, 0.35, 20)
    const touches = drive(car, withHouse, { ticks: 60, throttle: 0.6 })
    expect(touches).toBeGreaterThan(0)
    expect(forwardSpeed(car)).toBeGreaterThan(12)
    expect(car.y).toBeLessThan(150)
  })

  it('[DRIVE-13] stop a car that meets them head-on', () => {
    const car = carAt(100, 200, 0, 30)
    drive(car, withHouse, { ticks: 100 })
    expect(car.x).toBeLessThan(150)
    expect(Math.abs(forwardSpeed(car))).toBeLessThan(1)
  })

  it.each([
    ['east', 0],
    ['south', Math.PI / 2],
    ['west', Math.PI],
    ['north', -Math.PI / 2],
  ])('[DRIVE-14] hold a car at the edge in the %s', (_, heading) => {
    const car = carAt(80, 80, heading, 40)
    drive(car, plain, { ticks: 300 })
    expect(car.x).toBeGreaterThan(0)
    expect(car.x).toBeLessThan(plain.width)
    expect(car.y).toBeGreaterThan(0)
    expect(car.y).toBeLessThan(plain.height)
  })
})

describe('water', () => {
  const { map } = streetsOf('nuageville')
  const bridges = map.roads.filter((road) => road.onBridge)
  const obstacles = openObstacles(map)

  /** Where a bridge is over the water, and which way it runs. */
  const middles = bridges.flatMap(({ centreLine, id }) => {
    const at = centreLine.findIndex((point) => map.scenery.water.some((water) => isInside(point, water)))
    const [here, next] = [centreLine[at], centreLine[at + 1] ?? centreLine[at - 1]]
    return here && next ? [{ id, here, heading: Math.atan2(next.y - here.y, next.x - here.x) }] : []
  })

  it('[DRIVE-14] is crossed on bridges from bank to bank', () => {
    expect(bridges.length).toBeGreaterThan(1)
    for (const { centreLine, backward } of bridges) {
      const side = backward.length > 0 ? 2 : 0
      const touched = centreLine.slice(1).some((to, i) => {
        const from = centreLine[i] ?? to
        const heading = Math.atan2(to.y - from.y, to.x - from.x)
        const car = carAt(from.x - Math.sin(heading) * side, from.y + Math.cos(heading) * side, heading, 5)
        return driveStep(car, { throttle: 0, steering: 0, handbrake: false }, { surface: DRY, obstacles })
      })
      expect(touched).toBe(false)
    }
  })

  it('[DRIVE-14] is kept from cars on a bridge by its rails', () => {
    for (const { here, heading } of middles) {
      for (const side of [-1, 1]) {
        const car = carAt(here.x, here.y, heading + side * 1.2, 20)
        const before = { x: car.x, y: car.y }
        for (let i = 0; i < 40; i += 1) {
          driveTick(car, { throttle: 1, steering: 0, handbrake: false }, { surface: DRY, obstacles })
        }
        const across = -(car.x - before.x) * Math.sin(heading) + (car.y - before.y) * Math.cos(heading)
        expect(Math.abs(across)).toBeLessThan(15)
      }
    }
  })

  it('[DRIVE-14] holds a car at its bank', () => {
    const water = map.scenery.water[0] ?? []
    const car = carAt(map.width / 2, map.height / 2, 0, 0)
    for (const corner of water) {
      const towards = Math.atan2(corner.y - car.y, corner.x - car.x)
      const seeker = { ...car, heading: towards }
      for (let i = 0; i < 200; i += 1) {
        driveTick(seeker, { throttle: 1, steering: 0, handbrake: false }, { surface: DRY, obstacles })
      }
      const onBridge = bridges.some(({ centreLine: [from, ...rest] }) =>
        rest.some((to) => distanceToWall(seeker, { x0: from?.x ?? 0, y0: from?.y ?? 0, x1: to.x, y1: to.y }) < 12),
      )
      expect(isInside(seeker, water) && !onBridge).toBe(false)
    }
  })
})
