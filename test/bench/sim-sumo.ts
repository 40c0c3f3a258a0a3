import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { randomBelow } from '../../shared/random.ts'

const GRID = 20
const LEAST_BLOCKS = 10
const DEPARTURE_SECONDS = 10
/** Long enough for everybody to be under way; a large town is watched shorter, in its favour: its streets are still filling. */
const SECONDS = 130
const SECONDS_OF_LARGE = 30
const LARGE = 10_000

/**
 * SUMO on an equivalent town: 20 × 20 junctions with signals 200 m apart, two lanes each way, the same number of
 * vehicles, the same step. @returns vehicle updates per second of processor time, by SUMO's own count, `null` when it is not installed
 */
export function sumoUpdates(vehicles: number): number | null {
  if (spawnSync('sumo', ['--version']).status !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'sumo-'))
  try {
    return runSumo(folder, vehicles)
  } catch (error) {
    console.error(`sumo did not run: ${error instanceof Error ? error.message : String(error)}`)
    return null
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function runSumo(folder: string, vehicles: number): number | null {
  const net = join(folder, 'net.xml')
  const routes = join(folder, 'routes.xml')
  const quiet = { stdio: 'ignore' } as const
  /** Without a schema at hand SUMO would ask the web for one. */
  const trusting = ['-X', 'never', '--xml-validation.routes', 'never']
  const grid = ['--grid', '--grid.number=20', '--grid.length=200', '--default.lanenumber=2', '--tls.guess=true']
  execFileSync('netgenerate', [...grid, '-j', 'traffic_light', '-o', net], quiet)
  const trips = join(folder, 'trips.xml')
  writeFileSync(trips, randomTrips(vehicles))
  execFileSync(
    'duarouter',
    ['-n', net, '--route-files', trips, '-o', routes, '--ignore-errors', '--no-warnings', ...trusting],
    quiet,
  )
  const log = join(folder, 'log.txt')
  const seconds = vehicles > LARGE ? SECONDS_OF_LARGE : SECONDS
  const step = ['--step-length', '0.05', '--end', String(seconds), '--no-step-log', '--no-warnings']
  const options = ['-n', net, '-r', routes, ...trusting, ...step, '--duration-log.statistics', '--log', log]
  const share = processorShare(options)
  const ups = /UPS:\s*([\d.]+)/.exec(readFileSync(log, 'utf8'))
  return ups ? Math.round(Number(ups[1]) / share) : null
}

/** Runs SUMO. @returns which share of the time it had the processor: what else the machine did must not count as SUMO's */
function processorShare(options: readonly string[]): number {
  const timed = 'TIMEFORMAT="%R %U"; time sumo "$@" > /dev/null 2>&1'
  const { stderr } = spawnSync('bash', ['-c', timed, 'sumo', ...options], { encoding: 'utf8' })
  const [real = 1, user = 1] = stderr.trim().split(' ').map(Number)
  return Math.min(1, user / real)
}

/** Trips of at least 2 km between blocks of the grid, all set off within ten seconds, at free places of random blocks. */
function randomTrips(vehicles: number): string {
  const rows = Array.from({ length: vehicles }, (_, n) => {
    const [from, to] = [blockAt(n, 0), blockAt(n, 4)]
    const depart = ((n * DEPARTURE_SECONDS) / vehicles).toFixed(2)
    const place = 'departPos="random_free" departLane="free" departSpeed="0"'
    return `<trip id="${n}" depart="${depart}" from="${from}" to="${to}" ${place}/>`
  })
  return `<routes>\n${rows.join('\n')}\n</routes>\n`
}

/** A block's edge by its two junctions, `A0B0`; the second end of a trip lies half the grid away from the first. */
function blockAt(n: number, stream: number): string {
  const shift = stream === 0 ? 0 : LEAST_BLOCKS
  const column = (randomBelow(1, 1, n, GRID - 1) + shift) % (GRID - 1)
  const row = (randomBelow(1, 2, n, GRID) + shift) % GRID
  const name = (x: number) => `${String.fromCharCode(65 + x)}${row}`
  const eastward = randomBelow(1, 3 + stream, n, 2) === 0
  return eastward ? `${name(column)}${name(column + 1)}` : `${name(column + 1)}${name(column)}`
}
