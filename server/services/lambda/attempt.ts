import type { CauseId } from '../../../shared/ids.ts'
import type { Json } from '../../../shared/json.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Wanted } from './capacity.ts'
import { leaveEnvironment, takeEnvironment } from './capacity.ts'
import { measure } from './metrics.ts'
import type { Outcome } from './outcome.ts'
import { logEnd, logStart } from './report.ts'
import type { Draft, Execution, ThrottleReason } from './state.ts'
import type { FunctionConfiguration } from './function.ts'

export interface Job {
  readonly wanted: Wanted
  readonly configuration: FunctionConfiguration
  readonly requestId: string
  readonly attempt: number
  readonly payload: Json
  readonly cause: CauseId
  readonly hops: number
  readonly work: Execution['work']
}

/** Starts the job in an environment, if there is one to be had. @returns why not, or `null` when it runs */
export function startJob(draft: Draft, job: Job): ThrottleReason | null {
  const functionName = job.wanted.fn.name
  const seat = takeEnvironment(draft, job.wanted)
  if (seat.kind === 'throttled') {
    measure(draft, 'Throttles', { functionName, cause: job.cause, at: draft.ctx.now, value: 1 })
    return seat.reason
  }
  const execution = toExecution(draft, job, seat)
  draft.running.push(execution)
  draft.out.starts.push({
    id: execution.startId,
    cause: job.cause,
    requestId: job.requestId,
    attempt: job.attempt,
    functionName,
    qualifier: job.wanted.qualifier,
    payload: job.payload,
    coldStart: seat.coldStart,
    freshModule: seat.coldStart || seat.environment.reset,
    environmentId: execution.environmentId,
    timeoutMs: job.configuration.timeout * 1000,
    hops: job.hops,
    role: job.configuration.role,
  })
  measureStart(draft, execution, seat.environment.provisionedFor !== null, job.wanted)
  logStart(draft, execution, seat.environment.logStreamName)
  return null
}

function toExecution(
  draft: Draft,
  job: Job,
  seat: { readonly environment: { readonly id: string }; readonly coldStart: boolean },
): Execution {
  const { timeout, memorySize, role } = job.configuration
  const startId = draft.ctx.ids.next()
  const initMs = seat.coldStart ? job.configuration.initMs : 0
  return {
    startId,
    requestId: job.requestId,
    attempt: job.attempt,
    functionName: job.wanted.fn.name,
    qualifier: job.wanted.qualifier,
    version: job.wanted.version,
    configuration: { timeout, memorySize, role },
    environmentId: seat.environment.id,
    coldStart: seat.coldStart,
    startedAt: draft.ctx.now,
    initMs,
    handlerAt: serviceMs(draft.ctx.now + initMs),
    deadline: serviceMs(draft.ctx.now + initMs + timeout * 1000),
    hops: job.hops,
    work: job.work.kind === 'event' ? { kind: 'event', event: { ...job.work.event, cause: startId } } : job.work,
    answer: null,
  }
}

function measureStart(draft: Draft, execution: Execution, onProvisioned: boolean, wanted: Wanted): void {
  const { functionName, startId: cause, startedAt: at } = execution
  measure(draft, 'Invocations', { functionName, cause, at, value: 1 })
  const hasProvisioned = wanted.fn.provisioned.some((entry) => entry.qualifier === wanted.qualifier)
  if (onProvisioned) measure(draft, 'ProvisionedConcurrencyInvocations', { functionName, cause, at, value: 1 })
  else if (hasProvisioned)
    measure(draft, 'ProvisionedConcurrencySpilloverInvocations', { functionName, cause, at, value: 1 })
}

/** Takes the execution out of its environment and writes down its attempt, metrics and log. @returns its log lines */
export function endAttempt(draft: Draft, execution: Execution, outcome: Outcome): readonly string[] {
  const { functionName, requestId, startId, startedAt } = execution
  const broken = outcome.kind === 'crashed' || outcome.kind === 'timed-out'
  const stream = draft.environments.find((candidate) => candidate.id === execution.environmentId)?.logStreamName ?? ''
  leaveEnvironment(draft, execution.environmentId, broken)
  draft.out.attempts.push({
    id: draft.ctx.ids.next(),
    cause: startId,
    requestId,
    attempt: execution.attempt,
    functionName,
    qualifier: execution.qualifier,
    role: execution.configuration.role,
    outcome: outcome.kind,
    durationMs: outcome.durationMs,
    calls: outcome.calls,
    hops: execution.hops,
  })
  // The time of a metric is when the function was invoked, however late it is known.
  const measured = { functionName, cause: startId, at: startedAt }
  measure(draft, 'Errors', { ...measured, value: outcome.kind === 'returned' ? 0 : 1 })
  measure(draft, 'Duration', { ...measured, value: outcome.durationMs })
  return logEnd(draft, execution, outcome, stream)
}
