import { describe, expect, it } from 'vitest'

import { nextCard, type CardId } from '../../../client/view/first-minute.ts'
import type { FeedEntry, SeatView, Speaker } from '../../../shared/protocol/view.ts'
import { demoView, momentAt, OWN_PLATE } from '../pages/demo/demo-view.ts'

const entry = (id: FeedEntry['id'], speaker: Speaker, plate: string | null): FeedEntry => ({
  id,
  speaker,
  plate,
  text: { key: 'x', params: {} },
  at: momentAt(1),
})

const view = (feed: readonly FeedEntry[]): SeatView => ({ ...demoView('driver'), feed, inbox: [] })
const seen = (...ids: CardId[]) => new Set(ids)

describe('the first minute', () => {
  it('begins with how to steer, once, and not for a late joiner', () => {
    expect(nextCard(view([]), 0, seen())).toEqual({ id: 'steer', causeId: null })
    expect(nextCard(view([]), 0, seen('steer'))).toBeNull()
    expect(nextCard(view([]), 12_000, seen())).toBeNull()
  })

  it('shows the flash of a bot, with its chain, then sends the player to the same camera', () => {
    const flashed = view([entry('5/1', 'watch', 'BOT-1')])
    expect(nextCard(flashed, 13_000, seen())).toEqual({ id: 'bot-flash', causeId: '5/1' })
    expect(nextCard(flashed, 13_000, seen('bot-flash'))).toEqual({ id: 'your-turn', causeId: null })
    expect(nextCard(flashed, 13_000, seen('bot-flash', 'your-turn'))).toBeNull()
  })

  it('no longer sends a player to the camera who has met it', () => {
    const met = view([entry('5/1', 'watch', 'BOT-1'), entry('6/1', 'watch', OWN_PLATE)])
    expect(nextCard(met, 20_000, seen('bot-flash', 'first-watch'))).toBeNull()
  })

  it('names each agent once, when it first has to do with the player', () => {
    const busy = view([entry('6/1', 'watch', OWN_PLATE), entry('7/1', 'trail', OWN_PLATE)])
    expect(nextCard(busy, 20_000, seen())).toEqual({ id: 'first-watch', causeId: '6/1' })
    expect(nextCard(busy, 20_000, seen('first-watch'))).toEqual({ id: 'first-trail', causeId: '7/1' })
    expect(nextCard(busy, 20_000, seen('first-watch', 'first-trail'))).toBeNull()
  })

  it('says nothing about what others did, nor about lines that concern nobody', () => {
    expect(nextCard(view([entry('6/1', 'bridge', null), entry('7/1', 'config', 'BOT-1')]), 20_000, seen())).toBeNull()
  })

  it('puts a fine before its witnesses, but a garage order is no fine', () => {
    const inbox = demoView('driver').inbox
    const fined = { ...view([entry('6/1', 'watch', OWN_PLATE)]), inbox }
    expect(nextCard(fined, 20_000, seen())).toEqual({ id: 'first-mail', causeId: '911/1' })
    const repaired = { ...view([]), inbox: inbox.filter(({ kind }) => kind === 'repair') }
    expect(nextCard(repaired, 20_000, seen())).toBeNull()
  })
})
