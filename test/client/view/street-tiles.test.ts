import { describe, expect, it } from 'vitest'

import { doMeet } from '../../../client/view/street-lines.ts'
import { tilesIn, tilesToForget } from '../../../client/view/street-tiles.ts'

const map = { width: 1000, height: 800 }
const view = { left: 100, top: 100, right: 300, bottom: 220 }

describe('tiles of the ground', () => {
  it('cover the view without gaps', () => {
    const tiles = tilesIn(view, 64, map)
    expect(tiles.length).toBe(4 * 3)
    expect(tiles.every(({ box }) => doMeet(box, view))).toBe(true)
    expect(Math.min(...tiles.map(({ box }) => box.left))).toBeLessThanOrEqual(100)
    expect(Math.max(...tiles.map(({ box }) => box.right))).toBeGreaterThanOrEqual(300)
  })

  it('begin with the one in the middle of the view', () => {
    const [first] = tilesIn(view, 64, map)
    expect(first?.box).toMatchObject({ left: 192, top: 128 })
  })

  it('end one tile beyond the map', () => {
    const tiles = tilesIn({ left: -500, top: -500, right: 2000, bottom: 2000 }, 256, map)
    expect(Math.min(...tiles.map(({ box }) => box.left))).toBe(-256)
    expect(Math.max(...tiles.map(({ box }) => box.right))).toBeLessThanOrEqual(1000 + 512)
  })

  it('are forgotten longest unused first, and only when there are too many', () => {
    const used = new Map([['a', 5], ['b', 1], ['c', 9]]) // prettier-ignore
    expect(tilesToForget(used, 3)).toEqual([])
    expect(tilesToForget(used, 1)).toEqual(['b', 'a'])
  })
})
