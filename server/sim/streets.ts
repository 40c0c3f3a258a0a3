import type { CityMap, SignalProgram } from '../../shared/model/city-map.ts'
import { LANE_FLAG } from '../../shared/model/city-map.ts'
import type { Obstacles } from '../../shared/driving/collide.ts'
import { openObstacles } from '../../shared/driving/collide.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import type { LaneFinder } from '../../shared/driving/lane-finder.ts'
import { cellAt, openLaneFinder } from '../../shared/driving/lane-finder.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { openUneven } from './beside.ts'
import { openForks, type Forks } from './forks.ts'
import { metresPerSecond, TICKS_PER_SECOND } from '../../shared/units.ts'
import { cosOf, sinOf, wrapAngle } from '../../shared/driving/trig.ts'

/** What is worked out once per map and never changes: shared by every world on it, saved by none. */
export interface Streets extends Forks {
  readonly map: CityMap
  readonly finder: LaneFinder
  readonly obstacles: Obstacles
  /** Per lane, m/s: what its bends allow. `Infinity` on a straight one. */
  readonly bendSpeed: Float64Array
  /** Per lane: 1 for a connector. */
  readonly isConnector: Int32Array
  /** Per lane: bits of `FEATURE`, so that the hot loop asks once for what is rare. */
  readonly features: Int32Array
  /** Per connector: those that lead into the same lane, from `joinStart[lane]` to `joinStart[lane + 1]`. */
  readonly joinStart: Int32Array
  readonly joinFoe: Int32Array
  /** Per lane: 1 where a place beside has to be looked for. */
  readonly uneven: Int32Array
  readonly signals: readonly Signal[]
  /** Per connector: index of its junction's signal, −1 for none. */
  readonly signalOf: Int32Array
  /** Per connector: 1 when it crosses (not only joins) another one, so that nobody may stop on it. */
  readonly crosses: Int32Array
  /** Road lanes where trips end and vehicles appear: long enough, and anything can get there and away. */
  readonly destinations: readonly number[]
  /** Road lanes where vehicles may appear. */
  readonly spawnLanes: readonly number[]
  /** Per lane: places on it, from `placeStart[lane]` to `placeStart[lane + 1]`, by rising s. */
  readonly cameraLines: LanePlaces
  /** Per cell of the finder: the measuring lines that a car in it may just have crossed. */
  readonly camerasNear: readonly (readonly CameraLine[])[]
  readonly crossingLines: LanePlaces
  readonly busStops: LanePlaces
  /** Lanes with a stop, each once. */
  readonly busLanes: readonly number[]
}

/** A measuring line in the plane: its middle, the direction of travel and half its width. */
export interface CameraLine {
  readonly camera: number
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
  readonly halfWidth: number
}

/** Things that stand on lanes, in CSR columns. */
interface LanePlaces {
  readonly start: Int32Array
  /** Index of the camera, the crossing, the stop. */
  readonly what: Int32Array
  readonly s: Float64Array
}

export const FEATURE = { crossing: 1, busStop: 2, camera: 4, joins: 8, forks: 32 } as const

/** A junction's programme in ticks: phase i lasts until `ends[i]` of every cycle. */
export interface Signal {
  readonly junctionId: string
  readonly connectors: readonly number[]
  readonly program: SignalProgram
  readonly ends: readonly number[]
  readonly cycle: number
  readonly offset: number
}

const COMFORTABLE_SIDEWAYS = 2.8
const LEAST_BEND_SPEED = 4
const LEAST_TRIP_LANE = 45
const MOST_DESTINATIONS = 96
/** Metres round a measuring line within which a car has come that crossed it in this tick: less than a cell's side. */
const NEAR_CAMERA = 10

