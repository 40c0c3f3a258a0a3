import { io } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { joinOver, type GameSocket } from '../../client/net/remote-link.ts'
import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'
import type { Running } from '../../server/main.ts'
import { eventually, openRoom, openServer } from '../support/live-server.ts'
import { nuageville } from '../support/test-city.ts'

const PARSER = { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) }

let server: Running
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

it('[FEED-14] keeps what is told while a slow page still loads its map', async () => {
  const { code } = await openRoom(server.port)
  const socket: GameSocket = io(`http://127.0.0.1:${server.port}`, { forceNew: true, parser: PARSER })
  let heard = false
  socket.on('patch', ({ set }) => (heard ||= set?.study !== undefined))
  const joined = await joinOver(socket, { room: code, role: 'driver', name: 'Slow' }, async (welcome) => {
    expect(welcome.view.study).toBeNull()
    // The seat's first scores are told once, while nobody shows them yet.
    await eventually('the first scores', () => heard)
    return { map: nuageville, startsAtMs: 0 }
  })
  const feed = joined.ok ? joined.value : expect.fail(joined.refusal.code)
  expect(feed.view().study?.score).toMatchObject({ knowledge: 0, mostKnowledge: 15 })
  feed.close()
})
