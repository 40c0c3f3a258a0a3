import * as z from 'zod/mini'
import { fail, ok, type Result } from '../result.ts'

/** What is wrong with a map, and where: `path` points into the source, as in `roads[3].to`. */
export interface MapFault {
  readonly path: string
  readonly reason: string
}

/** Shares of the way along a road, from its `from` (0) to its `to` (1). */
const share = z.number().check(z.minimum(0), z.maximum(1))
const metresFrom = (least: number, most: number) => z.number().check(z.minimum(least), z.maximum(most))
const coordinate = metresFrom(-2_000, 20_000)
const point = z.tuple([coordinate, coordinate])
const outline = z.array(point).check(z.minLength(3), z.maxLength(200))
const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'an id is 1 to 40 letters, digits and dashes'))
const name = z.string().check(z.minLength(1), z.maxLength(60))
const limitKmh = z.int().check(z.minimum(5), z.maximum(150))
const laneCount = z.int().check(z.minimum(0), z.maximum(4))
const direction = z._default(z.enum(['forward', 'backward', 'both']), 'both')
const side = z._default(z.enum(['left', 'right']), 'right')
const list = <T extends z.core.$ZodType>(item: T, most: number) =>
  z._default(z.array(item).check(z.maxLength(most)), [])

const district = z.object({
  id,
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region is written as in eu-west-3')),
  character: z.enum(['old-town', 'business', 'harbour', 'school', 'suburb', 'training']),
  outline,
})

const node = z.object({
  id,
  at: point,
  /** Without one: `none` where two road ends meet, else `priority-right`. */
  control: z.optional(z.enum(['signals', 'roundabout', 'stop', 'yield', 'priority-right', 'merge', 'none'])),
  /** Of the circle's centre line; roundabouts only. */
  radius: z._default(metresFrom(14, 60), 18),
  /** Zebra crossings on every arm. */
  crossings: z._default(z.boolean(), false),
  /** Left turns that have a lane of their own get a phase of their own. */
  protectedLeft: z._default(z.boolean(), false),
  /** Roads whose drivers meet the sign; without them, the lower class, else the arm that comes from the side. */
  minor: z.optional(z.array(id)),
  offsetSeconds: z._default(metresFrom(0, 300), 0),
  /** Green phases of one's own instead of the generated ones; amber and all-red are put between them. */
  phases: z.optional(
    z
      .array(z.object({ seconds: metresFrom(5, 120), green: z.array(id).check(z.minLength(1)) }))
      .check(z.minLength(1), z.maxLength(8)),
  ),
})

const road = z.object({
  id,
  name,
  class: z.enum(['expressway', 'ramp', 'avenue', 'street', 'lane']),
  from: id,
  to: id,
  /** Control points of the centre line (a quadratic B-spline): it bends towards them, without touching. */
  via: list(point, 60),
  /** Lanes from → to and back; without them, what is usual for the class. */
  lanes: z.optional(z.tuple([laneCount, laneCount])),
  limitKmh: z.optional(limitKmh),
  bridge: z._default(z.boolean(), false),
  /** Adds a lane for left turns before these ends. */
  leftPocket: list(z.enum(['from', 'to']), 2),
  /** The leftmost of several lanes is for left turns only, where there are any. */
  leftLaneTurns: z._default(z.boolean(), false),
  /** Lining of the pavements that the compiler may fill with buildings. */
  buildings: z._default(z.enum(['both', 'left', 'right', 'none']), 'both'),
})

const camera = z.object({
  id,
  road: id,
  at: share,
  direction,
  metres: z._default(metresFrom(10, 200), 60),
})

const station = z.object({
  id,
  kind: z.enum(['police', 'response', 'garage', 'inspection', 'command', 'hospital', 'depot']),
  road: id,
  at: share,
  side,
  width: z._default(metresFrom(6, 120), 30),
  depth: z._default(metresFrom(6, 120), 20),
  height: z._default(metresFrom(3, 150), 8),
})

const building = z.object({
  kind: z.enum([
    'house',
    'old-house',
    'office',
    'tower',
    'warehouse',
    'school',
    'stadium',
    'church',
    'crane',
    'station',
  ]),
  outline,
  height: metresFrom(2, 200),
})

/** What an author writes: nodes, roads between them, and sites that hold on to roads. Metres; x east, y south. */
const mapSource = z.object({
  id,
  width: metresFrom(50, 20_000),
  height: metresFrom(50, 20_000),
  /** Of everything the compiler makes up: houses, trees. */
  seed: z._default(z.int(), 1),
  /** `none` leaves out what the compiler would make up. */
  scenery: z._default(z.enum(['full', 'none']), 'full'),
  districts: z.array(district).check(z.minLength(1), z.maxLength(20)),
  nodes: z.array(node).check(z.minLength(2), z.maxLength(10_000)),
  roads: z.array(road).check(z.minLength(1), z.maxLength(40_000)),
  cameras: list(camera, 500),
  stations: list(station, 200),
  /** Zebra crossings away from junctions. */
  crossings: list(z.object({ id, road: id, at: share }), 2_000),
  busStops: list(z.object({ road: id, at: share, direction: z.enum(['forward', 'backward']) }), 1_000),
  parkings: list(z.object({ road: id, from: share, to: share, side }), 1_000),
  zones: list(z.object({ id, kind: z.enum(['school', 'parade', 'roadworks', 'pedestrian']), limitKmh, outline }), 100),
  rivers: list(
    z.object({ line: z.array(point).check(z.minLength(2), z.maxLength(60)), width: metresFrom(5, 300) }),
    10,
  ),
  water: list(outline, 50),
  parks: list(outline, 100),
  plazas: list(outline, 100),
  buildings: list(building, 500),
  boats: list(z.object({ at: point, towards: point, length: metresFrom(3, 150) }), 200),
})

export type MapSource = z.infer<typeof mapSource>
export type SourceNode = MapSource['nodes'][number]
export type SourceRoad = MapSource['roads'][number]

/**
 * Distrusts a parsed JSON file: shapes, ranges and spelling. What the parts mean together is `compileMap`'s concern.
 *
 * @returns the source with every default filled in, or each fault with its path
 */
export function decodeMapSource(json: unknown): Result<MapSource, MapFault[]> {
  const parsed = z.safeParse(mapSource, json)
  if (parsed.success) return ok(parsed.data)
  return fail(parsed.error.issues.map((issue) => ({ path: toPath(issue.path), reason: issue.message })))
}

const toPath = (keys: readonly PropertyKey[]): string =>
  keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')
