import { describe, expect, it } from 'vitest'
import type { CityMap } from '../../../../shared/model/city-map.ts'
import { compiled, distanceOf, junctionOf, lineOf, MAP_NAMES, readMapJson, roadOf, smallTown, wayBetween, waysBetween } from '../../../support/maps.ts' // prettier-ignore

const signals = (node = {}, road = {}) => compiled(smallTown({ node: { b2: { control: 'signals', ...node } }, road }))
const programOf = (map: CityMap, id = 'b2') => {
  const { program } = junctionOf(map, id)
  if (!program) throw new Error(`no signals at ${id}`)
  return program
}
const groupOf = (map: CityMap, from: string, to: string) => map.lanes.signalGroup[wayBetween(map, from, to)]
const avenues = { 'a2-b2': { class: 'avenue', leftLaneTurns: true }, 'b2-c2': { class: 'avenue', leftLaneTurns: true } }

describe('signal programs', () => {
  it('[MAP-15] show green, 3 s amber, 2 s all red', () => {
    const { phases } = programOf(signals())
    expect(phases.map(({ green, amber }) => [green.length, amber.length])).toEqual([
      [2, 0],
      [0, 2],
      [0, 0],
      [2, 0],
      [0, 2],
      [0, 0],
    ])
    expect(phases.map((phase) => phase.seconds).filter((_, i) => i % 3 > 0)).toEqual([3, 2, 3, 2])
  })

  it('[MAP-15] let approaches that face one another go together', () => {
    const map = signals()
    const facing = [groupOf(map, 'a2-b2', 'b2-c2'), groupOf(map, 'b2-c2', 'a2-b2')]
    expect(new Set(programOf(map).phases[0]?.green)).toEqual(new Set(facing))
  })

  it.each(MAP_NAMES)('[MAP-15] of %s give every group green, then amber, within a cycle of 60 to 120 s', (name) => {
    const map = compiled(readMapJson(name))
    const programs = map.junctions.filter((junction) => junction.program)
    expect(programs.length).toBeGreaterThan(0)
    for (const { connectors, program, control } of programs) {
      expect(control).toBe('signals')
      const cycle = program?.phases.reduce((sum, phase) => sum + phase.seconds, 0) ?? 0
      expect(cycle).toBeGreaterThanOrEqual(60)
      expect(cycle).toBeLessThanOrEqual(120)
      for (const lane of connectors) {
        const group = map.lanes.signalGroup[lane] ?? -1
        const phase = program?.phases.findIndex(({ green }) => green.includes(group)) ?? -1
        expect(phase).toBeGreaterThanOrEqual(0)
        expect(program?.phases[phase + 1]?.amber).toContain(group)
      }
    }
  })

  it('[MAP-15] stand only where signals are the control', () => {
    const map = compiled(smallTown())
    expect(map.junctions.every((junction) => junction.program === null)).toBe(true)
    expect(map.lanes.signalGroup.every((group) => group === -1)).toBe(true)
  })

  it('[MAP-16] give protected left turns a group and a phase of their own', () => {
    const map = signals({ protectedLeft: true }, avenues)
    const [ahead, left] = [groupOf(map, 'a2-b2', 'b2-c2'), groupOf(map, 'a2-b2', 'b1-b2')]
    expect(left).not.toBe(ahead)
    const { phases } = programOf(map)
    expect(phases.some(({ green }) => green.includes(left ?? -1) && green.includes(ahead ?? -1))).toBe(false)
    expect(phases.filter(({ green }) => green.includes(left ?? -1))).toHaveLength(1)
  })

  it('[MAP-16] leave left turns with the rest where the lane is shared', () => {
    const map = signals({ protectedLeft: true })
    expect(groupOf(map, 'a2-b2', 'b1-b2')).toBe(groupOf(map, 'a2-b2', 'b2-c2'))
  })

  it('[MAP-17] follow the phases of the source', () => {
    const map = signals({
      offsetSeconds: 12,
      phases: [
        { seconds: 30, green: ['a2-b2'] },
        { seconds: 15, green: ['b2-c2', 'b1-b2', 'b2-b3'] },
      ],
    })
    const { phases, offsetSeconds } = programOf(map)
    expect(offsetSeconds).toBe(12)
    expect(phases.map((phase) => phase.seconds)).toEqual([30, 3, 2, 15, 3, 2])
    expect(phases[0]?.green).toEqual([groupOf(map, 'a2-b2', 'b2-c2')])
  })

  it('[MAP-18] have a head per group on the right of the stop line', () => {
    const map = signals({ protectedLeft: true }, avenues)
    const groups = new Set(junctionOf(map, 'b2').connectors.map((lane) => map.lanes.signalGroup[lane]))
    const { heads } = programOf(map)
    expect(heads).toHaveLength(groups.size)
    expect(new Set(heads.map((head) => head.group))).toEqual(groups)
    const eastbound = heads.find((head) => head.group === groupOf(map, 'a2-b2', 'b2-c2'))
    const stop = lineOf(map, roadOf(map, 'a2-b2').forward[0] ?? -1).at(-1)
    expect(eastbound?.heading).toBeCloseTo(0, 9)
    expect((eastbound?.y ?? 0) - (stop?.y ?? 0)).toBeCloseTo(2.625, 1)
    expect(eastbound && stop ? distanceOf(eastbound, stop) : NaN).toBeLessThan(3)
  })

  it('[MAP-18] keep the junction clear', () => {
    const map = signals()
    for (const { lane } of waysBetween(map, 'a2-b2', 'b2-c2')) expect((map.lanes.flags[lane] ?? 0) & 8).toBe(8)
  })
})
