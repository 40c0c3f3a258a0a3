import type { InvocationCompletion, InvocationRequest } from '../../../shared/aws/invocation.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import { endAttempt, startJob } from './attempt.ts'
import { endOf, takeAnswer, toOutcome } from './outcome.ts'
import { isExpired } from './capacity.ts'
import { backOff, endEvent, settleAttempt } from './fate.ts'
import { resolveVersion } from './function.ts'
import { answerCall, receiveCall } from './invoke.ts'
import { measure } from './metrics.ts'
import { receiveRequest } from './queue.ts'
import type { Draft, Execution, InvokeCall, LambdaLimits, LambdaOutput, LambdaState, QueuedEvent } from './state.ts'
import { closeDraft, openDraft, openOutput } from './state.ts'

export interface LambdaSettings extends Partial<LambdaLimits> {
  /** ARNs of queues, topics, buckets and buses that refuse what is sent to them: a lesson's broken letterbox. */
  readonly undeliverable?: readonly string[]
}

/** Lambda without functions. Limits left out are AWS's defaults: 1000 at once, 100 unreserved, 1000 new per 10 s. */
export function openLambda(settings: LambdaSettings = {}): LambdaState {
  const { accountConcurrency = 1000, unreservedMinimum = 100, environmentsPer10s = 1000 } = settings
  return {
    limits: { accountConcurrency, unreservedMinimum, environmentsPer10s },
    undeliverable: settings.undeliverable ?? [],
    functions: [],
    queue: [],
    running: [],
    environments: [],
    coldStarts: [],
    count: 0,
  }
}

export interface LambdaInput {
  /** Asynchronous invocations, in the order in which they arrive. */
  readonly requests: readonly InvocationRequest[]
  /** What handlers that were started in earlier ticks did. Those of nothing that runs are ignored. */
  readonly completions: readonly InvocationCompletion[]
  /** Calls of `Invoke` through the API. */
  readonly calls?: readonly InvokeCall[]
}

/**
 * Takes one tick's requests and answers: ends what is over, queues what is new, and starts whatever is due and finds an
 * environment. It runs no handler: whoever hosts it runs what stands in `starts` and answers in a later tick.
 *
 * @returns the next state (the same one when nothing happened), and what happened in the order in which it did
 */
export function stepLambda(
  state: LambdaState,
  input: LambdaInput,
  ctx: StepContext,
): { state: LambdaState } & LambdaOutput {
  if (isQuiet(state, input, ctx)) return { state, ...openOutput() }
  const draft = openDraft(state, ctx)
  const before = countRunning(state.running)
  endExecutions(draft, input.completions)
  draft.environments = draft.environments.filter((environment) => !isExpired(environment, ctx.now))
  for (const request of input.requests) receiveRequest(draft, request)
  for (const call of input.calls ?? []) receiveCall(draft, call)
  startDue(draft)
  measureConcurrency(draft, before)
  return { state: closeDraft(draft), ...draft.out }
}

function isQuiet(state: LambdaState, input: LambdaInput, { now }: StepContext): boolean {
  if (input.requests.length > 0 || input.completions.length > 0 || input.calls?.length) return false
  if ((state.queue[0]?.dueAt ?? Infinity) <= now) return false
  if (state.running.some((execution) => endOf(execution) <= now)) return false
  return !state.environments.some((environment) => isExpired(environment, now))
}

function endExecutions(draft: Draft, completions: readonly InvocationCompletion[]): void {
  const { now } = draft.ctx
  const answers = new Map(completions.toReversed().map((answer) => [`${answer.requestId}/${answer.attempt}`, answer]))
  const running = draft.running.map((execution) => {
    const answer = answers.get(`${execution.requestId}/${execution.attempt}`)
    return answer ? takeAnswer(execution, answer, now) : execution
  })
  draft.running = running.filter((execution) => endOf(execution) > now)
  for (const execution of running) if (endOf(execution) <= now) endExecution(draft, execution)
}

function endExecution(draft: Draft, execution: Execution): void {
  const outcome = toOutcome(execution)
  const logLines = endAttempt(draft, execution, outcome)
  const lastResponse = { version: execution.version, payload: outcome.payload }
  if (execution.work.kind === 'call') answerCall(draft, execution, execution.work.call, { outcome, logLines })
  else settleAttempt(draft, { ...execution.work.event, lastResponse }, outcome)
}

function startDue(draft: Draft): void {
  const due = draft.queue.filter((event) => event.dueAt <= draft.ctx.now)
  draft.queue = draft.queue.filter((event) => event.dueAt > draft.ctx.now)
  for (const event of due.toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)) startEvent(draft, event)
}

function startEvent(draft: Draft, event: QueuedEvent): void {
  const { functionName, qualifier, cause } = event
  const fn = draft.functions.find((candidate) => candidate.name === functionName)
  const resolved = fn && resolveVersion(fn, qualifier, { seed: draft.ctx.seed, n: event.seq })
  // The function or version was deleted after the event had been queued: there is nobody left to tell.
  if (!fn || !resolved) return endEvent(draft, event, 'RetriesExhausted')
  if (fn.reservedConcurrency === 0) return endEvent(draft, event, 'ZeroReservedConcurrency')
  const ageMs = draft.ctx.now - event.receivedAt
  measure(draft, 'AsyncEventAge', { functionName, cause, at: draft.ctx.now, value: ageMs })
  const next: QueuedEvent = { ...event, attempts: event.attempts + 1, throttles: 0 }
  const throttled = startJob(draft, {
    wanted: { fn, version: resolved.version, qualifier },
    configuration: resolved.configuration,
    requestId: event.requestId,
    attempt: next.attempts,
    payload: event.payload,
    cause,
    hops: event.hops,
    work: { kind: 'event', event: next },
  })
  if (throttled) backOff(draft, event, fn)
}

function countRunning(running: readonly Execution[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { functionName } of running) counts.set(functionName, (counts.get(functionName) ?? 0) + 1)
  return counts
}

/** `ConcurrentExecutions` of every function that began or ended something in this tick. */
function measureConcurrency(draft: Draft, before: ReadonlyMap<string, number>): void {
  const after = countRunning(draft.running)
  const last = new Map<string, Execution['startId']>()
  for (const { functionName, cause } of draft.out.attempts) if (cause) last.set(functionName, cause)
  for (const { functionName, id } of draft.out.starts) last.set(functionName, id)
  for (const [functionName, cause] of last) {
    const value = after.get(functionName) ?? 0
    if (value === before.get(functionName) && value === 0) continue
    measure(draft, 'ConcurrentExecutions', { functionName, cause, at: draft.ctx.now, value })
  }
}
