import { describe, expect, it } from 'vitest'

import { compilePattern, matches } from '../../../../server/services/bridge/pattern.ts'
import { openRuler } from '../../../../server/services/bridge/ruler.ts'

/** Rules that look at the same fields in other ways: what a pattern finds alone it has to find among them. */
const NEIGHBOURS = [
  '{"a":[{"prefix":"a"},{"suffix":"b"},{"wildcard":"*a*"},{"equals-ignore-case":"AB"},{"cidr":"10.0.0.0/8"}]}',
  '{"a":[{"numeric":[">",-1,"<=",300]},0,1,300,{"anything-but":[1,2]},null,true,"","10.0.0.1"]}',
  '{"a":[{"exists":false}],"b":[{"exists":true}],"a.b":[1]}',
  '{"a":{"x":[1,{"exists":false}],"y":["v"],"x.z":[2]},"b":{"$or":[{"x":[1]},{"y":[2]}]}}',
]

/** Whether an event matches, however it is asked: alone or among other rules. */
function isFound(patternText: string, eventText: string): boolean {
  const pattern = compilePattern(patternText)
  if (!pattern.ok) throw new Error(`${patternText}: ${pattern.error.message}`)
  const ruler = openRuler()
  for (const [index, neighbour] of NEIGHBOURS.entries()) ruler.addRule(`neighbour-${index}`, neighbour)
  ruler.addRule('asked', pattern.value)
  const found = matches(pattern.value, eventText)
  expect(ruler.rulesForEvent(eventText).includes('asked')).toBe(found)
  return found
}

type Row = readonly [pattern: string, event: string, isMatch: boolean]

/** Rows of `value in the pattern | value in the event | whether they match`. */
const ofValues = (rows: readonly Row[]): readonly Row[] =>
  rows.map(([pattern, event, isMatch]) => [`{"a":[${pattern}]}`, event === '' ? '{}' : `{"a":${event}}`, isMatch])

