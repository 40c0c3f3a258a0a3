import { at, whole } from '../../shared/driving/columns.ts'
import { crossingPressure } from './crossings.ts'
import { ghostPressure, pressure } from './follow.ts'
import { askLeave } from './junction.ts'
import { nextHop } from './route.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import { FEATURE } from './streets.ts'
import { takeOtherWay } from './trip.ts'

/** Metres that the front bumper keeps from a stop line. */
const LINE_GAP = 0.8
/** m/s²: where a driver who may have to stop begins to. */
const EARLY_BRAKING = 1.9
/** Ticks of standing after which a driver looks for another way, and again. */
const OTHER_WAY_TICKS = 200
const MOST_LANES_AHEAD = 5

/** What the first vehicle of a lane sees beyond it: the line, the body of who just left, and the way behind the junction. */
export function pressureBeyond(world: World, slot: number): number {
  const { vehicles } = world
  const { lanes } = world.streets.map
  const lane = whole(vehicles.lane, slot)
  const remaining = at(lanes.length, lane) - at(vehicles.s, slot)
  const speed = at(vehicles.speed, slot)
  const half = at(vehicles.half, slot)
  const sight = (speed * speed) / (2 * EARLY_BRAKING) + 12 + half
  const next = whole(vehicles.next, slot)
  if (next < 0) return pressure(world, slot, remaining - half, 0)
  const line = remaining - half - LINE_GAP
  if (world.streets.isConnector[next] === 1) {
    const red = whole(world.scratch.lights, next) === LIGHT.red
    if (remaining > sight) return red ? pressure(world, slot, line, 0) : 0
    if ((red && whole(vehicles.claim, slot) < 0) || !askLeave(world, slot, next, line)) {
      const waited = whole(vehicles.waited, slot)
      if (waited > 0 && waited % OTHER_WAY_TICKS === 0) takeOtherWay(world, slot)
      return Math.max(bodyPressure(world, slot, remaining), pressure(world, slot, line, 0))
    }
  }
  return Math.max(bodyPressure(world, slot, remaining), throughPressure(world, slot, { next, remaining, sight }))
}

/** Whoever left the lane for another connector still has its rear in it. */
function bodyPressure(world: World, slot: number, remaining: number): number {
  const { vehicles, queues } = world
  const other = whole(queues.lastOut, whole(vehicles.lane, slot))
  if (other < 0 || vehicles.lane[other] === vehicles.next[slot]) return 0
  const rear = at(vehicles.s, other) - at(vehicles.half, other)
  if (rear > 1 || !comesFrom(world, other, whole(vehicles.lane, slot))) return 0
  return pressure(world, slot, remaining + rear - at(vehicles.half, slot), at(vehicles.speed, other))
}

function comesFrom(world: World, other: number, lane: number): boolean {
  const { lanes } = world.streets.map
  const on = whole(world.vehicles.lane, other)
  if (on < 0) return false
  return lanes.predecessor[whole(lanes.predecessorStart, on)] === lane
}

interface Way {
  readonly next: number
  readonly remaining: number
  readonly sight: number
}

function throughPressure(world: World, slot: number, { next, remaining, sight }: Way): number {
  const { vehicles, queues, routes, streets } = world
  const { lanes } = streets.map
  let worst = joinPressure(world, slot, next, remaining + at(lanes.length, next))
  let before = remaining
  let lane = next
  for (let i = 0; i < MOST_LANES_AHEAD && before < sight && lane >= 0; i += 1) {
    if (whole(world.scratch.ghostHead, lane) >= 0) {
      worst = Math.max(worst, ghostPressure(world, slot, lane, { from: 0, before }))
    }
    if (whole(streets.features, lane) & FEATURE.crossing) {
      worst = Math.max(worst, crossingPressure(world, slot, lane, before))
    }
    const tail = whole(queues.tail, lane)
    if (tail >= 0) {
      const gap = before + at(vehicles.s, tail) - at(vehicles.half, tail) - at(vehicles.half, slot)
      return Math.max(worst, pressure(world, slot, gap, at(vehicles.speed, tail)))
    }
    before += at(lanes.length, lane)
    lane = followingLane(world, lane, nextHop(routes, lane, whole(vehicles.goal, slot)))
  }
  return worst
}

/** The hop of a route may be a change of lane; then look straight on. */
function followingLane(world: World, lane: number, hop: number): number {
  const { lanes } = world.streets.map
  const isBeside = hop === lanes.left[lane] || hop === lanes.right[lane]
  if (hop >= 0 && !isBeside) return hop
  const first = whole(lanes.successorStart, lane)
  return first < whole(lanes.successorStart, lane + 1) ? whole(lanes.successor, first) : -1
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
  for (let i = whole(streets.joinStart, connector); i < whole(streets.joinStart, connector + 1); i += 1) {
    const foe = whole(streets.joinFoe, i)
    for (let other = whole(queues.head, foe); other >= 0; other = whole(vehicles.behind, other)) {
      const theirs = at(lanes.length, foe) - at(vehicles.s, other)
      if (theirs > own || (theirs === own && other > slot)) break
      const gap = own - theirs - at(vehicles.half, slot) - at(vehicles.half, other)
      worst = Math.max(worst, pressure(world, slot, gap, at(vehicles.speed, other)))
    }
  }
  return worst
}
