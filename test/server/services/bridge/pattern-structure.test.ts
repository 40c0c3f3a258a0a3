import { describe, expect, it } from 'vitest'

import { compilePattern } from '../../../../server/services/bridge/pattern.ts'
import { isMatch } from './kit.ts'

describe('arrays', () => {
  it('[BRIDGE-11] is content with one element', () => {
    expect(isMatch({ a: [1] }, { a: [3, 2, 1] })).toBe(true)
    expect(isMatch({ a: [1] }, { a: [3, 2] })).toBe(false)
    expect(isMatch({ a: [1] }, { a: [[3], [2, [1]]] })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': 1 }] }, { a: [1, 2] })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': 1 }] }, { a: [1, 1] })).toBe(false)
  })

  it('[BRIDGE-12] asks one object to meet all conditions', () => {
    const pattern = { stops: { street: ['A'], speed: [0] } }
    expect(
      isMatch(pattern, {
        stops: [
          { street: 'A', speed: 9 },
          { street: 'B', speed: 0 },
        ],
      }),
    ).toBe(false)
    expect(
      isMatch(pattern, {
        stops: [
          { street: 'A', speed: 9 },
          { street: 'A', speed: 0 },
        ],
      }),
    ).toBe(true)
    expect(isMatch(pattern, { stops: { street: ['A', 'B'], speed: [9, 0] } })).toBe(true)
    expect(isMatch(pattern, { stops: [{ street: ['A', 'B'], speed: [9, 0] }] })).toBe(true)
  })

  it('[BRIDGE-12] follows arrays in arrays', () => {
    const pattern = { trips: { driver: ['Ann'], stops: { street: ['A'], speed: [0] } } }
    const trip = (driver: string, ...stops: readonly [string, number][]) => ({
      driver,
      stops: stops.map(([street, speed]) => ({ street, speed })),
    })
    expect(isMatch(pattern, { trips: [trip('Bob', ['A', 1]), trip('Ann', ['B', 0], ['A', 0])] })).toBe(true)
    expect(isMatch(pattern, { trips: [trip('Bob', ['A', 0]), trip('Ann', ['B', 0], ['A', 1])] })).toBe(false)
    expect(isMatch({ a: { x: [1], y: [2] } }, { a: [[{ x: 1, y: 3 }], [{ x: 1, y: 2 }]] })).toBe(true)
    expect(isMatch({ a: { x: [1], y: [2] } }, { a: [[{ x: 1 }], [{ y: 2 }]] })).toBe(false)
    expect(isMatch({ a: { x: [1] }, b: { x: [1] } }, { a: [{ x: 2 }, { x: 1 }], b: [{ x: 1 }, { x: 2 }] })).toBe(true)
  })

  it('[BRIDGE-12] tries other elements when the first choice leads nowhere', () => {
    const pattern = { a: { x: [1], y: [1], z: [1] } }
    expect(isMatch(pattern, { a: [{ x: 1 }, { x: 1, y: 1 }, { x: 1, y: 1, z: 1 }] })).toBe(true)
    expect(
      isMatch(pattern, {
        a: [
          { x: 1, y: 1 },
          { x: 1, z: 1 },
          { y: 1, z: 1 },
        ],
      }),
    ).toBe(false)
  })

  it('[BRIDGE-12] gives up in time where choices would multiply', () => {
    const list = (last: object) => [...Array.from({ length: 300 }, () => ({ x: 1, y: 0 })), last]
    const names = ['a', 'b', 'c', 'd', 'e']
    const pattern = Object.fromEntries(names.map((name) => [name, { x: [1], y: [1] }]))
    const good = Object.fromEntries(names.map((name) => [name, list({ x: 1, y: 1 })]))
    expect(isMatch(pattern, good)).toBe(true)
    expect(isMatch(pattern, { ...good, e: list({ x: 0, y: 1 }) })).toBe(false)
  })

  it('[BRIDGE-13] asks the chosen element for absence, in the order of the paths', () => {
    const cars = { car: [{ plate: 'A' }, { plate: 'B', trailer: 1, alarm: 1 }] }
    expect(isMatch({ car: { plate: ['A'], trailer: [{ exists: false }] } }, cars)).toBe(true)
    expect(isMatch({ car: { plate: ['B'], trailer: [{ exists: false }] } }, cars)).toBe(false)
    expect(isMatch({ car: { alarm: [{ exists: false }], plate: ['A'] } }, cars)).toBe(false)
    expect(isMatch({ car: { alarm: [{ exists: false }], plate: ['A'] } }, { car: [{ plate: 'A' }] })).toBe(true)
    expect(isMatch({ car: { plate: ['A'], trailer: ['x', { exists: false }] } }, cars)).toBe(true)
  })
})

