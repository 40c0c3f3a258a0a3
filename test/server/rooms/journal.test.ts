import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Journal, type Drive } from '../../../server/rooms/journal.ts'
import { quantiseInput } from '../../../shared/protocol/input-frame.ts'

const share = fc.double({ min: -1, max: 1, noNaN: true })
const hands = fc.record({ throttle: share, steering: share, handbrake: fc.boolean() })
const seats = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 })
const drive = (seat: number, seq: number, input: Drive['input']): Drive => ({
  kind: 'drive',
  seatId: `s${seat}`,
  seq,
  input,
})

describe('a journal', () => {
  it('[ROOM-15] gives back every command of every tick in its order, hands as they came over the wire', () => {
    const turn = fc.record({ seats, seq: fc.nat(0xffffffff), hands: hands.map(quantiseInput), horns: seats })
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
        const journal = new Journal()
        const expected = turns.flatMap((now, tick) => {
          const asked = now.horns.map((seat) => ({ kind: 'horn', seatId: `s${seat}` }) as const)
          const drives = now.seats.map((seat) => drive(seat, now.seq, now.hands))
          journal.note(tick, asked, drives)
          const commands = [...asked, ...drives]
          return commands.length === 0 ? [] : [{ tick, commands }]
        })
        expect(journal.entries()).toEqual(expected)
      }),
    )
  })

  it('[ROOM-15] keeps hands that no wire has rounded as they are', () => {
    const journal = new Journal()
    const input = { throttle: 0.123456789, steering: -0.5, handbrake: true }
    journal.note(7, [], [drive(1, 3, input)])
    expect(journal.entries()).toEqual([{ tick: 7, commands: [drive(1, 3, input)] }])
  })

  it('[ROOM-15] mistakes nobody for somebody else, however many seats there have been', () => {
    const journal = new Journal()
    const input = quantiseInput({ throttle: 1, steering: 0, handbrake: false })
    const drives = Array.from({ length: 600 }, (_, seat) => drive(seat, seat, input))
    drives.forEach((each, tick) => journal.note(tick, [], [each]))
    expect(journal.entries()).toEqual(drives.map((each, tick) => ({ tick, commands: [each] })))
  })

  it('[ROOM-15] takes eight bytes for the hands of a seat in a tick, over as many pieces as it needs', () => {
    const journal = new Journal()
    const input = quantiseInput({ throttle: 1, steering: 0.25, handbrake: false })
    for (let tick = 0; tick < 2000; tick += 1)
      journal.note(tick, [], [drive(1, tick, input), drive(2, tick + 5, input), drive(3, tick, input)])
    expect(journal.bytes).toBe(2000 * (5 + 3 * 8))
    const entries = journal.entries()
    expect(entries).toHaveLength(2000)
    expect(entries.at(-1)).toEqual({
      tick: 1999,
      commands: [drive(1, 1999, input), drive(2, 2004, input), drive(3, 1999, input)],
    })
    expect(entries.map(({ tick }) => tick)).toEqual(Array.from({ length: 2000 }, (_, tick) => tick))
  })
})
