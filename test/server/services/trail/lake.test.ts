import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { EVENT_DATA_STORE, getQueryResults, startQuery } from '../../../../server/services/trail/lake.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import type { TrailRun } from '../../../support/trail-run.ts'
import { apiCall, at, HOUR, manoeuvre, MINUTE, NORTH, openTrailRun, SECOND } from '../../../support/trail-run.ts'

const call = (eventName: string, second: number, changes: Partial<ApiCall> = {}) =>
  apiCall({ eventName, eventTime: at(second * SECOND), ...changes })
const by = (userName: string) => ({ principal: { type: 'IAMUser', userName } }) as const

const CALLS = [
  call('SetSpeedLimit', 1, { ...by('lea'), requestParameters: { roadId: 'quai', limitKmh: 30 } }),
  call('SetSpeedLimit', 2, { ...by('max'), requestParameters: { roadId: 'pont', limitKmh: 50 } }),
  call('CloseRoad', 3, { ...by('max'), awsRegion: NORTH, errorCode: 'AccessDenied', errorMessage: "it's closed" }),
  call('GetSpeedLimit', 4, { ...by('zoe'), readOnly: true }),
  call('SetSpeedLimit', 5, { ...by('lea'), requestParameters: { roadId: 'gare', limitKmh: 110 } }),
  manoeuvre('FR-042', { eventTime: at(6 * SECOND) }),
]

function opened(): TrailRun {
  const run = openTrailRun({ regions: ['eu-west-3', NORTH] })
  for (const one of CALLS) run.step(one.eventTime - at(0), [one])
  run.step(2 * MINUTE)
  return run
}

const select = (columns: string, rest = '') => `SELECT ${columns} FROM ${EVENT_DATA_STORE} ${rest}`

/** The rows of a query, each as a list of values. */
function rows(columns: string, rest = '', run = opened()): string[][] {
  const { QueryId } = run.ask(startQuery, { QueryStatement: select(columns, rest) })
  const { QueryResultRows, QueryStatus } = run.ask(getQueryResults, { QueryId })
  expect(QueryStatus).toBe('FINISHED')
  return QueryResultRows.map((row) => row.flatMap((pair) => Object.values(pair)))
}

const names = (where: string) => rows('eventName', `WHERE ${where} ORDER BY eventTime`).flat()

describe('conditions', () => {
  it.each([
    ["eventName = 'CloseRoad'", ['CloseRoad']],
    ["eventName <> 'SetSpeedLimit'", ['CloseRoad', 'GetSpeedLimit']],
    ["eventName != 'SetSpeedLimit'", ['CloseRoad', 'GetSpeedLimit']],
    ["'CloseRoad' = eventName", ['CloseRoad']],
    ["eventName LIKE '%SpeedLimit' AND readOnly = true", ['GetSpeedLimit']],
    ["eventName LIKE '_etSpeed%'", ['SetSpeedLimit', 'SetSpeedLimit', 'GetSpeedLimit', 'SetSpeedLimit']],
    ["eventName NOT LIKE '%t'", ['CloseRoad']],
    ["eventName IN ('CloseRoad', 'GetSpeedLimit')", ['CloseRoad', 'GetSpeedLimit']],
    ["eventName NOT IN ('CloseRoad', 'GetSpeedLimit')", ['SetSpeedLimit', 'SetSpeedLimit', 'SetSpeedLimit']],
    ["errorMessage = 'it''s closed'", ['CloseRoad']],
    ['errorCode IS NOT NULL', ['CloseRoad']],
    ["errorCode IS NULL AND awsRegion = 'eu-west-3' AND readOnly = true", ['GetSpeedLimit']],
    ["userIdentity.userName = 'zoe'", ['GetSpeedLimit']],
    ["NOT (userIdentity.userName = 'lea' OR userIdentity.userName = 'max')", ['GetSpeedLimit']],
    [
      "userIdentity.userName = 'max' OR userIdentity.userName = 'zoe' AND readOnly = false",
      ['SetSpeedLimit', 'CloseRoad'],
    ],
  ])('[TRAIL-69] %s', (where, expected) => {
    expect(names(where)).toEqual(expected)
  })

  it('[TRAIL-69] compares numbers by their value, not as texts', () => {
    const limits = rows('requestParameters.limitKmh', 'WHERE requestParameters.limitKmh >= 50 ORDER BY 1').flat()
    expect(limits).toEqual(['50', '50', '50', '110'])
  })

  it('[TRAIL-69] compares times however they are written, bounds included', () => {
    const between = (from: string, to: string) => names(`eventTime BETWEEN '${from}' AND '${to}'`)
    expect(between('2026-03-14 08:00:02', '2026-03-14 08:00:03')).toEqual(['SetSpeedLimit', 'CloseRoad'])
    expect(between('2026-03-14T08:00:02Z', '2026-03-14T08:00:03.000Z')).toEqual(['SetSpeedLimit', 'CloseRoad'])
    expect(names("eventTime > '2026-03-14 08:00:04'")).toEqual(['SetSpeedLimit'])
  })

  it.each([
    "errorCode = 'x'",
    "NOT errorCode = 'x'",
    "errorCode <> 'x'",
    "errorCode NOT IN ('x')",
    "errorCode NOT LIKE 'x'",
    "NOT (errorCode = 'x' AND eventName = 'GetSpeedLimit')",
  ])('[TRAIL-70] knows nothing of what is not there: %s', (where) => {
    expect(names(`${where} AND eventName = 'GetSpeedLimit'`)).toEqual([])
  })

  it('[TRAIL-70] knows enough where the other side decides', () => {
    expect(
      names("(errorCode = 'x' OR eventName = 'GetSpeedLimit') AND NOT (errorCode = 'x' AND readOnly = false)"),
    ).toEqual(['GetSpeedLimit'])
  })
})

