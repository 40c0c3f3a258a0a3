import type { Caused, CauseId } from '../ids.ts'
import type { Json, JsonObject } from '../json.ts'
import { toIsoSeconds } from '../time.ts'
import type { ServiceMs } from '../units.ts'
import { ACCOUNT_ID } from './account.ts'

/** What a service, or a player's PutEvents, hands to the bus. */
export interface EventEntry {
  readonly cause: CauseId
  readonly source: string
  readonly detailType: string
  readonly detail: JsonObject
  /** `detail` as text, where it came as text (PutEvents): patterns see its numbers and names as they were written. */
  readonly detailText?: string
  readonly resources: readonly string[]
  readonly time: ServiceMs
  readonly region: string
  /** The `EventId` that PutEvents has already answered; left out: the bus gives one. */
  readonly eventId?: string
  /** Left out: the bus named `default`. */
  readonly eventBusName?: string
  /** How many rule → target → event turns led here; left out: 0. The bus stops a chain after 16. */
  readonly hops?: number
  /** `AWS API Call via CloudTrail` of a read-only management call: ordinary ENABLED rules do not see it. */
  readonly readOnlyManagement?: boolean
}

/** An accepted event. `eventId` is the UUID in the envelope; `id` and `cause` belong to the chain of causes. */
export interface BusEvent extends Caused {
  readonly eventId: string
  readonly eventBusName: string
  readonly source: string
  readonly detailType: string
  readonly detail: JsonObject
  readonly detailText?: string
  readonly resources: readonly string[]
  readonly time: ServiceMs
  readonly region: string
  readonly hops: number
  readonly readOnlyManagement: boolean
  readonly replayName?: string
  /** It came from another bus: no rule sends it on to a third. */
  readonly isForwarded?: true
}

/** An event matched a rule. `cause` is the event's id. */
export interface RuleMatch extends Caused {
  readonly ruleName: string
  readonly eventBusName: string
  readonly eventId: string
}

/** One delivery to one target. `cause` is the match's id; the target's answer comes back as a `Handover`. */
export interface Dispatch extends Caused {
  readonly ruleName: string
  readonly ruleArn: string
  readonly targetId: string
  readonly targetArn: string
  /** What the target gets: the envelope, the selected part, the constant or the filled template. */
  readonly payload: Json
  /** One more than the event's: whatever the target causes carries this on. */
  readonly hops: number
}

/** A chain of rule → target → event came round too often: the rule matched, but its targets are not called again. */
export interface LoopStop extends Caused {
  readonly ruleName: string
  readonly eventBusName: string
  readonly eventId: string
  readonly hops: number
}

/** How the hand-over of a dispatch ended: for a Lambda target, accepted means queued, not done. */
export interface Handover {
  readonly dispatchId: CauseId
  readonly outcome: 'ACCEPTED' | 'NO_RESOURCE' | 'NO_PERMISSIONS' | 'THROTTLING' | 'TIMEOUT' | 'INTERNAL'
}

/** The envelope as AWS prints it (EventBridge User Guide, "Event structure"). */
export function toEnvelope(event: BusEvent): JsonObject {
  return {
    version: '0',
    id: event.eventId,
    'detail-type': event.detailType,
    source: event.source,
    account: ACCOUNT_ID,
    time: toIsoSeconds(event.time),
    region: event.region,
    resources: event.resources,
    detail: event.detail,
    ...(event.replayName === undefined ? {} : { 'replay-name': event.replayName }),
  }
}
