import { describe, expect, it } from 'vitest'

import { runInsights } from '../../../../server/services/watch/insights.ts'
import { createLogGroup, createLogStream, putLogEvents } from '../../../../server/services/watch/logs.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { at, done, open, tickAt } from './world.ts'

const LINES: Readonly<Record<string, readonly (readonly [seconds: number, message: string])[]>> = {
  '/city/gates': [
    [10, 'gate=north plate=FR-042 took 120 ms'],
    [20, 'gate=south plate=FR-007 took 80 ms'],
    [30, 'gate=north plate=FR-100 took 80 ms'],
    [40, 'gate closed'],
    [50, 'gate=north plate=FR-042 took 200 ms'],
  ],
  '/city/signs': [
    [15, '{"sign":"stop","street":"A","level":2}'],
    [25, '{"sign":"yield","street":"B","level":10}'],
    [35, '{"sign":"stop","street":"B"}'],
    [45, '{"sign":"stop","street":"A","level":1}'],
  ],
}

function town(): WatchState {
  return Object.entries(LINES).reduce((state, [logGroupName, lines]) => {
    const stream = { logGroupName, logStreamName: 's' }
    const made = done(createLogStream(done(createLogGroup(state, stream, tickAt(0))).state, stream, tickAt(0))).state
    const logEvents = lines.map(([seconds, message]) => ({ timestamp: at(seconds), message }))
    return done(putLogEvents(made, { ...stream, logEvents }, tickAt(100))).state
  }, open())
}

const ask = (queryString: string, ...logGroupNames: readonly string[]) =>
  runInsights(town(), { logGroupNames, queryString, startTime: at(0), endTime: at(600) })
/** The values of a query's rows, joined by slashes. */
const table = (query: string, ...groups: readonly string[]) =>
  done(ask(query, ...groups)).results.map((row) => Object.values(row).join('/'))
const gates = (query: string) => table(query, '/city/gates')
const signs = (query: string) => table(query, '/city/signs')

describe('parse', () => {
  it.each<[string, readonly string[]]>([
    [
      'parse @message "gate=* plate=* took * ms" as gate, plate, ms | display gate, plate, ms',
      ['north/FR-042/200', '//', 'north/FR-100/80', 'south/FR-007/80', 'north/FR-042/120'],
    ],
    ['parse "gate=* " as gate | display gate', ['north', '', 'north', 'south', 'north']],
    ['parse "plate=*" as rest | display rest | limit 1', ['FR-042 took 200 ms']],
    ['parse "* took" as before | display before | limit 1', ['gate=north plate=FR-042']],
    ['parse "*" as all | filter all like /closed/ | display all', ['gate closed']],
    ["parse 'took * ms' as ms | filter ms > 100 | display ms", ['200', '120']],
    ['parse @message "gate=*" as rest | parse rest "* plate" as gate | display gate | limit 1', ['north']],
    [
      'parse @message "plate=* took * ms" as plate, ms | stats max(ms) as most by plate | sort plate',
      ['/', 'FR-007/80', 'FR-042/200', 'FR-100/80'],
    ],
  ])('[WATCH-108] %s', (query, expected) => {
    expect(gates(query)).toEqual(expected)
  })

  it('[WATCH-108] finds nothing in what is of another form, or is not there', () => {
    expect(gates('parse "speed=*" as speed | stats count(speed) as n')).toEqual(['0'])
    expect(gates('parse nothing "a*" as b | stats count(b) as n')).toEqual(['0'])
    expect(gates('parse "took * s" as ms | stats count(ms) as n')).toEqual(['0'])
  })

  it.each([
    'parse',
    'parse @message',
    'parse @message as a',
    'parse "*"',
    'parse "*" as',
    'parse "*" as a, b',
    'parse "* *" as a',
    'parse "none" as a',
    'parse @message gate as a',
    'parse @message /gate/ as a',
  ])('[WATCH-96] refuses %s', (query) => {
    expect(ask(query, '/city/gates')).toMatchObject({ ok: false, error: { code: 'MalformedQueryException' } })
  })
})

describe('dedup', () => {
  it.each<[string, readonly string[]]>([
    ['fields sign, street | dedup sign', ['stop/A', 'yield/B']],
    ['fields sign, street | dedup sign, street', ['stop/A', 'stop/B', 'yield/B']],
    ['fields sign, street | sort @timestamp | dedup street', ['stop/A', 'yield/B']],
    ['fields sign, street, level | sort level desc | dedup street', ['yield/B/10', 'stop/A/2']],
    ['fields street | dedup street | limit 1', ['A']],
    // What lacks the field is nobody's twin.
    ['fields street, level | dedup level | limit 10', ['A/1', 'B/', 'B/10', 'A/2']],
    ['fields street | dedup nothing', ['A', 'B', 'B', 'A']],
  ])('[WATCH-108] %s', (query, expected) => {
    expect(signs(query)).toEqual(expected)
  })

  it.each([
    'dedup',
    'dedup 7',
    'dedup street |',
    'dedup street | sort street',
    'dedup street | fields sign',
    'dedup a b',
  ])('[WATCH-96] refuses %s', (query) => {
    expect(ask(query, '/city/signs')).toMatchObject({ ok: false, error: { code: 'MalformedQueryException' } })
  })
})

describe('sort', () => {
  it.each<[string, readonly string[]]>([
    ['fields sign, street, level | sort sign, street desc', ['stop/B/', 'stop/A/1', 'stop/A/2', 'yield/B/10']],
    ['fields sign, street, level | sort sign desc, level desc', ['yield/B/10', 'stop/A/2', 'stop/A/1', 'stop/B/']],
    ['fields level | sort level', ['', '1', '2', '10']],
    ['fields level | sort level desc', ['10', '2', '1', '']],
    // Rows alike stay as they were: newest first.
    ['fields street, level | sort street', ['A/1', 'A/2', 'B/', 'B/10']],
  ])('[WATCH-108] %s', (query, expected) => {
    expect(signs(query)).toEqual(expected)
  })

  it.each(['sort street,', 'sort ,street', 'sort street up', 'sort street desc asc'])(
    '[WATCH-96] refuses %s',
    (query) => {
      expect(ask(query, '/city/signs')).toMatchObject({ ok: false, error: { code: 'MalformedQueryException' } })
    },
  )
})

describe('comments and groups', () => {
  it.each([
    'fields level # | limit 1\n| filter sign = "yield"',
    '# which signs?\nfields level | filter sign = "yield" # yield | nothing',
    'fields level\n#\n| filter sign =~ /yield/',
    'fields level | filter sign = "yield"#',
  ])('[WATCH-108] passes over the comments of %j', (query) => {
    expect(signs(query)).toEqual(['10'])
  })

  it('[WATCH-108] does not take a # in a text for a comment', () => {
    expect(signs('fields level | filter sign = "#"')).toEqual([])
    expect(ask('fields level | filter sign = # "yield"', '/city/signs').ok).toBe(false)
    expect(ask('# nothing else', '/city/signs').ok).toBe(false)
  })

  it('[WATCH-95] puts the events of several groups in order, newest first', () => {
    const seconds = done(ask('fields @timestamp', '/city/gates', '/city/signs')).results.map(
      (row) => (Number(row['@timestamp']) - at(0)) / 1000,
    )
    expect(seconds).toEqual([50, 45, 40, 35, 30, 25, 20, 15, 10])
    expect(table('stats count(*) as n by @log | sort @log', '/city/gates', '/city/signs')).toEqual([
      '/city/gates/5',
      '/city/signs/4',
    ])
  })
})
