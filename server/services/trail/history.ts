import type { TrailRecord } from '../../../shared/aws/record.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { userNameOf } from './identity.ts'
import type { InsightRecord } from './insights.ts'

/** Event history goes back so far (CloudTrail User Guide, "Working with CloudTrail event history"). */
export const HISTORY_MS = 90 * 86_400_000
/** What event history keeps of one Region unless `openTrail` is told otherwise: the newest so many records. */
export const DEFAULT_HISTORY_CAP = 10_000
/** A record can be looked up this long after the call, up to a second sooner. */
const HISTORY_DELAY_MS = 60_000
const HISTORY_JITTER_MS = 1000

/** A record in event history. It is derived from the record but for `visibleAt`. */
export interface HistoryEntry {
  readonly id: CauseId
  readonly eventTime: ServiceMs
  readonly visibleAt: ServiceMs
  readonly userName: string
  readonly record: JsonObject
}

/** Newest last, by Region. */
export type History = Readonly<Record<string, readonly HistoryEntry[]>>

/** @param share from 0 to 1: this record's own delay */
export const toHistoryEntry = ({ id, call, record }: TrailRecord, share: number): HistoryEntry => ({
  id,
  eventTime: call.eventTime,
  visibleAt: serviceMs(Math.ceil(call.eventTime + HISTORY_DELAY_MS - share * HISTORY_JITTER_MS)),
  userName: userNameOf(call.principal),
  record,
})

/** Insights events can be looked up as soon as they are there. */
export const toInsightEntry = ({ id, at, record }: InsightRecord): HistoryEntry => ({
  id,
  eventTime: at,
  visibleAt: at,
  userName: '',
  record,
})

/** Appends to one Region's history and forgets what is beyond 90 days or beyond the cap. */
export function remember(
  history: History,
  region: string,
  entries: readonly HistoryEntry[],
  { now, cap }: { readonly now: ServiceMs; readonly cap: number },
): History {
  if (entries.length === 0) return history
  const all = [...(history[region] ?? []), ...entries]
  const firstKept = all.findIndex((entry) => entry.eventTime >= now - HISTORY_MS)
  return { ...history, [region]: firstKept === -1 ? [] : all.slice(Math.max(firstKept, all.length - cap)) }
}
