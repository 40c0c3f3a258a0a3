import { describe, expect, it } from 'vitest'

import type { AlarmState, ComparisonOperator, TreatMissingData } from '../../../../shared/aws/alarm.ts'
import { evaluateAlarm } from '../../../../server/services/watch/evaluate.ts'
import type { EvaluationConfig } from '../../../../server/services/watch/slots.ts'

const config = (changes: Partial<EvaluationConfig> = {}): EvaluationConfig => ({
  EvaluationPeriods: 3,
  Threshold: 110,
  ComparisonOperator: 'GreaterThanThreshold',
  ...changes,
})

/** `X` breaches, `0` does not, `-` is missing. */
const slots = (text: string) => text.split(' ').map((slot) => (slot === '-' ? null : slot === 'X' ? 131 : 90))

const TREATMENTS: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching']

/** The four treatments' outcomes; `keep` when both an OK and an ALARM stay what they were. */
function outcomes(window: string, m: number): string[] {
  return TREATMENTS.map((TreatMissingData) => {
    const from = (state: AlarmState) =>
      evaluateAlarm(config({ DatapointsToAlarm: m, TreatMissingData }), slots(window), state).state
    return from('OK') === 'OK' && from('ALARM') === 'ALARM' ? 'keep' : from('OK')
  })
}

