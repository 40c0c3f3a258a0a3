import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../../../../shared/json.ts'
import { selectResourceConfig } from '../../../../server/services/config/select.ts'
import { ConfigBench, valueOf } from './bench.ts'

/** Whether a change from one configuration to another is written down. */
function isWritten(before: JsonObject, after: JsonObject): boolean {
  const bench = new ConfigBench()
  bench.see(1, { configuration: before })
  return bench.see(2, { configuration: after }).items.length > 0
}

describe('what counts as a change', () => {
  it.each<[JsonObject, JsonObject]>([
    [{}, {}],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: { b: { c: [] } } }, { a: { b: { c: [] } } }],
    [{ a: [1, 'x', null, { b: true }] }, { a: [1, 'x', null, { b: true }] }],
    [{ a: null }, { a: null }],
    [{ a: 0 }, { a: -0 }],
  ])('[CONFIG-2] %j and %j are the same', (a, b) => {
    expect([isWritten(a, b), isWritten(b, a)]).toEqual([false, false])
  })

  it.each<[JsonObject, JsonObject]>([
    [{}, { a: 1 }],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: true }],
    [{ a: 0 }, { a: null }],
    [{ a: null }, {}],
    [{ a: '' }, { a: null }],
    [{ a: {} }, { a: null }],
    [{ a: {} }, { a: [] }],
    [{ a: [] }, { a: [[]] }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: [1] }, { a: [1, 1] }],
    [{ a: [1] }, { a: { 0: 1 } }],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
    [{ a: { b: 1 } }, { a: { c: 1 } }],
    [{ a: { b: 1 } }, { a: { b: 1, c: null } }],
    [{ a: 'A' }, { a: 'a' }],
  ])('[CONFIG-2] %j and %j are not', (a, b) => {
    expect([isWritten(a, b), isWritten(b, a)]).toEqual([true, true])
  })

  it('[CONFIG-2] tags and relationships count like the configuration', () => {
    const bench = new ConfigBench()
    const road = (resourceId: string) => ({
      resourceType: 'City::Road::Road',
      resourceId,
      relationshipName: 'Is on Road',
    })
    const written = [
      { tags: { a: '1' }, relationships: [road('A7')] },
      { tags: { a: '1' }, relationships: [road('A7')] },
      { tags: { a: '2' }, relationships: [road('A7')] },
      { tags: { a: '2' }, relationships: [road('A8')] },
      { tags: { a: '2' }, relationships: [road('A8'), road('A7')] },
      { tags: { a: '2' }, relationships: [road('A7'), road('A8')] },
    ].map((change, n) => bench.see(n + 1, change).items.length)
    expect(written).toEqual([1, 0, 1, 1, 1, 1])
  })
})

describe('the order of a query', () => {
  const bench = new ConfigBench()
  const levels = [3, null, 1, 'b', 2, 'a', undefined]
  for (const [n, level] of levels.entries()) {
    bench.see(n, { resourceId: `r${n}`, configuration: level === undefined ? { x: 1 } : { level, deep: { level } } })
  }
  const inOrder = (expression: string) =>
    valueOf(selectResourceConfig(bench.state, { expression })).results.map(
      (row) => (JSON.parse(row) as { resourceId: string }).resourceId,
    )
  /** Numbers among numbers, texts among texts: the two are not compared. */
  const of = (found: readonly string[], wanted: readonly string[]) => found.filter((id) => wanted.includes(id))

  it.each([
    ['configuration.level', ['r2', 'r4', 'r0'], ['r5', 'r3']],
    ['configuration.level ASC', ['r2', 'r4', 'r0'], ['r5', 'r3']],
    ['configuration.level DESC', ['r0', 'r4', 'r2'], ['r3', 'r5']],
    ['configuration.deep.level DESC', ['r0', 'r4', 'r2'], ['r3', 'r5']],
  ])('[CONFIG-43] by %s, with what has no value at the end', (by, numbers, texts) => {
    const path = by.split(' ')[0]
    const numeric = inOrder(`SELECT resourceId, ${path} WHERE ${path} >= 0 OR configuration.x = 1 ORDER BY ${by}`)
    expect(numeric).toEqual([...numbers, 'r6'])
    const worded = inOrder(`SELECT resourceId, ${path} WHERE ${path} >= 'a' OR configuration.x = 1 ORDER BY ${by}`)
    expect(worded).toEqual([...texts, 'r6'])
    const all = inOrder(`SELECT resourceId, ${path} ORDER BY ${by}`)
    expect([...of(all, ['r1', 'r6'])].toSorted()).toEqual(['r1', 'r6'])
    expect(all.slice(-2).toSorted()).toEqual(['r1', 'r6'])
  })
})
