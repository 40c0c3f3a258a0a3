import type { CityMap, Outline, Point } from '../../shared/model/city-map.ts'
import { alongLine, boxOf, hashAt, holds, isInside, lanePoints, middleOf } from './street-lines.ts'

/** What lies round the city, so that no picture of it ends at a straight border. */
export interface Country {
  readonly fields: readonly Field[]
  /** The map's waters; rivers run on beyond its border. */
  readonly waters: readonly Outline[]
  /** The sea in the east, into which a river flows; `null` for a town without one. */
  readonly sea: Outline | null
}

export type Crop = 'wheat' | 'stubble' | 'clover' | 'plough' | 'rape' | 'lavender' | 'wood'

export interface Field {
  readonly outline: Outline
  readonly crop: Crop
  /** Of its furrows, in radians. */
  readonly heading: number
}

/** Metres of country beyond each border. */
export const COUNTRY_METRES = 1000

export function countryOf(map: CityMap): Country {
  const hasSea = map.scenery.water.some((outline) => mouths(outline, map).some(({ side }) => side.x > 0))
  const sea = hasSea ? seaOf(map) : null
  return {
    sea,
    waters: map.scenery.water.map((outline) => runOn(outline, map, hasSea)),
    fields: fieldsOf(map, sea),
  }
}

interface Mouth {
  /** Index of the corner before the mouth. */
  readonly after: number
  /** Out of the map. */
  readonly side: Point
}

const AT_BORDER = 30

/** The sides of a water's outline that lie at the map's border. */
function mouths(outline: Outline, { width, height }: CityMap): Mouth[] {
  const sides: readonly (Point & { readonly isAt: (p: Point) => boolean })[] = [
    { x: 1, y: 0, isAt: ({ x }) => x > width - AT_BORDER },
    { x: -1, y: 0, isAt: ({ x }) => x < AT_BORDER },
    { x: 0, y: 1, isAt: ({ y }) => y > height - AT_BORDER },
    { x: 0, y: -1, isAt: ({ y }) => y < AT_BORDER },
  ]
  return outline.flatMap((p, after) => {
    const q = outline[(after + 1) % outline.length] ?? p
    const side = sides.find(({ isAt }) => isAt(p) && isAt(q))
    return side ? [{ after, side: { x: side.x, y: side.y } }] : []
  })
}

const STEP = 40
const SEA_REACH = 170

/** Lets a river flow on beyond the border, in bends of its own; into the sea it widens. */
function runOn(outline: Outline, map: CityMap, hasSea: boolean): Outline {
  const found = mouths(outline, map)
  return outline.flatMap((p, i) => {
    const mouth = found.find(({ after }) => after === i)
    if (!mouth) return [p]
    const q = outline[(i + 1) % outline.length] ?? p
    const isSea = hasSea && mouth.side.x > 0
    const reach = isSea ? SEA_REACH : COUNTRY_METRES
    const steps = Array.from({ length: Math.ceil(reach / STEP) }, (_, k) => (k + 1) * STEP)
    const [along, wide] = [(s: number) => Math.sin(s / 190) * s * 0.16, (s: number) => (isSea ? 1 + s / 120 : 1)]
    const middle = { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }
    const bank = (from: Point, s: number) => ({
      x: middle.x + (from.x - middle.x) * wide(s) + mouth.side.x * s + mouth.side.y * along(s),
      y: middle.y + (from.y - middle.y) * wide(s) + mouth.side.y * s + mouth.side.x * along(s),
    })
    return [p, ...steps.map((s) => bank(p, s)), ...steps.toReversed().map((s) => bank(q, s))]
  })
}

/** A shore of bays just beyond the eastern border, and the water up to the edge of the world. */
function seaOf({ width, height }: CityMap): Outline {
  const shore = (y: number) => width + 34 + 20 * Math.sin(y / 170) + 9 * Math.sin(y / 61 + 1)
  const from = -COUNTRY_METRES
  const count = Math.ceil((height + 2 * COUNTRY_METRES) / 20)
  const coast = Array.from({ length: count + 1 }, (_, i) => ({ x: shore(from + i * 20), y: from + i * 20 }))
  const east = width + COUNTRY_METRES
  return [...coast, { x: east, y: height + COUNTRY_METRES }, { x: east, y: from }]
}

const CELL = { x: 104, y: 82 }
const JITTER = 0.42
/** Of every hundred cells; the rest are meadows. */
const CROPS: readonly (readonly [Crop, number])[] = [
  ['wheat', 15], ['stubble', 9], ['clover', 14], ['plough', 8], ['rape', 7], ['lavender', 6], ['wood', 15],
] // prettier-ignore

