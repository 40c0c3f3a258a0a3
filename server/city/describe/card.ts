import type { Json, JsonObject } from '../../../shared/json.ts'
import type { FeedEntry } from '../../../shared/protocol/view.ts'
import type { ThingCard, ThingFact } from '../../../shared/protocol/xray.ts'
import type { Result } from '../../../shared/result.ts'
import type { City } from '../city.ts'

/** Lines of news, and things related to one, that a card shows at most. */
const NEWS = 5
export const MOST_RELATED = 12

type Needed = 'ref' | 'speaker' | 'type' | 'name' | 'arn' | 'about'

/** A card on which nothing stands yet but what the thing is. */
export const toCard = (card: Pick<ThingCard, Needed> & Partial<ThingCard>): ThingCard => ({
  facts: [],
  graph: null,
  alarms: [],
  news: [],
  related: [],
  answers: [],
  ...card,
})

export const fact = (label: string, value: string | number): ThingFact => ({
  label: `thing.fact.${label}`,
  value: String(value),
})

/** The newest lines of the feed that are about a thing, the newest first. */
export const newsOf = ({ boards }: City, isAbout: (entry: FeedEntry) => boolean): FeedEntry[] =>
  boards.feed.newest.filter(isAbout).slice(-NEWS).toReversed()

/** Whether a line's sentence names it. */
export const names = (name: string) => (entry: FeedEntry) => Object.values(entry.text.params).includes(name)

/** What a service answers to a question that cannot fail here is read as it is; a refusal is nothing to show. */
export const answered = <T>(reply: Result<T, unknown>): T | null => (reply.ok ? reply.value : null)

/** A text member of an answer; empty when there is none. */
export function textIn(answer: JsonObject | undefined, member: string): string {
  const value = answer?.[member]
  return typeof value === 'string' ? value : ''
}

/** A value of the engine as AWS's JSON has it: what is not there is left out. */
export const toAnswer = (operation: string, json: object): ThingCard['answers'][number] => ({
  operation,
  json: JSON.parse(JSON.stringify(json)) as JsonObject,
})

/** Times are seconds since 1970 in AWS's JSON and milliseconds here: every number whose member ends in `Time`. */
export function inSeconds(value: object): JsonObject {
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
  return Object.fromEntries(
    entries.map(([name, one]) => [name, typeof one === 'number' && name.endsWith('Time') ? one / 1000 : one]),
  )
}
