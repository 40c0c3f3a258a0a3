import { Table } from './table.ts'

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

/** The vehicles as columns, one row per slot. */
export class Vehicles extends Table {
  /** Metres from the lane's beginning to the vehicle's middle. */
  readonly s = this.real()
  /** Metres per second along the lane or the nose; negative for a reversing seat's car. */
  readonly speed = this.real()
  /** Metres per second squared, as of the last tick. */
  readonly accel = this.real()
  /** Metres to the right of the lane's middle. */
  readonly lat = this.real()
  /** Half the vehicle's length, in metres. */
  readonly half = this.real()
  /** Share of the limit that the driver would like to drive. */
  readonly desired = this.real()
  /** Metres per second that the vehicle can do. */
  readonly most = this.real()
  /** Metres per second squared that the driver accelerates by on a free road. */
  readonly eager = this.real()
  /** 1 ÷ (2 √(a b)) of the car-following model, worked out once. */
  readonly ease = this.real()
  /** Seconds of distance that the driver keeps. */
  readonly headway = this.real()
  /** The pose in the plane. Kept up to date for `free` and `flying` only; `poseOf` answers for every mode. */
  readonly x = this.real()
  readonly y = this.real()
  readonly heading = this.real()
  readonly vx = this.real()
  readonly vy = this.real()
  readonly yawRate = this.real()
  /** Condition: shares of wear, millimetres of tread, share of a tank. */
  readonly brakeWear = this.real()
  readonly tread = this.real()
  readonly fuel = this.real()
  /** Where the heading pointed when the car entered the junction it is in. */
  readonly entryHeading = this.real()

  /** One of `MODE`. */
  readonly mode = this.whole()
  /** Index into `VEHICLE_KINDS`. */
  readonly kind = this.whole()
  /** Bits of `VEHICLE_FLAG`. */
  readonly flags = this.whole()
  /** Rises each time the slot is given to another vehicle; public id = slot | generation << 16. */
  readonly generation = this.whole()
  /** Lane number, −1 for none. */
  readonly lane = this.whole()
  /** The lane after this one that the vehicle is going to take, −1 while undecided. */
  readonly next = this.whole()
  /** The neighbour lane the route wants, −1 for none. */
  readonly want = this.whole()
  /** Lane number where the trip ends. */
  readonly goal = this.whole()
  /** Trips begun: the counter of the vehicle's own stream of chance. −1 keeps to `goal` until told otherwise. */
  readonly trips = this.whole()
  /** Neighbours in the lane's queue: slots, −1 for none. */
  readonly ahead = this.whole()
  readonly behind = this.whole()
  /** Connector the vehicle has leave to cross, −1 for none. */
  readonly claim = this.whole()
  /** Tick before which the vehicle does not change lanes again. */
  readonly settled = this.whole()
  /** Ticks it has stood still, without a red light to explain it. */
  readonly waited = this.whole()
  /**
   * Tick until which it is asked to stand at the roadside (buses at their stops as well); negated, the tick until which
   * it makes way for a vehicle on duty.
   */
  readonly heldUntil = this.whole()
  /** Index into `CHARACTERS`. */
  readonly character = this.whole()
  readonly colour = this.whole()
  /** 1 when the part works or the belt is fastened. */
  readonly lampsWorking = this.whole()
  readonly beltFastened = this.whole()
  /** Index into the world's seats, −1 for traffic and agents. */
  readonly seat = this.whole()
  /** Junction the seat's car is inside of, −1 for none. */
  readonly inside = this.whole()
  /** Ticks since the seat's car began what is being timed: idling, exceeding, being stuck. */
  readonly idleTicks = this.whole()
  readonly overTicks = this.whole()
  readonly stuckTicks = this.whole()
  /** 1 once said: the car has stopped at this red light; is over the limit. */
  readonly saidRed = this.whole()
  readonly saidOver = this.whole()
  /** Bus stop served last, plus 1; 0 for none. */
  readonly served = this.whole()
  /** Tick of the last inspection. */
  readonly inspectedAt = this.whole()
}

/** What changes about lanes, one row per lane. */
export class Queues extends Table {
  /** The limit in force, in m/s. */
  readonly limit = this.real()

  /** The queue: slot furthest ahead, slot furthest behind, −1 for none; and how many. */
  readonly head = this.whole()
  readonly tail = this.whole()
  readonly count = this.whole()
  /** The vehicle that left the lane last, −1 for none: its rear may still be on it. */
  readonly lastOut = this.whole()
  /** How many have leave to enter this connector and have not done so. */
  readonly claims = this.whole()
  readonly closed = this.whole()
}

/** What changes about signals, one row per signal: the call of a vehicle on duty. All 0 while nobody calls. */
export class Signals extends Table {
  /** One of `STAGE`, and the tick at which it began. */
  readonly stage = this.whole()
  readonly since = this.whole()
  /** The group that is called for, and the tick until which the call holds. */
  readonly called = this.whole()
  readonly until = this.whole()
  /** Bits of the groups that had green when the call came. */
  readonly held = this.whole()
}

/** What changes about pedestrian crossings, one row per crossing. */
export class Crossings extends Table {
  /** Tick until which somebody is on the crossing. */
  readonly busyUntil = this.whole()
  /** Tick from which somebody wants to cross. */
  readonly nextAt = this.whole()
  /** How many have crossed: the counter of the crossing's stream of chance. */
  readonly crossed = this.whole()
}

/** One row per camera. */
export class CameraStates extends Table {
  /** 1 for a camera that works. */
  readonly working = this.whole()
}

/** One row: what counts for the whole world. */
export class Clock extends Table {
  readonly tick = this.whole()
  /** Index into `WEATHERS`. */
  readonly weather = this.whole()
  /** How many bots are asked for, and how many there are. */
  readonly demand = this.whole()
  readonly bots = this.whole()
  /** Height of the stack of empty slots, and one more than the highest slot ever taken. */
  readonly freeCount = this.whole()
  readonly highWater = this.whole()
  /** Counters: plates given to bots, seats' cars placed. */
  readonly plates = this.whole()
  readonly joins = this.whole()
  /** 1 once the vehicles of the beginning have been said to have joined. */
  readonly announced = this.whole()
}

/** Empty slots, a stack: ids are reproducible. */
export class FreeSlots extends Table {
  readonly slot = this.whole()
}