describe('$or', () => {
  it('[BRIDGE-14] takes one alternative beside the other fields', () => {
    const pattern = { source: ['s'], $or: [{ a: [1] }, { b: { c: [2] }, d: [3] }] }
    expect(isMatch(pattern, { source: 's', a: 1 })).toBe(true)
    expect(isMatch(pattern, { source: 's', b: { c: 2 }, d: 3 })).toBe(true)
    expect(isMatch(pattern, { source: 's', b: { c: 2 } })).toBe(false)
    expect(isMatch(pattern, { source: 't', a: 1 })).toBe(false)
  })

  it('[BRIDGE-14] nests and multiplies', () => {
    const pattern = { x: { $or: [{ a: [1] }, { $or: [{ b: [1] }, { c: [1] }] }] }, $or: [{ p: [1] }, { q: [1] }] }
    expect(isMatch(pattern, { x: { c: 1 }, q: 1 })).toBe(true)
    expect(isMatch(pattern, { x: { c: 1 } })).toBe(false)
    expect(isMatch(pattern, { q: 1 })).toBe(false)
    const compiled = compilePattern(JSON.stringify(pattern))
    expect(compiled.ok && compiled.value.branches).toHaveLength(6)
  })

  it('[BRIDGE-14] lets the later list win where a path occurs inside and outside', () => {
    expect(isMatch('{"a":[1],"$or":[{"a":[2]},{"b":[1]}]}', { a: 2 })).toBe(true)
    expect(isMatch('{"$or":[{"a":[2]},{"b":[1]}],"a":[1]}', { a: 2 })).toBe(false)
    expect(isMatch('{"$or":[{"a":[2]},{"b":[1]}],"a":[1]}', { a: 1 })).toBe(true)
  })
})

describe('names', () => {
  it('[BRIDGE-15] does not tell dots from steps', () => {
    expect(isMatch('{"a.b":[1]}', '{"a":{"b":1}}')).toBe(true)
    expect(isMatch('{"a":{"b":[1]}}', '{"a.b":1}')).toBe(true)
    expect(isMatch('{"a":{"b.c":{"d":[1]}}}', '{"a.b":{"c.d":1}}')).toBe(true)
    expect(isMatch('{"":{"":[1]}}', '{".":1}')).toBe(true)
    expect(isMatch('{"a":{"b":[1]}}', '{"a":{".b":1}}')).toBe(false)
  })

  it('[BRIDGE-15] reads names with escapes as what they say', () => {
    expect(isMatch('{"a":[1]}', '{"\\u0061":1}')).toBe(true)
    expect(isMatch('{"\\u0061b":[1]}', '{"ab":1}')).toBe(true)
    expect(isMatch('{"d\\u002ee":[1]}', '{"d":{"e":1}}')).toBe(true)
  })

  it('[BRIDGE-16] keeps the last of a pattern and all of an event', () => {
    expect(isMatch('{"a":[1],"a":[2]}', '{"a":1}')).toBe(false)
    expect(isMatch('{"a":[1],"a":[2]}', '{"a":2}')).toBe(true)
    expect(isMatch('{"a":[1]}', '{"a":1,"a":2}')).toBe(true)
    expect(isMatch('{"a":[2]}', '{"a":1,"a":2}')).toBe(true)
    expect(isMatch('{"a.b":[1],"a":{"b":[2]}}', '{"a":{"b":1}}')).toBe(false)
  })

  it('[BRIDGE-19] lets fields be called like operators', () => {
    expect(isMatch({ prefix: ['x'], numeric: { exists: [1] } }, { prefix: 'x', numeric: { exists: 1 } })).toBe(true)
    expect(isMatch({ detail: { wildcard: [{ prefix: 'x' }] } }, { detail: { wildcard: 'xy' } })).toBe(true)
    expect(isMatch({ $or: [{ a: { b: [{ prefix: 'x' }] } }, { c: [1] }] }, { a: { b: 'xy' } })).toBe(true)
  })
})

describe('events', () => {
  it.each(['', '[]', '1', '"a"', '{', '{"a":1', '{"a":1}x', '{a:1}', '{"a":1,}', '{"b":tru,"a":1}', '{"a":01}'])(
    '[BRIDGE-17] matches nothing with %s',
    (text) => {
      expect(isMatch('{"a":[1]}', text)).toBe(false)
      expect(isMatch('{"z":[{"exists":false}]}', text)).toBe(false)
    },
  )

  it('[BRIDGE-17] does not mind blanks, and refuses to go too deep', () => {
    expect(isMatch('{"a":{"b":[1,"x"]}}', ' {\n "z" : [ { } , [ ] , "}" ] ,\t"a" : { "b" : [ 2 , 1 ] } }\r\n')).toBe(
      true,
    )
    expect(isMatch('{"a":[1]}', `{"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`)).toBe(false)
    expect(isMatch('{"a":[1]}', `{"a":${'['.repeat(900)}1${']'.repeat(900)}}`)).toBe(true)
  })
})
