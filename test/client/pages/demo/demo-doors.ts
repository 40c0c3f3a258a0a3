import { setLanguage } from '../../../../client/i18n/i18n.ts'
import type { Doors } from '../../../../client/net/doors.ts'
import type { LinkState } from '../../../../client/net/feed.ts'
import type { Role, SeatView } from '../../../../shared/protocol/view.ts'
import { openDemoFeed } from './demo-feed.ts'

/** Opens the fake city and leaves it where a browser test finds it. */
function openInWindow(role: Role) {
  const feed = openDemoFeed(role)
  const change = (part: Partial<SeatView['room']>) => feed.show({ room: { ...feed.view().room, ...part } })
  Object.assign(window, {
    demo: { calls: feed.calls, change, tie: (link: LinkState) => feed.tie(link), speak: setLanguage },
  })
  return feed
}

export const demoDoors: Doors = {
  openSolo: () => {
    const feed = openInWindow('driver')
    feed.show({ room: { ...feed.view().room, code: '', seats: [] } })
    return Promise.resolve(feed)
  },
  joinRoom: ({ room, role }) =>
    Promise.resolve(
      room === 'NNNNNN'
        ? { ok: false, refusal: { code: 'unknown-room', field: 'join.room' } }
        : { ok: true, value: openInWindow(role) },
    ),
  createRoom: () => Promise.resolve({ ok: true, value: { code: 'ABC234', hostKey: 'host-key-of-the-demonstration' } }),
  openGame: (parent) => {
    parent.style.background =
      'repeating-linear-gradient(35deg, #3b5b52 0 90px, #46536a 90px 150px, #5d7f6a 150px 240px)'
    return Promise.resolve({
      apply: () => undefined,
      showXray: () => undefined,
      thingAt: () => ({ kind: 'camera', id: 'A7-N' }) as const,
      close: () => undefined,
    })
  },
}
