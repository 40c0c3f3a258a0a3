import { clearCounts, openCrowd, reportCrowd, type CrowdReport } from '../bots/crowd.ts'
import { openLightBot, type LightBot } from '../bots/light-bot.ts'
import { nuageville } from '../support/test-city.ts'
import { shareOf } from './sim-town.ts'

/**
 * The bots of `bench:room`, in a process of their own: `URL CODES SEATS full|light`. Full ones are the client's own feed,
 * with prediction and all; light ones only speak the protocol, so that one core of them loads one core of server.
 */
const [url = '', rooms = '', seats = '30', kind = 'full'] = process.argv.slice(2)

/** Frame sizes of this many frames are told, for those who send the same without a game. */
const SIZES_TOLD = 4000

interface Crowd {
  clear(): void
  report(seconds: number): Partial<CrowdReport> & { readonly sizes: readonly number[] }
}

async function openFull(): Promise<Crowd> {
  const crowds = rooms
    .split(',')
    .map((room) => openCrowd({ url, room, count: Number(seats), map: nuageville, autopilots: 2 }))
  const bots = (await Promise.all(crowds)).flat()
  return { clear: () => clearCounts(bots), report: (seconds) => ({ ...reportCrowd(bots, seconds), sizes: [] }) }
}

async function openLight(): Promise<Crowd> {
  const bots: LightBot[] = []
  for (const [k, room] of rooms.split(',').entries())
    for (let i = 0; i < Number(seats); i += 1) {
      const from = `127.0.1.${k + 1}`
      const settings = { url: url.replace('http', 'ws'), room, name: `Bot ${i + 1}`, from, autopilot: i % 2 === 1 }
      bots.push(await openLightBot(settings))
    }
  const sum = (of: (counts: LightBot['counts']) => number) => bots.reduce((total, { counts }) => total + of(counts), 0)
  return {
    clear() {
      for (const { counts } of bots) {
        Object.assign(counts, { bytesDown: 0, bytesUp: 0, frames: 0 })
        counts.gaps.length = 0
        counts.sizes.length = 0
      }
    },
    report(seconds) {
      const perSeat = (total: number) => Math.round(total / seconds / bots.length)
      const gaps = Float64Array.from(bots.flatMap(({ counts }) => counts.gaps))
      return {
        seats: bots.length,
        downPerSeat: perSeat(sum(({ bytesDown }) => bytesDown)),
        upPerSeat: perSeat(sum(({ bytesUp }) => bytesUp)),
        framesPerSecond: Math.round((sum(({ frames }) => frames) / seconds / bots.length) * 10) / 10,
        gapP99: Math.round(shareOf(gaps, 0.99)),
        sizes: bots.flatMap(({ counts }) => counts.sizes).slice(-SIZES_TOLD),
      }
    },
  }
}

const crowd = kind === 'light' ? await openLight() : await openFull()
let from = performance.now()
process.on('message', (word) => {
  if (word === 'start') {
    crowd.clear()
    from = performance.now()
  }
  if (word === 'report') process.send?.(crowd.report((performance.now() - from) / 1000))
})
process.send?.('seated')
