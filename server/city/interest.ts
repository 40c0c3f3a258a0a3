import { VIEW_SLOTS } from '../../shared/protocol/frame.ts'
import { MODE } from '../sim/vehicle-table.ts'
import { eachNear, type StreetScan } from './street-scan.ts'

/** Metres within which a vehicle comes into view, and beyond which it goes. */
const COME_METRES = 300
const GO_METRES = 340
/** The nearest come into view; who is in view may fall a little behind before going. */
const COME_RANK = 40
const GO_RANK = 48
/** Whoever came stays at least this many ticks, so that nobody flickers. */
const LEAST_STAY = 20
const NOBODY = -1

/** Whom a viewer sees: a view slot for each vehicle in view. */
export interface Interest {
  /** By view slot: the vehicle, −1 for none. */
  readonly vehicle: Int32Array
  /** By view slot: which of the vehicles that used this slot, moving which way, and since when it is in view. */
  readonly generation: Int32Array
  readonly since: Int32Array
  /** By view slot: squared metres to the viewer, as of the last look. */
  readonly squared: Float64Array
  /** By vehicle: its view slot, −1 for none. */
  readonly viewSlot: Int16Array
  /** All view slots from here on are free. */
  top: number
  readonly come: number[]
  readonly gone: number[]
}

export const openInterest = (capacity: number): Interest => ({
  vehicle: new Int32Array(VIEW_SLOTS).fill(NOBODY),
  generation: new Int32Array(VIEW_SLOTS),
  since: new Int32Array(VIEW_SLOTS),
  squared: new Float64Array(VIEW_SLOTS),
  viewSlot: new Int16Array(capacity).fill(NOBODY),
  top: 0,
  come: [],
  gone: [],
})

export interface Eye {
  readonly x: number
  readonly y: number
  /** The viewer's own vehicle, never among the others; −1 for none. */
  readonly own: number
  /** Vehicles to be seen wherever they are: the unit that is on its way to this driver. */
  readonly important: readonly number[]
  /** Sees the whole city, as far as view slots last. */
  readonly seesAll: boolean
}

const nearSlots = new Int32Array(4096)
const nearSquared = new Float64Array(4096)
const ranked = new Float64Array(4096)

/** Looks around: `come` and `gone` say which view slots were given and taken. */
export function lookAround(interest: Interest, scan: StreetScan, eye: Eye): void {
  interest.come.length = 0
  interest.gone.length = 0
  const near = gather(scan, eye)
  const limits = eye.seesAll ? NO_LIMITS : rankLimits(near)
  for (let view = 0; view < interest.top; view += 1)
    if (mustGo(interest, scan, { eye, view, goSquared: limits.go })) leave(interest, view)
  for (const slot of eye.important)
    if (isOnStreet(scan, slot)) enter(interest, scan, { slot, squared: squaredTo(scan, eye, slot) })
  for (let i = 0; i < near; i += 1) {
    const squared = nearSquared[i] ?? 0
    const slot = nearSlots[i] ?? 0
    if (squared <= limits.come && (eye.seesAll || squared <= COME_METRES * COME_METRES))
      enter(interest, scan, { slot, squared })
  }
}

/** Fills the scratch lists. @returns how many vehicles are near */
function gather(scan: StreetScan, eye: Eye): number {
  let count = 0
  const take = (slot: number, squared: number) => {
    if (slot === eye.own || count >= nearSlots.length) return
    nearSlots[count] = slot
    nearSquared[count] = squared
    count += 1
  }
  const { width, height } = scan.world.streets.map
  const everywhere = width + height
  eachNear(scan, { x: eye.x, y: eye.y, radius: eye.seesAll ? everywhere : GO_METRES }, take)
  return count
}

const NO_LIMITS = { come: Infinity, go: Infinity }

