import type { ServiceMs } from '../units.ts'

/** A bus: `default`, which always exists, or one that a customer made. */
export interface EventBus {
  readonly name: string
  readonly arn: string
  readonly description?: string
  readonly policy?: string
  readonly deadLetterConfig?: { readonly arn: string }
}

/**
 * `ENABLED` does not see read-only management calls (`Describe…`, `Get…`, `List…`) recorded by CloudTrail;
 * `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` sees them as well.
 */
export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

/** A rule without its targets (EventBridge API Reference, "DescribeRule"). */
export interface BusRule {
  readonly name: string
  readonly arn: string
  readonly eventBusName: string
  readonly state: RuleState
  /** The text of the pattern, as it was put. */
  readonly eventPattern?: string
  /** `rate(…)` or `cron(…)`, in UTC at minute precision. */
  readonly scheduleExpression?: string
  readonly description?: string
  readonly roleArn?: string
  /** The service that keeps this rule for a customer. */
  readonly managedBy?: string
}

/** `<name>` in the template stands for what its path selects (EventBridge User Guide, "Input transformation"). */
export interface InputTransformer {
  readonly inputPathsMap?: Readonly<Record<string, string>>
  readonly inputTemplate: string
}

/** Whom a rule calls, unique by `id` within the rule. At most one of the three inputs is given. */
export interface Target {
  readonly id: string
  readonly arn: string
  readonly roleArn?: string
  /** A constant JSON text. */
  readonly input?: string
  /** As `$.detail.driver`. */
  readonly inputPath?: string
  readonly inputTransformer?: InputTransformer
  readonly retryPolicy?: {
    /** 0 to 185; left out: 185. */
    readonly maximumRetryAttempts?: number
    /** 60 to 86 400; left out: 86 400. */
    readonly maximumEventAgeInSeconds?: number
  }
  readonly deadLetterConfig?: { readonly arn: string }
}

/** Keeps the events of one bus (EventBridge API Reference, "DescribeArchive"). */
export interface Archive {
  readonly archiveName: string
  readonly archiveArn: string
  /** The bus. */
  readonly eventSourceArn: string
  readonly description?: string
  readonly eventPattern?: string
  /** 0 keeps for ever. */
  readonly retentionDays: number
  readonly state: 'ENABLED'
  readonly creationTime: ServiceMs
}

/** An archive's events being sent to their bus again (EventBridge API Reference, "DescribeReplay"). */
export interface Replay {
  readonly replayName: string
  readonly replayArn: string
  readonly description?: string
  /** The archive. */
  readonly eventSourceArn: string
  /** The bus, and the rules that may see the events; none given: all of them. */
  readonly destination: { readonly arn: string; readonly filterArns?: readonly string[] }
  readonly eventStartTime: ServiceMs
  readonly eventEndTime: ServiceMs
  readonly state: 'STARTING' | 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED'
  readonly replayStartTime: ServiceMs
  readonly replayEndTime?: ServiceMs
  readonly eventLastReplayedTime?: ServiceMs
}
