import type { FeedEntry } from '../../shared/protocol/view.ts'

/** What the projector says in large letters: the newest line that concerns nobody in particular. */
export const toHeadline = (feed: readonly FeedEntry[]): FeedEntry | null =>
  feed.findLast((entry) => entry.plate === null) ?? null
