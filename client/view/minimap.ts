import type { CityMap, Point } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'

/** What a mark on the minimap stands for; each has its own shape and colour. */
export type MarkKind = 'self' | 'camera' | 'police' | 'inspector' | 'unit' | 'player' | 'garage' | 'objective'

/** A mark in pixels from the minimap's top left corner. At the edge it has a tip that points along `angle`. */
export interface Mark {
  readonly kind: MarkKind
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly isAtEdge: boolean
}

/** A square window onto the city. */
export interface MapWindow {
  readonly centre: Point
  /** Metres from the centre to an edge. */
  readonly reach: number
  /** Pixels along one side. */
  readonly size: number
  /** Radians by which the city is turned on the map: 0 is north up. */
  readonly turn: number
}

interface FarVehicle extends Point {
  readonly kind: VehicleKind
  /** Another driver's. */
  readonly isSeat: boolean
}

interface NearVehicle extends Point {
  readonly kind: VehicleKind
}

export interface MinimapThings {
  readonly map: Pick<CityMap, 'cameras' | 'stations'>
  readonly own: (Point & { readonly heading: number }) | null
  readonly vehicles: readonly FarVehicle[]
  readonly objective: Point | null
}

const EDGE_MARGIN = 12

const VEHICLE_MARKS: Readonly<Partial<Record<VehicleKind, MarkKind>>> = {
  police: 'police',
  inspector: 'inspector',
  response: 'unit',
  ambulance: 'unit',
  'tow-truck': 'unit',
  drone: 'unit',
}

const markOf = ({ kind, isSeat }: FarVehicle): MarkKind | undefined => (isSeat ? 'player' : VEHICLE_MARKS[kind])

/** How the city is turned so that the way ahead of the car is up. */
export const turnAhead = (heading: number): number => -Math.PI / 2 - heading

export function toPixel({ centre, reach, size, turn }: MapWindow, { x, y }: Point): Point {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [dx, dy] = [(x - centre.x) / reach, (y - centre.y) / reach]
  return { x: (dx * cos - dy * sin + 1) * (size / 2), y: (dx * sin + dy * cos + 1) * (size / 2) }
}

/** Where the letter of the north stands, in pixels, at the rim of the map. */
export function northOf(window: MapWindow): Point {
  const half = window.size / 2
  const [x, y] = [Math.sin(window.turn), -Math.cos(window.turn)]
  const reach = (half - EDGE_MARGIN) / Math.max(Math.abs(x), Math.abs(y))
  return { x: half + x * reach, y: half + y * reach }
}

/** What was told of far vehicles may be two seconds old: metres that one may have driven since. */
const STALE_METRES = 90

/** Puts those that are in sight where they are now: the nearest vehicle of the same kind is taken for the one that was told. */
export function freshen(told: readonly FarVehicle[], inSight: readonly NearVehicle[]): readonly FarVehicle[] {
  const free = new Set(inSight)
  return told.map((vehicle) => {
    const away = (car: Point) => Math.hypot(car.x - vehicle.x, car.y - vehicle.y)
    const same = [...free].filter((car) => car.kind === vehicle.kind && away(car) < STALE_METRES)
    const nearest = same.toSorted((a, b) => away(a) - away(b))[0]
    if (!nearest) return vehicle
    free.delete(nearest)
    return { ...vehicle, x: nearest.x, y: nearest.y }
  })
}

/** All marks, the most important last. Those out of the window are left out, but for the objective and the garage: an arrow at the edge. */
export function toMarks(window: MapWindow, { map, own, vehicles, objective }: MinimapThings): readonly Mark[] {
  const inside = (mark: Mark) => mark.x >= 0 && mark.y >= 0 && mark.x <= window.size && mark.y <= window.size
  const place = (kind: MarkKind, at: Point, heading = 0): Mark => ({
    kind,
    ...toPixel(window, at),
    angle: heading + window.turn,
    isAtEdge: false,
  })
  const cameras = map.cameras.map((camera) => place('camera', camera, camera.heading))
  const marked = vehicles.flatMap((vehicle) => {
    const kind = markOf(vehicle)
    return kind ? [place(kind, vehicle)] : []
  })
  const garages = map.stations
    .filter(({ kind }) => kind === 'garage')
    .map((station) => toEdge(window, place('garage', station)))
  return [
    ...[...cameras, ...marked].filter(inside),
    ...garages,
    ...(objective ? [toEdge(window, place('objective', objective))] : []),
    ...(own ? [place('self', own, own.heading)] : []),
  ]
}

/** A mark beyond the window becomes an arrow where the way to it leaves the window. */
function toEdge({ size }: MapWindow, mark: Mark): Mark {
  const half = size / 2
  const [dx, dy] = [mark.x - half, mark.y - half]
  const farthest = Math.max(Math.abs(dx), Math.abs(dy))
  if (farthest <= half - EDGE_MARGIN) return mark
  const shrink = (half - EDGE_MARGIN) / farthest
  return { ...mark, x: half + dx * shrink, y: half + dy * shrink, angle: Math.atan2(dy, dx), isAtEdge: true }
}
