/**
 * How many vehicle updates per second the street makes, with all rules and agents on, beside SUMO on an equivalent town
 * ("same grid, same count": SUMO models much that a game does not need) and beside a bare car-following loop, the limit
 * of the runtime. `--json`: the last line holds the figures. `--no-sumo` leaves SUMO out.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { hashWorld } from '../../server/sim/save.ts'
import type { World } from '../../server/sim/state.ts'
import type { Streets } from '../../server/sim/streets.ts'
import { kernelSpeed } from './sim-kernel.ts'
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
  /** Growth of the heap over all measured ticks, after collecting. */
  readonly heapGrowthBytes: number
  readonly hash: string
  readonly sumo: number | null
  readonly kernel: number
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const heapNow = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed
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
  const before = heapNow()
  const rounds = Array.from({ length: ROUNDS }, () => timeRounds(world))
  const heapGrowthBytes = heapNow() - before
  const processor = rounds.map(({ processorMs }) => processorMs).toSorted((a, b) => a - b)
  const all = Float64Array.from(rounds.flatMap(({ spent }) => [...spent]))
  return {
    vehicles,
    updatesPerSecond: Math.round((vehicles * ROUND_TICKS * 1000) / (processor[ROUNDS / 2] ?? Infinity)),
    tickMsP50: shareOf(all, 0.5),
    tickMsP99: shareOf(all, 0.99),
    tickMsMean: all.reduce((sum, each) => sum + each, 0) / all.length,
    heapGrowthBytes,
    hash: hashWorld(world).toString(16),
    sumo: withSumo ? sumoUpdates(vehicles) : null,
    kernel: Math.round(kernelSpeed(vehicles) * 1e6),
  }
}

const streets = openTown(TOWN)
const withSumo = !process.argv.includes('--no-sumo')
console.log(`town ${TOWN} × ${TOWN}, ${streets.map.lanes.count} lanes, node ${process.version}`)
const rows = COUNTS.map((vehicles) => {
  const row = measure(streets, vehicles, withSumo)
  const sumo = row.sumo === null ? 'not installed' : `${(row.updatesPerSecond / row.sumo).toFixed(0)} × SUMO`
  const millions = (row.updatesPerSecond / 1e6).toFixed(1)
  const times = `p50 ${row.tickMsP50.toFixed(3)} p99 ${row.tickMsP99.toFixed(3)} ms`
  const limit = `${((100 * row.updatesPerSecond) / row.kernel).toFixed(0)} % of the bare loop`
  console.log(
    `${vehicles} vehicles: ${millions} M updates/s, ${times}, ${sumo}, ${limit}, heap ${row.heapGrowthBytes} B`,
  )
  return row
})

/** The street's part of a full room's tick. */
const room = openTraffic(streets, ROOM.vehicles)
seatPlayers(room, ROOM.players)
timeTicks(room, WARM_UP_TICKS)
const spent = timeTicks(room, ROUND_TICKS * ROUNDS)
const roomRow = {
  ...ROOM,
  tickMsMean: spent.reduce((sum, each) => sum + each, 0) / spent.length,
  tickMsP99: shareOf(spent, 0.99),
}
console.log(
  `${ROOM.players} players among ${ROOM.vehicles}: mean ${roomRow.tickMsMean.toFixed(3)} p99 ${roomRow.tickMsP99.toFixed(3)} ms`,
)
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows, room: roomRow }))
