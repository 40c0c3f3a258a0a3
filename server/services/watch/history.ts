import type { ServiceMs } from '../../../shared/units.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Alarm, AlarmStatus, HistoryItem } from './state.ts'

/** Lines of alarm history (CloudWatch API Reference, "AlarmHistoryItem"); their data are JSON text. */

/** The alarm went from one state to another. */
export const stateUpdateItem = (alarm: Alarm, before: AlarmStatus): HistoryItem =>
  toItem(alarm, alarm.status.updatedAt, {
    type: 'StateUpdate',
    summary: `Alarm updated from ${before.value} to ${alarm.status.value}`,
    data: { oldState: toHistoryState(before), newState: toHistoryState(alarm.status) },
  })

/** An action was run. */
export const actionItem = (alarm: Alarm, actionArn: string, at: ServiceMs): HistoryItem =>
  toItem(alarm, at, {
    type: 'Action',
    summary: `Successfully executed action ${actionArn}`,
    data: { actionState: 'Succeeded', notificationResource: actionArn, publishedMessage: alarm.status.reason },
  })

const PAST = { create: 'created', update: 'updated', delete: 'deleted' } as const

/** Somebody made, changed or deleted the alarm. */
export const configurationItem = (alarm: Alarm, operation: keyof typeof PAST, at: ServiceMs): HistoryItem =>
  toItem(alarm, at, {
    type: 'ConfigurationUpdate',
    summary: `Alarm "${alarm.config.AlarmName}" ${PAST[operation]}`,
    data: { type: operation, alarm: { ...alarm.config } as unknown as JsonObject },
  })

interface Line {
  readonly type: HistoryItem['type']
  readonly summary: string
  readonly data: JsonObject
}

const toItem = (alarm: Alarm, at: ServiceMs, { type, summary, data }: Line): HistoryItem => ({
  alarmName: alarm.config.AlarmName,
  alarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
  at,
  type,
  summary,
  data: JSON.stringify({ version: '1.0', ...data }),
})

const toHistoryState = ({ value, reason, reasonData }: AlarmStatus): JsonObject => ({
  stateValue: value,
  stateReason: reason,
  ...(reasonData === null ? {} : { stateReasonData: JSON.parse(reasonData) as Json }),
})
