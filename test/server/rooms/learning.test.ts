import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { DutyAct } from '../../../shared/protocol/duty.ts'
import type { StudyAct } from '../../../shared/protocol/study.ts'
import { StreetDecoder } from '../../../shared/protocol/street-decoder.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import type { SeatView, ViewPatch } from '../../../shared/protocol/view.ts'
import type { Line } from '../../../server/rooms/member.ts'
import { Room } from '../../../server/rooms/room.ts'
import { openCity } from '../../../server/city/city.ts'
import { loadLibrary } from '../../../server/library.ts'
import { applyPatch } from '../../../client/net/view-store.ts'
import { openManualClock } from '../../support/manual-clock.ts'
import { nuageville } from '../../support/test-city.ts'

const HOST_KEY = 'host-key-host-key-1'
const library = loadLibrary()
if (!library.ok) throw new Error(library.error)
const scenario = library.value.scenarios.get('discovery') ?? expect.fail('no discovery')

/** A screen: its view as it stands, and everything that was ever sent to it. */
interface Screen {
  readonly line: Line
  readonly sent: string[]
  view(): SeatView
}

function openClass() {
  const clock = openManualClock()
  const room = new Room({
    code: 'ABCDEF',
    hostKey: HOST_KEY,
    city: openCity({ map: nuageville, scenario, seed: 7, bots: 20 }),
    clock,
    phaseMs: 0,
    maxSeats: 40,
    onLetters: () => undefined,
    onCrash: ({ message }) => expect.fail(message),
    onClose: () => undefined,
  })
  function join(role: 'driver' | 'host' | 'projector'): Screen {
    const sent: string[] = []
    const decoder = new StreetDecoder(nuageville)
    const shown: { view: SeatView | null } = { view: null }
    const line: Line = {
      stride: 1,
      isFree: () => true,
      frame(bytes, patch) {
        if (patch !== null) line.patch(patch)
        const frame = decoder.decode(bytes)
        if (frame.ok) room.steer(line, { seenTick: frame.value.tick, inputs: [] })
      },
      patch(patch: ViewPatch) {
        sent.push(JSON.stringify(patch))
        if (shown.view !== null) shown.view = applyPatch(shown.view, patch)
      },
      closed: () => undefined,
    }
    const joined = room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role, hostKey: HOST_KEY }, line)
    if (!joined.ok) return expect.fail(joined.error.code)
    shown.view = joined.value.view
    sent.push(JSON.stringify(joined.value))
    return { line, sent, view: () => shown.view ?? expect.fail('no view') }
  }
  const seconds = (count: number) => {
    clock.turn(count * 1000)
  }
  return { room, join, seconds }
}

const ask = (room: Room, { line }: Screen, act: StudyAct) => {
  const reply = room.study(line, act)
  return reply.ok ? 'done' : reply.refusal.code
}
const deskOf = (screen: Screen) => screen.view().room.seats.map(({ desk }) => desk)

