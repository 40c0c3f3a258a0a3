import { at, whole } from '../../shared/driving/columns.ts'
import { VIEW_SLOTS } from '../../shared/protocol/frame.ts'
import { columnAt, identityOf, rowAt, type StreetScan } from './street-scan.ts'

/** Metres within which a vehicle comes into view, and beyond which it goes. */
const COME_METRES = 300
const GO_METRES = 340
/** The nearest come into view; who is in view may fall a little behind before going. */
const COME_RANK = 40
const GO_RANK = 48
/** Where the crowd has thinned out by no more than this share, the circle of the last look still holds enough. */
const THINNING = 1.2
/** Whoever came stays at least this many ticks, so that nobody flickers. */
const LEAST_STAY = 20
const NOBODY = -1

/** Whom a viewer sees: a view slot for each vehicle in view. */
export interface Interest {
  /** By view slot: the vehicle, −1 for none. */
  readonly vehicle: Int32Array
  /** By view slot: which of the vehicles that used this slot, moving which way, and since when it is in view. */
  readonly identity: Int32Array
  readonly since: Int32Array
  /** By view slot: squared metres to the viewer, as of the last look. */
  readonly squared: Float64Array
  /** By vehicle: its view slot, −1 for none. */
  readonly viewSlot: Int16Array
  /** All view slots from here on are free. */
  top: number
  /** Metres around the viewer that held enough at the last look. */
  reach: number
  readonly come: number[]
  readonly gone: number[]
}

export const openInterest = (capacity: number): Interest => ({
  vehicle: new Int32Array(VIEW_SLOTS).fill(NOBODY),
  identity: new Int32Array(VIEW_SLOTS),
  since: new Int32Array(VIEW_SLOTS),
  squared: new Float64Array(VIEW_SLOTS),
  viewSlot: new Int16Array(capacity).fill(NOBODY),
  top: 0,
  reach: GO_METRES,
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
  const near = eye.seesAll ? gather(scan, eye, Infinity) : gatherEnough(interest, scan, eye)
  const isCrowded = !eye.seesAll && near > COME_RANK
  const goSquared = isCrowded && near >= GO_RANK ? nthLeast(near, GO_RANK - 1) : Infinity
  const comeSquared = isCrowded ? nthLeast(Math.min(near, GO_RANK), COME_RANK - 1) : Infinity
  interest.reach = Math.min(GO_METRES, Math.sqrt(goSquared) * THINNING)
  for (let view = 0; view < interest.top; view += 1) {
    const slot = whole(interest.vehicle, view)
    if (slot >= 0 && mustGo(interest, scan, { eye, view, slot, goSquared })) leave(interest, view)
  }
  for (const slot of eye.important) enter(interest, scan, slot, squaredTo(scan, eye, slot))
  const limit = eye.seesAll ? Infinity : Math.min(comeSquared, COME_METRES * COME_METRES)
  for (let i = 0; i < near; i += 1) {
    const squared = at(nearSquared, i)
    if (squared <= limit) enter(interest, scan, whole(nearSlots, i), squared)
  }
}

/** Those of the last look's circle, or of the widest when they are too few to say who is the nearest. */
function gatherEnough(interest: Interest, scan: StreetScan, eye: Eye): number {
  const near = gather(scan, eye, interest.reach)
  if (near >= GO_RANK || interest.reach === GO_METRES) return near
  return gather(scan, eye, GO_METRES)
}

/** Fills the scratch lists with those within `radius` metres. @returns how many; and `ranked` has their distances */
function gather(scan: StreetScan, eye: Eye, radius: number): number {
  const { x, y, own } = eye
  const { next, first, columns } = scan
  const most = radius * radius
  const [left, right] = [columnAt(scan, x - radius), columnAt(scan, x + radius)]
  const [top, bottom] = [rowAt(scan, y - radius), rowAt(scan, y + radius)]
  const width = right - left + 1
  const cells = width * (bottom - top + 1)
  let count = 0
  for (let i = 0; i < cells; i += 1) {
    const cell = (top + Math.floor(i / width)) * columns + left + (i % width)
    for (let slot = whole(first, cell); slot >= 0 && count < nearSlots.length; slot = whole(next, slot)) {
      const dx = at(scan.x, slot) - x
      const dy = at(scan.y, slot) - y
      const squared = dx * dx + dy * dy
      if (squared > most || slot === own) continue
      nearSlots[count] = slot
      nearSquared[count] = squared
      ranked[count] = squared
      count += 1
    }
  }
  return count
}

/** @returns the n-th least, from 0, of the first `count` of `ranked`; afterwards those before place n are none greater (quickselect) */
function nthLeast(count: number, n: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const pivot = at(ranked, (low + high) >> 1)
    let i = low
    let j = high
    while (i <= j) {
      while (at(ranked, i) < pivot) i += 1
      while (at(ranked, j) > pivot) j -= 1
      if (i > j) break
      const kept = at(ranked, i)
      ranked[i] = at(ranked, j)
      ranked[j] = kept
      i += 1
      j -= 1
    }
    if (n <= j) high = j
    else if (n >= i) low = i
    else break
  }
  return at(ranked, n)
}

interface Leaving {
  readonly eye: Eye
  readonly view: number
  readonly slot: number
  readonly goSquared: number
}

function mustGo(interest: Interest, scan: StreetScan, { eye, view, slot, goSquared }: Leaving): boolean {
  if (interest.identity[view] !== identityOf(scan.world, slot)) return true
  const squared = squaredTo(scan, eye, slot)
  interest.squared[view] = squared
  if (squared <= goSquared && squared <= GO_METRES * GO_METRES) return false
  if (eye.seesAll || eye.important.includes(slot)) return false
  return scan.tick - whole(interest.since, view) >= LEAST_STAY
}

/** Forgets everybody. */
export function lookAway(interest: Interest): void {
  interest.vehicle.fill(NOBODY)
  interest.viewSlot.fill(NOBODY)
  interest.top = 0
}

function squaredTo(scan: StreetScan, eye: Eye, slot: number): number {
  const dx = at(scan.x, slot) - eye.x
  const dy = at(scan.y, slot) - eye.y
  return dx * dx + dy * dy
}

function leave(interest: Interest, view: number): void {
  interest.viewSlot[whole(interest.vehicle, view)] = NOBODY
  interest.vehicle[view] = NOBODY
  while (interest.top > 0 && whole(interest.vehicle, interest.top - 1) < 0) interest.top -= 1
  interest.gone.push(view)
}

/** Gives a vehicle a view slot, unless it has one, or is not who was seen where the scan says. */
function enter(interest: Interest, scan: StreetScan, slot: number, squared: number): void {
  if ((interest.viewSlot[slot] ?? 0) >= 0) return
  const identity = identityOf(scan.world, slot)
  if (identity < 0 || scan.identity[slot] !== identity) return
  const view = interest.vehicle.indexOf(NOBODY)
  if (view < 0) return
  interest.vehicle[view] = slot
  interest.top = Math.max(interest.top, view + 1)
  interest.identity[view] = identity
  interest.since[view] = scan.tick
  interest.squared[view] = squared
  interest.viewSlot[slot] = view
  interest.come.push(view)
}
