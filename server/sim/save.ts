import { invariant } from '../../shared/assert.ts'
import { whole } from '../../shared/driving/columns.ts'
import { bytesToText, textToBytes } from './bytes.ts'
import { stepLights } from './lights.ts'
import { layWorld } from './open-state.ts'
import type { Seat, Unit, World, WorldSettings } from './state.ts'
import { learnStretches } from './stretch.ts'
import type { Streets } from './streets.ts'
import { MODE } from './vehicle-table.ts'

/** A world as plain data: the columns' buffer in base64, and what is small as it is. */
export interface SavedWorld {
  readonly mapHash: number
  readonly settings: WorldSettings
  readonly buffer: string
  readonly seats: readonly (Seat | null)[]
  readonly units: readonly Unit[]
  readonly patrols: readonly number[]
  readonly plates: readonly string[]
  readonly signs: Readonly<Record<string, number>>
}

/** @returns data that survives JSON unchanged and shares nothing with the world */
export function saveWorld(world: World): SavedWorld {
  const { streets, settings } = world
  const small = JSON.parse(smallText(world)) as Small
  return { mapHash: streets.map.hash, settings, buffer: bytesToText(new Uint8Array(world.buffer)), ...small }
}

type Small = Pick<SavedWorld, 'seats' | 'units' | 'patrols' | 'plates' | 'signs'>

function smallText({ seats, units, patrols, plates, signs, clock }: World): string {
  return JSON.stringify({ seats, units, patrols, plates: plates.slice(0, whole(clock.highWater, 0)), signs })
}

/**
 * The world as it was when it was saved: stepping both from here gives the same facts and hashes.
 *
 * @param streets of the same map
 * @throws InvariantError when the map is another one or the data are damaged
 */
export function restoreWorld(streets: Streets, saved: SavedWorld): World {
  invariant(saved.mapHash === streets.map.hash, 'the world was saved on another map')
  const world = layWorld(streets, saved.settings, textToBytes(saved.buffer).buffer)
  const { seats, units, patrols, plates, signs } = JSON.parse(JSON.stringify(saved)) as SavedWorld
  world.seats.push(...seats)
  world.units.push(...units)
  world.patrols.push(...patrols)
  plates.forEach((plate, slot) => (world.plates[slot] = plate))
  Object.assign(world.signs, signs)
  world.plates.forEach((plate, slot) => {
    if (world.vehicles.mode[slot] !== MODE.none) world.scratch.slotOfPlate.set(plate, slot)
  })
  stepLights(world)
  learnStretches(world)
  return world
}

/** One 32-bit number for all that a world is: every column, and the small data as text. One pass over each. */
export function hashWorld(world: World): number {
  let hash = 0x811c9dc5
  const words = new Uint32Array(world.buffer)
  for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ (words[i] as number), 0x01000193)
  const text = smallText(world)
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
