import type { CityMap, Point } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'

/** What a mark on the minimap stands for; each has its own shape and colour. */
export type MarkKind = 'self' | 'camera' | 'police' | 'inspector' | 'unit' | 'player' | 'garage' | 'objective'

/** A mark in pixels from the minimap's top left corner. At the edge it is an arrow that points along `angle`. */
export interface Mark {
  readonly kind: MarkKind
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly isAtEdge: boolean
}

/** A square window onto the city, north up. */
export interface MapWindow {
  readonly centre: Point
  /** Metres from the centre to an edge. */
  readonly reach: number
  /** Pixels along one side. */
  readonly size: number
}

export interface MinimapThings {
  readonly map: Pick<CityMap, 'cameras' | 'stations'>
  readonly own: (Point & { readonly heading: number }) | null
  readonly vehicles: readonly (Point & { readonly kind: VehicleKind })[]
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

export const toPixel = ({ centre, reach, size }: MapWindow, { x, y }: Point): Point => ({
  x: ((x - centre.x) / reach + 1) * (size / 2),
  y: ((y - centre.y) / reach + 1) * (size / 2),
})

/** All marks, the most important last. Those out of the window are left out, but for the objective and the garage: an arrow at the edge. */
export function toMarks(window: MapWindow, { map, own, vehicles, objective }: MinimapThings): readonly Mark[] {
  const inside = (mark: Mark) => mark.x >= 0 && mark.y >= 0 && mark.x <= window.size && mark.y <= window.size
  const place = (kind: MarkKind, at: Point, angle = 0): Mark => ({
    kind,
    ...toPixel(window, at),
    angle,
    isAtEdge: false,
  })
  const cameras = map.cameras.map((camera) => place('camera', camera, camera.heading))
  const agents = vehicles.flatMap((vehicle) => {
    const kind = VEHICLE_MARKS[vehicle.kind]
    return kind ? [place(kind, vehicle)] : []
  })
  const garages = map.stations
    .filter(({ kind }) => kind === 'garage')
    .map((station) => toEdge(window, place('garage', station)))
  return [
    ...[...cameras, ...agents].filter(inside),
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
