import { assertNever } from '../../../shared/assert.ts'
import type { AlarmState, MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { alarmFaults } from './alarm-faults.ts'
import { evaluationReason } from './reason.ts'
import type { EvaluationConfig, Slot, WindowFacts } from './slots.ts'
import { realSlots } from './slots.ts'

/** What an evaluation found. */
export interface Evaluation {
  readonly state: AlarmState
  /** AWS's `StateReason` for what the data say. */
  readonly reason: string
  /** The data said nothing: `state` is the previous state. */
  readonly kept: boolean
  /** Index in the window of the newest datapoint that speaks for `state`; `null` when only missing data do. */
  readonly decidedBy: number | null
  /** Indexes in the window of the datapoints that were compared, oldest first. */
  readonly evaluated: readonly number[]
}

/**
 * Finds the state of a metric alarm from its evaluation range (CloudWatch User Guide, "Configuring how CloudWatch
 * alarms treat missing data").
 *
 * @param window values of the alarm's statistic, oldest first, `null` = no data in that period. All of it is looked at;
 *   the service reads `EvaluationPeriods` + 2 periods.
 * @param previousState what `ignore`, a premature alarm and too few samples keep
 */
export function evaluateAlarm(
  config: EvaluationConfig,
  window: readonly (number | null)[],
  previousState: AlarmState,
  facts: WindowFacts = {},
): Evaluation {
  const { verdict, compared } = judge(config, window, facts)
  const kept = verdict === 'keep'
  const speakers = compared.filter((slot) => slot.breaching === (verdict === 'ALARM'))
  return {
    state: kept ? previousState : verdict,
    reason: evaluationReason(config, { verdict, compared, speakers, previousState, endsAt: facts.endsAt }),
    kept,
    decidedBy: kept ? null : (speakers.at(-1)?.index ?? null),
    evaluated: compared.map((slot) => slot.index),
  }
}

/** Says whether `evaluateAlarm` would leave the state as it is, without putting a reason into words. */
export function staysIn(
  previousState: AlarmState,
  config: EvaluationConfig,
  window: readonly (number | null)[],
  facts: WindowFacts,
): boolean {
  const { verdict } = judge(config, window, facts)
  return verdict === 'keep' || verdict === previousState
}

/**
 * Checks what PutMetricAlarm is asked for against the service's limits (CloudWatch API Reference, "PutMetricAlarm").
 *
 * @returns the alarm as it was given, or the first fault with its field: `MissingParameter`,
 *   `InvalidParameterCombination`, `InvalidParameterValue` or `ValidationError`
 */
export function validateAlarm(config: Partial<MetricAlarmInput>): Result<MetricAlarmInput, ServiceError> {
  const [fault] = alarmFaults(config)
  return fault ? fail(fault) : ok(config as MetricAlarmInput)
}

function judge(config: EvaluationConfig, window: readonly (number | null)[], facts: WindowFacts) {
  const compared = realSlots(config, window, facts).slice(-config.EvaluationPeriods)
  const verdict = isTooThin(config, compared, facts) ? ('keep' as const) : verdictOf(config, compared)
  return { verdict, compared }
}

const isTooThin = (config: EvaluationConfig, compared: readonly Slot[], facts: WindowFacts): boolean =>
  config.EvaluateLowSampleCountPercentile === 'ignore' &&
  compared.some((slot) => facts.tooFewSamples?.[slot.index] === true)

/** @param compared the newest real datapoints, at most `EvaluationPeriods` of them */
function verdictOf(config: EvaluationConfig, compared: readonly Slot[]): AlarmState | 'keep' {
  const wanted = config.DatapointsToAlarm ?? config.EvaluationPeriods
  const missing = config.EvaluationPeriods - compared.length
  const breaching = compared.filter((slot) => slot.breaching).length
  const alarmWhen = (isOn: boolean): AlarmState => (isOn ? 'ALARM' : 'OK')
  if (missing === 0) return alarmWhen(breaching >= wanted)

  const treatment = config.TreatMissingData ?? 'missing'
  switch (treatment) {
    case 'breaching':
      return alarmWhen(breaching + missing >= wanted)
    case 'notBreaching':
      return alarmWhen(breaching >= wanted)
    case 'ignore':
      return breaching === compared.length ? 'keep' : alarmWhen(breaching >= wanted)
    case 'missing':
      return breaching === compared.length ? onlyBreaches(compared, wanted) : alarmWhen(breaching >= wanted)
    default:
      return assertNever(treatment)
  }
}

/** A fresh breach alone is too early to call: it alarms once it is so old that nothing can come in before it. */
function onlyBreaches(compared: readonly Slot[], wanted: number): AlarmState | 'keep' {
  const [oldest] = compared
  if (!oldest) return 'INSUFFICIENT_DATA'
  return compared.length >= wanted || oldest.age >= wanted ? 'ALARM' : 'keep'
}
