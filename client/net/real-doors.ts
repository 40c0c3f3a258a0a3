import type { OpenedRoom, Doors } from './doors.ts'
import { openAhead } from './solo-worker.ts'
import { withOverlay } from '../debug/overlay.ts'
import { plantAhead, warmPainter } from '../scenes/ground/ground-painter.ts'
import type { Route } from '../view/route.ts'
import type { Reply } from '../../shared/protocol/messages.ts'

const soloFeed = () => import('./solo-feed.ts')
const remoteFeed = () => import('./remote-feed.ts')
const scenes = () => import('../scenes/game.ts')

/** The real world: each part is loaded when it is first needed, so that the front page stays light. */
export const doors: Doors = {
  async openSolo(request) {
    const feed = await (await soloFeed()).openSolo(request)
    plantAhead(feed.map)
    return withOverlay(feed)
  },
  async joinRoom(request) {
    const joined = await (await remoteFeed()).joinRoom(request)
    if (!joined.ok) return joined
    if (request.role !== 'host') plantAhead(joined.value.map)
    return { ok: true, value: withOverlay(joined.value) }
  },
  createRoom,
  openGame: async (parent, feed, options) => (await scenes()).openGame(parent, feed, options),
}

/** What the front page leads to. */
const FIRST_LESSON = { scenarioId: 'discovery', seed: null, town: null } as const

/**
 * Fetches what a driver will need, workers first: they go on by themselves while the page is still reading its scripts.
 * What does not arrive is asked for again when it is needed, and missed then.
 */
export function warmUp(route: Route): void {
  const { page } = route
  if (page === 'host' || page === 'accessibility') return
  if (page === 'solo') openAhead(route)
  if (page === 'landing') openAhead(FIRST_LESSON)
  warmPainter()
  scenes().then(({ warmGame }) => warmGame(), () => undefined) // prettier-ignore
  if (page === 'solo' || page === 'landing') soloFeed().catch(() => undefined)
  if (page !== 'solo') remoteFeed().catch(() => undefined)
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
