import { openCrowd, clearCounts, reportCrowd } from '../bots/crowd.ts'
import type { Bot } from '../bots/bot.ts'
import { nuageville } from '../support/test-city.ts'

/** The bots of `bench:room`, in a process of their own. */
const [url = '', rooms = ''] = process.argv.slice(2)
const seats = Number(process.argv[4] ?? 30)
const bots: Bot[] = (
  await Promise.all(
    rooms.split(',').map((room) => openCrowd({ url, room, count: seats, map: nuageville, autopilots: 2 })),
  )
).flat()
let from = performance.now()

process.on('message', (word) => {
  if (word === 'start') {
    clearCounts(bots)
    from = performance.now()
  }
  if (word === 'report') process.send?.(reportCrowd(bots, (performance.now() - from) / 1000))
})
process.send?.('seated')
