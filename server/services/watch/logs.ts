import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { limits } from './limits.ts'
import { applyFilters } from './log-metrics.ts'
import type { LogEvent, LogGroup } from './log-state.ts'
import { own } from './own.ts'
import type { CallContext, WatchState } from './state.ts'
import { utf8Length } from '../../../shared/utf8.ts'

const DAY = 86_400_000

type Answer<T = object> = Result<{ readonly state: WatchState } & T, ServiceError>

const refused = (field: string, message: string): ServiceError => ({
  code: 'InvalidParameterException',
  message,
  field,
})
/** The refusal of every call that names an unknown group. */
export const noGroup = (name: string): ServiceError => ({
  code: 'ResourceNotFoundException',
  message: `The specified log group does not exist: ${name}`,
  field: 'logGroupName',
})

const noStream: ServiceError = {
  code: 'ResourceNotFoundException',
  message: 'The specified log stream does not exist.',
}

const taken = (what: string): ServiceError => ({
  code: 'ResourceAlreadyExistsException',
  message: `The specified ${what} already exists`,
})

const withGroup = (state: WatchState, group: LogGroup): WatchState => ({
  ...state,
  logs: { ...state.logs, [group.name]: group },
})

const GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/
const STREAM_NAME = /^[^:*]{1,512}$/

/** Makes an empty log group (CloudWatch Logs API Reference, "CreateLogGroup"). */
export function createLogGroup(
  state: WatchState,
  { logGroupName: name }: { readonly logGroupName: string },
  { now }: CallContext,
): Answer {
  if (!GROUP_NAME.test(name) || name.startsWith('aws/'))
    return fail(refused('logGroupName', `${name} is no name for a log group.`))
  if (own(state.logs, name)) return fail(taken('log group'))
  const empty = { streams: {}, events: [], filters: {}, received: 0 }
  return ok({ state: withGroup(state, { name, createdAt: now, retentionInDays: null, ...empty }) })
}

/** Deletes a log group with all its events and filters (CloudWatch Logs API Reference, "DeleteLogGroup"). */
export function deleteLogGroup(state: WatchState, { logGroupName: name }: { readonly logGroupName: string }): Answer {
  if (!own(state.logs, name)) return fail(noGroup(name))
  return ok({
    state: { ...state, logs: Object.fromEntries(Object.entries(state.logs).filter(([key]) => key !== name)) },
  })
}

/** Makes an empty stream in a group (CloudWatch Logs API Reference, "CreateLogStream"). */
export function createLogStream(
  state: WatchState,
  { logGroupName, logStreamName: name }: { readonly logGroupName: string; readonly logStreamName: string },
  { now }: CallContext,
): Answer {
  const group = own(state.logs, logGroupName)
  if (!group) return fail(noGroup(logGroupName))
  if (!STREAM_NAME.test(name)) return fail(refused('logStreamName', `${name} is no name for a log stream.`))
  if (own(group.streams, name)) return fail(taken('log stream'))
  const stream = { name, createdAt: now, lastEventAt: null }
  return ok({ state: withGroup(state, { ...group, streams: { ...group.streams, [name]: stream } }) })
}

/** Deletes a stream with all its events (CloudWatch Logs API Reference, "DeleteLogStream"). */
export function deleteLogStream(
  state: WatchState,
  { logGroupName, logStreamName: name }: { readonly logGroupName: string; readonly logStreamName: string },
): Answer {
  const group = own(state.logs, logGroupName)
  if (!group) return fail(noGroup(logGroupName))
  if (!own(group.streams, name)) return fail(noStream)
  const streams = Object.fromEntries(Object.entries(group.streams).filter(([key]) => key !== name))
  return ok({ state: withGroup(state, { ...group, streams, events: group.events.filter((e) => e.stream !== name) }) })
}

const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Says after how many days a group's events expire (CloudWatch Logs API Reference, "PutRetentionPolicy"). */
export function putRetentionPolicy(
  state: WatchState,
  { logGroupName, retentionInDays }: { readonly logGroupName: string; readonly retentionInDays: number },
): Answer {
  const group = own(state.logs, logGroupName)
  if (!group) return fail(noGroup(logGroupName))
  if (!RETENTION_DAYS.includes(retentionInDays)) {
    return fail(refused('retentionInDays', `Retention is one of ${RETENTION_DAYS.join(', ')} days.`))
  }
  return ok({ state: withGroup(state, { ...group, retentionInDays }) })
}

/** A line as it is sent. */
export interface InputLogEvent {
  readonly timestamp: ServiceMs
  readonly message: string
}

/** Which events of a batch were not taken, by index, as AWS says it: each name with its own end of the range. */
export interface RejectedLogEvents {
  readonly tooOldLogEventEndIndex?: number
  readonly expiredLogEventEndIndex?: number
  readonly tooNewLogEventStartIndex?: number
}

