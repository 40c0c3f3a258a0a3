import type { FeedEntry, SeatView, Speaker } from '../../shared/protocol/view.ts'

/** The cards of the first minute, each shown once; `card.<id>` in the locales, at most twelve words. */
export type CardId = 'steer' | 'bot-flash' | 'your-turn' | `first-${Exclude<Speaker, 'street'>}`

export interface Card {
  readonly id: CardId
  /** Opens "Why?" where there is something to explain. */
  readonly causeId: string | null
}

const STEER_CARD_MS = 12_000

/** The order in which a driver meets the agents: the consequence that can be read comes before its witnesses. */
const LESSONS: readonly Exclude<Speaker, 'street'>[] = ['mail', 'watch', 'lambda', 'bridge', 'trail', 'config']

/**
 * The card to show now: how to steer, then what the camera did to a bot, then what each agent did to the player.
 *
 * @param seen ids of cards that were dismissed or have had their time
 * @returns `null` when there is nothing new to say
 */
export function nextCard(view: SeatView, playMs: number, seen: ReadonlySet<CardId>): Card | null {
  const own = view.car?.plate ?? null
  const fresh = (id: CardId) => !seen.has(id)
  if (playMs < STEER_CARD_MS && fresh('steer')) return { id: 'steer', causeId: null }
  const lesson = LESSONS.find((speaker) => fresh(`first-${speaker}`) && entryOf(view, speaker, own))
  if (lesson) return { id: `first-${lesson}`, causeId: entryOf(view, lesson, own)?.id ?? null }
  const flash = view.feed.find((entry) => entry.speaker === 'watch' && entry.plate !== null && entry.plate !== own)
  if (flash && fresh('bot-flash')) return { id: 'bot-flash', causeId: flash.id }
  return flash && fresh('your-turn') && fresh('first-watch') ? { id: 'your-turn', causeId: null } : null
}

function entryOf(view: SeatView, speaker: Speaker, plate: string | null): Pick<FeedEntry, 'id'> | undefined {
  if (speaker === 'mail') return view.inbox.find((entry) => entry.kind === 'fine')
  return view.feed.find((entry) => entry.speaker === speaker && entry.plate !== null && entry.plate === plate)
}
