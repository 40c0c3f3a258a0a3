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
 */
const NEAR = 80
const WARM_UP = 200
const SIZES = [
  { players: 32, npcs: 300, ticks: 600, streets: () => streetsOf('nuageville') },
  { players: 200, npcs: 2000, ticks: 200, streets: () => openTown(20) },
]

interface Row {
  readonly players: number
  readonly npcs: number
  readonly encoding: string
  readonly bytesPerSecond: number
  readonly msPerTick: number
  readonly nearErrorP99: number
}

/** Milliseconds of this thread: others on the machine do not count. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** What one encoding has cost so far. */
class Tally {
  readonly encoding: Encoding
  readonly #play: Play
  readonly #decoders: readonly StreetDecoder[]
  readonly #errors: number[] = []
  #bytes = 0
  #ms = 0

  constructor(encoding: Encoding, play: Play) {
    this.encoding = encoding
    this.#play = play
    this.#decoders = play.viewers.map(() => new StreetDecoder(play.world.streets.map))
  }

  tick(tick: number, counts: boolean): void {
    this.encoding.prepare(tick)
    const from = threadMs()
    const sent = this.encoding.encode(tick)
    const spent = threadMs() - from
    for (const [i, part] of sent.entries()) if (typeof part !== 'number') this.#decode(i, part)
    if (!counts) return
    this.#ms += spent
    for (const part of sent) this.#bytes += typeof part === 'number' ? part : part.length
    if (tick % 5 === 0) this.#measure(tick)
  }

  row(players: number, npcs: number, ticks: number): Row {
    return {
      players,
      npcs,
      encoding: this.encoding.name,
      bytesPerSecond: Math.round(((this.#bytes / ticks) * 20) / players),
      msPerTick: Math.round((this.#ms / ticks) * 1000) / 1000,
      nearErrorP99: Math.round(shareOf(Float64Array.from(this.#errors), 0.99) * 1000) / 1000,
    }
  }

  #decode(i: number, bytes: Uint8Array): void {
    const frame = this.#decoders[i]?.decode(bytes)
    if (frame?.ok !== true) throw new Error(`a frame of ours that cannot be read: ${frame?.error}`)
  }

  /** Where the newest instant shows everybody within 80 m, beside where they are. */
  #measure(tick: number): void {
    const { world, viewers } = this.#play
    const { rounding } = this.encoding
    const [own, real, seen] = [openPose(), openPose(), openPose()]
    for (const [i, { seatId }] of viewers.entries()) {
      poseOf(world, vehicleSlotOf(world, { seatId: seatId ?? '' }), own)
      for (const tracked of this.#decoders[i]?.inView.values() ?? []) {
        poseOf(world, tracked.id % 65_536, real)
        if (Math.hypot(real.x - own.x, real.y - own.y) > NEAR) continue
        expectedPose(world.streets.finder.headings, tracked, tick, seen)
        this.#errors.push(Math.hypot(seen.x - real.x, seen.y - real.y))
      }
    }
    if (rounding === null) return
    for (let slot = 0; slot < (world.clock.highWater[0] ?? 0); slot += 1) {
      poseOf(world, slot, real)
      this.#errors.push(Math.hypot(rounding(real.x) - real.x, rounding(real.y) - real.y))
    }
  }
}

function bench(players: number, npcs: number, ticks: number, streets: Streets): Row[] {
  const play = openPlay({ streets, players, npcs })
  for (let i = 0; i < WARM_UP; i += 1) play.step()
  const tallies = [openOurs, openColyseus, openJson, openMsgpack].map((open) => new Tally(open(play), play))
  for (let i = 0; i < WARM_UP / 4; i += 1) {
    const tick = play.step()
    for (const tally of tallies) tally.tick(tick, false)
  }
  for (let i = 0; i < ticks; i += 1) {
    const tick = play.step()
    for (const tally of tallies) tally.tick(tick, true)
  }
  return tallies.map((tally) => tally.row(players, npcs, ticks))
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](16)).join(''))
}

const rows = SIZES.flatMap(({ players, npcs, ticks, streets }) => bench(players, npcs, ticks, streets()))
print(['encoding', 'players + npcs', 'B/s a client', 'ms a tick', 'near p99 m'])
for (const row of rows)
  print([row.encoding, `${row.players} + ${row.npcs}`, row.bytesPerSecond, row.msPerTick, row.nearErrorP99])
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }))
