import type { EventEntry } from '../../../shared/aws/event.ts'
import type { InvocationRequest } from '../../../shared/aws/invocation.ts'
import type {
  ComplianceChange,
  ComplianceType,
  ItemRecorded,
  ItemStatus,
  Relationship,
  RemediationStart,
} from '../../../shared/aws/item.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId, Caused } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'

export type RecordingFrequency = 'CONTINUOUS' | 'DAILY'

export interface Recorder {
  readonly name: string
  readonly roleARN: string
  readonly strategy: 'ALL_SUPPORTED_RESOURCE_TYPES' | 'INCLUSION_BY_RESOURCE_TYPES' | 'EXCLUSION_BY_RESOURCE_TYPES'
  /** What is included or excluded; empty when everything is recorded. */
  readonly resourceTypes: readonly string[]
  readonly frequency: RecordingFrequency
  readonly overrides: readonly { readonly resourceTypes: readonly string[]; readonly frequency: RecordingFrequency }[]
  readonly recording: boolean
  readonly lastStartTime: ServiceMs | null
  readonly lastStopTime: ServiceMs | null
  /** The next inventory of what is recorded once a day; `null` while the recorder is off. */
  readonly nextDailyAt: ServiceMs | null
  /** It has just been started or changed: everything it records is looked at again. */
  readonly inventoryDue: boolean
}

/** A resource as it stands: what a configuration item writes down. `configuration` is `null` when it is gone. */
export interface ResourceForm {
  readonly configuration: JsonObject | null
  readonly tags: Readonly<Record<string, string>>
  readonly relationships: readonly Relationship[]
}

export interface StoredItem extends ResourceForm {
  readonly id: CauseId
  readonly status: ItemStatus
  readonly capturedAt: ServiceMs
  readonly stateId: number
}

export interface Timeline {
  readonly resourceType: string
  readonly resourceId: string
  readonly awsRegion: string
  /** When it was first seen, or seen again after it had gone. */
  readonly createdAt: ServiceMs
  /** What the inspector saw last, recorded or not. */
  readonly seen: ResourceForm & { readonly at: ServiceMs; readonly cause: CauseId }
  /** Oldest first; the newest HISTORY_LIMIT are kept. */
  readonly items: readonly StoredItem[]
}

export type Frequency = 'One_Hour' | 'Three_Hours' | 'Six_Hours' | 'Twelve_Hours' | 'TwentyFour_Hours'

export type MessageType =
  'ConfigurationItemChangeNotification' | 'OversizedConfigurationItemChangeNotification' | 'ScheduledNotification'

export interface Scope {
  readonly complianceResourceTypes?: readonly string[]
  readonly complianceResourceId?: string
  readonly tagKey?: string
  readonly tagValue?: string
}

export type RuleSource =
  | { readonly owner: 'AWS'; readonly sourceIdentifier: string; readonly messageTypes?: readonly MessageType[] }
  | {
      readonly owner: 'CUSTOM_LAMBDA'
      readonly sourceIdentifier: string
      readonly messageTypes: readonly MessageType[]
    }
  | { readonly owner: 'CUSTOM_POLICY'; readonly policyText: string; readonly messageTypes: readonly MessageType[] }

export interface RuleDefinition {
  readonly configRuleName: string
  readonly description: string
  readonly scope: Scope
  readonly source: RuleSource
  /** JSON text of an object, at most 1024 characters; `{}` when none were given. */
  readonly inputParameters: string
  readonly maximumExecutionFrequency: Frequency | null
}

/** The stored verdict of a rule about a resource. */
export interface Evaluation {
  readonly complianceType: ComplianceType
  readonly annotation: string
  readonly orderingTimestamp: ServiceMs
  readonly resultRecordedTime: ServiceMs
  readonly configRuleInvokedTime: ServiceMs
}

export interface RuleState {
  readonly definition: RuleDefinition
  readonly configRuleId: string
  readonly configRuleArn: string
  readonly state: 'ACTIVE' | 'EVALUATING' | 'DELETING'
  /** The pack that deployed it: such a rule is not edited singly. */
  readonly packName: string | null
  /** It was created, changed or asked for: it looks at every resource in the next tick. */
  readonly runDue: boolean
  /** The call that asks for that run, where it is known. */
  readonly runCause: CauseId | null
  /** `null` for a rule that only changes trigger. */
  readonly nextPeriodicAt: ServiceMs | null
  /** By resource key. */
  readonly results: Readonly<Record<string, Evaluation>>
  readonly lastInvokedAt: ServiceMs | null
  readonly lastEvaluatedAt: ServiceMs | null
  /** The rule cannot be evaluated as it stands: bad parameters, or a policy that breaks. */
  readonly lastError: { readonly code: string; readonly message: string } | null
}

