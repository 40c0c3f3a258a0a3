import { openCity } from '../../server/city/city.ts'
import { openPose, poseOf } from '../../server/sim/pose.ts'
import type { Streets } from '../../server/sim/streets.ts'
import { vehicleSlotOf } from '../../server/sim/world.ts'
import { Room } from '../../server/rooms/room.ts'
import type { Line } from '../../server/rooms/member.ts'
import { startRoadsOf } from '../../shared/content/map/town.ts'
import { decodeInputs, encodeInputs, type InputFrame } from '../../shared/protocol/input-frame.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { TICK_MS } from '../../shared/units.ts'
import { LaneDriver } from '../support/lane-driver.ts'
import { openManualClock } from '../support/manual-clock.ts'
import { discovery } from '../support/test-city.ts'
import { openTraffic, shareOf } from './sim-town.ts'

const CODE = 'ABCDEF'
const SEED = 1

interface RoomSize {
  readonly players: number
  readonly vehicles: number
}

/** A whole tick as players get it: hands in, street, services, and a frame and a patch for each of them out. */
export interface RoomTimes {
  readonly tickMsMean: number
  readonly tickMsP50: number
  readonly tickMsP99: number
  /** What is sent to each player: frames, and patches as JSON. */
  readonly bytesPerSecond: number
}

/** A full room on the bench's town: everybody at the wheel, the clock turned by hand. */
export function openFullRoom(streets: Streets, { players, vehicles }: RoomSize, town: number) {
  const startRoads = [...startRoadsOf({ columns: town, rows: town, seed: SEED })]
  const scenario = { ...discovery, street: { ...discovery.street, startRoads } }
  const city = {
    ...openCity({ map: streets.map, scenario, seed: SEED, bots: 0 }),
    world: openTraffic(streets, vehicles, startRoads),
  }
  const clock = openManualClock()
  const room = new Room({
    code: CODE,
    hostKey: 'host-key-host-key-1',
    city,
    clock,
    phaseMs: 0,
    maxSeats: players,
    onLetters: () => {},
    onCrash: ({ message }) => {
      throw new Error(message)
    },
    onClose: () => {},
  })
  const seats = Array.from({ length: players }, (_, i) => takeSeat(room, streets, i))
  return { room, clock, seats }
}

function takeSeat(room: Room, streets: Streets, i: number) {
  const sent = { frames: 0, patches: 0 }
  const line: Line = {
    stride: 1,
    isFree: () => true,
    frame: (bytes) => (sent.frames += bytes.length),
    patch: (patch) => (sent.patches += JSON.stringify(patch).length),
    closed: (reason) => {
      throw new Error(`closed: ${reason}`)
    },
  }
  const joined = room.join({ protocol: PROTOCOL_VERSION, room: CODE, role: 'driver' }, line)
  if (!joined.ok || joined.value.seatId === null) throw new Error(`not let in: ${JSON.stringify(joined)}`)
  return { line, sent, seatId: joined.value.seatId, driver: new LaneDriver(streets.map, streets.finder, i) }
}

type FullRoom = ReturnType<typeof openFullRoom>

/** What the hands of this tick send; made outside the time that is taken. */
function handsOf({ room, seats }: FullRoom, pose = openPose()): Uint8Array[] {
  const { world } = room.city
  return seats.map(({ seatId, driver }) => {
    const slot = vehicleSlotOf(world, { seatId })
    const input = driver.hands(slot < 0 ? pose : poseOf(world, slot, pose))
    const seenTick = room.currentTick
    return encodeInputs({ seenTick, inputs: [{ seq: seenTick + 1, input }] })
  })
}

function mustDecode(bytes: Uint8Array): InputFrame {
  const frame = decodeInputs(bytes)
  if (!frame.ok) throw new Error(frame.error)
  return frame.value
}

/** One tick. @returns how many milliseconds it took */
export function tickRoom(full: FullRoom): number {
  const { room, clock, seats } = full
  const hands = handsOf(full)
  const from = performance.now()
  for (const [i, { line }] of seats.entries()) room.steer(line, mustDecode(hands[i] ?? new Uint8Array()))
  clock.turn(TICK_MS)
  return performance.now() - from
}

export function timeRoom(full: FullRoom, warmUp: number, ticks: number): RoomTimes {
  for (let i = 0; i < warmUp; i += 1) tickRoom(full)
  for (const { sent } of full.seats) Object.assign(sent, { frames: 0, patches: 0 })
  const spent = Float64Array.from({ length: ticks }, () => tickRoom(full))
  const bytes = full.seats.reduce((sum, { sent }) => sum + sent.frames + sent.patches, 0)
  return {
    tickMsMean: spent.reduce((sum, each) => sum + each, 0) / ticks,
    tickMsP50: shareOf(spent, 0.5),
    tickMsP99: shareOf(spent, 0.99),
    bytesPerSecond: Math.round(bytes / full.seats.length / ((ticks * TICK_MS) / 1000)),
  }
}
