import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMapSource } from '../../../shared/content/map-source.ts'
import { smallTown, sourceOf } from '../../support/maps.ts'

function faults(json: unknown) {
  const decoded = decodeMapSource(json)
  return decoded.ok ? [] : decoded.error
}

describe('decodeMapSource', () => {
  it('[MAP-1] takes a sound source', () => {
    expect(faults(smallTown())).toEqual([])
  })

  it.each([
    ['a missing road end', smallTown({ road: { 'a1-b1': { to: undefined } } }), 'roads[0].to'],
    ['an unknown class', smallTown({ road: { 'a1-b1': { class: 'motorway' } } }), 'roads[0].class'],
    ['an unknown control', smallTown({ node: { a1: { control: 'policeman' } } }), 'nodes[0].control'],
    ['a place that is no pair', smallTown({ node: { a1: { at: [1, 2, 3] } } }), 'nodes[0].at'],
    ['a place that is no number', smallTown({ node: { a1: { at: [1, Number.NaN] } } }), 'nodes[0].at[1]'],
    ['an endless place', smallTown({ node: { a1: { at: [Infinity, 1] } } }), 'nodes[0].at[0]'],
    ['a width below 50 m', smallTown({ width: 49 }), 'width'],
    ['an id with a space', smallTown({ node: { a1: { id: 'a 1' } } }), 'nodes[0].id'],
    ['five lanes', smallTown({ road: { 'a1-b1': { lanes: [5, 1] } } }), 'roads[0].lanes[0]'],
    ['half a lane', smallTown({ road: { 'a1-b1': { lanes: [1.5, 1] } } }), 'roads[0].lanes[0]'],
    ['a limit of 151 km/h', smallTown({ road: { 'a1-b1': { limitKmh: 151 } } }), 'roads[0].limitKmh'],
    ['a share above 1', smallTown({ cameras: [{ id: 'x', road: 'a1-b1', at: 1.1 }] }), 'cameras[0].at'],
    ['an outline of two corners', smallTown({ parks: [[[0, 0], [1, 1]]] }), 'parks[0]'],
    ['a Region that is none', smallTown({ districts: [{ id: 'x', region: 'Paris', character: 'suburb', outline: [[0, 0], [9, 0], [9, 9]] }] }), 'districts[0].region'],
    ['no roads', smallTown({ roads: [] }), 'roads'],
  ])('[MAP-1] refuses %s and says where', (_, json, path) => {
    expect(faults(json).map((fault) => fault.path)).toContain(path)
  }) // prettier-ignore

  it('[MAP-1] gives a reason with every path, and names all faults at once', () => {
    const found = faults(smallTown({ width: -1, node: { b1: { radius: 1 } } }))
    expect(found.map((fault) => fault.path)).toEqual(['width', 'nodes[3].radius'])
    expect(found.every((fault) => fault.reason.length > 3)).toBe(true)
  })

  it('[MAP-1] refuses any other JSON without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(decodeMapSource(json).ok).toBe(false)
      }),
    )
  })

  it('[MAP-1] refuses a source in which any one field is replaced by a thing of another kind', () => {
    const sound = smallTown()
    for (const key of Object.keys(sound)) {
      expect(faults({ ...sound, [key]: { no: 'such thing' } })[0]?.path.startsWith(key)).toBe(true)
    }
  })

  it('[MAP-2] fills in what was left out', () => {
    const source = sourceOf(smallTown({ scenery: undefined, cameras: [{ id: 'x', road: 'a1-b1', at: 0.5 }] }))
    expect(source).toMatchObject({ seed: 1, scenery: 'full', stations: [], zones: [], rivers: [] })
    expect(source.nodes[0]).toMatchObject({ radius: 18, crossings: false, protectedLeft: false, offsetSeconds: 0 })
    expect(source.roads[0]).toMatchObject({ via: [], bridge: false, leftPocket: [], buildings: 'both' })
    expect(source.cameras[0]).toMatchObject({ direction: 'both', metres: 60 })
  })

  it('[MAP-2] drops what it does not know', () => {
    expect(sourceOf({ ...smallTown(), weather: 'rain' })).not.toHaveProperty('weather')
  })
})
