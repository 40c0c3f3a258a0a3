import { describe, expect, it } from 'vitest'

import type { WorldCommand } from '../../../shared/model/command.ts'
import type { ClientCommand, RefusalCode } from '../../../shared/protocol/messages.ts'
import { StreetDecoder } from '../../../shared/protocol/street-decoder.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import type { ViewPatch } from '../../../shared/protocol/view.ts'
import { newRoomCode, newSeatCode, newToken } from '../../../server/rooms/codes.ts'
import type { Line } from '../../../server/rooms/member.ts'
import { Room } from '../../../server/rooms/room.ts'
import type { Crash } from '../../../server/rooms/room-settings.ts'
import { openPace } from '../../../server/rooms/pace.ts'
import { openManualClock } from '../../support/manual-clock.ts'
import { nuageville, openDiscovery } from '../../support/test-city.ts'

const HOST_KEY = 'host-key-host-key-1'
const driver: ClientCommand<'join'> = { protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver' }
const host: ClientCommand<'join'> = { ...driver, role: 'host', hostKey: HOST_KEY }

interface Ear extends Line {
  readonly ticks: number[]
  readonly patches: ViewPatch[]
  readonly reasons: RefusalCode[]
  /** Whether the line takes anything now. */
  free: boolean
  stride: number
  /** Whose screen says what it has seen; without a room it is silent. */
  room: Room | null
}

function openEar(): Ear {
  const decoder = new StreetDecoder(nuageville)
  const ear: Ear = {
    free: true,
    stride: 1,
    room: null,
    isFree: () => ear.free,
    ticks: [],
    patches: [],
    reasons: [],
    frame(bytes, patch) {
      if (patch !== null) ear.patch(patch)
      const frame = decoder.decode(bytes)
      if (!frame.ok) throw new Error(frame.error)
      ear.ticks.push(frame.value.tick)
      ear.room?.steer(ear, { seenTick: frame.value.tick, inputs: [] })
    },
    patch: (patch) => void ear.patches.push(patch),
    closed: (reason) => void ear.reasons.push(reason),
  }
  return ear
}

function openTestRoom({ maxSeats = 40, city = openDiscovery({ bots: 2 }) } = {}) {
  const clock = openManualClock()
  const crashes: Crash[] = []
  let closed = 0
  const room = new Room({
    code: 'ABCDEF',
    hostKey: HOST_KEY,
    city,
    clock,
    phaseMs: 0,
    maxSeats,
    onLetters: () => {},
    onCrash: (crash) => crashes.push(crash),
    onClose: () => {
      closed += 1
    },
  })
  return { room, clock, crashes, closings: () => closed }
}

function mustJoin(room: Room, request: ClientCommand<'join'>, ear = openEar()) {
  const joined = room.join(request, ear)
  if (!joined.ok) throw new Error(joined.error.code)
  ear.room = room
  return { ear, welcome: joined.value }
}

describe('pace', () => {
  it('[ROOM-1] beats every 50 ms, makes up five late beats and counts the rest as slipped', () => {
    const clock = openManualClock()
    let beats = 0
    const pace = openPace(clock, () => (beats += 1))
    pace.start()
    clock.turn(1000)
    expect([beats, pace.slipped]).toEqual([20, 0])
    clock.stall(200)
    expect([beats, pace.slipped]).toEqual([24, 0])
    clock.stall(1000)
    expect(beats).toBe(24 + 6)
    expect(pace.slipped).toBe(14)
    pace.stop()
    clock.turn(1000)
    expect(beats).toBe(30)
  })

  it('[ROOM-16] beats at its own phase of the tick, whenever it starts', () => {
    const clock = openManualClock()
    const at: number[] = []
    const pace = openPace(clock, () => at.push(clock.now()), 20)
    clock.turn(33)
    pace.start()
    clock.turn(200)
    pace.stop()
    clock.turn(77)
    pace.start()
    clock.turn(120)
    expect(at).toEqual([120, 170, 220, 370, 420])
  })
})

describe('a room', () => {
  it('[ROOM-2] [ROOM-3] stops both clocks at the host’s word, and counts three before they run again', () => {
    const { room, clock } = openTestRoom()
    const teacher = mustJoin(room, host)
    const anna = mustJoin(room, driver)
    clock.turn(500)
    expect(anna.ear.ticks.at(-1)).toBe(10)
    expect(room.pause(anna.ear, true)).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect(room.end(anna.ear)).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    room.pause(teacher.ear, true)
    clock.turn(5000)
    expect(anna.ear.ticks.at(-1)).toBe(10)
    expect(anna.ear.patches.at(-1)?.set?.room?.paused).toBe(true)
    room.pause(teacher.ear, false)
    clock.turn(2900)
    const counts = anna.ear.patches.map(({ set }) => set?.room?.countdown).filter((left) => left !== undefined)
    expect([counts, anna.ear.ticks.at(-1)]).toEqual([[3, 2, 1], 10])
    clock.turn(600)
    expect(anna.ear.ticks.at(-1)).toBe(20)
  })

  it('[ROOM-4] [ROOM-7] gives a seat back to its token and to its code, and lets the older connection go', () => {
    const { room, clock } = openTestRoom()
    const teacher = mustJoin(room, host)
    const anna = mustJoin(room, driver)
    clock.turn(100)
    const { seatId, seatToken } = anna.welcome
    const again = mustJoin(room, { ...driver, seatToken: seatToken ?? '' })
    expect(again.welcome.seatId).toBe(seatId)
    expect(anna.ear.reasons).toEqual(['taken'])
    const code = teacher.ear.patches.flatMap(({ set }) => set?.room?.seats ?? []).at(-1)?.code ?? ''
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{4}$/)
    expect(anna.welcome.view.room.seats[0]?.code).toBeNull()
    expect(mustJoin(room, { ...driver, seatCode: code }).welcome.seatId).toBe(seatId)
    expect(room.join({ ...driver, seatCode: 'ZZZZ' }, openEar())).toMatchObject({ error: { code: 'unknown-seat' } })
    expect(room.seats).toBe(1)
  })

  it('[ROOM-5] stops ticking after a minute without anybody, runs on when somebody comes, and closes after ten', () => {
    const { room, clock, closings } = openTestRoom()
    const anna = mustJoin(room, driver)
    clock.turn(1000)
    room.leave(anna.ear)
    clock.turn(59_000)
    expect(room.running).toBe(true)
    clock.turn(2000)
    const held = room.currentTick
    clock.turn(60_000)
    expect([room.running, room.currentTick]).toEqual([false, held])
    const back = mustJoin(room, { ...driver, seatToken: anna.welcome.seatToken ?? '' })
    clock.turn(1000)
    expect(room.currentTick).toBeGreaterThan(held)
    room.leave(back.ear)
    clock.turn(599_000)
    expect(closings()).toBe(0)
    clock.turn(2000)
    expect(closings()).toBe(1)
  })

  it('[ROOM-6] refuses when it is full, has ended, or the key is wrong, and changes nothing', () => {
    const { room, clock } = openTestRoom({ maxSeats: 1 })
    const teacher = mustJoin(room, host)
    mustJoin(room, driver)
    expect(room.join(driver, openEar())).toMatchObject({ ok: false, error: { code: 'room-full' } })
    expect(room.join({ ...host, hostKey: 'another-key-another' }, openEar())).toMatchObject({
      error: { code: 'wrong-key' },
    })
    expect(room.seats).toBe(1)
    expect(room.end(teacher.ear)).toEqual({ ok: true, value: null })
    clock.turn(1)
    expect(teacher.ear.reasons).toEqual(['room-ended'])
    expect(room.join(driver, openEar())).toMatchObject({ error: { code: 'room-ended' } })
  })

  it('[ROOM-8] stops a city with a bug, and reports what makes it happen again', () => {
    const city = openDiscovery({ bots: 2 })
    const { room, clock, crashes } = openTestRoom({ city })
    const anna = mustJoin(room, driver)
    clock.turn(200)
    room.ask(anna.ear, () => ({ kind: 'operate', act: null }) as unknown as WorldCommand)
    clock.turn(100)
    expect(crashes).toHaveLength(1)
    expect(crashes[0]).toMatchObject({ code: 'ABCDEF', scenarioId: 'discovery', seed: 7 })
    expect(crashes[0]?.journal.flatMap(({ commands }) => commands.map(({ kind }) => kind))).toEqual(['join', 'operate'])
    expect(anna.ear.reasons).toEqual(['room-ended'])
  })

  it('[ROOM-9] makes codes that can be read aloud and tokens that cannot be guessed', () => {
    const codes = Array.from({ length: 500 }, newRoomCode)
    expect(codes.every((code) => /^[A-HJKMNP-Z2-9]{6}$/.test(code))).toBe(true)
    expect(newSeatCode()).toMatch(/^[A-HJKMNP-Z2-9]{4}$/)
    expect(new Set(Array.from({ length: 500 }, newToken)).size).toBe(500)
    expect(newToken()).toMatch(/^[\w-]{24}$/)
  })
})
