import type { Reply } from '../../shared/protocol/messages.ts'
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
  const line = takeSolo(request)
  const replies = new Map<number, (reply: Reply<unknown>) => void>()
  let asked = 0

  const transport: Transport = {
    ask: (name, body) =>
      new Promise((resolve) => {
        asked += 1
        replies.set(asked, resolve)
        line.tell({ kind: 'ask', id: asked, name, body })
      }),
    steer(inputs) {
      line.tell({ kind: 'steer', inputs })
      return true
    },
    begin: () => line.tell({ kind: 'begin' }),
    close: () => line.close(),
  }

  const opened = new Promise<CityFeed>((resolve) => {
    let feed: Feed | null = null
    line.listen((news) => {
      if (news.kind === 'welcome') {
        feed = new Feed({ ...news, transport, link: 'solo' })
        resolve(feed)
      } else if (news.kind === 'reply') {
        replies.get(news.id)?.(news.reply)
        replies.delete(news.id)
      } else if (news.kind === 'frame') feed?.onFrame(news.bytes, performance.now())
      else if (news.kind === 'patch') feed?.onPatch(news.patch)
      else feed?.onLinkState('closed')
    })
  })
  return Promise.race([opened, line.failed])
}
