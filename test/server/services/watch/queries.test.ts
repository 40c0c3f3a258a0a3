import { describe, expect, it } from 'vitest'

import type { MetricDataQuery } from '../../../../shared/aws/metric.ts'
import type { StatisticsRequest } from '../../../../server/services/watch/queries.ts'
import { getMetricData, getMetricStatistics, listMetrics } from '../../../../server/services/watch/queries.ts'
import type { Retention } from '../../../../server/services/watch/state.ts'
import { openWatch } from '../../../../server/services/watch/watch.ts'
import { at, done, open, pass, stepTo, withAlarm } from './world.ts'

const CAMERA = [{ Name: 'Camera', Value: 'A7' }]
const request = (changes: Partial<StatisticsRequest> = {}): StatisticsRequest => ({
  Namespace: 'City/Traffic',
  MetricName: 'SpeedKmh',
  Dimensions: CAMERA,
  StartTime: at(0),
  EndTime: at(300),
  Period: 60,
  Statistics: ['Maximum'],
  ...changes,
})
const measured = () => stepTo(open(), 1, [pass(10, 90), pass(59, 131), pass(60, 80), pass(185, 100)]).state
const points = (changes: Partial<StatisticsRequest> = {}, state = measured()) =>
  done(getMetricStatistics(state, request(changes))).Datapoints.map(({ Timestamp, values }) => [
    (Timestamp - at(0)) / 1000,
    ...Object.values(values),
  ])
const code = (changes: Partial<StatisticsRequest>) => {
  const answer = getMetricStatistics(measured(), request(changes))
  return answer.ok ? null : answer.error.code
}

describe('getMetricStatistics', () => {
  it('[WATCH-71] stamps a point with its beginning, and has none where nothing was measured', () => {
    expect(points()).toEqual([
      [0, 131],
      [60, 80],
      [180, 100],
    ])
  })

  it('[WATCH-71] begins with the period in which the range starts', () => {
    expect(points({ StartTime: at(30), EndTime: at(61) })).toEqual([
      [0, 131],
      [60, 80],
    ])
  })

  it.each([
    [1, [[10, 90], [59, 131], [60, 80], [185, 100]]],
    [5, [[10, 90], [55, 131], [60, 80], [185, 100]]],
    [10, [[10, 90], [50, 131], [60, 80], [180, 100]]],
    [30, [[0, 90], [30, 131], [60, 80], [180, 100]]],
    [300, [[0, 131]]],
  ])('[WATCH-71] cuts time into %i s', (Period, expected) => {
    expect(points({ Period })).toEqual(expected)
  }) // prettier-ignore

  it('[WATCH-73] gives every statistic that is asked for', () => {
    expect(points({ Statistics: ['SampleCount', 'Sum', 'Average'], EndTime: at(60) })).toEqual([[0, 2, 221, 110.5]])
    const { Statistics: _, ...rest } = request({ ExtendedStatistics: ['p50', 'p100'], EndTime: at(60) })
    expect(done(getMetricStatistics(measured(), rest)).Datapoints[0]?.values).toEqual({ p50: 90, p100: 131 })
  })

  it('[WATCH-73] keeps units apart', () => {
    const mixed = stepTo(measured(), 2, [pass(20, 7, { unit: 'Count' })]).state
    const units = done(getMetricStatistics(mixed, request({ EndTime: at(60) }))).Datapoints.map(({ Unit }) => Unit)
    expect(units).toEqual(['None', 'Count'])
    expect(points({ Unit: 'Count' }, mixed)).toEqual([[0, 7]])
  })

  it('[WATCH-73] answers nothing for a metric that does not exist', () => {
    expect(points({ Dimensions: [] })).toEqual([])
  })

  it.each([
    [{ EndTime: at(0) }, 'InvalidParameterValue'],
    [{ EndTime: at(-1) }, 'InvalidParameterValue'],
    [{ Period: 45 }, 'ValidationError'],
    [{ Period: 0 }, 'ValidationError'],
    [{ EndTime: at(1440 * 60) }, null],
    [{ EndTime: at(1440 * 60 + 1) }, 'InvalidParameterCombination'],
    [{ Statistics: [] }, 'InvalidParameterCombination'],
    [{ ExtendedStatistics: ['p90'] }, 'InvalidParameterCombination'],
    [{ Statistics: ['p90'] }, 'ValidationError'],
    [{ Statistics: [], ExtendedStatistics: ['Sum'] }, 'ValidationError'],
    [{ MetricName: '' }, 'ValidationError'],
  ])('[WATCH-73] answers %j with %s', (changes, expected) => {
    expect(code(changes)).toBe(expected)
  })
})

