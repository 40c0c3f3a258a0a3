import { invariant } from '../../assert.ts'
import { randomBelow, streamOf } from '../../random.ts'
import { decodeMapSource, type MapSource } from '../map-source.ts'
import { LEAST_RING, NO_RING, planRing, RING_START } from './town-ring.ts'

export interface TownSize {
  readonly columns: number
  readonly rows: number
  readonly seed: number
}

/** Metres between junctions, and from the outermost ones to the map's edge, without and with a ring road around. */
const BLOCK = 200
const MARGIN = 100
const RING_MARGIN = 280
/** Metres from the middle of a block's roads to its square. */
const COURT = 52
/** Above this many junctions nobody looks at the houses: benches do without. */
const MOST_JUNCTIONS_WITH_HOUSES = 100
const CHARACTERS = ['business', 'old-town', 'suburb', 'school', 'harbour'] as const
const REGIONS = ['eu-west-3', 'eu-west-1', 'eu-central-1', 'eu-north-1'] as const
const STATIONS = [
  'command',
  'police',
  'response',
  'garage',
  'inspection',
  'hospital',
  'depot',
  'response',
  'police',
] as const

/**
 * Plans a town of any size: junctions 200 m apart with signals, roads of two lanes each way, cameras and stations.
 * One that somebody looks at has houses, squares, ponds, buses and a ring road as well. The same arguments always give
 * the same town.
 *
 * @param size columns and rows of junctions, 2 to 100 each; any whole number as seed
 * @throws when a size is out of range
 */
export function generateTown(size: TownSize): MapSource {
  const { columns, rows, seed } = size
  const isSize = (count: number): boolean => Number.isInteger(count) && count >= 2 && count <= 100
  invariant(isSize(columns) && isSize(rows), `a town has 2 to 100 columns and rows, not ${columns} and ${rows}`)
  const roads = planRoads(size)
  const ring = hasRing(size) ? planRing(size, { block: BLOCK, margin: marginOf(size) }) : NO_RING
  const { width, height } = extentOf(size)
  const decoded = decodeMapSource({
    id: `town-${columns}x${rows}-${seed >>> 0}`,
    width,
    height,
    seed,
    scenery: hasHouses(size) ? 'full' : 'none',
    districts: planDistricts(size),
    nodes: [...grid(columns, rows, (column, row) => planNode(size, column, row)), ...ring.nodes],
    roads: [...roads, ...ring.roads],
    cameras: [...ring.cameras, ...planCameras(seed, roads)],
    stations: planStations(seed, roads),
    ...(hasHouses(size) ? { ...planSquares(size), ...planKerbs(seed, roads) } : {}),
  })
  invariant(decoded.ok, 'a generated town has the shape of a map source')
  return decoded.value
}

/** Roads on which a lesson begins there: one where 110 km/h can be passed. Empty in a town without a ring. */
export const startRoadsOf = (size: TownSize): readonly string[] => (hasRing(size) ? [RING_START] : [])

const hasHouses = ({ columns, rows }: TownSize): boolean => columns * rows <= MOST_JUNCTIONS_WITH_HOUSES
const hasRing = (size: TownSize): boolean => hasHouses(size) && size.columns >= LEAST_RING && size.rows >= LEAST_RING
const marginOf = (size: TownSize): number => (hasRing(size) ? RING_MARGIN : MARGIN)

function extentOf(size: TownSize): { width: number; height: number } {
  const around = 2 * marginOf(size)
  return { width: (size.columns - 1) * BLOCK + around, height: (size.rows - 1) * BLOCK + around }
}

function grid<T>(columns: number, rows: number, make: (column: number, row: number) => T): T[] {
  return Array.from({ length: columns * rows }, (_, i) => make(i % columns, Math.floor(i / columns)))
}

/** Some blocks have a park, a square or a pond in their middle, out of the houses' way. */
function planSquares(size: TownSize) {
  const { columns, rows, seed } = size
  const margin = marginOf(size)
  const blocks = grid(columns - 1, rows - 1, (column, row) => {
    const [left, top] = [margin + column * BLOCK + COURT, margin + row * BLOCK + COURT]
    const [right, bottom] = [left + BLOCK - 2 * COURT, top + BLOCK - 2 * COURT]
    return { kind: randomBelow(seed, streamOf('town-square'), row * columns + column, 6), outline: box(left, top, right, bottom) } // prettier-ignore
  })
  const outlines = (wanted: number) => blocks.flatMap(({ kind, outline }) => (kind === wanted ? [outline] : []))
  return { parks: outlines(0), plazas: outlines(1), water: outlines(2).map(roundOff) }
}

