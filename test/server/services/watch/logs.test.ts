import { describe, expect, it } from 'vitest'

import { deleteMetricFilter, putMetricFilter } from '../../../../server/services/watch/log-metrics.ts'
import type { MetricTransformation } from '../../../../server/services/watch/log-state.ts'
import { describeLogGroups, filterLogEvents, getLogEvents } from '../../../../server/services/watch/log-queries.ts'
import type { InputLogEvent } from '../../../../server/services/watch/logs.ts'
import {
  createLogGroup,
  createLogStream,
  deleteLogStream,
  deleteLogGroup,
  putLogEvents,
  putRetentionPolicy,
} from '../../../../server/services/watch/logs.ts'
import { getMetricStatistics } from '../../../../server/services/watch/queries.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { openWatch } from '../../../../server/services/watch/watch.ts'
import { utf8Length } from '../../../../shared/utf8.ts'
import { at, done, open, stepTo, tickAt, withAlarm } from './world.ts'

const GROUP = { logGroupName: '/city/units' }
const STREAM = { ...GROUP, logStreamName: 'unit-1' }
const withStream = (state = open(), logStreamName = 'unit-1') => {
  const made = state.logs['/city/units'] ? state : done(createLogGroup(state, GROUP, tickAt(0))).state
  return done(createLogStream(made, { ...GROUP, logStreamName }, tickAt(0))).state
}
const line = (seconds: number, message = 'a line'): InputLogEvent => ({ timestamp: at(seconds), message })
const put = (state: WatchState, logEvents: readonly InputLogEvent[], seconds = 100, logStreamName = 'unit-1') =>
  putLogEvents(state, { ...STREAM, logStreamName, logEvents }, tickAt(seconds))
const log = (state: WatchState, logEvents: readonly InputLogEvent[], seconds = 100, stream?: string) =>
  done(put(state, logEvents, seconds, stream)).state
const messages = (state: WatchState, input: object = {}) =>
  done(filterLogEvents(state, { ...GROUP, ...input })).events.map(({ message }) => message)
const refusal = (answer: { ok: boolean }) => answer as { ok: false; error: { code: string; field?: string } }

describe('putLogEvents', () => {
  it('[WATCH-85] takes a batch and numbers its events', () => {
    const state = log(withStream(), [line(1, 'first'), line(2, 'second')])
    expect(state.logs['/city/units']?.events).toMatchObject([
      { id: '00000000000000000000', stream: 'unit-1', timestamp: at(1), ingestedAt: at(100), message: 'first' },
      { id: '00000000000000000001', stream: 'unit-1', timestamp: at(2), message: 'second' },
    ])
    expect(state.logs['/city/units']?.streams['unit-1']?.lastEventAt).toBe(at(2))
  })

  const many = (count: number, message = 'x') => Array.from({ length: count }, () => line(1, message))
  it.each<[string, InputLogEvent[], boolean]>([
    ['nothing', [], false],
    ['10 000 events', many(10_000), true],
    ['10 001 events', many(10_001), false],
    ['1 MB', many(4, 'x'.repeat(262_118)), true],
    ['a byte more', [...many(3, 'x'.repeat(262_118)), line(1, 'x'.repeat(262_119))], false],
    ['1 MB of accents', many(4, 'é'.repeat(131_060)), false],
    ['an empty message', [line(1, '')], false],
    ['the wrong order', [line(2), line(1)], false],
    ['one moment', [line(2), line(2)], true],
    ['24 hours', [line(-86_400), line(0)], true],
    ['more than 24 hours', [line(-86_401), line(0)], false],
  ])('[WATCH-85] a batch of %s', (_, events, isTaken) => {
    expect(put(withStream(), events).ok).toBe(isTaken)
  })

  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 2],
    ['€', 3],
    ['🚓', 4],
  ])('[WATCH-85] counts %j as %i bytes', (text, bytes) => {
    expect(utf8Length(text)).toBe(bytes)
  })

  it('[WATCH-85] needs a group and a stream', () => {
    expect(refusal(put(open(), [line(1)])).error.code).toBe('ResourceNotFoundException')
    expect(refusal(put(withStream(), [line(1)], 1, 'unit-9')).error.code).toBe('ResourceNotFoundException')
  })

  const DAY = 86_400
  it('[WATCH-101] forgets a stream with its events, and only that one', () => {
    const { state } = done(put(withStream(), [line(1)]))
    const gone = done(deleteLogStream(state, STREAM)).state
    expect(gone.logs['/city/units']).toMatchObject({ streams: {}, events: [], received: 1 })
    expect(refusal(deleteLogStream(gone, STREAM)).error.code).toBe('ResourceNotFoundException')
    expect(refusal(deleteLogStream(gone, { ...STREAM, logGroupName: '/none' })).error.code).toBe(
      'ResourceNotFoundException',
    )
    expect(done(createLogStream(gone, STREAM, tickAt(2))).state.logs['/city/units']?.streams).toHaveProperty(
      STREAM.logStreamName,
    )
  })

  it('[WATCH-86] leaves out what is too new, and tells where it begins', () => {
    const answer = done(put(withStream(), [line(100), line(7300), line(7301)]))
    expect(answer.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 2 })
    expect(answer.state.logs['/city/units']?.events).toHaveLength(2)
  })

  it('[WATCH-86] leaves out what is too old, and tells where it ends', () => {
    const answer = done(put(withStream(), [line(99 - 14 * DAY), line(100 - 14 * DAY)]))
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
    expect(answer.state.logs['/city/units']?.events).toHaveLength(1)
  })

  it('[WATCH-86] leaves out what the group’s retention has let go', () => {
    const kept = done(putRetentionPolicy(withStream(), { ...GROUP, retentionInDays: 1 })).state
    const answer = done(put(kept, [line(99 - DAY), line(100 - DAY)]))
    expect(answer.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
  })

  it('[WATCH-86] says nothing when all are taken', () => {
    expect(done(put(withStream(), [line(1)]))).not.toHaveProperty('rejectedLogEventsInfo')
  })
})

