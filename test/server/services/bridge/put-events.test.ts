import { describe, expect, it } from 'vitest'

import { toEnvelope } from '../../../../shared/aws/event.ts'
import { putEvents, type PutEventsEntry } from '../../../../server/services/bridge/put-events.ts'
import { testEventPattern } from '../../../../server/services/bridge/test-event-pattern.ts'
import { after, entry, fines, open, put, refusal, SEED, START, step, value, withTargets } from './kit.ts'

const good: PutEventsEntry = { source: 'city.hall', detailType: 'Notice', detail: '{"n":1}' }
const CALL = { now: START, seed: SEED, cause: '3/1' } as const
const call = (...asked: readonly PutEventsEntry[]) => putEvents(open(), asked, CALL)

describe('PutEvents', () => {
  it('[BRIDGE-38] answers in order and lets the good ones through', () => {
    const result = value(
      call(good, { ...good, detail: '[1]' }, { detailType: 'x', detail: '{}' }, { ...good, source: 'aws.ec2' }, good),
    )
    expect(result.failedEntryCount).toBe(3)
    expect(result.answers).toEqual([
      { eventId: result.entries[0]?.eventId },
      { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' },
      {
        errorCode: 'InvalidArgument',
        errorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
      },
      { errorCode: 'NotAuthorizedForSourceException', errorMessage: 'Not authorized for the source aws.ec2.' },
      { eventId: result.entries[1]?.eventId },
    ])
    expect(result.entries).toHaveLength(2)
    expect(result.entries[0]).toMatchObject({ cause: '3/1', source: 'city.hall', detail: { n: 1 }, time: START })
  })

  it.each<readonly [string, PutEventsEntry, string]>([
    ['no detail type', { source: 's', detail: '{}' }, 'InvalidArgument'],
    ['no detail', { source: 's', detailType: 'd' }, 'InvalidArgument'],
    ['a long detail type', { ...good, detailType: 'x'.repeat(129) }, 'InvalidArgument'],
    ['detail that is no JSON', { ...good, detail: '{n:1}' }, 'MalformedDetail'],
    ['detail that is a string', { ...good, detail: '"{}"' }, 'MalformedDetail'],
    ['detail that is null', { ...good, detail: 'null' }, 'MalformedDetail'],
    [
      'detail that nests too deep',
      { ...good, detail: `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}` },
      'MalformedDetail',
    ],
  ])('[BRIDGE-38] refuses an entry with %s', (_, asked, errorCode) => {
    expect(value(call(asked)).answers).toMatchObject([{ errorCode }])
  })

  it('[BRIDGE-37] takes one to ten entries', () => {
    const tenTimes = Array.from({ length: 10 }, () => good)
    expect(value(call(...tenTimes)).failedEntryCount).toBe(0)
    expect(refusal(call(...tenTimes, good)).code).toBe('ValidationException')
    expect(refusal(call()).code).toBe('ValidationException')
  })

  it('[BRIDGE-37] counts bytes, not characters, and 14 for a time', () => {
    const size = (detail: string, changes: PutEventsEntry = {}) => call({ ...good, detail, ...changes })
    const rest = 'city.hall'.length + 'Notice'.length + '{"n":""}'.length
    const detail = (letters: number, letter = 'x') => `{"n":"${letter.repeat(letters)}"}`
    const limit = 256 * 1024
    expect(size(detail(limit - rest - 1)).ok).toBe(true)
    expect(refusal(size(detail(limit - rest))).message).toBe(
      'Total size of the entries in the request is over the limit.',
    )
    expect(size(detail(limit - rest - 1), { time: START }).ok).toBe(false)
    expect(size(detail(limit - rest - 1), { resources: ['r'] }).ok).toBe(false)
    expect(size(detail(limit / 2, 'é')).ok).toBe(false)
    expect(size(detail(limit / 4 - 20, '😀')).ok).toBe(true)
  })

  it('[BRIDGE-36] gives the ids that the events then have', () => {
    const asked = value(putEvents(withTargets(fines), [good, good], { ...CALL, hops: 3 }))
    const { events, state } = step(asked.state, 1, { entries: asked.entries })
    expect(events.map((event) => ({ eventId: event.eventId }))).toEqual(asked.answers)
    expect(new Set(events.map((event) => event.eventId)).size).toBe(2)
    expect(events.map((event) => event.hops)).toEqual([3, 3])
    expect(put(state).events[0]?.eventId).not.toBe(events[1]?.eventId)
  })

  it('[BRIDGE-40] accepts events for an unknown bus and tells of it', () => {
    const asked = value(call({ ...good, eventBusName: 'elsewhere' }, good))
    expect(asked.failedEntryCount).toBe(0)
    expect(asked.unknownBuses).toEqual(['elsewhere'])
    const rule = { name: 'all', eventPattern: '{"source":[{"prefix":""}]}', targets: [fines] }
    const { events, matches } = step(open({ rules: [rule] }), 1, { entries: asked.entries })
    expect(events.map((event) => event.eventBusName)).toEqual(['elsewhere', 'default'])
    expect(matches.map((match) => match.eventId)).toEqual([events[1]?.eventId])
  })

  it('[BRIDGE-40] knows a bus by its ARN', () => {
    const eventBusName = 'arn:aws:events:eu-west-3:111122223333:event-bus/default'
    expect(value(call({ ...good, eventBusName })).unknownBuses).toEqual([])
  })

  it('[BRIDGE-41] matches by the text of the detail', () => {
    const rule = (name: string, n: string) => ({ name, eventPattern: `{"detail":{"n":[${n}]}}`, targets: [] })
    const state = open({ rules: [rule('odd', '9007199254740993'), rule('even', '9007199254740992')] })
    const asked = value(putEvents(state, [{ ...good, detail: '{"n":9007199254740993}' }], CALL))
    expect(step(asked.state, 1, { entries: asked.entries }).matches.map((match) => match.ruleName)).toEqual(['odd'])
  })
})

describe('an accepted event', () => {
  it('[BRIDGE-36] has the whole envelope', () => {
    const { events } = put(open(), { resources: ['arn:x'], time: after(-5.5) })
    expect(events.map(toEnvelope)).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        'detail-type': 'Speeding Detected',
        source: 'city.camera',
        account: '111122223333',
        time: '2026-03-14T09:25:54Z',
        region: 'eu-west-3',
        resources: ['arn:x'],
        detail: { plate: 'AB-123-CD', speedKmh: 131 },
      },
    ])
    expect(events[0]).toMatchObject({ id: '20/1', cause: '1/1', eventBusName: 'default', hops: 0 })
  })

  it('[BRIDGE-39] of a service goes to the default bus', () => {
    const state = open({ buses: ['other'] })
    expect(put(state, { source: 'aws.config', eventBusName: 'other' }).events[0]?.eventBusName).toBe('default')
    expect(put(state, { source: 'city.hall', eventBusName: 'other' }).events[0]?.eventBusName).toBe('other')
  })
})

