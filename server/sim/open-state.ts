import type { CityMap } from '../../shared/model/city-map.ts'
import { openRoutes } from './route.ts'
import type { Scratch, World, WorldSettings } from './state.ts'
import type { Streets } from './streets.ts'
import { bytesOf, layTable } from './table.ts'
import { cameraSpec, clockSpec, crossingSpec, freeSpec, queueSpec, vehicleSpec } from './vehicle-table.ts'

/** Ghosts per capacity: a car at a junction stands on several connectors at once. */
const GHOSTS_PER_CAR = 12

/** Lays out a world's columns over one buffer: a new one full of zeros, or a saved one. */
export function layWorld(streets: Streets, settings: WorldSettings, saved: ArrayBuffer | null): World {
  const specs = specsOf(streets.map, settings.capacity)
  const buffer = saved ?? new ArrayBuffer(Object.values(specs).reduce((sum, spec) => sum + bytesOf(spec), 0))
  let offset = 0
  const place = (spec: { reals: readonly string[]; wholes: readonly string[]; rows: number }) => {
    const here = offset
    offset += bytesOf(spec)
    return here
  }
  const clock = layTable(specs.clock, buffer, place(specs.clock))
  const vehicles = layTable(specs.vehicles, buffer, place(specs.vehicles))
  const queues = layTable(specs.queues, buffer, place(specs.queues))
  const crossings = layTable(specs.crossings, buffer, place(specs.crossings))
  const cameras = layTable(specs.cameras, buffer, place(specs.cameras))
  const free = layTable(specs.free, buffer, place(specs.free))
  const routes = openRoutes(streets.map.lanes, queues.closed)
  const scratch = openScratch(streets.map, settings.capacity)
  const plates = Array.from({ length: settings.capacity }, () => '')
  return {
    streets,
    settings,
    buffer,
    vehicles,
    queues,
    crossings,
    cameras,
    clock,
    free,
    seats: [],
    units: [],
    patrols: [],
    plates,
    signs: {},
    routes,
    scratch,
  }
}

function specsOf(map: CityMap, capacity: number) {
  return {
    clock: clockSpec(),
    vehicles: vehicleSpec(capacity),
    queues: queueSpec(map.lanes.count),
    crossings: crossingSpec(map.crossings.length),
    cameras: cameraSpec(map.cameras.length),
    free: freeSpec(capacity),
  }
}

function openScratch(map: CityMap, capacity: number): Scratch {
  const ghosts = capacity * GHOSTS_PER_CAR
  return {
    slotOfPlate: new Map(),
    lights: new Int32Array(map.lanes.count),
    ghostHead: new Int32Array(map.lanes.count).fill(-1),
    ghostNext: new Int32Array(ghosts),
    ghostSlot: new Int32Array(ghosts),
    ghostS: new Float64Array(ghosts),
    ghostSpeed: new Float64Array(ghosts),
    ghosts: 0,
  }
}
