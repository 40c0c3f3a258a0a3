import { describe, expect, it } from 'vitest'

import { compilePattern } from '../../../../server/services/bridge/pattern.ts'
import { isMatch, reasonAgainst } from './kit.ts'

// What would take minutes or overflow the stack, were it done step by step, shows by the test's own time-out.

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

const inside = (levels: number, leaf: string) => '{"a":'.repeat(levels) + leaf + '}'.repeat(levels)

describe('depth', () => {
  it.each([1, 51, 300, 999])('[BRIDGE-74] takes a pattern %d names deep', (levels) => {
    expect(isMatch(inside(levels, '[1]'), inside(levels, '1'))).toBe(true)
    expect(isMatch(inside(levels, '[1]'), inside(levels, '2'))).toBe(false)
    expect(isMatch(inside(levels, '[1]'), inside(levels - 1, '{"b":1}'))).toBe(false)
    expect(isMatch(inside(levels, '[1]'), `{"${many(levels, () => 'a').join('.')}":1}`)).toBe(true)
  })

  it('[BRIDGE-74] refuses nesting beyond a thousand, in a pattern as in an event', () => {
    expect(reasonAgainst(inside(1001, '[1]'))).toBe('Nesting is too deep')
    expect(reasonAgainst('['.repeat(100_000))).toBe('Nesting is too deep')
    expect(isMatch('{"b":[1]}', `{"b":1,"c":${inside(1001, '1')}}`)).toBe(false)
  })

  it('[BRIDGE-74] takes a name with thousands of dots', () => {
    const name = '.'.repeat(5000)
    expect(isMatch(`{"${name}":[1]}`, `{"${name}":1}`)).toBe(true)
    expect(isMatch(`{"${name}":[1]}`, `{"${name}.":1}`)).toBe(false)
  })

  it('[BRIDGE-74] takes alternatives in alternatives', () => {
    const nested = many(300, (n) => n).reduce<object>((inner, n) => ({ $or: [inner, { [`b${n}`]: [1] }] }), { a: [1] })
    expect(isMatch(nested, { b0: 1 })).toBe(true)
    expect(isMatch(nested, { b299: 1 })).toBe(true)
    expect(isMatch(nested, { b300: 1 })).toBe(false)
    const pattern = compilePattern(JSON.stringify(nested))
    expect(pattern.ok && pattern.value.branches).toHaveLength(301)
  })
})

describe('long arrays', () => {
  const both = { x: [1], y: [1] }

  it('[BRIDGE-75] finds the last of many elements, and that none fits', () => {
    const elements = many(40_000, () => ({ x: 1, y: 0 }))
    expect(isMatch({ a: both }, { a: elements })).toBe(false)
    expect(isMatch({ a: both }, { a: [...elements, { x: 1, y: 1 }] })).toBe(true)
  })

  it('[BRIDGE-75] tries no choice twice where arrays stand side by side', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const pattern = Object.fromEntries(names.map((name) => [name, both]))
    const fitting = Object.fromEntries(names.map((name) => [name, many(1000, () => ({ x: 1, y: 1 }))]))
    const apart = [...many(1000, () => ({ x: 1, y: 0 })), { x: 0, y: 1 }]
    expect(isMatch(pattern, fitting)).toBe(true)
    expect(isMatch(pattern, { ...fitting, e: apart })).toBe(false)
    expect(isMatch(pattern, { ...fitting, c: apart })).toBe(false)
  })

  it('[BRIDGE-75] keeps elements of inner arrays to those around them', () => {
    const pattern = { a: { b: both, z: [1] } }
    const line = (z: number, y: number) => ({ z, b: many(5, (n) => ({ x: 1, y: n === 4 ? y : 0 })) })
    const lines = many(3000, (n) => line(n % 2, (n + 1) % 2))
    expect(isMatch(pattern, { a: lines })).toBe(false)
    expect(isMatch(pattern, { a: [...lines, line(1, 1)] })).toBe(true)
  })

  it('[BRIDGE-75] asks each element for what it lacks', () => {
    const absent = Object.fromEntries(many(100, (n) => [`n${n}`, [{ exists: false }]]))
    const all = Object.fromEntries(many(100, (n) => [`n${n}`, 1]))
    const pattern = { a: { m: [1], ...absent, z: [1] } }
    const elements = [...many(3000, () => ({ m: 1 })), { m: 1, ...all, z: 1 }]
    expect(isMatch(pattern, { a: elements })).toBe(false)
    expect(isMatch(pattern, { a: [...elements, { m: 1, z: 1 }] })).toBe(true)
  })

  it('[BRIDGE-76] gives up where an event names its arrays again and again', () => {
    // Each array is a choice between two elements, each field asks for one of three such choices: an old hard riddle,
    // with so many fields that no choice answers them all.
    const arrays = 40
    const scattered = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 8
    const fields = many(240, (n) => [`p${n}`, many(3, (m) => scattered(3 * n + m) % (2 * arrays))] as const)
    const element = (choice: number) =>
      Object.fromEntries(fields.filter(([, choices]) => choices.includes(choice)).map(([name]) => [name, 1]))
    const texts = many(arrays, (n) => `"a":${JSON.stringify([element(2 * n), element(2 * n + 1)])}`)
    const pattern = { a: Object.fromEntries(fields.map(([name]) => [name, [1]])) }
    expect(isMatch(pattern, `{${texts.join()}}`)).toBe(false)
    const all = Object.fromEntries(fields.map(([name]) => [name, 1]))
    expect(isMatch(pattern, `{"a":${JSON.stringify(all)},${texts.join()}}`)).toBe(true)
  })
})

describe('texts that look alike', () => {
  it.each([
    ['*a*a*a*a*b', 'a'.repeat(100_000), false],
    ['*a*a*a*a*b', `${'a'.repeat(100_000)}b`, true],
    [`${'a'.repeat(2000)}*`, 'a'.repeat(2001), true],
  ])('[BRIDGE-6] reads once through what %s is asked of', (wildcard, text, expected) => {
    expect(isMatch({ a: [{ wildcard }] }, { a: text })).toBe(expected)
  })
})
