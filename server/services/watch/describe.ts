import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { Dimension } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { invalid, misfit } from './faults.ts'
import { limits } from './limits.ts'
import { metricKey, toDimensions } from './metrics.ts'
import { own } from './own.ts'
import { pageOf } from './page.ts'
import type { Alarm, CompositeAlarm, HistoryItem, MetricAlarm, WatchState } from './state.ts'

type AlarmType = 'MetricAlarm' | 'CompositeAlarm'

/** What DescribeAlarms is asked; fields that are left out ask nothing. */
export interface AlarmsRequest {
  readonly AlarmNames?: readonly string[]
  readonly AlarmNamePrefix?: string
  /** Left out: metric alarms only. */
  readonly AlarmTypes?: readonly AlarmType[]
  readonly StateValue?: AlarmState
  readonly ActionPrefix?: string
  readonly ChildrenOfAlarmName?: string
  readonly ParentsOfAlarmName?: string
  readonly MaxRecords?: number
  readonly NextToken?: string
}

/** The alarms found, by kind. `NextToken` is left out on the last page. */
export interface AlarmsAnswer {
  readonly MetricAlarms: readonly MetricAlarm[]
  readonly CompositeAlarms: readonly CompositeAlarm[]
  readonly NextToken?: string
}

/** Finds alarms (CloudWatch API Reference, "DescribeAlarms"): what is asked for must all be true. */
export function describeAlarms(state: WatchState, request: AlarmsRequest = {}): Result<AlarmsAnswer, ServiceError> {
  const [fault] = [...recordsFaults(request), ...alarmsFaults(request)]
  if (fault) return fail(fault)
  const found = Object.values(state.alarms).filter((alarm) => isAskedFor(state, alarm, request))
  const page = pageOf(found, request.MaxRecords ?? RECORDS, request.NextToken)
  if (!page.ok) return page
  const { items, ...rest } = page.value
  return ok({
    MetricAlarms: items.filter((alarm) => alarm.kind === 'metric'),
    CompositeAlarms: items.filter((alarm) => alarm.kind === 'composite'),
    ...rest,
  })
}

/** The alarms on one metric, whatever else they are set to (CloudWatch API Reference, "DescribeAlarmsForMetric"). */
export function describeAlarmsForMetric(
  state: WatchState,
  { Namespace, MetricName, Dimensions }: MetricName,
): readonly MetricAlarm[] {
  const key = metricKey(Namespace, MetricName, toDimensions(Dimensions))
  return Object.values(state.alarms).filter(
    (alarm) => alarm.kind === 'metric' && alarm.metricKey === key,
  ) as MetricAlarm[]
}

interface MetricName {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions?: readonly Dimension[]
}

/** What DescribeAlarmHistory is asked; both dates are included. */
export interface HistoryRequest {
  readonly AlarmName?: string
  /** Left out: metric alarms only. */
  readonly AlarmTypes?: readonly AlarmType[]
  readonly HistoryItemType?: HistoryItem['type']
  readonly StartDate?: ServiceMs
  readonly EndDate?: ServiceMs
  /** Left out: newest first. */
  readonly ScanBy?: 'TimestampDescending' | 'TimestampAscending'
  readonly MaxRecords?: number
  readonly NextToken?: string
}

/** Reads the alarms' history, also that of deleted ones (CloudWatch API Reference, "DescribeAlarmHistory"). */
export function describeAlarmHistory(
  state: WatchState,
  request: HistoryRequest = {},
): Result<{ readonly AlarmHistoryItems: readonly HistoryItem[]; readonly NextToken?: string }, ServiceError> {
  const [fault] = recordsFaults(request)
  if (fault) return fail(fault)
  const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate = 0, EndDate = Infinity } = request
  const found = state.history.filter(
    (item) =>
      (AlarmName === undefined ? AlarmTypes.includes(item.alarmType) : item.alarmName === AlarmName) &&
      (HistoryItemType === undefined || item.type === HistoryItemType) &&
      item.at >= StartDate &&
      item.at <= EndDate,
  )
  const ordered = request.ScanBy === 'TimestampAscending' ? found : found.toReversed()
  const page = pageOf(ordered, request.MaxRecords ?? RECORDS, request.NextToken)
  if (!page.ok) return page
  const { items, ...rest } = page.value
  return ok({ AlarmHistoryItems: items, ...rest })
}

/** On a page, unless the request says how many. */
const RECORDS = 50

function recordsFaults({ MaxRecords = RECORDS }: { readonly MaxRecords?: number }): ServiceError[] {
  const isInRange = Number.isInteger(MaxRecords) && MaxRecords >= 1 && MaxRecords <= limits.ALARMS_PER_PAGE
  return isInRange ? [] : [invalid('MaxRecords', `MaxRecords must be 1 to ${limits.ALARMS_PER_PAGE}.`)]
}

/** Names and a prefix exclude each other; who asks for an alarm's family may ask for nothing else. */
function alarmsFaults(request: AlarmsRequest): ServiceError[] {
  const { AlarmNames, AlarmNamePrefix, MaxRecords: _, NextToken: __, ...others } = request
  const asked = Object.values({ AlarmNames, AlarmNamePrefix, ...others }).filter((value) => value !== undefined)
  if (isFamilyAsked(request) && asked.length > 1)
    return [invalid('ChildrenOfAlarmName', 'Children and parents are asked for by nothing else.')]
  if (AlarmNames !== undefined && AlarmNamePrefix !== undefined)
    return [misfit('AlarmNamePrefix', 'Give AlarmNames or AlarmNamePrefix, not both.')]
  if ((AlarmNames ?? []).length > limits.ALARMS_PER_CALL)
    return [invalid('AlarmNames', `At most ${limits.ALARMS_PER_CALL} names are asked for at a time.`)]
  return []
}

function isAskedFor(state: WatchState, alarm: Alarm, request: AlarmsRequest): boolean {
  const { AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'], StateValue, ActionPrefix } = request
  const { config, status } = alarm
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = config
  const actions = [...OKActions, ...AlarmActions, ...InsufficientDataActions]
  return (
    (isFamilyAsked(request) || AlarmTypes.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm')) &&
    (AlarmNames === undefined || AlarmNames.includes(config.AlarmName)) &&
    config.AlarmName.startsWith(AlarmNamePrefix) &&
    (StateValue === undefined || status.value === StateValue) &&
    (ActionPrefix === undefined || actions.some((arn) => arn.startsWith(ActionPrefix))) &&
    isRelated(state, alarm, request)
  )
}

/** Children and parents are shown whatever type they are of. */
const isFamilyAsked = ({ ChildrenOfAlarmName, ParentsOfAlarmName }: AlarmsRequest): boolean =>
  ChildrenOfAlarmName !== undefined || ParentsOfAlarmName !== undefined

function isRelated(state: WatchState, alarm: Alarm, request: AlarmsRequest): boolean {
  const { ChildrenOfAlarmName: parentName, ParentsOfAlarmName: childName } = request
  const childrenOf = (name: string): readonly string[] => {
    const parent = own(state.alarms, name)
    return parent?.kind === 'composite' ? parent.children : []
  }
  const { AlarmName } = alarm.config
  return (
    (parentName === undefined || childrenOf(parentName).includes(AlarmName)) &&
    (childName === undefined || childrenOf(AlarmName).includes(childName))
  )
}
