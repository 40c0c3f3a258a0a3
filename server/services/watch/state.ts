import type { AlarmState, CompositeAlarmInput, MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { Dimensions } from '../../../shared/aws/metric.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { RuleNode } from './alarm-rule.ts'
import type { ExcludedRange } from './anomaly.ts'
import type { Bucket } from './buckets.ts'
import type { LogGroup } from './log-state.ts'

/** All that CloudWatch remembers: plain data, replaced and never changed in place. */
export interface WatchState {
  readonly settings: WatchSettings
  /** Service time up to which alarms were evaluated; a multiple of 10 s. */
  readonly evaluatedAt: ServiceMs
  /** When a waiting time or a mute window ends next. */
  readonly nextTimer: ServiceMs | null
  /** Data that came in since the last evaluation and stand in no series yet. */
  readonly fresh: readonly FreshDatum[]
  /** By the metric's key (see `metricKey`). */
  readonly metrics: Readonly<Record<string, Metric>>
  /** By name, in the order of their creation. */
  readonly alarms: Readonly<Record<string, Alarm>>
  /** By name. */
  readonly muteRules: Readonly<Record<string, MuteRule>>
  /** By what they learn from: the metric's key and the statistic. */
  readonly detectors: Readonly<Record<string, AnomalyDetector>>
  /** Log groups by name. */
  readonly logs: Readonly<Record<string, LogGroup>>
  /** By name. */
  readonly dashboards: Readonly<Record<string, Dashboard>>
  /** Oldest first. */
  readonly history: readonly HistoryItem[]
}

interface WatchSettings {
  readonly retention: Retention
  /** How many items of alarm history are kept. */
  readonly historyItems: number
  /** How many events a log group keeps. */
  readonly logEvents: number
}

/** How old data may grow, in ms, before they are put together to the next coarser step, and at last dropped. */
export interface Retention {
  readonly subMinute: number
  readonly minute: number
  readonly fiveMinutes: number
  readonly hour: number
}

/** A datum on its way into its series. */
export interface FreshDatum {
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Dimensions
  readonly unit: string
  readonly bucket: Bucket
}

/** A namespace, a name and an exact set of dimensions; each unit is a series of its own, in order of appearance. */
export interface Metric {
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Dimensions
  readonly series: Readonly<Record<string, readonly Bucket[]>>
}

/** Both kinds share one set of names. */
export type Alarm = MetricAlarm | CompositeAlarm

interface AnyAlarm {
  readonly arn: string
  readonly status: AlarmStatus
  readonly configuredAt: ServiceMs
  /** A mute window swallowed the actions of the last change. */
  readonly isMuted: boolean
}

/** An alarm on a metric or an expression. */
export interface MetricAlarm extends AnyAlarm {
  readonly kind: 'metric'
  readonly config: MetricAlarmInput
  /** Key of the metric it watches; `null` for an alarm on `Metrics`. */
  readonly metricKey: string | null
}

/** An alarm on other alarms. */
export interface CompositeAlarm extends AnyAlarm {
  readonly kind: 'composite'
  readonly config: CompositeAlarmInput
  readonly rule: RuleNode
  /** Names of the alarms that the rule names. */
  readonly children: readonly string[]
  /** Made or updated since its rule was last looked at. */
  readonly isUnchecked: boolean
  readonly suppression: Suppression
}

/** The state of an alarm, since when and why. */
export interface AlarmStatus {
  readonly value: AlarmState
  readonly reason: string
  /** JSON text; `null` when the reason has no data. */
  readonly reasonData: string | null
  readonly updatedAt: ServiceMs
  readonly transitionedAt: ServiceMs
  /** Id of the change that led here; `null` before the first. */
  readonly changeId: CauseId | null
}

/** What holds back a composite alarm's actions. */
export interface Suppression {
  readonly by: 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod' | null
  /** When the waiting time ends. */
  readonly until: ServiceMs | null
  /** The state changed while actions were held back: those of the state at the end are owed. */
  readonly isOwed: boolean
}

/** A line of DescribeAlarmHistory. */
export interface HistoryItem {
  readonly alarmName: string
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm'
  readonly at: ServiceMs
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action'
  readonly summary: string
  /** JSON text. */
  readonly data: string
}

/** A model of one metric and statistic, told what not to learn from. */
export interface AnomalyDetector {
  readonly metricKey: string
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Dimensions
  readonly stat: string
  readonly excluded: readonly ExcludedRange[]
}

/** A dashboard: data for a screen that CloudWatch itself does not look into. */
export interface Dashboard {
  readonly name: string
  /** JSON text, as it was put. */
  readonly body: string
  readonly modifiedAt: ServiceMs
}

/** What PutAlarmMuteRule takes: when (UTC), for how long (ISO 8601, `PT2H`), and which alarms; none named: all. */
export interface MuteRuleInput {
  readonly Name: string
  readonly Description?: string
  readonly Rule: {
    readonly Schedule: { readonly Expression: string; readonly Duration: string; readonly Timezone?: string }
  }
  readonly MuteTargets?: { readonly AlarmNames: readonly string[] }
  readonly StartDate?: ServiceMs
  readonly ExpireDate?: ServiceMs
}

/** A mute rule and its window. */
export interface MuteRule {
  readonly input: MuteRuleInput
  /** The window that is open or comes next; `null` when no more will come. */
  readonly window: { readonly from: ServiceMs; readonly to: ServiceMs } | null
}

/** A call of the control plane: who asked is the cause of whatever follows from it at once. */
export interface CallContext extends StepContext {
  readonly cause: CauseId
}
