import { at, whole } from '../../shared/driving/columns.ts'
import type { Queues, Vehicles } from './vehicle-table.ts'

/** Puts a vehicle into the queue of `lane` at its `s`. It usually belongs near the end, from where the search starts. */
export function enterQueue(queues: Queues, vehicles: Vehicles, slot: number, lane: number): void {
  const s = at(vehicles.s, slot)
  let ahead = whole(queues.tail, lane)
  let behind = -1
  while (ahead >= 0 && at(vehicles.s, ahead) < s) {
    behind = ahead
    ahead = whole(vehicles.ahead, ahead)
  }
  vehicles.lane[slot] = lane
  link(queues, vehicles, { lane, ahead, behind: slot })
  link(queues, vehicles, { lane, ahead: slot, behind })
  queues.count[lane] = whole(queues.count, lane) + 1
}

export function leaveQueue(queues: Queues, vehicles: Vehicles, slot: number): void {
  const lane = whole(vehicles.lane, slot)
  link(queues, vehicles, { lane, ahead: whole(vehicles.ahead, slot), behind: whole(vehicles.behind, slot) })
  vehicles.ahead[slot] = -1
  vehicles.behind[slot] = -1
  queues.count[lane] = whole(queues.count, lane) - 1
}

/** Makes two neighbours of a queue know each other; −1 stands for its end. */
function link(queues: Queues, vehicles: Vehicles, pair: { lane: number; ahead: number; behind: number }): void {
  if (pair.ahead >= 0) vehicles.behind[pair.ahead] = pair.behind
  else queues.head[pair.lane] = pair.behind
  if (pair.behind >= 0) vehicles.ahead[pair.behind] = pair.ahead
  else queues.tail[pair.lane] = pair.ahead
}

/** @returns the vehicle of `lane` that is the nearest at or behind `s`, −1 for none */
export function firstBehind(queues: Queues, vehicles: Vehicles, lane: number, s: number): number {
  let slot = whole(queues.head, lane)
  while (slot >= 0 && at(vehicles.s, slot) > s) slot = whole(vehicles.behind, slot)
  return slot
}