export function openStreets(map: CityMap): Streets {
  const finder = openLaneFinder(map)
  const { lanes } = map
  const isConnector = Int32Array.from(lanes.flags, (flags) => (flags & LANE_FLAG.connector ? 1 : 0))
  const spawnLanes = longLanes(map, isConnector)
  const joins = joinsOf(map)
  const forks = openForks(map)
  const cameraLines = placesOf(lanes.count, map.cameras.map((camera) => camera.lines)) // prettier-ignore
  const crossingLines = placesOf(lanes.count, map.crossings.map((crossing) => crossing.lines)) // prettier-ignore
  const busStops = placesOf(lanes.count, map.busStops.map((stop) => [stop])) // prettier-ignore
  const has = ({ start }: LanePlaces, lane: number, bit: number) =>
    whole(start, lane + 1) > whole(start, lane) ? bit : 0
  const featuresOf = (lane: number) =>
    has(crossingLines, lane, FEATURE.crossing) |
    has(busStops, lane, FEATURE.busStop) |
    has(cameraLines, lane, FEATURE.camera) |
    (whole(joins.joinStart, lane + 1) > whole(joins.joinStart, lane) ? FEATURE.joins : 0) |
    (at(forks.partedAt, lane) > 0 ? FEATURE.forks : 0)
  const signals = map.junctions.flatMap((junction) => (junction.program ? [signalOf(junction.program, junction)] : []))
  return {
    map,
    finder,
    obstacles: openObstacles(map),
    bendSpeed: bendSpeeds(map, finder),
    isConnector,
    ...joins,
    ...forks,
    uneven: openUneven(map, finder.headings),
    features: Int32Array.from({ length: lanes.count }, (_, lane) => featuresOf(lane)),
    signals,
    signalOf: signalsByConnector(lanes.count, signals),
    crosses: Int32Array.from({ length: lanes.count }, (_, lane) => (crossesAny(map, lane) ? 1 : 0)),
    spawnLanes,
    destinations: destinationsOf(map, spawnLanes),
    cameraLines,
    camerasNear: camerasByCell(map, finder),
    crossingLines,
    busStops,
    busLanes: [...new Set(map.busStops.map(({ lane }) => lane))],
  }
}

function signalsByConnector(lanes: number, signals: readonly Signal[]): Int32Array {
  const found = new Int32Array(lanes).fill(-1)
  signals.forEach(({ connectors }, signal) => {
    for (const connector of connectors) found[connector] = signal
  })
  return found
}

function signalOf(program: SignalProgram, { id, connectors }: CityMap['junctions'][number]): Signal {
  let end = 0
  const ends = program.phases.map(({ seconds }) => (end += Math.round(seconds * TICKS_PER_SECOND)))
  return {
    junctionId: id,
    connectors,
    program,
    ends,
    cycle: Math.max(1, end),
    offset: Math.round(program.offsetSeconds * TICKS_PER_SECOND),
  }
}

function joinsOf({ lanes }: CityMap): Pick<Streets, 'joinStart' | 'joinFoe'> {
  const joinStart = new Int32Array(lanes.count + 1)
  const found: number[] = []
  for (let lane = 0; lane < lanes.count; lane += 1) {
    for (let i = whole(lanes.foeStart, lane); i < whole(lanes.foeStart, lane + 1); i += 1) {
      if (joinsSame(lanes, lane, whole(lanes.foe, i))) found.push(whole(lanes.foe, i))
    }
    joinStart[lane + 1] = found.length
  }
  return { joinStart, joinFoe: Int32Array.from(found) }
}

/** The sharpest 12 metres of each lane decide. */
function bendSpeeds({ lanes }: CityMap, { headings }: LaneFinder): Float64Array {
  const speeds = new Float64Array(lanes.count).fill(Infinity)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const last = whole(lanes.pointStart, lane + 1) - 2
    for (let i = whole(lanes.pointStart, lane); i < last; i += 1) {
      let turned = 0
      for (let j = i; j < last && at(lanes.pointS, j + 1) - at(lanes.pointS, i) <= 12; j += 1) {
        turned += wrapAngle(at(headings.heading, j + 1) - at(headings.heading, j))
      }
      const span = Math.max(12, at(lanes.pointS, i + 1) - at(lanes.pointS, i))
      const radius = span / Math.max(1e-6, Math.abs(turned))
      const speed = Math.max(LEAST_BEND_SPEED, Math.sqrt(COMFORTABLE_SIDEWAYS * radius))
      speeds[lane] = Math.min(at(speeds, lane), speed)
    }
  }
  return speeds
}

