import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compilePattern } from '../../../../server/services/bridge/pattern.ts'
import { openRuler } from '../../../../server/services/bridge/ruler.ts'
import { isMatch } from './kit.ts'

const rulerOf = (patterns: Readonly<Record<string, object>>) => {
  const ruler = openRuler()
  for (const [name, pattern] of Object.entries(patterns)) ruler.addRule(name, JSON.stringify(pattern))
  return ruler
}

describe('many rules', () => {
  it('[BRIDGE-21] names every rule that matches, in the order in which they were added', () => {
    const ruler = rulerOf({
      late: { z: [{ exists: false }] },
      fast: { a: [{ numeric: ['>', 1] }] },
      named: { b: [{ prefix: 'x' }], a: [2] },
      other: { a: [3] },
    })
    expect(ruler.rulesForEvent('{"a":2,"b":"xy"}')).toEqual(['late', 'fast', 'named'])
    expect(ruler.rulesForEvent('{"a":3,"z":1}')).toEqual(['fast', 'other'])
    expect(ruler.rulesForEvent('{}')).toEqual(['late'])
  })

  it('[BRIDGE-21] keeps a thousand rules on one field apart', () => {
    const ruler = openRuler()
    for (let n = 0; n < 1000; n += 1) ruler.addRule(`r${n}`, `{"d":{"plate":["P-${n}"],"lane":[${n % 3}]}}`)
    for (const n of [0, 1, 10, 100, 999]) {
      expect(ruler.rulesForEvent(`{"d":{"plate":"P-${n}","lane":${n % 3}}}`)).toEqual([`r${n}`])
      expect(ruler.rulesForEvent(`{"d":{"plate":"P-${n}","lane":${(n + 1) % 3}}}`)).toEqual([])
    }
  })

  it('[BRIDGE-22] finds in objects what it finds in texts, also among many words and numbers', () => {
    const word = fc.constantFrom('', 'a', 'b', 'aa', 'ab', 'constructor', '__proto__', 'é', '10.0.0.1', '😀', '"')
    const words = fc.array(
      fc.tuple(word, fc.nat(9)).map(([start, n]) => `${start}${n}`),
      { minLength: 14, maxLength: 40 },
    )
    const bound = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    const list = fc.oneof(
      words,
      words.map((some) => [{ 'anything-but': some }]),
      fc.array(bound, { minLength: 1, maxLength: 40 }),
      bound.map((n) => [{ numeric: ['>=', n] }]),
      word.filter((text) => text !== '').map((prefix) => [{ prefix }]),
    )
    const field = fc.oneof(
      words.map(([first = '']) => first),
      word,
      bound,
      fc.constantFrom(null, true),
    )
    fc.assert(
      fc.property(
        fc.array(list, { minLength: 1, maxLength: 4 }),
        fc.array(field, { maxLength: 12 }),
        (lists, fields) => {
          const ruler = openRuler()
          for (const [n, a] of lists.entries()) ruler.addRule(`r${n}`, JSON.stringify({ a }))
          for (const a of [...fields, ...lists.flat(), fields]) {
            const alone = lists.flatMap((some, n) => (isMatch({ a: some }, { a }) ? [`r${n}`] : []))
            expect(ruler.rulesForEvent({ a })).toEqual(alone)
            expect(ruler.rulesForEvent(JSON.stringify({ a }))).toEqual(alone)
          }
        },
      ),
      { seed: 22, numRuns: 150 },
    )
  })

  it('[BRIDGE-22] takes objects, and leaves out what JSON does not know', () => {
    const ruler = rulerOf({ a: { a: [1] }, none: { b: [{ exists: false }] }, null: { c: [null] } })
    expect(ruler.rulesForEvent({ a: [1, 2], b: undefined, c: NaN })).toEqual(['a', 'none', 'null'])
    expect(ruler.rulesForEvent({ 'x.y': 1, a: { b: 1 }, b: 'x' })).toEqual([])
    expect(rulerOf({ dotted: { x: { y: [1] } } }).rulesForEvent({ 'x.y': 1 })).toEqual(['dotted'])
  })

  it('[BRIDGE-17] takes neither lists nor nothing nor a circle for an event', () => {
    const ruler = rulerOf({ none: { b: [{ exists: false }] }, some: { a: [{ exists: true }] } })
    const circle: Record<string, unknown> = { a: 1 }
    circle['b'] = circle
    const deep = rulerOf({ deep: { b: { b: { a: [1] } }, c: [{ exists: false }] } })
    for (const event of [[], [{ a: 1 }], null, 5]) expect(ruler.rulesForEvent(event as object)).toEqual([])
    expect(ruler.rulesForEvent('[{"a":1}]')).toEqual([])
    expect(ruler.rulesForEvent(circle)).toEqual(['none', 'some'])
    expect(deep.rulesForEvent(circle)).toEqual(['deep'])
  })

  it('[BRIDGE-23] lets a rule have several patterns, and loses them all when it is removed', () => {
    const ruler = rulerOf({ a: { a: [1] }, b: { b: [1] } })
    ruler.addRule('a', '{"c":[1]}')
    expect(ruler.rulesForEvent('{"c":1,"b":1}')).toEqual(['a', 'b'])
    ruler.removeRule('a')
    expect(ruler.rulesForEvent('{"a":1,"b":1,"c":1}')).toEqual(['b'])
  })

  it('[BRIDGE-23] takes compiled patterns and refuses what is none', () => {
    const ruler = openRuler()
    const pattern = compilePattern('{"a":[1]}')
    expect(pattern.ok && ruler.addRule('a', pattern.value)).toEqual({ ok: true, value: null })
    expect(ruler.addRule('b', '{"a":[]}')).toMatchObject({
      ok: false,
      error: { reason: 'Empty arrays are not allowed' },
    })
    expect(ruler.rulesForEvent({ a: 1 })).toEqual(['a'])
  })

  it.each([
    '',
    'null',
    '[{"a":1}]',
    '{"a":1',
    '{"a":1}}',
    '{"a" 1}',
    '{"a":x1}',
    '{"b":"x,"a":1}',
    '{"a":1,}',
    '{"a":"\\x"}',
  ])('[BRIDGE-17] finds nothing in %s', (text) => {
    expect(rulerOf({ any: { a: [{ exists: true }] } }).rulesForEvent(text)).toEqual([])
  })
})

