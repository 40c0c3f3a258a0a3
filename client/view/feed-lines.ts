import type { FeedEntry } from '../../shared/protocol/view.ts'

/** One line of the feed: its newest entry, and how many in a row said the very same. */
export interface FeedLine {
  readonly entry: FeedEntry
  readonly count: number
}

/**
 * Folds what was said several times in a row into one line.
 *
 * @param say an entry's text as the reader sees it: two signs may have changed where the line names neither
 * @returns the newest first, at most so many
 */
export function toFeedLines(
  feed: readonly FeedEntry[],
  most: number,
  say: (text: FeedEntry['text']) => string,
): readonly FeedLine[] {
  const isSame = (one: FeedEntry, other: FeedEntry) =>
    one.speaker === other.speaker && one.plate === other.plate && say(one.text) === say(other.text)
  const lines: FeedLine[] = []
  for (const entry of feed.toReversed()) {
    const last = lines.at(-1)
    if (last && isSame(last.entry, entry)) lines[lines.length - 1] = { ...last, count: last.count + 1 }
    else if (lines.length === most) break
    else lines.push({ entry, count: 1 })
  }
  return lines
}
