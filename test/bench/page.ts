/**
 * What a driver's device has to do: bytes and seconds until a car can be driven, over a line of 10 Mbit/s and with a
 * processor four times slower; how long frames take under software GL, beside a page that only clears its canvas; and
 * with `--minutes 30` what the page holds after each minute of play. Printed, never asserted: the machine that runs it
 * decides them. `--json`: the last line holds the figures.
 */
import { buildClientIfStale } from '../../server/build-client.ts'
import { openBrowser } from '../support/browser.ts'
import { openServer } from '../support/live-server.ts'
import { measureBare, measureDrive, type Frames } from './page-frames.ts'
import { growthOf, measurePlay } from './page-play.ts'
import { measureStart, SLOWDOWN } from './page-start.ts'

const minutesAt = process.argv.indexOf('--minutes')
const minutes = minutesAt < 0 ? 0 : Number(process.argv[minutesAt + 1])

buildClientIfStale((line) => console.log(line))
const server = await openServer()
const browser = await openBrowser()
const start = minutes === 0 ? await measureStart(browser, server) : null
if (start) {
  console.log(`at 10 Mbit/s and ${SLOWDOWN} × slower, in an empty browser:`)
  for (const [name, { seconds, bytes }] of Object.entries(start))
    console.log(`  ${name.padEnd(8)} ${seconds.toFixed(1)} s, ${bytes} bytes so far`)
}
const frames =
  minutes === 0 ? { bare: await measureBare(browser, server), drive: await measureDrive(browser, server) } : null
for (const [name, { size, screen, work, script }] of Object.entries<Frames>(frames ?? {})) {
  console.log(
    `a frame under software GL, ${name} (${size}): on the screen every ${inMs(screen)}; work ${inMs(work)}; of it script ${inMs(script)}`,
  )
}
const held = minutes > 0 ? await measurePlay(browser, server, { minutes, say: (line) => console.log(line) }) : []
if (held.length > 0) console.log(`the heap grows by ${Math.round(growthOf(held))} bytes a minute`)
if (process.argv.includes('--json')) console.log(JSON.stringify({ start, frames, held }))
await browser.close()
await server.close()

function inMs({ p50, p95 }: Frames['screen']): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`
}
