import { describe, expect, it } from 'vitest'

import { Flow } from '../../../server/rooms/flow.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import type { ViewPatch } from '../../../shared/protocol/view.ts'
import { HOST, openSimRoom, watch } from '../../support/sim-net.ts'

/** A flow, and a far end that sees what is sent `roundTrip` ticks later, or nothing for a while. */
function openLine() {
  const flow = new Flow()
  const sent: number[] = []
  return {
    flow,
    /** @returns the ticks from `from` until `to` that got a frame */
    run: (from: number, to: number, roundTrip: number): number[] => {
      for (let tick = from; tick < to; tick += 1) {
        const seen = sent.findLast((each) => each <= tick - roundTrip)
        if (seen !== undefined) flow.seen(seen, tick)
        if (!flow.allows(tick, 1)) continue
        flow.sent(tick)
        sent.push(tick)
      }
      return sent.filter((tick) => tick >= from)
    },
  }
}

describe('the flow to one line', () => {
  it('[ROOM-10] sends every tick to a line that keeps up, however long its way', () => {
    for (const roundTrip of [1, 3, 6, 9]) expect(openLine().run(0, 200, roundTrip)).toHaveLength(200)
  })

  it('[ROOM-10] sends one frame a second when nothing was seen for more than ten ticks', () => {
    expect(openLine().run(0, 60, Infinity)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 50])
  })

  it('[ROOM-10] grants a long line its own round trip on top', () => {
    const line = openLine()
    line.run(0, 50, 8)
    const missed = line.run(50, 75, Infinity)
    expect(missed.at(-1)).toBe(42 + 10 + 8)
  })

  it('[ROOM-10] goes on with ten a second, then five, and comes back after three good seconds', () => {
    const line = openLine()
    line.run(0, 30, Infinity)
    expect(line.run(30, 60, 1)).toEqual(Array.from({ length: 15 }, (_, i) => 30 + 2 * i))
    line.run(60, 88, Infinity)
    expect(line.run(88, 108, 1)).toHaveLength(5)
    line.run(110, 300, 1)
    expect(line.run(300, 340, 1)).toHaveLength(40)
  })

  it('[ROOM-10] does not believe a tick that was never sent', () => {
    const { flow, run } = openLine()
    run(0, 29, Infinity)
    flow.seen(1_000_000, 29)
    expect(flow.allows(29, 1)).toBe(false)
  })

  it('[ROOM-11] gives up after ten seconds', () => {
    const { flow, run } = openLine()
    run(0, 30, Infinity)
    expect([flow.isLost(200), flow.isLost(201)]).toEqual([false, true])
    flow.seen(10, 210)
    expect(flow.isLost(10_000)).toBe(false)
  })
})

