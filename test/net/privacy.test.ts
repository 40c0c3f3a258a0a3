import { describe, expect, it } from 'vitest'

import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { SeatView, ViewPatch } from '../../shared/protocol/view.ts'
import type { Line } from '../../server/rooms/member.ts'
import { HOST, openSimRoom, watch } from '../support/sim-net.ts'

/** Everything one line was told, as text. */
function openTap() {
  const frames: Uint8Array[] = []
  const patches: ViewPatch[] = []
  const line: Line = {
    stride: 1,
    isFree: () => true,
    frame(bytes, patch) {
      frames.push(bytes)
      if (patch !== null) patches.push(patch)
    },
    patch: (patch) => void patches.push(patch),
    closed: () => {},
  }
  return {
    line,
    patches,
    bytes: () => frames.map((frame) => Buffer.from(frame).toString('latin1')).join('\n'),
  }
}

const NAMES = ['Anna', 'Ben', 'Carla']

describe('what a role is told', () => {
  it('[NET-15] is the street in frames, and of others nothing but what everybody may know', () => {
    const sim = openSimRoom({ bots: 30 })
    const teacher = sim.open(HOST)
    const taps = NAMES.map((name) => {
      const tap = openTap()
      const joined = sim.room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver', name }, tap.line)
      if (!joined.ok) throw new Error(joined.error.code)
      return { ...tap, welcome: joined.value }
    })
    const wall = openTap()
    const shown = sim.room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'projector' }, wall.line)
    watch(sim, 9000, (nowMs) => {
      teacher.feed.sample(nowMs)
      for (const { line } of [...taps, wall]) sim.room.steer(line, { seenTick: sim.room.currentTick, inputs: [] })
    })
    const codes = teacher.feed.view().room.seats.map(({ code }) => code ?? '')
    expect(codes).toHaveLength(3)
    expect(codes.every((code) => /^[A-HJKMNP-Z2-9]{4}$/.test(code))).toBe(true)
    const tokens = taps.map(({ welcome }) => welcome.seatToken ?? '')
    for (const [i, tap] of taps.entries()) {
      const told = JSON.stringify([tap.patches, tap.welcome.view])
      for (const secret of [...codes, ...tokens, 'host-key-host-key-1']) {
        expect(told).not.toContain(`"${secret}"`)
        expect(tap.bytes()).not.toContain(secret)
      }
      for (const name of NAMES) expect(tap.bytes()).not.toContain(name)
      expect(tap.welcome.seatToken).toBe(tokens[i])
    }
    const wallTold = JSON.stringify([wall.patches, shown.ok ? shown.value : null])
    for (const secret of [...codes, ...tokens]) expect(wallTold).not.toContain(`"${secret}"`)
    sim.room.close()
  })

  it('[NET-15] gives a driver the own letters only', () => {
    const sim = openSimRoom({ bots: 30 })
    const [anna, ben] = [sim.open({ name: 'Anna' }), sim.open({ name: 'Ben' })]
    watch(sim, 5000, (nowMs) => {
      for (const { feed } of [anna, ben]) {
        feed.drive({ throttle: 1, steering: 0, handbrake: false })
        feed.sample(nowMs)
      }
    })
    const others = (view: SeatView, own: string) =>
      view.logbook.filter(({ plate, category }) => category === 'Data' && plate !== null && plate !== own)
    for (const { feed } of [anna, ben]) expect(others(feed.view(), feed.view().car?.plate ?? '')).toEqual([])
    sim.room.close()
  })
})
