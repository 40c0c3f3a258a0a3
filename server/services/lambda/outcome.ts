import type { CityCall, InvocationCompletion } from '../../../shared/aws/invocation.ts'
import type { Json } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Execution } from './state.ts'

/** How one run of a handler ended, seen by whoever asked for it. */
export interface Outcome {
  readonly kind: 'returned' | 'threw' | 'crashed' | 'timed-out'
  /** The result, or `{errorType, errorMessage, trace}`. */
  readonly payload: Json
  /** When the handler stopped: not later than its deadline. */
  readonly at: ServiceMs
  readonly durationMs: number
  readonly logLines: readonly string[]
  readonly maxMemoryMb: number
  readonly calls: readonly CityCall[]
}

/** When the execution ends as things stand: by its host's answer, or hard at its deadline. */
export function endOf(execution: Execution): ServiceMs {
  const durationMs = execution.answer?.durationMs ?? Infinity
  return serviceMs(Math.min(execution.handlerAt + durationMs, execution.deadline))
}

/** Keeps the host's first answer until the time its handler took is over; without a duration, that is now. */
export function takeAnswer(execution: Execution, answer: InvocationCompletion, now: ServiceMs): Execution {
  if (execution.answer) return execution
  const given = answer.durationMs ?? now - execution.handlerAt
  const beyond = execution.deadline - execution.handlerAt + 1
  const durationMs = given > 0 ? Math.min(given, beyond) : 0
  return { ...execution, answer: { ...answer, durationMs } }
}

/** What an execution that is over came to. Nothing after its time-out runs; what was asked before that stands. */
export function toOutcome(execution: Execution): Outcome {
  const limitMs = execution.deadline - execution.handlerAt
  const { answer } = execution
  const { logLines = [], maxMemoryMb = 0, calls = [], durationMs = Infinity } = answer ?? {}
  const common = { at: endOf(execution), durationMs: Math.min(durationMs, limitMs), logLines, maxMemoryMb, calls }
  if (!answer || durationMs > limitMs) {
    const errorMessage = `RequestId: ${execution.requestId} Error: Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`
    return { ...common, kind: 'timed-out', payload: { errorType: 'Sandbox.Timedout', errorMessage } }
  }
  switch (answer.outcome.kind) {
    case 'returned':
      return { ...common, kind: 'returned', payload: answer.outcome.payload }
    case 'threw': {
      const { errorType, errorMessage } = answer.outcome
      return { ...common, kind: 'threw', payload: { errorType, errorMessage, trace: [] } }
    }
    case 'crashed': {
      const errorMessage = `RequestId: ${execution.requestId} Error: ${answer.outcome.errorMessage}`
      return { ...common, kind: 'crashed', payload: { errorType: 'Runtime.ExitError', errorMessage } }
    }
  }
}
