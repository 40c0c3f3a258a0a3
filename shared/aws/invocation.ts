import type { Caused, CauseId } from '../ids.ts'
import type { Json, JsonObject } from '../json.ts'
import type { VehiclePart } from '../model/vehicle.ts'
import type { Kmh, ServiceMs } from '../units.ts'

/** An asynchronous invocation (`Event`) asked of Lambda: by a rule's target, an alarm's action, a Config rule. */
export interface InvocationRequest {
  readonly cause: CauseId
  /** Function name or ARN, with `:VERSION` or `:ALIAS` when qualified. */
  readonly functionName: string
  readonly payload: Json
  /** `events.amazonaws.com`, `lambda.alarms.cloudwatch.amazonaws.com`, `config.amazonaws.com` … */
  readonly invokedBy: string
  /** The rule, alarm or Config rule on whose behalf: checked against the function's resource policy. */
  readonly sourceArn: string
  /** Set for a dispatch of the bus, so that the hand-over can be answered. */
  readonly dispatchId?: CauseId
  readonly hops?: number
  /** Turns through Lambda, SQS, SNS and S3 alone that led here; left out: 0. Lambda's loop guard counts only these. */
  readonly turns?: number
}

/**
 * The function begins to run, in an environment. Whoever runs the handler answers with one `InvocationCompletion` for
 * the same `requestId` and `attempt`; Lambda itself ends it when the time-out comes first.
 */
export interface InvocationStart extends Caused {
  readonly requestId: string
  readonly attempt: number
  readonly functionName: string
  readonly qualifier: string
  readonly payload: Json
  readonly coldStart: boolean
  /** The handler's module variables begin anew: a cold start, or the environment was reset after a time-out or crash. */
  readonly freshModule: boolean
  readonly environmentId: string
  /** How long the handler may run, in milliseconds of service time. */
  readonly timeoutMs: number
  readonly hops: number
  /** The name of the role whose permissions the handler has. */
  readonly role: string
}

/** What the handler did: returned a value, threw, or broke its environment. */
export interface InvocationCompletion {
  readonly requestId: string
  readonly attempt: number
  readonly outcome:
    | { readonly kind: 'returned'; readonly payload: Json }
    | { readonly kind: 'threw'; readonly errorType: string; readonly errorMessage: string }
    | { readonly kind: 'crashed'; readonly errorMessage: string }
  readonly logLines: readonly string[]
  /** Service time the handler took; left out: from its start to the tick of the answer. */
  readonly durationMs?: number
  readonly maxMemoryMb?: number
  /** What a player's handler asked of the city before it ended, in that order. */
  readonly calls?: readonly CityCall[]
}

/** What a response unit may ask of the city. */
export type CityCall =
  | {
      readonly name: 'sendFine'
      readonly plate: string
      readonly amount: number
      readonly reason: string
      /** Under the same key the fine book takes one fine only. */
      readonly key?: string
    }
  | { readonly name: 'repair'; readonly plate: string; readonly part: VehiclePart }
  | { readonly name: 'closeRoad'; readonly roadId: string; readonly closed: boolean }
  | { readonly name: 'setSign'; readonly roadId: string; readonly limitKmh: Kmh }
  | { readonly name: 'putEvaluations'; readonly resultToken: string; readonly evaluations: readonly UnitVerdict[] }

/** What a custom rule's unit found (AWS Config API, "PutEvaluations"). */
export interface UnitVerdict {
  readonly complianceResourceType: string
  readonly complianceResourceId: string
  readonly complianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE'
  readonly annotation?: string
  /** Left out: when the city takes the verdict. */
  readonly orderingTimestamp?: ServiceMs
}

/** One run of a handler is over. `cause` is the id of its start; its `calls` stand, whatever the outcome. */
export interface AttemptEnded extends Caused {
  readonly requestId: string
  readonly attempt: number
  readonly functionName: string
  readonly qualifier: string
  readonly role: string
  readonly outcome: 'returned' | 'threw' | 'crashed' | 'timed-out'
  readonly durationMs: number
  readonly calls: readonly CityCall[]
  readonly hops: number
}

/** An event's way through Lambda has ended. `cause` is the id of its last start, or of the request. */
export interface InvocationEnd extends Caused {
  readonly requestId: string
  readonly functionName: string
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'
  readonly approximateInvokeCount: number
  readonly responsePayload: Json
}

/** An event nobody could digest, in a dead-letter queue. `queue` is the queue's ARN. */
export interface DeadLetter extends Caused {
  readonly queue: string
  /** The original event, unchanged. */
  readonly body: Json
  readonly attributes: Readonly<Record<string, string | number>>
}

/** An invocation record in a queue, a topic or a bucket named as a destination. `cause` is the end of its event. */
export interface DestinationMessage extends Caused {
  readonly destinationArn: string
  readonly record: JsonObject
}

/** A line of a function's log group (`/aws/lambda/NAME`). */
export interface FunctionLogLine {
  readonly cause: CauseId
  readonly logGroupName: string
  readonly logStreamName: string
  readonly timestamp: ServiceMs
  readonly message: string
}