describe('evaluateAlarm', () => {
  it.each<[ComparisonOperator, number, AlarmState]>([
    ['GreaterThanThreshold', 109.9, 'OK'],
    ['GreaterThanThreshold', 110, 'OK'],
    ['GreaterThanThreshold', 110.1, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 109.9, 'OK'],
    ['GreaterThanOrEqualToThreshold', 110, 'ALARM'],
    ['LessThanThreshold', 110, 'OK'],
    ['LessThanThreshold', 109.9, 'ALARM'],
    ['LessThanOrEqualToThreshold', 110.1, 'OK'],
    ['LessThanOrEqualToThreshold', 110, 'ALARM'],
  ])('[WATCH-1] with %s, %d against 110 is %s', (ComparisonOperator, value, state) => {
    expect(evaluateAlarm(config({ EvaluationPeriods: 1, ComparisonOperator }), [value], 'OK').state).toBe(state)
  })

  it.each([
    ['0 - X - X', 3, 'OK'],
    ['0 X X - X', 3, 'ALARM'],
    ['X X 0 X X', 3, 'OK'],
    ['0 0 X X X', 3, 'ALARM'],
    ['X X 0 0 X', 2, 'OK'],
    ['0 0 X 0 X', 2, 'ALARM'],
    ['0 - X - X', 2, 'ALARM'],
    ['X 0 0 0 X', 1, 'ALARM'],
    ['X 0 0 0 -', 1, 'OK'],
  ])('[WATCH-2] decides %s by the newest 3 real datapoints, %i wanted: %s', (window, m, state) => {
    expect(outcomes(window, m)).toEqual([state, state, state, state])
  })

  it.each([
    ['- - - X -', 3, 'ALARM', 'OK'],
    ['- - - X -', 1, 'ALARM', 'ALARM'],
    ['X - - - X', 2, 'ALARM', 'ALARM'],
    ['X - - - X', 3, 'ALARM', 'OK'],
    ['0 - - - X', 3, 'OK', 'OK'],
    ['0 - - - X', 2, 'ALARM', 'OK'],
    ['0 - - - 0', 1, 'ALARM', 'OK'],
    ['0 - - - 0', 2, 'OK', 'OK'],
  ])('[WATCH-3] fills %s up to 3, %i wanted: breaching %s, notBreaching %s', (window, m, breaching, notBreaching) => {
    expect(outcomes(window, m).slice(2)).toEqual([breaching, notBreaching])
  })

  it.each([
    ['- - - - -', 'INSUFFICIENT_DATA'],
    ['- - - - 0', 'OK'],
    ['0 - - - -', 'OK'],
    ['- X 0 - -', 'OK'],
  ])('[WATCH-4] with missing, %s is %s', (window, state) => {
    const evaluate = (from: AlarmState) => evaluateAlarm(config(), slots(window), from).state
    expect([evaluate('OK'), evaluate('ALARM'), evaluate('INSUFFICIENT_DATA')]).toEqual([state, state, state])
  })

  it.each(['- - - - -', '- - X - -', 'X - - - X', '- - - - X'])(
    '[WATCH-5] with ignore, %s keeps the state',
    (window) => {
      const states: AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA']
      const found = states.map((from) => evaluateAlarm(config({ TreatMissingData: 'ignore' }), slots(window), from))
      expect(found.map(({ state, kept }) => [state, kept])).toEqual(states.map((state) => [state, true]))
    },
  )

  it('[WATCH-5] with ignore, a good datapoint speaks again', () => {
    expect(evaluateAlarm(config({ TreatMissingData: 'ignore' }), slots('- - X 0 -'), 'ALARM').state).toBe('OK')
  })

  it.each([
    ['- - - - X', 3, 'keep'],
    ['- - - X -', 3, 'keep'],
    ['- - X - -', 3, 'ALARM'],
    ['- X - - -', 3, 'ALARM'],
    ['- - X - X', 3, 'ALARM'],
    ['- - - X X', 3, 'keep'],
    ['- - - X X', 2, 'ALARM'],
    ['- - - - X', 2, 'keep'],
    ['- - - - X', 1, 'ALARM'],
  ])('[WATCH-6] with missing, the lone breaches %s with %i wanted: %s', (window, m, outcome) => {
    expect(outcomes(window, m)[0]).toBe(outcome)
  })

  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'keep', 'ALARM', 'OK']],
  ])('[WATCH-7] 3 of 3: %s gives %j', (window, row) => {
    expect(outcomes(window, 3)).toEqual(row)
  })

  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'keep', 'ALARM', 'OK']],
  ])('[WATCH-7] 2 of 3: %s gives %j', (window, row) => {
    expect(outcomes(window, 2)).toEqual(row)
  })

  it('[WATCH-8] takes zero for a value', () => {
    const quiet = config({ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' })
    expect(evaluateAlarm(quiet, [null, null, 0], 'OK').state).toBe('ALARM')
  })

  it.each([NaN, undefined, 'x', true, {}])('[WATCH-8] takes %o for no value', (hole) => {
    const alarm = config({ EvaluationPeriods: 2 })
    const evaluated = (window: readonly unknown[]) => evaluateAlarm(alarm, window as (number | null)[], 'OK')
    expect(evaluated([hole, 131, hole, 131])).toEqual(evaluated([null, 131, null, 131]))
    expect(evaluated([hole, hole, hole, hole]).state).toBe('INSUFFICIENT_DATA')
  })

  it('[WATCH-9] keeps the state while a percentile has too few samples, if told to', () => {
    const facts = { tooFewSamples: [false, false, true] }
    const evaluate = (EvaluateLowSampleCountPercentile: 'ignore' | 'evaluate') =>
      evaluateAlarm(config({ EvaluationPeriods: 1, EvaluateLowSampleCountPercentile }), [90, 90, 131], 'OK', facts)
        .state
    expect([evaluate('ignore'), evaluate('evaluate')]).toEqual(['OK', 'ALARM'])
  })

  it('[WATCH-9] looks only at the datapoints that are compared', () => {
    const facts = { tooFewSamples: [true, true, false] }
    const careful = config({ EvaluationPeriods: 1, EvaluateLowSampleCountPercentile: 'ignore' })
    expect(evaluateAlarm(careful, [90, 90, 131], 'OK', facts).state).toBe('ALARM')
  })

  const band = { lower: 40, upper: 60 }
  it.each<[ComparisonOperator, number, AlarmState]>([
    ['LessThanLowerOrGreaterThanUpperThreshold', 39, 'ALARM'],
    ['LessThanLowerOrGreaterThanUpperThreshold', 40, 'OK'],
    ['LessThanLowerOrGreaterThanUpperThreshold', 60, 'OK'],
    ['LessThanLowerOrGreaterThanUpperThreshold', 61, 'ALARM'],
    ['LessThanLowerThreshold', 61, 'OK'],
    ['LessThanLowerThreshold', 39, 'ALARM'],
    ['GreaterThanUpperThreshold', 39, 'OK'],
    ['GreaterThanUpperThreshold', 61, 'ALARM'],
  ])('[WATCH-10] with %s, %d against 40 to 60 is %s', (ComparisonOperator, value, state) => {
    const alarm = { EvaluationPeriods: 1, ComparisonOperator }
    expect(evaluateAlarm(alarm, [value], 'OK', { band: [band] }).state).toBe(state)
  })

  it('[WATCH-10] takes a period without a band for a missing datapoint', () => {
    const alarm: EvaluationConfig = { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanUpperThreshold' }
    expect(evaluateAlarm(alarm, [90, 90], 'OK', { band: [null, null] }).state).toBe('INSUFFICIENT_DATA')
    expect(evaluateAlarm(alarm, [90, 90], 'OK', { band: [band, null] }).state).toBe('ALARM')
  })
})
