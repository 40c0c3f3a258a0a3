import type { CityMap } from '../model/city-map.ts'
import type { CarState } from './car.ts'
import { CAR_LAWS } from './car-laws.ts'
import { at, whole } from './columns.ts'
import { cosOf, sinOf } from './trig.ts'
import { distanceToWall, wallsOf } from './walls.ts'

/** The solid things of a map, hashed into square cells. Derived from the map; no state. */
export interface Obstacles {
  readonly columns: number
  readonly rows: number
  /** Entries of cell c stand from `start[c]` to `start[c + 1]`. */
  readonly start: Int32Array
  readonly entry: Int32Array
  /** Four numbers per wall: x0, y0, x1, y1. */
  readonly wall: Float64Array
}

const CELL = 16
/** A wall is listed in every cell that a car's circle touching it may have its middle in. */
const MARGIN = 1.5
/** Share of the push at nose or tail that turns the car along the wall. */
const TURN_SHARE = 0.9
/** Speed along a wall that is left after a second of scraping would be this share; per step it is hardly felt. */
const SCRAPE = 0.995

export function openObstacles(map: CityMap): Obstacles {
  const walls = wallsOf(map)
  const columns = Math.max(1, Math.ceil(map.width / CELL))
  const rows = Math.max(1, Math.ceil(map.height / CELL))
  const cells: number[][] = Array.from({ length: columns * rows }, () => [])
  const reach = CELL * 0.7072 + MARGIN
  walls.forEach((wall, index) => {
    const [c0, c1] = [Math.min(wall.x0, wall.x1), Math.max(wall.x0, wall.x1)].map((x) => Math.floor(x / CELL))
    const [r0, r1] = [Math.min(wall.y0, wall.y1), Math.max(wall.y0, wall.y1)].map((y) => Math.floor(y / CELL))
    for (let r = Math.max(0, (r0 ?? 0) - 1); r <= Math.min(rows - 1, (r1 ?? 0) + 1); r += 1) {
      for (let c = Math.max(0, (c0 ?? 0) - 1); c <= Math.min(columns - 1, (c1 ?? 0) + 1); c += 1) {
        const middle = { x: (c + 0.5) * CELL, y: (r + 0.5) * CELL }
        if (distanceToWall(middle, wall) <= reach) cells[r * columns + c]?.push(index)
      }
    }
  })
  const start = new Int32Array(cells.length + 1)
  cells.forEach((cell, index) => (start[index + 1] = whole(start, index) + cell.length))
  const wall = Float64Array.from(walls.flatMap(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1]))
  return { columns, rows, start, entry: Int32Array.from(cells.flat()), wall }
}

/**
 * Pushes a car out of what it has run into and lets it slide along. The car is a row of circles as wide as itself.
 *
 * @returns whether it touched anything
 */
export function collideCar(car: CarState, obstacles: Obstacles): boolean {
  const law = CAR_LAWS[car.kind]
  const circles = Math.max(2, Math.ceil(law.length / law.width))
  circle.radius = law.width / 2
  const reach = law.length / 2 - circle.radius
  point(car)
  let touched = false
  for (let i = 0; i < circles; i += 1) {
    circle.offset = reach * ((2 * i) / (circles - 1) - 1)
    if (pushCircle(car, obstacles)) touched = true
  }
  return touched
}

/** One of the car's circles, metres before its middle, and which way the car points: worked out anew when it is turned. */
const circle = { offset: 0, radius: 0, cos: 1, sin: 0 }

function point(car: CarState): void {
  circle.cos = cosOf(car.heading)
  circle.sin = sinOf(car.heading)
}

function pushCircle(car: CarState, obstacles: Obstacles): boolean {
  const x = car.x + circle.offset * circle.cos
  const y = car.y + circle.offset * circle.sin
  const column = Math.min(obstacles.columns - 1, Math.max(0, Math.floor(x / CELL)))
  const row = Math.min(obstacles.rows - 1, Math.max(0, Math.floor(y / CELL)))
  const cell = row * obstacles.columns + column
  let touched = false
  for (let entry = whole(obstacles.start, cell); entry < whole(obstacles.start, cell + 1); entry += 1) {
    if (pushOffWall(car, obstacles.wall, whole(obstacles.entry, entry) * 4)) touched = true
  }
  return touched
}

function pushOffWall(car: CarState, wall: Float64Array, first: number): boolean {
  const { cos, sin } = circle
  const x0 = at(wall, first)
  const y0 = at(wall, first + 1)
  const dx = at(wall, first + 2) - x0
  const dy = at(wall, first + 3) - y0
  const px = car.x + circle.offset * cos - x0
  const py = car.y + circle.offset * sin - y0
  const squared = dx * dx + dy * dy
  const along = squared > 0 ? (px * dx + py * dy) / squared : 0
  const share = along < 0 ? 0 : along > 1 ? 1 : along
  const offX = px - dx * share
  const offY = py - dy * share
  const distance = Math.sqrt(offX * offX + offY * offY)
  if (distance >= circle.radius || distance === 0) return false
  const nx = offX / distance
  const ny = offY / distance
  const depth = circle.radius - distance
  car.x += nx * depth
  car.y += ny * depth
  car.heading += TURN_SHARE * depth * Math.sign(circle.offset) * (cos * ny - sin * nx)
  point(car)
  const into = car.vx * nx + car.vy * ny
  if (into < 0) {
    car.vx = (car.vx - into * nx) * SCRAPE
    car.vy = (car.vy - into * ny) * SCRAPE
  }
  return true
}
