import { describe, expect, it } from 'vitest'

import { isMatch } from './kit.ts'

describe('fields and values', () => {
  it('[BRIDGE-1] joins fields by AND and values by OR, and ignores what it does not name', () => {
    const pattern = { source: ['city.camera', 'city.road'], detail: { lane: [1, 2] } }
    expect(isMatch(pattern, { source: 'city.road', detail: { lane: 2, plate: 'x' }, region: 'r' })).toBe(true)
    expect(isMatch(pattern, { source: 'city.road', detail: { lane: 3 } })).toBe(false)
    expect(isMatch(pattern, { source: 'city.road' })).toBe(false)
    expect(isMatch(pattern, { source: 'city.garage', detail: { lane: 1 } })).toBe(false)
  })

  it('[BRIDGE-2] compares text to the letter and converts no type', () => {
    expect(isMatch({ a: ['Paris'] }, { a: 'Paris' })).toBe(true)
    expect(isMatch({ a: ['Paris'] }, { a: 'paris' })).toBe(false)
    expect(isMatch({ a: ['1'] }, { a: 1 })).toBe(false)
    expect(isMatch({ a: [1] }, { a: '1' })).toBe(false)
    expect(isMatch({ a: [true] }, { a: 'true' })).toBe(false)
    expect(isMatch({ a: [''] }, { a: null })).toBe(false)
    expect(isMatch({ a: [null] }, { a: null })).toBe(true)
    expect(isMatch({ a: [false] }, { a: false })).toBe(true)
    expect(isMatch({ a: [null] }, { a: false })).toBe(false)
    expect(isMatch({ a: ['é\n"\\'] }, '{"a":"\\u00e9\\n\\"\\\\"}')).toBe(true)
  })

  it.each(['300', '300.0', '3.0e2', '3E+2', '30000e-2'])('[BRIDGE-3] takes %s for 300', (text) => {
    expect(isMatch({ a: [300] }, `{"a":${text}}`)).toBe(true)
    expect(isMatch(`{"a":[${text}]}`, { a: 300 })).toBe(true)
    expect(isMatch(`{"a":[{"numeric":["=",${text}]}]}`, { a: 300 })).toBe(true)
  })

  it('[BRIDGE-3] keeps big numbers apart and takes zero without sign', () => {
    expect(isMatch('{"a":[9007199254740993]}', '{"a":9007199254740992}')).toBe(false)
    expect(isMatch('{"a":[9007199254740992]}', '{"a":9007199254740993}')).toBe(false)
    expect(isMatch('{"a":[9007199254740993]}', '{"a":9007199254740993}')).toBe(true)
    expect(isMatch('{"a":[9007199254740993]}', '{"a":9007199254740993.0}')).toBe(false)
    expect(isMatch('{"a":[1e400]}', '{"a":1e400}')).toBe(true)
    expect(isMatch('{"a":[1e400]}', '{"a":1e401}')).toBe(false)
    expect(isMatch('{"a":[0]}', '{"a":-0.0}')).toBe(true)
    expect(isMatch('{"a":[0.1]}', '{"a":1e-1}')).toBe(true)
    expect(isMatch('{"a":[0]}', '{"a":1e-400}')).toBe(false)
  })
})

