import { describe, expect, it } from 'vitest'

import { cardMs, nextCard, toCatchUp, type CardId } from '../../../client/view/first-minute.ts'
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

/** Seconds after coming into a city that has just opened. */
const after = (seconds: number, cityWas = 0, hasDriven = true) => ({
  came: seconds * 1000,
  cityWas: cityWas * 1000,
  hasDriven,
})

describe('the first minute', () => {
  it('begins with how to steer, once', () => {
    expect(nextCard(view([]), after(0), seen())).toEqual({ id: 'steer', causeId: null })
    expect(nextCard(view([]), after(0), seen('steer'))).toBeNull()
    expect(nextCard(view([]), after(12), seen())).toBeNull()
  })

  it('says how to drive again to whoever still stands, when there is nothing else to say', () => {
    const standing = after(14, 0, false)
    expect(nextCard(view([]), standing, seen('steer'))).toEqual({ id: 'go', causeId: null })
    const flashed = view([entry('5/1', 'watch', 'BOT-1')])
    expect(nextCard(flashed, standing, seen('steer'))?.id).toBe('bot-flash')
    expect(nextCard(flashed, standing, seen('steer', 'bot-flash', 'your-turn'))?.id).toBe('go')
    expect(nextCard(view([]), after(14), seen('steer'))).toBeNull()
    expect(nextCard(view([]), after(5, 0, false), seen('steer'))).toBeNull()
  })

  it('begins for a late joiner with what happened so far', () => {
    expect(nextCard(view([]), after(0, 300), seen())).toEqual({ id: 'catch-up', causeId: null })
    expect(nextCard(view([]), after(0, 300), seen('catch-up'))).toBeNull()
    expect(cardMs('catch-up')).toBeLessThanOrEqual(20_000)
  })

  it('shows the flash of a bot, with its chain, then sends the player to the same camera', () => {
    const flashed = view([entry('5/1', 'watch', 'BOT-1')])
    expect(nextCard(flashed, after(13), seen())).toEqual({ id: 'bot-flash', causeId: '5/1' })
    expect(nextCard(flashed, after(13), seen('bot-flash'))).toEqual({ id: 'your-turn', causeId: null })
    expect(nextCard(flashed, after(13), seen('bot-flash', 'your-turn'))).toBeNull()
  })

  it('no longer speaks of the bot when the player has met the camera', () => {
    const met = view([entry('5/1', 'watch', 'BOT-1'), entry('6/1', 'watch', OWN_PLATE)])
    expect(nextCard(met, after(20), seen())).toEqual({ id: 'first-watch', causeId: '6/1' })
    expect(nextCard(met, after(20), seen('first-watch'))).toBeNull()
  })

  it('explains no other agent before the camera, unless that takes too long', () => {
    const early = view([entry('7/1', 'trail', OWN_PLATE)])
    expect(nextCard(early, after(14), seen())).toBeNull()
    expect(nextCard(early, after(45), seen())).toEqual({ id: 'first-trail', causeId: '7/1' })
  })

  it('names each agent once, when it first has to do with the player', () => {
    const busy = view([entry('6/1', 'watch', OWN_PLATE), entry('7/1', 'trail', OWN_PLATE)])
    expect(nextCard(busy, after(20), seen())).toEqual({ id: 'first-watch', causeId: '6/1' })
    expect(nextCard(busy, after(20), seen('first-watch'))).toEqual({ id: 'first-trail', causeId: '7/1' })
    expect(nextCard(busy, after(20), seen('first-watch', 'first-trail'))).toBeNull()
  })

  it('says nothing about what others did, nor about lines that concern nobody', () => {
    expect(
      nextCard(view([entry('6/1', 'bridge', null), entry('7/1', 'config', 'BOT-1')]), after(50), seen()),
    ).toBeNull()
  })

  it('puts a fine before its witnesses, but a garage order is no fine', () => {
    const inbox = demoView('driver').inbox
    const fined = { ...view([entry('6/1', 'watch', OWN_PLATE)]), inbox }
    expect(nextCard(fined, after(20), seen())).toEqual({ id: 'first-mail', causeId: '911/1' })
    const repaired = { ...view([]), inbox: inbox.filter(({ kind }) => kind === 'repair') }
    expect(nextCard(repaired, after(50), seen())).toBeNull()
  })
})

describe('what a late joiner is told', () => {
  it('is who is here, what was fined, and how far it is to the star', () => {
    const late = demoView('driver')
    const car = { ...late.car, objective: { text: { key: 'x', params: {} }, x: 300, y: 400, points: 10 } } as never
    expect(toCatchUp({ ...late, car }, 301_000, { x: 0, y: 0 })).toEqual({
      minutes: 5,
      drivers: 3,
      fines: 16,
      metres: 500,
    })
    expect(toCatchUp({ ...late, car: null }, 301_000, null).metres).toBeNull()
  })
})
