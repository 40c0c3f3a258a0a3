import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { limits } from './limits.ts'
import { parseLogPattern } from './log-pattern.ts'
import type { LogEvent, LogGroup } from './log-state.ts'
import { noGroup } from './logs.ts'
import { own } from './own.ts'
import { pageOf } from './page.ts'
import type { WatchState } from './state.ts'

/** What FilterLogEvents takes; the range includes its start and not its end. */
export interface FilterLogEventsInput {
  readonly logGroupName: string
  readonly logStreamNames?: readonly string[]
  readonly filterPattern?: string
  readonly startTime?: ServiceMs
  readonly endTime?: ServiceMs
  readonly limit?: number
  readonly nextToken?: string
}

type Answer = Result<{ readonly events: readonly LogEvent[]; readonly nextToken?: string }, ServiceError>

/** Finds events by pattern, oldest first (CloudWatch Logs API Reference, "FilterLogEvents"). */
export function filterLogEvents(state: WatchState, input: FilterLogEventsInput): Answer {
  const group = own(state.logs, input.logGroupName)
  if (!group) return fail(noGroup(input.logGroupName))
  const pattern = parseLogPattern(input.filterPattern ?? '')
  if (!pattern.ok) {
    return fail({ code: 'InvalidParameterException', message: pattern.error, field: 'filterPattern' })
  }
  const { startTime = 0, endTime = Infinity, logStreamNames } = input
  const found = group.events.filter(
    ({ timestamp, stream, message }) =>
      timestamp >= startTime &&
      timestamp < endTime &&
      (logStreamNames === undefined || logStreamNames.includes(stream)) &&
      pattern.value(message) !== null,
  )
  const page = pageOf(found, Math.min(input.limit ?? limits.EVENTS_PER_PAGE, limits.EVENTS_PER_PAGE), input.nextToken)
  if (!page.ok) return page
  const { items, NextToken } = page.value
  return ok(NextToken === undefined ? { events: items } : { events: items, nextToken: NextToken })
}

/** One stream's events, oldest first; the newest `limit` of them (CloudWatch Logs API Reference, "GetLogEvents"). */
export function getLogEvents(
  state: WatchState,
  input: Omit<FilterLogEventsInput, 'logStreamNames' | 'filterPattern' | 'nextToken'> & {
    readonly logStreamName: string
  },
): Answer {
  const group = own(state.logs, input.logGroupName)
  if (!group) return fail(noGroup(input.logGroupName))
  if (!own(group.streams, input.logStreamName)) {
    return fail({ code: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' })
  }
  const { startTime = 0, endTime = Infinity, limit = limits.EVENTS_PER_PAGE } = input
  const found = group.events.filter(
    ({ timestamp, stream }) => stream === input.logStreamName && timestamp >= startTime && timestamp < endTime,
  )
  return ok({ events: found.slice(-Math.min(limit, limits.EVENTS_PER_PAGE)) })
}

/** Groups by name (CloudWatch Logs API Reference, "DescribeLogGroups"). */
export const describeLogGroups = (state: WatchState, logGroupNamePrefix = ''): readonly LogGroup[] =>
  Object.values(state.logs)
    .filter(({ name }) => name.startsWith(logGroupNamePrefix))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
