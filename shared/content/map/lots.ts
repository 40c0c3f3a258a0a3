import type { BuildingKind, District, Point, Scenery } from '../../model/city-map.ts'
import { randomShare, streamOf } from '../../random.ts'
import { metres } from '../../units.ts'
import { halves } from './arms.ts'
import type { Draft } from './draft.ts'
import { lengthOf, moved, placeAlong, quantise, quantisePoint, reversed, rightOf } from './geometry.ts'
import { addArea, isFree, type Clearance, type Ground } from './ground.ts'

type Building = Scenery['buildings'][number]
type Range = readonly [number, number]

/** How the houses of a district look: metres of front, depth, height, gap to the next, distance from the road. */
interface Style {
  readonly kind: BuildingKind
  readonly front: Range
  readonly depth: Range
  readonly height: Range
  readonly gap: Range
  readonly setback: Range
  /** Share of the lots that stay gardens, and of those that have a second house behind. */
  readonly gardens: number
  readonly rear: number
}

const STYLES: Readonly<Record<District['character'], Style>> = {
  'old-town': { kind: 'old-house', front: [7, 13], depth: [8, 13], height: [7, 14], gap: [0.5, 2], setback: [3.2, 4.2], gardens: 0.06, rear: 0.55 },
  business: { kind: 'office', front: [20, 36], depth: [16, 26], height: [16, 42], gap: [5, 10], setback: [5.5, 8], gardens: 0.08, rear: 0.6 },
  harbour: { kind: 'warehouse', front: [26, 48], depth: [18, 28], height: [6, 11], gap: [9, 16], setback: [7, 10], gardens: 0.15, rear: 0.2 },
  school: { kind: 'house', front: [10, 16], depth: [9, 12], height: [6, 12], gap: [4, 9], setback: [5, 8], gardens: 0.12, rear: 0.25 },
  suburb: { kind: 'house', front: [9, 13], depth: [8, 11], height: [5, 8], gap: [7, 13], setback: [6, 10], gardens: 0.15, rear: 0.1 },
  training: { kind: 'house', front: [10, 14], depth: [8, 11], height: [5, 8], gap: [16, 34], setback: [9, 14], gardens: 0.45, rear: 0 },
} // prettier-ignore

/** A house keeps this far from lanes, water, green and its neighbours. */
const CLEARANCE: Clearance = { lane: 3, water: 5, green: 2, building: 0.4 }
/** In the business quarter every n-th office is a tower. */
const TOWERS_ONE_IN = 4
const TOWER: Pick<Style, 'front' | 'depth' | 'height'> = { front: [22, 30], depth: [22, 30], height: [55, 130] }

/** Lines the streets with houses in the style of their district; never on anything that is already there. */
export function raiseHouses(
  ground: Ground,
  draft: Draft,
  { seed, styleAt }: { seed: number; styleAt: (point: Point) => District['character'] },
): Building[] {
  const houses: Building[] = []
  draft.network.roads.forEach((road, i) => {
    const wanted = road.source.buildings
    if (wanted === 'none' || road.source.class === 'expressway' || road.source.class === 'ramp') return
    for (const side of ['right', 'left'] as const) {
      if (wanted !== 'both' && wanted !== side) continue
      const line = draft.roads[i]?.centreLine ?? []
      const chance = chanceOf(seed, `houses ${road.id} ${side}`)
      houses.push(...lineSide(ground, { line, side, edge: halves(road)[side], chance, styleAt }))
    }
  })
  return houses
}

/** @returns a function that gives the next number of a range, the stream's own counter inside */
function chanceOf(seed: number, name: string): (range: Range) => number {
  const stream = streamOf(name)
  let n = 0
  return ([low, high]) => {
    n += 1
    return low + (high - low) * randomShare(seed, stream, n)
  }
}

interface Side {
  readonly line: readonly Point[]
  readonly side: 'left' | 'right'
  readonly edge: number
  readonly chance: (range: Range) => number
  readonly styleAt: (point: Point) => District['character']
}

const WHOLE: Range = [0, 1]
/** Metres between a house and the one behind it. */
const YARD: Range = [4, 9]

function lineSide(ground: Ground, side: Side): Building[] {
  const houses: Building[] = []
  const length = lengthOf(side.line)
  for (let s = 2; s < length - 4;) {
    const style = styleFor(side, s)
    const front = side.chance(style.front)
    const lot = { s: s + front / 2, front, depth: side.chance(style.depth), height: side.chance(style.height) }
    const setback = side.chance(style.setback)
    const isGarden = side.chance(WHOLE) < style.gardens
    const house = isGarden ? null : raise(ground, side, { ...lot, kind: style.kind, setback })
    const behind = setback + lot.depth + side.chance(YARD)
    const hasRear = house !== null && side.chance(WHOLE) < style.rear
    const rear = hasRear ? raise(ground, side, { ...lot, kind: style.kind, setback: behind }) : null
    houses.push(...[house, rear].filter((each) => each !== null))
    s += house ? front + side.chance(style.gap) : 5
  }
  return houses
}

function styleFor(side: Side, s: number): Style {
  const style = STYLES[side.styleAt(placeAlong(side.line, s).point)]
  const isTower = style.kind === 'office' && side.chance([0, TOWERS_ONE_IN]) < 1
  return isTower ? { ...style, ...TOWER, kind: 'tower' } : style
}

interface Lot {
  readonly s: number
  readonly kind: BuildingKind
  readonly front: number
  readonly depth: number
  readonly height: number
  readonly setback: number
}

function raise(ground: Ground, side: Side, lot: Lot): Building | null {
  const { point, along } = placeAlong(side.line, lot.s)
  const away = side.side === 'right' ? rightOf(along) : reversed(rightOf(along))
  const near = moved(point, away, side.edge + lot.setback)
  const far = moved(near, away, lot.depth)
  const half = lot.front / 2
  const outline = [
    moved(near, along, -half),
    moved(near, along, half),
    moved(far, along, half),
    moved(far, along, -half),
  ]
  if (!isFree(ground, outline, CLEARANCE)) return null
  const house = { kind: lot.kind, outline: outline.map(quantisePoint), height: metres(quantise(lot.height)) }
  addArea(ground, house.outline, 'building')
  return house
}
