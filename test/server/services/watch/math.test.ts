import { describe, expect, it } from 'vitest'

import type { MetricDataQuery } from '../../../../shared/aws/metric.ts'
import { computeQuery } from '../../../../server/services/watch/math.ts'
import type { MathSource } from '../../../../server/services/watch/math.ts'
import type { Series } from '../../../../server/services/watch/math-series.ts'
import { power } from '../../../../server/services/watch/math-series.ts'
import { parseMath } from '../../../../server/services/watch/math-syntax.ts'
import { putMetricAlarm } from '../../../../server/services/watch/alarm-control.ts'
import { done, open, pass, play, speedAlarm, stepTo, tickAt } from './world.ts'

const MINUTE = 60_000
/** Points at whole minutes; `null` where there is none. */
const minutes = (...values: (number | null)[]): Series =>
  new Map(values.flatMap((value, index) => (value === null ? [] : [[index * MINUTE, value] as const])))
const Metric = { Namespace: 'City', MetricName: 'm' }
const metric = (Id: string): MetricDataQuery => ({ Id, MetricStat: { Metric, Period: 60, Stat: 'Sum' } })

const DATA: Readonly<Record<string, Series>> = {
  m1: minutes(1, 2, 3, 4),
  m2: minutes(10, null, 30, 0),
  far: new Map([[9 * MINUTE, 7]]),
  none: new Map(),
}
const source = (expression: string, more: readonly MetricDataQuery[] = []): MathSource => ({
  queries: [...Object.keys(DATA).map(metric), ...more, { Id: 'e1', Expression: expression }],
  grid: [0, 1, 2, 3].map((minute) => minute * MINUTE),
  read: ({ Id }) => DATA[Id] ?? new Map(),
  band: (_, width) => ({ lower: minutes(-width), upper: minutes(width) }),
})

/** A number, the series' values by minute, a list of those, or the fault. */
function result(expression: string): unknown {
  const answer = computeQuery(source(expression), 'e1')
  if (!answer.ok) return answer.error.message
  const byMinute = (points: Series) => Object.fromEntries([...points].map(([at, value]) => [at / MINUTE, value]))
  switch (answer.value.kind) {
    case 'scalar':
    case 'text':
      return answer.value.value
    case 'series':
      return byMinute(answer.value.points)
    case 'list':
      return answer.value.series.map(byMinute)
    case 'band':
      return { lower: byMinute(answer.value.lower), upper: byMinute(answer.value.upper) }
  }
}

