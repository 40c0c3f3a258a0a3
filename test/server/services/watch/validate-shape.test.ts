import { describe, expect, it } from 'vitest'

import type { MetricAlarmInput } from '../../../../shared/aws/alarm.ts'
import type { MetricDataQuery } from '../../../../shared/aws/metric.ts'
import { validateAlarm } from '../../../../server/services/watch/evaluate.ts'
import { speedAlarm } from './world.ts'

/** `null` when accepted, else where it hurts and the code. */
function fault(input: unknown): string | null {
  const answer = validateAlarm(input as Partial<MetricAlarmInput>)
  return answer.ok ? null : `${answer.error.field}: ${answer.error.code}`
}

const JUNK = [null, 0, -1, '', 'x', true, {}, { a: 1 }, [], [null], [1], [[]], [{ Name: 1 }], [{ Id: null }]]
const FIELDS = {
  text: ['AlarmName', 'AlarmDescription', 'Namespace', 'MetricName', 'Statistic', 'ExtendedStatistic', 'Unit'],
  choice: ['ComparisonOperator', 'TreatMissingData', 'EvaluateLowSampleCountPercentile', 'ThresholdMetricId'],
  number: ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'],
  list: ['OKActions', 'AlarmActions', 'InsufficientDataActions', 'Dimensions', 'Metrics'],
}

describe('what is no alarm at all', () => {
  it.each([...FIELDS.text, ...FIELDS.choice])('[WATCH-106] asks for a text in %s', (field) => {
    for (const junk of JUNK.filter((value) => typeof value !== 'string'))
      expect(fault({ ...speedAlarm(), [field]: junk })).toBe(`${field}: ValidationError`)
  })

  it.each(FIELDS.number)('[WATCH-106] asks for a number in %s', (field) => {
    for (const junk of JUNK.filter((value) => typeof value !== 'number'))
      expect(fault({ ...speedAlarm(), [field]: junk })).toBe(`${field}: ValidationError`)
  })

  it.each(FIELDS.list)('[WATCH-106] asks for a list in %s', (field) => {
    for (const junk of JUNK.filter((value) => !Array.isArray(value)))
      expect(fault({ ...speedAlarm(), [field]: junk })).toBe(`${field}: ValidationError`)
    for (const junk of [[null], [1], [[]].flat(0).map(() => 5), [undefined]])
      expect(fault({ ...speedAlarm(), [field]: junk })).toBe(`${field}: ValidationError`)
  })

  it.each([
    [{ Id: 'a', Expression: 5 }],
    [{ Id: 'a', MetricStat: 5 }],
    [{ Id: 'a', MetricStat: {} }],
    [{ Id: 'a', MetricStat: { Metric: null, Stat: 'Sum', Period: 60 } }],
    [{ Id: 'a', MetricStat: { Metric: { Dimensions: [1] }, Stat: 'Sum', Period: 60 } }],
    [{ Id: 'a', MetricStat: { Metric: {}, Stat: null, Period: 60 } }],
    [{ Id: 'a', ReturnData: 'true', Expression: '1' }],
    [{ Id: 7, Expression: '1' }],
  ])('[WATCH-106] looks into queries: %j', (query) => {
    expect(fault({ ...speedAlarm(), Metrics: [query] })).toBe('Metrics: ValidationError')
  })

  it('[WATCH-106] misses what is not there, and passes over what it does not know', () => {
    expect(fault({})).toBe('AlarmName: MissingParameter')
    expect(fault({ ...speedAlarm(), Tags: [{ Key: 'a' }], Colour: null })).toBeNull()
    expect(fault({ ...speedAlarm(), Dimensions: [{ Value: 'A7' }] })).toBe('Dimensions.Name: MissingParameter')
  })
})

describe('expressions of an alarm', () => {
  const measured = (Id: string): MetricDataQuery => ({
    Id,
    MetricStat: { Metric: { Namespace: 'City/Traffic', MetricName: 'SpeedKmh' }, Period: 60, Stat: 'Maximum' },
    ReturnData: false,
  })
  const asked = (...queries: readonly MetricDataQuery[]) =>
    fault({
      AlarmName: 'math',
      EvaluationPeriods: 1,
      Threshold: 110,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [measured('m1'), measured('m2'), ...queries],
    })
  const compared = (Expression: string) => asked({ Id: 'e1', Expression })

  it.each([
    'm1',
    'm1 + m2',
    'm1 / m2',
    '-m1',
    'SUM([m1, m2])',
    'SUM(METRICS())',
    'AVG(METRICS("m"))',
    'RATE(m1)',
    'DIFF(DIFF(DIFF(m1)))',
    'FILL(m1, REPEAT)',
    'IF(m1 > 110, 1, 0)',
    'm1 - AVG(m1)',
    'm1 > 110 AND m2 > 110',
    'RUNNING_SUM(ABS(m1)) ^ 2',
  ])('[WATCH-105] accepts %s', (expression) => {
    expect(compared(expression)).toBeNull()
  })

  it.each([
    'm3 + 1',
    'm1 +',
    '',
    'sum(m1)',
    'NOTHING(m1)',
    'e1 + m1',
    '5',
    'SUM(m1)',
    'MAX(RATE(m1))',
    'METRICS()',
    '[m1, m2]',
    'ANOMALY_DETECTION_BAND(m1, 2)',
    '"text"',
    'm1 m2',
    'FILL(m1)',
  ])('[WATCH-105] refuses %s', (expression) => {
    expect(compared(expression)).toBe('Metrics.Expression: ValidationError')
  })

  it('[WATCH-105] compares a series only, but lets others lead to it', () => {
    expect(
      asked({ Id: 'e1', Expression: 'AVG(m1)', ReturnData: false }, { Id: 'e2', Expression: 'm1 - e1' }),
    ).toBeNull()
    expect(asked({ Id: 'e1', Expression: 'e2', ReturnData: false }, { Id: 'e2', Expression: 'e1' })).toBe(
      'Metrics.Expression: ValidationError',
    )
  })

  it('[WATCH-107] is quick where each query names the one before a hundred times', () => {
    const sums = Array.from({ length: 17 }, (_, n) => ({
      Id: `e${n + 1}`,
      Expression: Array.from({ length: 100 }, () => (n === 0 ? 'm1' : `e${n}`)).join(' + '),
      ReturnData: n === 16,
    }))
    expect(asked(...sums)).toBeNull()
  })
})
