import type { CityMap, Outline, Point, StationKind } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { Speaker } from '../../shared/protocol/view.ts'
import type { ThingRef } from '../../shared/protocol/xray.ts'
import { agentOf, SYSTEMS_MANAGER } from './agents.ts'
import { isInside } from './street-lines.ts'

/** What can be pointed at in the street: where it is, whose it is and what it is called. */
export interface StreetThing extends Point {
  readonly ref: ThingRef
  readonly speaker: Speaker
  readonly awsName: string | null
  readonly what: 'camera' | `station.${StationKind}` | `vehicle.${VehicleKind}` | 'own'
  /** An id that people say, as `A7-N`; empty for what has none. */
  readonly name: string
  /** A building's walls: whatever is inside them is the thing. */
  readonly outline: Outline | null
}

export interface StreetSight {
  readonly map: Pick<CityMap, 'cameras' | 'stations'>
  readonly own: (Point & { readonly heading: number }) | null
  readonly plate: string | null
  readonly cars: readonly (Point & { readonly id: number; readonly kind: VehicleKind })[]
}

const STATION_OF: Readonly<Record<StationKind, Speaker>> = {
  command: 'bridge',
  police: 'trail',
  inspection: 'config',
  response: 'lambda',
  garage: 'config',
  hospital: 'street',
  depot: 'street',
}

const AGENTS: Readonly<Partial<Record<VehicleKind, Speaker>>> = {
  police: 'trail',
  inspector: 'config',
  response: 'lambda',
  drone: 'lambda',
  'tow-truck': 'lambda',
}

/** Everything in the street that has an AWS name. */
export function thingsOf({ map, own, plate, cars }: StreetSight): StreetThing[] {
  return [
    ...map.cameras.map(({ id, x, y }) => thing('watch', 'camera', { kind: 'camera', id }, { x, y })),
    ...map.stations.map(({ id, kind, x, y, outline }) => ({
      ...thing(STATION_OF[kind], `station.${kind}`, { kind: 'station', id }, { x, y }),
      ...(kind === 'garage' ? { awsName: SYSTEMS_MANAGER } : {}),
      outline,
    })),
    ...cars.map(({ id, kind, x, y }) => ({
      ...thing(AGENTS[kind] ?? 'street', `vehicle.${kind}`, { kind: 'car', id: String(id) }, { x, y }),
      name: '',
    })),
    ...(own && plate !== null ? [thing('street', 'own', { kind: 'vehicle', id: plate }, own)] : []),
  ]
}

const thing = (speaker: Speaker, what: StreetThing['what'], ref: ThingRef, { x, y }: Point): StreetThing => ({
  ref, speaker, what, x, y, awsName: agentOf(speaker).awsName, name: ref.id, outline: null,
}) // prettier-ignore

/** An agent is worth a tap at any time; a passing car only where one has come to look into things. */
export const isOfInterest = ({ speaker, what }: StreetThing): boolean =>
  speaker !== 'street' || what.startsWith('station')

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/** @param reach metres within which a finger means the thing @returns the nearest, or the building under the finger */
export function thingAt(things: readonly StreetThing[], at: Point, reach: number): StreetThing | null {
  const near = things.filter((each) => distance(each, at) <= reach)
  const nearest = near.toSorted((a, b) => distance(a, at) - distance(b, at))[0]
  return nearest ?? things.find(({ outline }) => outline !== null && isInside(outline, at)) ?? null
}

export type Side = 'ahead' | 'behind' | 'left' | 'right'

export interface NearThing {
  readonly thing: StreetThing
  /** Metres, to the ten. */
  readonly metres: number
  readonly side: Side
}

/** What is nearest to the driver, the nearest first; the own car is not far from itself and left out. */
export function thingsNear(things: readonly StreetThing[], own: Point & { readonly heading: number }, most: number) {
  return things
    .filter(({ what }) => what !== 'own')
    .map((each): NearThing => ({ thing: each, metres: roundTen(distance(each, own)), side: sideOf(own, each) }))
    .toSorted((a, b) => a.metres - b.metres)
    .slice(0, most)
}

const roundTen = (metres: number) => Math.round(metres / 10) * 10

function sideOf(own: Point & { readonly heading: number }, { x, y }: Point): Side {
  const off = Math.atan2(y - own.y, x - own.x) - own.heading
  const [along, across] = [Math.cos(off), Math.sin(off)]
  if (Math.abs(along) >= Math.abs(across)) return along > 0 ? 'ahead' : 'behind'
  return across > 0 ? 'right' : 'left'
}