describe('learning in a room', () => {
  it('[ROOM-50] shows hints and calls for help to the driver and the host, and to nobody else', () => {
    const { room, join, seconds } = openClass()
    const [pupil, peer, host, wall] = [join('driver'), join('driver'), join('host'), join('projector')]
    seconds(1)
    expect(ask(room, pupil, { do: 'hint', goal: 'read-the-camera' })).toBe('done')
    expect(ask(room, pupil, { do: 'stuck', goal: 'meet-the-centre' })).toBe('done')
    seconds(1)
    expect(pupil.view().study?.stuck).toBe('meet-the-centre')
    expect(pupil.view().study?.goals[1]?.hints).toEqual(['goal.read-the-camera.nudge'])
    expect(deskOf(host)).toMatchObject([
      { hints: 1, stuck: 'goal.meet-the-centre' },
      { hints: 0, stuck: null },
    ])
    expect(deskOf(peer)).toEqual([null, null])
    expect(peer.view().study?.goals[1]?.hints).toEqual([])
    for (const screen of [peer, wall]) expect(screen.sent.join()).not.toMatch(/nudge|"stuck":"/)
    expect(wall.view().study).toBeNull()
  })

  it('[ROOM-51] refuses what is not there, not yet, or no longer to be had', () => {
    const { room, join, seconds } = openClass()
    const [pupil, wall] = [join('driver'), join('projector')]
    seconds(1)
    const question = scenario.questions?.[0] ?? expect.fail('no question')
    const option = question.options[0]?.id ?? ''
    expect(ask(room, pupil, { do: 'walk', id: '99/1' })).toBe('unknown-id')
    expect(ask(room, pupil, { do: 'answer', question: question.id, option })).toBe('not-now')
    expect(ask(room, pupil, { do: 'hint', goal: 'no such goal' })).toBe('unknown-id')
    expect(ask(room, wall, { do: 'hint', goal: 'deliver' })).toBe('not-joined')
    expect(room.look(pupil.line, 'question', { goal: question.goal })).toMatchObject({ ok: false })
  })

  it('[ROOM-51] takes one answer, and refuses the second', () => {
    const { room, join, seconds } = openClass()
    const pupil = join('driver')
    const fines = () => [...room.city.ledger.recent.values()].flatMap(({ thing }) => (thing.kind === 'letter' ? [thing.it] : [])) // prettier-ignore
    for (let n = 0; n < 120 && fines().length === 0; n += 1) seconds(1)
    expect(ask(room, pupil, { do: 'walk', id: fines()[0]?.id ?? '0/0' })).toBe('done')
    seconds(1)
    const asked = room.look(pupil.line, 'question', { goal: 'read-the-camera' })
    expect(asked).toMatchObject({ ok: true, value: { verdict: null } })
    const question = scenario.questions?.find(({ goal }) => goal === 'read-the-camera') ?? expect.fail('no question')
    const keyed = question.options.flatMap(({ because }) => [because.en, because.fr])
    // Nothing that came so far, by whichever way, holds an explanation.
    const everything = [...pupil.sent, JSON.stringify(asked)].join()
    expect(keyed.filter((text) => everything.includes(text))).toEqual([])
    const answer = { do: 'answer', question: question.id, option: question.options[0]?.id ?? '' } as const
    expect(ask(room, pupil, answer)).toBe('done')
    seconds(1)
    expect(ask(room, pupil, { ...answer, option: question.options[1]?.id ?? '' })).toBe('taken')
    expect(room.look(pupil.line, 'question', { goal: 'read-the-camera' })).toMatchObject({
      value: { verdict: { chosen: answer.option } },
    })
  })

  it('[ROOM-52] builds no key of a room’s questions into the page, nor into the scenario that it fetches', () => {
    const assets = new URL('../../../assets/', import.meta.url)
    const built = ['scenarios', 'locales', 'maps']
      .flatMap((folder) => readdirSync(new URL(`${folder}/`, assets)).map((name) => `${folder}/${name}`))
      .map((path) => readFileSync(new URL(path, assets), 'utf8'))
      .join('')
    const texts = (scenario.questions ?? []).flatMap(({ options }) => options.map(({ because }) => because.fr))
    expect(built.length).toBeGreaterThan(1000)
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.filter((text) => built.includes(text))).toEqual([])
  })

  it('[ROOM-50] survives a lost connection: answers, hints and scores are the seat’s', () => {
    const { room, join, seconds } = openClass()
    const pupil = join('driver')
    seconds(1)
    ask(room, pupil, { do: 'hint', goal: 'deliver' })
    seconds(1)
    const token = (JSON.parse(pupil.sent[0] ?? '{}') as { seatToken: string }).seatToken
    room.leave(pupil.line)
    const back = { ...pupil.line }
    const again = room.join({ protocol: PROTOCOL_VERSION, room: 'ABCDEF', role: 'driver', seatToken: token }, back)
    expect(again).toMatchObject({ ok: true })
    if (again.ok) expect(again.value.view.study?.goals[0]?.hints).toEqual(['goal.deliver.nudge'])
  })
})

describe('posts in a room', () => {
  const disable = { do: 'DisableRule', rule: 'fine-speeders' } as const
  const operate = (room: Room, { line }: Screen, act: DutyAct) => {
    const reply = room.operate(line, act)
    return reply.ok ? 'done' : reply.refusal.code
  }

  it('[ROOM-60] are taken in the first minute, and later in a pause only', () => {
    const { room, join, seconds } = openClass()
    const [pupil, host] = [join('driver'), join('host')]
    seconds(1)
    expect(ask(room, pupil, { do: 'post', post: 'dispatcher' })).toBe('done')
    seconds(1)
    expect(pupil.view()).toMatchObject({ study: { post: 'dispatcher' }, duty: { post: 'dispatcher' } })
    expect(deskOf(host)).toMatchObject([{ post: 'dispatcher' }])
    seconds(60)
    expect(ask(room, pupil, { do: 'post', post: 'archivist' })).toBe('not-now')
    room.pause(host.line, true)
    expect(ask(room, pupil, { do: 'post', post: 'archivist' })).toBe('done')
    room.pause(host.line, false)
    seconds(4)
    expect(pupil.view().duty).toMatchObject({ post: 'archivist', trail: { isLogging: true } })
  })

  it('[ROOM-61] turn their own dials and no others', () => {
    const { room, join, seconds } = openClass()
    const [pupil, peer, wall] = [join('driver'), join('driver'), join('projector')]
    seconds(1)
    expect(operate(room, pupil, disable)).toBe('not-allowed')
    ask(room, pupil, { do: 'post', post: 'dispatcher' })
    seconds(1)
    expect(operate(room, pupil, { do: 'StopLogging' })).toBe('not-allowed')
    expect(operate(room, wall, disable)).toBe('not-joined')
    expect(operate(room, peer, disable)).toBe('not-allowed')
    expect(operate(room, pupil, disable)).toBe('done')
    seconds(1)
    expect(pupil.view().rules.find(({ ruleName }) => ruleName === 'fine-speeders')?.enabled).toBe(false)
    expect(pupil.view().logbook.at(-1)).toMatchObject({ eventName: 'DisableRule', category: 'Management' })
    expect(peer.view().duty).toBeNull()
  })
})
