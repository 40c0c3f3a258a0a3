import type { CityMap, Junction, Outline, Point, Road, Scenery } from '../../model/city-map.ts'
import { fail, ok, type Result } from '../../result.ts'
import { kmh, metres } from '../../units.ts'
import type { MapFault, MapSource } from '../map-source.ts'
import { halves, listArms, trimRoads, type Arm } from './arms.ts'
import { checkCrossings, checkEnds, checkPlaces, checkReach, checkSigns } from './checks.ts'
import type { Draft } from './draft.ts'
import {
  at,
  contains,
  direction,
  distance,
  hull,
  moved,
  placeAlong,
  quantise,
  quantisePoint,
  rightOf,
  toPoint,
} from './geometry.ts'
import { joinLanes } from './junctions.ts'
import { toLaneTable } from './lane-table.ts'
import { layLanes } from './lanes.ts'
import { hashMap } from './map-hash.ts'
import { openNetwork } from './open-network.ts'
import { findFoes } from './right-of-way.ts'
import { buildScenery } from './scenery.ts'
import { addSignals } from './signals.ts'
import { placeSites, type Sites } from './sites.ts'

/**
 * Makes the street of a map source: lanes, ways through junctions and who yields there, signals, sites, scenery.
 * Pure, and the same in every engine.
 *
 * @returns the map, or every fault found up to the step that could not go on
 */
export function compileMap(source: MapSource): Result<CityMap, MapFault[]> {
  const faults: MapFault[] = []
  const draft = draftStreets(source, faults)
  if (!draft || faults.length > 0) return fail(faults)
  const districtAt = districtFinder(source)
  const sites = placeSites(source, draft, (point) => source.districts[districtAt(point)]?.id ?? '', faults)
  const characterAt = (point: Point) => source.districts[districtAt(point)]?.character ?? 'suburb'
  const scenery = buildScenery(source, draft, { sites, characterAt }, faults)
  if (faults.length > 0) return fail(faults)
  return ok(assemble(source, draft, { sites, scenery, districtAt }))
}

function draftStreets(source: MapSource, faults: MapFault[]): Draft | null {
  checkPlaces(source, faults)
  checkSigns(source, faults)
  const network = openNetwork(source, faults)
  if (faults.length > 0) return null
  const arms = listArms(network)
  checkEnds(network, arms, faults)
  const lines = trimRoads(network, arms, faults)
  if (faults.length > 0) return null
  checkCrossings(network, lines, faults)
  const laid = layLanes(network, lines, faults)
  const junctions = joinLanes({ network, arms, ...laid }, faults)
  const draft = { network, arms, ...laid, junctions }
  addSignals(draft, faults)
  checkReach(draft, faults)
  return draft
}

/** @returns the number of the district around a point; of the nearest one for a point in none */
function districtFinder(source: MapSource): (point: Point) => number {
  const outlines = source.districts.map(({ outline }) => outline.map(toPoint))
  return (point) => {
    const inside = outlines.findIndex((outline) => contains(outline, point))
    if (inside >= 0) return inside
    const near = outlines.map((outline) => Math.min(...outline.map((corner) => distance(corner, point))))
    return near.indexOf(Math.min(...near))
  }
}

interface Parts {
  readonly sites: Sites
  readonly scenery: Scenery
  readonly districtAt: (point: Point) => number
}

function assemble(source: MapSource, draft: Draft, { sites, scenery, districtAt }: Parts): CityMap {
  const foes = findFoes(draft.lanes, draft.junctions)
  const districtOf = (lane: number): number => {
    const line = draft.lanes[lane]?.line ?? []
    return districtAt(at(line, Math.floor(line.length / 2)))
  }
  const lanes = toLaneTable(draft.lanes, foes, districtOf)
  const rest = {
    id: source.id,
    width: metres(source.width),
    height: metres(source.height),
    districts: source.districts.map(({ outline, ...district }) => ({ ...district, outline: toOutline(outline) })),
    roads: toRoads(source, draft, districtAt),
    junctions: draft.junctions.map((junction, i) => toJunction(draft, junction, draft.arms[i] ?? [])),
    ...sites,
    zones: source.zones.map((zone) => ({ ...zone, limitKmh: kmh(zone.limitKmh), outline: toOutline(zone.outline) })),
    scenery,
  }
  return { ...rest, lanes, hash: hashMap(lanes, rest) }
}

const toOutline = (points: readonly (readonly [number, number])[]): Outline =>
  points.map((point) => quantisePoint(toPoint(point)))

function toRoads(source: MapSource, draft: Draft, districtAt: (point: Point) => number): Road[] {
  return draft.network.roads.map((road, i) => {
    const { centreLine = [], forward = [], backward = [] } = draft.roads[i] ?? {}
    const { point } = placeAlong(road.line, (road.start + road.end) / 2)
    return {
      id: road.id,
      name: road.source.name,
      class: road.source.class,
      limitKmh: kmh(road.limitKmh),
      districtId: source.districts[districtAt(point)]?.id ?? '',
      forward,
      backward,
      centreLine,
      laneWidth: metres(road.laneWidth),
      onBridge: road.source.bridge,
    }
  })
}

function toJunction(draft: Draft, junction: Draft['junctions'][number], arms: readonly Arm[]): Junction {
  const node = draft.network.nodes[junction.node]
  return {
    id: node?.id ?? '',
    x: quantise(node?.point.x ?? 0),
    y: quantise(node?.point.y ?? 0),
    control: junction.control,
    connectors: junction.connectors.map((connector) => connector.lane),
    outline: hull(arms.flatMap((arm) => mouthOf(draft, arm))).map(quantisePoint),
    program: junction.program,
  }
}

/** The two kerb corners where an arm opens into its junction. */
function mouthOf(draft: Draft, arm: Arm): Point[] {
  const line = draft.roads[arm.road]?.centreLine ?? []
  const road = draft.network.roads[arm.road]
  if (!road || line.length < 2) return []
  const i = arm.end === 'from' ? 0 : line.length - 1
  const along = arm.end === 'from' ? direction(at(line, 0), at(line, 1)) : direction(at(line, i - 1), at(line, i))
  const { right, left } = halves(road)
  return [moved(at(line, i), rightOf(along), right), moved(at(line, i), rightOf(along), -left)]
}
