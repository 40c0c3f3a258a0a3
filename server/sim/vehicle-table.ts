import type { Table, TableSpec } from './table.ts'

/** How a vehicle moves; the value of the `mode` column. */
export const MODE = {
  /** The slot is empty. */
  none: 0,
  /** Traffic: stands in its lane's queue at `s`. The pose follows from (lane, s, lat). */
  lane: 1,
  /** A seat's car: free in the plane at (x, y, heading). `lane`, `s`, `lat` are its projection, or lane −1. */
  free: 2,
  /** An agent on duty with its lights on: follows lanes by (lane, s, lat) outside the queues; others make way. */
  duty: 3,
  /** A drone: free in the plane, over everything. */
  flying: 4,
  /** Waits inside its station: not on the street, not to be sent or drawn. */
  stationed: 5,
} as const

const REALS = [
  /** Metres from the lane's beginning to the vehicle's middle. */
  's',
  /** Metres per second along the lane or the nose; negative for a reversing seat's car. */
  'speed',
  /** Metres per second squared, as of the last tick. */
  'accel',
  /** Metres to the right of the lane's middle. */
  'lat',
  /** Half the vehicle's length, in metres. */
  'half',
  /** Share of the limit that the driver would like to drive. */
  'desired',
  /** Metres per second squared that the driver accelerates by on a free road. */
  'eager',
  /** Seconds of distance that the driver keeps. */
  'headway',
  /** The pose in the plane. Kept up to date for `free` and `flying` only; `poseOf` answers for every mode. */
  'x',
  'y',
  'heading',
  'vx',
  'vy',
  'yawRate',
  /** Condition: shares of wear, millimetres of tread, share of a tank. */
  'brakeWear',
  'tread',
  'fuel',
  /** Where the heading pointed when the car entered the junction it is in. */
  'entryHeading',
] as const

const WHOLES = [
  /** One of `MODE`. */
  'mode',
  /** Index into `VEHICLE_KINDS`. */
  'kind',
  /** Bits of `VEHICLE_FLAG`. */
  'flags',
  /** Rises each time the slot is given to another vehicle; public id = slot | generation << 16. */
  'generation',
  /** Lane number, −1 for none. */
  'lane',
  /** The lane after this one that the vehicle is going to take, −1 while undecided. */
  'next',
  /** The neighbour lane the route wants, −1 for none. */
  'want',
  /** Lane number where the trip ends. */
  'goal',
  /** Trips begun: the counter of the vehicle's own stream of chance. −1 keeps to `goal` until told otherwise. */
  'trips',
  /** Neighbours in the lane's queue: slots, −1 for none. */
  'ahead',
  'behind',
  /** Connector the vehicle has leave to cross, −1 for none. */
  'claim',
  /** Tick before which the vehicle does not change lanes again. */
  'settled',
  /** Ticks it has stood still, without a red light to explain it. */
  'waited',
  /** Tick until which it makes way for a vehicle on duty. */
  'makesWay',
  /** Tick until which it is asked to stand at the roadside; buses at their stops as well. */
  'heldUntil',
  /** Index into `CHARACTERS`. */
  'character',
  'colour',
  /** 1 when the part works or the belt is fastened. */
  'lampsWorking',
  'beltFastened',
  /** Index into the world's seats, −1 for traffic and agents. */
  'seat',
  /** Junction the seat's car is inside of, −1 for none. */
  'inside',
  /** Ticks since the seat's car began what is being timed: idling, exceeding, being stuck. */
  'idleTicks',
  'overTicks',
  'stuckTicks',
  /** 1 once said: the car has stopped at this red light; is over the limit. */
  'saidRed',
  'saidOver',
  /** Bus stop served last, plus 1; 0 for none. */
  'served',
  /** Tick of the last inspection. */
  'inspectedAt',
] as const

export const vehicleSpec = (capacity: number) => ({ reals: REALS, wholes: WHOLES, rows: capacity })

/** The vehicles as columns, one row per slot; see `REALS` and `WHOLES` for what each holds. */
export type Vehicles = Table<(typeof REALS)[number], (typeof WHOLES)[number]>

const STREET_REALS = [
  /** The limit in force, in m/s. */
  'limit',
] as const

const STREET_WHOLES = [
  /** The queue: slot furthest ahead, slot furthest behind, −1 for none; and how many. */
  'head',
  'tail',
  'count',
  /** The vehicle that left the lane last, −1 for none: its rear may still be on it. */
  'lastOut',
  /** How many have leave to enter this connector and have not done so. */
  'claims',
  'closed',
] as const

/** What changes about lanes, one row per lane. */
export type Queues = Table<(typeof STREET_REALS)[number], (typeof STREET_WHOLES)[number]>
export const queueSpec = (lanes: number) => ({ reals: STREET_REALS, wholes: STREET_WHOLES, rows: lanes })

const CROSSING_WHOLES = [
  /** Tick until which somebody is on the crossing. */
  'busyUntil',
  /** Tick from which somebody wants to cross. */
  'nextAt',
  /** How many have crossed: the counter of the crossing's stream of chance. */
  'crossed',
] as const

export type Crossings = Table<never, (typeof CROSSING_WHOLES)[number]>
export const crossingSpec = (rows: number): TableSpec<never, (typeof CROSSING_WHOLES)[number]> => ({
  reals: [],
  wholes: CROSSING_WHOLES,
  rows,
})

/** 1 for every camera that works, one row per camera. */
export type CameraStates = Table<never, 'working'>
export const cameraSpec = (rows: number): TableSpec<never, 'working'> => ({ reals: [], wholes: ['working'], rows })

const CLOCK = ['tick', 'weather', 'demand', 'freeCount', 'highWater', 'plates', 'bots', 'joins', 'announced'] as const

/** One row: the tick, the weather (index), how many bots are asked for, the stack of empty slots' height … */
export type Clock = Table<never, (typeof CLOCK)[number]>
export const clockSpec = (): TableSpec<never, (typeof CLOCK)[number]> => ({ reals: [], wholes: CLOCK, rows: 1 })

/** Empty slots, a stack: ids are reproducible. */
export type FreeSlots = Table<never, 'slot'>
export const freeSpec = (rows: number): TableSpec<never, 'slot'> => ({ reals: [], wholes: ['slot'], rows })