/** Squared distances of the ranks at which one comes and goes; no limit while there is room for all. */
function rankLimits(count: number): { readonly come: number; readonly go: number } {
  if (count <= COME_RANK) return NO_LIMITS
  ranked.set(nearSquared.subarray(0, count))
  const go = count < GO_RANK ? Infinity : nthLeast(ranked, count, GO_RANK - 1)
  return { come: nthLeast(ranked, Math.min(count, GO_RANK), COME_RANK - 1), go }
}

/** @returns the n-th least, from 0, of the first `count`; afterwards those before place n are none greater (quickselect) */
function nthLeast(values: Float64Array, count: number, n: number): number {
  let [low, high] = [0, count - 1]
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0
    let [i, j] = [low, high]
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1
      while ((values[j] ?? 0) > pivot) j -= 1
      if (i > j) break
      const kept = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = kept
      i += 1
      j -= 1
    }
    if (n <= j) high = j
    else if (n >= i) low = i
    else break
  }
  return values[n] ?? Infinity
}

function mustGo(
  interest: Interest,
  scan: StreetScan,
  { eye, view, goSquared }: { readonly eye: Eye; readonly view: number; readonly goSquared: number },
): boolean {
  const slot = interest.vehicle[view] ?? NOBODY
  if (slot < 0) return false
  if (interest.generation[view] !== generationOf(scan, slot)) return true
  const squared = squaredTo(scan, eye, slot)
  interest.squared[view] = squared
  if (eye.seesAll || eye.important.includes(slot)) return false
  if (scan.tick - (interest.since[view] ?? 0) < LEAST_STAY) return false
  return squared > GO_METRES * GO_METRES || squared > goSquared
}

/** Whether the vehicle of a view slot still is who it was, and moves the way it did. */
export const isAsTold = (interest: Interest, scan: StreetScan, view: number): boolean =>
  interest.generation[view] === generationOf(scan, interest.vehicle[view] ?? 0)

/** Forgets everybody. */
export function lookAway(interest: Interest): void {
  interest.vehicle.fill(NOBODY)
  interest.viewSlot.fill(NOBODY)
  interest.top = 0
}

/** Changes with the vehicle, and with the way it moves: a car that leaves its lane is told of anew. */
function generationOf({ world: { vehicles } }: StreetScan, slot: number): number {
  const mode = vehicles.mode[slot]
  if (mode === MODE.none || mode === MODE.stationed) return NOBODY
  return (vehicles.generation[slot] ?? 0) * 2 + (mode === MODE.lane || mode === MODE.duty ? 1 : 0)
}

const isOnStreet = (scan: StreetScan, slot: number): boolean => {
  const mode = scan.world.vehicles.mode[slot]
  return mode !== undefined && mode !== MODE.none && mode !== MODE.stationed
}

function squaredTo(scan: StreetScan, eye: Eye, slot: number): number {
  const dx = (scan.x[slot] ?? 0) - eye.x
  const dy = (scan.y[slot] ?? 0) - eye.y
  return dx * dx + dy * dy
}

function leave(interest: Interest, view: number): void {
  interest.viewSlot[interest.vehicle[view] ?? 0] = NOBODY
  interest.vehicle[view] = NOBODY
  while (interest.top > 0 && (interest.vehicle[interest.top - 1] ?? NOBODY) < 0) interest.top -= 1
  interest.gone.push(view)
}

function enter(
  interest: Interest,
  scan: StreetScan,
  { slot, squared }: { readonly slot: number; readonly squared: number },
): void {
  if ((interest.viewSlot[slot] ?? 0) >= 0) return
  const view = interest.vehicle.indexOf(NOBODY)
  if (view < 0) return
  interest.vehicle[view] = slot
  interest.top = Math.max(interest.top, view + 1)
  interest.generation[view] = generationOf(scan, slot)
  interest.since[view] = scan.tick
  interest.squared[view] = squared
  interest.viewSlot[slot] = view
  interest.come.push(view)
}
