import type { Caused } from '../ids.ts'
import type { JsonObject } from '../json.ts'
import type { ServiceMs } from '../units.ts'
import type { Dimension, Dimensions, MetricDataQuery } from './metric.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** An alarm went from one state to another. `cause` is the newest datapoint that decided it, `null` when none did. */
export interface AlarmChange extends Caused {
  readonly alarmName: string
  readonly alarmArn: string
  readonly from: AlarmState
  readonly to: AlarmState
  readonly reason: string
  readonly at: ServiceMs
  /** The metric's dimensions; empty for a composite alarm. */
  readonly dimensions: Dimensions
}

/** An action of the new state was run: `actionArn` names a function or a topic. `cause` is the change's id. */
export interface AlarmActionRun extends Caused {
  readonly alarmName: string
  readonly actionArn: string
  /** What the target gets: Lambda's alarm payload for a function, the message's body for a topic. */
  readonly payload: JsonObject
  /** The metric's dimensions; empty for a composite alarm. */
  readonly dimensions: Dimensions
}

export type ComparisonOperator =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold'
  | 'LessThanLowerOrGreaterThanUpperThreshold'
  | 'LessThanLowerThreshold'
  | 'GreaterThanUpperThreshold'

export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching'

/** What both kinds of alarm share. Lists of ARNs hold 5 at most. */
interface AlarmInput {
  readonly AlarmName: string
  readonly AlarmDescription?: string
  /** Left out: true. */
  readonly ActionsEnabled?: boolean
  readonly OKActions?: readonly string[]
  readonly AlarmActions?: readonly string[]
  readonly InsufficientDataActions?: readonly string[]
}

/** What PutMetricAlarm takes: one metric, or `Metrics` for metric math and anomaly detection. Periods in seconds. */
export interface MetricAlarmInput extends AlarmInput {
  readonly Namespace?: string
  readonly MetricName?: string
  readonly Dimensions?: readonly Dimension[]
  readonly Statistic?: string
  readonly ExtendedStatistic?: string
  readonly Period?: number
  readonly Unit?: string
  readonly Metrics?: readonly MetricDataQuery[]
  /** N: how many periods are compared with the threshold. */
  readonly EvaluationPeriods: number
  /** M: how many of them have to breach; left out: N. */
  readonly DatapointsToAlarm?: number
  readonly Threshold?: number
  /** Names the `ANOMALY_DETECTION_BAND` among `Metrics`, in place of `Threshold`. */
  readonly ThresholdMetricId?: string
  readonly ComparisonOperator: ComparisonOperator
  /** Left out: `missing`. */
  readonly TreatMissingData?: TreatMissingData
  readonly EvaluateLowSampleCountPercentile?: 'evaluate' | 'ignore'
}

/** What PutCompositeAlarm takes. The two waiting times are in seconds and go with a suppressor only. */
export interface CompositeAlarmInput extends AlarmInput {
  readonly AlarmRule: string
  readonly ActionsSuppressor?: string
  readonly ActionsSuppressorWaitPeriod?: number
  readonly ActionsSuppressorExtensionPeriod?: number
}
