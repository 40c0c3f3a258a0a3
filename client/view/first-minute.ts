import type { FeedEntry, SeatView, Speaker } from '../../shared/protocol/view.ts'

type Teacher = Exclude<Speaker, 'street'>

/** The cards of the first minute, each shown once; `card.<id>` in the locales, at most twelve words. */
export type CardId = 'steer' | 'go' | 'catch-up' | 'bot-flash' | 'your-turn' | `first-${Teacher}`

export interface Card {
  readonly id: CardId
  /** Opens "Why?" where there is something to explain. */
  readonly causeId: string | null
}

/** What of the screen's own time a card is chosen by, in milliseconds of play. */
export interface Since {
  /** Since this driver came. */
  readonly came: number
  /** How old the city was when this driver came. */
  readonly cityWas: number
  /** Whether the own car has moved. */
  readonly hasDriven: boolean
}

const STEER_CARD_MS = 12_000
const GO_CARD_MS = 60_000
/** Who comes later than this into a city has missed something. */
const LATE_MS = 60_000
/** Whoever has met no camera by now meets the other agents all the same. */
const PATIENCE_MS = 45_000

/** The order in which a driver meets the agents: the consequence that can be read comes before its witnesses. */
const LESSONS: readonly Teacher[] = ['mail', 'watch', 'lambda', 'bridge', 'trail', 'config']

/** How long a card stays that nobody dismisses, in milliseconds. */
export function cardMs(id: CardId): number {
  if (id === 'bot-flash') return 4000
  if (id === 'go') return GO_CARD_MS
  return id === 'steer' || id === 'catch-up' ? STEER_CARD_MS : 9000
}

/**
 * The card to show now, and how to drive to whoever still stands when there is nothing else to say.
 *
 * @param seen ids of cards that were dismissed or have had their time
 * @returns `null` when there is nothing new to say
 */
export function nextCard(view: SeatView, since: Since, seen: ReadonlySet<CardId>): Card | null {
  const isWaiting = !since.hasDriven && since.came >= STEER_CARD_MS && !seen.has('go')
  return lessonCard(view, since, seen) ?? (isWaiting ? { id: 'go', causeId: null } : null)
}

/**
 * How to steer, then what the camera did to a bot, then what each agent did to the player. Until
 * the player has met a camera nothing else is explained.
 */
function lessonCard(view: SeatView, { came, cityWas }: Since, seen: ReadonlySet<CardId>): Card | null {
  const own = view.car?.plate ?? null
  const fresh = (id: CardId) => !seen.has(id)
  const hasMet = entryOf(view, 'watch', own) !== undefined
  if (cityWas >= LATE_MS && came < STEER_CARD_MS && fresh('catch-up')) return { id: 'catch-up', causeId: null }
  if (cityWas < LATE_MS && came < STEER_CARD_MS && fresh('steer')) return { id: 'steer', causeId: null }
  if (hasMet || came >= PATIENCE_MS) {
    const lesson = LESSONS.find((speaker) => fresh(`first-${speaker}`) && entryOf(view, speaker, own))
    if (lesson) return { id: `first-${lesson}`, causeId: entryOf(view, lesson, own)?.id ?? null }
  }
  if (hasMet) return null
  const flash = view.feed.find((entry) => entry.speaker === 'watch' && entry.plate !== null && entry.plate !== own)
  if (flash && fresh('bot-flash')) return { id: 'bot-flash', causeId: flash.id }
  return flash && fresh('your-turn') ? { id: 'your-turn', causeId: null } : null
}

function entryOf(view: SeatView, speaker: Speaker, plate: string | null): Pick<FeedEntry, 'id'> | undefined {
  if (speaker === 'mail') return view.inbox.find((entry) => entry.kind === 'fine')
  return view.feed.find((entry) => entry.speaker === speaker && entry.plate !== null && entry.plate === plate)
}

/** What somebody who comes late needs to know, in numbers. */
export interface CatchUp {
  readonly minutes: number
  readonly drivers: number
  readonly fines: number
  /** Metres to the errand's star; `null` while there is none. */
  readonly metres: number | null
}

/** What has happened so far, and how far it is to where one is wanted. */
export function toCatchUp(
  { room, car }: SeatView,
  playMs: number,
  at: { readonly x: number; readonly y: number } | null,
): CatchUp {
  const goal = car?.objective ?? null
  return {
    minutes: Math.floor(playMs / 60_000),
    drivers: room.seats.filter(({ connected }) => connected).length,
    fines: room.seats.reduce((sum, { fines }) => sum + fines, 0),
    metres: goal && at ? Math.round(Math.hypot(goal.x - at.x, goal.y - at.y) / 10) * 10 : null,
  }
}
