import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Server } from 'socket.io'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openLimits } from '../../server/net/limits.ts'
import { openSockets } from '../../server/net/sockets.ts'
import { eventually, openPlayer, openRoom, openServer, type Player } from '../support/live-server.ts'

/** What one connection may send at a time; it goes on until it is cut. */
const BURST = 500

const players: Player[] = []
const player = (port: number, options = {}) => {
  const opened = openPlayer(port, options)
  players.push(opened)
  return opened
}
afterEach(() => {
  for (const opened of players.splice(0)) opened.close()
})

describe('a flood', () => {
  let server: Running
  beforeAll(async () => {
    server = await openServer()
  })
  afterAll(() => server.close())

  it.each([
    ['hands', 'websocket', ({ socket }: Player) => socket.emit('bytes', new Uint8Array([1]))],
    ['one button', 'websocket', ({ socket }: Player) => socket.emit('horn', {}, () => {})],
    ['messages of no game', 'websocket', ({ socket }: Player) => socket.emit('constructor', {})],
    ['hands over long polling', 'polling', ({ socket }: Player) => socket.emit('bytes', new Uint8Array([1]))],
  ] as const)('[NET-33] of %s ends the connection; its seat and the others stay', async (_what, transport, send) => {
    const { code } = await openRoom(server.port)
    const [anna, flooder] = [player(server.port), player(server.port, { transports: [transport] })]
    await anna.join({ room: code, role: 'driver', name: 'Anna' })
    const welcome = await flooder.join({ room: code, role: 'driver', name: 'Flooder' })
    const pump = setInterval(() => {
      for (let i = 0; i < BURST; i += 1) send(flooder)
    }, 10)
    await eventually('the flooder to be cut', () => !flooder.socket.connected)
    clearInterval(pump)
    const seen = anna.frames.length
    await eventually('play to go on for Anna', () => anna.frames.length > seen + 5)
    const again = await player(server.port).join({ room: code, role: 'driver', seatToken: welcome.seatToken ?? '' })
    expect(again.seatId).toBe(welcome.seatId)
    expect(anna.socket.connected).toBe(true)
  })

  it('[NET-33] is not what a stuck line brings when it comes free: ten seconds of hands at once', async () => {
    const { code } = await openRoom(server.port)
    const anna = player(server.port, { transports: ['websocket'] })
    await anna.join({ room: code, role: 'driver' })
    for (let seq = 1; seq <= 200; seq += 1) anna.steer(seq, [{ throttle: 1, steering: 0, handbrake: false }])
    const seen = anna.frames.length
    await eventually('play to go on', () => anna.frames.length > seen + 10)
    expect(anna.socket.connected).toBe(true)
  })
})

describe('a connection without a place', () => {
  let http: HttpServer
  let io: Server
  let port: number

  beforeAll(async () => {
    http = createServer()
    const hall = { find: () => undefined, open: () => fail(), report: () => fail(), close: () => {} }
    const onError = (error: unknown) => {
      throw error
    }
    io = openSockets(http, { hall, limits: openLimits(), onError, placeWithinMs: 50 })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    port = (http.address() as AddressInfo).port
  })
  afterAll(() => io.close())

  const fail = (): never => {
    throw new Error('nobody asks for this')
  }

  it('[NET-34] is hung up on', async () => {
    const stranger = player(port)
    await eventually('to be connected', () => stranger.socket.connected)
    expect(await stranger.askAnything('join', { protocol: 0 })).toMatchObject({ ok: false })
    await eventually('to be cut', () => !stranger.socket.connected)
    expect(stranger.closed).toEqual([])
  })
})
