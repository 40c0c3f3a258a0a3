import type { CityMap, Outline, Point, Road } from '../model/city-map.ts'
import { distanceOf } from './trig.ts'

/** One straight piece of something solid. */
export interface Wall {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** A road where it crosses water. */
interface Bridge {
  readonly halfWidth: number
  /** Its pieces, and the box that holds whatever may lie on it. */
  readonly middles: readonly Wall[]
  readonly box: Wall
}

interface Water {
  readonly outline: Outline
  readonly box: Wall
}

/** Banks and rails are cut into pieces this long where water meets a bridge. */
const PIECE = 2
const RAIL_MARGIN = 1

/** Everything a freely driving car runs into: houses, the map's edge, the water's banks and the bridges' rails. */
export function wallsOf(map: CityMap): Wall[] {
  const { width, height, scenery } = map
  const waters = scenery.water.map((outline): Water => ({ outline, box: boxOf(outline, 0) }))
  const bridges = map.roads.map((road) => toBridge(map, road))
  const edge = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  const banks = scenery.water.flatMap((water) => cut(ringOf(water)).filter((piece) => !isOnBridge(piece, bridges)))
  const rails = bridges.flatMap((bridge) => railsOf(bridge, waters))
  return [...ringOf(edge), ...scenery.buildings.flatMap(({ outline }) => ringOf(outline)), ...banks, ...rails]
}

function toBridge(map: CityMap, road: Road): Bridge {
  const line = road.centreLine
  const halfWidth = halfWidthOf(map, road)
  const middles = line.slice(1).map((to, i) => wallBetween(line[i] ?? to, to))
  return { halfWidth, middles, box: boxOf(line, halfWidth + 1) }
}

function boxOf(points: Outline, margin: number): Wall {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    x0 = Math.min(x0, x - margin)
    y0 = Math.min(y0, y - margin)
    x1 = Math.max(x1, x + margin)
    y1 = Math.max(y1, y + margin)
  }
  return { x0, y0, x1, y1 }
}

const holds = (box: Wall, { x, y }: Point): boolean => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1

/** From the centre line to beyond the outermost lane, wherever the lanes were laid: a median may lie between them. */
function halfWidthOf({ lanes }: CityMap, { forward, backward, centreLine, laneWidth }: Road): number {
  const middles = centreLine.slice(1).map((to, i) => wallBetween(centreLine[i] ?? to, to))
  const reaches = [...forward, ...backward].map((lane) => {
    const at = lanes.pointStart[lane] ?? 0
    const point = { x: lanes.pointX[at] ?? 0, y: lanes.pointY[at] ?? 0 }
    return Math.min(...middles.map((middle) => distanceToWall(point, middle)))
  })
  return Math.max(...reaches) + laneWidth / 2 + RAIL_MARGIN
}

function ringOf(outline: Outline): Wall[] {
  return outline.map((from, i) => wallBetween(from, outline[(i + 1) % outline.length] ?? from))
}

const wallBetween = (from: Point, to: Point): Wall => ({ x0: from.x, y0: from.y, x1: to.x, y1: to.y })

const lengthOf = (wall: Wall): number => distanceOf(wall.x1 - wall.x0, wall.y1 - wall.y0)

function cut(walls: readonly Wall[]): Wall[] {
  return walls.flatMap((wall) => {
    const pieces = Math.max(1, Math.ceil(lengthOf(wall) / PIECE))
    const point = (share: number): Point => ({
      x: wall.x0 + (wall.x1 - wall.x0) * share,
      y: wall.y0 + (wall.y1 - wall.y0) * share,
    })
    return Array.from({ length: pieces }, (_, i) => wallBetween(point(i / pieces), point((i + 1) / pieces)))
  })
}

const middleOf = (wall: Wall): Point => ({ x: (wall.x0 + wall.x1) / 2, y: (wall.y0 + wall.y1) / 2 })

function isOnBridge(wall: Wall, bridges: readonly Bridge[]): boolean {
  const middle = middleOf(wall)
  return bridges.some(
    ({ box, middles, halfWidth }) =>
      holds(box, middle) && middles.some((piece) => distanceToWall(middle, piece) < halfWidth),
  )
}

export function distanceToWall({ x, y }: Point, wall: Wall): number {
  const dx = wall.x1 - wall.x0
  const dy = wall.y1 - wall.y0
  const squared = dx * dx + dy * dy
  const along = squared > 0 ? ((x - wall.x0) * dx + (y - wall.y0) * dy) / squared : 0
  const share = Math.min(1, Math.max(0, along))
  return distanceOf(x - wall.x0 - dx * share, y - wall.y0 - dy * share)
}

function railsOf({ middles, halfWidth }: Bridge, waters: readonly Water[]): Wall[] {
  const sides = middles.flatMap((wall) => [besideWall(wall, halfWidth), besideWall(wall, -halfWidth)])
  return cut(sides).filter((piece) => {
    const middle = middleOf(piece)
    return waters.some(({ box, outline }) => holds(box, middle) && isInside(middle, outline))
  })
}

function besideWall(wall: Wall, offset: number): Wall {
  const length = lengthOf(wall) || 1
  const nx = (-(wall.y1 - wall.y0) / length) * offset
  const ny = ((wall.x1 - wall.x0) / length) * offset
  return { x0: wall.x0 + nx, y0: wall.y0 + ny, x1: wall.x1 + nx, y1: wall.y1 + ny }
}

/** Even-odd rule. */
export function isInside({ x, y }: Point, outline: Outline): boolean {
  let inside = false
  let from = outline[outline.length - 1]
  for (const to of outline) {
    if (from && from.y > y !== to.y > y && x < ((from.x - to.x) * (y - to.y)) / (from.y - to.y) + to.x) inside = !inside
    from = to
  }
  return inside
}
