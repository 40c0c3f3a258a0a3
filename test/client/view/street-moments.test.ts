import { describe, expect, it } from 'vitest'

import {
  comingUnit,
  openChain,
  PHOTO_MS,
  photoFrame,
  popOf,
  stepChain,
  type ChainTrack,
} from '../../../client/view/street-moments.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import type { FeedEntry, Speaker } from '../../../shared/protocol/view.ts'
import { momentAt } from '../../support/fake-feed.ts'

const MINE = 'FR-042'
let said = 0
const entry = (speaker: Speaker, plate: string | null = MINE): FeedEntry => {
  said += 1
  return { id: `${said}/1`, speaker, plate, text: { key: 'feed', params: {} }, at: momentAt(said) }
}

interface Told {
  readonly say?: readonly FeedEntry[]
  readonly letters?: number
  readonly isFlashed?: boolean
}

/** A screen to which things are told one after the other, a second apart. */
function openScreen() {
  const feed: FeedEntry[] = [entry('watch')]
  let track: ChainTrack = openChain({ feed, letters: 0 })
  let nowMs = 0
  let letters = 0
  return (told: Told = {}, passedMs = 1000) => {
    nowMs += passedMs
    feed.push(...(told.say ?? []))
    letters += told.letters ?? 0
    track = stepChain(track, { feed, letters, plate: MINE, isFlashed: told.isFlashed ?? false, nowMs })
    return track.chain && Object.keys(track.chain.lit)
  }
}

describe('the chain of a fine', () => {
  it('begins with the flash and lights up link by link, until a moment after the letter', () => {
    const tell = openScreen()
    expect(tell({ isFlashed: true })).toEqual(['watch'])
    expect(tell({ say: [entry('watch'), entry('bridge')] })).toEqual(['watch', 'bridge'])
    expect(tell({ say: [entry('lambda')] })).toEqual(['watch', 'bridge', 'lambda'])
    expect(tell()).toEqual(['watch', 'bridge', 'lambda'])
    expect(tell({ letters: 1 })).toEqual(['watch', 'bridge', 'lambda', 'mail'])
    expect(tell()).toHaveLength(4)
    expect(tell({}, 3000)).toBeNull()
  })

  it('is nobody else’s: what concerns another car lights nothing', () => {
    const tell = openScreen()
    expect(tell({ say: [entry('bridge')], letters: 1 })).toBeNull()
    tell({ isFlashed: true })
    expect(tell({ say: [entry('bridge', 'FR-001'), entry('lambda', null)] })).toEqual(['watch'])
  })

  it('is given up when no letter comes, and begins anew with the next flash', () => {
    const tell = openScreen()
    tell({ isFlashed: true, say: [entry('bridge')] })
    expect(tell({}, 61_000)).toBeNull()
    tell({ isFlashed: true, say: [entry('bridge')] })
    expect(tell({ isFlashed: true })).toEqual(['watch'])
  })

  it('keeps when each link was lit, however often it is told', () => {
    const feed = [entry('bridge')]
    const lit = { watch: 0, bridge: 5 }
    const track = { lastId: null, letters: 0, chain: { startMs: 0, lit } }
    const now = { feed, letters: 0, plate: MINE, isFlashed: false, nowMs: 900 }
    expect(stepChain(track, now).chain?.lit).toEqual(lit)
  })
})

describe('the unit that comes', () => {
  const car = (kind: 'drone' | 'response' | 'police', x: number, flags: number = VEHICLE_FLAG.siren) => ({ kind, x, y: 0, flags }) // prettier-ignore

  it('is the nearest with its siren on', () => {
    const near = car('drone', 80)
    expect(comingUnit({ x: 0, y: 0 }, [car('response', 200), near, car('drone', 20, 0), car('police', 5)])).toBe(near)
    expect(comingUnit({ x: 0, y: 0 }, [car('police', 5)])).toBeNull()
  })
})

describe('a photo', () => {
  const photo = { carId: 1, kmh: 124, atMs: 0 }

  it('snaps shut round the car, stays, and fades', () => {
    const sizes = [0, 60, 120, 220, 800].map((ms) => photoFrame(photo, ms, false).size)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(sizes.at(-1)).toBe(1)
    expect(photoFrame(photo, 800, false).alpha).toBe(1)
    expect(photoFrame(photo, PHOTO_MS, false).alpha).toBe(0)
  })

  it('only fades with reduced motion, and so does a link', () => {
    expect(photoFrame(photo, 0, true)).toEqual({ size: 1, alpha: 1 })
    expect([popOf(0, 0, true), popOf(0, 0, false), popOf(0, 400, false)]).toEqual([1, 1.5, 1])
  })
})
