import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { AlarmState, MetricAlarmInput, TreatMissingData } from '../../../../shared/aws/alarm.ts'
import type { Datapoint } from '../../../../shared/aws/metric.ts'
import { evaluateAlarm } from '../../../../server/services/watch/evaluate.ts'
import type { Retention } from '../../../../server/services/watch/state.ts'
import { openWatch } from '../../../../server/services/watch/watch.ts'
import { at, pass, play, speedAlarm, START, withAlarm } from './world.ts'

const MINUTE = 60_000
const UNTIL = 900

const sample = fc.record({
  second: fc.integer({ min: 1, max: UNTIL - 1 }),
  speed: fc.integer({ min: 80, max: 140 }),
  isFine: fc.boolean(),
})
const points = (samples: readonly { second: number; speed: number; isFine: boolean }[]): Datapoint[] =>
  samples
    .toSorted((a, b) => a.second - b.second)
    .map(({ second, speed, isFine }) => pass(second, speed, { storageResolution: isFine ? 1 : 60 }))

const settings = fc
  .record({
    Period: fc.constantFrom(10, 20, 30, 60, 120, 300),
    EvaluationPeriods: fc.integer({ min: 1, max: 4 }),
    DatapointsToAlarm: fc.integer({ min: 1, max: 4 }),
    Statistic: fc.constantFrom('Maximum', 'Minimum', 'Average', 'Sum', 'SampleCount'),
    Threshold: fc.constantFrom(2, 90, 110, 300),
    ComparisonOperator: fc.constantFrom('GreaterThanThreshold' as const, 'LessThanOrEqualToThreshold' as const),
    TreatMissingData: fc.constantFrom<TreatMissingData>('missing', 'ignore', 'breaching', 'notBreaching'),
  })
  .map((given) => ({ ...given, DatapointsToAlarm: Math.min(given.DatapointsToAlarm, given.EvaluationPeriods) }))

/** What a period's samples amount to, computed from the bare list. */
function statisticOf(values: readonly number[], name: string): number | null {
  const sum = values.reduce((a, b) => a + b, 0)
  if (values.length === 0) return null
  switch (name) {
    case 'Maximum':
      return Math.max(...values)
    case 'Minimum':
      return Math.min(...values)
    case 'Average':
      return sum / values.length
    case 'Sum':
      return sum
    default:
      return values.length
  }
}

/** The moments at which the alarm changes and the states it goes to, found by looking at all data each time. */
function naively(config: MetricAlarmInput, data: readonly Datapoint[]): (readonly [number, AlarmState])[] {
  const { Period = 60, EvaluationPeriods, Statistic = '' } = config
  const stamped = data.map(({ timestamp, value, storageResolution }) => ({
    at: Math.floor(timestamp / (storageResolution * 1000)) * storageResolution * 1000,
    seenAt: timestamp,
    value,
  }))
  let state: AlarmState = 'INSUFFICIENT_DATA'
  const changes: (readonly [number, AlarmState])[] = []
  for (let now = START + 10_000; now <= START + UNTIL * 1000; now += 10_000) {
    if (Period >= 60 && now % MINUTE !== 0) continue
    const window = Array.from({ length: EvaluationPeriods + 2 }, (_, index) => {
      const from = now - (EvaluationPeriods + 2 - index) * Period * 1000
      const inside = stamped.filter(
        (datum) => datum.at >= from && datum.at < from + Period * 1000 && datum.seenAt <= now,
      )
      return statisticOf(
        inside.map(({ value }) => value),
        Statistic,
      )
    })
    const next: AlarmState = evaluateAlarm(config, window, state).state
    if (next !== state) changes.push([(now - START) / 1000, next])
    state = next
  }
  return changes
}

const lived = (config: MetricAlarmInput, data: readonly Datapoint[], retention?: Retention) => {
  const start = openWatch(retention ? { now: at(0), retention } : { now: at(0) })
  return play(withAlarm(start, config), UNTIL, data).changes.map(
    (change) => [(change.at - START) / 1000, change.to] as const,
  )
}

describe('the service against the bare list of its data', () => {
  it('[WATCH-24] finds the same states at the same moments', () => {
    fc.assert(
      fc.property(settings, fc.array(sample, { maxLength: 30 }), (given, samples) => {
        const config = speedAlarm(given)
        expect(lived(config, points(samples))).toEqual(naively(config, points(samples)))
      }),
      { numRuns: 150 },
    )
  })

  it('[WATCH-72] finds them also when it forgets as fast as it may', () => {
    const retention: Retention = { subMinute: 0, minute: 0, fiveMinutes: 0, hour: 0 }
    fc.assert(
      fc.property(settings, fc.array(sample, { maxLength: 30 }), (given, samples) => {
        const config = speedAlarm(given)
        expect(lived(config, points(samples), retention)).toEqual(naively(config, points(samples)))
      }),
      { numRuns: 100 },
    )
  })

  it('[WATCH-31] does not depend on the order in which data of one moment come', () => {
    fc.assert(
      fc.property(settings, fc.array(sample, { maxLength: 20 }), (given, samples) => {
        const config = speedAlarm(given)
        const data = points(samples)
        const backwards = data.toReversed().toSorted((a, b) => a.timestamp - b.timestamp)
        expect(lived(config, backwards)).toEqual(lived(config, data))
      }),
      { numRuns: 60 },
    )
  })

  it('[WATCH-33] is not disturbed by what other metrics do', () => {
    fc.assert(
      fc.property(
        settings,
        fc.array(sample, { maxLength: 20 }),
        fc.array(sample, { maxLength: 20 }),
        (given, ours, others) => {
          const config = speedAlarm(given)
          const noise = points(others).map((datum) => ({ ...datum, dimensions: { Camera: 'B2' } }))
          expect(lived(config, [...points(ours), ...noise])).toEqual(lived(config, points(ours)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('[WATCH-26] names a cause whose value breaches, when a single sample decides', () => {
    const single = settings.filter(({ Statistic }) => Statistic === 'Maximum')
    fc.assert(
      fc.property(single, fc.array(sample, { maxLength: 30 }), (given, samples) => {
        const config = speedAlarm({ ...given, ComparisonOperator: 'GreaterThanThreshold' })
        const numbered = points(samples).map((datum, index) => ({ ...datum, cause: `0/${index + 2}` as const }))
        const { changes } = play(withAlarm(openWatch({ now: at(0) }), config), UNTIL, numbered)
        for (const { to, cause } of changes) {
          const value = numbered.find((datum) => datum.cause === cause)?.value
          const isBreaching = value === undefined ? null : value > (config.Threshold ?? 0)
          expect([null, to === 'ALARM']).toContain(isBreaching)
        }
      }),
      { numRuns: 60 },
    )
  })
})
