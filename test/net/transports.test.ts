import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openBot, type Bot, type BotSettings } from '../bots/bot.ts'
import { openCuttingProxy } from '../support/cutting-proxy.ts'
import { eventually, openRoom, openServer } from '../support/live-server.ts'
import { nuageville } from '../support/test-city.ts'

/** Whose seat a feed has: number, plate and name. */
function seatOf(feed: Bot['feed']) {
  const { seatId, room } = feed.view()
  const own = room.seats.find((line) => line.seatId === seatId)
  return own && { seatId, plate: own.plate, name: own.name }
}

/** Real Socket.IO, with the client's own feed, over networks that refuse and cut. */
describe('a class on a school’s network', () => {
  let server: Running
  const bots: Bot[] = []

  async function seat(code: string, settings: Partial<BotSettings> & { readonly port?: number } = {}): Promise<Bot> {
    const { port = server.port, ...rest } = settings
    const opened = await openBot({
      url: `http://127.0.0.1:${port}`,
      request: { room: code, role: 'driver', name: `Bot ${bots.length}` },
      map: nuageville,
      seed: bots.length,
      ...rest,
    })
    if (!opened.ok) throw new Error(opened.refusal.code)
    bots.push(opened.value)
    return opened.value
  }
  const seatsOf = async (code: string) =>
    (await (await fetch(`${server.address}/api/rooms/${code}`)).json()) as { seats: number }

  beforeAll(async () => {
    server = await openServer()
  })
  afterEach(() => {
    for (const bot of bots.splice(0)) bot.close()
  })
  afterAll(() => server.close())

  it('[NET-11] plays on over long polling, with four to five frames a second', async () => {
    const { code } = await openRoom(server.port)
    const bot = await seat(code, { transports: ['polling'] })
    const start = await eventually('the own car', () => bot.feed.sample(performance.now()).own)
    const from = { x: start.x, y: start.y, frames: bot.counts.frames, tick: bot.feed.sample(performance.now()).tick }
    await eventually('the car to drive', () => {
      const own = bot.feed.sample(performance.now()).own
      return own !== null && Math.hypot(own.x - from.x, own.y - from.y) > 30
    })
    const ticks = bot.feed.sample(performance.now()).tick - from.tick
    const perSecond = ((bot.counts.frames - from.frames) / ticks) * 20
    expect(perSecond).toBeGreaterThan(3)
    expect(perSecond).toBeLessThan(5.6)
    expect(bot.counts.reasons).toEqual([])
  })

  it('[NET-12] keeps the seat and plays on through a proxy that cuts every connection', async () => {
    const proxy = await openCuttingProxy(server.port)
    const { code } = await openRoom(server.port)
    const seated = [
      await seat(code, { port: proxy.port }),
      await seat(code, { port: proxy.port, transports: ['polling'] }),
    ]
    const first = seated.map(({ feed }) => seatOf(feed))
    for (let cut = 0; cut < 5; cut += 1) {
      for (const bot of seated) {
        const { frames } = bot.counts
        await eventually('frames', () => bot.counts.frames > frames + 3)
      }
      proxy.cutAll()
    }
    for (const bot of seated) {
      const { frames } = bot.counts
      await eventually('frames after the last cut', () => bot.counts.frames > frames + 5)
    }
    expect(seated.map(({ feed }) => seatOf(feed))).toEqual(first)
    expect(seated.flatMap(({ counts }) => counts.reasons)).toEqual([])
    expect(await seatsOf(code)).toMatchObject({ seats: 2 })
    expect(proxy.cuts()).toBeGreaterThan(8)
    for (const bot of bots.splice(0)) bot.close()
    await proxy.close()
  })

  it('[NET-13] loses none of 30 seats whose sockets are killed ten times each', async () => {
    const { code } = await openRoom(server.port)
    const seated: Bot[] = []
    for (let i = 0; i < 30; i += 1) seated.push(await seat(code, { transports: ['websocket'], autopilot: i % 3 === 0 }))
    const first = seated.map(({ feed }) => seatOf(feed))
    await Promise.all(
      seated.map(async (bot, i) => {
        for (let kill = 1; kill <= 10; kill += 1) {
          const { frames } = bot.counts
          await eventually(`bot ${i} to play before kill ${kill}`, () => bot.counts.frames > frames + 1)
          bot.kill()
          await eventually(`bot ${i} to be back`, () => bot.counts.connects > kill && bot.socket.connected)
        }
        const { frames } = bot.counts
        await eventually(`bot ${i} to play at the end`, () => bot.counts.frames > frames + 3)
      }),
    )
    expect(seated.map(({ feed }) => seatOf(feed))).toEqual(first)
    expect(new Set(first.map((own) => own?.seatId)).size).toBe(30)
    expect(seated.flatMap(({ counts }) => counts.reasons).filter((reason) => reason !== 'taken')).toEqual([])
    expect(await seatsOf(code)).toMatchObject({ seats: 30 })
  })
})
