import type { Caused, CauseId } from '../ids.ts'
import type { Json } from '../json.ts'

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
  readonly environmentId: string
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
