import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TOOLS = ['/usr/share/sumo/tools/randomTrips.py', '/usr/local/share/sumo/tools/randomTrips.py']
const SECONDS = 60

/**
 * SUMO on an equivalent town: 20 × 20 junctions with signals 200 m apart, two lanes each way, the same number of
 * vehicles, the same step. @returns vehicle updates per second as SUMO itself says them, `null` when it is not installed
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
  const grid = ['--grid', '--grid.number=20', '--grid.length=200', '--default.lanenumber=2', '--tls.guess=true']
  execFileSync('netgenerate', [...grid, '-j', 'traffic_light', '-o', net], quiet)
  const tools = TOOLS.find((path) => spawnSync('test', ['-f', path]).status === 0)
  if (!tools) return null
  const trips = ['-n', net, '-r', routes, '-o', join(folder, 'trips.xml'), '-e', '10', '-p', String(10 / vehicles)]
  const seeded = [
    '--min-distance',
    '2000',
    '--seed',
    '1',
    '--trip-attributes',
    'departPos="random_free" departLane="free"',
  ]
  execFileSync('python3', [tools, ...trips, ...seeded], quiet)
  const log = join(folder, 'log.txt')
  const step = ['--step-length', '0.05', '--end', String(SECONDS), '--no-step-log', '--no-warnings']
  execFileSync('sumo', ['-n', net, '-r', routes, ...step, '--duration-log.statistics', '--log', log], quiet)
  const ups = /UPS:\s*([\d.]+)/.exec(readFileSync(log, 'utf8'))
  return ups ? Math.round(Number(ups[1])) : null
}
