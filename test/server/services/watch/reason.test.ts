import { describe, expect, it } from 'vitest'

import type { AlarmState } from '../../../../shared/aws/alarm.ts'
import { serviceMs } from '../../../../shared/units.ts'
import { evaluateAlarm } from '../../../../server/services/watch/evaluate.ts'
import { toJavaText, toReasonTime } from '../../../../server/services/watch/java-text.ts'
import type { EvaluationConfig } from '../../../../server/services/watch/slots.ts'

/** 2026-03-14T09:29:00Z. */
const NOW = serviceMs(1_773_480_540_000)
const config = (changes: Partial<EvaluationConfig> = {}): EvaluationConfig => ({
  EvaluationPeriods: 1,
  Threshold: 110,
  ComparisonOperator: 'GreaterThanThreshold',
  Period: 60,
  ...changes,
})
const reason = (window: readonly (number | null)[], changes: Partial<EvaluationConfig> = {}, from: AlarmState = 'OK') =>
  evaluateAlarm(config(changes), window, from, { endsAt: NOW }).reason

describe('the reason of a state', () => {
  it('[WATCH-13] names the datapoint, its minute and the threshold', () => {
    expect(reason([131])).toBe(
      'Threshold Crossed: 1 datapoint [131.0 (14/03/26 09:28:00)] was greater than the threshold (110.0).',
    )
  })

  it('[WATCH-13] says "not" for OK', () => {
    expect(reason([45.25], {}, 'ALARM')).toBe(
      'Threshold Crossed: 1 datapoint [45.25 (14/03/26 09:28:00)] was not greater than the threshold (110.0).',
    )
  })

  it('[WATCH-13] lists several datapoints newest first', () => {
    expect(reason([90, null, 121, 125, 131], { EvaluationPeriods: 3 })).toBe(
      'Threshold Crossed: 3 datapoints [131.0 (14/03/26 09:28:00), 125.0 (14/03/26 09:27:00), 121.0 (14/03/26 09:26:00)]' +
        ' were greater than the threshold (110.0).',
    )
  })

  it.each([
    ['GreaterThanOrEqualToThreshold', 131, 'greater than or equal to'],
    ['LessThanThreshold', 90, 'less than'],
    ['LessThanOrEqualToThreshold', 90, 'less than or equal to'],
  ] as const)('[WATCH-13] words %s', (ComparisonOperator, value, words) => {
    expect(reason([value], { ComparisonOperator })).toContain(`was ${words} the threshold (110.0)`)
  })

  it('[WATCH-13] names the edges of a band', () => {
    const alarm = { EvaluationPeriods: 1, ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' } as const
    expect(evaluateAlarm(alarm, [131], 'OK', { band: [{ lower: 40, upper: 60.5 }] }).reason).toBe(
      'Thresholds Crossed: 1 datapoint [131.0] was less than the lower thresholds [40.0] or greater than the upper thresholds [60.5].',
    )
  })

  it.each([
    ['LessThanLowerThreshold', 'less than the lower thresholds [40.0]'],
    ['GreaterThanUpperThreshold', 'greater than the upper thresholds [60.5]'],
  ] as const)('[WATCH-13] words %s', (ComparisonOperator, words) => {
    const band = [{ lower: 40, upper: 60.5 }]
    expect(evaluateAlarm({ EvaluationPeriods: 1, ComparisonOperator }, [50], 'ALARM', { band }).reason).toContain(
      `[50.0] was not ${words}`,
    )
  })

  it.each([
    [0, '0.0'],
    [-3, '-3.0'],
    [0.0666851903306472, '0.0666851903306472'],
    [0.001, '0.001'],
    [0.0005, '5.0E-4'],
    [9_999_999, '9999999.0'],
    [10_000_000, '1.0E7'],
    [-123_456_789, '-1.23456789E8'],
  ])('[WATCH-13] writes %d as %s', (value, text) => {
    expect(toJavaText(value)).toBe(text)
  })

  it('[WATCH-13] writes days before months and two digits of the year', () => {
    expect(toReasonTime(serviceMs(0))).toBe('01/01/70 00:00:00')
    expect(toReasonTime(NOW)).toBe('14/03/26 09:29:00')
  })

  it('[WATCH-14] counts M of N and names the least for the transition', () => {
    expect(reason([90, 131, 125], { EvaluationPeriods: 3, DatapointsToAlarm: 2 })).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [125.0 (14/03/26 09:28:00), 131.0 (14/03/26 09:27:00)] were ' +
        'greater than the threshold (110.0) (minimum 2 datapoints for OK -> ALARM transition).',
    )
  })

  it('[WATCH-14] counts what is needed for the way back', () => {
    expect(reason([90, 80, 125], { EvaluationPeriods: 3, DatapointsToAlarm: 2 }, 'ALARM')).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [80.0 (14/03/26 09:27:00), 90.0 (14/03/26 09:26:00)] were not ' +
        'greater than the threshold (110.0) (minimum 2 datapoints for ALARM -> OK transition).',
    )
  })

  it('[WATCH-14] tells how missing datapoints were treated', () => {
    const filled = (window: (number | null)[], TreatMissingData: 'breaching' | 'notBreaching') =>
      reason(window, { EvaluationPeriods: 2, TreatMissingData })
    expect(filled([null, null, null, null], 'breaching')).toBe(
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    )
    expect(filled([null, null, null, 90], 'notBreaching')).toBe(
      'Threshold Crossed: 1 datapoint was received for 2 periods and 1 missing datapoint was treated as [NonBreaching].',
    )
  })

  it('[WATCH-14] speaks of one period in the singular', () => {
    expect(reason([null], { TreatMissingData: 'breaching' })).toBe(
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    )
  })

  it.each([
    [1, 'Insufficient Data: 1 datapoint was unknown.'],
    [3, 'Insufficient Data: 3 datapoints were unknown.'],
  ])('[WATCH-14] counts %i unknown datapoints', (EvaluationPeriods, text) => {
    expect(reason([null, null, null, null, null], { EvaluationPeriods })).toBe(text)
  })
})
