import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { eventually, openPlayer, openRoom, openServer, type Player } from '../support/live-server.ts'

/** Real Socket.IO clients against a real server. */
describe('a room over Socket.IO', () => {
  let server: Running
  const players: Player[] = []
  const player = (options = {}) => {
    const opened = openPlayer(server.port, options)
    players.push(opened)
    return opened
  }

  beforeAll(async () => {
    server = await openServer()
  })
  afterEach(() => {
    for (const opened of players.splice(0)) opened.close()
  })
  afterAll(() => server.close())

  it('[NET-1] shows each of two seats the other, moving', async () => {
    const room = await openRoom(server.port)
    const [anna, ben] = [player(), player()]
    const seatA = await anna.join({ room: room.code, role: 'driver', name: 'Anna' })
    await ben.join({ room: room.code, role: 'driver', name: 'Ben' })
    const start = await eventually('the own car', () => anna.frames.at(-1)?.own)
    for (let seq = 1; seq <= 40; seq += 1) {
      await anna.ask('drive', { seq, throttle: 1, steering: 0, handbrake: false })
      const seen = anna.frames.at(-1)?.own
      if (seen && Math.hypot(seen.x - start.x, seen.y - start.y) > 3) break
      await eventually('the next tick', () => (anna.frames.at(-1)?.ackSeq ?? 0) >= seq)
    }
    const own = await eventually('Anna to have moved', () => {
      const now = anna.frames.at(-1)?.own
      return now && Math.hypot(now.x - start.x, now.y - start.y) > 2 ? now : null
    })
    await eventually('Ben to see Anna near where she is', () =>
      ben.frames.at(-1)?.cars.some((car) => Math.hypot(car.x - own.x, car.y - own.y) < 25 && car.speed > 0),
    )
    expect(seatA.view.room.seats).toHaveLength(1)
  })

  it('[NET-2] refuses what is malformed, out of range or oversized, with its place, and changes nothing', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    await anna.join({ room: room.code, role: 'driver' })
    const before = await eventually('the own car', () => anna.frames.at(-1)?.own)
    const refusals = [
      [{ seq: 1, throttle: 1.5, steering: 0, handbrake: false }, 'drive.throttle'],
      [{ seq: 1, throttle: Number.NaN, steering: 0, handbrake: false }, 'drive.throttle'],
      [{ seq: -1, throttle: 1, steering: 0, handbrake: false }, 'drive.seq'],
      [{ seq: 1, throttle: 1, steering: 0 }, 'drive.handbrake'],
      ['go', 'drive'],
      [{ seq: 1, throttle: 1, steering: 0, handbrake: false, note: 'x'.repeat(5000) }, 'drive: too long'],
    ] as const
    for (const [body, field] of refusals)
      expect(await anna.askAnything('drive', body)).toEqual({ ok: false, refusal: { code: 'malformed', field } })
    const count = anna.frames.length
    const after = await eventually('more frames', () => (anna.frames.length > count + 2 ? anna.frames.at(-1)?.own : null))
    expect([after.x, after.y, after.vx, after.vy]).toEqual([before.x, before.y, before.vx, before.vy])
    expect(anna.frames.at(-1)?.ackSeq).toBe(0)
  })

  it('[NET-3] refuses what comes out of turn', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    const drive = { seq: 1, throttle: 1, steering: 0, handbrake: false }
    expect(await anna.ask('drive', drive)).toEqual({ ok: false, refusal: { code: 'not-joined', field: 'drive' } })
    await anna.join({ room: room.code, role: 'driver' })
    expect(await anna.ask('drive', { ...drive, seq: 7 })).toEqual({ ok: true, value: null })
    expect(await anna.ask('drive', { ...drive, seq: 6 })).toMatchObject({ refusal: { code: 'not-now', field: 'drive.seq' } })
    expect(await anna.ask('pause', { paused: true })).toMatchObject({ refusal: { code: 'not-allowed' } })
  })

  it('[NET-4] refuses an unknown room and a full room with a code', async () => {
    const stranger = player()
    const join = { protocol: 1, room: 'ZZZZZZ', role: 'driver' } as const
    expect(await stranger.ask('join', join)).toMatchObject({ refusal: { code: 'unknown-room', field: 'join.room' } })
    const room = await openRoom(server.port)
    const crowd = Array.from({ length: 40 }, () => player())
    for (const one of crowd) await one.join({ room: room.code, role: 'driver' })
    const late = player()
    expect(await late.ask('join', { ...join, room: room.code })).toMatchObject({ refusal: { code: 'room-full' } })
    expect(await late.ask('join', { ...join, protocol: 0, room: room.code })).toMatchObject({
      refusal: { code: 'wrong-version' },
    })
  })

  it('[NET-5] keeps the seat over a refresh', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    const first = await anna.join({ room: room.code, role: 'driver', name: 'Anna' })
    await eventually('the own car', () => anna.frames.at(-1)?.own)
    anna.close()
    const back = player()
    const again = await back.join({ room: room.code, role: 'driver', seatToken: first.seatToken ?? '' })
    expect(again.seatId).toBe(first.seatId)
    expect(again.view.car?.plate).toBe(first.view.room.seats[0]?.plate)
    expect(again.view.room.seats).toHaveLength(1)
    await eventually('the own car, again', () => back.frames.at(-1)?.own)
  })

  it('[NET-6] does not connect a page of another origin', async () => {
    const stranger = player({ extraHeaders: { origin: 'https://elsewhere.example' } })
    const refused = new Promise<Error>((resolve) => stranger.socket.once('connect_error', resolve))
    expect(await refused).toBeInstanceOf(Error)
    expect(stranger.socket.connected).toBe(false)
  })

  it('[NET-7] says how it is at /healthz', async () => {
    await openRoom(server.port)
    const health: unknown = await (await fetch(`${server.address}/healthz`)).json()
    expect(health).toMatchObject({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
    expect(health).toMatchObject({ rooms: expect.any(Number), seats: expect.any(Number) })
    expect(health).toMatchObject({ tickLag: { p50: expect.any(Number), p99: expect.any(Number) } })
  })

  it('[NET-8] refuses a flood', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    await anna.join({ room: room.code, role: 'driver' })
    const replies = await Promise.all(Array.from({ length: 30 }, () => anna.ask('horn', {})))
    expect(replies.filter((reply) => !reply.ok && reply.refusal.code === 'too-fast').length).toBeGreaterThan(20)
  })

  it('[NET-9] stops and starts both clocks for every seat', async () => {
    const room = await openRoom(server.port)
    const [teacher, anna] = [player(), player()]
    await teacher.join({ room: room.code, role: 'host', hostKey: room.hostKey })
    await anna.join({ room: room.code, role: 'driver' })
    await eventually('a tick', () => anna.frames.length > 3)
    expect(await teacher.ask('pause', { paused: true })).toEqual({ ok: true, value: null })
    await eventually('the news of the pause', () => anna.patches.some(({ set }) => set?.room?.paused))
    const held = anna.frames.at(-1)?.tick
    const late = player()
    const welcome = await late.join({ room: room.code, role: 'driver' })
    expect([welcome.tick, anna.frames.at(-1)?.tick]).toEqual([held, held])
    expect(await teacher.ask('pause', { paused: false })).toEqual({ ok: true, value: null })
    await eventually('a count of three', () => anna.patches.some(({ set }) => set?.room?.countdown === 3))
    await eventually('the clocks to run', () => (anna.frames.at(-1)?.tick ?? 0) > (held ?? 0) + 3)
  })
})