describe('numbers', () => {
  it.each(
    ofValues([
      ['1', '1.0', true],
      ['1', '10e-1', true],
      ['1.50', '15E-1', true],
      ['-0', '0', true],
      ['0', '-0.0e5', true],
      ['0.30000000000000004', '0.3', false],
      ['0.1', '0.10000000000000001', false],
      ['1e22', '10000000000000000000000', true],
      ['1e23', '100000000000000000000000', true],
      ['9007199254740992', '9007199254740992.0', true],
      ['9007199254740993', '9007199254740993', true],
      ['9007199254740993', '9007199254740992', false],
      ['9007199254740993', '9007199254740993.0', false],
      ['12345678901234567890', '12345678901234567890', true],
      ['12345678901234567890', '12345678901234567891', false],
      ['12345678901234567000', '1.2345678901234567e19', true],
      ['0.1234567890123456789', '0.1234567890123456789', true],
      ['0.1234567890123456789', '0.12345678901234568', false],
      ['5e-324', '5e-324', true],
      ['4e-324', '5e-324', false],
      ['1e-400', '1e-400', true],
      ['1e-400', '0', false],
      ['1e400', '10e399', false],
      ['1', '"1"', false],
      ['1', 'true', false],
      ['0', 'null', false],
      ['999999999999999', '999999999999999.0', true],
      ['9999999999999999', '1e16', false],
    ]),
  )('[BRIDGE-3] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(
    ofValues([
      ['{"numeric":[">",0]}', '0', false],
      ['{"numeric":[">=",0]}', '-0', true],
      ['{"numeric":["<=",-0]}', '0', true],
      ['{"numeric":[">",-5e9,"<=",5e9]}', '5000000000', true],
      ['{"numeric":[">",-5e9,"<=",5e9]}', '-5000000000', false],
      ['{"numeric":[">",-5e9,"<=",5e9]}', '5000000000.1', false],
      ['{"numeric":[">",5e9]}', '9007199254740992', true],
      ['{"numeric":["=",1e0]}', '1.00', true],
      ['{"numeric":["<",0.3]}', '0.1', true],
      ['{"numeric":["<",10]}', '-1e400', false],
      ['{"numeric":[">",0]}', '0.10000000000000001', false],
      ['{"numeric":[">",0,"<=",5]}', '[null,"3",9,{"b":3}]', false],
      ['{"numeric":[">",0,"<=",5]}', '[null,9,3]', true],
      ['{"numeric":[">",0,"<=",5]}', '', false],
    ]),
  )('[BRIDGE-7] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })
})

describe('texts', () => {
  it.each(
    ofValues([
      ['"\\u0041"', '"A"', true],
      ['"A"', '"\\u0041"', true],
      ['"\\ud83d\\ude00"', '"😀"', true],
      ['"\\ud83d"', '"\\ud83d"', true],
      ['"\\ud83d"', '"😀"', false],
      ['"/"', '"\\/"', true],
      ['"a\\nb"', '"a\\u000ab"', true],
      ['""', '""', true],
      ['""', 'null', false],
      ['""', '[]', false],
      ['"null"', 'null', false],
      ['null', '"null"', false],
      ['false', '0', false],
      ['true', '"true"', false],
      ['null', '[[null]]', true],
    ]),
  )('[BRIDGE-2] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(
    ofValues([
      ['{"equals-ignore-case":"ÀÉ"}', '"àé"', true],
      ['{"equals-ignore-case":"𐐀b"}', '"𐐨B"', true],
      ['{"prefix":{"equals-ignore-case":"x𐐀"}}', '"X𐐨y"', true],
      ['{"suffix":{"equals-ignore-case":"𐐀ß"}}', '"a𐐨SS"', true],
      ['{"suffix":{"equals-ignore-case":"𐐀ß"}}', '"a𐐨ss"', false],
      ['{"equals-ignore-case":"12:-"}', '"12:-"', true],
      ['{"equals-ignore-case":""}', '""', true],
      ['{"equals-ignore-case":"ß"}', '"ß"', true],
      ['{"equals-ignore-case":"😀"}', '"😀"', true],
    ]),
  )('[BRIDGE-5] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(
    ofValues([
      ['{"wildcard":"*\\\\**"}', '"x*y"', true],
      ['{"wildcard":"*\\\\**"}', '"xy"', false],
      ['{"wildcard":"a*\\\\*"}', '"a*"', true],
      ['{"wildcard":"a\\\\\\\\*"}', '"a\\\\"', true],
      ['{"wildcard":"*abab*"}', '"aababab"', true],
      ['{"wildcard":"a*a"}', '"a"', false],
      ['{"wildcard":"*😀"}', '"x😀"', true],
      ['{"wildcard":"*"}', '"😀\\n"', true],
      ['{"wildcard":"*a*b*c*d*"}', '"xaxbxcxdx"', true],
      ['{"wildcard":"*a*b*c*d*"}', '"xdxcxbxax"', false],
      ['{"prefix":""}', '["",1]', true],
      ['{"suffix":""}', 'false', false],
      ['{"prefix":"é"}', '"e\\u0301"', false],
    ]),
  )('[BRIDGE-6] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(
    ofValues([
      ['"10.0.0.1"', '"010.000.0.1"', true],
      ['"1:2:3:4:5:6:7:8"', '"1:2:3:4:5:6:7:08"', true],
      ['"::"', '"0:0:0:0:0:0:0:0"', true],
      ['"256.1.1.1"', '"256.1.1.1"', true],
      ['"1.2.3"', '"1.2.3.0"', false],
      ['{"cidr":"10.0.0.0/8"}', '"10.1.2.3 "', false],
      ['{"cidr":"10.0.0.0/8"}', '167772161', false],
      ['{"cidr":"10.255.255.255/0"}', '"1.2.3.4"', true],
      ['{"cidr":"::/1"}', '"7fff::"', true],
      ['{"cidr":"::/1"}', '"8000::"', false],
      ['{"cidr":"10.0.0.0/31"}', '["::1","10.0.0.1"]', true],
    ]),
  )('[BRIDGE-8] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })
})

describe('what is there, and what is something else', () => {
  it.each(
    ofValues([
      ['{"exists":false}', 'null', false],
      ['{"exists":false}', '[{},[],[[]]]', true],
      ['{"exists":true}', '[{},[""]]', true],
      ['{"exists":true},{"exists":false}', '{"b":1}', true],
      ['null,{"exists":false}', '[]', true],
      ['null,{"exists":false}', '""', false],
    ]),
  )('[BRIDGE-9] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(
    ofValues([
      ['{"anything-but":"x"}', '["x","x"]', false],
      ['{"anything-but":"x"}', '["x","y"]', true],
      ['{"anything-but":"x"}', '["x",{"b":"y"}]', false],
      ['{"anything-but":""}', '""', false],
      ['{"anything-but":""}', 'null', true],
      ['{"anything-but":5}', '5.0', false],
      ['{"anything-but":5}', '9007199254740993', true],
      ['{"anything-but":{"prefix":["a","b"]}}', '"bx"', false],
      ['{"anything-but":{"prefix":["a","b"]}}', '["bx",1]', true],
      ['{"anything-but":{"wildcard":""}}', '""', false],
      ['{"anything-but":{"wildcard":"*/lib/*"}}', '"x/libs/y"', true],
      ['{"anything-but":{"equals-ignore-case":""}}', '"a"', true],
      ['{"anything-but":{"suffix":"x"}}', '', false],
      ['{"anything-but":"x"},{"exists":false}', '', true],
    ]),
  )('[BRIDGE-10] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })
})

describe('shapes', () => {
  it.each<Row>([
    ['{"a":{"b":[{"exists":false}]}}', '{"a":[{"b":1},{"c":2}]}', false],
    ['{"a":{"b":[{"exists":false}]}}', '{"a":5}', true],
    ['{"a":{"b":[{"exists":false}],"c":[2]}}', '{"a":[{"b":1},{"c":2}]}', false],
    ['{"a":{"c":[2],"d":[{"exists":false}]}}', '{"a":[{"d":1},{"c":2}]}', true],
    ['{"a":{"x":[1],"y":[2]}}', '{"a":[{"x":1}],"a":[{"y":2}]}', true],
    ['{"a":{"x":[1],"y":[2]}}', '{"a":[{"x":1},{"y":2}]}', false],
    ['{"a":{"x":[1],"y":[2]}}', '{"a":{"x":1},"a":{"y":2}}', true],
    ['{"a":{"x":[1]},"b":{"x":[2]}}', '{"a":[{"x":2},{"x":1}],"b":[{"x":2}]}', true],
    ['{"a":{"b":{"x":[1]},"y":[2]}}', '{"a":[{"b":[{"x":0},{"x":1}],"y":2}]}', true],
    ['{"a":{"b":{"x":[1]},"y":[2]}}', '{"a":[{"b":[{"x":1}],"y":0},{"b":[{"x":0}],"y":2}]}', false],
  ])('[BRIDGE-12] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each<Row>([
    ['{"a":{"z":[1],"$or":[{"x":[1]},{"y":[2]}]}}', '{"a":[{"z":1},{"y":2}]}', false],
    ['{"a":{"z":[1],"$or":[{"x":[1]},{"y":[2]}]}}', '{"a":[{"x":1},{"z":1,"y":2}]}', true],
    ['{"$or":[{"$or":[{"a":[1]},{"b":[1]}]},{"c":[1]}],"d":[1]}', '{"b":1,"d":1}', true],
    ['{"$or":[{"$or":[{"a":[1]},{"b":[1]}]},{"c":[1]}],"d":[1]}', '{"b":1}', false],
    ['{"$or":[{"a":[1]},{"a":[{"exists":false}]}]}', '{"a":2}', false],
    ['{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}', '{"a":1,"b":3}', true],
    ['{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}', '{"a":1}', false],
  ])('[BRIDGE-14] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each<Row>([
    ['{"a":{"b.c":[1]}}', '{"a.b":{"c":1}}', true],
    ['{"a":{"":[1]}}', '{"a.":1}', true],
    ['{".":[1]}', '{"":{"":1}}', true],
    ['{"a.b":[1]}', '{"a":[{"b":2},{"b":1}]}', true],
    ['{"a.b":[1],"a":{"c":[2]}}', '{"a":[{"b":1},{"c":2}]}', false],
    ['{"a.b":[1]}', '{"a.b.c":1}', false],
    ['{"a":[1],"a.b":[2]}', '{"a":1,"a.b":2}', true],
    ['{"a":{"b":[2]},"a.b":[1]}', '{"a":{"b":2}}', false],
    ['{"__proto__":{"a":[1]}}', '{"__proto__":{"a":1}}', true],
    ['{"constructor":[{"exists":false}]}', '{}', true],
    ['{"toString":{"name":[{"exists":true}]}}', '{}', false],
  ])('[BRIDGE-15] %s, %s: %s', (pattern, event, expected) => {
    expect(isFound(pattern, event)).toBe(expected)
  })

  it.each(['01', '-01', '00.5', '1.', '.5', '-.5', '-', '+1', '1e', '0x1', 'NaN', 'nul', 'True'])(
    '[BRIDGE-17] takes %s for no value, alone or among other rules',
    (value) => {
      expect(isFound('{"a":[{"exists":true}]}', `{"a":${value}}`)).toBe(false)
      expect(isFound('{"a":[{"exists":true}]}', `{"a":[${value}]}`)).toBe(false)
    },
  )
})
