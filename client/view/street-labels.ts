import type { Point } from '../../shared/model/city-map.ts'
import type { CameraNews, GraphFrame } from '../../shared/protocol/xray.ts'

/** A metric's curve under a text. */
export interface LabelGraph {
  readonly frame: GraphFrame
  readonly camera: CameraNews
}

/** CSS pixels of a curve under a text, and of the gap between the two. */
export const GRAPH = { width: 132, height: 46, gap: 2 } as const

/** A short text that would like to stand below a point. */
export interface LabelWish {
  readonly text: string
  readonly at: Point
  /** CSS pixels below the point. */
  readonly below: number
  readonly colour: string
  readonly graph?: LabelGraph
}

const CHARACTER_PIXELS = 8.2
const LINE_PIXELS = 20

/**
 * Keeps the labels that do not cover one another, the first wishes first.
 *
 * @param pixel metres per CSS pixel, text scale included
 */
export function keepApart(wishes: readonly LabelWish[], pixel: number): LabelWish[] {
  const kept: {
    readonly wish: LabelWish
    readonly left: number
    readonly right: number
    readonly top: number
    readonly bottom: number
  }[] = []
  for (const wish of wishes) {
    const lines = wish.text.split('\n')
    const textWidth = Math.max(...lines.map((line) => line.length)) * CHARACTER_PIXELS + 12
    const half = (Math.max(textWidth, wish.graph ? GRAPH.width : 0) * pixel) / 2
    const under = wish.graph ? GRAPH.height + GRAPH.gap : 0
    const top = wish.at.y + wish.below * pixel
    const box = {
      left: wish.at.x - half,
      right: wish.at.x + half,
      top,
      bottom: top + (lines.length * LINE_PIXELS + 6 + under) * pixel,
    }
    const isFree = kept.every(
      (o) => o.left > box.right || o.right < box.left || o.top > box.bottom || o.bottom < box.top,
    )
    if (isFree) kept.push({ wish, ...box })
  }
  return kept.map(({ wish }) => wish)
}