describe('text operators', () => {
  it('[BRIDGE-4] finds beginnings and ends', () => {
    expect(isMatch({ a: [{ prefix: 'AB' }] }, { a: 'AB-1' })).toBe(true)
    expect(isMatch({ a: [{ prefix: 'AB' }] }, { a: 'ab-1' })).toBe(false)
    expect(isMatch({ a: [{ prefix: 'AB' }] }, { a: 'A' })).toBe(false)
    expect(isMatch({ a: [{ suffix: '.png' }] }, { a: 'x.png' })).toBe(true)
    expect(isMatch({ a: [{ suffix: '.png' }] }, { a: 'x.png ' })).toBe(false)
    expect(isMatch({ a: [{ prefix: '' }] }, { a: '' })).toBe(true)
    expect(isMatch({ a: [{ suffix: '' }] }, { a: 'x' })).toBe(true)
    expect(isMatch({ a: [{ prefix: '' }] }, { a: 1 })).toBe(false)
    expect(isMatch({ a: [{ suffix: '' }] }, { a: null })).toBe(false)
    expect(isMatch({ a: [{ prefix: { 'equals-ignore-case': 'aB' } }] }, { a: 'Abc' })).toBe(true)
    expect(isMatch({ a: [{ prefix: { 'equals-ignore-case': 'aB' } }] }, { a: 'aab' })).toBe(false)
    expect(isMatch({ a: [{ suffix: { 'equals-ignore-case': 'Bc' } }] }, { a: 'aBC' })).toBe(true)
    expect(isMatch({ a: [{ suffix: { 'equals-ignore-case': 'Bc' } }] }, { a: 'abcd' })).toBe(false)
  })

  it('[BRIDGE-5] takes either case letter by letter', () => {
    expect(isMatch({ a: [{ 'equals-ignore-case': 'Éclair' }] }, { a: 'éCLAIR' })).toBe(true)
    expect(isMatch({ a: [{ 'equals-ignore-case': 'Éclair' }] }, { a: 'eclair' })).toBe(false)
    expect(isMatch({ a: [{ 'equals-ignore-case': 'straße' }] }, { a: 'STRASSE' })).toBe(true)
    expect(isMatch({ a: [{ 'equals-ignore-case': 'strasse' }] }, { a: 'straße' })).toBe(false)
    expect(isMatch({ a: [{ 'equals-ignore-case': 'a' }] }, { a: 'aa' })).toBe(false)
    expect(isMatch({ a: [{ 'equals-ignore-case': 'null' }] }, { a: null })).toBe(false)
  })

  it.each([
    ['A*', 'A', true],
    ['A*', 'BA', false],
    ['*A', 'BA', true],
    ['*A', 'AB', false],
    ['*', '', true],
    ['a*b', 'ab', true],
    ['a*b', 'abbbab', true],
    ['a*b', 'aba', false],
    ['*a*b*', 'xaxbx', true],
    ['*a*b*', 'xbxax', false],
    ['a?c', 'abc', false],
    ['a?c', 'a?c', true],
    ['[a]', 'a', false],
    ['.*', 'abc', false],
    ['.*', '.abc', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\*', 'a\\x', true],
    ['*aab', 'aaab', true],
    ['*.*.*.*.*', 'a.b.c.d.e', true],
    ['plain', 'plain', true],
    ['', '', true],
    ['', 'x', false],
  ])('[BRIDGE-6] matches %s with %s: %s', (wildcard, text, expected) => {
    expect(isMatch({ a: [{ wildcard }] }, { a: text })).toBe(expected)
  })

  it('[BRIDGE-6] shows no wildcard to numbers, booleans or null', () => {
    for (const value of [1, true, null]) expect(isMatch({ a: [{ wildcard: '*' }] }, { a: value })).toBe(false)
  })
})

describe('numeric', () => {
  it.each([
    [['=', 5], [5], [4, 6]],
    [
      ['<', 5],
      [4.9, -1e9],
      [5, 6],
    ],
    [['<=', 5], [5, 4], [5.1]],
    [['>', 5], [5.01], [5]],
    [['>=', 5], [5, 6], [4.99]],
    [
      ['>', 0, '<=', 5],
      [0.1, 5],
      [0, 5.1, -1],
    ],
    [
      ['>=', -2, '<', 2],
      [-2, 0, 1.99],
      [2, -2.1],
    ],
  ])('[BRIDGE-7] %j', (numeric, inside, outside) => {
    for (const a of inside) expect(isMatch({ a: [{ numeric }] }, { a })).toBe(true)
    for (const a of outside) expect(isMatch({ a: [{ numeric }] }, { a })).toBe(false)
  })

  it('[BRIDGE-7] sees neither text nor numbers that lose digits', () => {
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, { a: '5' })).toBe(false)
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, '{"a":9007199254740993}')).toBe(false)
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, '{"a":1e400}')).toBe(false)
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, '{"a":9007199254740992}')).toBe(true)
    expect(isMatch({ a: [{ numeric: ['<', 0.2] }] }, '{"a":0.1}')).toBe(true)
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, { a: true })).toBe(false)
  })
})

