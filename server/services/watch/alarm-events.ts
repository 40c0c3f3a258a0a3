import { ACCOUNT_ID, HOME_REGION } from '../../../shared/aws/account.ts'
import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { Dimension, MetricDataQuery } from '../../../shared/aws/metric.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { toOffsetMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { toDimensions } from './metrics.ts'
import type { Alarm, CompositeAlarm, MetricAlarm } from './state.ts'

const SOURCE = 'aws.cloudwatch'

/** When, by which cause, and with which seed for the ids of single metrics. */
export interface Occasion {
  readonly at: ServiceMs
  readonly cause: CauseId
  readonly seed: number
}

/** `CloudWatch Alarm State Change` (CloudWatch User Guide, "Alarm events and EventBridge"). */
export function stateChangeEvent(alarm: Alarm, before: Alarm, occasion: Occasion): EventEntry {
  return toEntry('CloudWatch Alarm State Change', alarm, occasion, stateChangeDetail(alarm, before, occasion.seed))
}

/** `CloudWatch Alarm Configuration Change`; `before` is given for an update only. */
export function configurationEvent(
  operation: 'create' | 'update' | 'delete',
  alarm: Alarm,
  before: Alarm | null,
  occasion: Occasion,
): EventEntry {
  return toEntry('CloudWatch Alarm Configuration Change', alarm, occasion, {
    alarmName: alarm.config.AlarmName,
    operation,
    state: toState(alarm),
    configuration: toFullConfiguration(alarm, occasion.seed),
    ...(before ? { previousConfiguration: toFullConfiguration(before, occasion.seed) } : {}),
  })
}

/** What a function gets as an alarm's action: not the envelope of EventBridge ("Invoke a Lambda function from an alarm"). */
export function lambdaPayload(alarm: Alarm, before: Alarm, occasion: Occasion): JsonObject {
  return {
    source: SOURCE,
    alarmArn: alarm.arn,
    accountId: ACCOUNT_ID,
    time: toOffsetMillis(occasion.at),
    region: HOME_REGION,
    alarmData: stateChangeDetail(alarm, before, occasion.seed),
  }
}

/** The body of an alarm's SNS message. */
export function messageBody(alarm: Alarm, oldState: AlarmState, at: ServiceMs): JsonObject {
  const { config, status } = alarm
  return {
    AlarmName: config.AlarmName,
    AlarmDescription: config.AlarmDescription ?? null,
    AWSAccountId: ACCOUNT_ID,
    AlarmConfigurationUpdatedTimestamp: toOffsetMillis(alarm.configuredAt),
    NewStateValue: status.value,
    NewStateReason: status.reason,
    StateChangeTime: toOffsetMillis(at),
    Region: HOME_REGION,
    AlarmArn: alarm.arn,
    OldStateValue: oldState,
    OKActions: config.OKActions ?? [],
    AlarmActions: config.AlarmActions ?? [],
    InsufficientDataActions: config.InsufficientDataActions ?? [],
    ...(alarm.kind === 'metric' ? { Trigger: toTrigger(alarm) } : { AlarmRule: alarm.config.AlarmRule }),
  }
}

function toEntry(detailType: string, alarm: Alarm, { at, cause }: Occasion, detail: JsonObject): EventEntry {
  return { cause, source: SOURCE, detailType, detail, resources: [alarm.arn], time: at, region: HOME_REGION }
}

function stateChangeDetail(alarm: Alarm, before: Alarm, seed: number): JsonObject {
  return {
    alarmName: alarm.config.AlarmName,
    state: toState(alarm),
    previousState: toState(before),
    configuration: toConfiguration(alarm, seed),
  }
}

function toState(alarm: Alarm): JsonObject {
  const { value, reason, reasonData, updatedAt } = alarm.status
  const by = alarm.kind === 'composite' ? alarm.suppression.by : null
  return {
    value,
    reason,
    ...(reasonData === null ? {} : { reasonData }),
    timestamp: toOffsetMillis(updatedAt),
    ...(by === null ? {} : { actionsSuppressedBy: by, actionsSuppressedReason: suppressionReason(by) }),
  }
}