function crossesAny({ lanes }: CityMap, lane: number): boolean {
  for (let i = whole(lanes.foeStart, lane); i < whole(lanes.foeStart, lane + 1); i += 1) {
    if (!joinsSame(lanes, lane, whole(lanes.foe, i))) return true
  }
  return false
}

/** @returns whether two connectors lead into the same lane */
export function joinsSame(lanes: CityMap['lanes'], a: number, b: number): boolean {
  return lanes.successor[whole(lanes.successorStart, a)] === lanes.successor[whole(lanes.successorStart, b)]
}

/** Road lanes that are long enough and lead on. */
function longLanes({ lanes }: CityMap, isConnector: Int32Array): number[] {
  return Array.from({ length: lanes.count }, (_, lane) => lane).filter((lane) => {
    const goesOn = whole(lanes.successorStart, lane + 1) > whole(lanes.successorStart, lane)
    return isConnector[lane] === 0 && goesOn && at(lanes.length, lane) >= LEAST_TRIP_LANE
  })
}

/** Evenly drawn from all lanes that can be reached, so that a big town's routes stay affordable. */
function destinationsOf({ lanes }: CityMap, spawnLanes: readonly number[]): number[] {
  const reachable = spawnLanes.filter(
    (lane) => whole(lanes.predecessorStart, lane + 1) > whole(lanes.predecessorStart, lane),
  )
  const step = Math.max(1, reachable.length / MOST_DESTINATIONS)
  const drawn: number[] = []
  for (let i = 0; i < reachable.length; i += step) drawn.push(reachable[Math.floor(i)] ?? 0)
  return drawn
}

function camerasByCell(map: CityMap, finder: LaneFinder): CameraLine[][] {
  const cells: CameraLine[][] = Array.from({ length: finder.columns * finder.rows }, () => [])
  const sides = [-NEAR_CAMERA, NEAR_CAMERA]
  for (const [camera, { lines }] of map.cameras.entries()) {
    for (const { lane, s } of lines) {
      const line = cameraLine(map, finder, { camera, lane, s })
      const corners = sides.flatMap((dx) => sides.map((dy) => cellAt(finder, line.x + dx, line.y + dy)))
      for (const cell of new Set(corners)) cells[cell]?.push(line)
    }
  }
  return cells
}

/** Half a metre wider than the lane on either side: nobody slips by between two lanes. */
function cameraLine(
  map: CityMap,
  { headings }: LaneFinder,
  site: { camera: number; lane: number; s: number },
): CameraLine {
  const pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
  poseOnLane(headings, site.lane, { s: site.s, lat: 0 }, pose)
  const halfWidth = at(map.lanes.width, site.lane) / 2 + 0.5
  return { camera: site.camera, x: pose.x, y: pose.y, dx: cosOf(pose.heading), dy: sinOf(pose.heading), halfWidth }
}

function placesOf(lanes: number, groups: readonly (readonly { lane: number; s: number }[])[]): LanePlaces {
  const all = groups.flatMap((points, what) => points.map(({ lane, s }) => ({ lane, s, what })))
  all.sort((a, b) => a.lane - b.lane || a.s - b.s || a.what - b.what)
  const start = new Int32Array(lanes + 1)
  for (const { lane } of all) start[lane + 1] = whole(start, lane + 1) + 1
  for (let lane = 0; lane < lanes; lane += 1) start[lane + 1] = whole(start, lane + 1) + whole(start, lane)
  return {
    start,
    what: Int32Array.from(all, ({ what }) => what),
    s: Float64Array.from(all, ({ s }) => s),
  }
}
