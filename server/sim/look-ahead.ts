import { whole } from '../../shared/driving/columns.ts'
import { crossingPressure } from './crossings.ts'
import { ghostPressure, pressure } from './follow.ts'
import { isBehindFreeCar } from './ghosts.ts'
import { askLeave, dropClaim } from './junction.ts'
import { nextHop } from './route.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import { FEATURE } from './streets.ts'
import { takeOtherWay } from './trip.ts'

/** Metres that the front bumper keeps from a stop line. */
const LINE_GAP = 0.8
/** m/s²: where a driver who may have to stop begins to. */
const EARLY_BRAKING = 1.9
const SIGHT_FACTOR = 1 / (2 * EARLY_BRAKING)
const SHORT_SIGHT = 12
/** Ticks of standing after which a driver looks for another way, and again. */
const OTHER_WAY_TICKS = 200
const MOST_LANES_AHEAD = 5
/** Constants of this file are folded into fast code, those of others are looked up each time. */
const { red: RED, go: GO } = LIGHT
const CROSSING = FEATURE.crossing

/** What `pressureBeyond` says of who stands at a red light: nothing to work out before it turns green. */
export const STAYS = -1
const STANDING_LINE = 3

/** What the first vehicle of a lane sees beyond it: the line, the body of who just left, and the way behind the junction. */
export function pressureBeyond(world: World, slot: number): number {
  const { vehicles } = world
  const remaining = (world.scratch.end[slot] as number) - (vehicles.s[slot] as number)
  const half = vehicles.half[slot] as number
  const sight = sightOf(vehicles, slot)
  const next = vehicles.next[slot] as number
  if (next < 0) return pressure(world, slot, remaining - half, 0)
  const line = remaining - half - LINE_GAP
  if (world.streets.isConnector[next] === 1) {
    const red = (world.scratch.lights[next] as number) === RED
    if (remaining > sight) return red ? pressure(world, slot, line, 0) : 0
    if ((red && (vehicles.claim[slot] as number) < 0) || !hasLeave(world, slot, next, line)) {
      const waited = vehicles.waited[slot] as number
      if (waited >= OTHER_WAY_TICKS && waited % OTHER_WAY_TICKS < 2) takeOtherWay(world, slot)
      if (red && waited > 0 && vehicles.speed[slot] === 0 && line < STANDING_LINE) return STAYS
      return Math.max(bodyPressure(world, slot, remaining), pressure(world, slot, line, 0))
    }
  }
  return Math.max(bodyPressure(world, slot, remaining), throughPressure(world, slot, next, remaining))
}

/** Who has a free car before him gives leave back: a junction kept free for who cannot come would wait for ever. */
function hasLeave(world: World, slot: number, next: number, line: number): boolean {
  const isFirst =
    (world.scratch.ghostHead[world.vehicles.lane[slot] as number] as number) < 0 || !isBehindFreeCar(world, slot)
  if (isFirst) return askLeave(world, slot, next, line)
  dropClaim(world, slot)
  return false
}

/** Metres ahead that may matter to a driver. */
function sightOf(vehicles: World['vehicles'], slot: number): number {
  const speed = vehicles.speed[slot] as number
  return speed * speed * SIGHT_FACTOR + SHORT_SIGHT + (vehicles.half[slot] as number)
}

/** Whoever left the lane for another connector still has its rear in it. */
function bodyPressure(world: World, slot: number, remaining: number): number {
  const { vehicles, queues } = world
  const lane = vehicles.lane[slot] as number
  const other = queues.lastOut[lane] as number
  if (other < 0 || vehicles.lane[other] === vehicles.next[slot]) return 0
  const rear = (vehicles.s[other] as number) - (vehicles.half[other] as number)
  if (!comesFrom(world, other, lane) || rear > (world.streets.partedAt[vehicles.lane[other] as number] as number)) {
    queues.lastOut[lane] = -1
    return 0
  }
  return pressure(world, slot, remaining + rear - (vehicles.half[slot] as number), vehicles.speed[other] as number)
}