describe('reading logs', () => {
  const two = () => {
    const state = withStream(withStream(), 'unit-2')
    return log(
      log(state, [line(10, 'a ERROR'), line(30, 'c')]),
      [line(20, 'b ERROR'), line(30, 'd ERROR')],
      101,
      'unit-2',
    )
  }

  it('[WATCH-93] answers in time order over all streams', () => {
    expect(messages(two())).toEqual(['a ERROR', 'b ERROR', 'c', 'd ERROR'])
  })

  it.each([
    [{ filterPattern: 'ERROR' }, ['a ERROR', 'b ERROR', 'd ERROR']],
    [{ startTime: at(20) }, ['b ERROR', 'c', 'd ERROR']],
    [{ endTime: at(20) }, ['a ERROR']],
    [{ logStreamNames: ['unit-1'] }, ['a ERROR', 'c']],
    [{ limit: 1 }, ['a ERROR']],
    [{ limit: 1, nextToken: '1' }, ['b ERROR']],
  ])('[WATCH-93] finds %j', (input, expected) => {
    expect(messages(two(), input)).toEqual(expected)
  })

  it('[WATCH-93] refuses unknown groups, bad patterns and odd tokens', () => {
    expect(refusal(filterLogEvents(two(), { logGroupName: 'none' })).error.code).toBe('ResourceNotFoundException')
    expect(refusal(filterLogEvents(two(), { ...GROUP, filterPattern: '{' })).error.field).toBe('filterPattern')
    expect(refusal(filterLogEvents(two(), { ...GROUP, nextToken: 'x' })).error.code).toBe('InvalidNextToken')
  })

  it('[WATCH-93] reads the newest events of one stream', () => {
    const read = (input: object) =>
      done(getLogEvents(two(), { ...STREAM, ...input })).events.map(({ message }) => message)
    expect(read({})).toEqual(['a ERROR', 'c'])
    expect(read({ limit: 1 })).toEqual(['c'])
    expect(read({ startTime: at(11), endTime: at(30) })).toEqual([])
    expect(read({ startTime: at(10), endTime: at(11) })).toEqual(['a ERROR'])
    expect(refusal(getLogEvents(two(), { ...GROUP, logStreamName: 'x' })).error.code).toBe('ResourceNotFoundException')
    expect(refusal(getLogEvents(two(), { ...STREAM, logGroupName: 'x' })).error.code).toBe('ResourceNotFoundException')
  })
})

