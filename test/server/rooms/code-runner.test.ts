import { setTimeout } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { hashCity } from '../../../server/city/hash.ts'
import { tick } from '../../../server/city/tick.ts'
import type { Line } from '../../../server/rooms/member.ts'
import { Room } from '../../../server/rooms/room.ts'
import type { JournalEntry } from '../../../server/rooms/journal.ts'
import type { DigestDraft, LogFileDraft } from '../../../shared/aws/log-file.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import { openManualClock } from '../../support/manual-clock.ts'
import { openWorkshop } from '../../support/workshop.ts'

const silent: Line = { isFree: () => true, stride: 1, frame: () => {}, patch: () => {}, closed: () => {} }

function openCodeRoom() {
  const clock = openManualClock()
  const journals: (readonly JournalEntry[])[] = []
  const files: LogFileDraft[] = []
  const digests: DigestDraft[] = []
  const room = new Room({
    code: 'ABCDEF',
    hostKey: 'host-key-host-key-1',
    city: openWorkshop(),
    clock,
    phaseMs: 0,
    maxSeats: 4,
    archive: {
      objects: { get: () => undefined, put: () => {}, delete: () => {}, keys: () => [] },
      publicKeys: () => [],
      deliver(drafts) {
        files.push(...drafts.files)
        digests.push(...drafts.digests)
      },
    },
    onLetters: () => {},
    onCrash: ({ journal }) => journals.push(journal),
    onClose: () => {},
  })
  room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver' }, silent)
  /** One tick, seen by the driver's screen. */
  const turn = () => {
    clock.turn(50)
    room.steer(silent, { seenTick: room.currentTick, inputs: [] })
  }
  return { room, turn, journals, files, digests }
}

/** Ticks as a room does, slowly enough for the sandbox's thread, until the code has done its work. */
async function until(turn: () => void, holds: () => boolean): Promise<void> {
  for (let n = 0; n < 1000 && !holds(); n += 1) {
    turn()
    await setTimeout(10)
  }
}

describe('a room with players’ code', () => {
  it('[ROOM-40] runs it outside the tick, and its journal makes the same city without running it again', async () => {
    const { room, turn, journals } = openCodeRoom()
    await until(turn, () => room.city.counts.inbox > 0 && room.city.counts.deadLetters > 0)
    expect(room.city.counts).toMatchObject({ inbox: 1, deadLetters: 1 })
    room.ask(silent, () => ({ kind: 'operate', act: null }) as unknown as WorldCommand)
    const played = { tick: room.city.tick, hash: hashCity(room.city) }
    turn()
    const [journal = []] = journals
    expect(journal.flatMap(({ commands }) => commands.map(({ kind }) => kind))).toContain('complete-invocation')
    const commandsAt = new Map((JSON.parse(JSON.stringify(journal)) as JournalEntry[]).map((e) => [e.tick, e.commands]))
    let replay = openWorkshop()
    while (replay.tick < played.tick) replay = tick(replay, commandsAt.get(replay.tick) ?? [])
    expect(hashCity(replay)).toBe(played.hash)
  })

  it('[ROOM-41] hands every log file and digest of its logbook to the archive', () => {
    const { room, turn, files, digests } = openCodeRoom()
    // A little more than an hour of service time: the first digest is due at the full hour.
    for (let n = 0; n < 6600; n += 1) turn()
    expect(files.length).toBeGreaterThan(0)
    expect(digests.length).toBeGreaterThan(0)
    expect(files.some(({ text }) => text.includes('StartEngine'))).toBe(true)
    room.close()
  })
})