function comesFrom(world: World, other: number, lane: number): boolean {
  const { lanes } = world.streets.map
  const on = world.vehicles.lane[other] as number
  if (on < 0) return false
  return lanes.predecessor[lanes.predecessorStart[on] as number] === lane
}

/** Behind the next lane: who stands there or walks, and a light that is not green, however short the street before it. */
function throughPressure(world: World, slot: number, next: number, remaining: number): number {
  const { vehicles, queues, streets } = world
  const { lanes } = streets.map
  let worst = joinPressure(world, slot, next, remaining + (lanes.length[next] as number))
  const sight = sightOf(world.vehicles, slot)
  let before = remaining
  let lane = next
  for (let i = 0; i < MOST_LANES_AHEAD && before < sight && lane >= 0; i += 1) {
    if ((world.scratch.ghostHead[lane] as number) >= 0) {
      worst = Math.max(worst, ghostPressure(world, slot, lane, { from: 0, before }))
    }
    if ((streets.features[lane] as number) & CROSSING) {
      worst = Math.max(worst, crossingPressure(world, slot, lane, before))
    }
    const tail = queues.tail[lane] as number
    if (tail >= 0) {
      const gap =
        before + (vehicles.s[tail] as number) - (vehicles.half[tail] as number) - (vehicles.half[slot] as number)
      return Math.max(worst, pressure(world, slot, gap, vehicles.speed[tail] as number))
    }
    before += lanes.length[lane] as number
    lane = laneAfter(world, lane, vehicles.goal[slot] as number)
    if (lane >= 0 && world.scratch.lights[lane] !== GO) {
      const line = before - (vehicles.half[slot] as number) - LINE_GAP
      return Math.max(worst, pressure(world, slot, line, 0))
    }
  }
  return worst
}

/** A connector leads to one lane; after a road lane the route decides, unless it wants a neighbour: then look straight on. */
export function laneAfter(world: World, lane: number, goal: number): number {
  const { lanes } = world.streets.map
  const first = lanes.successorStart[lane] as number
  if (world.streets.isConnector[lane] === 1) return lanes.successor[first] as number
  const hop = nextHop(world.routes, lane, goal)
  if (hop >= 0 && hop !== lanes.left[lane] && hop !== lanes.right[lane]) return hop
  return first < (lanes.successorStart[lane + 1] as number) ? (lanes.successor[first] as number) : -1
}

/**
 * Zip: who is nearer to the point where two connectors join goes first, the other one follows.
 *
 * @param own metres to the end of the connector
 */
export function joinPressure(world: World, slot: number, connector: number, own: number): number {
  const { vehicles, queues, streets } = world
  const { lanes } = streets.map
  let worst = 0
  for (let i = streets.joinStart[connector] as number; i < whole(streets.joinStart, connector + 1); i += 1) {
    const foe = streets.joinFoe[i] as number
    for (let other = queues.head[foe] as number; other >= 0; other = vehicles.behind[other] as number) {
      const theirs = (lanes.length[foe] as number) - (vehicles.s[other] as number)
      if (theirs > own || (theirs === own && other > slot)) break
      const gap = own - theirs - (vehicles.half[slot] as number) - (vehicles.half[other] as number)
      worst = Math.max(worst, pressure(world, slot, gap, vehicles.speed[other] as number))
    }
  }
  return worst
}

/** Where ways fork, whoever is ahead on another one is in the way of who has not parted yet from it. */
export function forkPressure(world: World, slot: number, connector: number): number {
  const { vehicles, queues, streets } = world
  const s = vehicles.s[slot] as number
  const last = streets.forkStart[connector + 1] as number
  let worst = 0
  for (let i = streets.forkStart[connector] as number; i < last; i += 1) {
    const way = streets.forkFoe[i] as number
    let other = queues.tail[way] as number
    while (other >= 0 && (vehicles.s[other] as number) <= s) other = vehicles.ahead[other] as number
    if (other < 0) continue
    const rear = (vehicles.s[other] as number) - (vehicles.half[other] as number)
    if (rear > (streets.partedAt[way] as number)) continue
    const gap = rear - s - (vehicles.half[slot] as number)
    worst = Math.max(worst, pressure(world, slot, gap, vehicles.speed[other] as number))
  }
  return worst
}
