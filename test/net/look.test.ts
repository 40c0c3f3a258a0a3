import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { SoloRoom } from '../../client/solo/solo-room.ts'
import type { FromSolo } from '../../shared/protocol/solo.ts'
import type { Running } from '../../server/main.ts'
import { eventually, openPlayer, openRoom, openServer, type Player } from '../support/live-server.ts'
import { openDiscovery } from '../support/test-city.ts'

/** The X-ray's questions, over a real socket and in a city of one's own. */
describe('looking into things in a room', () => {
  let server: Running
  const players: Player[] = []
  let one: Player
  let other: Player
  let wall: Player
  let plates: readonly string[]

  const open = () => {
    const player = openPlayer(server.port)
    players.push(player)
    return player
  }
  beforeAll(async () => {
    server = await openServer()
    const { code } = await openRoom(server.port)
    const seat = async (name: string) => {
      const player = open()
      const { view } = await player.join({ room: code, role: 'driver', name })
      return { player, plate: view.car?.plate ?? view.room.seats.find(({ seatId }) => seatId === view.seatId)?.plate ?? '' } // prettier-ignore
    }
    const [a, b] = [await seat('Swift Otter'), await seat('Calm Falcon')]
    one = a.player
    other = b.player
    plates = [a.plate, b.plate]
    await eventually('both cars on the street', () => other.frames.length > 4)
    wall = open()
    await wall.join({ room: code, role: 'projector' })
  })
  afterAll(async () => {
    for (const player of players) player.close()
    await server.close()
  })

  it('[LOOK-1] describes a thing to whoever is seated', async () => {
    const reply = await one.ask('describe', { kind: 'rule', id: 'fine-speeders' })
    expect(reply).toMatchObject({ ok: true, value: { type: 'AWS::Events::Rule', name: 'fine-speeders' } })
  })

  it('[LOOK-6] tells what the things carry', async () => {
    const reply = await other.ask('xray', {})
    expect(reply).toMatchObject({ ok: true, value: { frame: { metricName: 'SpeedKmh' } } })
    expect(reply.ok && reply.value.cameras.length).toBeGreaterThan(5)
  })

  it('[LOOK-5] keeps to each driver what is theirs', async () => {
    const [mine = '', theirs = ''] = plates
    expect(await one.ask('describe', { kind: 'vehicle', id: theirs })).toMatchObject({ ok: true, value: { about: { key: 'thing.vehicle.private' }, answers: [] } }) // prettier-ignore
    expect(await one.ask('describe', { kind: 'vehicle', id: mine })).toMatchObject({ ok: true, value: { name: mine } })
  })

  it('[LOOK-5] tells the wall nothing', async () => {
    expect(await wall.ask('xray', {})).toMatchObject({ ok: false, refusal: { code: 'unknown-id' } })
  })

  it('[LOOK-7] refuses what is not there, what is no question, and who has no seat', async () => {
    expect(await one.ask('describe', { kind: 'camera', id: 'NONE' })).toMatchObject({ ok: false, refusal: { code: 'unknown-id', field: 'describe' } }) // prettier-ignore
    expect(await other.askAnything('describe', { kind: 'secret', id: 'x' })).toMatchObject({ ok: false, refusal: { code: 'malformed', field: 'describe.kind' } }) // prettier-ignore
    expect(await other.askAnything('describe', { kind: 'camera', id: 'x'.repeat(256) })).toMatchObject({ ok: false, refusal: { code: 'malformed', field: 'describe.id' } }) // prettier-ignore
    expect(await open().ask('xray', {})).toMatchObject({ ok: false, refusal: { code: 'not-joined' } })
  })
})

describe('looking into things alone', () => {
  it('[LOOK-1] is answered by the worker’s own city, while it stands as well', () => {
    const told: FromSolo[] = []
    const room = new SoloRoom(openDiscovery(), (news) => told.push(news))
    const ask = (id: number, name: 'pause' | 'describe' | 'xray', body: unknown) => {
      room.ask({ kind: 'ask', id, name, body })
      return told.find((news) => news.kind === 'reply' && news.id === id)
    }
    for (let i = 0; i < 20; i += 1) room.tick()
    expect(ask(1, 'describe', { kind: 'camera', id: 'A7-N' })).toMatchObject({ reply: { ok: true, value: { speaker: 'watch' } } }) // prettier-ignore
    ask(2, 'pause', { paused: true })
    expect(ask(3, 'xray', {})).toMatchObject({ reply: { ok: true } })
    expect(ask(4, 'describe', { kind: 'camera' })).toMatchObject({ reply: { ok: false, refusal: { code: 'malformed' } } }) // prettier-ignore
  })
})
