import { io } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'

import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { JoinRequest, RoomFeed } from './doors.ts'
import { loadMap, loadScenario, startOf } from './load-map.ts'
import { joinOver } from './remote-link.ts'

/** Joins a room of the server that the page came from. */
export function joinRoom(request: JoinRequest): Promise<Reply<RoomFeed>> {
  const parser = { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) }
  const socket = io({ parser, reconnectionDelay: 500, reconnectionDelayMax: 5000, randomizationFactor: 0.3 })
  return joinOver(socket, request, async ({ mapId, view }) => ({
    ...(await loadMap(mapId)),
    startsAtMs: startOf(await loadScenario(view.room.scenarioId)),
  }))
}