describe('rows and groups', () => {
  it('[TRAIL-71] shows columns under their names, all values as text, and the whole record for *', () => {
    const run = opened()
    const ask = (statement: string) =>
      run.ask(getQueryResults, { QueryId: run.ask(startQuery, { QueryStatement: statement }).QueryId }).QueryResultRows
    expect(
      ask(select('eventName AS what, readOnly, requestParameters, errorCode', "WHERE userIdentity.userName = 'zoe'")),
    ).toEqual([
      [
        { what: 'GetSpeedLimit' },
        { readOnly: 'true' },
        { requestParameters: '{"roadId":"quai","limitKmh":50}' },
        { errorCode: '' },
      ],
    ])
    const [whole = []] = ask(select('*', "WHERE eventName = 'CloseRoad'"))
    expect(whole).toContainEqual({ awsRegion: NORTH })
    expect(whole.every((pair) => Object.keys(pair).length === 1)).toBe(true)
  })

  it('[TRAIL-71] holds the management events of all districts, and no data event', () => {
    expect(rows('COUNT(*)')).toEqual([['5']])
    expect(rows('DISTINCT awsRegion', 'ORDER BY awsRegion')).toEqual([[NORTH], ['eu-west-3']])
    expect(names("eventName = 'TurnLeft'")).toEqual([])
  })

  it('[TRAIL-69] groups, counts and orders', () => {
    const limits = 'requestParameters.limitKmh'
    expect(
      rows(
        'userIdentity.userName, COUNT(*) AS n',
        'GROUP BY userIdentity.userName ORDER BY n DESC, userIdentity.userName',
      ),
    ).toEqual([
      ['lea', '2'],
      ['max', '2'],
      ['zoe', '1'],
    ])
    expect(
      rows(
        `eventName, MIN(${limits}), MAX(${limits}), SUM(${limits}), AVG(${limits})`,
        'GROUP BY eventName HAVING COUNT(*) > 2',
      ),
    ).toEqual([['SetSpeedLimit', '30', '110', '190', JSON.stringify(190 / 3)]])
    expect(rows('COUNT(errorCode), COUNT(DISTINCT userIdentity.userName), MAX(errorCode), SUM(errorCode)')).toEqual([
      ['1', '3', 'AccessDenied', ''],
    ])
    expect(rows('COUNT(*), MIN(eventName)', "WHERE eventName = 'nothing'")).toEqual([['0', '']])
    expect(rows('eventName', 'ORDER BY errorCode, eventTime DESC LIMIT 2').flat()).toEqual([
      'CloseRoad',
      'SetSpeedLimit',
    ])
    expect(rows('eventName', 'LIMIT 0')).toEqual([])
  })

  it('[TRAIL-71] sees what could be looked up at its start, and answers page by page', () => {
    const run = openTrailRun()
    for (let n = 0; n < 5; n += 1) run.step(n * SECOND, [call(`E${n}`, n)])
    run.step(62 * SECOND)
    const { QueryId } = run.ask(startQuery, { QueryStatement: select('eventName', 'ORDER BY eventName') })
    run.step(HOUR)
    const first = run.ask(getQueryResults, { QueryId, MaxQueryResults: 2 })
    expect(first).toMatchObject({
      QueryStatistics: { ResultsCount: 2, TotalResultsCount: 3 },
      QueryResultRows: [[{ eventName: 'E0' }], [{ eventName: 'E1' }]],
    })
    const second = run.ask(getQueryResults, { QueryId, NextToken: first.NextToken ?? '' })
    expect(second.QueryResultRows).toEqual([[{ eventName: 'E2' }]])
    expect(second).not.toHaveProperty('NextToken')
    expect(run.refusal(getQueryResults, { QueryId, NextToken: 'other.1' })).toBe('InvalidNextTokenException')
    expect(run.refusal(getQueryResults, { QueryId, MaxQueryResults: 1001 })).toBe('InvalidMaxResultsException')
    expect(run.refusal(getQueryResults, { QueryId: 'none' })).toBe('QueryIdNotFoundException')
  })

  it('[TRAIL-71] remembers the newest twenty queries', () => {
    const run = opened()
    const ids = Array.from({ length: 25 }, () => run.ask(startQuery, { QueryStatement: select('eventName') }).QueryId)
    expect(new Set(ids).size).toBe(25)
    expect(run.state.lake.runs.map(({ queryId }) => queryId)).toEqual(ids.slice(5))
  })
})

