import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { encodeInputs } from '../../shared/protocol/input-frame.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { eventually, openPlayer, openRoom, openServer, ownOf, type Player } from '../support/live-server.ts'

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
    const screens = Array.from({ length: 8 }, () => player())
    for (const [i, screen] of screens.entries())
      await screen.join({ room: room.code, role: 'driver', name: `Driver ${i}` })
    const [anna, ben] = await nearestOf(screens)
    const start = (await eventually('the own car', () => ownOf(anna)))?.own
    for (let seq = 1; seq <= 60; seq += 1) {
      anna.steer(seq, [{ throttle: 1, steering: 0, handbrake: false }])
      await eventually('the next tick', () => (ownOf(anna)?.ackSeq ?? 0) >= seq - 4)
    }
    const own = await eventually('Anna to have moved', () => {
      const now = ownOf(anna)?.own
      return now && start && Math.hypot(now.x - start.x, now.y - start.y) > 2 ? now : null
    })
    const isSeen = await eventually('Ben to see Anna near where she is', () =>
      ben
        .inView()
        .some(
          ({ track }) => track.form === 'free' && Math.hypot(track.x - own.x, track.y - own.y) < 25 && track.speed > 0,
        ),
    )
    expect(isSeen).toBe(true)
  })

  it('[NET-2] refuses what is malformed, out of range or oversized, with its place, and changes nothing', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    await anna.join({ room: room.code, role: 'driver' })
    const assists = { steering: false, braking: false, speedCap: 1, autopilot: false }
    const refusals = [
      [{ ...assists, speedCap: 1.5 }, 'assist.speedCap'],
      [{ ...assists, speedCap: Number.NaN }, 'assist.speedCap'],
      [{ ...assists, speedCap: 0 }, 'assist.speedCap'],
      [{ steering: true }, 'assist.braking'],
      [{ ...assists, note: 'x'.repeat(5000) }, 'assist: too long'],
    ] as const
    expect(await anna.askAnything('switch', 'go')).toMatchObject({ refusal: { code: 'malformed', field: 'switch' } })
    for (const [body, field] of refusals)
      expect(await anna.askAnything('assist', body)).toEqual({ ok: false, refusal: { code: 'malformed', field } })
    const before = await eventually('the own car', () => ownOf(anna)?.own)
    const good = encodeInputs({
      seenTick: 1,
      inputs: [{ seq: 1, input: { throttle: 1, steering: 0, handbrake: false } }],
    })
    const outOfRange = good.slice()
    outOfRange[9] = 0x80
    for (const bytes of [
      outOfRange,
      good.slice(0, -1),
      new Uint8Array([...good, 0]),
      new Uint8Array(),
      new Uint8Array(9).fill(255),
    ])
      anna.socket.emit('bytes', bytes)
    anna.socket.emit('bytes', { throttle: 1 })
    const count = anna.frames.length
    await eventually('more frames', () => anna.frames.length > count + 8)
    const after = ownOf(anna)
    expect([after?.own?.x, after?.own?.y, after?.own?.vx, after?.own?.vy]).toEqual([
      before.x,
      before.y,
      before.vx,
      before.vy,
    ])
    expect(after?.ackSeq).toBe(0)
  })

  it('[NET-3] refuses what comes out of turn', async () => {
    const room = await openRoom(server.port)
    const anna = player()
    const on = { throttle: 1, steering: 0, handbrake: false }
    anna.steer(90, [on])
    expect(await anna.ask('horn', {})).toEqual({ ok: false, refusal: { code: 'not-joined', field: 'horn' } })
    await anna.join({ room: room.code, role: 'driver' })
    anna.steer(7, [on])
    await eventually('input 7', () => ownOf(anna)?.ackSeq === 7)
    anna.steer(6, [on])
    const count = anna.frames.length
    await eventually('more frames', () => anna.frames.length > count + 8)
    expect(ownOf(anna)?.ackSeq).toBe(7)
    expect(await anna.ask('pause', { paused: true })).toMatchObject({ refusal: { code: 'not-allowed' } })
  })

  it('[NET-4] refuses an unknown room and a full room with a code', async () => {
    const stranger = player()
    const join = { protocol: PROTOCOL_VERSION, room: 'ZZZZZZ', role: 'driver' } as const
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
    await eventually('the own car', () => ownOf(anna))
    anna.close()
    const back = player()
    const again = await back.join({ room: room.code, role: 'driver', seatToken: first.seatToken ?? '' })
    expect(again.seatId).toBe(first.seatId)
    expect(again.view.car?.plate).toBe(first.view.room.seats[0]?.plate)
    expect(again.view.room.seats).toHaveLength(1)
    await eventually('the own car, again', () => ownOf(back))
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

/** The two whose cars stand nearest to each other: the city chooses where one begins. */
async function nearestOf(screens: readonly Player[]): Promise<[Player, Player]> {
  const placed = await Promise.all(
    screens.map(async (screen) => ({ screen, own: (await eventually('an own car', () => ownOf(screen)))?.own })),
  )
  const pairs = placed.flatMap((a, i) =>
    placed.slice(i + 1).map((b) => ({ a, b, metres: metresBetween(a.own, b.own) })),
  )
  const nearest = pairs.toSorted((one, other) => one.metres - other.metres)[0]
  if (nearest === undefined) throw new Error('fewer than two screens')
  return [nearest.a.screen, nearest.b.screen]
}

type Place = { readonly x: number; readonly y: number } | null | undefined

const metresBetween = (a: Place, b: Place): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Infinity)
