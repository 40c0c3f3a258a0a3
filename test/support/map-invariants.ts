import { expect } from 'vitest'
import { LANE_FLAG, type CityMap } from '../../shared/model/city-map.ts'
import { foesOf, lineOf, predecessorsOf, roadOf, successorsOf } from './maps.ts'

/** What holds for every map that compiles, whatever its source. */
export function expectSound(map: CityMap): void {
  expectColumns(map)
  expectLanes(map)
  expectNeighbours(map)
  expectJunctions(map)
  expectSites(map)
}

function expectColumns({ lanes }: CityMap): void {
  const { count, ...columns } = lanes
  const unsound = Object.entries(columns).filter(([, values]) => !values.every((value) => Number.isFinite(value)))
  expect(unsound.map(([name]) => name)).toEqual([])
  for (const [start, entries] of [
    [lanes.successorStart, lanes.successor],
    [lanes.predecessorStart, lanes.predecessor],
    [lanes.foeStart, lanes.foe],
    [lanes.pointStart, lanes.pointX],
  ] as const) {
    expect([start.length, start[0], start[count]]).toEqual([count + 1, 0, entries.length])
    expect(start.every((value, i) => i === 0 || value >= (start[i - 1] ?? 0))).toBe(true)
  }
}

/** Lanes measure what their points say, on the grid of 1/64 m, and join end to end. */
function expectLanes(map: CityMap): void {
  const { lanes } = map
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const line = lineOf(map, lane)
    expect(line.every(({ x, y }) => Number.isInteger(x * 64) && Number.isInteger(y * 64))).toBe(true)
    expect(lanes.pointS[lanes.pointStart[lane] ?? -1]).toBe(0)
    expect(lanes.pointS[(lanes.pointStart[lane + 1] ?? 0) - 1]).toBeCloseTo(lanes.length[lane] ?? NaN, 9)
    expect(lanes.advised[lane]).toBeLessThanOrEqual(lanes.limit[lane] ?? 0)
    expect(lanes.district[lane]).toBeGreaterThanOrEqual(0)
    for (const next of successorsOf(map, lane)) {
      expect(lineOf(map, next)[0]).toEqual(line.at(-1))
      expect(predecessorsOf(map, next)).toContain(lane)
    }
  }
}

/** Neighbours are mutual, of one road, and lie beside one another. */
function expectNeighbours({ lanes }: CityMap): void {
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const left = lanes.left[lane] ?? -1
    if (left < 0) continue
    expect(lanes.right[left]).toBe(lane)
    expect(lanes.road[left]).toBe(lanes.road[lane])
    expect(lanes.junction[left]).toBe(lanes.junction[lane])
  }
}

/** A junction owns its connectors; foes are mutual and agree on who yields; signals leave nobody out. */
function expectJunctions(map: CityMap): void {
  const { lanes } = map
  map.junctions.forEach(({ connectors, program }, number) => {
    for (const lane of connectors) {
      expect([lanes.road[lane], lanes.junction[lane]]).toEqual([-1, number])
      expect((lanes.flags[lane] ?? 0) & LANE_FLAG.connector).toBe(LANE_FLAG.connector)
      expect([predecessorsOf(map, lane).length, successorsOf(map, lane).length]).toEqual([1, 1])
      const group = lanes.signalGroup[lane] ?? -1
      expect(program ? program.phases.some(({ green }) => green.includes(group)) : group === -1).toBe(true)
      for (const foe of foesOf(map, lane)) {
        const back = foesOf(map, foe.lane).find((each) => each.lane === lane)
        const groups = [group, lanes.signalGroup[foe.lane] ?? -1]
        const together = !program || program.phases.some(({ green }) => groups.every((each) => green.includes(each)))
        expect(back).toMatchObject({ at: foe.atOther, atOther: foe.at })
        expect(Number(foe.mustYield) + Number(back?.mustYield)).toBe(together ? 1 : 0)
      }
    }
  })
}

function expectSites(map: CityMap): void {
  const districts = new Set(map.districts.map((district) => district.id))
  for (const { roadId, districtId, limitKmh, lines } of map.cameras) {
    expect(limitKmh).toBe(roadOf(map, roadId).limitKmh)
    expect(districts.has(districtId)).toBe(true)
    expect(lines.length).toBeGreaterThan(0)
  }
  for (const { lane, s } of [...map.cameras, ...map.crossings].flatMap((site) => site.lines)) {
    expect(s >= 0 && s <= (map.lanes.length[lane] ?? 0)).toBe(true)
  }
}
