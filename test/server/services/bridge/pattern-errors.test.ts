import { describe, expect, it } from 'vitest'

import { compilePattern } from '../../../../server/services/bridge/pattern.ts'
import { reasonAgainst } from './kit.ts'

const RESERVED =
  'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
  'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
  'ip-address-in-range ip-address-not-in-range'
const RULE_TOO_COMPLEX = /^Rule is too complex/

describe('what is no pattern', () => {
  it.each<readonly [string, string]>([
    ['[]', 'Filter is not an object'],
    ['"a"', 'Filter is not an object'],
    ['null', 'Filter is not an object'],
    ['{"a":[1]', 'Unexpected end of text'],
    ['', 'Unexpected end of text'],
    ['{a:[1]}', "Unexpected character 'a'"],
    ['{"a":[01]}', "Unexpected character '1'"],
    ['{"a":["\t"]}', 'Not a JSON string'],
    ['{}', 'Empty objects are not allowed'],
    ['{"a":{}}', 'Empty objects are not allowed'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":1}', '"a" must be an object or an array'],
    ['{"a":{"b":"x"}}', '"b" must be an object or an array'],
    ['{"a":null}', '"a" must be an object or an array'],
    ['{"a":[[1]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a":[{}]}', 'Match expression name not found'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['{"a":[{"Prefix":"x"}]}', 'Unrecognized match type Prefix'],
    ['{"a":[{"toString":"x"}]}', 'Unrecognized match type toString'],
    ['{"a":[{"prefix":"x","prefix":"x"}]}', 'Only one key allowed in match expression'],
    ['{"a":[],"a":[1]}', 'Empty arrays are not allowed'],
    ['{"$or":1,"$or":[{"a":[1]},{"b":[1]}]}', 'It must be an Array followed with $or.'],
  ])('[BRIDGE-18] %s: %s', (text, reason) => {
    expect(reasonAgainst(text)).toBe(reason)
  })

  it.each<readonly [unknown, string | RegExp]>([
    [{ prefix: 1 }, 'prefix match pattern must be a string'],
    [{ prefix: ['x'] }, 'prefix match pattern must be a string'],
    [{ prefix: { suffix: 'x' } }, 'Unsupported prefix pattern: suffix'],
    [{ prefix: { 'equals-ignore-case': 1 } }, 'equals-ignore-case match pattern must be a string'],
    [{ suffix: null }, 'suffix match pattern must be a string'],
    [{ suffix: {} }, 'Match expression name not found'],
    [{ 'equals-ignore-case': ['x'] }, 'equals-ignore-case match pattern must be a string'],
    [{ wildcard: 1 }, 'wildcard match pattern must be a string'],
    [{ wildcard: ['x*'] }, 'wildcard match pattern must be a string'],
    [{ wildcard: 'a**b' }, 'Consecutive wildcard characters at pos 2'],
    [{ wildcard: 'a\\b' }, 'Invalid escape character at pos 1'],
    [{ wildcard: 'ab\\' }, 'Invalid escape character at pos 2'],
    [{ wildcard: '*1*2*3*4*5*' }, RULE_TOO_COMPLEX],
    [{ exists: 'true' }, 'exists match pattern must be either true or false.'],
    [{ exists: null }, 'exists match pattern must be either true or false.'],
    [{ 'anything-but': null }, 'Value of anything-but must be an array or single string/number value.'],
    [{ 'anything-but': true }, 'Value of anything-but must be an array or single string/number value.'],
    [{ 'anything-but': [] }, 'Empty arrays are not allowed'],
    [{ 'anything-but': [null] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ 'anything-but': ['x', true] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ 'anything-but': [['x']] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ 'anything-but': ['x', 1] }, /mixed type is not supported$/],
    [{ 'anything-but': {} }, 'Match expression name not found'],
    [{ 'anything-but': { numeric: ['=', 1] } }, 'Unsupported anything-but pattern: numeric'],
    [{ 'anything-but': { cidr: '10.0.0.0/8' } }, 'Unsupported anything-but pattern: cidr'],
    [{ 'anything-but': { prefix: '' } }, 'Null prefix/suffix not allowed'],
    [{ 'anything-but': { suffix: ['x', ''] } }, 'Null prefix/suffix not allowed'],
    [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }, 'prefix match pattern must be a string'],
    [{ 'anything-but': { prefix: [] } }, 'Empty arrays are not allowed'],
    [{ 'anything-but': { prefix: 'a', suffix: 'b' } }, 'Only one key allowed in match expression'],
    [{ 'anything-but': { wildcard: '**' } }, 'Consecutive wildcard characters at pos 1'],
    [{ numeric: 5 }, 'Value of numeric must be an array.'],
    [{ numeric: [] }, /^Invalid member in numeric match/],
    [{ numeric: [5] }, /^Invalid member in numeric match/],
    [{ numeric: ['!=', 5] }, 'Unrecognized numeric range operator: !='],
    [{ numeric: ['>'] }, 'Value of > must be numeric'],
    [{ numeric: ['>', '5'] }, 'Value of > must be numeric'],
    [{ numeric: ['=', null] }, 'Value of equals must be numeric'],
    [{ numeric: ['=', 1, '=', 2] }, 'Too many elements in numeric expression'],
    [{ numeric: ['<', 1, '>', 0] }, 'Too many terms in numeric range expression'],
    [{ numeric: ['>', 1, '<', 2, '<', 3] }, 'Too many terms in numeric range expression'],
    [{ numeric: ['>', 1, '>', 2] }, 'Bad numeric range operator: >'],
    [{ numeric: ['>', 1, 2] }, /^Bad value in numeric range/],
    [{ numeric: ['>', 1, '<'] }, 'Value of < must be numeric'],
    [{ numeric: ['>', 2, '<', 1] }, 'Bottom must be less than top'],
    [{ numeric: ['>=', 1, '<=', 1] }, 'Bottom must be less than top'],
    [{ cidr: '10.0.0.0' }, "Malformed CIDR, one '/' required"],
    [{ cidr: '10.0.0.0/8/8' }, "Malformed CIDR, one '/' required"],
    [{ cidr: '10.0.0.0/x' }, 'Malformed CIDR, mask bits must be an integer'],
    [{ cidr: '10.0.0.0/' }, 'Malformed CIDR, mask bits must be an integer'],
    [{ cidr: '10.0.0.0/-1' }, /^Malformed CIDR/],
    [{ cidr: '10.0.0/8' }, 'Nonstandard IP address: 10.0.0'],
    [{ cidr: '1::2::3/8' }, 'Nonstandard IP address: 1::2::3'],
    [{ cidr: '10.0.0.0/32' }, 'IPv4 mask bits must be < 32'],
    [{ cidr: '::1/128' }, 'IPv6 mask bits must be < 128'],
    [{ cidr: 10 }, 'cidr match pattern must be a string'],
  ])('[BRIDGE-18] %j: %s', (matcher, reason) => {
    expect(reasonAgainst({ a: [matcher] })).toMatch(reason)
  })

  it.each([
    '{"a":[{"numeric":["=",9007199254740993]}]}',
    '{"a":[{"numeric":[">",1e400]}]}',
    '{"a":[{"anything-but":9007199254740993}]}',
    '{"a":[{"anything-but":[1,12345678901234567890]}]}',
  ])('[BRIDGE-18] refuses a bound that loses digits: %s', (text) => {
    expect(reasonAgainst(text)).toMatch(/must be/)
  })

  it.each<readonly [unknown, string]>([
    [{ $or: { a: [1] } }, 'It must be an Array followed with $or.'],
    [{ $or: 1 }, 'It must be an Array followed with $or.'],
    [{ $or: [] }, 'There must have at least 2 Objects in $or relationship.'],
    [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
    [{ $or: [{ a: [1] }, 1] }, 'Only JSON object is allowed in array of $or relationship.'],
    [{ $or: [{ a: [1] }, {}] }, 'Empty objects are not allowed'],
    [{ $or: [{ a: [1] }, { b: 2 }] }, '"b" must be an object or an array'],
    [{ x: { $or: [{ a: [1] }] } }, 'There must have at least 2 Objects in $or relationship.'],
  ])('[BRIDGE-18] %j: %s', (pattern, reason) => {
    expect(reasonAgainst(pattern as object)).toEqual(reason)
  })

  it('[BRIDGE-18] refuses alternatives that multiply beyond a thousand', () => {
    const or = (size: number, name: string) => Array.from({ length: size }, (_, i) => ({ [`${name}${i}`]: [1] }))
    const nested = (...sizes: readonly number[]) =>
      Object.fromEntries(sizes.map((size, i) => [`f${i}`, { $or: or(size, 'x') }]))
    expect(reasonAgainst(nested(10, 10, 10))).toBeNull()
    expect(reasonAgainst(nested(10, 10, 11))).toMatch(RULE_TOO_COMPLEX)
  })

  it('[BRIDGE-18] accepts five stars, escaped stars beyond them, and wide ranges', () => {
    expect(reasonAgainst({ a: [{ wildcard: '*1*2*3*4*' }] })).toBeNull()
    expect(reasonAgainst({ a: [{ wildcard: '\\*\\*\\*\\*\\*\\*\\*' }] })).toBeNull()
    expect(
      reasonAgainst({ a: [{ cidr: '10.0.0.0/0' }, { cidr: '::/127' }, { numeric: ['>', -1, '<', 0.5] }] }),
    ).toBeNull()
  })

  it.each(RESERVED.split(' '))('[BRIDGE-19] keeps %s out of $or at any depth', (name) => {
    const reason = `${name} is Ruler reserved fieldName which cannot be used inside $or.`
    expect(reasonAgainst({ $or: [{ a: [1] }, { [name]: [1] }] })).toBe(reason)
    expect(reasonAgainst({ $or: [{ a: [1] }, { b: { [name]: [1] } }] })).toBe(reason)
    expect(reasonAgainst({ [name]: [1] })).toBeNull()
  })

  it('[BRIDGE-18] says where the fault is', () => {
    const text = '{\n  "detail": {\n    "speed": [{"numeric": [">", 5, "<", 5]}]\n  }\n}'
    const compiled = compilePattern(text)
    expect(compiled).toEqual({
      ok: false,
      error: {
        code: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: Bottom must be less than top\n at [line: 3, column: 41]',
        reason: 'Bottom must be less than top',
        line: 3,
        column: 41,
        path: 'detail.speed',
      },
    })
  })
})
