import { toIsoMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Outcome } from './outcome.ts'
import type { Draft, Execution } from './state.ts'

/** Writes `START` when the execution begins (Lambda, "Sending Lambda function logs to CloudWatch Logs"). */
export function logStart(draft: Draft, execution: Execution, logStreamName: string): void {
  write(draft, execution, logStreamName, { at: execution.startedAt, message: toStartLine(execution) })
}

/**
 * Writes what the handler said, the error that ended it, `END` and `REPORT`.
 *
 * @returns every line of the run, `START` included: a synchronous caller may ask for their end
 */
export function logEnd(draft: Draft, execution: Execution, outcome: Outcome, logStreamName: string): readonly string[] {
  const time = toIsoMillis(outcome.at)
  const { requestId } = execution
  const messages = [
    ...outcome.logLines.map((line) => `${time}\t${requestId}\tINFO\t${line}`),
    ...toErrorLines(execution, outcome, time),
    `END RequestId: ${requestId}`,
    toReportLine(execution, outcome),
  ]
  for (const message of messages) write(draft, execution, logStreamName, { at: outcome.at, message })
  return [toStartLine(execution), ...messages]
}

const toStartLine = (execution: Execution) => `START RequestId: ${execution.requestId} Version: ${execution.version}`

function toErrorLines(execution: Execution, outcome: Outcome, time: string): readonly string[] {
  const { requestId, configuration } = execution
  switch (outcome.kind) {
    case 'returned':
      return []
    case 'threw':
      return [`${time}\t${requestId}\tERROR\tInvoke Error\t${JSON.stringify(outcome.payload)}`]
    case 'crashed':
      return [JSON.stringify(outcome.payload)]
    case 'timed-out':
      return [`${time} ${requestId} Task timed out after ${configuration.timeout.toFixed(2)} seconds`]
  }
}

/** Init is billed like the handler (Lambda pricing since August 2025). */
function toReportLine(execution: Execution, outcome: Outcome): string {
  const { initMs, coldStart, configuration } = execution
  const parts = [
    `REPORT RequestId: ${execution.requestId}`,
    `Duration: ${outcome.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(outcome.durationMs + initMs)} ms`,
    `Memory Size: ${configuration.memorySize} MB`,
    `Max Memory Used: ${Math.min(Math.ceil(outcome.maxMemoryMb), configuration.memorySize)} MB`,
    ...(coldStart ? [`Init Duration: ${initMs.toFixed(2)} ms`] : []),
  ]
  return parts.join('\t')
}

function write(
  draft: Draft,
  execution: Execution,
  logStreamName: string,
  line: { readonly at: ServiceMs; readonly message: string },
): void {
  draft.out.logs.push({
    cause: execution.startId,
    logGroupName: `/aws/lambda/${execution.functionName}`,
    logStreamName,
    timestamp: line.at,
    message: line.message,
  })
}
