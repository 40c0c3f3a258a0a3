import type { CameraSite, Crossing, LanePoint, Parking, Point, Station } from '../../model/city-map.ts'
import { atan2Of } from '../../driving/trig.ts'
import { kmh, metres } from '../../units.ts'
import type { MapFault, MapSource } from '../map-source.ts'
import { halves } from './arms.ts'
import type { Draft } from './draft.ts'
import { at, direction, moved, quantise, quantisePoint, reversed, rightOf } from './geometry.ts'
import { findPlace, isForward, kerbLane, pointsAcross, spanOf, type Place } from './places.ts'

/** What stands at the roads, and where it holds on to their lanes. */
export interface Sites {
  readonly cameras: CameraSite[]
  readonly stations: Station[]
  readonly crossings: Crossing[]
  readonly busStops: LanePoint[]
  readonly parkings: Parking[]
}

type DistrictAt = (point: Point) => string

/** Metres between the road's edge and a station; between two parked cars' middles; of a parked car's place. */
const FORECOURT = 6
const PARKING_STEP = 6.5
const PARKING_WIDTH = 2.2
/** A zebra's middle lies this far beyond the stop line. */
const ZEBRA_BEYOND = 2.5

export function placeSites(source: MapSource, draft: Draft, districtAt: DistrictAt, faults: MapFault[]): Sites {
  const find = (path: string, road: string, share: number): Place[] => {
    const place = findPlace(draft, road, share)
    if (place === 'no-road') faults.push({ path: `${path}.road`, reason: `no road has the id ${road}` })
    else if (place === 'in-junction')
      faults.push({ path: `${path}.at`, reason: `not on the road: ${road} is in a junction there` })
    else return [place]
    return []
  }
  return {
    cameras: source.cameras.flatMap((camera, i) =>
      find(`cameras[${i}]`, camera.road, camera.at).map((place) => toCamera(draft, camera, place, districtAt)),
    ),
    stations: source.stations.flatMap((station, i) =>
      find(`stations[${i}]`, station.road, station.at).map((place) => toStation(draft, station, place, districtAt)),
    ),
    crossings: [
      ...source.crossings.flatMap(({ id, road, at: share }, i) =>
        find(`crossings[${i}]`, road, share).map((place) => toCrossing(draft, id, place)),
      ),
      ...junctionCrossings(draft),
    ],
    busStops: source.busStops.flatMap((stop, i) =>
      find(`busStops[${i}]`, stop.road, stop.at).flatMap((place) =>
        pointsAcross(draft, place, place.lanes[stop.direction].slice(0, 1)),
      ),
    ),
    parkings: source.parkings.flatMap((row, i) => {
      const count = Math.floor(((row.to - row.from) * spanOf(draft, row.road)) / PARKING_STEP)
      return Array.from(
        { length: Math.max(1, count) },
        (_, k) => row.from + ((row.to - row.from) * (k + 0.5)) / Math.max(1, count),
      )
        .flatMap((share) => find(`parkings[${i}]`, row.road, share))
        .flatMap((place) => toParking(draft, row.side, place))
    }),
  }
}

const headingOf = (u: Point): number => atan2Of(u.y, u.x)

function toCamera(
  draft: Draft,
  camera: MapSource['cameras'][number],
  place: Place,
  districtAt: DistrictAt,
): CameraSite {
  const { forward, backward } = place.lanes
  const lanes = [
    ...(camera.direction === 'backward' ? [] : forward),
    ...(camera.direction === 'forward' ? [] : backward),
  ]
  const isBack = camera.direction === 'backward'
  const along = isBack ? reversed(place.along) : place.along
  const edge = halves(place.piece)[isBack ? 'left' : 'right']
  const { x, y } = quantisePoint(moved(place.point, rightOf(along), edge + 1.5))
  return {
    id: camera.id,
    x,
    y,
    heading: headingOf(along),
    limitKmh: kmh(place.piece.limitKmh),
    districtId: districtAt(place.point),
    roadId: place.piece.id,
    lines: pointsAcross(draft, place, lanes),
    fieldOfView: { metres: metres(camera.metres), radians: 0.6 },
  }
}

