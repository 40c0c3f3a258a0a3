import { openPose, poseOf } from '../../server/sim/pose.ts'
import type { Streets } from '../../server/sim/streets.ts'
import { vehicleSlotOf } from '../../server/sim/world.ts'
import { StreetDecoder } from '../../shared/protocol/street-decoder.ts'
import { expectedPose } from '../support/expected.ts'
import { openPlay, type Play } from '../support/play.ts'
import { streetsOf } from '../support/street.ts'
import { openTown, shareOf } from './sim-town.ts'
import { openColyseus, openJson, openMsgpack, openOurs, type Encoding } from './wire-encodings.ts'

/**
 * `npm run bench:wire`: what a city costs to tell, in bytes for each client and in the server's time for all of them. The
 * same play, with erratic drivers, through our frames and through the peers', each with the same vehicles in view.
 *
 * Time is what the process spends, its collector of garbage included. Finding out who sees whom is done by the same code
 * for everybody, every fourth tick for each viewer, and stands in a column of its own; "ms a tick" is everything after
 * that, from the street's columns to bytes: for ours also comparing every vehicle with what was told of it, for Colyseus
 * also putting the new values into its objects and its views, for the others also making the objects that are told.
 * Each encoding sees the play by itself, so that none pays for another's garbage, and warms up first, until nothing of it
 * is compiled any more (compiling goes on in other threads, and counts): with few clients that takes some thousand ticks.
 * What is decoded to see how far off it is, is decoded in another run.
 */
const NEAR = 80
const FIRST: Size = { players: 32, npcs: 300, warmUp: 8000, ticks: 600, streets: () => streetsOf('nuageville') }
const SIZES: readonly Size[] = [
  FIRST,
  { players: 200, npcs: 2000, warmUp: 200, ticks: 200, streets: () => openTown(20) },
]
/** Ticks of the run that looks at errors. */
const LOOKED_AT = 300
/** Ticks of play before anybody looks: the street has come to life. */
const BEFORE = 200
const ENCODINGS = [openOurs, openColyseus, openJson, openMsgpack]

interface Size {
  readonly players: number
  readonly npcs: number
  readonly warmUp: number
  readonly ticks: number
  readonly streets: () => Streets
}

type Open = (play: Play) => Encoding

/** Milliseconds of this process: others on the machine do not count. */
function spentMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const round = (value: number, steps: number): number => Math.round(value * steps) / steps

/** The play once more: the same settings give the same. */
function replay({ players, npcs, streets }: Size, ticks: number): Play {
  const play = openPlay({ streets: streets(), players, npcs })
  for (let i = 0; i < ticks; i += 1) play.step()
  return play
}

const sizeOf = (part: Uint8Array | number): number => (typeof part === 'number' ? part : part.length)

function costOf(open: Open, size: Size) {
  const play = replay(size, BEFORE)
  const encoding = open(play)
  let [bytes, ms, lookMs] = [0, 0, 0]
  for (let i = -size.warmUp; i < size.ticks; i += 1) {
    const tick = play.step()
    const from = spentMs()
    encoding.look(tick)
    const looked = spentMs()
    const sent = encoding.encode(tick)
    const encoded = spentMs()
    if (i < 0) continue
    lookMs += looked - from
    ms += encoded - looked
    bytes += sent.reduce<number>((sum, part) => sum + sizeOf(part), 0)
  }
  return {
    encoding: encoding.name,
    bytesPerSecond: Math.round(((bytes / size.ticks) * 20) / size.players),
    msPerTick: round(ms / size.ticks, 10_000),
    lookMsPerTick: round(lookMs / size.ticks, 10_000),
  }
}

/** Metres, 99 of 100 times at most: where the newest instant shows everybody within 80 m, beside where they are. */
function nearErrorOf(open: Open, size: Size): number {
  const play = replay(size, BEFORE)
  const encoding = open(play)
  const decoders = play.viewers.map(() => new StreetDecoder(play.world.streets.map))
  const errors: number[] = []
  for (let i = 0; i < LOOKED_AT; i += 1) {
    const tick = play.step()
    encoding.look(tick)
    for (const [k, part] of encoding.encode(tick).entries()) {
      const frame = typeof part === 'number' ? null : decoders[k]?.decode(part)
      if (frame?.ok === false) throw new Error(`a frame of ours that cannot be read: ${frame.error}`)
    }
    if (i % 5 === 0) measure(play, { encoding, decoders, tick, errors })
  }
  return round(shareOf(Float64Array.from(errors), 0.99), 1000)
}

interface Looking {
  readonly encoding: Encoding
  readonly decoders: readonly StreetDecoder[]
  readonly tick: number
  readonly errors: number[]
}

function measure({ world, viewers }: Play, { encoding, decoders, tick, errors }: Looking): void {
  const [own, real, seen] = [openPose(), openPose(), openPose()]
  for (const [i, { seatId }] of viewers.entries()) {
    poseOf(world, vehicleSlotOf(world, { seatId: seatId ?? '' }), own)
    for (const tracked of decoders[i]?.inView.values() ?? []) {
      poseOf(world, tracked.id % 65_536, real)
      if (Math.hypot(real.x - own.x, real.y - own.y) > NEAR) continue
      expectedPose(world.streets.finder.headings, tracked, tick, seen)
      errors.push(Math.hypot(seen.x - real.x, seen.y - real.y))
    }
  }
  const { rounding } = encoding
  if (rounding === null) return
  for (let slot = 0; slot < (world.clock.highWater[0] ?? 0); slot += 1) {
    poseOf(world, slot, real)
    errors.push(Math.hypot(rounding(real.x) - real.x, rounding(real.y) - real.y))
  }
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](16)).join(''))
}

// What all encodings share (who sees whom, where who is) is compiled in a run that is not counted, not in the first that is.
for (const open of ENCODINGS) costOf(open, { ...FIRST, warmUp: 100, ticks: 100 })
const rows = SIZES.flatMap((size) => {
  const costs = ENCODINGS.map((open) => costOf(open, size))
  return costs.map((cost, i) => ({
    players: size.players,
    npcs: size.npcs,
    ...cost,
    nearErrorP99: nearErrorOf(ENCODINGS[i] ?? openOurs, size),
  }))
})
print(['encoding', 'players + npcs', 'B/s a client', 'ms a tick', '+ ms looking', 'near p99 m'])
for (const { encoding, players, npcs, bytesPerSecond, msPerTick, lookMsPerTick, nearErrorP99 } of rows)
  print([encoding, `${players} + ${npcs}`, bytesPerSecond, msPerTick, lookMsPerTick, nearErrorP99])
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }))
