import type { Point, Scenery } from '../../model/city-map.ts'
import { atan2Of } from '../../driving/trig.ts'
import { metres } from '../../units.ts'
import type { MapFault, MapSource } from '../map-source.ts'
import { flattenSpline } from './curve.ts'
import type { Draft } from './draft.ts'
import { at, direction, offset, quantisePoint, toPoint } from './geometry.ts'
import type { Sites } from './sites.ts'

/** Lays out water and green, then what stands on the rest: what the author placed, then what the compiler makes up. */
export function buildScenery(source: MapSource, _draft: Draft, sites: Sites, _faults: MapFault[]): Scenery {
  const toOutline = (points: readonly (readonly [number, number])[]) => points.map((p) => quantisePoint(toPoint(p)))
  const stationHeight = new Map(source.stations.map((station) => [station.id, station.height]))
  return {
    buildings: [
      ...source.buildings.map(({ kind, outline, height }) => ({
        kind,
        outline: toOutline(outline),
        height: metres(height),
      })),
      ...sites.stations.map(({ id, outline }) => ({
        kind: 'station' as const,
        outline,
        height: metres(stationHeight.get(id) ?? 8),
      })),
    ],
    water: [
      ...source.water.map(toOutline),
      ...source.rivers.map(({ line, width }) => band(smooth(line.map(toPoint)), width)),
    ],
    parks: source.parks.map(toOutline),
    plazas: source.plazas.map(toOutline),
    trees: [],
    lamps: [],
    boats: source.boats.map(({ at: place, towards, length }) => {
      const u = direction(toPoint(place), toPoint(towards))
      return { ...quantisePoint(toPoint(place)), heading: atan2Of(u.y, u.x), length: metres(length) }
    }),
  }
}

const smooth = (line: readonly Point[]): Point[] =>
  flattenSpline(at(line, 0), line.slice(1, -1), at(line, line.length - 1))

const band = (line: readonly Point[], width: number) =>
  [...offset(line, width / 2), ...offset(line, -width / 2).reverse()].map(quantisePoint)
