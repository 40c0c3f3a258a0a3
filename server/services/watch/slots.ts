import type { ComparisonOperator, MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/** What an evaluation needs to know of an alarm, under AWS's names. */
export type EvaluationConfig = Pick<MetricAlarmInput, 'EvaluationPeriods' | 'ComparisonOperator'> &
  Partial<
    Pick<
      MetricAlarmInput,
      'DatapointsToAlarm' | 'Threshold' | 'TreatMissingData' | 'EvaluateLowSampleCountPercentile' | 'Period'
    >
  >

/** What is known of the slots besides their values; the lists run beside the window. */
export interface WindowFacts {
  /** Where the newest slot ends. With it and `Period`, reasons name the time of each datapoint. */
  readonly endsAt?: ServiceMs
  /** The expected range of each slot, for the three band operators; `null` = no band, hence no datapoint. */
  readonly band?: readonly (Limit | null)[]
  /** True for a slot with too few samples to say anything of the alarm's percentile. */
  readonly tooFewSamples?: readonly boolean[]
}

/** The range within which an anomaly detector expects the values of one period. */
export interface Band {
  readonly lower: number
  readonly upper: number
}

/** What a value is compared with: a fixed threshold, or a band for the three band operators. */
type Limit = number | Band

/** One real datapoint of the window. The newest slot has age 1. */
export interface Slot {
  readonly index: number
  readonly age: number
  readonly value: number
  readonly limit: Limit
  readonly breaching: boolean
}

/** The real datapoints of a window, oldest first, each compared with its limit. */
export function realSlots(config: EvaluationConfig, window: readonly (number | null)[], facts: WindowFacts): Slot[] {
  return window.flatMap((value, index) => {
    const limit = facts.band ? facts.band[index] : config.Threshold
    // Without types a hole in the window may be anything but a number.
    if (typeof value !== 'number' || Number.isNaN(value) || limit === null || limit === undefined) return []
    const breaching = isBreaching(config.ComparisonOperator, value, limit)
    return { index, age: window.length - index, value, limit, breaching }
  })
}

const PAST: Readonly<Record<ComparisonOperator, (value: number, limit: Band) => boolean>> = {
  GreaterThanThreshold: (value, { upper }) => value > upper,
  GreaterThanOrEqualToThreshold: (value, { upper }) => value >= upper,
  LessThanThreshold: (value, { lower }) => value < lower,
  LessThanOrEqualToThreshold: (value, { lower }) => value <= lower,
  LessThanLowerOrGreaterThanUpperThreshold: (value, { lower, upper }) => value < lower || value > upper,
  LessThanLowerThreshold: (value, { lower }) => value < lower,
  GreaterThanUpperThreshold: (value, { upper }) => value > upper,
}

/** Says whether `value` stands on the wrong side. It is the left operand: exactly 110 is not greater than 110. */
const isBreaching = (operator: ComparisonOperator, value: number, limit: Limit): boolean =>
  PAST[operator](value, typeof limit === 'number' ? { lower: limit, upper: limit } : limit)
