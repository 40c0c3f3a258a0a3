import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { tick } from '../../server/city/tick.ts'
import type { City } from '../../server/city/city.ts'
import { openDiscovery } from '../support/test-city.ts'

/**
 * What a city keeps while an hour of its own time goes by, minute by minute:
 * `npm run bench:heap -- [vehicles] [hours measured] [hours before]`. Whatever is remembered fills up first, in the hours
 * before, so that what is measured is a city that has been played for days. The peer of the heap is what must be kept
 * anyway: the five services' states as JSON, and the ledger's entries. `--json`: the last line holds the figures.
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

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
  const servicesKb = Math.round(services.length / 1024)
  const heapMb = Math.round((process.memoryUsage().heapUsed / 1024 / 1024) * 100) / 100
  return { minute, heapMb, servicesKb, remembered: ledger.recent.size, pinned: ledger.pinned.size }
}

/** The straight line nearest to all readings: how many MB more an hour brings. */
function slopePerHour(readings: readonly Reading[]): number {
  const mean = (of: (reading: Reading) => number) => readings.reduce((sum, one) => sum + of(one), 0) / readings.length
  const middle = mean(({ minute }) => minute)
  const average = mean(({ heapMb }) => heapMb)
  const rise = mean(({ minute, heapMb }) => (minute - middle) * (heapMb - average))
  return (rise / mean(({ minute }) => (minute - middle) ** 2)) * 60
}

const numbers = process.argv.slice(2).filter((argument) => argument !== '--json')
const [vehicles = 300, hours = 1, hoursBefore = 48] = numbers.map(Number)
let city = openDiscovery({ bots: vehicles })
const ticksPerMinute = (60 / city.clock.scale) * 20
const pass = (minutes: number) => {
  for (let n = 0; n < minutes * ticksPerMinute; n += 1) city = tick(city, [])
}

const opened = read(city, 0)
pass(hoursBefore * 60)
const readings = [read(city, 0)]
for (let minute = 1; minute <= hours * 60; minute += 1) {
  pass(1)
  readings.push(read(city, minute))
}
// Traffic rises and falls with the hour of day: the same minute of the next day tells what has really been added.
pass((24 - hours) * 60)
const nextDay = read(city, 24 * 60)
const heaps = readings.map(({ heapMb }) => heapMb)
const slopeMbPerHour = Math.round(slopePerHour(readings) * 100) / 100
console.log(`${vehicles} vehicles; ${opened.heapMb} MB when opened, then ${hoursBefore} h of city time before minute 0`)
console.table(readings)
console.log(`the same minute of the next day: ${nextDay.heapMb} MB, ${nextDay.servicesKb} kB of services' state`)
console.log(
  `least ${Math.min(...heaps)} MB, most ${Math.max(...heaps)} MB, slope ${slopeMbPerHour} MB per hour of city time`,
)
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ vehicles, hoursBefore, slopeMbPerHour, nextDay, readings }))
