import type { Reply } from '../../shared/protocol/messages.ts'
import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import type { SoloRequest } from './doors.ts'
import type { CityFeed } from './feed.ts'
import { fetchMapSource, fetchScenario, loadScenario, startOf } from './load-map.ts'
import { Feed, type Transport } from './open-feed.ts'

const openWorker = (): Worker => new Worker(new URL('../solo/worker.ts', import.meta.url), { type: 'module' })

let spare: Worker | null = null

/** Has the worker of the next city fetched and started ahead of time. */
export function warmSolo(): void {
  spare ??= openWorker()
}

/**
 * A city of one's own, in a worker of this page: the same engine, the same news, no network. It waits for `begin`. The
 * worker hands over the map that it has compiled, and its walls, so that the page need not do it a second time.
 */
export async function openSolo({ scenarioId, seed, town }: SoloRequest): Promise<CityFeed> {
  const worker = spare ?? openWorker()
  spare = null
  const scenario = await loadScenario(scenarioId)
  const [mapSource, scenarioSource] = await Promise.all([
    town === null ? fetchMapSource(scenario.map) : null,
    fetchScenario(scenarioId),
  ])
  const tell = (message: ToSolo) => worker.postMessage(message)
  const replies = new Map<number, (reply: Reply<unknown>) => void>()
  let asked = 0

  const transport: Transport = {
    ask: (name, body) =>
      new Promise((resolve) => {
        asked += 1
        replies.set(asked, resolve)
        tell({ kind: 'ask', id: asked, name, body })
      }),
    steer(inputs) {
      tell({ kind: 'steer', inputs })
      return true
    },
    begin: () => tell({ kind: 'begin' }),
    close: () => worker.terminate(),
  }

  return new Promise((resolve, reject) => {
    let feed: Feed | null = null
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.addEventListener('message', ({ data }: MessageEvent<FromSolo>) => {
      if (data.kind === 'welcome') {
        feed = new Feed({ ...data, transport, link: 'solo', startsAtMs: startOf(scenario) })
        resolve(feed)
      } else if (data.kind === 'reply') {
        replies.get(data.id)?.(data.reply)
        replies.delete(data.id)
      } else if (data.kind === 'frame') feed?.onFrame(data.bytes, performance.now())
      else if (data.kind === 'patch') feed?.onPatch(data.patch)
      else feed?.onLinkState('closed')
    })
    tell({ kind: 'open', scenarioId, scenario: scenarioSource, map: mapSource, town, seed })
  })
}
