import { at, whole } from '../../shared/driving/columns.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { ByteWriter } from '../../shared/protocol/bytes.ts'
import { IN_SEAT } from '../../shared/protocol/frame.ts'
import type { World } from '../sim/state.ts'
import { identityOf, openScan, scanStreet, type StreetScan } from './street-scan.ts'
import { openToldTracks, type ToldTracks } from './told-tracks.ts'

/** The small map's vehicles are looked at this often, in ticks. */
const DIGEST_TICKS = 8
const MOST_DIGEST = 80
const DIGEST_BYTES = 3

/**
 * What is new of a street, worked out once for all who look at it. Belongs to the host, not to the city: nothing of it is
 * state. One for each city that is shown.
 */
export interface StreetNews {
  readonly world: World
  readonly scan: StreetScan
  readonly told: ToldTracks
  /** Where frames are written, one behind the other. */
  readonly out: ByteWriter
  readonly digest: Digest
  /** How many viewers there have ever been: they take turns at what is not done every tick. */
  viewers: number
}

/** Agents and drivers, wherever they are. */
interface Digest {
  tick: number
  count: number
  /** Who, and three bytes for each. */
  readonly slots: Int32Array
  readonly bytes: Uint8Array
}

export function openNews(world: World): StreetNews {
  const digest = {
    tick: -DIGEST_TICKS,
    count: 0,
    slots: new Int32Array(MOST_DIGEST),
    bytes: new Uint8Array(MOST_DIGEST * DIGEST_BYTES),
  }
  return { world, scan: openScan(world), told: openToldTracks(world), out: new ByteWriter(), digest, viewers: 0 }
}

/** Writes the small map's vehicles but the own: how many, and three bytes for each. */
export function writeDigest({ scan, out, digest }: StreetNews, tick: number, own: number): void {
  scanStreet(scan, tick)
  if (tick - digest.tick >= DIGEST_TICKS || tick < digest.tick) takeDigest(scan, digest)
  const { slots, bytes, count } = digest
  const place = slots.subarray(0, count).indexOf(own)
  const before = place < 0 ? count : place
  const after = place < 0 ? 0 : count - place - 1
  out.u8(before + after)
  out.copy(bytes, 0, before * DIGEST_BYTES)
  out.copy(bytes, (before + 1) * DIGEST_BYTES, after * DIGEST_BYTES)
}

function takeDigest(scan: StreetScan, digest: Digest): void {
  const { world } = scan
  const { vehicles, clock } = world
  const { width, height } = world.streets.map
  digest.tick = scan.tick
  digest.count = 0
  for (let slot = 0; slot < (clock.highWater[0] ?? 0) && digest.count < MOST_DIGEST; slot += 1) {
    const kind = whole(vehicles.kind, slot)
    const isSeat = whole(vehicles.seat, slot) >= 0
    if ((!isSeat && IS_AGENT[kind] !== true) || scan.identity[slot] !== identityOf(world, slot)) continue
    if ((scan.identity[slot] ?? -1) < 0) continue
    const from = digest.count * DIGEST_BYTES
    digest.bytes[from] = kind | (isSeat ? IN_SEAT : 0)
    digest.bytes[from + 1] = byteOf(at(scan.x, slot) / width)
    digest.bytes[from + 2] = byteOf(at(scan.y, slot) / height)
    digest.slots[digest.count] = slot
    digest.count += 1
  }
}

const byteOf = (share: number): number => Math.max(0, Math.min(255, Math.round(share * 255)))

const AGENT_KINDS = new Set(['police', 'inspector', 'response', 'drone', 'tow-truck', 'ambulance'])
const IS_AGENT = VEHICLE_KINDS.map((kind) => AGENT_KINDS.has(kind))
