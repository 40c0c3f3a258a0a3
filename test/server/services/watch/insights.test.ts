import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { runInsights } from '../../../../server/services/watch/insights.ts'
import { createLogGroup, createLogStream, putLogEvents } from '../../../../server/services/watch/logs.ts'
import { at, done, open, tickAt } from './world.ts'

const STREAM = { logGroupName: '/city/passes', logStreamName: 'A7' }
const PASSES = [
  [10, { camera: 'A7', plate: 'FR-042', speed: 131, car: { kind: 'sport' } }],
  [70, { camera: 'A7', plate: 'FR-007', speed: 90, car: { kind: 'bus' } }],
  [80, { camera: 'B2', plate: 'FR-042', speed: 105 }],
  [150, { camera: 'B2', plate: 'FR-100', speed: '120' }],
] as const

const town = () => {
  let state = done(createLogGroup(open(), STREAM, tickAt(0))).state
  state = done(createLogStream(state, STREAM, tickAt(0))).state
  const logEvents = [
    ...PASSES.map(([seconds, pass]) => ({ timestamp: at(seconds), message: JSON.stringify(pass) })),
    { timestamp: at(200), message: 'ERROR lens dirty' },
  ]
  return done(putLogEvents(state, { ...STREAM, logEvents }, tickAt(300))).state
}
const run = (queryString: string, input: object = {}) =>
  runInsights(town(), {
    logGroupNames: ['/city/passes'],
    queryString,
    startTime: at(0),
    endTime: at(600),
    ...input,
  })
const rows = (query: string, input?: object) => done(run(query, input)).results
const plates = (query: string) => rows(`fields plate | ${query}`).map((row) => row['plate'])

