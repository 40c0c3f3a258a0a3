import type { OpenedRoom, Doors } from './doors.ts'
import { withOverlay } from '../debug/overlay.ts'
import type { Route } from '../view/route.ts'
import type { Reply } from '../../shared/protocol/messages.ts'

const soloFeed = () => import('./solo-feed.ts')
const remoteFeed = () => import('./remote-feed.ts')
const scenes = () => import('../scenes/game.ts')

/** The real world: each part is loaded when it is first needed, so that the front page stays light. */
export const doors: Doors = {
  openSolo: async (request) => withOverlay(await (await soloFeed()).openSolo(request)),
  async joinRoom(request) {
    const joined = await (await remoteFeed()).joinRoom(request)
    return joined.ok ? { ok: true, value: withOverlay(joined.value) } : joined
  },
  createRoom,
  openGame: async (parent, feed, options) => (await scenes()).openGame(parent, feed, options),
}

/** Fetches what a driver will need. What does not arrive is asked for again when it is needed, and missed then. */
export function warmUp(page: Route['page']): void {
  const feeds = {
    solo: [soloFeed],
    room: [remoteFeed],
    projector: [remoteFeed],
    landing: [soloFeed, remoteFeed],
    host: [],
    accessibility: [],
  }
  if (page === 'host' || page === 'accessibility') return
  for (const part of [...feeds[page], scenes]) part().catch(() => undefined)
  if (page === 'landing') soloFeed().then(({ warmSolo }) => warmSolo(), () => undefined) // prettier-ignore
}

/** Asks the server for a new room. No server, or none that answers, is a refusal like any other. */
async function createRoom(): Promise<Reply<OpenedRoom>> {
  try {
    const response = await fetch('/api/rooms', { method: 'POST' })
    if (!response.ok)
      return { ok: false, refusal: { code: response.status === 429 ? 'too-fast' : 'not-now', field: 'room' } }
    return { ok: true, value: (await response.json()) as OpenedRoom }
  } catch {
    return { ok: false, refusal: { code: 'not-now', field: 'room' } }
  }
}