/** What a custom rule's function hands back with its verdicts. */
export interface ResultToken {
  readonly token: string
  readonly configRuleName: string
  readonly cause: CauseId
  readonly invokedAt: ServiceMs
  readonly hops: number
}

export interface RemediationConfiguration {
  readonly configRuleName: string
  readonly targetId: string
  readonly parameters: Readonly<
    Record<string, { readonly staticValues: readonly string[] } | { readonly resourceValue: 'RESOURCE_ID' }>
  >
  readonly automatic: boolean
  readonly maximumAutomaticAttempts: number
  readonly retryAttemptSeconds: number
}

export interface RemediationExecution {
  readonly executionId: string
  readonly configRuleName: string
  readonly resourceKey: string
  readonly state: 'QUEUED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED'
  readonly automatic: boolean
  /** The verdict, or the person's call, that asked for it. */
  readonly cause: CauseId
  readonly invokedAt: ServiceMs
  readonly updatedAt: ServiceMs
  readonly errorMessage: string
  /** When the attempts of this repair failed, oldest first: those of the last RetryAttemptSeconds. */
  readonly failures: readonly ServiceMs[]
}

interface RemediationException {
  readonly configRuleName: string
  readonly resourceKey: string
  readonly message: string
  /** `null`: until somebody takes it away. */
  readonly expiresAt: ServiceMs | null
}

export interface ConformancePack {
  readonly name: string
  readonly id: string
  readonly arn: string
  readonly ruleNames: readonly string[]
  readonly updatedAt: ServiceMs
}

/** Plain data: state → JSON → state is equal. Bounded by the limits in `limits.ts`. */
export interface ConfigState {
  readonly recorder: Recorder | null
  readonly deliveryChannel: { readonly name: string; readonly s3BucketName: string } | null
  /** By resource key, `TYPE/ID`. */
  readonly resources: Readonly<Record<string, Timeline>>
  readonly rules: readonly RuleState[]
  readonly tokens: readonly ResultToken[]
  readonly remediations: readonly RemediationConfiguration[]
  /** Oldest first. */
  readonly executions: readonly RemediationExecution[]
  readonly exceptions: readonly RemediationException[]
  readonly packs: readonly ConformancePack[]
  /** Numbers rules, tokens and executions. */
  readonly count: number
}

/** A periodic or asked-for run of a rule began. `cause` is the call that put the rule, `null` where none is known. */
export interface RuleRun extends Caused {
  readonly configRuleName: string
  readonly trigger: 'periodic' | 'on-demand'
}

/** What happened in one tick, in order. */
export interface ConfigOutput {
  readonly items: readonly ItemRecorded[]
  readonly runs: readonly RuleRun[]
  readonly compliance: readonly ComplianceChange[]
  readonly events: readonly EventEntry[]
  readonly invocations: readonly InvocationRequest[]
  readonly remediations: readonly RemediationStart[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

/** One tick under way: what it holds becomes the next state and the output. */
export interface Draft extends Mutable<Omit<ConfigState, 'resources' | 'recorder'>> {
  readonly ctx: StepContext
  readonly resources: Record<string, Timeline>
  recorder: Recorder | null
  /** Rules whose results this draft has copied, and may change. */
  readonly opened: Map<string, Record<string, Evaluation>>
  readonly out: Mutable<ConfigOutput>
}

export const resourceKey = (resourceType: string, resourceId: string): string => `${resourceType}/${resourceId}`

/** Nothing has happened yet. */
export const openOutput = (): Draft['out'] => ({
  items: [],
  runs: [],
  compliance: [],
  events: [],
  invocations: [],
  remediations: [],
})

export function openDraft(state: ConfigState, ctx: StepContext): Draft {
  return {
    ...state,
    ctx,
    resources: { ...state.resources },
    rules: [...state.rules],
    tokens: [...state.tokens],
    remediations: [...state.remediations],
    executions: [...state.executions],
    exceptions: [...state.exceptions],
    packs: [...state.packs],
    opened: new Map(),
    out: openOutput(),
  }
}

export function closeDraft(draft: Draft): ConfigState {
  const { recorder, deliveryChannel, resources, tokens, remediations, executions, exceptions, packs, count } = draft
  const rules = draft.rules.map((rule) => {
    const results = draft.opened.get(rule.definition.configRuleName)
    return results ? { ...rule, results } : rule
  })
  return { recorder, deliveryChannel, resources, rules, tokens, remediations, executions, exceptions, packs, count }
}

export type ConfigResult<T = ConfigState> = Result<T, ServiceError>

export const refusal = (code: string, message: string, field?: string): { ok: false; error: ServiceError } =>
  fail({ code, message, ...(field === undefined ? {} : { field }) })
