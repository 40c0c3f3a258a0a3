import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openBot, type Bot } from '../bots/bot.ts'
import { openCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { eventually, openRoom, openServer } from '../support/live-server.ts'
import { nuageville } from '../support/test-city.ts'

/**
 * One suite over real Socket.IO, on three networks. The third tears every connection down each time that it has carried
 * one second of play: thirty times as often as schools' proxies that cut every thirty seconds, so that a test of seconds
 * meets as many cuts as minutes of a lesson.
 */
const CUT_TICKS = 20
const CUTS = 6

interface Network {
  readonly name: string
  open(target: number): Promise<CuttingProxy>
  readonly link: 'websocket' | 'polling'
  readonly cuts: boolean
}

const NETWORKS: readonly Network[] = [
  { name: 'with WebSockets', open: (target) => openCuttingProxy(target), link: 'websocket', cuts: false },
  {
    name: 'where upgrades are refused',
    open: (target) => openCuttingProxy(target, { refusesUpgrades: true }),
    link: 'polling',
    cuts: false,
  },
  { name: 'where connections are cut', open: (target) => openCuttingProxy(target), link: 'websocket', cuts: true },
]

const tickOf = ({ feed }: Bot): number => feed.sample(performance.now()).tick
const ownOf = ({ feed }: Bot) => feed.sample(performance.now()).own
const roomOf = ({ feed }: Bot) => feed.view().room

describe.each(NETWORKS)('a class on a network $name', (network) => {
  let server: Running
  let proxy: CuttingProxy
  const bots: Bot[] = []

  async function open(request: Parameters<typeof openBot>[0]['request']): Promise<Bot> {
    const settings = { url: `http://127.0.0.1:${proxy.port}`, request, map: nuageville, seed: bots.length }
    const opened = await openBot(settings)
    if (!opened.ok) throw new Error(opened.refusal.code)
    bots.push(opened.value)
    return opened.value
  }

  /** Plays on; on the network that cuts, every connection is torn down each time that so much has been played. */
  async function play(ticks: number, cuts = 1): Promise<void> {
    for (let left = network.cuts ? cuts : 1; left > 0; left -= 1) {
      const until = bots.map((bot) => tickOf(bot) + (network.cuts ? CUT_TICKS : ticks))
      for (const [i, bot] of bots.entries()) await eventually('play to go on', () => tickOf(bot) >= (until[i] ?? 0))
      if (network.cuts) proxy.cutAll()
    }
  }

  beforeAll(async () => {
    server = await openServer()
    proxy = await network.open(server.port)
  })
  afterEach(() => {
    for (const bot of bots.splice(0)) bot.close()
  })
  afterAll(async () => {
    await proxy.close()
    await server.close()
  })

  it('[NET-18] drives, is seen, keeps seats and plates, and obeys the host', async () => {
    const { code, hostKey } = await openRoom(server.port)
    const driver = (name: string) => open({ room: code, role: 'driver', name })
    const [anna, ben] = [await driver('Anna'), await driver('Ben')]
    const teacher = await open({ room: code, role: 'host', hostKey })
    const seats = () => roomOf(teacher).seats.map(({ seatId, plate, name }) => ({ seatId, plate, name }))
    const before = await eventually('both seats', () => (seats().length === 2 ? seats() : null))
    const start = { ...(await eventually('the own car', () => ownOf(anna))) }
    const odometer = { ...start, metres: 0 }
    const drive = setInterval(() => {
      const own = ownOf(anna)
      if (own === null) return
      odometer.metres += Math.min(5, Math.hypot(own.x - odometer.x, own.y - odometer.y))
      Object.assign(odometer, { x: own.x, y: own.y })
    }, 50)
    await play(100, CUTS)
    clearInterval(drive)
    expect(odometer.metres).toBeGreaterThan(10)
    const isSeen = await eventually('the host to see Anna where she is', () => {
      const own = ownOf(anna)
      const { cars } = teacher.feed.sample(performance.now())
      return own !== null && cars.some(({ x, y }) => Math.hypot(x - own.x, y - own.y) < 25)
    })
    expect(isSeen).toBe(true)
    expect(await teacher.feed.pause(true)).toEqual({ ok: true, value: null })
    await eventually('a pause on every screen', () => bots.every((bot) => roomOf(bot).paused))
    expect(await teacher.feed.pause(false)).toEqual({ ok: true, value: null })
    const paused = tickOf(ben)
    await eventually('play to go on', () => tickOf(ben) > paused + 10)
    expect(seats()).toEqual(before)
    expect(bots.flatMap(({ counts }) => counts.reasons)).toEqual([])
  })

  it('[NET-18] goes by the way that the network allows', async () => {
    const { code } = await openRoom(server.port)
    const bot = await open({ room: code, role: 'driver' })
    await play(40)
    await eventually(`the way to be ${network.link}`, () => bot.socket.io.engine?.transport.name === network.link)
    expect(proxy.refusals() > 0).toBe(network.link === 'polling')
    expect(proxy.cuts() > CUTS).toBe(network.cuts)
  })

  it('[NET-17] answers what was asked while the connection was being built anew', async () => {
    const { code, hostKey } = await openRoom(server.port)
    const teacher = await open({ room: code, role: 'host', hostKey })
    const anna = await open({ room: code, role: 'driver', name: 'Anna' })
    await play(20)
    for (const paused of [true, false, true]) {
      proxy.cutAll()
      teacher.kill()
      await eventually('the connection to be lost', () => !teacher.socket.connected)
      expect(await teacher.feed.pause(paused)).toEqual({ ok: true, value: null })
    }
    await eventually('the pause', () => roomOf(anna).paused)
    expect(roomOf(teacher).paused).toBe(true)
  })
})
