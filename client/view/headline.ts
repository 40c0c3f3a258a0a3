import type { FeedEntry, Text } from '../../shared/protocol/view.ts'

export interface Headline {
  readonly entry: FeedEntry
  /** In the words of the street; `null` where the line itself already is. */
  readonly plain: Text | null
}

/**
 * What a class wants to see, by how the keys of its lines begin: the consequence for somebody before how it came about.
 * Whatever stands here not is how it is done: who called what, which rule matched, which unit started.
 */
const TOLD: readonly (readonly [begin: string, plain: string | null])[] = [
  ['chain.letter.fine', 'headline.fine'],
  ['chain.letter.repair', 'headline.repair'],
  ['chain.dead-letter', 'headline.lost'],
  ['chain.compliance.NON_COMPLIANT', 'headline.not-compliant'],
  ['chain.compliance.COMPLIANT', 'headline.compliant'],
  ['chain.alarm.ALARM', 'headline.alarm'],
  ['chain.manoeuvre.RunRed', 'headline.red'],
  ['chain.weather-changed', null],
  ['chain.camera-switched', null],
  ['chain.road-closed', null],
  ['chain.loop', null],
  ['chain.insight', null],
  ['chain.unit-departed', 'headline.unit'],
]

/** A headline stands for this long before a lesser one takes its place, in milliseconds of play. */
const STANDS_MS = 5000

const rankOf = ({ text }: FeedEntry): number => TOLD.findIndex(([begin]) => text.key.startsWith(begin))

/** What the projector says in large letters: of what has just happened the most telling, else the newest that tells something. */
export function toHeadline(feed: readonly FeedEntry[]): Headline | null {
  const telling = feed.filter((entry) => entry.plate === null && rankOf(entry) >= 0)
  const newest = telling.at(-1)
  if (!newest) return null
  const recent = telling.filter(({ at }) => newest.at.playMs - at.playMs < STANDS_MS)
  const entry = recent.reduce((best, one) => (rankOf(one) <= rankOf(best) ? one : best), newest)
  const plain = TOLD[rankOf(entry)]?.[1] ?? null
  return { entry, plain: plain === null ? null : { key: plain, params: entry.text.params } }
}