describe('what is no query', () => {
  it.each([
    '',
    'DELETE FROM x',
    `SELECT FROM ${EVENT_DATA_STORE}`,
    'SELECT eventName',
    'SELECT eventName FROM records',
    `SELECT eventName FROM ${EVENT_DATA_STORE.replace('6', '7')}`,
    select('eventName,'),
    select('eventName', 'WHERE'),
    select('eventName', 'WHERE eventName'),
    select('eventName', "WHERE eventName = 'a"),
    select('eventName', "WHERE eventName == 'a'"),
    select('eventName', "WHERE (eventName = 'a'"),
    select('eventName', 'WHERE eventName LIKE 1'),
    select('eventName', 'WHERE eventName NOT 1'),
    select('eventName', 'WHERE eventName IN ()'),
    select('eventName', 'WHERE eventName IS 1'),
    select('eventName', 'LIMIT -1'),
    select('eventName', 'LIMIT all'),
    select('eventName', 'ORDER eventName'),
    select('eventName', 'ORDER BY 2'),
    select('eventName; DROP'),
    `${select('eventName')}; ${select('eventName')}`,
    select('eventName, COUNT(*)'),
    select('*', 'GROUP BY eventName'),
    select('SUM(*)'),
    select('eventName', `WHERE ${'('.repeat(200)}`),
    select('eventName', `WHERE eventName = '${'a'.repeat(10_000)}'`),
  ])('[TRAIL-69] refuses %s', (QueryStatement) => {
    expect(opened().refusal(startQuery, { QueryStatement })).toBe('InvalidQueryStatementException')
  })

  it('[TRAIL-69] takes small letters, a semicolon at the end, and blanks', () => {
    const run = opened()
    const statement = `\n select  count( * )\n from ${EVENT_DATA_STORE} ;\n`
    const { QueryId } = run.ask(startQuery, { QueryStatement: statement })
    expect(run.ask(getQueryResults, { QueryId }).QueryResultRows).toEqual([[{ _col0: '5' }]])
  })
})

describe('any condition', () => {
  type Truth = boolean | null
  type Plain = { readonly text: string; readonly truth: (call: ApiCall) => Truth }
  const both = (a: Truth, b: Truth): Truth =>
    a === false || b === false ? false : a === null || b === null ? null : true
  const not = (a: Truth): Truth => (a === null ? null : !a)
  const leaf: fc.Arbitrary<Plain> = fc.constantFrom<Plain>(
    {
      text: "userIdentity.userName = 'lea'",
      truth: ({ principal }) => 'userName' in principal && principal.userName === 'lea',
    },
    { text: "eventName LIKE 'Set%'", truth: ({ eventName }) => eventName.startsWith('Set') },
    { text: 'readOnly = true', truth: ({ readOnly }) => readOnly },
    {
      text: "errorCode = 'AccessDenied'",
      truth: ({ errorCode }) => (errorCode === undefined ? null : errorCode === 'AccessDenied'),
    },
    { text: 'errorCode IS NULL', truth: ({ errorCode }) => errorCode === undefined },
  )
  const { tree } = fc.letrec<{ tree: Plain }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      tie('tree').map((of): Plain => ({ text: `NOT (${of.text})`, truth: (one) => not(of.truth(one)) })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Plain => ({
        text: `(${a.text} AND ${b.text})`,
        truth: (one) => both(a.truth(one), b.truth(one)),
      })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Plain => ({
        text: `(${a.text} OR ${b.text})`,
        truth: (one) => not(both(not(a.truth(one)), not(b.truth(one)))),
      })),
    ),
  }))

  it('[TRAIL-72] selects what it says', () => {
    const run = opened()
    fc.assert(
      fc.property(tree, ({ text, truth }) => {
        const expected = CALLS.slice(0, 5).filter((one) => truth(one) === true)
        expect(rows('eventTime', `WHERE ${text} ORDER BY eventTime`, run)).toHaveLength(expected.length)
      }),
      { seed: 72, numRuns: 200 },
    )
  })

  it('[TRAIL-72] compares with LIKE as an expression would, and in no time', () => {
    const texts = fc.stringMatching(/^[ab]{0,6}$/)
    const patterns = fc.stringMatching(/^[ab%_]{0,6}$/)
    const run = openTrailRun()
    const found = (text: string, pattern: string) =>
      rows('COUNT(*)', `WHERE '${text}' LIKE '${pattern}'`, run)[0]?.[0] === '1'
    run.step(0, [call('E', 0)])
    run.step(2 * MINUTE)
    fc.assert(
      fc.property(texts, patterns, (text, pattern) => {
        const shape = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`)
        expect(found(text, pattern)).toBe(shape.test(text))
      }),
      { seed: 73, numRuns: 300 },
    )
    expect(found('a'.repeat(4000), `${'%a'.repeat(500)}b`)).toBe(false)
  })
})
