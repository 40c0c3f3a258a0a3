import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { computeQuery } from '../../../../server/services/watch/math.ts'
import type { MathSource } from '../../../../server/services/watch/math.ts'
import type { Series } from '../../../../server/services/watch/math-series.ts'

const MINUTE = 60_000
const GRID = [0, 1, 2, 3, 4].map((minute) => minute * MINUTE)
const Metric = { Namespace: 'City', MetricName: 'm' }

/** Two series on the same five minutes, with gaps. */
const series = fc
  .array(fc.option(fc.integer({ min: -20, max: 20 })), { minLength: 5, maxLength: 5 })
  .map(
    (values): Series =>
      new Map(values.flatMap((value, index) => (value === null ? [] : [[index * MINUTE, value] as const]))),
  )
const pair = fc.record({ a: series, b: series })
type Pair = typeof pair extends fc.Arbitrary<infer T> ? T : never

function compute(data: Pair, expression: string) {
  const source: MathSource = {
    queries: [
      ...['a', 'b'].map((Id) => ({ Id, MetricStat: { Metric, Period: 60, Stat: 'Sum' } })),
      { Id: 'e', Expression: expression },
    ],
    grid: GRID,
    read: ({ Id }) => (Id === 'a' ? data.a : data.b),
    band: () => ({ lower: new Map(), upper: new Map() }),
  }
  const answer = computeQuery(source, 'e')
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
const pointsOf = (data: Pair, expression: string): Record<string, number> => {
  const value = compute(data, expression)
  return value.kind === 'series' ? Object.fromEntries(value.points) : {}
}

/** An expression of numbers, and what it is worth. */
interface Sum {
  readonly text: string
  readonly value: number
}
const { sum } = fc.letrec<{ sum: Sum }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 9 }).map((value): Sum => ({ text: String(value), value })),
    fc
      .tuple(tie('sum'), tie('sum'))
      .map(([a, b]): Sum => ({ text: `(${a.text} + ${b.text})`, value: a.value + b.value })),
    fc
      .tuple(tie('sum'), tie('sum'))
      .map(([a, b]): Sum => ({ text: `(${a.text} - ${b.text})`, value: a.value - b.value })),
    fc
      .tuple(tie('sum'), tie('sum'))
      .map(([a, b]): Sum => ({ text: `${a.text} * ${b.text}`, value: a.value * b.value })),
    tie('sum').map((of): Sum => ({ text: `(-${of.text})`, value: -1 * of.value })),
    fc
      .tuple(tie('sum'), tie('sum'))
      .map(([a, b]): Sum => ({ text: `(${a.text} > ${b.text})`, value: a.value > b.value ? 1 : 0 })),
  ),
}))

describe('metric math, for any data', () => {
  it('[WATCH-77] agrees with arithmetic', () => {
    fc.assert(
      fc.property(sum, ({ text, value }) => {
        const found = compute({ a: new Map(), b: new Map() }, text)
        expect(found.kind === 'scalar' ? found.value + 0 : null).toBe(value + 0)
      }),
    )
  })

  it('[WATCH-78] adds in any order', () => {
    fc.assert(
      fc.property(pair, (data) => {
        expect(pointsOf(data, 'a + b')).toEqual(pointsOf(data, 'b + a'))
      }),
    )
  })

  it('[WATCH-78] has a point wherever one of two series that meet has one', () => {
    fc.assert(
      fc.property(pair, (data) => {
        const meet = [...data.a.keys()].some((at) => data.b.has(at))
        const times = GRID.filter((at) => meet && (data.a.has(at) || data.b.has(at)))
        expect(Object.keys(pointsOf(data, 'a + b')).map(Number)).toEqual(times)
        expect(Object.keys(pointsOf(data, 'a / b')).map(Number)).toEqual(
          times.filter((at) => (data.b.get(at) ?? 0) !== 0),
        )
      }),
    )
  })

  it('[WATCH-79] finds sums between minimum and maximum', () => {
    fc.assert(
      fc.property(pair, (data) => {
        const [low, middle, high] = ['MIN', 'AVG', 'MAX'].map((name) => pointsOf(data, `${name}([a, b])`))
        for (const [at, value] of Object.entries(middle ?? {})) {
          expect(value).toBeGreaterThanOrEqual((low?.[at] ?? NaN) - 1e-9)
          expect(value).toBeLessThanOrEqual((high?.[at] ?? NaN) + 1e-9)
        }
        expect(Object.keys(low ?? {})).toEqual(Object.keys(high ?? {}))
      }),
    )
  })

  it('[WATCH-80] leaves no gap after FILL with a number, and changes no point', () => {
    fc.assert(
      fc.property(pair, (data) => {
        const filled = pointsOf(data, 'FILL(a, 7)')
        expect(filled).toEqual(Object.fromEntries(GRID.map((at) => [at, data.a.get(at) ?? 7])))
      }),
    )
  })

  it('[WATCH-80] adds up again what DIFF took apart', () => {
    fc.assert(
      fc.property(pair, (data) => {
        const [first = 0] = data.a.values()
        const rebuilt = pointsOf(data, `RUNNING_SUM(DIFF(a)) + ${first < 0 ? `(${first})` : first}`)
        const expected = [...data.a].slice(1)
        expect(rebuilt).toEqual(Object.fromEntries(expected))
      }),
    )
  })

  it('[WATCH-80] chooses by IF what either side says', () => {
    fc.assert(
      fc.property(pair, (data) => {
        expect(pointsOf(data, 'IF(a > 0, a, -a)')).toEqual(pointsOf(data, 'ABS(a)'))
      }),
    )
  })
})