describe('groups and streams', () => {
  it('[WATCH-94] are made once', () => {
    const state = withStream()
    expect(refusal(createLogGroup(state, GROUP, tickAt(1))).error.code).toBe('ResourceAlreadyExistsException')
    expect(refusal(createLogStream(state, STREAM, tickAt(1))).error.code).toBe('ResourceAlreadyExistsException')
  })

  it.each(['', 'a b', 'a:b', 'é', 'aws/lambda/x', 'x'.repeat(513)])(
    '[WATCH-94] refuses the group name %j',
    (logGroupName) => {
      expect(refusal(createLogGroup(open(), { logGroupName }, tickAt(1))).error.code).toBe('InvalidParameterException')
    },
  )

  it.each(['', 'a:b', 'a*'])('[WATCH-94] refuses the stream name %j', (logStreamName) => {
    expect(createLogStream(withStream(), { ...GROUP, logStreamName }, tickAt(1)).ok).toBe(false)
  })

  it('[WATCH-94] needs a group for a stream or a retention', () => {
    expect(refusal(createLogStream(open(), STREAM, tickAt(1))).error.code).toBe('ResourceNotFoundException')
    expect(refusal(putRetentionPolicy(open(), { ...GROUP, retentionInDays: 1 })).error.code).toBe(
      'ResourceNotFoundException',
    )
    expect(refusal(deleteLogGroup(open(), GROUP)).error.code).toBe('ResourceNotFoundException')
  })

  it('[WATCH-94] keeps events for one of AWS’s numbers of days', () => {
    const DAY = 86_400
    const kept = done(putRetentionPolicy(withStream(), { ...GROUP, retentionInDays: 3 })).state
    const later = log(log(kept, [line(0, 'old')], 0), [line(3 * DAY + 1, 'new')], 3 * DAY + 1)
    expect(messages(later)).toEqual(['new'])
    expect(putRetentionPolicy(kept, { ...GROUP, retentionInDays: 2 }).ok).toBe(false)
  })

  it('[WATCH-94] keeps no more events than the city allows', () => {
    const small = openWatch({ now: at(0), logEvents: 3 })
    expect(
      messages(
        log(
          withStream(small),
          ['a', 'b', 'c', 'd', 'e'].map((text) => line(1, text)),
        ),
      ),
    ).toEqual(['c', 'd', 'e'])
  })

  it('[WATCH-94] lists groups by name and deletes them', () => {
    const state = done(createLogGroup(withStream(), { logGroupName: '/aws/lambda/issue-fine' }, tickAt(1))).state
    expect(describeLogGroups(state).map(({ name }) => name)).toEqual(['/aws/lambda/issue-fine', '/city/units'])
    expect(describeLogGroups(state, '/city')).toHaveLength(1)
    expect(describeLogGroups(done(deleteLogGroup(state, GROUP)).state)).toHaveLength(1)
  })
})

