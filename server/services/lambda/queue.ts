import type { Handover } from '../../../shared/aws/event.ts'
import type { InvocationRequest } from '../../../shared/aws/invocation.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import type { FunctionReference, FunctionState } from './function.ts'
import { isPermitted, resolveVersion, toReference } from './function.ts'
import { measure } from './metrics.ts'
import type { Draft, RefusedRequest } from './state.ts'

/** Events that may wait at once. AWS names no number: this is the city's, so that its memory is bounded. */
export const QUEUE_LIMIT = 10_000
/** Lambda stops a chain of its own after about this many turns (Lambda, "Recursive loop detection"). */
const LOOP_GUARD_TURNS = 16

/** Queues an asynchronous invocation, or refuses it. To be queued is all that its sender ever waits for. */
export function receiveRequest(draft: Draft, request: InvocationRequest): void {
  const reference = toReference(request.functionName)
  const fn = reference && draft.functions.find((candidate) => candidate.name === reference.name)
  if (!fn) return refuse(draft, request, 'ResourceNotFoundException')
  const refusal = refusalOf(draft, request, fn, reference)
  if (refusal) return refuse(draft, request, refusal)
  enqueue(draft, reference, request)
  if (request.dispatchId) draft.out.handovers.push({ dispatchId: request.dispatchId, outcome: 'ACCEPTED' })
}

function refusalOf(
  draft: Draft,
  request: InvocationRequest,
  fn: FunctionState,
  { qualifier }: FunctionReference,
): RefusedRequest['code'] | null {
  if (!resolveVersion(fn, qualifier, { seed: draft.ctx.seed, n: draft.count })) return 'ResourceNotFoundException'
  const needsPolicy = request.invokedBy.endsWith('.amazonaws.com') && request.invokedBy !== 'lambda.amazonaws.com'
  if (needsPolicy && !isPermitted(fn, qualifier, request.invokedBy, request.sourceArn)) return 'AccessDeniedException'
  if ((request.turns ?? 0) >= LOOP_GUARD_TURNS && fn.recursiveLoop === 'Terminate') {
    dropLoop(draft, request, fn)
    return 'RecursiveInvocationException'
  }
  return draft.queue.length >= QUEUE_LIMIT ? 'QueueFull' : null
}

/** A loop that Lambda can see is cut: the event goes to the dead-letter queue, if the function has one. */
function dropLoop(draft: Draft, request: InvocationRequest, fn: FunctionState): void {
  const { cause } = request
  const at = draft.ctx.now
  measure(draft, 'RecursiveInvocationsDropped', { functionName: fn.name, cause, at, value: 1 })
  const queue = fn.latest.deadLetterTargetArn
  if (!queue) return
  const attributes = { ErrorCode: 400, ErrorMessage: 'RecursiveInvocationException' }
  draft.out.deadLetters.push({ id: draft.ctx.ids.next(), cause, queue, body: request.payload, attributes })
}

const HANDOVER_OF: Readonly<Record<RefusedRequest['code'], Handover['outcome']>> = {
  ResourceNotFoundException: 'NO_RESOURCE',
  AccessDeniedException: 'NO_PERMISSIONS',
  // To the bus the hand-over succeeded: Lambda drops the event on its own side.
  RecursiveInvocationException: 'ACCEPTED',
  QueueFull: 'THROTTLING',
}

function refuse(draft: Draft, request: InvocationRequest, code: RefusedRequest['code']): void {
  const { cause, functionName, sourceArn, dispatchId } = request
  draft.out.refused.push({ cause, functionName, sourceArn, code })
  if (dispatchId) draft.out.handovers.push({ dispatchId, outcome: HANDOVER_OF[code] })
}

/** Gives the event its request id, the same for all its attempts, and makes it due at once. */
export function enqueue(
  draft: Draft,
  { name: functionName, qualifier }: FunctionReference,
  request: Pick<InvocationRequest, 'cause' | 'payload' | 'hops' | 'turns'>,
): void {
  const { now, seed } = draft.ctx
  draft.count += 1
  draft.queue.push({
    requestId: uuidAt(seed, streamOf('lambda/request'), draft.count),
    seq: draft.count,
    functionName,
    qualifier,
    payload: request.payload,
    receivedAt: now,
    dueAt: now,
    attempts: 0,
    throttles: 0,
    cause: request.cause,
    hops: request.hops ?? 0,
    turns: request.turns ?? 0,
    lastResponse: null,
  })
  measure(draft, 'AsyncEventsReceived', { functionName, cause: request.cause, at: now, value: 1 })
}
