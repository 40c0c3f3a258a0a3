import type { CityMap, Point } from '../../shared/model/city-map.ts'
import { DECK_EDGE, decksOf, isOnDeck } from './street-decks.ts'
import { hashAt } from './street-lines.ts'

/** A street lamp: its post, the direction of its arm, and the head from which light falls. */
export interface LampPost extends Point {
  readonly heading: number
  readonly head: Point
}

const ARM = 1.95
const CELL = 32

/** The lamps of a map, each with its arm over the nearest street. Those of a street below stand under a bridge, not on it. */
export function lampPostsOf(map: CityMap): LampPost[] {
  const near = openSegments(map)
  const decks = decksOf(map)
  const isOnRoadway = (lamp: Point) =>
    decks.some((deck) => isOnDeck({ ...deck, halfWidth: deck.halfWidth - DECK_EDGE }, lamp))
  return map.scenery.lamps
    .filter((lamp) => !isOnRoadway(lamp))
    .map(({ x, y }) => {
      let best: { away: number; heading: number } = { away: Infinity, heading: hashAt(x, y) * 6.28 }
      for (const { a, b } of near({ x, y })) {
        const [dx, dy] = [b.x - a.x, b.y - a.y]
        const share = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)))
        const to = { x: a.x + dx * share - x, y: a.y + dy * share - y }
        const away = Math.hypot(to.x, to.y)
        if (away < best.away) best = { away, heading: Math.atan2(to.y, to.x) }
      }
      const head = { x: x + Math.cos(best.heading) * ARM, y: y + Math.sin(best.heading) * ARM }
      return { x, y, heading: best.heading, head }
    })
}

interface Segment {
  readonly a: Point
  readonly b: Point
}

/** @returns a finder of the lane segments within about one cell of a point */
function openSegments({ lanes }: CityMap): (at: Point) => Segment[] {
  const cells = new Map<string, Segment[]>()
  const keyOf = (x: number, y: number) => `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`
  for (let i = 1; i < lanes.pointX.length; i += 1) {
    if ((lanes.pointS[i] ?? 0) === 0) continue
    const a = { x: lanes.pointX[i - 1] ?? 0, y: lanes.pointY[i - 1] ?? 0 }
    const b = { x: lanes.pointX[i] ?? 0, y: lanes.pointY[i] ?? 0 }
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / CELL))
    const keys = new Set(
      Array.from({ length: steps + 1 }, (_, k) =>
        keyOf(a.x + ((b.x - a.x) * k) / steps, a.y + ((b.y - a.y) * k) / steps),
      ),
    )
    for (const key of keys) {
      const cell = cells.get(key)
      if (cell) cell.push({ a, b })
      else cells.set(key, [{ a, b }])
    }
  }
  return ({ x, y }) =>
    [-CELL, 0, CELL].flatMap((dx) => [-CELL, 0, CELL].flatMap((dy) => cells.get(keyOf(x + dx, y + dy)) ?? []))
}
