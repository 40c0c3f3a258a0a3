import type { Caused, CauseId } from '../ids.ts'
import type { JsonObject } from '../json.ts'
import type { ServiceMs } from '../units.ts'

/** Who calls: `userIdentity` of a CloudTrail record, without the fields that the trail itself fills in. */
export type Principal =
  | { readonly type: 'IAMUser'; readonly userName: string }
  | {
      readonly type: 'AssumedRole'
      readonly roleName: string
      readonly sessionName: string
      readonly invokedBy?: string
    }
  | { readonly type: 'AWSService'; readonly invokedBy: string }
  | { readonly type: 'Root' }

export interface ResourceRef {
  readonly ARN: string
  readonly type: string
}

/** Somebody asked a service to do something, and this came back: what the logbook writes down. */
export interface ApiCall {
  readonly cause: CauseId | null
  readonly principal: Principal
  /** `lambda.amazonaws.com`, `vehicle.city` … */
  readonly eventSource: string
  readonly eventName: string
  readonly eventTime: ServiceMs
  readonly awsRegion: string
  readonly sourceIPAddress: string
  readonly userAgent: string
  readonly requestParameters: JsonObject | null
  readonly responseElements: JsonObject | null
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly readOnly: boolean
  readonly category: 'Management' | 'Data'
  readonly resources: readonly ResourceRef[]
  /** Turns of rule → target → event that led to the call; handed on to the event on the bus. */
  readonly hops?: number
}

/** A line of the logbook: the call, with its identity as a CloudTrail record. `cause` is the call's cause. */
export interface TrailRecord extends Caused {
  readonly eventID: string
  readonly call: ApiCall
  /** The record field for field (CloudTrail User Guide, "CloudTrail record contents"). */
  readonly record: JsonObject
}
