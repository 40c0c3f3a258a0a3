import type { Caused, CauseId } from '../ids.ts'
import type { JsonObject } from '../json.ts'
import type { ServiceMs } from '../units.ts'

export interface Relationship {
  readonly resourceType: string
  readonly resourceId: string
  readonly relationshipName: string
}

/** What the inspector saw of a resource; `configuration` is `null` when it is gone. */
export interface ResourceChange {
  readonly cause: CauseId
  readonly resourceType: string
  readonly resourceId: string
  readonly awsRegion: string
  readonly configuration: JsonObject | null
  readonly tags: Readonly<Record<string, string>>
  readonly relationships: readonly Relationship[]
  readonly at: ServiceMs
  /** Turns of rule → target → event that led to the change; handed on to Config's events. Left out: 0. */
  readonly hops?: number
}

export type ComplianceType = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE'

export type ItemStatus =
  'ResourceDiscovered' | 'OK' | 'ResourceDeleted' | 'ResourceNotRecorded' | 'ResourceDeletedNotRecorded'

/** A new configuration item was written. `cause` is the change's cause. */
export interface ItemRecorded extends Caused {
  readonly resourceType: string
  readonly resourceId: string
  readonly status: ItemStatus
  /** The item as the API prints it (AWS Config Developer Guide, "Components of a configuration item"). */
  readonly item: JsonObject
}

/**
 * The compliance of a rule + resource changed, or was found for the first time (`from` is `null`). `cause` is the
 * item that was judged, or the run of the response unit that judged it.
 */
export interface ComplianceChange extends Caused {
  readonly configRuleName: string
  readonly resourceType: string
  readonly resourceId: string
  readonly from: ComplianceType | null
  readonly to: ComplianceType
  readonly annotation: string
}

/** Config asks for a repair; the outcome comes back as a `RemediationOutcome`. `cause` is the compliance change. */
export interface RemediationStart extends Caused {
  readonly executionId: string
  readonly configRuleName: string
  readonly resourceType: string
  readonly resourceId: string
  /** Name of the document: in the city a garage procedure. */
  readonly targetId: string
  readonly parameters: Readonly<Record<string, readonly string[]>>
}

export interface RemediationOutcome {
  readonly executionId: string
  readonly outcome: 'SUCCEEDED' | 'FAILED'
  readonly message?: string
}
