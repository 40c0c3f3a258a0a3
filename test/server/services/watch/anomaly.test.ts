import { describe, expect, it } from 'vitest'

import type { MetricDataQuery } from '../../../../shared/aws/metric.ts'
import { serviceMs } from '../../../../shared/units.ts'
import { putMetricAlarm } from '../../../../server/services/watch/alarm-control.ts'
import type { Lesson } from '../../../../server/services/watch/anomaly.ts'
import { anomalyBand } from '../../../../server/services/watch/anomaly.ts'
import { addBuckets, toBucket } from '../../../../server/services/watch/buckets.ts'
import {
  deleteAnomalyDetector,
  describeAnomalyDetectors,
  putAnomalyDetector,
} from '../../../../server/services/watch/detectors.ts'
import { getMetricData } from '../../../../server/services/watch/queries.ts'
import { at, done, open, pass, play, speedAlarm, START, stepTo, tickAt } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** One value a day, at the hour of the test, `values.length` days back to yesterday. */
const lesson = (values: readonly number[], changes: Partial<Lesson> = {}): Lesson => ({
  series: addBuckets(
    [],
    values.map((value, index) => toBucket(serviceMs(START - (values.length - index) * DAY), value, null)),
  ),
  statistic: { kind: 'Maximum' },
  periodMs: 60_000,
  excluded: [],
  ...changes,
})
const bandNow = (given: Lesson, width = 2, time = START) => {
  const { lower, upper } = anomalyBand(given, [time], width)
  return lower.has(time) ? [lower.get(time), upper.get(time)] : null
}

describe('anomalyBand', () => {
  it('[WATCH-83] is the mean ± k standard deviations', () => {
    expect(bandNow(lesson([80, 100, 120, 100]))).toEqual([100 - 2 * Math.sqrt(200), 100 + 2 * Math.sqrt(200)])
  })

  it('[WATCH-83] is wider for a greater k', () => {
    const [low = 0, high = 0] = bandNow(lesson([80, 100, 120]), 3) ?? []
    const [lower = 0, higher = 0] = bandNow(lesson([80, 100, 120]), 4) ?? []
    expect(lower).toBeLessThan(low)
    expect(higher).toBeGreaterThan(high)
  })

  it('[WATCH-83] is at least 1 % of the mean on each side for each k', () => {
    expect(bandNow(lesson([100, 100, 100]), 2)).toEqual([98, 102])
    expect(bandNow(lesson([-100, -100, -100]), 3)).toEqual([-103, -97])
  })

  it('[WATCH-83] does not exist below three days of data', () => {
    expect(bandNow(lesson([100, 100]))).toBeNull()
    expect(bandNow(lesson([]))).toBeNull()
  })

  it('[WATCH-83] looks at the same hour only', () => {
    const given = lesson([100, 100, 100])
    expect(bandNow(given, 2, START + HOUR - 60_000)).not.toBeNull()
    expect(bandNow(given, 2, START + HOUR)).toBeNull()
    expect(bandNow(given, 2, START - 60_000)).toBeNull()
  })

  it('[WATCH-83] looks 14 days back and no further', () => {
    const old = [500, ...Array<number>(14).fill(100)]
    expect(bandNow(lesson(old))).toEqual([98, 102])
  })

  it('[WATCH-83] does not learn from what it judges', () => {
    const today = toBucket(serviceMs(START), 900, null)
    const given = lesson([100, 100, 100])
    expect(bandNow({ ...given, series: addBuckets(given.series, [today]) })).toEqual([98, 102])
  })

  it('[WATCH-84] leaves out what is excluded', () => {
    const excluded = [{ StartTime: serviceMs(START - DAY), EndTime: serviceMs(START - DAY + HOUR) }]
    expect(bandNow(lesson([100, 100, 100, 500], { excluded }))).toEqual([98, 102])
    expect(bandNow(lesson([100, 100, 500], { excluded }))).toBeNull()
  })
})

