import type { FunctionLogLine } from '../../shared/aws/invocation.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { createLogGroup, createLogStream, deleteLogStream, putLogEvents } from '../services/watch/logs.ts'
import type { WatchState } from '../services/watch/state.ts'

/** Streams kept in a function's log group: each cold start begins a new one. */
const MOST_STREAMS = 32

/** Writes what units logged into CloudWatch Logs (Lambda, "Sending Lambda function logs to CloudWatch Logs"). */
export function writeFunctionLogs(watch: WatchState, lines: readonly FunctionLogLine[], ctx: StepContext): WatchState {
  let state = watch
  for (const batch of byStream(lines).values()) state = writeBatch(state, batch, ctx)
  return state
}

function byStream(lines: readonly FunctionLogLine[]): Map<string, FunctionLogLine[]> {
  const batches = new Map<string, FunctionLogLine[]>()
  for (const line of lines) {
    const key = `${line.logGroupName}\n${line.logStreamName}`
    batches.set(key, [...(batches.get(key) ?? []), line])
  }
  return batches
}

function writeBatch(watch: WatchState, batch: readonly FunctionLogLine[], ctx: StepContext): WatchState {
  const [first] = batch
  if (first === undefined || first.logStreamName === '') return watch
  const { logGroupName, logStreamName, cause } = first
  const context = { ...ctx, cause }
  const grouped = orSame(watch, createLogGroup(watch, { logGroupName }, context))
  const made = orSame(grouped, createLogStream(grouped, { logGroupName, logStreamName }, context))
  const logEvents = batch.toSorted((a, b) => a.timestamp - b.timestamp)
  const put = orSame(made, putLogEvents(made, { logGroupName, logStreamName, logEvents }, context))
  const names = Object.keys(put.logs[logGroupName]?.streams ?? {})
  return names
    .slice(0, Math.max(0, names.length - MOST_STREAMS))
    .reduce((state, name) => orSame(state, deleteLogStream(state, { logGroupName, logStreamName: name })), put)
}

/** A group or stream that is there already is as good as a new one; a batch that Logs refuses is lost, as in AWS. */
const orSame = (
  state: WatchState,
  answer: { readonly ok: true; readonly value: { readonly state: WatchState } } | { readonly ok: false },
): WatchState => (answer.ok ? answer.value.state : state)
