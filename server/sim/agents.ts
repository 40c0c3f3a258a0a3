import type { StationKind } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { PROFESSIONAL } from './characters.ts'
import { takeSlot } from './slots.ts'
import { freePlace, hasElbowRoom, plateOf, putOnLane } from './spawn.ts'
import type { World } from './state.ts'
import { beginTrip } from './trip.ts'
import { MODE } from './vehicle-table.ts'

/** Where each kind of agent belongs, in order of preference; any station is better than none. */
const HOMES: Readonly<Record<'police' | 'inspector' | 'response' | 'drone' | 'tow-truck', readonly StationKind[]>> = {
  police: ['police'],
  inspector: ['inspection', 'garage'],
  response: ['response', 'command'],
  drone: ['response', 'command'],
  'tow-truck': ['garage', 'depot'],
}
const LETTERS = { police: 'PL', inspector: 'IN', response: 'UR', drone: 'DR', 'tow-truck': 'DP' } as const
type AgentKind = keyof typeof LETTERS

/** Brings the city's own vehicles to their stations and beats, spread over the stations of their kind. */
export function openAgents(world: World): void {
  const { patrols, inspectors, responseCars, drones, towTrucks } = world.settings.agents
  for (let i = 0; i < patrols; i += 1) sendOnBeat(world, 'police', i)
  for (let i = 0; i < inspectors; i += 1) sendOnBeat(world, 'inspector', i)
  for (let i = 0; i < responseCars; i += 1) putInStation(world, 'response', i)
  for (let i = 0; i < drones; i += 1) putInStation(world, 'drone', i)
  for (let i = 0; i < towTrucks; i += 1) putInStation(world, 'tow-truck', i)
}

function homeOf(world: World, kind: AgentKind, i: number): number {
  const { stations } = world.streets.map
  for (const home of HOMES[kind]) {
    const fit = stations.flatMap((station, index) => (station.kind === home ? [index] : []))
    if (fit.length > 0) return fit[i % fit.length] ?? -1
  }
  return stations.length > 0 ? i % stations.length : -1
}

function takeAgent(world: World, kind: AgentKind, i: number): number {
  const plate = plateOf(LETTERS[kind], i + 1)
  return takeSlot(world, { kind: kind as VehicleKind, plate, colour: 0, character: PROFESSIONAL, seat: -1 })
}

/** Patrols and inspectors begin their rounds at the station's door, or where there is room. */
function sendOnBeat(world: World, kind: 'police' | 'inspector', i: number): void {
  const station = homeOf(world, kind, i)
  const access = world.streets.map.stations[station]?.access
  const place = access && hasElbowRoom(world, access.lane, access.s) ? access : freePlace(world, 0x20000 + i)
  if (!place) return
  const slot = takeAgent(world, kind, i)
  if (slot < 0) return
  beginTrip(world, slot)
  putOnLane(world, slot, place)
  if (kind === 'police') world.patrols.push(slot)
  else world.units.push({ slot, plate: world.plates[slot] ?? '', kind, station, errand: null, returning: null })
}

function putInStation(world: World, kind: 'response' | 'drone' | 'tow-truck', i: number): void {
  const station = homeOf(world, kind, i)
  const site = world.streets.map.stations[station]
  if (!site) return
  const slot = takeAgent(world, kind, i)
  if (slot < 0) return
  const { vehicles } = world
  vehicles.mode[slot] = MODE.stationed
  vehicles.x[slot] = site.x
  vehicles.y[slot] = site.y
  vehicles.heading[slot] = site.heading
  vehicles.flags[slot] = VEHICLE_FLAG.cold
  world.units.push({ slot, plate: world.plates[slot] ?? '', kind, station, errand: null, returning: null })
}
