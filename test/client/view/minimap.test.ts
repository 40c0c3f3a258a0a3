import { describe, expect, it } from 'vitest'

import {
  freshen,
  northOf,
  toMarks,
  toPixel,
  turnAhead,
  type MapWindow,
  type MinimapThings,
} from '../../../client/view/minimap.ts'

const window: MapWindow = { centre: { x: 1000, y: 500 }, reach: 200, size: 100, turn: 0 }

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
    const vehicles = kinds.map((kind) => ({ kind, isSeat: false, x: 1000, y: 500 }))
    expect(toMarks(window, things({ vehicles })).map(({ kind }) => kind)).toEqual([
      'police', 'inspector', 'unit', 'unit', 'unit', 'unit',
    ]) // prettier-ignore
  })

  it('shows another driver as one, whatever the car', () => {
    const vehicles = (['sedan', 'police', 'van'] as const).map((kind) => ({ kind, isSeat: true, x: 1000, y: 500 }))
    expect(toMarks(window, things({ vehicles })).map(({ kind }) => kind)).toEqual(['player', 'player', 'player'])
  })

  it('leaves out agents beyond the window', () => {
    expect(toMarks(window, things({ vehicles: [{ kind: 'police', isSeat: false, x: 1300, y: 500 }] }))).toEqual([])
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

describe('a map that turns with the car', () => {
  const turned = (heading: number): MapWindow => ({ ...window, turn: turnAhead(heading) })

  it.each([0, 1, -2.5])('has the way ahead up (heading %d)', (heading) => {
    const ahead = { x: 1000 + Math.cos(heading) * 100, y: 500 + Math.sin(heading) * 100 }
    const { x, y } = toPixel(turned(heading), ahead)
    expect([x, y]).toEqual([expect.closeTo(50), expect.closeTo(25)])
    const [self] = toMarks(turned(heading), things({ own: { x: 1000, y: 500, heading } }))
    expect(self?.angle).toBeCloseTo(-Math.PI / 2)
  })

  it('points an arrow at its edge to where the aim is on the map', () => {
    const [arrow] = toMarks(turned(0), things({ objective: { x: 3000, y: 500 } }))
    expect(arrow).toMatchObject({ x: expect.closeTo(50), y: expect.closeTo(12), isAtEdge: true })
    expect(arrow?.angle).toBeCloseTo(-Math.PI / 2)
  })

  it('keeps its N towards the north', () => {
    expect(northOf(window)).toEqual({ x: 50, y: 12 })
    const { x, y } = northOf(turned(0))
    expect([x, y]).toEqual([expect.closeTo(12), expect.closeTo(50)])
  })
})

describe('what was told of far vehicles', () => {
  const told = [{ kind: 'police', isSeat: false, x: 100, y: 0 }, { kind: 'sedan', isSeat: true, x: 0, y: 0 }] as const // prettier-ignore

  it('is put where the one in sight is now', () => {
    const now = freshen(told, [{ kind: 'sedan', x: 30, y: 4 }, { kind: 'sedan', x: 60, y: 4 }, { kind: 'police', x: 120, y: 0 }]) // prettier-ignore
    expect(now).toEqual([
      { ...told[0], x: 120 },
      { ...told[1], x: 30, y: 4 },
    ])
  })

  it('stays as it was told while nobody like it is near', () => {
    expect(
      freshen(told, [
        { kind: 'sedan', x: 300, y: 0 },
        { kind: 'van', x: 0, y: 0 },
      ]),
    ).toEqual(told)
  })

  it('takes nobody in sight for two', () => {
    const twins = [told[1], { ...told[1], x: 10 }]
    expect(freshen(twins, [{ kind: 'sedan', x: 5, y: 0 }]).map(({ x }) => x)).toEqual([5, 10])
  })
})