describe('TestEventPattern', () => {
  const event = { id: '1', account: '1', source: 's', time: 't', region: 'r', 'detail-type': 'd' }
  const ask = (eventPattern: string, eventText: string | object) =>
    testEventPattern({ eventPattern, event: typeof eventText === 'string' ? eventText : JSON.stringify(eventText) })

  it('[BRIDGE-42] answers yes or no', () => {
    expect(ask('{"source":["s"]}', event)).toEqual({ ok: true, value: { result: true } })
    expect(ask('{"source":["t"]}', event)).toEqual({ ok: true, value: { result: false } })
  })

  it('[BRIDGE-42] checks the pattern before the event', () => {
    expect(refusal(ask('{}', 'nonsense')).code).toBe('InvalidEventPatternException')
    expect(refusal(ask('{"source":["s"]}', 'nonsense'))).toMatchObject({
      code: 'ValidationException',
      message: 'Parameter Event is not valid.',
    })
    expect(refusal(ask('{"source":["s"]}', '[]')).code).toBe('ValidationException')
  })

  it('[BRIDGE-42] takes patterns of at most 4096 characters', () => {
    expect(refusal(ask(`{"source":["${'x'.repeat(4096)}"]}`, event)).code).toBe('ValidationException')
    expect(ask(`{"source":["${'x'.repeat(4000)}"]}`, event)).toMatchObject({ value: { result: false } })
  })

  it.each(Object.keys(event))('[BRIDGE-42] wants the event to have %s', (name) => {
    const { [name as 'id']: _, ...rest } = event
    expect(refusal(ask('{"source":["s"]}', rest)).message).toBe('Parameter Event is not valid.')
  })

  it('[BRIDGE-41] keeps the digits of what it tests', () => {
    const text = JSON.stringify(event).replace('}', ',"detail":{"n":9007199254740993}}')
    expect(ask('{"detail":{"n":[9007199254740992]}}', text)).toMatchObject({ value: { result: false } })
    expect(ask('{"detail":{"n":[9007199254740993]}}', text)).toMatchObject({ value: { result: true } })
  })
})

describe('entries of the city', () => {
  it('[BRIDGE-36] keep their order, and every event an id of its own', () => {
    const { events } = step(open(), 1, { entries: [entry({ source: 'a' }), entry({ source: 'b' })] })
    expect(events.map((event) => event.source)).toEqual(['a', 'b'])
    expect(events[0]?.eventId).not.toBe(events[1]?.eventId)
  })
})