describe('a slow line in a room', () => {
  it('[ROOM-10] [ROOM-11] gets fewer frames, costs nobody else any, and is let go with its seat kept', () => {
    const sim = openSimRoom()
    const [anna, ben] = [sim.open({ name: 'Anna' }), sim.open({ name: 'Ben' })]
    watch(sim, 2000, (nowMs) => void [anna, ben].map(({ feed }) => feed.sample(nowMs)))
    const before = [anna.counts.frames, ben.counts.frames]
    let silent = 0
    const mute = { ...anna.line, frame: () => (silent += 1) }
    const token = sim.open({ name: 'Carl' })
    const carl = sim.room.join(
      { protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver', name: 'Dora' },
      Object.assign(mute, { isFree: () => true, closed: (reason: string) => void reasons.push(reason) }),
    )
    const reasons: string[] = []
    watch(sim, 12_000, (nowMs) => void [anna, ben, token].map(({ feed }) => feed.sample(nowMs)))
    expect(silent).toBeLessThan(22)
    expect(reasons).toEqual(['too-slow'])
    expect(anna.counts.frames - (before[0] ?? 0)).toBeGreaterThan(237)
    expect(ben.counts.frames - (before[1] ?? 0)).toBeGreaterThan(237)
    expect(sim.room.seats).toBe(4)
    const seatToken = carl.ok ? carl.value.seatToken : null
    const back = sim.open({ seatToken: seatToken ?? '' })
    expect(back.feed.view().seatId).toBe(carl.ok ? carl.value.seatId : '')
    sim.room.close()
  })

  it('[ROOM-12] is told all at once what is new, when there is room for it', () => {
    const sim = openSimRoom()
    const teacher = sim.open(HOST)
    const patches: ViewPatch[] = []
    const anna = sim.open({ name: 'Anna' })
    Object.assign(anna.line, { patch: (patch: ViewPatch) => patches.push(patch) })
    watch(sim, 500, (nowMs) => anna.feed.sample(nowMs))
    anna.cut(true)
    const told = patches.length
    for (let i = 0; i < 8; i += 1) {
      sim.open({ name: `Pupil ${i}` })
      watch(sim, 300, (nowMs) => teacher.feed.sample(nowMs))
    }
    expect(patches).toHaveLength(told)
    anna.cut(false)
    watch(sim, 500, (nowMs) => anna.feed.sample(nowMs))
    const rooms = patches.slice(told).flatMap(({ set }) => set?.room ?? [])
    expect(rooms.map(({ seats }) => seats.length)).toEqual([9])
    sim.room.close()
  })

  it('[ROOM-12] is told of a pause as soon as there is room, though no tick carries the news', () => {
    const sim = openSimRoom()
    const [teacher, anna] = [sim.open(HOST), sim.open({})]
    watch(sim, 500, (nowMs) => anna.feed.sample(nowMs))
    anna.cut(true)
    expect(sim.room.pause(teacher.line, true)).toEqual({ ok: true, value: null })
    sim.clock.turn(1000)
    expect(anna.feed.view().room.paused).toBe(false)
    anna.cut(false)
    sim.clock.turn(1000)
    expect(anna.feed.view().room.paused).toBe(true)
    sim.room.close()
  })

  it('[ROOM-14] hears so many messages of the hands a tick, and a burst after a silence', () => {
    const sim = openSimRoom({ bots: 0 })
    const [anna, ben] = [sim.open({ name: 'Anna' }), sim.open({ name: 'Ben' })]
    const heard = (line: typeof anna.line, times: number) =>
      Array.from({ length: times }, () => sim.room.hears(line)).filter(Boolean).length
    watch(sim, 3000, () => {})
    expect(heard(anna.line, 400)).toBe(40)
    expect(heard(ben.line, 1)).toBe(1)
    for (let tick = 0; tick < 30; tick += 1) {
      sim.clock.turn(50)
      expect(heard(anna.line, 50)).toBe(2)
    }
    sim.clock.turn(2000)
    expect(heard(anna.line, 400)).toBe(40)
    sim.room.leave(anna.line)
    expect(heard(anna.line, 1)).toBe(0)
    sim.room.close()
  })

  it('[ROOM-13] drives a seat no faster for flooding', () => {
    const distance = (copies: number) => {
      const sim = openSimRoom({ bots: 0 })
      const anna = sim.open({})
      watch(sim, 200, (nowMs) => anna.feed.sample(nowMs))
      const start = { ...anna.feed.sample(sim.clock.now()).own }
      let seq = 1000
      for (let tick = 0; tick < 60; tick += 1) {
        for (let i = 0; i < copies; i += 1) {
          const inputs = [{ seq: (seq += 1), input: { throttle: 1, steering: 0, handbrake: false } }]
          sim.room.steer(anna.line, { seenTick: sim.room.currentTick, inputs })
        }
        sim.clock.turn(50)
      }
      const own = anna.feed.sample(sim.clock.now()).own
      sim.room.close()
      return Math.hypot((own?.x ?? 0) - (start.x ?? 0), (own?.y ?? 0) - (start.y ?? 0))
    }
    const honest = distance(1)
    expect(honest).toBeGreaterThan(5)
    expect(distance(20)).toBeCloseTo(honest, 0)
  })
})
