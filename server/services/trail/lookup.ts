import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Answer, CallContext } from './answer.ts'
import { answer, refuse } from './answer.ts'
import type { HistoryEntry } from './history.ts'
import { HISTORY_MS } from './history.ts'
import type { LookupEventsInput } from './lookup-input.ts'
import { faultOfLookup, MAX_RESULTS } from './lookup-input.ts'
import type { LookedUpResource } from './lookup-match.ts'
import { accessKeyOf, hasAttribute, namedIn, readOnlyOf, showResources } from './lookup-match.ts'
import { newestFirst, readToken, toToken } from './lookup-token.ts'
import type { TrailState } from './state.ts'

const CALLS_PER_SECOND = 2

/** An event as LookupEvents shows it. `CloudTrailEvent` is the whole record, as a text. */
export interface LookedUpEvent {
  readonly EventId: string
  readonly EventName: string
  readonly ReadOnly?: string
  readonly AccessKeyId?: string
  readonly EventTime: ServiceMs
  readonly EventSource: string
  readonly Username: string
  readonly Resources: readonly LookedUpResource[]
  readonly CloudTrailEvent: string
}

/**
 * LookupEvents: one Region's management events of the last 90 days, newest first, from about a minute after the call.
 * Without `EventCategory` it shows no Insights events; two calls a second are answered. (CloudTrail API Reference)
 *
 * @returns or fails with InvalidLookupAttributesException, InvalidTimeRangeException, InvalidMaxResultsException,
 *   InvalidEventCategoryException, InvalidNextTokenException, ThrottlingException
 */
export function lookupEvents(
  state: TrailState,
  input: LookupEventsInput,
  { now, region }: CallContext,
): Answer<{ readonly Events: readonly LookedUpEvent[]; readonly NextToken?: string }> {
  const recent = (state.lookups[region] ?? []).filter((time) => time > now - 1000)
  if (recent.length >= CALLS_PER_SECOND) return refuse('ThrottlingException', 'Rate exceeded')
  const fault = faultOfLookup(input)
  if (fault !== null) return fault
  const after = input.NextToken === undefined ? null : readToken(input, region)
  if (input.NextToken !== undefined && after === null) {
    return refuse('InvalidNextTokenException', 'The token was not given for this question.', 'NextToken')
  }
  const kept = input.EventCategory === undefined ? state.history : state.insightHistory
  const found = (kept[region] ?? [])
    .filter((entry) => entry.visibleAt <= now && entry.eventTime >= now - HISTORY_MS && isWanted(entry, input))
    .filter((entry) => after === null || newestFirst(after, entry) < 0)
    .toSorted(newestFirst)
  const page = found.slice(0, input.MaxResults ?? MAX_RESULTS)
  const last = page.at(-1)
  return answer(
    { ...state, lookups: { ...state.lookups, [region]: [...recent, now] } },
    {
      Events: page.map(show),
      ...(last === undefined || page.length === found.length ? {} : { NextToken: toToken(input, region, last) }),
    },
  )
}

/** An event shows the whole second it happened in: given back as either bound, that time still includes it. */
function isWanted(entry: HistoryEntry, { LookupAttributes = [], StartTime, EndTime }: LookupEventsInput): boolean {
  if (StartTime !== undefined && entry.eventTime < StartTime) return false
  if (EndTime !== undefined && toSecond(entry.eventTime) > EndTime) return false
  return LookupAttributes.every(({ AttributeKey, AttributeValue }) => hasAttribute(entry, AttributeKey, AttributeValue))
}

function show(entry: HistoryEntry): LookedUpEvent {
  const { record, eventTime, userName } = entry
  const accessKeyId = accessKeyOf(record)
  const readOnly = readOnlyOf(record)
  return {
    EventId: namedIn(record, 'eventID') ?? '',
    EventName: namedIn(record, 'eventName') ?? '',
    ...(readOnly === null ? {} : { ReadOnly: readOnly }),
    ...(accessKeyId === null ? {} : { AccessKeyId: accessKeyId }),
    EventTime: toSecond(eventTime),
    EventSource: namedIn(record, 'eventSource') ?? '',
    Username: userName,
    Resources: showResources(entry),
    CloudTrailEvent: JSON.stringify(record),
  }
}

const toSecond = (at: ServiceMs): ServiceMs => serviceMs(Math.floor(at / 1000) * 1000)
