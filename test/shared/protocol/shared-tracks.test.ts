import { describe, expect, it } from 'vitest'

import { StreetDecoder } from '../../../shared/protocol/street-decoder.ts'
import { randomShare } from '../../../shared/random.ts'
import { StreetEncoder } from '../../../server/city/street-encoder.ts'
import { openNews, type StreetNews } from '../../../server/city/street-news.ts'
import type { Viewer } from '../../../server/city/views.ts'
import { openPlay } from '../../support/play.ts'
import { streetsOf } from '../../support/street.ts'

const streets = streetsOf('nuageville')
const HANDS = { ackSeq: 1, lead: 0 }
const host: Viewer = { role: 'host', seatId: null, plate: null }

function openWall(news: StreetNews, viewer = host) {
  const encoder = new StreetEncoder(viewer, news)
  const decoder = new StreetDecoder(streets.map)
  return {
    restart: () => encoder.restart(),
    send(tick: number): number {
      const bytes = encoder.encode(tick, HANDS)
      const frame = decoder.decode(bytes)
      if (!frame.ok) throw new Error(`${tick}: ${frame.error}`)
      return bytes.length
    },
    /** What is known of everybody, by public id. */
    known: () => new Map([...decoder.inView.values()].map(({ id, track, flags }) => [id, { ...track, flags }])),
  }
}

describe('one told street for all', () => {
  it.each([1, 2, 3])(
    '[WIRE-12] those who look equally closely know the same, to the bit, whichever frames they had (seed %i)',
    (seed) => {
      const play = openPlay({ streets, players: 5, npcs: 90, seed })
      const news = openNews(play.world)
      play.step()
      const [steady, spotty] = [openWall(news), openWall(news)]
      let [compared, outage] = [0, 0]
      for (let i = 0; i < 600; i += 1) {
        const tick = play.step()
        const share = randomShare(seed, 1, i)
        outage = outage > 0 ? outage - 1 : share < 0.04 ? Math.floor(share * 3000) : 0
        if (randomShare(seed, 2, i) < 0.01) spotty.restart()
        const sends = [() => steady.send(tick), ...(outage === 0 && share > 0.2 ? [() => spotty.send(tick)] : [])]
        for (const send of randomShare(seed, 3, i) < 0.5 ? sends : sends.toReversed()) send()
        if (sends.length === 1) continue
        const known = steady.known()
        for (const [id, track] of spotty.known()) {
          if (!known.has(id)) continue
          expect({ frame: tick, id, ...track }).toEqual({ frame: tick, id, ...known.get(id) })
          compared += 1
        }
      }
      expect(compared).toBeGreaterThan(5000)
    },
  )

  it('[WIRE-12] frames that were written are never written again, however many follow', () => {
    const play = openPlay({ streets, players: 3, npcs: 60, seed: 4 })
    const news = openNews(play.world)
    const encoders = play.viewers.map((viewer) => new StreetEncoder(viewer, news))
    const kept = Array.from({ length: 600 }, () => {
      const tick = play.step()
      return encoders.map((encoder) => encoder.encode(tick, HANDS)).map((bytes) => ({ bytes, copy: bytes.slice() }))
    }).flat()
    expect(kept.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(16_384)
    for (const { bytes, copy } of kept) expect(bytes).toEqual(copy)
  })

  it('[WIRE-13] frames are of a size: those who joined at one instant look around at different ticks', () => {
    const play = openPlay({ streets, players: 24, npcs: 120, seed: 6 })
    const news = openNews(play.world)
    const walls = play.viewers.map((viewer) => openWall(news, viewer))
    play.step()
    const sizes = Array.from({ length: 200 }, () => {
      const tick = play.step()
      return walls.reduce((sum, wall) => sum + wall.send(tick), 0)
    }).slice(1)
    const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length
    for (const size of sizes) expect(size).toBeLessThan(2.5 * mean)
  })
})