const Metric = { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: [{ Name: 'Camera', Value: 'A7' }] }
const detector = { SingleMetricAnomalyDetector: { ...Metric, Stat: 'Maximum' } }
const m1: MetricDataQuery = { Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }
const ad1: MetricDataQuery = { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }
/** A pass a day at nine o'clock, on four days. */
const days = [-4, -3, -2, -1].map((day) => pass(day * 86_400 + 10, 100, { cause: `0/${-day}` }))
const trained = () => stepTo(open(), 1, days).state

describe('anomaly detection in the service', () => {
  const {
    Namespace: _n,
    MetricName: _m,
    Dimensions: _d,
    Statistic: _s,
    Period: _p,
    Threshold: _t,
    ...rest
  } = speedAlarm()
  const alarm = {
    ...rest,
    Metrics: [m1, ad1],
    ThresholdMetricId: 'ad1',
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' as const,
  }

  it.each([
    [90, 'ALARM'],
    [98, 'OK'],
    [102, 'OK'],
    [103, 'ALARM'],
  ])('[WATCH-83] finds %i against 98 to 102 to be %s', (speed, to) => {
    const state = done(putMetricAlarm(trained(), alarm, tickAt(2))).state
    expect(play(state, 60, [pass(10, speed)]).changes).toMatchObject([{ to, cause: '10/3' }])
  })

  it('[WATCH-10] has no datapoint before the band exists', () => {
    const state = done(putMetricAlarm(open(), alarm, tickAt(2))).state
    expect(play(state, 120, [pass(10, 200)]).changes).toEqual([])
  })

  it('[WATCH-83] shows the band’s two edges', () => {
    const request = { MetricDataQueries: [{ ...m1, ReturnData: false }, ad1], StartTime: at(0), EndTime: at(60) }
    const { MetricDataResults } = done(getMetricData(trained(), request))
    expect(MetricDataResults.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['ad1', [98]],
      ['ad1', [102]],
    ])
  })

  it('[WATCH-84] does not learn from excluded ranges', () => {
    const ExcludedTimeRanges = [{ StartTime: at(-3.5 * 86_400), EndTime: at(0) }]
    const state = done(putAnomalyDetector(trained(), { ...detector, Configuration: { ExcludedTimeRanges } })).state
    const alarmed = done(putMetricAlarm(state, alarm, tickAt(2))).state
    expect(play(alarmed, 60, [pass(10, 200)]).changes).toEqual([])
  })

  it('[WATCH-84] says how far training has come', () => {
    const status = (state: ReturnType<typeof open>) =>
      describeAnomalyDetectors(done(putAnomalyDetector(state, detector)).state)[0]?.StateValue
    expect(status(open())).toBe('PENDING_TRAINING')
    expect(status(stepTo(trained(), 10).state)).toBe('TRAINED')
    expect(status(stepTo(open(), 10, [pass(1, 90)]).state)).toBe('TRAINED_INSUFFICIENT_DATA')
  })

  it('[WATCH-84] deletes a detector, if there is one', () => {
    const state = done(putAnomalyDetector(open(), detector)).state
    expect(done(deleteAnomalyDetector(state, detector)).state.detectors).toEqual({})
    expect(deleteAnomalyDetector(open(), detector)).toMatchObject({ error: { code: 'ResourceNotFound' } })
  })

  it.each([
    [{ SingleMetricAnomalyDetector: { ...Metric, Stat: 'Median' } }],
    [{ SingleMetricAnomalyDetector: { ...Metric, MetricName: '', Stat: 'Maximum' } }],
    [{ ...detector, Configuration: { ExcludedTimeRanges: [{ StartTime: at(1), EndTime: at(1) }] } }],
  ])('[WATCH-84] refuses %j', (input) => {
    expect(putAnomalyDetector(open(), input)).toMatchObject({ ok: false, error: { code: 'ValidationError' } })
  })
})