describe('a machine that has seen much', () => {
  it('[BRIDGE-24] answers the same after more rule values than it remembers', () => {
    const ruler = openRuler()
    const valueOf = (n: number) => `${'street-of-a-long-name-'.repeat(2)}${(n * 7919) % 2000}-${n}`
    for (let n = 0; n < 2000; n += 1)
      ruler.addRule(`r${n}`, JSON.stringify({ a: [valueOf(n), { wildcard: `*-${n}x*` }] }))
    for (let round = 0; round < 2; round += 1)
      for (let n = 0; n < 2000; n += 1) expect(ruler.rulesForEvent({ a: valueOf(n) })).toEqual([`r${n}`])
    expect(ruler.rulesForEvent({ a: 'it-is-17x-here' })).toEqual(['r17'])
  })

  it('[BRIDGE-24] answers the same when no two events are alike', () => {
    const ruler = openRuler()
    for (let n = 0; n < 100; n += 1)
      ruler.addRule(`r${n}`, JSON.stringify({ a: [{ numeric: ['>=', n] }], b: [{ numeric: ['>=', n] }], c: [n % 2] }))
    let wrong = 0
    for (let n = 0; n < 250_000; n += 1) {
      const [a, b, c] = [n % 101, Math.floor(n / 101) % 101, n % 3]
      const expected = c === 2 ? 0 : Math.floor((Math.min(a, b, 99) + (c === 0 ? 2 : 1)) / 2)
      if (ruler.rulesForEvent({ a, b, c }).length !== expected) wrong += 1
    }
    expect(wrong).toBe(0)
  })
})
