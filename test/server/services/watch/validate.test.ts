import { describe, expect, it } from 'vitest'

import type { MetricAlarmInput } from '../../../../shared/aws/alarm.ts'
import type { MetricDataQuery } from '../../../../shared/aws/metric.ts'
import { validateAlarm } from '../../../../server/services/watch/evaluate.ts'
import { speedAlarm } from './world.ts'

const BULLETIN = 'arn:aws:sns:eu-west-3:111122223333:bulletin'

/** `null` when accepted, else where it hurts and the code. */
function fault(changes: Record<string, unknown>): string | null {
  const input: Record<string, unknown> = { ...speedAlarm(), ...changes }
  for (const [key, value] of Object.entries(changes)) if (value === undefined) delete input[key]
  const answer = validateAlarm(input as Partial<MetricAlarmInput>)
  return answer.ok ? null : `${answer.error.field}: ${answer.error.code}`
}

const measured = (Id: string, changes: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'City/Traffic', MetricName: 'SpeedKmh' }, Period: 60, Stat: 'Maximum' },
  ReturnData: false,
  ...changes,
})
const NOTHING_SINGLE = {
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Statistic: undefined,
  Period: undefined,
}
const math = (Metrics: readonly MetricDataQuery[], changes: Record<string, unknown> = {}) =>
  fault({ ...NOTHING_SINGLE, Metrics, ...changes })
const sum: MetricDataQuery = { Id: 'e1', Expression: 'm1 + m2' }

