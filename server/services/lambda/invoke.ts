import type { Json } from '../../../shared/json.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { lastBytes, utf8Length } from '../../../shared/utf8.ts'
import type { Outcome } from './outcome.ts'
import { startJob } from './attempt.ts'
import { functionArn } from '../../../shared/aws/account.ts'
import type { FunctionReference, FunctionState, ResolvedVersion } from './function.ts'
import { LATEST, resolveVersion, toReference } from './function.ts'
import { QUEUE_LIMIT, enqueue } from './queue.ts'
import type { Draft, Execution, InvokeAnswer, InvokeCall, WaitingCall } from './state.ts'

const SYNC_LIMIT = 6 * 1024 * 1024
const ASYNC_LIMIT = 1024 * 1024
const LOG_TAIL = 4096

type Refusal = Extract<InvokeAnswer, { readonly statusCode: 400 | 404 | 413 | 429 }>

/**
 * Takes a call of `Invoke`. An `Event` is queued and answered 202, a `DryRun` 204; a `RequestResponse` starts at once
 * or is refused for want of capacity, and is answered when its handler ends (Lambda API, "Invoke").
 */
export function receiveCall(draft: Draft, call: InvokeCall): void {
  const found = resolveCall(draft, call)
  if ('error' in found) return void draft.out.answers.push(found)
  const { callId, cause, hops = 0 } = call
  if (call.invocationType === 'DryRun') return void draft.out.answers.push({ callId, statusCode: 204 })
  if (call.invocationType === 'RequestResponse') return startCall(draft, call, found)
  if (draft.queue.length >= QUEUE_LIMIT) return void draft.out.answers.push(throttled(callId))
  enqueue(draft, found.reference, { cause, payload: found.payload, hops })
  draft.out.answers.push({ callId, statusCode: 202 })
}

interface Resolved {
  readonly fn: FunctionState
  readonly reference: FunctionReference
  readonly resolved: ResolvedVersion
  readonly payload: Json
}

function resolveCall(draft: Draft, call: InvokeCall): Resolved | Refusal {
  const { callId } = call
  const reference = referenceOf(call)
  if (!reference) return refuse(callId, 400, 'InvalidParameterValueException', 'The qualifiers do not agree.')
  const fn = draft.functions.find((candidate) => candidate.name === reference.name)
  const resolved = fn && resolveVersion(fn, reference.qualifier, { seed: draft.ctx.seed, n: draft.count })
  if (!fn || !resolved) {
    const qualifier = reference.qualifier === LATEST ? '' : `:${reference.qualifier}`
    const message = `Function not found: ${functionArn(reference.name)}${qualifier}`
    return refuse(callId, 404, 'ResourceNotFoundException', message)
  }
  const limit = call.invocationType === 'Event' ? ASYNC_LIMIT : SYNC_LIMIT
  const size = utf8Length(call.payloadText)
  if (size > limit) {
    const message = `${size} byte payload is too large for the ${call.invocationType} invocation type (limit ${limit} bytes)`
    return refuse(callId, 413, 'RequestTooLargeException', message)
  }
  const payload = parseJson(call.payloadText)
  if (payload === undefined) {
    return refuse(callId, 400, 'InvalidRequestContentException', 'Could not parse request body into json')
  }
  return { fn, reference, resolved, payload }
}

function referenceOf({ functionName, qualifier }: InvokeCall): FunctionReference | null {
  const reference = toReference(functionName)
  if (!reference || qualifier === undefined) return reference
  const agrees = reference.qualifier === LATEST || reference.qualifier === qualifier
  return agrees ? { name: reference.name, qualifier } : null
}

function startCall(draft: Draft, call: InvokeCall, { fn, reference, resolved, payload }: Resolved): void {
  const { callId, cause, hops = 0 } = call
  draft.count += 1
  const reason = startJob(draft, {
    wanted: { fn, version: resolved.version, qualifier: reference.qualifier },
    configuration: resolved.configuration,
    requestId: uuidAt(draft.ctx.seed, streamOf('lambda/request'), draft.count),
    attempt: 1,
    payload,
    cause,
    hops,
    work: { kind: 'call', call: { callId, withLogTail: call.logType === 'Tail' } },
  })
  if (reason) draft.out.answers.push({ ...throttled(callId), reason })
}

const throttled = (callId: string) => refuse(callId, 429, 'TooManyRequestsException', 'Rate Exceeded.')

/** Answers the caller of an execution that is over: 200 even when the handler failed, and nobody retries. */
export function answerCall(
  draft: Draft,
  execution: Execution,
  call: WaitingCall,
  ended: { readonly outcome: Outcome; readonly logLines: readonly string[] },
): void {
  const { outcome, logLines } = ended
  draft.out.answers.push({
    callId: call.callId,
    statusCode: 200,
    executedVersion: execution.version,
    payload: outcome.payload,
    ...(outcome.kind === 'returned' ? {} : { functionError: 'Unhandled' as const }),
    ...(call.withLogTail ? { logTail: lastBytes(logLines.join('\n'), LOG_TAIL) } : {}),
  })
}

const refuse = (callId: string, statusCode: Refusal['statusCode'], code: string, message: string): Refusal => ({
  callId,
  statusCode,
  error: { code, message },
})

/** @returns `undefined` when the text is no JSON; an empty body stands for `{}` */
function parseJson(text: string): Json | undefined {
  if (text === '') return {}
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
