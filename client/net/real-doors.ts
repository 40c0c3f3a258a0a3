import type { OpenedRoom, Doors } from './doors.ts'
import { withOverlay } from '../debug/overlay.ts'
import type { Reply } from '../../shared/protocol/messages.ts'

/** The real world: each part is loaded when it is first needed, so that the front page stays light. */
export const doors: Doors = {
  openSolo: async (request) => withOverlay(await (await import('./solo-feed.ts')).openSolo(request)),
  async joinRoom(request) {
    const joined = await (await import('./remote-feed.ts')).joinRoom(request)
    return joined.ok ? { ok: true, value: withOverlay(joined.value) } : joined
  },
  createRoom,
  openGame: async (parent, feed, options) => (await import('../scenes/game.ts')).openGame(parent, feed, options),
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
