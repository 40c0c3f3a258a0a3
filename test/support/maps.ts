import { readFileSync } from 'node:fs'
import { compileMap } from '../../shared/content/map/compile.ts'
import { decodeMapSource, type MapFault, type MapSource } from '../../shared/content/map-source.ts'
import type { CityMap, Point } from '../../shared/model/city-map.ts'

/** The maps of the game, by the names of their files. */
export const MAP_NAMES = ['nuageville', 'circuit-ecole'] as const

export function readMapJson(name: (typeof MAP_NAMES)[number]): unknown {
  return JSON.parse(readFileSync(new URL(`../../assets/maps/${name}.json`, import.meta.url), 'utf8'))
}

/** @throws with every fault in its message */
export function sourceOf(json: unknown): MapSource {
  const decoded = decodeMapSource(json)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.error))
  return decoded.value
}

/** @throws with every fault in its message */
export function compiled(json: unknown): CityMap {
  const map = compileMap(sourceOf(json))
  if (!map.ok) throw new Error(JSON.stringify(map.error))
  return map.value
}

export function faultsOf(json: unknown): readonly MapFault[] {
  const map = compileMap(sourceOf(json))
  return map.ok ? [] : map.error
}

type Fields = Readonly<Record<string, unknown>>
interface Changes extends Fields {
  /** By id: fields to add or replace. */
  readonly node?: Readonly<Record<string, Fields>>
  readonly road?: Readonly<Record<string, Fields>>
}

const STEP = 120

/**
 * A town of 3 × 3 junctions 120 m apart, `a1` in the north-west to `c3` in the south-east, with `b2` in the middle;
 * streets `a1-b1` and so on, written from the west or the north, one lane each way.
 */
export function smallTown({ node = {}, road = {}, ...rest }: Changes = {}) {
  const spots = ['a', 'b', 'c'].flatMap((column, x) => [1, 2, 3].map((row) => ({ id: `${column}${row}`, x, row })))
  const links = spots.flatMap(({ id, x, row }) => [
    ...(x < 2 ? [[id, `${'abc'[x + 1]}${row}`]] : []),
    ...(row < 3 ? [[id, `${id[0]}${row + 1}`]] : []),
  ])
  return {
    id: 'small-town',
    width: 400,
    height: 400,
    scenery: 'none',
    districts: [{ id: 'all', region: 'eu-west-3', character: 'suburb', outline: rect(0, 0, 400, 400) }],
    nodes: spots.map(({ id, x, row }) => ({ id, at: [80 + x * STEP, 80 + (row - 1) * STEP], ...node[id] })),
    roads: links.map(([from = '', to = '']) => {
      const id = `${from}-${to}`
      return { id, name: id.toUpperCase(), class: 'street', from, to, ...road[id] }
    }),
    ...rest,
  }
}

export const rect = (left: number, top: number, right: number, bottom: number) => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

export function roadOf(map: CityMap, id: string) {
  const road = map.roads.find((each) => each.id === id)
  if (!road) throw new Error(`no road ${id}`)
  return road
}

export function junctionOf(map: CityMap, id: string) {
  const junction = map.junctions.find((each) => each.id === id)
  if (!junction) throw new Error(`no junction ${id}`)
  return junction
}

export function lineOf({ lanes }: CityMap, lane: number): Point[] {
  const points: Point[] = []
  for (let i = lanes.pointStart[lane] ?? 0; i < (lanes.pointStart[lane + 1] ?? 0); i += 1) {
    points.push({ x: lanes.pointX[i] ?? NaN, y: lanes.pointY[i] ?? NaN })
  }
  return points
}

const slice = (start: Int32Array, values: Int32Array, lane: number): number[] => [
  ...values.subarray(start[lane], start[lane + 1]),
]
export const successorsOf = ({ lanes }: CityMap, lane: number): number[] =>
  slice(lanes.successorStart, lanes.successor, lane)
export const predecessorsOf = ({ lanes }: CityMap, lane: number): number[] =>
  slice(lanes.predecessorStart, lanes.predecessor, lane)

export interface FoeView {
  readonly lane: number
  readonly at: number
  readonly atOther: number
  readonly mustYield: boolean
}
export function foesOf({ lanes }: CityMap, lane: number): FoeView[] {
  const start = lanes.foeStart[lane] ?? 0
  return slice(lanes.foeStart, lanes.foe, lane).map((foe, k) => ({
    lane: foe,
    at: lanes.foeAt[start + k] ?? NaN,
    atOther: lanes.foeAtOther[start + k] ?? NaN,
    mustYield: lanes.foeYield[start + k] === 1,
  }))
}

/** The connectors that lead from one road to another, each with the lanes it joins. */
export function waysBetween(map: CityMap, from: string, to: string) {
  const lanesOf = (id: string) => [...roadOf(map, id).forward, ...roadOf(map, id).backward]
  const targets = new Set(lanesOf(to))
  return lanesOf(from).flatMap((fromLane) =>
    successorsOf(map, fromLane).flatMap((lane) =>
      successorsOf(map, lane)
        .filter((next) => targets.has(next))
        .map((toLane) => ({ lane, fromLane, toLane })),
    ),
  )
}

/** The only connector between two roads. */
export function wayBetween(map: CityMap, from: string, to: string): number {
  const [way, ...more] = waysBetween(map, from, to)
  if (!way || more.length > 0) throw new Error(`${more.length + (way ? 1 : 0)} ways from ${from} to ${to}`)
  return way.lane
}

/** The place `s` metres along a lane. */
export function pointOn(map: CityMap, { lane, s }: { lane: number; s: number }): Point {
  const line = lineOf(map, lane)
  let left = s
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]]
    if (!a || !b) break
    const step = distanceOf(a, b)
    if (left <= step + 1e-9) return { x: a.x + ((b.x - a.x) * left) / step, y: a.y + ((b.y - a.y) * left) / step }
    left -= step
  }
  throw new Error(`lane ${lane} is shorter than ${s} m`)
}

export const distanceOf = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)

/** Metres from a point to the middle of the nearest lane, less half that lane's width: below 0 on the lane. */
export function distanceToLanes(map: CityMap, p: Point): number {
  let least = Infinity
  for (let lane = 0; lane < map.lanes.count; lane += 1) {
    const line = lineOf(map, lane)
    const half = (map.lanes.width[lane] ?? 0) / 2
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1], line[i]]
      if (a && b) least = Math.min(least, toSegment(p, a, b) - half)
    }
  }
  return least
}

function toSegment(p: Point, a: Point, b: Point): number {
  const [ux, uy] = [b.x - a.x, b.y - a.y]
  const share = Math.max(0, Math.min(1, ((p.x - a.x) * ux + (p.y - a.y) * uy) / (ux * ux + uy * uy)))
  return Math.hypot(p.x - a.x - ux * share, p.y - a.y - uy * share)
}
