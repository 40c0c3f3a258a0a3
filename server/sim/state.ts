import type { CauseId } from '../../shared/ids.ts'
import type { Assists, Weather } from '../../shared/model/command.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { Routes } from './route.ts'
import type { Streets } from './streets.ts'
import type { CameraStates, Clock, Crossings, FreeSlots, Queues, Signals, Vehicles } from './vehicle-table.ts'

/** What a world is opened with; it never changes afterwards. */
export interface WorldSettings {
  readonly seed: number
  /** Most vehicles at once, seats and agents included. */
  readonly capacity: number
  /** Traffic at the beginning; `set-demand` changes it. */
  readonly bots: number
  readonly agents: AgentSettings
  readonly weather: Weather
  /** Hour of the city's day at the first tick, 0 to 24, and how many of its seconds pass per second of play. */
  readonly startHour: number
  readonly clockScale: number
  /** Roads on which seats start; empty for anywhere. */
  readonly startRoads: readonly string[]
}

/** How many of each agent the city keeps. */
export interface AgentSettings {
  readonly patrols: number
  readonly inspectors: number
  readonly responseCars: number
  readonly drones: number
  readonly towTrucks: number
}

/** One participant's car and what it is told. */
export interface Seat {
  readonly seatId: string
  readonly slot: number
  seq: number
  throttle: number
  steering: number
  handbrake: boolean
  assists: Assists
  isOffline: boolean
  /** Driven for its driver since he went, until his hands move again: who comes back in a bend must not shoot out of it. */
  isHeld: boolean
  /** Tick of the last horn. */
  hornAt: number
  /** The camera that measured the car last, and when. */
  measured: { readonly camera: number; readonly tick: number }
  errand: SeatErrand | null
  errandsDone: number
}

export interface SeatErrand {
  readonly id: CauseId
  readonly kind: 'delivery' | 'fare' | 'patrol'
  readonly lane: number
  readonly x: number
  readonly y: number
  readonly points: number
}

/** An agent of the city that goes where it is sent. */
export interface Unit {
  readonly slot: number
  readonly plate: string
  readonly kind: VehicleKind
  /** Index into the map's stations: where it belongs, or last left from. */
  station: number
  errand: UnitErrand | null
  /** The way back: what departed, so that the return can name it. */
  returning: UnitReturn | null
}

export interface UnitErrand {
  readonly errandId: string
  readonly targetPlate: string
  readonly cause: CauseId
  readonly since: number
  /** Tick of arrival, −1 on the way. */
  arrivedAt: number
  arrival: CauseId | null
}

interface UnitReturn {
  readonly errandId: string
  readonly targetPlate: string
  readonly cause: CauseId
}

/**
 * The street. What is large and hot stands in columns over one `buffer` and is advanced in place; what is small is
 * plain data (`seats`, `units`, `plates`). `scratch` is worked out anew and never saved.
 */
export interface World {
  readonly streets: Streets
  readonly settings: WorldSettings
  readonly buffer: ArrayBuffer
  readonly vehicles: Vehicles
  readonly queues: Queues
  readonly crossings: Crossings
  readonly signals: Signals
  readonly cameras: CameraStates
  readonly clock: Clock
  readonly free: FreeSlots
  /** By the `seat` column; `null` where a seat was given back. */
  readonly seats: (Seat | null)[]
  readonly units: Unit[]
  /** Slots of the patrol cars. */
  readonly patrols: number[]
  /** By slot; empty for an empty slot. */
  readonly plates: string[]
  /** Limits that were set since, in km/h by road id. */
  readonly signs: Record<string, number>
  readonly routes: Routes
  /** The ways of units on duty, to whom no road is closed. */
  readonly dutyRoutes: Routes
  readonly scratch: Scratch
}

/** Worked out from the rest; the same again after a restore. */
export interface Scratch {
  readonly slotOfPlate: Map<string, number>
  /** Per connector: `LIGHT` of its signal group now. */
  readonly lights: Int32Array
  /** Per connector at amber: the tick at which it turns red. */
  readonly redAt: Int32Array
  /** Per signal: the tick at which the phase that `lights` shows ends, 0 at first. */
  readonly phaseEnds: Int32Array
  /** Per lane: its `FEATURE` bits, and `GHOSTS` while free cars stand on it. */
  readonly bits: Int32Array
  /** Free cars as seen from the lanes they stand on: a chain of ghosts per lane, −1 for none. */
  readonly ghostHead: Int32Array
  readonly ghostNext: Int32Array
  readonly ghostSlot: Int32Array
  readonly ghostLane: Int32Array
  readonly ghostS: Float64Array
  readonly ghostSpeed: Float64Array
  ghosts: number
  /**
   * Per slot in traffic, since it last entered a lane or chose a way: m/s it would like to drive there, the same on the
   * lane after it, the lane's end, and the s up to which it has only to drive: the lane's end as well, or −1 where cameras are.
   */
  readonly wish: Float64Array
  readonly wishBeyond: Float64Array
  readonly end: Float64Array
  readonly quiet: Float64Array
  /** Seconds that the way to its goal is longer from the lane to its left, or right; NaN until somebody wants to know. */
  readonly detourLeft: Float64Array
  readonly detourRight: Float64Array
}

/** Beside the bits of `FEATURE`. */
export const GHOSTS = 16
export const LIGHT = { go: 0, amber: 1, red: 2 } as const

export const DT = 0.05
/** The order is part of saved worlds. */
export const WEATHERS: readonly Weather[] = ['clear', 'rain', 'fog']