function toStation(
  draft: Draft,
  station: MapSource['stations'][number],
  place: Place,
  districtAt: DistrictAt,
): Station {
  const away = station.side === 'right' ? rightOf(place.along) : reversed(rightOf(place.along))
  const front = moved(place.point, away, halves(place.piece)[station.side] + FORECOURT)
  const centre = quantisePoint(moved(front, away, station.depth / 2))
  const half = station.width / 2
  const corners = [-half, half].map((along) => moved(front, place.along, along))
  const [a, b] = [at(corners, 0), at(corners, 1)]
  const outline = [a, b, moved(b, away, station.depth), moved(a, away, station.depth)].map(quantisePoint)
  const [access] = pointsAcross(draft, place, [kerbLane(place, station.side)])
  return {
    id: station.id,
    kind: station.kind,
    districtId: districtAt(centre),
    x: centre.x,
    y: centre.y,
    heading: headingOf(reversed(away)),
    outline,
    access: access ?? { lane: 0, s: metres(0) },
  }
}

function toCrossing(draft: Draft, id: string, place: Place): Crossing {
  const { right, left } = halves(place.piece)
  const across = rightOf(place.along)
  return {
    id,
    lines: pointsAcross(draft, place, [...place.lanes.forward, ...place.lanes.backward]),
    from: quantisePoint(moved(place.point, across, -left - 1)),
    to: quantisePoint(moved(place.point, across, right + 1)),
  }
}

/** Zebras on the arms of junctions lie beyond the stop line, so their lines are on the connectors. */
function junctionCrossings(draft: Draft): Crossing[] {
  return draft.junctions.flatMap((junction) => {
    const node = draft.network.nodes[junction.node]
    if (!node?.source.crossings || node.isCircle) return []
    return (draft.arms[junction.node] ?? []).map((arm, i): Crossing => {
      const road = draft.network.roads[arm.road]
      const line = draft.roads[arm.road]?.centreLine ?? []
      const [end, before] =
        arm.end === 'to' ? [at(line, line.length - 1), at(line, line.length - 2)] : [at(line, 0), at(line, 1)]
      const into = direction(before, end)
      const middle = moved(end, into, ZEBRA_BEYOND)
      const { right, left } = road ? halves(road) : { right: 3, left: 3 }
      const [onRight, onLeft] = arm.end === 'to' ? [right, left] : [left, right]
      const own = junction.connectors.flatMap(({ lane, approach, exit }): LanePoint[] => {
        const length = draft.lanes[lane]?.length ?? 0
        if (approach.arm === arm) return [{ lane, s: metres(Math.min(ZEBRA_BEYOND, length)) }]
        return exit.arm === arm ? [{ lane, s: metres(Math.max(0, length - ZEBRA_BEYOND)) }] : []
      })
      return {
        id: `${node.id}-zebra-${i}`,
        lines: own,
        from: quantisePoint(moved(middle, rightOf(into), -onLeft - 1)),
        to: quantisePoint(moved(middle, rightOf(into), onRight + 1)),
      }
    })
  })
}

function toParking(draft: Draft, side: 'left' | 'right', place: Place): Parking[] {
  const lane = kerbLane(place, side)
  const away = side === 'right' ? rightOf(place.along) : reversed(rightOf(place.along))
  const { x, y } = moved(place.point, away, halves(place.piece)[side] + PARKING_WIDTH / 2)
  const along = isForward(place, lane) ? place.along : reversed(place.along)
  return pointsAcross(draft, place, [lane]).map((access) => ({
    x: quantise(x),
    y: quantise(y),
    heading: headingOf(along),
    access,
  }))
}
