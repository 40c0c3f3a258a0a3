import { invariant } from '../../shared/assert.ts'
import { openRoutes } from './route.ts'
import type { Scratch, World, WorldSettings } from './state.ts'
import type { Streets } from './streets.ts'
import { Space } from './table.ts'
import { CameraStates, Clock, Crossings, FreeSlots, Queues, Signals, Vehicles } from './vehicle-table.ts'

/** Ghosts per capacity: a car at a junction stands on several connectors at once. */
const GHOSTS_PER_CAR = 12

/** Lays out a world's columns over one buffer: a new one full of zeros, or a saved one. */
export function layWorld(streets: Streets, settings: WorldSettings, saved: ArrayBuffer | null): World {
  const { map } = streets
  const measure = new Space(null)
  layTables(measure, streets, settings.capacity)
  const buffer = saved ?? new ArrayBuffer(measure.taken)
  invariant(buffer.byteLength === measure.taken, 'the saved columns have another size')
  const tables = layTables(new Space(buffer), streets, settings.capacity)
  const routes = openRoutes(map.lanes, tables.queues.closed)
  const dutyRoutes = openRoutes(map.lanes, new Int32Array(map.lanes.count))
  const scratch = openScratch(streets, settings.capacity)
  const plates = Array.from({ length: settings.capacity }, () => '')
  const small = { seats: [], units: [], patrols: [], plates, signs: {} }
  return { streets, settings, buffer, ...tables, ...small, routes, dutyRoutes, scratch }
}

function layTables(space: Space, { map, signals }: Streets, capacity: number) {
  return {
    clock: new Clock(space, 1),
    vehicles: new Vehicles(space, capacity),
    queues: new Queues(space, map.lanes.count),
    crossings: new Crossings(space, map.crossings.length),
    signals: new Signals(space, signals.length),
    cameras: new CameraStates(space, map.cameras.length),
    free: new FreeSlots(space, capacity),
  }
}

function openScratch({ map, signals, features }: Streets, capacity: number): Scratch {
  const ghosts = capacity * GHOSTS_PER_CAR
  return {
    slotOfPlate: new Map(),
    lights: new Int32Array(map.lanes.count),
    redAt: new Int32Array(map.lanes.count),
    phaseEnds: new Int32Array(signals.length),
    bits: Int32Array.from(features),
    ghostHead: new Int32Array(map.lanes.count).fill(-1),
    ghostNext: new Int32Array(ghosts),
    ghostSlot: new Int32Array(ghosts),
    ghostLane: new Int32Array(ghosts),
    ghostS: new Float64Array(ghosts),
    ghostSpeed: new Float64Array(ghosts),
    ghosts: 0,
    wish: new Float64Array(capacity),
    wishBeyond: new Float64Array(capacity),
    end: new Float64Array(capacity),
    quiet: new Float64Array(capacity),
    detourLeft: new Float64Array(capacity),
    detourRight: new Float64Array(capacity),
  }
}