/** A patchwork of fields wherever no street, house or water is near; where one is, a quarter of a field may still find its place. */
function fieldsOf(map: CityMap, sea: Outline | null): Field[] {
  const isTaken = openTaken(map, sea)
  const isFree = (outline: Outline) => !samplesOf(outline).some(isTaken)
  const fields: Field[] = []
  const sow = (outline: Outline, i: number, j: number) => {
    const crop = cropAt(hashAt(i, j, 41) * 100)
    if (crop && isFree(outline)) fields.push({ crop, outline: drawnIn(outline), heading: hashAt(i, j, 42) * Math.PI })
  }
  const last = { x: Math.ceil((map.width + COUNTRY_METRES) / CELL.x), y: Math.ceil((map.height + COUNTRY_METRES) / CELL.y) } // prettier-ignore
  for (let i = -Math.ceil(COUNTRY_METRES / CELL.x); i < last.x; i += 1) {
    for (let j = -Math.ceil(COUNTRY_METRES / CELL.y); j < last.y; j += 1) {
      const whole = cellOf(i, j)
      if (isFree(whole)) sow(whole, i, j)
      else quartersOf(whole).forEach((quarter, k) => sow(quarter, i + (k + 1) / 8, j + (k + 1) / 8))
    }
  }
  return fields
}

function cropAt(chance: number): Crop | null {
  let upTo = 0
  for (const [crop, share] of CROPS) {
    upTo += share
    if (chance < upTo) return crop
  }
  return null
}

/** Four corners that neighbours share. */
function cellOf(i: number, j: number): Point[] {
  const corner = (x: number, y: number): Point => ({
    x: (x + (hashAt(x, y, 43) - 0.5) * JITTER) * CELL.x,
    y: (y + (hashAt(x, y, 44) - 0.5) * JITTER) * CELL.y,
  })
  return [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
}

/** Between the corners, the middles of the sides and the middle. */
function quartersOf(corners: readonly Point[]): Point[][] {
  const middle = middleOf(corners)
  const half = (p: Point, q: Point): Point => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 })
  return corners.map((p, k) => {
    const [before, after] = [corners.at(k - 1) ?? p, corners[(k + 1) % corners.length] ?? p]
    return [p, half(p, after), middle, half(p, before)]
  })
}

/** A little smaller, so that a path runs between two fields. */
function drawnIn(outline: Outline): Outline {
  const middle = middleOf(outline)
  return outline.map(({ x, y }) => ({ x: x + (middle.x - x) * 0.06, y: y + (middle.y - y) * 0.06 }))
}

/** A lattice of points over four corners. */
function samplesOf([a, b, c, d]: readonly Point[]): Point[] {
  if (!a || !b || !c || !d) return []
  const steps = [0, 0.25, 0.5, 0.75, 1]
  return steps.flatMap((u) =>
    steps.map((v) => ({
      x: (a.x * (1 - u) + b.x * u) * (1 - v) + (d.x * (1 - u) + c.x * u) * v,
      y: (a.y * (1 - u) + b.y * u) * (1 - v) + (d.y * (1 - u) + c.y * u) * v,
    })),
  )
}

const GRID = 8
/** Metres that a field keeps from streets and water, and from houses: no field lies in a town. */
const CLEAR = 16
const CLEAR_OF_HOUSES = 64

/** @returns whether a place is near anything of the map, or in water */
function openTaken(map: CityMap, sea: Outline | null): (at: Point) => boolean {
  const { buildings, water, parks, plazas } = map.scenery
  const areas = [...water.map((outline) => runOn(outline, map, sea !== null)), ...parks, ...plazas]
  const grid = openGrid(map)
  for (let lane = 0; lane < map.lanes.count; lane += 1)
    alongLine(lanePoints(map, lane), GRID, (p) => grid.take(p, CLEAR))
  for (const outline of areas) alongLine(closed(outline), GRID, (p) => grid.take(p, CLEAR))
  for (const { outline } of [...buildings, ...map.stations]) grid.take(middleOf(outline), CLEAR_OF_HOUSES)
  const within = [...areas, ...(sea ? [grown(sea)] : [])].map((outline) => ({ outline, box: boxOf(outline, CLEAR) }))
  return (at) => grid.isTaken(at) || within.some(({ outline, box }) => holds(box, at) && isInside(outline, at))
}

/** Squares of a map and what is just beyond its border; each is taken or free. */
function openGrid({ width, height }: CityMap) {
  const [columns, rows] = [width, height].map((metres) => Math.ceil(metres / GRID) + 2 * GRID) as [number, number]
  const taken = new Uint8Array(columns * rows)
  const cellOf = (metres: number) => Math.floor(metres / GRID) + GRID
  return {
    take({ x, y }: Point, reach: number): void {
      const n = Math.ceil(reach / GRID)
      const [i, j] = [cellOf(x), cellOf(y)]
      for (let row = Math.max(0, j - n); row <= Math.min(rows - 1, j + n); row += 1)
        taken.fill(1, row * columns + Math.max(0, i - n), row * columns + Math.min(columns, i + n + 1))
    },
    isTaken({ x, y }: Point): boolean {
      const [i, j] = [cellOf(x), cellOf(y)]
      return i >= 0 && j >= 0 && i < columns && j < rows && taken[j * columns + i] === 1
    },
  }
}

const closed = (outline: Outline): Outline => [...outline, ...outline.slice(0, 1)]

/** The sea with its beach. */
const grown = (sea: Outline): Outline => sea.map(({ x, y }) => ({ x: x - 40, y }))
