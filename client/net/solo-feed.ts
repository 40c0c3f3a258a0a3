import type { Reply } from '../../shared/protocol/messages.ts'
import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import type { SoloRequest } from './doors.ts'
import type { CityFeed } from './feed.ts'
import { Feed, type Transport } from './open-feed.ts'
import { takeSolo } from './solo-worker.ts'

/**
 * A city of one's own, in a worker of this page: the same engine, the same news, no network. It waits for `begin`. The
 * worker hands over the map that it has compiled, and its walls, so that the page need not do it a second time.
 *
 * Fails when there is no such scenario.
 */
export function openSolo(request: SoloRequest): Promise<CityFeed> {
  const worker = takeSolo()
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
        feed = new Feed({ ...data, transport, link: 'solo' })
        resolve(feed)
      } else if (data.kind === 'reply') {
        replies.get(data.id)?.(data.reply)
        replies.delete(data.id)
      } else if (data.kind === 'frame') feed?.onFrame(data.bytes, performance.now())
      else if (data.kind === 'patch') feed?.onPatch(data.patch)
      else feed?.onLinkState('closed')
    })
    tell({ kind: 'open', ...request })
  })
}
