import { at, whole } from '../../shared/driving/columns.ts'
import { cosOf, sinOf } from '../../shared/driving/trig.ts'
import { cellAt, cellsNear } from '../../shared/driving/lane-finder.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import type { World } from './state.ts'
import { GHOSTS } from './state.ts'
import { MODE } from './vehicle-table.ts'

/** A car this far from a lane's middle, beside its own half width, is in the lane's way. */
const IN_THE_WAY = 1.9
/** Seconds before which a siren is heard at the junction ahead. */
const SIREN_SECONDS = 3

/**
 * Makes traffic see the cars that drive freely: each stands, as a ghost, on every lane it blocks. Parked ones are out of
 * the way by decision: an idle player must not stop a street.
 */
export function stepGhosts(world: World): void {
  const { scratch, vehicles } = world
  for (let ghost = 0; ghost < scratch.ghosts; ghost += 1) {
    const lane = whole(scratch.ghostLane, ghost)
    scratch.ghostHead[lane] = -1
    scratch.bits[lane] = whole(scratch.bits, lane) & ~GHOSTS
  }
  scratch.ghosts = 0
  for (const seat of world.seats) {
    if (!seat) continue
    const parked = (whole(vehicles.flags, seat.slot) & VEHICLE_FLAG.parked) !== 0
    if (!parked && vehicles.mode[seat.slot] === MODE.free) placeGhosts(world, seat.slot)
  }
  for (const { slot } of world.units) if (vehicles.mode[slot] === MODE.duty) placeOnDuty(world, slot)
}

/** A unit with its lights on stands on its lane and, from afar, at the beginning of the connector it will take. */
function placeOnDuty(world: World, slot: number): void {
  const { vehicles, streets } = world
  const lane = whole(vehicles.lane, slot)
  const speed = at(vehicles.speed, slot)
  addGhost(world, lane, { slot, s: at(vehicles.s, slot), speed })
  const next = whole(vehicles.next, slot)
  const remaining = at(streets.map.lanes.length, lane) - at(vehicles.s, slot)
  if (next >= 0 && remaining < speed * SIREN_SECONDS + 10) addGhost(world, next, { slot, s: 0, speed })
}

function addGhost(world: World, lane: number, { slot, s, speed }: { slot: number; s: number; speed: number }): void {
  const { scratch } = world
  if (scratch.ghosts >= scratch.ghostSlot.length) return
  const ghost = scratch.ghosts
  scratch.ghosts += 1
  scratch.ghostSlot[ghost] = slot
  scratch.ghostLane[ghost] = lane
  scratch.bits[lane] = whole(scratch.bits, lane) | GHOSTS
  scratch.ghostS[ghost] = s
  scratch.ghostSpeed[ghost] = speed
  scratch.ghostNext[ghost] = whole(scratch.ghostHead, lane)
  scratch.ghostHead[lane] = ghost
}

function placeGhosts(world: World, slot: number): void {
  const [x, y] = [at(world.vehicles.x, slot), at(world.vehicles.y, slot)]
  const cells = cellsNear(world.streets.finder, x, y)
  const cell = cellAt(cells, x, y)
  for (let entry = whole(cells.start, cell); entry < whole(cells.start, cell + 1); entry += 1) {
    placeGhost(world, slot, whole(cells.segment, entry))
  }
}

/** Segments of one lane stand together in a cell, so comparing with the last ghost keeps it at one per lane. */
function placeGhost(world: World, slot: number, segment: number): void {
  const { scratch, vehicles, streets } = world
  const { headings, laneOf } = streets.finder
  const { lanes } = headings
  const x = at(lanes.pointX, segment)
  const y = at(lanes.pointY, segment)
  const dx = at(lanes.pointX, segment + 1) - x
  const dy = at(lanes.pointY, segment + 1) - y
  const squared = dx * dx + dy * dy
  const carX = at(vehicles.x, slot) - x
  const carY = at(vehicles.y, slot) - y
  const share = squared > 0 ? (carX * dx + carY * dy) / squared : 0
  if (share < -0.01 || share > 1.01) return
  const offX = carX - dx * share
  const offY = carY - dy * share
  if (offX * offX + offY * offY > IN_THE_WAY * IN_THE_WAY) return
  const lane = whole(laneOf, segment)
  const head = whole(scratch.ghostHead, lane)
  if (head >= 0 && whole(scratch.ghostSlot, head) === slot) return
  const heading = at(headings.heading, segment)
  const speed = at(vehicles.vx, slot) * cosOf(heading) + at(vehicles.vy, slot) * sinOf(heading)
  addGhost(world, lane, { slot, s: at(lanes.pointS, segment) + Math.sqrt(squared) * share, speed })
}

/** @returns whether a free car stands or drives before the vehicle in its lane: it is not the first in line then */
export function isBehindFreeCar({ scratch, vehicles }: World, slot: number): boolean {
  const s = vehicles.s[slot] as number
  let ghost = scratch.ghostHead[vehicles.lane[slot] as number] as number
  while (ghost >= 0 && (scratch.ghostS[ghost] as number) <= s) ghost = scratch.ghostNext[ghost] as number
  return ghost >= 0
}