describe('runInsights', () => {
  it('[WATCH-95] shows time and message unless told otherwise, newest first', () => {
    const [first] = rows('limit 1')
    expect(first).toEqual({ '@timestamp': at(200), '@message': 'ERROR lens dirty' })
  })

  it('[WATCH-95] shows the fields that are asked for, under the names that are asked for', () => {
    expect(rows('fields plate as car, speed, car.kind | filter speed = 131')).toEqual([
      { car: 'FR-042', speed: 131, 'car.kind': 'sport' },
    ])
    expect(rows('fields @logStream, @log, plate | display @log | limit 1')).toEqual([{ '@log': '/city/passes' }])
  })

  it.each([
    ['filter speed > 110', ['FR-100', 'FR-042']],
    ['filter speed >= 131', ['FR-042']],
    ['filter speed < 100', ['FR-007']],
    ['filter speed <= 105', ['FR-042', 'FR-007']],
    ['filter speed = 120', ['FR-100']],
    ["filter camera = 'A7'", ['FR-007', 'FR-042']],
    ['filter camera != "A7" and ispresent(plate)', ['FR-100', 'FR-042']],
    ['filter camera = "A7" and speed > 110', ['FR-042']],
    ['filter camera = "A7" or speed > 110', ['FR-100', 'FR-007', 'FR-042']],
    ['filter speed > 200 or camera = "A7" and speed < 100', ['FR-007']],
    ['filter (speed > 200 or camera = "A7") and speed > 100', ['FR-042']],
    ['filter not speed > 110 and ispresent(speed)', ['FR-042', 'FR-007']],
    ['filter plate in ["FR-007", "FR-100"]', ['FR-100', 'FR-007']],
    ['filter plate not in ["FR-042"] and ispresent(plate)', ['FR-100', 'FR-007']],
    ['filter plate like "007"', ['FR-007']],
    ['filter plate like /fr-0/i', ['FR-042', 'FR-007', 'FR-042']],
    ['filter plate not like /FR-0/ and ispresent(plate)', ['FR-100']],
    ['filter @message like /ERROR/ | limit 5', [null]],
    ['filter car.kind = "bus"', ['FR-007']],
    ['FILTER speed > 130', ['FR-042']],
  ])('[WATCH-95] %s', (query, expected) => {
    expect(plates(query)).toEqual(expected)
  })

  it.each([
    ['sort speed desc | limit 2', ['FR-042', 'FR-100']],
    ['filter ispresent(speed) | sort speed asc', ['FR-007', 'FR-042', 'FR-100', 'FR-042']],
    ['filter ispresent(plate) | sort plate | limit 2', ['FR-007', 'FR-042']],
    ['sort @timestamp | limit 1', ['FR-042']],
  ])('[WATCH-95] %s', (query, expected) => {
    expect(plates(query)).toEqual(expected)
  })

  it.each([
    ['count(*)', 5],
    ['count()', 5],
    ['count(speed)', 4],
    ['count_distinct(plate)', 3],
    ['sum(speed)', 446],
    ['avg(speed)', 111.5],
    ['min(speed)', 90],
    ['max(speed)', 131],
    ['pct(speed, 50)', 105],
    ['pct(speed, 100)', 131],
    ['earliest(plate)', 'FR-042'],
    ['latest(plate)', 'FR-100'],
    ['avg(nothing)', null],
  ])('[WATCH-95] stats %s', (aggregate, expected) => {
    expect(rows(`stats ${aggregate} as n`)).toEqual([{ n: expected }])
  })

  it('[WATCH-95] groups by fields and time', () => {
    expect(rows('filter ispresent(camera) | stats count(*) as n, max(speed) by camera | sort camera')).toEqual([
      { camera: 'A7', n: 2, 'max(speed)': 131 },
      { camera: 'B2', n: 2, 'max(speed)': 120 },
    ])
    expect(rows('filter ispresent(speed) | stats count(*) as n by bin(1m) as minute | sort minute')).toEqual([
      { minute: at(0), n: 1 },
      { minute: at(60), n: 2 },
      { minute: at(120), n: 1 },
    ])
  })

  it('[WATCH-95] counts to nought when nothing matches', () => {
    expect(rows('filter speed > 500 | stats count(*) as n')).toEqual([{ n: 0 }])
    expect(rows('filter speed > 500 | stats count(*) as n by camera')).toEqual([])
  })

  it('[WATCH-95] keeps to the time range and to the limit', () => {
    expect(rows('fields @message', { startTime: at(70), endTime: at(80) })).toHaveLength(1)
    expect(rows('fields @message', { limit: 2 })).toHaveLength(2)
    expect(rows('fields @message | limit 10000')).toHaveLength(5)
    expect(done(run('filter speed > 110')).statistics).toEqual({ recordsScanned: 5, recordsMatched: 2 })
  })

  it.each([
    '', 'show me', 'fields', 'fields 7', 'filter', 'filter speed', 'filter speed >', 'filter speed > fast', 'filter speed ~ 1',
    'filter (speed > 1', 'filter speed like', 'filter plate like /FR.*(0+)+/', 'filter plate in "x"', 'filter plate in [1',
    'stats', 'stats median(speed)', 'stats count(*', 'stats pct(speed)', 'stats pct(speed, 101)', 'stats count(*) by bin(5x)',
    'limit', 'limit 0', 'limit 1.5', 'limit 10001', 'sort', 'fields plate |', 'fields plate limit 1', 'fields `', 'fields plate ~',
    `filter ${'not '.repeat(70)} speed = 1`, `limit 1 ${' '.repeat(10_000)}`,
  ])('[WATCH-96] refuses %j', (query) => {
    expect(run(query)).toMatchObject({ ok: false, error: { code: 'MalformedQueryException', field: 'queryString' } })
  }) // prettier-ignore

  it('[WATCH-96] refuses a group that does not exist', () => {
    expect(run('limit 1', { logGroupNames: ['none'] })).toMatchObject({ error: { code: 'ResourceNotFoundException' } })
  })

  it('[WATCH-96] never throws, whatever is written', () => {
    const words = [
      'fields',
      'filter',
      'stats',
      'sort',
      'limit',
      'by',
      'bin(',
      '5m',
      ')',
      '(',
      'speed',
      '>',
      '1',
      '|',
      ',',
      'not',
      '"a"',
      '/a/',
      '`',
      'in',
      '[',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), (query) => {
        expect(run(query.join(' '))).toHaveProperty('ok')
      }),
    )
  })
})
