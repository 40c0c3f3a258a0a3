import type { ApiCall, TrailRecord } from '../../../shared/aws/record.ts'
import type { Caused, CauseId, IdSource } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Draw } from './draw.ts'
import { arnOf, invokerOf } from './identity.ts'
import { toInsightRecord } from './insight-record.ts'
import type { MinuteCount, Series, Turn, Unusual } from './insight-series.ts'
import { addCounts, closeMinute, MINUTE_MS, NO_CALLS, openSeries } from './insight-series.ts'
import type { InsightType } from './trail-settings.ts'

/** Calls a minute, counted whether or not a trail asks for Insights: a baseline has to be there beforehand. */
export interface InsightsState {
  /** When counting began. */
  readonly since: ServiceMs
  /** The open minute, counted from 1970. */
  readonly minute: number
  /** What the open minute has brought, and all series, by the same names. */
  readonly counts: Readonly<Record<string, MinuteCount>>
  readonly series: Readonly<Record<string, Series>>
}

/** An event of Insights. `cause` is the last call of the minute that started it, or the insight's start. */
export interface InsightRecord extends Caused {
  readonly type: InsightType
  readonly region: string
  readonly eventID: string
  readonly at: ServiceMs
  readonly record: JsonObject
}

interface Tools {
  readonly ids: IdSource
  readonly draw: Draw
  /** Whether a trail that is logging asks for this kind in this Region: nothing starts unasked. */
  readonly isWanted: (series: Series) => boolean
}

export const openInsights = (since: ServiceMs, now: ServiceMs): InsightsState => ({
  since,
  minute: Math.floor(now / MINUTE_MS),
  counts: {},
  series: {},
})

/**
 * Closes the minutes that are over. Quiet minutes in which nothing is unusual change nothing and are passed over.
 *
 * @returns the same state when no minute with anything in it is over
 */
export function closeMinutes(state: InsightsState, now: ServiceMs, tools: Tools) {
  const current = Math.floor(now / MINUTE_MS)
  let next = state
  const found: InsightRecord[] = []
  while (next.minute < current && !isQuiet(next)) {
    const closed = closeAll(next, tools)
    next = closed.state
    found.push(...closed.found)
  }
  return { state: next, found }
}

/** Counts management records into the open minute: writes for the call rate, failures for the error rate. */
export function countRecords(state: InsightsState, records: readonly TrailRecord[], now: ServiceMs): InsightsState {
  const management = records.filter(({ call }) => call.category === 'Management')
  if (management.length === 0) return state
  const counted = management.reduce((next, record) => countRecord(next, record), state)
  return { ...counted, minute: Math.floor(now / MINUTE_MS) }
}

const isQuiet = ({ counts, series }: InsightsState): boolean =>
  Object.keys(counts).length === 0 && Object.values(series).every(({ unusual }) => unusual === null)

function closeAll(state: InsightsState, tools: Tools) {
  const { minute, since } = state
  const found: InsightRecord[] = []
  const series = Object.entries(state.series).map(([name, before]) => {
    const count = state.counts[name]
    const closed = closeMinute(before, minute, count, since)
    const isUnasked = closed.turn?.state === 'Start' && !tools.isWanted(before)
    if (closed.turn === null || isUnasked) return [name, closed.series]
    const { unusual, event } = writeTurn(closed.series, closed.turn, { minute, last: count?.last ?? null, ...tools })
    found.push(event)
    return [name, { ...closed.series, unusual }]
  })
  const closed: InsightsState = { since, minute: minute + 1, counts: {}, series: Object.fromEntries(series) }
  return { state: closed, found }
}

/** Writes the start or the end of an insight, and says how the series goes on. */
function writeTurn(
  series: Series,
  { state, unusual }: Turn,
  { minute, last, ids, draw }: Tools & { readonly minute: number; readonly last: CauseId | null },
): { readonly unusual: Unusual | null; readonly event: InsightRecord } {
  const at = serviceMs((minute + 1) * MINUTE_MS)
  const insight = unusual.insight ?? { id: ids.next(), sharedEventID: draw.uuid() }
  const eventID = draw.uuid()
  const { sharedEventID } = insight
  const record = toInsightRecord(series, unusual, { state, at, eventID, sharedEventID })
  const event = { type: series.type, region: series.region, eventID, at, record }
  return state === 'Start'
    ? { unusual: { ...unusual, insight }, event: { ...event, id: insight.id, cause: last } }
    : { unusual: null, event: { ...event, id: ids.next(), cause: insight.id } }
}

function countRecord(state: InsightsState, record: TrailRecord): InsightsState {
  const { call } = record
  const types: InsightType[] = [
    ...(call.readOnly ? [] : (['ApiCallRateInsight'] as const)),
    ...(call.errorCode === undefined ? [] : (['ApiErrorRateInsight'] as const)),
  ]
  return types.reduce((next, type) => countInto(next, type, record), state)
}

function countInto(state: InsightsState, type: InsightType, { id, call }: TrailRecord): InsightsState {
  const { eventSource, eventName, awsRegion: region } = call
  const name = [type, region, eventSource, eventName].join(' ')
  const before = state.counts[name] ?? NO_CALLS
  const once: MinuteCount = {
    calls: 1,
    callers: { [callerOf(call)]: 1 },
    userAgents: { [call.userAgent]: 1 },
    errorCodes: { [call.errorCode ?? 'null']: 1 },
    last: id,
  }
  return {
    ...state,
    counts: { ...state.counts, [name]: { ...addCounts(before, once), last: id } },
    series:
      name in state.series
        ? state.series
        : { ...state.series, [name]: openSeries({ type, region, eventSource, eventName }) },
  }
}

/** The caller's ARN, or the service's name. */
function callerOf({ principal, eventTime }: ApiCall): string {
  return arnOf(principal, eventTime) ?? invokerOf(principal) ?? ''
}
