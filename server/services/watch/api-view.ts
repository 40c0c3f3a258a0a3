import type { JsonObject } from '../../../shared/json.ts'
import { suppressionReason } from './alarm-events.ts'
import type { StatisticsPoint } from './queries.ts'
import type { Alarm, HistoryItem, Metric } from './state.ts'
import { isSimpleStatistic } from './statistic-name.ts'

/** What the service remembers, field for field as its JSON protocol answers it; times in seconds since 1970. */

const toSeconds = (at: number): number => at / 1000

/** An entry of `MetricAlarms` or `CompositeAlarms` (CloudWatch API Reference, "MetricAlarm" and "CompositeAlarm"). */
export function viewAlarm(alarm: Alarm): JsonObject {
  const { config, status } = alarm
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...(config as unknown as JsonObject),
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: toSeconds(alarm.configuredAt),
    StateValue: status.value,
    StateReason: status.reason,
    ...(status.reasonData === null ? {} : { StateReasonData: status.reasonData }),
    StateUpdatedTimestamp: toSeconds(status.updatedAt),
    StateTransitionedTimestamp: toSeconds(status.transitionedAt),
    ...viewSuppression(alarm),
  }
}

function viewSuppression(alarm: Alarm): JsonObject {
  if (alarm.kind === 'metric' || alarm.suppression.by === null) return {}
  const { by } = alarm.suppression
  return { ActionsSuppressedBy: by, ActionsSuppressedReason: suppressionReason(by) }
}

/** An entry of `AlarmHistoryItems` (CloudWatch API Reference, "AlarmHistoryItem"). */
export const viewHistoryItem = ({ alarmName, alarmType, at, type, summary, data }: HistoryItem): JsonObject => ({
  AlarmName: alarmName,
  AlarmType: alarmType,
  Timestamp: toSeconds(at),
  HistoryItemType: type,
  HistorySummary: summary,
  HistoryData: data,
})

/** An entry of `Metrics` (CloudWatch API Reference, "Metric"). */
export const viewMetric = ({ namespace, metricName, dimensions }: Omit<Metric, 'series'>): JsonObject => ({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
})

/** An entry of `Datapoints` (CloudWatch API Reference, "Datapoint"); percentiles and the like stand apart. */
export function viewPoint({ Timestamp, Unit, values }: StatisticsPoint): JsonObject {
  const entries = Object.entries(values)
  const extended = entries.filter(([name]) => !isSimpleStatistic(name))
  return {
    Timestamp: toSeconds(Timestamp),
    ...Object.fromEntries(entries.filter(([name]) => isSimpleStatistic(name))),
    Unit,
    ...(extended.length === 0 ? {} : { ExtendedStatistics: Object.fromEntries(extended) }),
  }
}
