import { describe, expect, it } from 'vitest'
import { compileMap } from '../../shared/content/map/compile.ts'
import { decodeMapSource, type MapFault } from '../../shared/content/map-source.ts'
import { generateTown } from '../../shared/content/map/town.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { randomBelow, randomShare } from '../../shared/random.ts'
import { openStreets } from '../../server/sim/streets.ts'
import { openWorld } from '../../server/sim/world.ts'
import { readMapJson, smallTown } from '../support/maps.ts'
import { joinAs, settingsWith, SOME_AGENTS, streetOf } from '../support/street.ts'

type Path = readonly (string | number)[]
type Node = Record<string | number, unknown>

/** The way to everything in a JSON value: records, lists and their leaves. */
const pathsOf = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path]
  const inner: Path[] = Array.isArray(value)
    ? value.flatMap((each: unknown, i) => pathsOf(each, [...path, i]))
    : Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))
  return path.length > 0 ? [path, ...inner] : inner
}

const nodeAt = (json: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => (node as Node | undefined)?.[key], json)

/** Takes one thing out of a map's source, doubles it, moves it or mixes it up with another of its name. */
function damage(json: unknown, paths: readonly Path[], draw: (n: number, below: number) => number): void {
  const path = paths[draw(0, paths.length)] ?? []
  const [parent, key] = [nodeAt(json, path.slice(0, -1)) as Node | unknown[] | undefined, path.at(-1) ?? '']
  if (typeof parent !== 'object') return
  const here = parent as Node
  const value = here[key]
  const how = draw(1, 5)
  if (how === 0 && Array.isArray(parent)) parent.splice(Number(key), 1)
  else if (how === 0) delete here[key]
  else if (how === 1 && Array.isArray(parent)) parent.push(structuredClone(value))
  else if (how === 2 && Array.isArray(value)) here[key] = []
  else if (typeof value === 'number')
    here[key] = how === 3 ? value * (draw(2, 5) - 1) : ([0, -1, 1e9, NaN, 1e-9][draw(2, 5)] ?? 0)
  else {
    const others = paths.filter((other) => other.at(-1) === key)
    here[key] = structuredClone(nodeAt(json, others[draw(3, others.length)] ?? path))
  }
}

/** @returns the map, or what is wrong with it */
function read(json: unknown): { map: CityMap } | { faults: readonly MapFault[] } {
  const source = decodeMapSource(json)
  if (!source.ok) return { faults: source.error }
  const map = compileMap(source.value)
  return map.ok ? { map: map.value } : { faults: map.error }
}

/** Everything that a map can hold, on little ground. */
const small = smallTown({
  cameras: [{ id: 'CAM', road: 'a1-b1', at: 0.5 }],
  stations: [{ id: 'S', kind: 'response', road: 'b1-c1', at: 0.5, side: 'right', width: 12, depth: 10 }],
  zones: [{ id: 'Z', kind: 'parade', limitKmh: 20, outline: [[180, 100], [220, 100], [220, 180]] }], // prettier-ignore
})
const town = JSON.parse(JSON.stringify(generateTown({ columns: 4, rows: 4, seed: 3 }))) as unknown

describe('damaged maps', () => {
  it.each([
    ['small', small, 400],
    ['circuit-ecole', readMapJson('circuit-ecole'), 60],
    ['nuageville', readMapJson('nuageville'), 25],
    ['a generated town', town, 15],
  ] as const)('[MAP-30] have faults with a place and a reason, or can be driven: %s', (_, source, runs) => {
    const paths = pathsOf(source)
    const outcomes = { driven: 0, refused: 0 }
    for (let run = 0; run < runs; run += 1) {
      const json: unknown = structuredClone(source)
      for (let hit = 0; hit <= run % 3; hit += 1)
        damage(json, paths, (n, below) => randomBelow(9, n, run * 8 + hit, below))
      const found = read(json)
      if ('faults' in found) {
        outcomes.refused += 1
        expect(found.faults.length).toBeGreaterThan(0)
        expect(found.faults.filter(({ path, reason }) => path === '' || reason === '')).toEqual([])
        continue
      }
      outcomes.driven += 1
      const settings = settingsWith({ bots: 15, seed: run, agents: SOME_AGENTS })
      const street = streetOf(openWorld(found.map, settings, openStreets(found.map)))
      street.run(20 + Math.floor(30 * randomShare(9, 5, run)), joinAs('1'))
      expect(street.told('vehicle-joined').length).toBeGreaterThan(0)
    }
    expect(Math.min(outcomes.driven, outcomes.refused)).toBeGreaterThan(runs / 10)
  })
})
