import { CAR_LAWS } from '../../shared/driving/car-laws.ts'
import { at, whole } from '../../shared/driving/columns.ts'
import { besideOf } from './beside.ts'
import { kindOf } from './slots.ts'
import type { World } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** m/s² at which a unit on duty slows down for who has not made way yet. */
const BRAKING = 5.5
const SIGHT_METRES = 15
const ROOM_METRES = 1
/** Bodies may pass this much closer than they are wide: corners are round. */
const ROUND_METRES = 0.3
const ALMOST = 0.01
/** Metres left of the lane's middle: between who drew aside and the oncoming side; and at most, past who cannot. */
const PASSING_LAT = -1
const MOST_LAT = -2.2
/** The same where somebody drives on the lane to the left. */
const MOST_BESIDE = -1.3

/** How a unit on duty gets past who is before it in its lane and the next. */
interface Passage {
  /** Metres to the right of the lane's middle that it is to hold. */
  lat: number
  /** m/s beyond which it would run into somebody whom it cannot pass yet. */
  most: number
}

/** And how far to the left it may go. */
const passage = { lat: PASSING_LAT, most: Infinity, leftmost: MOST_LAT }

/** @returns scratch: the same object each time */
export function passageOf(world: World, slot: number, next: number): Passage {
  const { vehicles } = world
  passage.lat = PASSING_LAT
  passage.most = Infinity
  passage.leftmost = leftmostOf(world, slot)
  const speed = at(vehicles.speed, slot)
  const sight = (speed * speed) / (2 * BRAKING) + SIGHT_METRES
  const lane = whole(vehicles.lane, slot)
  const s = at(vehicles.s, slot)
  passQueue(world, slot, { lane, from: -s, sight })
  const remaining = at(world.streets.map.lanes.length, lane) - s
  if (next >= 0 && remaining < sight) passQueue(world, slot, { lane: next, from: remaining, sight })
  followUnits(world, slot, { next, remaining })
  mindBeside(world, slot, sight)
  return passage
}

/** Who is between two lanes is in the way on both. */
function mindBeside(world: World, slot: number, sight: number): void {
  const { lanes } = world.streets.map
  const lane = whole(world.vehicles.lane, slot)
  const width = at(lanes.width, lane)
  mindLane(world, slot, { beside: whole(lanes.left, lane), offset: -width, sight })
  mindLane(world, slot, { beside: whole(lanes.right, lane), offset: width, sight })
}

/** @param offset metres from the own lane's middle to that of the lane beside, to the right */
function mindLane(
  world: World,
  slot: number,
  { beside, offset, sight }: { beside: number; offset: number; sight: number },
): void {
  if (beside < 0) return
  const { vehicles, queues } = world
  const from = besideOf(world.streets, whole(vehicles.lane, slot), at(vehicles.s, slot), beside)
  for (let other = whole(queues.tail, beside); other >= 0; other = whole(vehicles.ahead, other)) {
    const distance = at(vehicles.s, other) - from
    if (distance > sight) return
    const off = at(vehicles.lat, slot) - at(vehicles.lat, other) - offset
    const bodies = bodiesOf(world, slot, other)
    if (distance > 0 && Math.abs(off) < besideMetres(world, slot, other))
      holdBehind(distance - bodies, at(vehicles.speed, other))
  }
}

function leftmostOf(world: World, slot: number): number {
  const lane = whole(world.vehicles.lane, slot)
  const left = whole(world.streets.map.lanes.left, lane)
  if (left < 0) return MOST_LAT
  const beside = besideOf(world.streets, lane, at(world.vehicles.s, slot), left)
  return isTaken(world, slot, left, beside) ? MOST_BESIDE : MOST_LAT
}

interface Stretch {
  readonly lane: number
  /** Metres from the unit's middle to the lane's beginning. */
  readonly from: number
  readonly sight: number
}

/** Further left until there is room beside each of them; behind who leaves none as yet. */
function passQueue(world: World, slot: number, { lane, from, sight }: Stretch): void {
  const { vehicles, queues } = world
  for (let other = whole(queues.tail, lane); other >= 0; other = whole(vehicles.ahead, other)) {
    const distance = from + at(vehicles.s, other)
    if (distance > sight) return
    const bodies = bodiesOf(world, slot, other)
    if (distance < -bodies) continue
    const apart = besideMetres(world, slot, other)
    const off = at(vehicles.lat, slot) - at(vehicles.lat, other)
    if (off >= apart && distance < bodies) {
      // Coming over from the lane to the right, beside somebody: first past it.
      passage.lat = Math.max(passage.lat, at(vehicles.lat, other) + apart)
      return
    }
    passage.lat = Math.max(passage.leftmost, Math.min(passage.lat, at(vehicles.lat, other) - apart))
    if (distance > 0 && off > ALMOST - apart) holdBehind(distance - bodies, at(vehicles.speed, other))
  }
}

/** Units on duty drive one behind the other. */
function followUnits(world: World, slot: number, { next, remaining }: { next: number; remaining: number }): void {
  const { vehicles } = world
  const lane = whole(vehicles.lane, slot)
  const s = at(vehicles.s, slot)
  for (const { slot: other } of world.units) {
    if (other === slot || vehicles.mode[other] !== MODE.duty) continue
    const theirs = at(vehicles.s, other)
    const isAhead = vehicles.lane[other] === lane && (theirs > s || (theirs === s && other < slot))
    const distance = isAhead ? theirs - s : vehicles.lane[other] === next ? remaining + theirs : Infinity
    holdBehind(distance - bodiesOf(world, slot, other), at(vehicles.speed, other))
  }
}

function holdBehind(gap: number, speed: number): void {
  const most = gap > 0 ? Math.sqrt(speed * speed + 2 * BRAKING * gap) : speed / 2
  if (most < passage.most) passage.most = most
}

/** Metres between the middles of two that stand one behind the other, with room between. */
const bodiesOf = ({ vehicles }: World, slot: number, other: number): number =>
  at(vehicles.half, slot) + at(vehicles.half, other) + ROOM_METRES

/** Metres between the middles of two that pass each other. */
const besideMetres = (world: World, slot: number, other: number): number =>
  (CAR_LAWS[kindOf(world, slot)].width + CAR_LAWS[kindOf(world, other)].width) / 2 - ROUND_METRES

/** Whether somebody drives or stands on `lane` beside the place at `s`, where a unit would change to. */
export function isTaken(world: World, slot: number, lane: number, s: number): boolean {
  const { vehicles, queues } = world
  const isBeside = (other: number) => Math.abs(at(vehicles.s, other) - s) < bodiesOf(world, slot, other)
  for (let other = whole(queues.tail, lane); other >= 0; other = whole(vehicles.ahead, other))
    if (isBeside(other)) return true
  return world.units.some(
    ({ slot: other }) =>
      other !== slot && vehicles.mode[other] === MODE.duty && vehicles.lane[other] === lane && isBeside(other),
  )
}
