import type {
  AttemptEnded,
  DeadLetter,
  DestinationMessage,
  FunctionLogLine,
  InvocationCompletion,
  InvocationEnd,
  InvocationRequest,
  InvocationStart,
} from '../../../shared/aws/invocation.ts'
import type { EventEntry, Handover } from '../../../shared/aws/event.ts'
import type { Datapoint } from '../../../shared/aws/metric.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { Json } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { FunctionConfiguration, FunctionState } from './function.ts'

export interface LambdaLimits {
  /** Executions in progress at once in the whole account: 1000 by default. */
  readonly accountConcurrency: number
  /** What reservations must leave to the others: 100 by default. */
  readonly unreservedMinimum: number
  /** New environments one function may gain in any 10 s: 1000 by default. */
  readonly environmentsPer10s: number
}

/** An asynchronous event that waits for its next attempt. */
export interface QueuedEvent {
  readonly requestId: string
  /** Order of arrival, from 1. */
  readonly seq: number
  readonly functionName: string
  readonly qualifier: string
  readonly payload: Json
  readonly receivedAt: ServiceMs
  readonly dueAt: ServiceMs
  /** Attempts that ran. */
  readonly attempts: number
  /** Refusals for want of capacity since the last attempt that ran. */
  readonly throttles: number
  /** The request, then the last start. */
  readonly cause: CauseId
  readonly hops: number
  readonly turns: number
  /** What the last attempt that ran answered; `null` before the first. */
  readonly lastResponse: { readonly version: string; readonly payload: Json } | null
}

/** A synchronous call that waits for its answer. */
export interface WaitingCall {
  readonly callId: string
  readonly withLogTail: boolean
}

export interface Execution {
  readonly startId: CauseId
  readonly requestId: string
  readonly attempt: number
  readonly functionName: string
  readonly qualifier: string
  readonly version: string
  readonly configuration: Pick<FunctionConfiguration, 'timeout' | 'memorySize' | 'role'>
  readonly environmentId: string
  readonly coldStart: boolean
  /** When the handler begins: after Init, on a cold start. */
  readonly handlerAt: ServiceMs
  readonly deadline: ServiceMs
  readonly startedAt: ServiceMs
  readonly initMs: number
  readonly hops: number
  readonly work:
    { readonly kind: 'event'; readonly event: QueuedEvent } | { readonly kind: 'call'; readonly call: WaitingCall }
  /** What its host has said already, kept until the time the handler took is over; its `durationMs` is set. */
  readonly answer: InvocationCompletion | null
}

export interface Environment {
  readonly id: string
  readonly functionName: string
  readonly version: string
  /** The qualifier it was provisioned for; `null` for one made on demand. */
  readonly provisionedFor: string | null
  readonly busy: boolean
  readonly idleSince: ServiceMs
  /** Its module state starts anew with the next call. */
  readonly reset: boolean
  /** Its code is out of date: it vanishes once idle. */
  readonly retiring: boolean
  readonly logStreamName: string
}

/** Plain data: state → JSON → state is equal. Bounded by QUEUE_LIMIT, the account's concurrency and IDLE_MS. */
export interface LambdaState {
  readonly limits: LambdaLimits
  /** Queues, topics, buckets and buses that refuse what is sent to them. */
  readonly undeliverable: readonly string[]
  readonly functions: readonly FunctionState[]
  /** By `dueAt`, then by arrival. */
  readonly queue: readonly QueuedEvent[]
  readonly running: readonly Execution[]
  readonly environments: readonly Environment[]
  /** Cold starts of the last 10 s, for the scaling rate. */
  readonly coldStarts: readonly { readonly functionName: string; readonly at: ServiceMs }[]
  /** Numbers requests and environments. */
  readonly count: number
}

export type ThrottleReason = 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded'

/** A request that never entered the queue: no such function, no permission, or no room. */
export interface RefusedRequest {
  readonly cause: CauseId
  readonly functionName: string
  readonly sourceArn: string
  readonly code: 'ResourceNotFoundException' | 'AccessDeniedException' | 'RecursiveInvocationException' | 'QueueFull'
}

/** A call of `Invoke` through the API. */
export interface InvokeCall {
  /** Comes back with the answer. */
  readonly callId: string
  readonly cause: CauseId
  /** Name, partial or full ARN, qualified or not; `qualifier` must then agree. */
  readonly functionName: string
  readonly qualifier?: string
  readonly invocationType: 'RequestResponse' | 'Event' | 'DryRun'
  readonly logType?: 'None' | 'Tail'
  /** The raw body; empty stands for `{}`. */
  readonly payloadText: string
  readonly hops?: number
}

/** What `Invoke` answers: 200 with the result, 202 or 204 with nothing, or a refusal. */
export type InvokeAnswer =
  | {
      readonly callId: string
      readonly statusCode: 200
      readonly executedVersion: string
      readonly payload: Json
      /** `X-Amz-Function-Error`, when the handler failed. */
      readonly functionError?: 'Unhandled'
      /** The last 4 KB of the log; base64 is the edge's matter. */
      readonly logTail?: string
    }
  | { readonly callId: string; readonly statusCode: 202 | 204 }
  | {
      readonly callId: string
      readonly statusCode: 400 | 404 | 413 | 429
      readonly error: ServiceError
      readonly reason?: ThrottleReason
    }

/** What happened in one tick, in order. Function destinations (`requests`) and bus entries enter the next tick. */
export interface LambdaOutput {
  readonly handovers: readonly Handover[]
  readonly refused: readonly RefusedRequest[]
  readonly starts: readonly InvocationStart[]
  readonly attempts: readonly AttemptEnded[]
  readonly ends: readonly InvocationEnd[]
  readonly deadLetters: readonly DeadLetter[]
  readonly requests: readonly InvocationRequest[]
  readonly events: readonly EventEntry[]
  readonly messages: readonly DestinationMessage[]
  readonly answers: readonly InvokeAnswer[]
  readonly datapoints: readonly Datapoint[]
  readonly logs: readonly FunctionLogLine[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

/** One tick under way. It lives no longer than the tick; what it holds becomes the next state and the output. */
export interface Draft extends Mutable<Omit<LambdaState, 'limits' | 'functions' | 'undeliverable'>> {
  readonly ctx: StepContext
  readonly limits: LambdaLimits
  readonly functions: readonly FunctionState[]
  readonly undeliverable: readonly string[]
  readonly out: Mutable<LambdaOutput>
}

/** Nothing has happened yet. */
export const openOutput = (): Draft['out'] => ({
  handovers: [],
  refused: [],
  starts: [],
  attempts: [],
  ends: [],
  deadLetters: [],
  requests: [],
  events: [],
  messages: [],
  answers: [],
  datapoints: [],
  logs: [],
})

export function openDraft(state: LambdaState, ctx: StepContext): Draft {
  return {
    ctx,
    limits: state.limits,
    functions: state.functions,
    undeliverable: state.undeliverable,
    queue: [...state.queue],
    running: [...state.running],
    environments: [...state.environments],
    coldStarts: [...state.coldStarts],
    count: state.count,
    out: openOutput(),
  }
}

export function closeDraft(draft: Draft): LambdaState {
  const { limits, undeliverable, functions, running, environments, coldStarts, count } = draft
  const queue = draft.queue.toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)
  return { limits, undeliverable, functions, queue, running, environments, coldStarts, count }
}