describe('validateAlarm', () => {
  it('[WATCH-15] accepts an ordinary alarm and gives it back', () => {
    expect(validateAlarm(speedAlarm())).toEqual({ ok: true, value: speedAlarm() })
  })

  it.each([
    ['a name', { AlarmName: undefined }, 'AlarmName: MissingParameter'],
    ['a name that is not empty', { AlarmName: '' }, 'AlarmName: ValidationError'],
    ['a name of 256', { AlarmName: 'x'.repeat(256) }, 'AlarmName: ValidationError'],
    ['a name with a line break', { AlarmName: 'speed\nA7' }, 'AlarmName: ValidationError'],
    ['a name in any letters', { AlarmName: 'vitesse élevée – 速度' }, null],
    ['a name of 255', { AlarmName: 'x'.repeat(255) }, null],
    ['a description of 1024', { AlarmDescription: 'x'.repeat(1024) }, null],
    ['a description of 1025', { AlarmDescription: 'x'.repeat(1025) }, 'AlarmDescription: ValidationError'],
    ['5 actions', { AlarmActions: Array(5).fill(BULLETIN) }, null],
    ['6 alarm actions', { AlarmActions: Array(6).fill(BULLETIN) }, 'AlarmActions: ValidationError'],
    ['6 OK actions', { OKActions: Array(6).fill(BULLETIN) }, 'OKActions: ValidationError'],
    ['6 more', { InsufficientDataActions: Array(6).fill(BULLETIN) }, 'InsufficientDataActions: ValidationError'],
    ['an action by name', { AlarmActions: ['bulletin'] }, 'AlarmActions: ValidationError'],
    ['an ARN cut short', { OKActions: ['arn:aws:sns'] }, 'OKActions: ValidationError'],
  ])('[WATCH-15] asks for names and actions within limits: %s', (_, changes, expected) => {
    expect(fault(changes)).toBe(expected)
  })

  it.each([
    [{ EvaluationPeriods: undefined }, 'EvaluationPeriods: MissingParameter'],
    [{ EvaluationPeriods: 0 }, 'EvaluationPeriods: ValidationError'],
    [{ EvaluationPeriods: -1 }, 'EvaluationPeriods: ValidationError'],
    [{ EvaluationPeriods: 1.5 }, 'EvaluationPeriods: ValidationError'],
    [{ EvaluationPeriods: 3, DatapointsToAlarm: 3 }, null],
    [{ EvaluationPeriods: 3, DatapointsToAlarm: 1 }, null],
    [{ EvaluationPeriods: 3, DatapointsToAlarm: 4 }, 'DatapointsToAlarm: ValidationError'],
    [{ EvaluationPeriods: 3, DatapointsToAlarm: 0 }, 'DatapointsToAlarm: ValidationError'],
    [{ EvaluationPeriods: 3, DatapointsToAlarm: 2.5 }, 'DatapointsToAlarm: ValidationError'],
  ])('[WATCH-16] answers %j with %s', (changes, expected) => {
    expect(fault(changes)).toBe(expected)
  })

  it.each([10, 20, 30, 60, 120, 300, 3600, 86_400])('[WATCH-17] accepts a period of %i s', (Period) => {
    expect(fault({ Period })).toBeNull()
  })

  it.each([0, -60, 1, 5, 15, 40, 45, 59, 61, 90, 60.5])('[WATCH-17] refuses a period of %d s', (Period) => {
    expect(fault({ Period })).toBe('Period: ValidationError')
  })

  it('[WATCH-17] asks for a period', () => {
    expect(fault({ Period: undefined })).toBe('Period: MissingParameter')
  })

  it.each([
    [10, 8640, null],
    [10, 8641, 'EvaluationPeriods: ValidationError'],
    [60, 1440, null],
    [60, 1441, 'EvaluationPeriods: ValidationError'],
    [3540, 25, 'EvaluationPeriods: ValidationError'],
    [3600, 25, null],
    [3600, 168, null],
    [3600, 169, 'EvaluationPeriods: ValidationError'],
    [86_400, 7, null],
    [86_400, 8, 'EvaluationPeriods: ValidationError'],
  ])('[WATCH-18] answers %i s times %i with %s', (Period, EvaluationPeriods, expected) => {
    expect(fault({ Period, EvaluationPeriods })).toBe(expected)
  })

  it.each([
    [{ Statistic: undefined }, 'Statistic: MissingParameter'],
    [{ Statistic: 'Median' }, 'Statistic: ValidationError'],
    [{ Statistic: 'p90' }, 'Statistic: ValidationError'],
    [{ ExtendedStatistic: 'p90' }, 'ExtendedStatistic: InvalidParameterCombination'],
    [{ Statistic: undefined, ExtendedStatistic: 'p90' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'p99.9' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'p100' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'p101' }, 'ExtendedStatistic: ValidationError'],
    [{ Statistic: undefined, ExtendedStatistic: 'tm95' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'TM(10%:90%)' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'PR(:110)' }, null],
    [{ Statistic: undefined, ExtendedStatistic: 'Average' }, 'ExtendedStatistic: ValidationError'],
    [{ Statistic: undefined, ExtendedStatistic: 'p' }, 'ExtendedStatistic: ValidationError'],
  ])('[WATCH-19] answers %j with %s', (changes, expected) => {
    expect(fault(changes)).toBe(expected)
  })

  it('[WATCH-20] accepts an expression over two metrics', () => {
    expect(math([measured('m1'), measured('m2'), sum])).toBeNull()
  })

  it.each<[string, readonly MetricDataQuery[], string]>([
    ['nothing', [], 'Metrics: ValidationError'],
    ['two that are returned', [measured('m1', { ReturnData: true }), sum], 'Metrics.ReturnData: ValidationError'],
    ['none that is returned', [measured('m1')], 'Metrics.ReturnData: ValidationError'],
    ['a twin', [measured('m1'), measured('m1'), sum], 'Metrics.Id: ValidationError'],
    ['a capital id', [measured('M1'), sum], 'Metrics.Id: ValidationError'],
    ['a query without anything', [measured('m1'), { Id: 'e1' }], 'Metrics: InvalidParameterCombination'],
    ['a query with both', [measured('m1', { Expression: '1' }), sum], 'Metrics: InvalidParameterCombination'],
    ['only an expression', [sum], 'Metrics: ValidationError'],
    ['21', [...Array.from({ length: 20 }, (_, i) => measured(`m${i}`)), sum], 'Metrics: ValidationError'],
  ])('[WATCH-20] refuses %s', (_, queries, expected) => {
    expect(math(queries)).toBe(expected)
  })

  it('[WATCH-20] refuses two periods', () => {
    const { MetricStat } = measured('m2')
    const slow = measured('m2', MetricStat ? { MetricStat: { ...MetricStat, Period: 300 } } : {})
    expect(math([measured('m1'), slow, sum])).toBe('Metrics: ValidationError')
  })

  it('[WATCH-20] checks statistic, unit and identity of each metric', () => {
    const Metric = { Namespace: 'City/Traffic', MetricName: 'SpeedKmh' }
    const only = (stat: object) =>
      math([{ Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Maximum', ...stat } } as MetricDataQuery])
    expect(only({})).toBeNull()
    expect(only({ Stat: 'Median' })).toBe('MetricStat.Stat: ValidationError')
    expect(only({ Unit: 'km/h' })).toBe('MetricStat.Unit: ValidationError')
    expect(only({ Metric: { MetricName: 'SpeedKmh' } })).toBe('Namespace: MissingParameter')
    expect(only({ Period: undefined })).toBe('MetricStat.Period: MissingParameter')
    expect(only({ Period: 45 })).toBe('Period: ValidationError')
  })

  it.each(['MetricName', 'Namespace', 'Statistic', 'Period'])('[WATCH-20] refuses %s beside Metrics', (field) => {
    expect(math([measured('m1'), measured('m2'), sum], { [field]: field === 'Period' ? 60 : 'Maximum' })).toBe(
      `${field}: InvalidParameterCombination`,
    )
  })

  const band: MetricDataQuery = { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }
  const anomaly = { Threshold: undefined, ThresholdMetricId: 'ad1', ComparisonOperator: 'GreaterThanUpperThreshold' }
  it('[WATCH-21] accepts an anomaly alarm, whose band is returned beside its metric', () => {
    expect(math([measured('m1', { ReturnData: true }), band], anomaly)).toBeNull()
  })

  it.each([
    [{ ...anomaly, Threshold: 3 }, 'Threshold: InvalidParameterCombination'],
    [{ ...anomaly, ThresholdMetricId: undefined }, 'Metrics.ReturnData: ValidationError'],
    [{ ...anomaly, ThresholdMetricId: 'm1' }, 'ThresholdMetricId: ValidationError'],
    [{ ...anomaly, ThresholdMetricId: 'm9' }, 'Metrics.ReturnData: ValidationError'],
  ])('[WATCH-21] refuses %j', (changes, expected) => {
    expect(math([measured('m1', { ReturnData: true }), band], changes)).toBe(expected)
  })

  it.each([
    [{ ComparisonOperator: undefined }, 'ComparisonOperator: MissingParameter'],
    [{ ComparisonOperator: '>' }, 'ComparisonOperator: ValidationError'],
    [{ Threshold: undefined }, 'Threshold: MissingParameter'],
    [{ Threshold: NaN }, 'Threshold: ValidationError'],
    [{ Threshold: Infinity }, 'Threshold: ValidationError'],
    [{ Threshold: 0 }, null],
    [{ Threshold: -5.5 }, null],
    [{ ThresholdMetricId: 'ad1' }, 'ThresholdMetricId: InvalidParameterCombination'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold', Threshold: undefined }, 'ThresholdMetricId: MissingParameter'],
  ])('[WATCH-21] answers %j with %s', (changes, expected) => {
    expect(fault(changes)).toBe(expected)
  })

  const dimensions = (count: number) => Array.from({ length: count }, (_, i) => ({ Name: `d${i}`, Value: 'x' }))
  it.each([
    ['30 dimensions', { Dimensions: dimensions(30) }, null],
    ['no dimension', { Dimensions: [] }, null],
    ['31 dimensions', { Dimensions: dimensions(31) }, 'Dimensions: ValidationError'],
    ['a twin', { Dimensions: [...dimensions(1), ...dimensions(1)] }, 'Dimensions: InvalidParameterValue'],
    ['an empty value', { Dimensions: [{ Name: 'Camera', Value: '' }] }, 'Dimensions.Value: ValidationError'],
    ['a tab in a value', { Dimensions: [{ Name: 'Camera', Value: 'A\t7' }] }, 'Dimensions.Value: ValidationError'],
    ['an empty name', { Dimensions: [{ Name: '', Value: 'A7' }] }, 'Dimensions.Name: ValidationError'],
    ['no namespace', { Namespace: undefined }, 'Namespace: MissingParameter'],
    ['a colon first', { Namespace: ':City' }, 'Namespace: ValidationError'],
    ['a namespace of AWS', { Namespace: 'AWS/Lambda' }, null],
    ['no metric', { MetricName: undefined }, 'MetricName: MissingParameter'],
    ['a unit', { Unit: 'Percent' }, null],
    ['a made-up unit', { Unit: 'km/h' }, 'Unit: ValidationError'],
    ['a treatment', { TreatMissingData: 'notBreaching' }, null],
    ['a misspelt treatment', { TreatMissingData: 'notbreaching' }, 'TreatMissingData: ValidationError'],
    ['low samples', { EvaluateLowSampleCountPercentile: 'ignore' }, null],
    ['other', { EvaluateLowSampleCountPercentile: 'skip' }, 'EvaluateLowSampleCountPercentile: ValidationError'],
  ])('[WATCH-22] answers %s', (_, changes, expected) => {
    expect(fault(changes)).toBe(expected)
  })
})
