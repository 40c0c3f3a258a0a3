import { describe, expect, it } from 'vitest'

import type { Assists } from '../../../shared/model/command.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import { applyPatch } from '../../../client/net/view-store.ts'
import { openCity } from '../../../server/city/city.ts'
import { loadLibrary } from '../../../server/library.ts'
import type { Line } from '../../../server/rooms/member.ts'
import { Room } from '../../../server/rooms/room.ts'
import { openManualClock } from '../../support/manual-clock.ts'
import { nuageville } from '../../support/test-city.ts'

const HOST_KEY = 'host-key-host-key-1'
const HELP: Assists = { steering: true, braking: true, speedCap: 0.5, autopilot: false }
const library = loadLibrary()
if (!library.ok) throw new Error(library.error)
const scenario = library.value.scenarios.get('discovery') ?? expect.fail('no discovery')

interface Screen {
  readonly line: Line
  readonly token: string | null
  /** Everything that was ever sent to it. */
  readonly sent: string[]
  view(): SeatView
}

function openClass() {
  const clock = openManualClock()
  const nothing = () => undefined
  const room = new Room({
    code: 'ABCDEF',
    hostKey: HOST_KEY,
    city: openCity({ map: nuageville, scenario, seed: 7, bots: 0 }),
    clock,
    phaseMs: 0,
    maxSeats: 40,
    onLetters: nothing,
    onCrash: ({ message }) => expect.fail(message),
    onClose: nothing,
  })
  function join(role: 'driver' | 'host' | 'projector', seatToken?: string): Screen {
    const sent: string[] = []
    let shown: SeatView | null = null
    const line: Line = {
      stride: 1,
      isFree: () => true,
      frame: (_bytes, patch) => patch && line.patch(patch),
      patch(patch) {
        sent.push(JSON.stringify(patch))
        if (shown !== null) shown = applyPatch(shown, patch)
      },
      closed: nothing,
    }
    const back = seatToken === undefined ? {} : { seatToken }
    const joined = room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role, hostKey: HOST_KEY, ...back }, line)
    if (!joined.ok) return expect.fail(joined.error.code)
    shown = joined.value.view
    sent.push(JSON.stringify(joined.value))
    return { line, token: joined.value.seatToken, sent, view: () => shown ?? expect.fail('no view') }
  }
  return { room, join, seconds: (count: number) => clock.turn(count * 1000) }
}

const readyOf = (screen: Screen) => screen.view().room.seats.map(({ ready }) => ready ?? false)

describe('a seat of one’s own', () => {
  it('[ROOM-70] is ready in everybody’s eyes, in a pause too, until the clocks run again', () => {
    const { room, join, seconds } = openClass()
    const [host, wall, one, two] = [join('host'), join('projector'), join('driver'), join('driver')]
    room.pause(host.line, true)
    expect(room.ready(one.line, true).ok).toBe(true)
    for (const screen of [host, wall, one, two]) expect(readyOf(screen)).toEqual([true, false])
    room.pause(host.line, false)
    seconds(5)
    for (const screen of [host, wall, one, two]) expect(readyOf(screen)).toEqual([false, false])
  })

  it('[ROOM-70] is ready no more when its driver says so, and nobody without a seat is', () => {
    const { room, join, seconds } = openClass()
    const [host, one] = [join('host'), join('driver')]
    room.ready(one.line, true)
    room.ready(one.line, false)
    seconds(1)
    expect(readyOf(host)).toEqual([false])
    expect(room.ready(host.line, true)).toMatchObject({ ok: false, refusal: { code: 'not-joined' } })
  })

  it('[ROOM-71] is given help by a host, on this device and the next, until it is taken back', () => {
    const { room, join, seconds } = openClass()
    const [host, one] = [join('host'), join('driver')]
    const seatId = one.view().seatId ?? expect.fail('no seat')
    expect(one.view().help).toBeNull()
    room.accommodate(host.line, { seatId, help: HELP })
    seconds(1)
    expect(one.view().help).toEqual(HELP)
    expect(host.view().room.seats[0]?.help).toEqual(HELP)
    room.pause(host.line, true)
    const again = join('driver', one.token ?? expect.fail('no token'))
    expect(again.view().help).toEqual(HELP)
    room.accommodate(host.line, { seatId, help: null })
    expect(again.view().help).toBeNull()
    expect(host.view().room.seats[0]?.help).toBeUndefined()
  })

  it('[ROOM-71] is helped by hosts only, and only where there is such a seat', () => {
    const { room, join } = openClass()
    const [host, one] = [join('host'), join('driver')]
    const seatId = one.view().seatId ?? expect.fail('no seat')
    expect(room.accommodate(one.line, { seatId, help: HELP })).toMatchObject({ refusal: { code: 'not-allowed' } })
    expect(room.accommodate(host.line, { seatId: 's99', help: HELP })).toMatchObject({
      refusal: { code: 'unknown-seat' },
    })
  })

  it('[ROOM-72] tells nobody else that it is helped', () => {
    const { room, join, seconds } = openClass()
    const [host, wall, one, two] = [join('host'), join('projector'), join('driver'), join('driver')]
    room.accommodate(host.line, { seatId: one.view().seatId ?? '', help: HELP })
    seconds(2)
    room.pause(host.line, true)
    expect(one.sent.join('')).toContain('"speedCap":0.5')
    for (const screen of [wall, two]) expect(screen.sent.join('')).not.toMatch(/"speedCap":0.5|"help":{/)
  })
})
