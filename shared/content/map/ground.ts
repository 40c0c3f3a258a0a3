import type { Outline, Point } from '../../model/city-map.ts'
import { at, boxesMeet, boxOf, contains, distanceToSegment, segmentsMeet, type Box } from './geometry.ts'

/** What takes up room in the plane, hashed into square cells: lanes, water, houses. Grows while scenery is laid out. */
export interface Ground {
  readonly width: number
  readonly height: number
  readonly edges: Map<number, Edge[]>
  readonly areas: Map<number, Area[]>
}

interface Edge {
  readonly a: Point
  readonly b: Point
  /** Of the strip that the edge stands for. */
  readonly half: number
  readonly kind: GroundKind
}
interface Area {
  readonly outline: Outline
  readonly box: Box
  readonly kind: GroundKind
}

export type GroundKind = 'lane' | 'water' | 'green' | 'building'
/** Metres to keep from each kind; kinds left out do not matter. */
export type Clearance = Partial<Readonly<Record<GroundKind, number>>>

const CELL = 32
const ROW = 4_096

export const openGround = (width: number, height: number): Ground => ({
  width,
  height,
  edges: new Map(),
  areas: new Map(),
})

/** Takes up the strip around a line: a lane, a river. */
export function addStrip(ground: Ground, line: Outline, half: number, kind: GroundKind = 'lane'): void {
  for (let i = 1; i < line.length; i += 1) addEdge(ground, { a: at(line, i - 1), b: at(line, i), half, kind })
}

export function addArea(ground: Ground, outline: Outline, kind: GroundKind): void {
  const box = boxOf(outline)
  for (const cell of cellsOf(box, 0)) push(ground.areas, cell, { outline, box, kind })
  outline.forEach((a, i) => addEdge(ground, { a, b: at(outline, (i + 1) % outline.length), half: 0, kind }))
}

/** A long edge is cut, so that it burdens only the cells that it passes. */
function addEdge(ground: Ground, edge: Edge): void {
  const { a, b } = edge
  const parts = Math.ceil(Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y), 1) / CELL)
  for (let i = 0; i < parts; i += 1) {
    const from = { x: a.x + ((b.x - a.x) * i) / parts, y: a.y + ((b.y - a.y) * i) / parts }
    const to = { x: a.x + ((b.x - a.x) * (i + 1)) / parts, y: a.y + ((b.y - a.y) * (i + 1)) / parts }
    for (const cell of cellsOf(boxOf([from, to]), edge.half)) push(ground.edges, cell, { ...edge, a: from, b: to })
  }
}

function push<T>(cells: Map<number, T[]>, cell: number, item: T): void {
  const known = cells.get(cell)
  if (known) known.push(item)
  else cells.set(cell, [item])
}

function cellsOf(box: Box, margin: number): number[] {
  const cells: number[] = []
  const left = Math.floor((box.left - margin) / CELL)
  const right = Math.floor((box.right + margin) / CELL)
  const bottom = Math.floor((box.bottom + margin) / CELL)
  for (let row = Math.floor((box.top - margin) / CELL); row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) cells.push(row * ROW + column)
  }
  return cells
}

/** Whether an outline lies on the map and keeps its distance from everything that matters to it. */
export function isFree(ground: Ground, outline: Outline, clearance: Clearance): boolean {
  const box = boxOf(outline)
  if (box.left < 0 || box.top < 0 || box.right > ground.width || box.bottom > ground.height) return false
  return cellsOf(box, CELL / 2).every((cell) => {
    const areas = ground.areas.get(cell) ?? []
    const edges = ground.edges.get(cell) ?? []
    return (
      areas.every((area) => clearance[area.kind] === undefined || !overlaps(area, outline, box)) &&
      edges.every((edge) => {
        const wanted = clearance[edge.kind]
        return (
          wanted === undefined || isFar(edge, box, edge.half + wanted) || isApart(edge, outline, edge.half + wanted)
        )
      })
    )
  })
}

/** One within the other; outlines that cross meet at an edge, which is tested with the edges. */
function overlaps(area: Area, outline: Outline, box: Box): boolean {
  if (!boxesMeet(area.box, box)) return false
  return contains(area.outline, at(outline, 0)) || contains(outline, at(area.outline, 0))
}

/** Most edges of a cell are told apart by their boxes alone; a rounding error nearer than this is looked at closely. */
const NEARLY = 0.001

function isFar({ a, b }: Edge, box: Box, wanted: number): boolean {
  const reach = wanted + NEARLY
  return (
    (a.x > b.x ? a.x : b.x) + reach < box.left ||
    (a.x < b.x ? a.x : b.x) - reach > box.right ||
    (a.y > b.y ? a.y : b.y) + reach < box.top ||
    (a.y < b.y ? a.y : b.y) - reach > box.bottom
  )
}

function isApart(edge: Edge, outline: Outline, wanted: number): boolean {
  if (outline.length > 2 && contains(outline, edge.a)) return false
  return outline.every((corner, i) => {
    const next = at(outline, (i + 1) % outline.length)
    if (distanceToSegment(corner, edge.a, edge.b) < wanted) return false
    if (outline.length < 3) return true
    if (distanceToSegment(edge.a, corner, next) < wanted || distanceToSegment(edge.b, corner, next) < wanted)
      return false
    return segmentsMeet(corner, next, edge.a, edge.b) === null
  })
}
