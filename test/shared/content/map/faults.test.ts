import { describe, expect, it } from 'vitest'
import { compiled, faultsOf, rect, smallTown } from '../../../support/maps.ts'

const town = smallTown
/** Adds roads and nodes to the small town. */
const extended = (extra: { nodes?: object[]; roads?: object[] }, changes = {}) => {
  const base = town(changes)
  return { ...base, nodes: [...base.nodes, ...(extra.nodes ?? [])], roads: [...base.roads, ...(extra.roads ?? [])] }
}
const street = (id: string, from: string, to: string, more = {}) => ({
  id,
  name: id,
  class: 'street',
  from,
  to,
  ...more,
})

it.each([
  ['[MAP-30] a road from nowhere', town({ road: { 'a1-b1': { from: 'z9' } } }), 'roads[0].from', 'z9'],
  ['[MAP-30] a road to nowhere', town({ road: { 'a1-b1': { to: 'z9' } } }), 'roads[0].to', 'z9'],
  ['[MAP-30] a node id borne twice', town({ node: { b2: { id: 'a1' } } }), 'nodes[4].id', 'taken'],
  ['[MAP-30] a road id borne twice', town({ road: { 'a1-a2': { id: 'a1-b1' } } }), 'roads[1].id', 'taken'],
  ['[MAP-30] a camera id borne twice', town({ cameras: ['a1-b1', 'a2-b2'].map((road) => ({ id: 'x', road, at: 0.5 })) }), 'cameras[1].id', 'taken'],
  ['[MAP-30] a camera on no road', town({ cameras: [{ id: 'x', road: 'z', at: 0.5 }] }), 'cameras[0].road', 'no road'],
  ['[MAP-30] a station at no road', town({ stations: [{ id: 'x', kind: 'police', road: 'z', at: 0.5 }] }), 'stations[0].road', 'no road'],
  ['[MAP-30] a bus stop at no road', town({ busStops: [{ road: 'z', at: 0.5, direction: 'forward' }] }), 'busStops[0].road', 'no road'],
  ['[MAP-30] parking at no road', town({ parkings: [{ road: 'z', from: 0.4, to: 0.5 }] }), 'parkings[0].road', 'no road'],
  ['[MAP-30] a zebra on no road', town({ crossings: [{ id: 'x', road: 'z', at: 0.5 }] }), 'crossings[0].road', 'no road'],
  ['[MAP-30] a sign for a road elsewhere', town({ node: { b2: { control: 'stop', minor: ['a2-b2', 'a1-b1'] } } }), 'nodes[4].minor[1]', 'ends at b2'],
  ['[MAP-31] a road that dangles', extended({ nodes: [{ id: 'end', at: [380, 200] }], roads: [street('out', 'c2', 'end')] }), 'roads[12].to', 'dangling'],
  ['[MAP-31] a road that dangles at its beginning', extended({ nodes: [{ id: 'end', at: [380, 200] }], roads: [street('in', 'end', 'c2')] }), 'roads[12].from', 'dangling'],
  ['[MAP-31] a node without roads', extended({ nodes: [{ id: 'lost', at: [300, 300] }] }), 'nodes[9]', 'no road'],
  ['[MAP-32] a road too short for its junctions', town({ node: { b2: { at: [320, 205] } } }), 'roads[7]', 'too short'],
  ['[MAP-32] a road that circles fill up', town({ node: { a2: { control: 'roundabout', radius: 60 }, b2: { control: 'roundabout', radius: 60 } } }), 'roads[2]', 'too short'],
  ['[MAP-32] two roads in one place', extended({ roads: [street('twin', 'a2', 'b2')] }), 'nodes[1]', 'on top of each other'],
  ['[MAP-32] a road without lanes', town({ road: { 'a1-b1': { lanes: [0, 0] } } }), 'roads[0].lanes', 'no lane'],
  ['[MAP-33] a lane that bends too much', town({ road: { 'a2-b2': { via: [[150, 185], [120, 165], [150, 165], [130, 190]] } } }), 'roads[2]', 'radius'],
  ['[MAP-34] roads that cross without a junction', extended({ roads: [street('diagonal', 'a1', 'c2', { via: [[150, 140]] })] }), 'roads[12]', 'crosses'],
  ['[MAP-36] a camera in a junction', town({ cameras: [{ id: 'x', road: 'a2-b2', at: 1 }] }), 'cameras[0].at', 'in a junction'],
  ['[MAP-36] a station in a junction', town({ stations: [{ id: 'x', kind: 'depot', road: 'a2-b2', at: 0.01 }] }), 'stations[0].at', 'in a junction'],
  ['[MAP-36] parking that runs into a junction', town({ parkings: [{ road: 'a2-b2', from: 0.5, to: 1 }] }), 'parkings[0].at', 'in a junction'],
  ['[MAP-37] a building on a road', town({ buildings: [{ kind: 'church', outline: rect(130, 190, 150, 210), height: 9 }] }), 'buildings[0]', 'on a road'],
  ['[MAP-37] a building around a road', town({ buildings: [{ kind: 'stadium', outline: rect(60, 60, 340, 340), height: 9 }] }), 'buildings[0]', 'on a road'],
  ['[MAP-37] a building off the map', town({ buildings: [{ kind: 'house', outline: rect(390, 10, 410, 20), height: 9 }] }), 'buildings[0]', 'off the map'],
  ['[MAP-37] a station that reaches the next street', town({ stations: [{ id: 'x', kind: 'hospital', road: 'a2-b2', at: 0.5, width: 30, depth: 115 }] }), 'stations[0]', 'on a road'],
  ['[MAP-38] a signal that is never green', town({ node: { b2: { control: 'signals', phases: [{ seconds: 20, green: ['a2-b2', 'b2-c2', 'b1-b2'] }] } } }), 'nodes[4].phases', 'b2-b3 is never green'],
  ['[MAP-38] a phase for a road elsewhere', town({ node: { b2: { control: 'signals', phases: [{ seconds: 20, green: ['a2-b2', 'a1-b1'] }] } } }), 'nodes[4].phases[0].green[1]', 'no road a1-b1 arrives'],
  ['[MAP-39] a node off the map', town({ node: { c3: { at: [401, 320] } } }), 'nodes[8].at', 'off the map'],
  ['[MAP-39] a zone off the map', town({ zones: [{ id: 'z', kind: 'school', limitKmh: 30, outline: rect(100, -1, 180, 40) }] }), 'zones[0].outline[0]', 'off the map'],
  ['[MAP-39] a district off the map', town({ districts: [{ id: 'all', region: 'eu-west-3', character: 'suburb', outline: rect(0, 0, 400, 401) }] }), 'districts[0].outline[2]', 'off the map'],
])('%s', (_, source, path, reason) => {
  const found = faultsOf(source)
  expect(found.map((fault) => fault.path)).toContain(path)
  expect(found.find((fault) => fault.path === path && fault.reason.includes(reason))).toBeDefined()
}) // prettier-ignore

