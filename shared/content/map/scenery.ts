import type { District, Outline, Point, Scenery } from '../../model/city-map.ts'
import { atan2Of } from '../../driving/trig.ts'
import { metres } from '../../units.ts'
import type { MapFault, MapSource } from '../map-source.ts'
import { flattenSpline } from './curve.ts'
import type { Draft } from './draft.ts'
import { at, direction, mix, offset, quantise, quantisePoint, toPoint } from './geometry.ts'
import { placeLamps, plantTrees } from './green.ts'
import { addArea, addStrip, isFree, openGround, type Ground } from './ground.ts'
import { raiseHouses } from './lots.ts'
import type { Network } from './network.ts'
import type { Sites } from './sites.ts'

type Building = Scenery['buildings'][number]

/** Metres from the middle of a circle's lane to its island. */
const KERB = 3.5
/** What the author places keeps this far from lanes. */
const LEAST_CLEARANCE = 1

/** Lays out water and green, then what the author placed, then what the compiler makes up for the rest. */
export function buildScenery(
  source: MapSource,
  draft: Draft,
  { sites, characterAt }: { sites: Sites; characterAt: (point: Point) => District['character'] },
  faults: MapFault[],
): Scenery {
  const rivers = source.rivers.map(({ line, width }) => ({ line: smoothed(line.map(toPoint)), half: width / 2 }))
  const basins = source.water.map(toOutline)
  const parks = [...source.parks.map(toOutline), ...islandsOf(draft.network)]
  const plazas = source.plazas.map(toOutline)
  const ground = openGround(source.width, source.height)
  for (const lane of draft.lanes) addStrip(ground, lane.line, lane.width / 2)
  const placed = placeBuildings(source, ground, sites, faults)
  for (const { line, half } of rivers) addStrip(ground, line, half, 'water')
  for (const basin of basins) addArea(ground, basin, 'water')
  for (const area of [...parks, ...plazas]) addArea(ground, area, 'green')
  for (const parking of sites.parkings) addStrip(ground, [parking, parking], 3)
  const isFull = source.scenery === 'full'
  const houses = isFull ? raiseHouses(ground, draft, { seed: source.seed, styleAt: characterAt }) : []
  return {
    buildings: [...placed, ...houses],
    water: [...rivers.map(bankOf), ...basins],
    parks,
    plazas,
    trees: isFull ? plantTrees(ground, draft, { seed: source.seed, characterAt, parks }) : [],
    lamps: isFull ? placeLamps(draft) : [],
    boats: source.boats.map(({ at: place, towards, length }) => {
      const u = direction(toPoint(place), toPoint(towards))
      return { ...quantisePoint(toPoint(place)), heading: atan2Of(u.y, u.x), length: metres(length) }
    }),
  }
}

const toOutline = (points: readonly (readonly [number, number])[]): Outline =>
  points.map((point) => quantisePoint(toPoint(point)))

/** The green in the middle of roundabouts. */
function islandsOf(network: Network): Outline[] {
  return network.nodes.flatMap((node) => {
    if (node.source.control !== 'roundabout' || node.isCircle) return []
    const circle = network.roads.filter((road) => road.isCircle && road.path === node.path)
    const share = 1 - KERB / node.source.radius
    return [circle.flatMap((piece) => piece.line.slice(1).map((p) => quantisePoint(mix(node.point, p, share))))]
  })
}

const smoothed = (line: readonly Point[]): Outline =>
  flattenSpline(at(line, 0), line.slice(1, -1), at(line, line.length - 1))

/** The outline of a river: one bank there, the other back. */
const bankOf = ({ line, half }: { line: Outline; half: number }): Outline =>
  [...offset(line, half), ...offset(line, -half).reverse()].map(quantisePoint)

/** Landmarks and stations; reports those that stand on a road. */
function placeBuildings(source: MapSource, ground: Ground, sites: Sites, faults: MapFault[]): Building[] {
  const landmarks = source.buildings.map(({ kind, outline, height }, i) => ({
    path: `buildings[${i}]`,
    building: { kind, outline: toOutline(outline), height: metres(quantise(height)) },
  }))
  const stations = sites.stations.map(({ id, outline }) => {
    const i = source.stations.findIndex((station) => station.id === id)
    const height = metres(quantise(source.stations[i]?.height ?? 8))
    return { path: `stations[${i}]`, building: { kind: 'station' as const, outline, height } }
  })
  return [...landmarks, ...stations].map(({ path, building }) => {
    if (!isFree(ground, building.outline, { lane: LEAST_CLEARANCE })) {
      faults.push({ path, reason: 'stands on a road, or off the map' })
    }
    addArea(ground, building.outline, 'building')
    return building
  })
}
