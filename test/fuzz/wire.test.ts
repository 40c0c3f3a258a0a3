import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PART } from '../../shared/protocol/frame.ts'
import { StreetDecoder } from '../../shared/protocol/street-decoder.ts'
import { randomBelow, randomShare } from '../../shared/random.ts'
import { StreetEncoder } from '../../server/city/street-encoder.ts'
import { openNews } from '../../server/city/street-news.ts'
import { openPlay } from '../support/play.ts'
import { streetsOf } from '../support/street.ts'

const streets = streetsOf('small')
const HANDS = { ackSeq: 1, lead: 1 }

/** Frames of a lively street: everything first, then what changed. */
function recorded(): Uint8Array[] {
  const play = openPlay({ streets, players: 3, npcs: 25, seed: 9 })
  play.step()
  const encoder = new StreetEncoder({ role: 'driver', seatId: 's0', plate: 'FR-0' }, openNews(play.world))
  return Array.from({ length: 120 }, () => encoder.encode(play.step(), HANDS))
}

const frames = recorded()
const key = frames[0] ?? new Uint8Array()

/** Nothing that is believed may be beyond what a map and a frame can say. */
function expectSane(decoder: StreetDecoder): void {
  for (const { id, kind, track } of decoder.inView.values()) {
    const numbers = track.form === 'lane' ? [track.s, track.speed, track.lat] : [track.x, track.y, track.heading]
    const isOnMap = track.form === 'free' || track.lane < streets.map.lanes.count
    if (isOnMap && Number.isSafeInteger(id) && kind !== undefined && numbers.every(Number.isFinite)) continue
    throw new Error(`believed: ${JSON.stringify({ id, kind, track })}`)
  }
}

describe('hostile bytes', () => {
  it('[WIRE-5] random bytes are an error or a frame, never a throw (60 000 cases)', () => {
    let refused = 0
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.boolean(),
        fc.constantFrom(PART.moved, PART.whole | PART.come | PART.moved, PART.own | PART.come | PART.gone),
        (bytes, isSynced, type) => {
          const decoder = new StreetDecoder(streets.map)
          if (isSynced) decoder.decode(key)
          const read = decoder.decode(bytes.length > 0 ? bytes.with(0, type) : bytes)
          if (!read.ok) refused += 1
          expectSane(decoder)
        },
      ),
      { numRuns: 60_000 },
    )
    expect(refused).toBeGreaterThan(30_000)
  })

  it.each([1, 2, 3, 4])(
    '[WIRE-5] frames with bytes changed, cut or added never throw (seed %i: 12 000 cases)',
    (seed) => {
      let decoder = new StreetDecoder(streets.map)
      let refused = 0
      for (let n = 0; n < 12_000; n += 1) {
        if (n % 120 === 0) decoder = new StreetDecoder(streets.map)
        const frame = frames[n % 120] ?? key
        const spoilt = randomShare(seed, 0, n) < 0.5 ? frame : spoil(frame, seed, n)
        if (!decoder.decode(spoilt).ok) refused += 1
        expectSane(decoder)
      }
      expect(refused).toBeGreaterThan(1000)
    },
  )

  it('[WIRE-5] believes nothing after an error until a whole frame comes', () => {
    const decoder = new StreetDecoder(streets.map)
    expect(decoder.decode(frames[1] ?? key)).toEqual({ ok: false, error: 'nothing is known yet' })
    expect(decoder.decode(key).ok).toBe(true)
    expect(decoder.decode((frames[1] ?? key).slice(0, -1)).ok).toBe(false)
    expect(decoder.decode(frames[2] ?? key)).toEqual({ ok: false, error: 'nothing is known yet' })
    expect(decoder.decode(key).ok).toBe(true)
  })
})

function spoil(frame: Uint8Array, seed: number, n: number): Uint8Array {
  const at = randomBelow(seed, 1, n, frame.length)
  switch (randomBelow(seed, 2, n, 4)) {
    case 0:
      return frame.slice(0, at)
    case 1:
      return new Uint8Array([...frame, randomBelow(seed, 3, n, 256)])
    case 2:
      return frame.with(at, randomBelow(seed, 3, n, 256))
    default:
      return frame.with(at, (frame[at] ?? 0) ^ (1 << randomBelow(seed, 3, n, 8)))
  }
}
