import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ViewPatch } from '../../../shared/protocol/view.ts'
import { isLineFree, sendFrame } from '../../../server/net/send-frame.ts'

const UNIT = { running: 0, queued: 0, warm: 0, reservedConcurrency: null, throttles: 0 }
const PATCH: ViewPatch = { set: { weather: 'rain' } }

interface Wire {
  readonly name: 'websocket' | 'polling'
  readonly readyState?: number
  readonly bufferedAmount?: number
  readonly writable?: boolean
}

/** A connection, and what it was given: by itself, or past it to its WebSocket. */
function openConn({ name, readyState = 1, bufferedAmount = 0, writable = true }: Wire) {
  const queued: Uint8Array[] = []
  const framed: Uint8Array[] = []
  const sender = { sendFrame: (frames: readonly Uint8Array[]) => void framed.push(...frames) }
  const webSocket = { readyState, bufferedAmount, _sender: sender }
  const transport = { name, writable, ...(name === 'websocket' ? { socket: webSocket } : {}) }
  const conn = { readyState: 'open', transport, write: (bytes: Uint8Array) => void queued.push(bytes) }
  const emitted: unknown[][] = []
  const emit = (...event: unknown[]) => void emitted.push(event)
  return { socket: { conn, emit } as unknown as Parameters<typeof sendFrame>[0], queued, framed, emitted }
}

describe('a frame of the street on its way', () => {
  it('[WIRE-9] is one WebSocket message of one final binary frame, in one piece, whatever its length (RFC 6455, 5.2)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.uint8Array({ minLength: 124, maxLength: 128 }),
          fc.integer({ min: 300, max: 65_535 }).map((length) => new Uint8Array(length).fill(length & 0xff)),
        ),
        (bytes) => {
          const { socket, queued, framed } = openConn({ name: 'websocket' })
          sendFrame(socket, bytes, null)
          const [whole] = framed
          expect([framed.length, queued.length]).toEqual([1, 0])
          if (whole === undefined) return
          const isShort = bytes.length < 126
          const length = isShort ? whole[1] : new DataView(whole.buffer, whole.byteOffset).getUint16(2)
          expect([whole[0], isShort ? 0 : whole[1], length]).toEqual([0x82, isShort ? 0 : 126, bytes.length])
          expect(Buffer.compare(whole.subarray(isShort ? 2 : 4), bytes)).toBe(0)
        },
      ),
    )
  })

  it('[WIRE-9] has the patch behind it in the same piece, as Socket.IO would send it, of any length', () => {
    for (const letters of [3, 100, 200, 70_000]) {
      const patch: ViewPatch = { set: { units: [{ ...UNIT, functionName: 'é'.repeat(letters) }] } }
      const text = Buffer.from(`42${JSON.stringify(['patch', patch])}`)
      for (let reader = 0; reader < 2; reader += 1) {
        const { socket, framed } = openConn({ name: 'websocket' })
        sendFrame(socket, Uint8Array.of(7, 8), patch)
        expect(framed).toHaveLength(1)
        const whole = Buffer.from(framed[0] ?? [])
        expect([...whole.subarray(0, 5)]).toEqual([0x82, 2, 7, 8, 0x81])
        const length =
          whole[5] === 127 ? Number(whole.readBigUInt64BE(6)) : whole[5] === 126 ? whole.readUInt16BE(6) : whole[5]
        expect(length).toBe(text.length)
        expect(whole.subarray(-text.length).equals(text)).toBe(true)
      }
    }
  })

  it('[WIRE-9] is the bytes themselves on long polling, and while a WebSocket closes', () => {
    for (const wire of [{ name: 'polling' }, { name: 'websocket', readyState: 2 }] as const) {
      const { socket, queued, framed, emitted } = openConn(wire)
      sendFrame(socket, Uint8Array.of(1, 2, 3), PATCH)
      expect(queued.map((bytes) => [...bytes])).toEqual([[1, 2, 3]])
      expect([framed, emitted]).toEqual([[], [['patch', PATCH]]])
    }
  })

  it('[ROOM-10] waits while anything written before still waits', () => {
    expect(isLineFree(openConn({ name: 'websocket' }).socket)).toBe(true)
    expect(isLineFree(openConn({ name: 'websocket', bufferedAmount: 1 }).socket)).toBe(false)
    expect(isLineFree(openConn({ name: 'websocket', writable: false }).socket)).toBe(false)
    expect(isLineFree(openConn({ name: 'polling' }).socket)).toBe(true)
    expect(isLineFree(openConn({ name: 'polling', writable: false }).socket)).toBe(false)
  })
})
