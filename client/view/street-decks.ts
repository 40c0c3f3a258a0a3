import type { CityMap, Outline, Point, Road } from '../../shared/model/city-map.ts'
import { boxOf, doMeet, lanePoints, lengthOf, placeOn, type Box, type Placed } from './street-lines.ts'

/** The part of a bridge below which others pass, as a rectangle about its middle; x runs along the bridge. Metres. */
export interface Deck extends Placed {
  readonly halfLength: number
  readonly halfWidth: number
}

/** Pavement and railing beside the lanes of a bridge. */
export const DECK_EDGE = 3.3
/** A crossing so near to a bridge's end is its junction. */
const FROM_END = 12
const BEYOND = 9
/** Crossings further apart than this are covered by decks of their own. */
const APART = 40

/** Where bridges of a map cross streets, rails of cars that keep their ways. */
export function decksOf(map: CityMap): Deck[] {
  const lower = lowerLines(map)
  return map.roads
    .filter(({ onBridge }) => onBridge)
    .flatMap((road) => {
      const length = lengthOf(road.centreLine)
      const box = boxOf(road.centreLine)
      const at = lower
        .filter((line) => doMeet(line.box, box))
        .flatMap(({ points }) => crossings(road.centreLine, points))
        .filter((s) => s > FROM_END && s < length - FROM_END)
        .toSorted((a, b) => a - b)
      return clusters(at).map(([first, last]) => deckOf(road, first, last))
    })
}

/** The middle lines of all lanes that are on no bridge. */
const lowerLines = (map: CityMap): { readonly points: Outline; readonly box: Box }[] =>
  Array.from({ length: map.lanes.count }, (_, lane) => lane)
    .filter((lane) => !map.roads[map.lanes.road[lane] ?? -1]?.onBridge)
    .map((lane) => lanePoints(map, lane))
    .map((points) => ({ points, box: boxOf(points) }))

function clusters(sorted: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  for (const s of sorted) {
    const last = found.at(-1)
    if (last && s - last[1] < APART) last[1] = s
    else found.push([s, s])
  }
  return found
}

function deckOf({ centreLine, forward, backward, laneWidth }: Road, first: number, last: number): Deck {
  const halfWidth = ((forward.length + backward.length) * laneWidth) / 2 + DECK_EDGE
  return { ...placeOn(centreLine, (first + last) / 2), halfLength: (last - first) / 2 + BEYOND, halfWidth }
}

/** Metres along `line` at which `other` crosses it. */
function crossings(line: Outline, other: Outline): number[] {
  const found: number[] = []
  let s = 0
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]]
    if (!a || !b) continue
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    for (let j = 1; j < other.length; j += 1) {
      const [c, d] = [other[j - 1], other[j]]
      const share = c && d ? meet(a, b, c, d) : null
      if (share !== null) found.push(s + share * length)
    }
    s += length
  }
  return found
}

/** @returns the share of a–b at which c–d crosses it */
function meet(a: Point, b: Point, c: Point, d: Point): number | null {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y]
  const cross = ux * vy - uy * vx
  if (cross === 0) return null
  const share = ((c.x - a.x) * vy - (c.y - a.y) * vx) / cross
  const other = ((c.x - a.x) * uy - (c.y - a.y) * ux) / cross
  return share >= 0 && share <= 1 && other >= 0 && other <= 1 ? share : null
}

/** The corners of a deck. */
export function outlineOf({ x, y, heading, halfLength, halfWidth }: Deck): Point[] {
  const [cos, sin] = [Math.cos(heading), Math.sin(heading)]
  const corner = (along: number, aside: number) => ({ x: x + along * cos - aside * sin, y: y + along * sin + aside * cos }) // prettier-ignore
  return [
    corner(-halfLength, -halfWidth),
    corner(halfLength, -halfWidth),
    corner(halfLength, halfWidth),
    corner(-halfLength, halfWidth),
  ]
}

export const isOnDeck = (deck: Deck, { x, y }: Point, margin = 0): boolean => {
  const [cos, sin] = [Math.cos(deck.heading), Math.sin(deck.heading)]
  const [dx, dy] = [x - deck.x, y - deck.y]
  return (
    Math.abs(dx * cos + dy * sin) <= deck.halfLength + margin &&
    Math.abs(dy * cos - dx * sin) <= deck.halfWidth + margin
  )
}

type Level = 'ground' | 'under' | 'over'

interface Passing extends Point {
  readonly id: number
  readonly heading: number
}

/** Remembers who is on a bridge and who below it. */
export interface LevelWatch {
  /** To be asked once in a frame for every car. */
  levelOf(car: Passing): Level
  /** Whether a place below is hidden by a deck. */
  covers(at: Point): boolean
  /** Whether somebody has been told to be below this deck since the last call. */
  takeUnder(deck: Deck): boolean
  readonly decks: readonly Deck[]
}

/** A car is on the deck when it came along the bridge, and stays so however it turns until it has left. */
const ALONG = Math.SQRT1_2
/** Cars are long: one is below from before its middle is. */
const MARGIN = 3.5

export function openLevels(map: CityMap): LevelWatch {
  const decks = decksOf(map)
  const known = new Map<number, Level>()
  const under = new Set<Deck>()
  return {
    decks,
    levelOf(car) {
      const deck = decks.find((one) => Math.abs(car.x - one.x) + Math.abs(car.y - one.y) < 90 && isOnDeck(one, car, MARGIN)) // prettier-ignore
      if (!deck) {
        known.delete(car.id)
        return 'ground'
      }
      const level = known.get(car.id) ?? (Math.abs(Math.cos(car.heading - deck.heading)) > ALONG ? 'over' : 'under')
      known.set(car.id, level)
      if (level === 'under') under.add(deck)
      return level
    },
    covers: (at) => decks.some((deck) => isOnDeck(deck, at)),
    takeUnder: (deck) => under.delete(deck),
  }
}
