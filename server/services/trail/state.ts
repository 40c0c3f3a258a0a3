import type { EventEntry } from '../../../shared/aws/event.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Chain } from './chain.ts'
import type { History } from './history.ts'
import type { InsightsState } from './insights.ts'
import type { Trail } from './trail-settings.ts'

/** An event on its way to the bus. */
interface PendingEvent {
  readonly dueAt: ServiceMs
  readonly entry: EventEntry
}

/** A query that was started; its answer follows from it and from the records, so that it is not kept. */
export interface LakeRun {
  readonly queryId: string
  readonly statement: string
  readonly startedAt: ServiceMs
}

/** Everything the logbook remembers: plain data, bounded by `historyCap` and by what is on its way. */
export interface TrailState {
  /** The city's districts. A trail of all Regions keeps a chain of files in each. */
  readonly regions: readonly string[]
  readonly trails: readonly Trail[]
  readonly chains: readonly Chain[]
  readonly history: History
  /** Insights events, by Region; capped like `history`. */
  readonly insightHistory: History
  readonly insights: InsightsState
  /** How many records of a Region event history keeps. */
  readonly historyCap: number
  readonly outbox: readonly PendingEvent[]
  /** When the last two answered calls to LookupEvents were made, by Region. */
  readonly lookups: Readonly<Record<string, readonly ServiceMs[]>>
  /** Queries of the event data store: how many were asked, and the newest of them. */
  readonly lake: { readonly asked: number; readonly runs: readonly LakeRun[] }
  /** How many numbers of its stream of chance were drawn. */
  readonly drawn: number
}