describe('metric math', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['12 / 4 / 3', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['--2', 2],
    ['1.5e2', 150],
    ['4 ^ 0.5', 2],
    ['1 < 2', 1],
    ['2 <= 1', 0],
    ['2 >= 2', 1],
    ['2 > 2', 0],
    ['2 == 2', 1],
    ['2 != 2', 0],
    ['1 AND 0', 0],
    ['1 OR 0', 1],
    ['1 && 2', 1],
    ['0 || 0', 0],
    ['1 OR 1 AND 0', 1],
    ['1 + 1 > 1 AND 2 > 1', 1],
  ])('[WATCH-77] computes %s as %d', (expression, expected) => {
    expect(result(expression)).toBe(expected)
  })

  it.each([
    ['m1 + 1', { 0: 2, 1: 3, 2: 4, 3: 5 }],
    ['1 - m1', { 0: 0, 1: -1, 2: -2, 3: -3 }],
    ['m1 > 2', { 0: 0, 1: 0, 2: 1, 3: 1 }],
    ['m1 > 1 AND m1 < 4', { 0: 0, 1: 1, 2: 1, 3: 0 }],
    ['-m1', { 0: -1, 1: -2, 2: -3, 3: -4 }],
    ['[m1, m2] * 2', [{ 0: 2, 1: 4, 2: 6, 3: 8 }, { 0: 20, 2: 60, 3: 0 }]],
    ['2 * [m1]', [{ 0: 2, 1: 4, 2: 6, 3: 8 }]],
  ])('[WATCH-77] computes %s point by point', (expression, expected) => {
    expect(result(expression)).toEqual(expected)
  }) // prettier-ignore

  it.each([
    ['', 0],
    ['1 +', 3],
    ['1 1', 2],
    ['(1', 0],
    ['(1, 2)', 0],
    ['[1', 0],
    ['1 # 2', 1],
    ['SUM(', 4],
    ['SUM(m1,)', 7],
    ['Sum', 0],
    ['AND 1', 0],
    [`${'('.repeat(100)}1`, 64],
    [`1${' '.repeat(2048)}`, 2048],
  ])('[WATCH-77] places the fault of %j', (expression, position) => {
    expect(parseMath(expression)).toMatchObject({ ok: false, error: { position } })
  })

  it('[WATCH-78] takes a missing point for 0 between series that meet', () => {
    expect(result('m1 + m2')).toEqual({ 0: 11, 1: 2, 2: 33, 3: 4 })
    expect(result('m2 - m1')).toEqual({ 0: 9, 1: -2, 2: 27, 3: -4 })
  })

  it('[WATCH-78] gives nothing for series that never meet', () => {
    expect([result('m1 + far'), result('m1 + none')]).toEqual([{}, {}])
  })

  it('[WATCH-78] drops the point of a division by zero', () => {
    expect(result('m1 / m2')).toEqual({ 0: 0.1, 2: 0.1 })
    expect(result('m1 / 0')).toEqual({})
  })

  it.each([
    ['SUM(m1)', 10],
    ['AVG(m1)', 2.5],
    ['MIN(m1)', 1],
    ['MAX(m1)', 4],
    ['STDDEV(m1)', Math.sqrt(1.25)],
    ['SUM(5)', 5],
    ['m1 / SUM(m1)', { 0: 0.1, 1: 0.2, 2: 0.3, 3: 0.4 }],
    ['SUM([m1, m2])', { 0: 11, 1: 2, 2: 33, 3: 4 }],
    ['AVG([m1, m2])', { 0: 5.5, 1: 2, 2: 16.5, 3: 2 }],
    ['MIN([m1, m2])', { 0: 1, 1: 2, 2: 3, 3: 0 }],
    ['MAX([m1, m2])', { 0: 10, 1: 2, 2: 30, 3: 4 }],
    ['STDDEV([m1, m2])', { 0: 4.5, 1: 0, 2: 13.5, 3: 2 }],
    ['SUM(none)', {}],
  ])('[WATCH-79] computes %s', (expression, expected) => {
    expect(result(expression)).toEqual(expected)
  })

  it.each([
    ['ABS(m1 - 3)', { 0: 2, 1: 1, 2: 0, 3: 1 }],
    ['CEIL(m1 / 2)', { 0: 1, 1: 1, 2: 2, 3: 2 }],
    ['FLOOR(m1 / 2)', { 0: 0, 1: 1, 2: 1, 3: 2 }],
    ['FLOOR(2.7)', 2],
    ['ABS([m1 - 3])', [{ 0: 2, 1: 1, 2: 0, 3: 1 }]],
    ['FILL(m2, 5)', { 0: 10, 1: 5, 2: 30, 3: 0 }],
    ['FILL(m2, REPEAT)', { 0: 10, 1: 10, 2: 30, 3: 0 }],
    ['FILL(m2, LINEAR)', { 0: 10, 1: 20, 2: 30, 3: 0 }],
    ['FILL(none, 0)', { 0: 0, 1: 0, 2: 0, 3: 0 }],
    ['FILL(none, REPEAT)', {}],
    ['FILL(m2, m1)', { 0: 10, 1: 2, 2: 30, 3: 0 }],
    ['FILL(none, m2)', { 0: 10, 2: 30, 3: 0 }],
    ['FILL(m2, AVG(m1))', { 0: 10, 1: 2.5, 2: 30, 3: 0 }],
    [
      'FILL([m2, none], 0)',
      [
        { 0: 10, 1: 0, 2: 30, 3: 0 },
        { 0: 0, 1: 0, 2: 0, 3: 0 },
      ],
    ],
    ['SUM(FILL(METRICS("m"), 1))', { 0: 11, 1: 3, 2: 33, 3: 4 }],
    ['IF(m1 > 2, m1, 0)', { 0: 0, 1: 0, 2: 3, 3: 4 }],
    ['IF(m1 > 2, m2)', { 2: 30, 3: 0 }],
    ['IF(1, m1, m2)', { 0: 1, 1: 2, 2: 3, 3: 4 }],
    ['IF(0, m1, 9)', 9],
    ['DIFF(m1)', { 1: 1, 2: 1, 3: 1 }],
    ['DIFF(m2)', { 2: 20, 3: -30 }],
    ['RATE(m1 * 60)', { 1: 1, 2: 1, 3: 1 }],
    ['RUNNING_SUM(m1)', { 0: 1, 1: 3, 2: 6, 3: 10 }],
    ['PERIOD(m1)', 60],
    ['m1 / PERIOD(m1)', { 0: 1 / 60, 1: 2 / 60, 2: 3 / 60, 3: 4 / 60 }],
    ['SUM(METRICS())', { 0: 11, 1: 2, 2: 33, 3: 4, 9: 7 }],
    ['METRICS("m2")', [{ 0: 10, 2: 30, 3: 0 }]],
  ])('[WATCH-80] computes %s', (expression, expected) => {
    expect(result(expression)).toEqual(expected)
  })

  it.each([
    ['SUM()', 'a series or a list'],
    ['ABS()', 'a number, a series or a list'],
    ['RATE(1)', 'a series'],
    ['FILL(m1)', 'a number, a series, REPEAT or LINEAR'],
    ['FILL(m1, SOMETIMES)', 'a number, a series, REPEAT or LINEAR'],
    ['FILL(m1, METRICS())', 'a number, a series, REPEAT or LINEAR'],
    ['FILL(5, 0)', 'a series or a list'],
    ['IF(m1)', 'a condition'],
    ['HALF(m1)', 'no function HALF'],
    ['sum(m1)', 'no function sum'],
    ['constructor(m1)', 'no function constructor'],
    ['m9 + 1', 'no query m9'],
    ['1 + "x"', 'needs numbers'],
    ['ANOMALY_DETECTION_BAND(1, 2)', 'a metric is expected'],
    ['ANOMALY_DETECTION_BAND(m1, m2)', 'must be a number'],
  ])('[WATCH-80] says what is wrong with %s', (expression, words) => {
    expect(result(expression)).toContain(words)
  })

  it('[WATCH-83] gives a band two standard deviations wide unless told otherwise', () => {
    expect(result('ANOMALY_DETECTION_BAND(m1)')).toEqual({ lower: { 0: -2 }, upper: { 0: 2 } })
    expect(result('ANOMALY_DETECTION_BAND(m1, 3)')).toEqual({ lower: { 0: -3 }, upper: { 0: 3 } })
  })

  it('[WATCH-81] computes queries out of queries', () => {
    const answer = computeQuery(source('e2 + 1', [{ Id: 'e2', Expression: 'SUM(m1)' }]), 'e1')
    expect(answer).toEqual({ ok: true, value: { kind: 'scalar', value: 11 } })
  })

  it('[WATCH-81] notices a circle', () => {
    expect(computeQuery(source('e2 + 1', [{ Id: 'e2', Expression: 'e1 - 1' }]), 'e1')).toMatchObject({
      error: { message: 'Error in expression: e1 depends on itself.' },
    })
  })

  it.each([
    [2, 10, 1024],
    [2, 0, 1],
    [10, -2, 0.01],
    [9, 1.5, 27],
    [2, 0.3, NaN],
    [2, 1000, NaN],
  ])('[WATCH-77] raises %d to %d', (base, exponent, expected) => {
    expect(power(base, exponent)).toBe(expected)
  })
})