describe('cidr', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['10.0.0.77/24', '10.0.0.1', true],
    ['10.0.0.0/31', '10.0.0.1', true],
    ['0.0.0.0/0', '255.1.2.3', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['fe80::/127', 'FE80:0::1', true],
    ['10.0.0.0/8', 'ten', false],
    ['10.0.0.0/8', '10.0.0.256', false],
    ['10.0.0.0/8', '10.0.0', false],
  ])('[BRIDGE-8] %s holds %s: %s', (cidr, address, expected) => {
    expect(isMatch({ a: [{ cidr }] }, { a: address })).toBe(expected)
  })

  it('[BRIDGE-8] compares addresses in a pattern by value', () => {
    expect(isMatch({ a: ['::1'] }, { a: '0:0:0:0:0:0:0:1' })).toBe(true)
    expect(isMatch({ a: ['2001:DB8::1'] }, { a: '2001:db8:0:0::1' })).toBe(true)
    expect(isMatch({ a: ['::ffff:10.0.0.1'] }, { a: '::ffff:a00:1' })).toBe(true)
    expect(isMatch({ a: ['10.0.0.1'] }, { a: '10.0.0.1' })).toBe(true)
    expect(isMatch({ a: ['10.0.0.1'] }, { a: '10.0.0.2' })).toBe(false)
    expect(isMatch({ a: [{ 'anything-but': '10.0.0.1' }] }, { a: '10.0.0.1' })).toBe(false)
  })
})

describe('exists and anything-but', () => {
  it('[BRIDGE-9] sees leaves only', () => {
    for (const a of [null, '', 0, false, ['x']]) {
      expect(isMatch({ a: [{ exists: true }] }, { a })).toBe(true)
      expect(isMatch({ a: [{ exists: false }] }, { a })).toBe(false)
    }
    for (const event of [{}, { a: {} }, { a: [] }, { a: { b: 1 } }, { a: [{}] }]) {
      expect(isMatch({ a: [{ exists: true }] }, event)).toBe(false)
      expect(isMatch({ a: [{ exists: false }] }, event)).toBe(true)
    }
    expect(isMatch({ a: ['x', { exists: false }] }, { b: 1 })).toBe(true)
    expect(isMatch({ a: ['x', { exists: false }] }, { a: 'x' })).toBe(true)
    expect(isMatch({ a: ['x', { exists: false }] }, { a: 'y' })).toBe(false)
  })

  it('[BRIDGE-10] takes whatever is something else', () => {
    const but = { a: [{ 'anything-but': ['x', 'y'] }] }
    for (const a of ['z', '', null, true, 1]) expect(isMatch(but, { a })).toBe(true)
    for (const a of ['x', 'y']) expect(isMatch(but, { a })).toBe(false)
    expect(isMatch(but, {})).toBe(false)
    expect(isMatch(but, { a: {} })).toBe(false)
    expect(isMatch(but, { a: [] })).toBe(false)
    expect(isMatch({ a: [{ 'anything-but': 5 }] }, { a: '5' })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': [5, 6] }] }, '{"a":5.0}')).toBe(false)
    expect(isMatch({ a: [{ 'anything-but': 5 }] }, '{"a":1e400}')).toBe(true)
  })

  it.each([
    [{ prefix: 'AB' }, 'ABC', 'BC'],
    [{ prefix: ['AB', 'CD'] }, 'CDE', 'BC'],
    [{ suffix: '.png' }, 'a.png', 'a.gif'],
    [{ suffix: ['.png', '.gif'] }, 'a.gif', 'a.txt'],
    [{ 'equals-ignore-case': 'ab' }, 'AB', 'abc'],
    [{ 'equals-ignore-case': ['ab', 'cd'] }, 'cD', 'ab cd'],
    [{ wildcard: 'a*c' }, 'abc', 'abcd'],
    [{ wildcard: ['a*c', '*z'] }, 'xyz', 'abcd'],
  ])('[BRIDGE-10] excludes by %j', (operator, excluded, other) => {
    expect(isMatch({ a: [{ 'anything-but': operator }] }, { a: excluded })).toBe(false)
    expect(isMatch({ a: [{ 'anything-but': operator }] }, { a: other })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': operator }] }, { a: 7 })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': operator }] }, { a: null })).toBe(true)
  })

  it('[BRIDGE-10] is one value of a list like any other', () => {
    expect(isMatch({ a: [{ 'anything-but': 'x' }, 'x'] }, { a: 'x' })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': { prefix: 'x' } }, { suffix: 'y' }] }, { a: 'xy' })).toBe(true)
    expect(isMatch({ a: [{ 'anything-but': { prefix: 'x' } }, { suffix: 'y' }] }, { a: 'xz' })).toBe(false)
  })
})
