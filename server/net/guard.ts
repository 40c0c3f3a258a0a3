import { clientCommands } from '../../shared/protocol/messages.ts'
import type { Limits } from './limits.ts'
import { hangUp, type GameSocket } from './web-socket.ts'

/** A page asks for its place as soon as it is connected. */
const PLACE_WITHIN_MS = 30_000

interface GuardSettings {
  readonly limits: Limits
  /** Whether the connection has taken a seat, or a host's or projector's screen. */
  readonly hasPlace: () => boolean
  readonly onError: (error: unknown) => void
  readonly placeWithinMs?: number | undefined
}

/**
 * Hangs up on a connection that only costs: one that never takes a place, and one that goes on sending what is refused.
 * To read and refuse a flood would take the processor from all rooms.
 *
 * @returns to be told of every message that was refused for coming too fast, or was no message of the game
 */
export function openGuard(socket: GameSocket, settings: GuardSettings): () => void {
  const { limits, hasPlace, onError, placeWithinMs = PLACE_WITHIN_MS } = settings
  const onRefused = () => {
    limits.allowRefusal(socket.id).then((mayGoOn) => (mayGoOn ? undefined : hangUp(socket)), onError)
  }
  const rounds = setInterval(() => (hasPlace() ? undefined : hangUp(socket)), placeWithinMs)
  socket.once('disconnect', () => clearInterval(rounds))
  socket.onAny((name: string) => {
    if (!Object.hasOwn(clientCommands, name)) onRefused()
  })
  return onRefused
}
