import { describe, expect, it } from 'vitest'

import { toMarks, toPixel, type MapWindow, type MinimapThings } from '../../../client/view/minimap.ts'

const window: MapWindow = { centre: { x: 1000, y: 500 }, reach: 200, size: 100 }

const things = (part: Partial<MinimapThings>): MinimapThings => ({
  map: { cameras: [], stations: [] },
  own: null,
  vehicles: [],
  objective: null,
  ...part,
})

describe('toPixel', () => {
  it('keeps north up and the centre in the middle', () => {
    expect(toPixel(window, { x: 1000, y: 500 })).toEqual({ x: 50, y: 50 })
    expect(toPixel(window, { x: 800, y: 700 })).toEqual({ x: 0, y: 100 })
  })
})

describe('toMarks', () => {
  it('turns the own car as it drives, and draws it last, on top', () => {
    const marks = toMarks(window, things({ own: { x: 1000, y: 500, heading: 1 }, objective: { x: 1010, y: 500 } }))
    expect(marks.at(-1)).toEqual({ kind: 'self', x: 50, y: 50, angle: 1, isAtEdge: false })
  })

  it('gives each agent its own kind and leaves ordinary traffic out', () => {
    const kinds = ['police', 'inspector', 'response', 'drone', 'tow-truck', 'ambulance', 'sedan', 'bus'] as const
    const vehicles = kinds.map((kind) => ({ kind, x: 1000, y: 500 }))
    expect(toMarks(window, things({ vehicles })).map(({ kind }) => kind)).toEqual([
      'police', 'inspector', 'unit', 'unit', 'unit', 'unit',
    ]) // prettier-ignore
  })

  it('leaves out agents beyond the window', () => {
    expect(toMarks(window, things({ vehicles: [{ kind: 'police', x: 1300, y: 500 }] }))).toEqual([])
  })

  it('turns an objective beyond the window into an arrow at its edge', () => {
    const [arrow] = toMarks(window, things({ objective: { x: 3000, y: 500 } }))
    expect(arrow).toEqual({ kind: 'objective', x: 88, y: 50, angle: 0, isAtEdge: true })
  })

  it('keeps the arrow on the line to its aim', () => {
    const [arrow] = toMarks(window, things({ objective: { x: 1400, y: 900 } }))
    expect(arrow).toMatchObject({ x: 88, y: 88, isAtEdge: true })
    expect(arrow?.angle).toBeCloseTo(Math.PI / 4)
  })

  it('shows an objective inside the window where it is', () => {
    const [star] = toMarks(window, things({ objective: { x: 1100, y: 500 } }))
    expect(star).toEqual({ kind: 'objective', x: 75, y: 50, angle: 0, isAtEdge: false })
  })
})