/** What PutLogEvents takes. */
export interface PutLogEventsInput {
  readonly logGroupName: string
  readonly logStreamName: string
  readonly logEvents: readonly InputLogEvent[]
}

/**
 * Takes a batch of log events in time order and feeds the group's metric filters (CloudWatch Logs API Reference,
 * "PutLogEvents"). Events that are too old, expired or too new are left out and told; the others are taken.
 */
export function putLogEvents(
  state: WatchState,
  { logGroupName, logStreamName, logEvents }: PutLogEventsInput,
  ctx: CallContext,
): Answer<{ readonly rejectedLogEventsInfo?: RejectedLogEvents }> {
  const group = own(state.logs, logGroupName)
  if (!group) return fail(noGroup(logGroupName))
  const stream = own(group.streams, logStreamName)
  if (!stream) return fail(noStream)
  const fault = batchFault(logEvents)
  if (fault) return fail(fault)
  const { accepted, rejected } = sift(logEvents, group, ctx.now)
  const events = accepted.map(({ timestamp, message }, index) => ({
    id: String(group.received + index).padStart(20, '0'),
    stream: logStreamName,
    timestamp,
    ingestedAt: ctx.now,
    message,
  }))
  const lastEventAt = events.at(-1)?.timestamp ?? stream.lastEventAt
  const next = withGroup(state, {
    ...group,
    events: keep(merge(group.events, events), { state, group, now: ctx.now }),
    streams: { ...group.streams, [logStreamName]: { ...stream, lastEventAt } },
    received: group.received + events.length,
  })
  const fresh = applyFilters(group, events, ctx)
  const fed = fresh.length === 0 ? next : { ...next, fresh: [...next.fresh, ...fresh] }
  return ok(Object.keys(rejected).length === 0 ? { state: fed } : { state: fed, rejectedLogEventsInfo: rejected })
}

function batchFault(events: readonly InputLogEvent[]): ServiceError | null {
  if (events.length === 0) return refused('logEvents', 'A batch holds at least one event.')
  if (events.length > limits.EVENTS_PER_BATCH) {
    return refused('logEvents', `A batch holds at most ${limits.EVENTS_PER_BATCH} events.`)
  }
  const bytes = events.reduce((sum, { message }) => sum + utf8Length(message) + limits.EVENT_OVERHEAD_BYTES, 0)
  if (bytes > limits.BATCH_BYTES) return refused('logEvents', `Upload too large: ${bytes} bytes.`)
  if (events.some(({ message }) => message === '')) return refused('message', 'A log event must have a message.')
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? -Infinity))) {
    return refused('logEvents', 'Log events in a single PutLogEvents request must be in chronological order.')
  }
  const span = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)
  return span > DAY ? refused('logEvents', 'The batch of log events cannot span more than 24 hours.') : null
}

function sift(events: readonly InputLogEvent[], { retentionInDays }: LogGroup, now: ServiceMs) {
  const isTooOld = ({ timestamp }: InputLogEvent) => timestamp < now - limits.OLDEST_DATUM_MS
  const isExpired = ({ timestamp }: InputLogEvent) =>
    retentionInDays !== null && timestamp < now - retentionInDays * DAY
  const isTooNew = ({ timestamp }: InputLogEvent) => timestamp > now + limits.NEWEST_DATUM_MS
  const old = events.filter(isTooOld).length
  const expired = events.filter(isExpired).length
  const fresh = events.filter((event) => !isTooNew(event)).length
  const rejected: RejectedLogEvents = {
    ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}),
    ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
    ...(fresh < events.length ? { tooNewLogEventStartIndex: fresh } : {}),
  }
  return { accepted: events.slice(Math.max(old, expired), fresh), rejected }
}

/** Both lists are in time order, and so is the result; at the same time, what was there first stays first. */
function merge(stored: readonly LogEvent[], added: readonly LogEvent[]): readonly LogEvent[] {
  const [first] = added
  if (!first || (stored.at(-1)?.timestamp ?? -Infinity) <= first.timestamp) return [...stored, ...added]
  return [...stored, ...added].toSorted((a, b) => a.timestamp - b.timestamp)
}

interface Keeping {
  readonly state: WatchState
  readonly group: LogGroup
  readonly now: ServiceMs
}

function keep(events: readonly LogEvent[], { state, group, now }: Keeping): readonly LogEvent[] {
  const oldest = group.retentionInDays === null ? serviceMs(0) : now - group.retentionInDays * DAY
  const valid = (events[0]?.timestamp ?? 0) < oldest ? events.filter(({ timestamp }) => timestamp >= oldest) : events
  return valid.length > state.settings.logEvents ? valid.slice(-state.settings.logEvents) : valid
}