describe('getMetricData', () => {
  const m1: MetricDataQuery = {
    Id: 'm1',
    MetricStat: {
      Metric: { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: CAMERA },
      Period: 60,
      Stat: 'Maximum',
    },
  }
  const span = { StartTime: at(0), EndTime: at(300) }
  const ask = (MetricDataQueries: readonly MetricDataQuery[], rest: object = {}) =>
    getMetricData(measured(), { MetricDataQueries, ...span, ...rest })

  it('[WATCH-74] answers newest first', () => {
    expect(done(ask([m1])).MetricDataResults).toEqual([
      {
        Id: 'm1',
        Label: 'SpeedKmh',
        Timestamps: [at(180), at(60), at(0)],
        Values: [100, 80, 131],
        StatusCode: 'Complete',
      },
    ])
  })

  it.each([0, -1])('[WATCH-74] refuses a range that ends %i s after its beginning', (seconds) => {
    expect(ask([m1], { EndTime: at(seconds) })).toMatchObject({
      error: { code: 'ValidationError', field: 'StartTime' },
    })
  })

  it('[WATCH-74] answers oldest first when asked', () => {
    expect(done(ask([m1], { ScanBy: 'TimestampAscending' })).MetricDataResults[0]?.Values).toEqual([131, 80, 100])
  })

  it('[WATCH-74] hides what is only computed with', () => {
    const results = done(
      ask([
        { ...m1, ReturnData: false },
        { Id: 'e1', Expression: 'm1 * 2', Label: 'twice' },
      ]),
    )
    expect(results.MetricDataResults.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
      ['e1', 'twice', [200, 160, 262]],
    ])
  })

  it.each([
    ['no query', [], {}],
    ['twins', [m1, m1], {}],
    ['a capital', [{ ...m1, Id: 'M1' }], {}],
    ['no period', [{ Id: 'e1', Expression: '1' }], {}],
    ['a range backwards', [m1], { EndTime: at(-1) }],
    ['an unknown function', [m1, { Id: 'e1', Expression: 'HALF(m1)' }], {}],
    ['a faulty expression', [m1, { Id: 'e1', Expression: 'm1 +' }], {}],
  ])('[WATCH-74] refuses %s', (_, queries, rest) => {
    expect(ask(queries, rest)).toMatchObject({ ok: false, error: { code: 'ValidationError' } })
  })

  it('[WATCH-74] refuses more than 100 800 points', () => {
    const answer = ask([m1], { EndTime: at(100_801 * 60) })
    expect(answer).toMatchObject({ ok: false, error: { code: 'InvalidParameterCombination' } })
  })
})

describe('listMetrics', () => {
  const town = () =>
    stepTo(open(), 1, [
      pass(1, 90),
      pass(1, 90, { dimensions: { Camera: 'B2', Plate: 'FR-042' } }),
      pass(1, 90, { metricName: 'QueueLength', dimensions: {} }),
      pass(1, 90, { namespace: 'City/Parking', metricName: 'Free' }),
    ]).state
  const found = (changes: Parameters<typeof listMetrics>[1]) =>
    done(listMetrics(town(), changes)).Metrics.map(({ metricName, dimensions }) => [metricName, dimensions])

  it.each([
    [{}, 4],
    [{ Namespace: 'City/Traffic' }, 3],
    [{ MetricName: 'SpeedKmh' }, 2],
    [{ Dimensions: [{ Name: 'Camera' }] }, 3],
    [{ Dimensions: [{ Name: 'Camera', Value: 'B2' }] }, 1],
    [{ Dimensions: [{ Name: 'Camera' }, { Name: 'Plate' }] }, 1],
    [{ Dimensions: [{ Name: 'constructor' }] }, 0],
  ])('[WATCH-75] finds %j: %i', (changes, count) => {
    expect(found(changes)).toHaveLength(count)
  })

  it('[WATCH-75] gives 500 at a time', () => {
    const many = Array.from({ length: 501 }, (_, i) => pass(1, 90, { dimensions: { Plate: `P${i}` } }))
    const { state } = stepTo(open(), 1, many)
    const first = done(listMetrics(state))
    expect([first.Metrics.length, first.NextToken]).toEqual([500, '500'])
    expect(done(listMetrics(state, { NextToken: '500' })).Metrics).toHaveLength(1)
    expect(listMetrics(state, { NextToken: 'x' })).toMatchObject({ error: { code: 'InvalidNextToken' } })
  })
})

describe('retention', () => {
  const MINUTE = 60_000
  const retention: Retention = {
    subMinute: 10 * MINUTE,
    minute: 30 * MINUTE,
    fiveMinutes: 120 * MINUTE,
    hour: 600 * MINUTE,
  }
  const city = () => openWatch({ now: at(0), retention })
  const series = (state: ReturnType<typeof open>) =>
    Object.values(state.metrics).flatMap(({ series: units }) => units['None'])
  const aged = (seconds: number, state = city()) => {
    const points2 = Array.from({ length: 90 }, (_, i) => pass(i, 90 + (i % 10)))
    return stepTo(stepTo(state, 90, points2).state, seconds).state
  }

  it.each([
    [300, 90],
    [900, 2],
    [3600, 1],
    [9000, 1],
  ])('[WATCH-72] after %i s keeps %i stretches', (seconds, count) => {
    expect(series(aged(seconds))).toHaveLength(count)
  })

  it('[WATCH-72] keeps count, sum and extremes while it rolls up', () => {
    const [bucket] = series(aged(9000))
    expect(bucket).toMatchObject({ at: at(0), count: 90, sum: 90 * 94.5, min: 90, max: 99 })
  })

  it('[WATCH-72] forgets a metric without data', () => {
    expect(aged(36_900).metrics).toEqual({})
  })

  it('[WATCH-72] keeps what an alarm looks back on', () => {
    const state = withAlarm(city(), { Period: 10, EvaluationPeriods: 200, MetricName: 'Other' })
    expect(series(aged(1500, state))).toHaveLength(90)
  })

  it('[WATCH-76] grows no further once its retention is full', () => {
    let state = withAlarm(city(), { Period: 10, TreatMissingData: 'notBreaching' })
    const sizes: number[] = []
    for (let minute = 0; minute < 1500; minute += 1) {
      const passes = [0, 20, 40].map((second) => pass(minute * 60 + second, second === 0 ? 131 : 90))
      state = stepTo(state, minute * 60 + 41, passes).state
      if (minute >= 700 && minute % 100 === 0) sizes.push(JSON.stringify(state).length)
    }
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.1)
  })
})
