import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { tick } from '../../server/city/tick.ts'
import type { City } from '../../server/city/city.ts'
import { openDiscovery } from '../support/test-city.ts'

/**
 * What a city keeps while an hour of its own time goes by: `npm run bench:heap -- [vehicles] [hours]`. The peer of the heap
 * is what must be kept anyway: the five services' states as JSON, and the ledger's entries.
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const MINUTES_PER_LINE = 10

interface Reading {
  readonly minute: number
  readonly heapMb: number
  readonly servicesKb: number
  readonly remembered: number
  readonly pinned: number
}

function read(city: City, minute: number): Reading {
  collect()
  const { watch, config, bridge, lambda, trail, jobs, garage, boards, ledger } = city
  const services = JSON.stringify({ watch, config, bridge, lambda, trail, jobs, garage, boards })
  return {
    minute,
    heapMb: Math.round((process.memoryUsage().heapUsed / 1024 / 1024) * 10) / 10,
    servicesKb: Math.round(services.length / 1024),
    remembered: ledger.recent.size,
    pinned: ledger.pinned.size,
  }
}

const [vehicles = 300, hours = 1] = process.argv.slice(2).map(Number)
let city = openDiscovery({ bots: vehicles })
const ticksPerMinute = (60 / city.clock.scale) * 20
const readings = [read(city, 0)]
for (let minute = 1; minute <= hours * 60; minute += 1) {
  for (let n = 0; n < ticksPerMinute; n += 1) city = tick(city, [])
  if (minute % MINUTES_PER_LINE === 0) readings.push(read(city, minute))
}
console.table(readings)