/** Why a composite alarm's actions are held back, in AWS's words for the console. */
export const suppressionReason = (by: 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod'): string =>
  by === 'Alarm' ? 'Actions suppressed by alarm' : `Actions suppressed by ${by}`

const described = (alarm: Alarm): JsonObject =>
  alarm.config.AlarmDescription === undefined ? {} : { description: alarm.config.AlarmDescription }

const toConfiguration = (alarm: Alarm, seed: number): JsonObject => ({
  ...described(alarm),
  ...(alarm.kind === 'metric' ? { metrics: toMetrics(alarm, seed) } : toRule(alarm)),
})

function toFullConfiguration(alarm: Alarm, seed: number): JsonObject {
  const { config } = alarm
  return {
    ...(alarm.kind === 'metric' ? toComparison(alarm) : {}),
    ...toConfiguration(alarm, seed),
    alarmName: config.AlarmName,
    actionsEnabled: config.ActionsEnabled ?? true,
    timestamp: toOffsetMillis(alarm.configuredAt),
    okActions: config.OKActions ?? [],
    alarmActions: config.AlarmActions ?? [],
    insufficientDataActions: config.InsufficientDataActions ?? [],
  }
}

function toComparison({ config }: MetricAlarm): JsonObject {
  return {
    evaluationPeriods: config.EvaluationPeriods,
    ...(config.DatapointsToAlarm === undefined ? {} : { datapointsToAlarm: config.DatapointsToAlarm }),
    ...(config.Threshold === undefined ? {} : { threshold: config.Threshold }),
    ...(config.ThresholdMetricId === undefined ? {} : { thresholdMetricId: config.ThresholdMetricId }),
    comparisonOperator: config.ComparisonOperator,
    treatMissingData: config.TreatMissingData ?? 'missing',
  }
}

function toRule({ config }: CompositeAlarm): JsonObject {
  if (config.ActionsSuppressor === undefined) return { alarmRule: config.AlarmRule }
  return {
    alarmRule: config.AlarmRule,
    actionsSuppressor: config.ActionsSuppressor,
    actionsSuppressorWaitPeriod: config.ActionsSuppressorWaitPeriod ?? 0,
    actionsSuppressorExtensionPeriod: config.ActionsSuppressorExtensionPeriod ?? 0,
  }
}

function toMetrics({ config }: MetricAlarm, seed: number): JsonObject[] {
  if (config.Metrics) return config.Metrics.map(toQuery)
  const id = uuidAt(seed, streamOf(`watch/metric/${config.AlarmName}`), 0)
  return [{ id, metricStat: toMetricStat(config), returnData: true }]
}

function toMetricStat(config: MetricAlarm['config']): JsonObject {
  return {
    metric: toMetric(config),
    period: config.Period ?? 60,
    stat: config.Statistic ?? config.ExtendedStatistic ?? '',
    ...(config.Unit === undefined ? {} : { unit: config.Unit }),
  }
}

const toMetric = (metric: {
  readonly Namespace?: string
  readonly MetricName?: string
  readonly Dimensions?: readonly Dimension[]
}): JsonObject => ({
  namespace: metric.Namespace ?? '',
  name: metric.MetricName ?? '',
  dimensions: toDimensions(metric.Dimensions),
})

function toQuery({ Id, Label, Expression, MetricStat, ReturnData }: MetricDataQuery): JsonObject {
  return {
    id: Id,
    ...(Label === undefined ? {} : { label: Label }),
    ...(Expression === undefined ? {} : { expression: Expression }),
    ...(MetricStat === undefined
      ? {}
      : { metricStat: { metric: toMetric(MetricStat.Metric), period: MetricStat.Period, stat: MetricStat.Stat } }),
    returnData: ReturnData ?? true,
  }
}

function toTrigger({ config }: MetricAlarm): JsonObject {
  const { Statistic, ExtendedStatistic, Metrics } = config
  const measured: JsonObject = Metrics
    ? { Metrics: Metrics.map(toQuery) }
    : {
        MetricName: config.MetricName ?? '',
        Namespace: config.Namespace ?? '',
        StatisticType: Statistic === undefined ? 'ExtendedStatistic' : 'Statistic',
        ...(Statistic === undefined
          ? { ExtendedStatistic: ExtendedStatistic ?? '' }
          : { Statistic: Statistic.toUpperCase() }),
        Unit: config.Unit ?? null,
        Dimensions: (config.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
        Period: config.Period ?? 60,
      }
  return {
    ...measured,
    EvaluationPeriods: config.EvaluationPeriods,
    ...(config.DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm: config.DatapointsToAlarm }),
    ComparisonOperator: config.ComparisonOperator,
    ...(config.Threshold === undefined ? {} : { Threshold: config.Threshold }),
    ...(config.ThresholdMetricId === undefined ? {} : { ThresholdMetricId: config.ThresholdMetricId }),
    TreatMissingData: config.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: config.EvaluateLowSampleCountPercentile ?? '',
  }
}
