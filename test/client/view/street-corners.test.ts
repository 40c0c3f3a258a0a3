import { describe, expect, it } from 'vitest'

import { withRoundCorners } from '../../../client/view/street-corners.ts'
import { isInside, lanePoints } from '../../../client/view/street-lines.ts'
import type { Junction } from '../../../shared/model/city-map.ts'
import { nuageville as map } from '../../support/test-city.ts'

const round = withRoundCorners(map)
const named = (junctions: readonly Junction[], id: string) => {
  const found = junctions.find((junction) => junction.id === id)
  if (!found) throw new Error(`no junction ${id}`)
  return found
}

describe('corners of junctions', () => {
  it('swing from one street into the next instead of being cut', () => {
    const [cut, laid] = [named(map.junctions, 'centre'), named(round.junctions, 'centre')]
    expect(laid.outline.length).toBe(cut.outline.length + 4 * 7)
    for (const p of cut.outline) expect(laid.outline).toContainEqual(p)
    const [a, b] = cut.outline
    if (!a || !b) throw new Error('no corner')
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    expect(isInside(cut.outline, { x: middle.x + 0.5, y: middle.y + 0.5 })).toBe(true)
    expect(isInside(laid.outline, { x: middle.x + 0.5, y: middle.y + 0.5 })).toBe(false)
  })

  it('leave every way through a junction where it was, but for what it clips at its own edge', () => {
    for (const { connectors, outline } of round.junctions.filter((junction) => junction.control === 'signals')) {
      const middle = connectors.flatMap((lane) => lanePoints(map, lane).slice(1, -1))
      const out = middle.filter((p) => !isInside(outline, p)).length
      expect(out / Math.max(1, middle.length)).toBeLessThan(0.25)
    }
  })

  it('stay straight where a street passes by', () => {
    for (const { id, outline } of round.junctions.filter((junction) => junction.outline.length > 0)) {
      const before = named(map.junctions, id).outline
      const added = outline.length - before.length
      expect(added % 7).toBe(0)
      expect(added / 7).toBeLessThanOrEqual(before.length / 2)
    }
  })
})
