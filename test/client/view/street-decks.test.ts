import { beforeAll, describe, expect, it } from 'vitest'

import { decksOf, isOnDeck, openLevels, outlineOf, type Deck } from '../../../client/view/street-decks.ts'
import { lampPostsOf } from '../../../client/view/street-lamps.ts'
import { isInside, lanePoints } from '../../../client/view/street-lines.ts'
import type { CityMap } from '../../../shared/model/city-map.ts'
import { nuageville } from '../../support/test-city.ts'

const map: CityMap = nuageville
let decks: readonly Deck[]
let deck: Deck

beforeAll(() => {
  decks = decksOf(map)
  const [first] = decks
  if (!first) throw new Error('a ring without bridges')
  deck = first
})

/** A car on the deck's middle, turned by so much from the way of the bridge. */
const car = (id: number, turned: number, at = 0) => ({
  id,
  x: deck.x + Math.cos(deck.heading) * at,
  y: deck.y + Math.sin(deck.heading) * at,
  heading: deck.heading + turned,
})

describe('decks of bridges', () => {
  it('lie where the four roads to the gates cross the ring, not where a street crosses water', () => {
    expect(decks).toHaveLength(4)
    for (const { x, y } of decks) expect([x === 1100, y === 850]).toContain(true)
  })

  it('cover all lanes that pass below', () => {
    for (const one of decks) {
      const outline = outlineOf(one)
      const ring = map.roads.filter(({ class: kind }) => kind === 'expressway')
      const near = ring
        .flatMap(({ forward, backward }) => [...forward, ...backward])
        .map((lane) => lanePoints(map, lane))
      const below = near.filter((points) =>
        points.some((p, i) => {
          const q = points[i + 1]
          return (
            q &&
            Array.from({ length: 101 }, (_, k) => ({
              x: p.x + ((q.x - p.x) * k) / 100,
              y: p.y + ((q.y - p.y) * k) / 100,
            })).some((at) => isInside(outline, at))
          )
        }),
      )
      expect(below.length).toBe(4)
    }
  })

  it('carry no lamp of the road below on their asphalt', () => {
    const half = (one: Deck) => ({ ...one, halfWidth: one.halfWidth - 3.3 })
    expect(lampPostsOf(map).filter((lamp) => decks.some((one) => isOnDeck(half(one), lamp)))).toEqual([])
    expect(map.scenery.lamps.filter((lamp) => decks.some((one) => isOnDeck(half(one), lamp))).length).toBeGreaterThan(0)
  })
})

describe('levels', () => {
  it('put over who drives along the bridge, under who crosses it, and on the ground everybody else', () => {
    const levels = openLevels(map)
    expect(levels.levelOf(car(1, 0))).toBe('over')
    expect(levels.levelOf(car(2, Math.PI))).toBe('over')
    expect(levels.levelOf(car(3, Math.PI / 2))).toBe('under')
    expect(levels.levelOf(car(4, 0, 60))).toBe('ground')
  })

  it('keep a car where it came from, however it turns, until it has left', () => {
    const levels = openLevels(map)
    levels.levelOf(car(1, 0, -10))
    expect(levels.levelOf(car(1, Math.PI / 2))).toBe('over')
    expect(levels.levelOf(car(1, Math.PI / 2, 70))).toBe('ground')
    expect(levels.levelOf(car(1, Math.PI / 2))).toBe('under')
  })

  it('say once which deck somebody is below, and what it hides', () => {
    const levels = openLevels(map)
    const [first] = levels.decks
    if (!first) throw new Error('no deck')
    levels.levelOf(car(1, 0))
    expect(levels.takeUnder(first)).toBe(false)
    levels.levelOf(car(2, Math.PI / 2))
    expect(levels.takeUnder(first)).toBe(true)
    expect(levels.takeUnder(first)).toBe(false)
    expect(levels.covers(car(1, 0))).toBe(true)
    expect(levels.covers(car(1, 0, 60))).toBe(false)
  })
})