describe('faults of whole maps', () => {
  it('[MAP-33] finds the turn that is too tight, and between which roads', () => {
    const nodes = [{ id: 'spur', at: [240, 225] }]
    const roads = [street('acute', 'b2', 'spur'), street('back', 'spur', 'c3')]
    const found = faultsOf(extended({ nodes, roads }))
    expect(found.some(({ path, reason }) => path === 'nodes[4]' && /the turn from .* has a radius of/.test(reason))).toBe(true)
  }) // prettier-ignore

  it('[MAP-34] lets a bridge cross', () => {
    const roads = [street('diagonal', 'a1', 'c3', { via: [[100, 140], [230, 270], [300, 300]], bridge: true })]
    expect(faultsOf(extended({ roads })).filter(({ reason }) => reason.includes('crosses'))).toEqual([])
  }) // prettier-ignore

  it('[MAP-35] finds a road that cannot be left', () => {
    const oneWay = Object.fromEntries(
      [
        ['a1-b1', [0, 1]],
        ['a1-a2', [0, 1]],
      ].map(([id, lanes]) => [id as string, { lanes }]),
    )
    const found = faultsOf(town({ road: oneWay }))
    expect(found).toContainEqual({ path: 'roads[0]', reason: 'a lane of a1-b1 leads nowhere at a1' })
  })

  it('[MAP-35] finds a road that cannot be reached', () => {
    const found = faultsOf(town({ road: { 'b3-c3': { lanes: [0, 1] }, 'c2-c3': { lanes: [0, 1] } } }))
    const unreached = found.filter(({ reason }) => reason.includes('cannot be reached from a1-b1'))
    expect(unreached.map(({ path }) => path)).toEqual(['roads[9]', 'roads[11]'])
  })

  it('[MAP-35] finds a quarter of its own', () => {
    const far = ['p', 'q', 'r', 's'].map((id, i) => ({ id, at: [500 + 150 * (i % 2), 80 + 150 * Math.floor(i / 2)], control: 'roundabout' }))
    const roads = [street('pq', 'p', 'q'), street('rs', 'r', 's'), street('pr', 'p', 'r'), street('qs', 'q', 's')]
    const found = faultsOf(extended({ nodes: far, roads }, { width: 800 }))
    expect(found.map(({ path }) => path).filter((path) => path.startsWith('roads'))).toEqual(['roads[12]', 'roads[13]', 'roads[14]', 'roads[15]'])
  }) // prettier-ignore

  it('[MAP-30] names several faults at once', () => {
    const found = faultsOf(town({ road: { 'a1-b1': { from: 'x' }, 'a2-b2': { to: 'y' } }, node: { c3: { at: [500, 1] } } }))
    expect(found.map(({ path }) => path).sort()).toEqual(['nodes[8].at', 'roads[0].from', 'roads[2].to'])
  }) // prettier-ignore

  it('[MAP-37] lets a building stand a metre from the lanes', () => {
    const outline = rect(130, 204.3, 150, 215)
    expect(compiled(town({ buildings: [{ kind: 'church', outline, height: 9 }] })).scenery.buildings).toHaveLength(1)
  })
})
