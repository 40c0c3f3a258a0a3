import { describe, expect, it } from 'vitest'

import type { MetricDatum } from '../../../../shared/aws/metric.ts'
import { putMetricData } from '../../../../server/services/watch/metric-data.ts'
import { getMetricStatistics } from '../../../../server/services/watch/queries.ts'
import { at, done, open, stepTo, tickAt, withAlarm } from './world.ts'

const NOW = 100
const put = (datum: object, Namespace = 'City/Traffic') =>
  putMetricData(open(), { Namespace, MetricData: [{ MetricName: 'SpeedKmh', ...datum } as MetricDatum] }, tickAt(NOW))
/** `null` when accepted. */
const code = (datum: object, namespace?: string) => {
  const answer = put(datum, namespace)
  return answer.ok ? null : answer.error.code
}
const STATISTICS = ['SampleCount', 'Sum', 'Minimum', 'Maximum']
const read = (datum: object) => {
  const request = { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Period: 60, Statistics: STATISTICS }
  const { Datapoints } = done(
    getMetricStatistics(done(put(datum)).state, { ...request, StartTime: at(0), EndTime: at(300) }),
  )
  return Datapoints
}
const set = (changes: object) => ({
  StatisticValues: { SampleCount: 2, Sum: 200, Minimum: 90, Maximum: 110, ...changes },
})

describe('putMetricData', () => {
  it.each([
    ['one value', { Value: 131 }, [1, 131, 131, 131]],
    ['several values', { Values: [90, 131] }, [2, 221, 90, 131]],
    ['values with counts', { Values: [90, 131], Counts: [3, 1] }, [4, 401, 90, 131]],
    ['a count of nought', { Values: [90, 131], Counts: [3, 0] }, [3, 270, 90, 90]],
    ['a statistic set', set({}), [2, 200, 90, 110]],
  ])('[WATCH-65] takes %s', (_, datum, expected) => {
    const [point] = read(datum)
    expect(STATISTICS.map((name) => point?.values[name])).toEqual(expected)
  })

  it.each([
    [{}, 'MissingParameter'],
    [{ Value: 1, Values: [1] }, 'InvalidParameterCombination'],
    [{ Value: 1, ...set({}) }, 'InvalidParameterCombination'],
    [{ Value: 1, Counts: [1] }, 'InvalidParameterCombination'],
    [{ Values: [1, 2], Counts: [1] }, 'InvalidParameterValue'],
    [{ Values: [1], Counts: [-1] }, 'InvalidParameterValue'],
    [{ Values: [] }, 'ValidationError'],
    [{ Values: Array(150).fill(1) }, null],
    [{ Values: Array(151).fill(1) }, 'ValidationError'],
    [{ Value: NaN }, 'InvalidParameterValue'],
    [{ Value: Infinity }, 'InvalidParameterValue'],
    [{ Value: -Infinity }, 'InvalidParameterValue'],
    [{ Value: 2.3e108 }, null],
    [{ Value: 2.4e108 }, 'InvalidParameterValue'],
    [{ Value: -2.4e108 }, 'InvalidParameterValue'],
    [set({ SampleCount: 0 }), 'InvalidParameterValue'],
    [set({ Minimum: 120 }), 'InvalidParameterValue'],
    [set({ Sum: NaN }), 'InvalidParameterValue'],
    [{ Value: 1, Unit: 'km/h' }, 'ValidationError'],
    [{ Value: 1, Unit: 'Count' }, null],
    [{ Value: 1, StorageResolution: 1 }, null],
    [{ Value: 1, StorageResolution: 10 }, 'InvalidParameterValue'],
    [{ Value: 1, MetricName: '' }, 'ValidationError'],
    [{ Value: 1, Dimensions: [{ Name: 'a', Value: '' }] }, 'ValidationError'],
  ])('[WATCH-65] answers %j with %s', (datum, expected) => {
    expect(code(datum)).toBe(expected)
  })

  const DAY = 86_400
  it.each([
    ['two weeks ago', NOW - 14 * DAY, null],
    ['before that', NOW - 14 * DAY - 1, 'InvalidParameterValue'],
    ['in two hours', NOW + 7200, null],
    ['after that', NOW + 7201, 'InvalidParameterValue'],
  ])('[WATCH-66] answers a datum of %s', (_, seconds, expected) => {
    expect(code({ Value: 1, Timestamp: at(seconds) })).toBe(expected)
  })

  it.each([
    ['AWS/Lambda', 'InvalidParameterValue'],
    ['AWS/', 'InvalidParameterValue'],
    ['AWSome', null],
    ['x'.repeat(255), null],
    ['x'.repeat(256), 'ValidationError'],
    ['', 'ValidationError'],
  ])('[WATCH-66] answers the namespace %s with %s', (namespace, expected) => {
    expect(code({ Value: 1 }, namespace)).toBe(expected)
  })

  it('[WATCH-67] stores all data of a call, or none', () => {
    const MetricData = [{ MetricName: 'SpeedKmh', Value: 1 }, { MetricName: 'SpeedKmh' }]
    expect(putMetricData(open(), { Namespace: 'City', MetricData }, tickAt(NOW)).ok).toBe(false)
    const good = putMetricData(open(), { Namespace: 'City', MetricData: MetricData.slice(0, 1) }, tickAt(NOW))
    expect(done(good).state.fresh).toHaveLength(1)
  })

  it.each([{ Value: -0 }, { Values: [-0] }, set({ Sum: -0, Minimum: -0, Maximum: -0 })])(
    '[WATCH-98] stores %j as JSON will give it back',
    (datum) => {
      const { state } = done(put(datum))
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    },
  )

  it('[WATCH-67] takes 1000 data in a call', () => {
    const many = (count: number) =>
      putMetricData(
        open(),
        { Namespace: 'City', MetricData: Array.from({ length: count }, () => ({ MetricName: 'm', Value: 1 })) },
        tickAt(NOW),
      ).ok
    expect([many(1000), many(1001)]).toEqual([true, false])
  })

  it('[WATCH-26] makes the call the cause of what it sets off', () => {
    const MetricData = [{ MetricName: 'SpeedKmh', Value: 131, Dimensions: [{ Name: 'Camera', Value: 'A7' }] }]
    const { state } = done(putMetricData(withAlarm(open()), { Namespace: 'City/Traffic', MetricData }, tickAt(10)))
    expect(stepTo(state, 60).changes).toMatchObject([{ to: 'ALARM', cause: '10/1' }])
  })

  it('[WATCH-34] takes data without a unit for data in None', () => {
    expect(read({ Value: 1 })).toMatchObject([{ Unit: 'None' }])
  })
})
