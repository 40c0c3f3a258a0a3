import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Server } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'
import { WebSocketServer } from 'ws'

import { isLineFree, sendFrame } from '../../server/net/send-frame.ts'
import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'

/**
 * A server without a game, in a process of its own: `ws|socketio SIZES`. Twenty times a second it sends everybody a
 * payload of its own, of the sizes given, over bare WebSockets or over Socket.IO as the game has it set up; and it hears
 * what comes. Tells what it has spent.
 */
const [kind = 'ws', sizes = '24'] = process.argv.slice(2)
const payloads = sizes.split(',').map((size) => new Uint8Array(Number(size)).fill(7))
const TICK_MS = 50

const http = createServer()
const senders = new Set<(bytes: Uint8Array) => void>()

function openBare(): void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  server.on('connection', (socket) => {
    const send = (bytes: Uint8Array) => socket.send(bytes)
    senders.add(send)
    socket.on('message', () => {})
    socket.on('close', () => senders.delete(send))
  })
}

function openSocketIo(): void {
  const io = new Server(http, {
    parser: { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) },
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
  })
  io.on('connection', (socket) => {
    const send = (bytes: Uint8Array) => void (isLineFree(socket) && sendFrame(socket, bytes, null))
    senders.add(send)
    socket.on('bytes', () => {})
    socket.on('disconnect', () => senders.delete(send))
  })
}

let before = process.cpuUsage()
let frames = 0
let turn = 0

function beat(): void {
  for (const send of senders) {
    turn += 1
    send((payloads[turn % payloads.length] ?? new Uint8Array(24)).slice())
    frames += 1
  }
}

if (kind === 'ws') openBare()
else openSocketIo()
http.listen(0, '127.0.0.1', () => {
  setInterval(beat, TICK_MS)
  process.on('message', (word) => {
    if (word === 'start') {
      before = process.cpuUsage()
      frames = 0
    }
    const { user, system } = process.cpuUsage(before)
    if (word === 'report') process.send?.({ cpuMs: (user + system) / 1000, frames })
  })
  process.send?.({ port: (http.address() as AddressInfo).port })
})
