import type { Box } from './street-lines.ts'

/** One square of the ground. */
export interface Tile {
  readonly key: string
  readonly box: Box
  readonly size: number
}

/** Metres along a tile's side, and the least zoom (pixels per metre) at which it is worth painting. */
export const FAR_TILE = 256
export const NEAR_TILE = 64

/** @returns the squares of side `size` that a view touches within a map, the one nearest to the view's middle first */
export function tilesIn(view: Box, size: number, map: { readonly width: number; readonly height: number }): Tile[] {
  const tiles: Tile[] = []
  const middle = { x: (view.left + view.right) / 2, y: (view.top + view.bottom) / 2 }
  for (
    let i = Math.floor(Math.max(-size, view.left) / size);
    i * size < Math.min(map.width + size, view.right);
    i += 1
  ) {
    for (
      let j = Math.floor(Math.max(-size, view.top) / size);
      j * size < Math.min(map.height + size, view.bottom);
      j += 1
    ) {
      const box = { left: i * size, top: j * size, right: (i + 1) * size, bottom: (j + 1) * size }
      tiles.push({ key: `${size}:${i}:${j}`, box, size })
    }
  }
  const away = ({ box }: Tile) =>
    Math.hypot((box.left + box.right) / 2 - middle.x, (box.top + box.bottom) / 2 - middle.y)
  return tiles.toSorted((a, b) => away(a) - away(b))
}

/** @returns the keys to forget so that at most `most` tiles stay: those used longest ago first */
export function tilesToForget(used: ReadonlyMap<string, number>, most: number): string[] {
  if (used.size <= most) return []
  return [...used.entries()]
    .toSorted((a, b) => a[1] - b[1])
    .slice(0, used.size - most)
    .map(([key]) => key)
}
