/**
 * How many vehicle updates per second the street makes, with all rules and agents on, beside SUMO on an equivalent town
 * ("same grid, same count": SUMO models much that a game does not need) and beside a bare car-following loop, the limit
 * of the runtime. Then the whole tick of a full room: hands in, street, services, a frame and a patch for each player out.
 * `--json`: the last line holds the figures. `--no-sumo` leaves SUMO out.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { hashWorld } from '../../server/sim/save.ts'
import type { World } from '../../server/sim/state.ts'
import type { Streets } from '../../server/sim/streets.ts'
import { kernelSpeed } from './sim-kernel.ts'
import { openFullRoom, timeRoom, type RoomTimes } from './sim-room.ts'
import { sumoUpdates } from './sim-sumo.ts'
import { openTown, openTraffic, seatPlayers, shareOf, timeTicks } from './sim-town.ts'

const TOWN = 20
const COUNTS = [1_000, 5_000, 20_000]
const WARM_UP_TICKS = 400
const ROUND_TICKS = 50
const ROUNDS = 32
const ROOM = { players: 200, vehicles: 2_000 } as const

interface Row {
  readonly vehicles: number
  readonly updatesPerSecond: number
  readonly tickMsP50: number
  readonly tickMsP99: number
  readonly tickMsMean: number
  /** All that is kept after the measured ticks, in objects and in columns, what the map takes included. */
  readonly heapBytes: number
  /** What the measured ticks left behind in objects. Less than before, because V8 threw old code away, counts as nothing. */
  readonly heapGrowthBytes: number
  readonly hash: string
  readonly sumo: number | null
  readonly kernel: number
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is kept once all that nobody holds is gone; what the first collection lets go of, the second one takes. */
function memoryNow(): { readonly objects: number; readonly columns: number } {
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { objects: heapUsed, columns: arrayBuffers }
}

/** Milliseconds of processor time of each round: what else the machine does does not count as ours. */
function timeRounds(world: World): { readonly spent: Float64Array; readonly processorMs: number } {
  const from = process.cpuUsage()
  const spent = timeTicks(world, ROUND_TICKS)
  const { user, system } = process.cpuUsage(from)
  return { spent, processorMs: (user + system) / 1000 }
}

function measure(streets: Streets, vehicles: number, withSumo: boolean): Row {
  const world = openTraffic(streets, vehicles)
  timeTicks(world, WARM_UP_TICKS)
  const before = memoryNow()
  const rounds = Array.from({ length: ROUNDS }, () => timeRounds(world))
  const after = memoryNow()
  const processor = rounds.map(({ processorMs }) => processorMs).toSorted((a, b) => a - b)
  const all = Float64Array.from(rounds.flatMap(({ spent }) => [...spent]))
  return {
    vehicles,
    updatesPerSecond: Math.round((vehicles * ROUND_TICKS * 1000) / (processor[ROUNDS / 2] ?? Infinity)),
    tickMsP50: shareOf(all, 0.5),
    tickMsP99: shareOf(all, 0.99),
    tickMsMean: all.reduce((sum, each) => sum + each, 0) / all.length,
    heapBytes: after.objects + after.columns,
    heapGrowthBytes: Math.max(0, after.objects - before.objects),
    hash: hashWorld(world).toString(16),
    sumo: withSumo ? sumoUpdates(vehicles) : null,
    kernel: Math.round(kernelSpeed(vehicles) * 1e6),
  }
}

/** The tick that players get, and the street's part of it alone, in a world like it. */
interface RoomRow extends RoomTimes {
  readonly players: number
  readonly vehicles: number
  readonly streetMsMean: number
  readonly streetMsP99: number
}

function measureRoom(streets: Streets): RoomRow {
  const ticks = ROUND_TICKS * ROUNDS
  const whole = timeRoom(openFullRoom(streets, ROOM, TOWN), WARM_UP_TICKS, ticks)
  const street = openTraffic(streets, ROOM.vehicles)
  seatPlayers(street, ROOM.players)
  timeTicks(street, WARM_UP_TICKS)
  const spent = timeTicks(street, ticks)
  const streetMsMean = spent.reduce((sum, each) => sum + each, 0) / ticks
  return { ...ROOM, ...whole, streetMsMean, streetMsP99: shareOf(spent, 0.99) }
}

function print(row: Row): void {
  const sumo = row.sumo === null ? 'no SUMO' : `${(row.updatesPerSecond / row.sumo).toFixed(0)} × SUMO`
  const millions = (row.updatesPerSecond / 1e6).toFixed(1)
  const times = `p50 ${row.tickMsP50.toFixed(3)} p99 ${row.tickMsP99.toFixed(3)} ms`
  const limit = `${((100 * row.updatesPerSecond) / row.kernel).toFixed(0)} % of the bare loop`
  const ticks = (ROUND_TICKS * ROUNDS).toLocaleString('en')
  const memory = `keeps ${(row.heapBytes / 1e6).toFixed(0)} MB, ${(row.heapGrowthBytes / 1e3).toFixed(0)} kB more after ${ticks} ticks`
  console.log(`${row.vehicles} vehicles: ${millions} M updates/s, ${times}, ${sumo}, ${limit}, ${memory}`)
}

function printRoom(room: RoomRow): void {
  const times = `mean ${room.tickMsMean.toFixed(2)} p50 ${room.tickMsP50.toFixed(2)} p99 ${room.tickMsP99.toFixed(2)} ms`
  const street = `mean ${room.streetMsMean.toFixed(2)} p99 ${room.streetMsP99.toFixed(2)} ms`
  console.log(
    `whole tick, ${room.players} players among ${room.vehicles} vehicles: ${times}; the street alone ${street}`,
  )
  console.log(`sent to each of them: ${(room.bytesPerSecond / 1000).toFixed(1)} kB/s`)
}

const streets = openTown(TOWN)
const withSumo = !process.argv.includes('--no-sumo')
console.log(`town ${TOWN} × ${TOWN}, ${streets.map.lanes.count} lanes, node ${process.version}`)
const rows = COUNTS.map((vehicles) => {
  const row = measure(streets, vehicles, withSumo)
  print(row)
  return row
})
const [least, , most] = rows
if (least && most) {
  const share = least.updatesPerSecond / most.updatesPerSecond
  console.log(`a vehicle costs ${share.toFixed(2)} times as much among ${most.vehicles} as among ${least.vehicles}`)
}
const room = measureRoom(streets)
printRoom(room)
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows, room }))