describe('alarms on metric math', () => {
  const at = (Camera: string, second: number, value: number) => pass(second, value, { dimensions: { Camera } })
  const query = (Id: string, Camera: string): MetricDataQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: [{ Name: 'Camera', Value: Camera }] },
      Period: 60,
      Stat: 'Maximum',
    },
    ReturnData: false,
  })
  const watching = (Expression: string) => {
    const { Namespace: _n, MetricName: _m, Dimensions: _d, Statistic: _s, Period: _p, ...rest } = speedAlarm()
    const Metrics = [query('a', 'A7'), query('b', 'B2'), { Id: 'e1', Expression }]
    return done(putMetricAlarm(open(), { ...rest, Metrics }, tickAt(0))).state
  }

  it('[WATCH-82] compares the expression, and names the newest measurement behind it', () => {
    const points = [at('A7', 10, 90), at('B2', 20, 130)]
    const { changes } = stepTo(watching('AVG([a, b])'), 60, points)
    expect(changes).toMatchObject([{ from: 'INSUFFICIENT_DATA', to: 'OK', cause: '20/3', dimensions: {} }])
    const { changes: alarmed } = stepTo(watching('a + b'), 60, points)
    expect(alarmed[0]?.reason).toContain('[220.0 (14/03/26 09:00:00)] was greater than the threshold (110.0)')
  })

  it('[WATCH-82] has no datapoint where the expression has none', () => {
    expect(stepTo(watching('a / b'), 60, [at('A7', 10, 90)]).changes).toEqual([])
    expect(stepTo(watching('FILL(RATE(a), REPEAT)'), 60, [at('A7', 10, 131)]).changes).toEqual([])
  })

  it('[WATCH-82] is looked at every 10 s when its metrics are so fine', () => {
    const { Namespace: _n, MetricName: _m, Dimensions: _d, Statistic: _s, Period: _p, ...rest } = speedAlarm()
    const a = query('a', 'A7')
    const Metrics = [
      a.MetricStat ? { ...a, MetricStat: { ...a.MetricStat, Period: 10 } } : a,
      { Id: 'e1', Expression: 'a' },
    ]
    const state = done(putMetricAlarm(open(), { ...rest, Metrics }, tickAt(0))).state
    expect(play(state, 10, [at('A7', 5, 131)]).changes).toMatchObject([{ to: 'ALARM', cause: '5/3' }])
  })
})