describe('metric filters', () => {
  const transformation = (changes: Partial<MetricTransformation> = {}): MetricTransformation => ({
    metricName: 'Crashes',
    metricNamespace: 'City/Logs',
    metricValue: '1',
    ...changes,
  })
  const filter = (state: WatchState, filterPattern: string, changes: Partial<MetricTransformation> = {}) =>
    putMetricFilter(
      state,
      { ...GROUP, filterName: 'crashes', filterPattern, metricTransformations: [transformation(changes)] },
      tickAt(50),
    )
  const read = (state: WatchState, Dimensions: { Name: string; Value: string }[] = []) =>
    done(
      getMetricStatistics(state, {
        Namespace: 'City/Logs',
        MetricName: 'Crashes',
        Dimensions,
        StartTime: at(0),
        EndTime: at(600),
        Period: 60,
        Statistics: ['SampleCount', 'Sum'],
      }),
    ).Datapoints.map(({ Timestamp, values }) => [(Timestamp - at(0)) / 1000, values['SampleCount'], values['Sum']])

  it('[WATCH-90] counts what matches, in the minute in which it was logged', () => {
    const state = done(filter(withStream(), 'CRASH')).state
    expect(read(log(state, [line(60, 'CRASH'), line(61, 'fine'), line(70, 'CRASH')]))).toEqual([[60, 2, 2]])
  })

  it('[WATCH-90] does not see what was logged before', () => {
    const before = log(withStream(), [line(40, 'CRASH')], 45)
    expect(read(done(filter(before, 'CRASH')).state)).toEqual([])
  })

  it('[WATCH-90] takes its value from the event', () => {
    const state = done(filter(withStream(), '{ $.speed > 110 }', { metricValue: '$.speed' })).state
    const events = [line(60, '{"speed": 131}'), line(61, '{"speed": 90}'), line(62, '{"speed": "120"}')]
    expect(read(log(state, events))).toEqual([[60, 2, 251]])
  })

  it('[WATCH-90] takes its value from a field of the line', () => {
    const state = done(filter(withStream(), '[what, speed > 110]', { metricValue: '$speed' })).state
    expect(read(log(state, [line(60, 'pass 131'), line(61, 'pass 90')]))).toEqual([[60, 1, 131]])
  })

  it('[WATCH-90] counts nothing when the value is no number', () => {
    const state = done(filter(withStream(), '{ $.plate = * }', { metricValue: '$.plate' })).state
    expect(read(log(state, [line(60, '{"plate": "FR-042"}')]))).toEqual([])
  })

  it('[WATCH-90] takes dimensions from the event, and nothing without them', () => {
    const state = done(filter(withStream(), '{ $.crash IS TRUE }', { dimensions: { Camera: '$.camera' } })).state
    const events = [line(60, '{"crash": true, "camera": "A7"}'), line(61, '{"crash": true}')]
    expect(read(log(state, events), [{ Name: 'Camera', Value: 'A7' }])).toEqual([[60, 1, 1]])
    expect(read(log(state, events))).toEqual([])
  })

  it('[WATCH-91] reports its default value for what does not match', () => {
    const state = done(filter(withStream(), 'CRASH', { defaultValue: 0 })).state
    expect(read(log(state, [line(60, 'fine'), line(61, 'CRASH')]))).toEqual([[60, 2, 1]])
  })

  it.each([
    [{ dimensions: { Camera: '$.camera' }, defaultValue: 0 }, 'defaultValue'],
    [{ dimensions: { a: '$.a', b: '$.b', c: '$.c', d: '$.d' } }, 'dimensions'],
    [{ metricNamespace: 'AWS/Lambda' }, 'metricNamespace'],
    [{ metricValue: 'speed' }, 'metricValue'],
  ])('[WATCH-91] refuses %j', (changes, field) => {
    expect(refusal(filter(withStream(), '', changes)).error).toMatchObject({ code: 'InvalidParameterException', field })
  })

  it('[WATCH-90] refuses a pattern that cannot be read, a bad name, two transformations, and an unknown group', () => {
    expect(refusal(filter(withStream(), '{ $.a }')).error.field).toBe('filterPattern')
    expect(refusal(filter(open(), '')).error.code).toBe('ResourceNotFoundException')
    const input = { ...GROUP, filterName: 'a:b', filterPattern: '', metricTransformations: [transformation()] }
    expect(refusal(putMetricFilter(withStream(), input, tickAt(1))).error.field).toBe('filterName')
    const twice = { ...input, filterName: 'a', metricTransformations: [transformation(), transformation()] }
    expect(refusal(putMetricFilter(withStream(), twice, tickAt(1))).error.field).toBe('metricTransformations')
  })

  it('[WATCH-90] has 100 filters a group at most, and replaces by name', () => {
    let state = withStream()
    const named = (index: number) => ({
      ...GROUP,
      filterName: `f${index}`,
      filterPattern: '',
      metricTransformations: [transformation()],
    })
    for (let i = 0; i < 100; i += 1) state = done(putMetricFilter(state, named(i), tickAt(1))).state
    expect(putMetricFilter(state, named(7), tickAt(1)).ok).toBe(true)
    expect(refusal(putMetricFilter(state, named(100), tickAt(1))).error.code).toBe('LimitExceededException')
  })

  it('[WATCH-90] is deleted, and its metric stays', () => {
    const counted = log(done(filter(withStream(), 'CRASH')).state, [line(60, 'CRASH')])
    const { state } = done(deleteMetricFilter(counted, { ...GROUP, filterName: 'crashes' }))
    expect(read(log(state, [line(130, 'CRASH')], 130))).toEqual([[60, 1, 1]])
    expect(deleteMetricFilter(state, { ...GROUP, filterName: 'crashes' }).ok).toBe(false)
  })

  it('[WATCH-92] raises an alarm, which names who logged', () => {
    const changes = { Namespace: 'City/Logs', MetricName: 'Crashes', Dimensions: [], Statistic: 'Sum', Threshold: 0 }
    const watched = withAlarm(done(filter(withStream(), 'CRASH')).state, changes, 50)
    expect(stepTo(log(watched, [line(61, 'CRASH')], 62), 120).changes).toMatchObject([{ to: 'ALARM', cause: '62/1' }])
  })
})