/** A box with its corners cut, as a pond has none. */
function roundOff(outline: number[][]): number[][] {
  return outline.flatMap(([x = 0, y = 0], i) => {
    const [before = [], after = []] = [outline.at(i - 1), outline.at((i + 1) % outline.length)]
    return [before, after].map(([toX = 0, toY = 0]) => [x + (toX - x) * CUT, y + (toY - y) * CUT])
  })
}

/** Share of a pond's side that is cut off at each end. */
const CUT = 0.28

/** Every few roads buses stop, and cars are parked along others. */
function planKerbs(seed: number, roads: readonly PlannedRoad[]) {
  const kindOf = (i: number) => randomBelow(seed, streamOf('town-kerb'), i, 5)
  const pick = (wanted: number) => roads.filter((_, i) => kindOf(i) === wanted)
  const directions = ['forward', 'backward'] as const
  return {
    busStops: pick(0).flatMap(({ id }) => directions.map((direction) => ({ road: id, at: 0.62, direction }))),
    parkings: pick(1).map(({ id }, i) => ({ road: id, from: 0.3, to: 0.7, side: i % 2 ? 'left' : 'right' })),
  }
}

const box = (left: number, top: number, right: number, bottom: number) => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

const nodeId = (column: number, row: number): string => `n${column}-${row}`

/** Corners are plain bends, but of the smallest town circles: otherwise nobody could ever turn round. */
function planNode(size: TownSize, column: number, row: number) {
  const { columns, rows, seed } = size
  const isCorner = (column === 0 || column === columns - 1) && (row === 0 || row === rows - 1)
  return {
    id: nodeId(column, row),
    at: [marginOf(size) + column * BLOCK, marginOf(size) + row * BLOCK],
    control: isCorner ? (columns + rows === 4 ? 'roundabout' : 'none') : 'signals',
    crossings: !isCorner && hasHouses(size),
    offsetSeconds: isCorner ? 0 : 5 * randomBelow(seed, streamOf('town-offset'), row * columns + column, 12),
  }
}

interface PlannedRoad {
  readonly id: string
  readonly name: string
  readonly class: 'avenue'
  readonly from: string
  readonly to: string
}

/** Names are road numbers, as on a map: D for those to the east, N for those to the south. */
function planRoads({ columns, rows }: TownSize): PlannedRoad[] {
  const open = (name: string, from: string, to: string): PlannedRoad => ({
    id: `${from}-to-${to}`,
    name,
    class: 'avenue',
    from,
    to,
  })
  return [
    ...grid(columns - 1, rows, (column, row) => open(`D${row + 1}`, nodeId(column, row), nodeId(column + 1, row))),
    ...grid(columns, rows - 1, (column, row) => open(`N${column + 1}`, nodeId(column, row), nodeId(column, row + 1))),
  ]
}

/** Quarters of the map, each of a character that the seed picks. */
function planDistricts(size: TownSize) {
  const { width, height } = extentOf(size)
  const first = randomBelow(size.seed, streamOf('town-character'), 0, CHARACTERS.length)
  return REGIONS.map((region, i) => {
    const [left, top] = [((i % 2) * width) / 2, (Math.floor(i / 2) * height) / 2]
    const character = CHARACTERS[(first + i) % CHARACTERS.length] ?? 'suburb'
    return {
      id: character,
      region,
      character,
      outline: box(left, top, left + width / 2, top + height / 2),
    }
  })
}

/** One camera for about eight roads, each on a road of its own. */
function planCameras(seed: number, roads: readonly PlannedRoad[]) {
  const count = Math.max(1, Math.min(99, Math.floor(roads.length / 8)))
  const first = randomBelow(seed, streamOf('town-camera'), 0, roads.length)
  return Array.from({ length: count }, (_, i) => ({
    id: `CAM-${i + 1}`,
    road: roads[(first + Math.floor((i * roads.length) / count)) % roads.length]?.id,
    at: 0.5,
  }))
}

/** The first road takes the command centre on its right, and so on, from a road that the seed picks. */
function planStations(seed: number, roads: readonly PlannedRoad[]) {
  const first = randomBelow(seed, streamOf('town-station'), 0, roads.length)
  const step = Math.max(1, Math.floor(roads.length / STATIONS.length))
  return STATIONS.slice(0, roads.length * 2).map((kind, i) => ({
    id: `${kind}-${i + 1}`,
    kind,
    road: roads[(first + i * step) % roads.length]?.id,
    at: 0.5,
    side: Math.floor((i * step) / roads.length) % 2 === 0 ? 'right' : 'left',
    height: kind === 'command' ? 60 : 9,
  }))
}
