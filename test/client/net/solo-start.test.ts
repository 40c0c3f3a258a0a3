import { describe, expect, it } from 'vitest'

import { Feed, type Transport } from '../../../client/net/open-feed.ts'
import { SoloRoom } from '../../../client/solo/solo-room.ts'
import { TICK_MS } from '../../../shared/units.ts'
import { openDiscovery } from '../../support/test-city.ts'

/** A city of one's own whose worker is this thread: it ticks when it is told to. */
function openSolo() {
  let feed: Feed | null = null
  let nowMs = 0
  const calls: string[] = []
  const transport: Transport = {
    ask: () => Promise.resolve({ ok: true, value: null }),
    steer(bytes) {
      room.steer(bytes)
      return true
    },
    begin: () => void calls.push('begin'),
    close: () => undefined,
  }
  const room = new SoloRoom(openDiscovery(), (news) => {
    if (news.kind === 'welcome') feed = new Feed({ ...news, transport, link: 'solo', startsAtMs: 0 })
    else if (news.kind === 'frame') feed?.onFrame(news.bytes, nowMs)
  })
  const opened = feed as Feed | null
  if (opened === null) throw new Error('the room said no welcome')
  return {
    feed: opened,
    calls,
    /** Hands and eyes at each frame of a screen; the room ticks once it was begun. */
    watch(ms: number) {
      for (const until = nowMs + ms; nowMs < until; nowMs += TICK_MS) {
        if (calls.length > 0) room.tick()
        opened.drive({ throttle: 1, steering: 0, handbrake: false })
        opened.sample(nowMs)
      }
      return opened.sample(nowMs)
    },
  }
}

describe('a city of one’s own', () => {
  it('[FEED-13] shows its street before it begins, and nothing moves', () => {
    const solo = openSolo()
    const first = solo.watch(TICK_MS)
    expect(first.own).not.toBeNull()
    expect(first.cars.length).toBeGreaterThan(0)
    const later = solo.watch(5000)
    expect(later.playMs).toBe(first.playMs)
    expect(later.tick).toBe(first.tick)
    expect({ x: later.own?.x, y: later.own?.y }).toEqual({ x: first.own?.x, y: first.own?.y })
  })

  it('[FEED-13] begins once, and then drives and counts from there', () => {
    const solo = openSolo()
    const first = solo.watch(3000)
    solo.feed.begin()
    solo.feed.begin()
    expect(solo.calls).toEqual(['begin'])
    const later = solo.watch(4000)
    expect(later.playMs - first.playMs).toBeGreaterThan(3800)
    expect(later.playMs - first.playMs).toBeLessThan(4200)
    expect(later.own?.speed).toBeGreaterThan(3)
  })
})
