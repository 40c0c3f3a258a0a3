import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { AlarmState, TreatMissingData } from '../../../../shared/aws/alarm.ts'
import { evaluateAlarm, staysIn } from '../../../../server/services/watch/evaluate.ts'

const STATES: AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA']
const TREATMENTS: TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching']

const scene = fc
  .record({
    n: fc.integer({ min: 1, max: 6 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    treatment: fc.constantFrom(...TREATMENTS),
    previous: fc.constantFrom(...STATES),
    slots: fc.array(fc.constantFrom('X', '0', '-'), { minLength: 8, maxLength: 8 }),
  })
  .map(({ n, share, slots, ...rest }) => ({
    ...rest,
    n,
    m: 1 + Math.floor(share * (n - 0.001)),
    slots: slots.slice(0, n + 2),
  }))
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never

const evaluate = ({ n, m, treatment, previous, slots }: Scene, values: Record<string, number | null> = {}) =>
  evaluateAlarm(
    {
      EvaluationPeriods: n,
      DatapointsToAlarm: m,
      Threshold: 110,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: treatment,
    },
    slots.map((slot) => ({ X: 131, '0': 90, '-': null, ...values })[slot] ?? null),
    previous,
  ).state

/** The published algorithm, said again as slowly and plainly as it can be. */
function restated({ n, m, treatment, previous, slots }: Scene): AlarmState {
  const real = slots.filter((slot) => slot !== '-')
  if (real.length >= n) {
    const last = real.slice(real.length - n)
    return last.filter((slot) => slot === 'X').length >= m ? 'ALARM' : 'OK'
  }
  const b = real.filter((slot) => slot === 'X').length
  const fill = n - real.length
  if (treatment === 'breaching') return b + fill >= m ? 'ALARM' : 'OK'
  if (treatment === 'notBreaching') return b >= m ? 'ALARM' : 'OK'
  if (real.length === 0) return treatment === 'missing' ? 'INSUFFICIENT_DATA' : previous
  if (real.includes('0')) return b >= m ? 'ALARM' : 'OK'
  if (treatment === 'ignore') return previous
  const age = slots.length - slots.indexOf('X')
  return b >= m || age >= m ? 'ALARM' : previous
}

describe('evaluateAlarm, for any window', () => {
  it('[WATCH-11] agrees with the restatement', () => {
    fc.assert(
      fc.property(scene, (given) => {
        expect(evaluate(given)).toBe(restated(given))
      }),
      { numRuns: 3000 },
    )
  })

  it('[WATCH-11] is asked cheaply first and gives the same answer', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { n, m, treatment, previous, slots } = given
        const config = {
          EvaluationPeriods: n,
          DatapointsToAlarm: m,
          Threshold: 110,
          ComparisonOperator: 'GreaterThanThreshold',
          TreatMissingData: treatment,
        } as const
        const window = slots.map((slot) => (slot === '-' ? null : slot === 'X' ? 131 : 90))
        expect(staysIn(previous, config, window, {})).toBe(evaluate(given) === previous)
      }),
    )
  })

  it('[WATCH-12] does not turn off when a good datapoint turns bad', () => {
    fc.assert(
      fc.property(scene, fc.nat(7), (given, index) => {
        fc.pre(given.slots[index] === '0' && evaluate(given) === 'ALARM')
        const worse = { ...given, slots: given.slots.with(index, 'X') }
        // With only breaches left, `ignore` and a premature alarm keep what was there.
        expect(evaluate(worse)).toBe(worse.slots.includes('0') ? 'ALARM' : restated(worse))
      }),
    )
  })

  it('[WATCH-12] does not turn on when more datapoints are asked for', () => {
    fc.assert(
      fc.property(scene, (given) => {
        fc.pre(given.m < given.n && given.previous !== 'ALARM')
        const stricter = evaluate({ ...given, m: given.m + 1 })
        expect(stricter === 'ALARM' && evaluate(given) !== 'ALARM').toBe(false)
      }),
    )
  })

  it('[WATCH-12] does not care how far beyond the threshold a value is', () => {
    fc.assert(
      fc.property(scene, fc.double({ min: 110.001, max: 1e9, noNaN: true }), (given, value) => {
        expect(evaluate(given, { X: value })).toBe(evaluate(given))
      }),
    )
  })

  it('[WATCH-11] gives the decision to a datapoint that speaks for it', () => {
    fc.assert(
      fc.property(scene, ({ n, m, treatment, previous, slots }) => {
        const config = { EvaluationPeriods: n, DatapointsToAlarm: m, Threshold: 110, TreatMissingData: treatment }
        const window = slots.map((slot) => (slot === '-' ? null : slot === 'X' ? 131 : 90))
        const found = evaluateAlarm({ ...config, ComparisonOperator: 'GreaterThanThreshold' }, window, previous)
        const speaker = found.decidedBy === null ? null : slots[found.decidedBy]
        expect([null, found.state === 'ALARM' ? 'X' : '0']).toContain(speaker)
        expect(found.evaluated.length).toBeLessThanOrEqual(n)
      }),
    )
  })
})
