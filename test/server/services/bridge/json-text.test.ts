import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { JsonFault, parseJsonObject, readJson, type JsonNode } from '../../../../server/services/bridge/json-text.ts'

/** The value a node stands for, as JavaScript's own parser would give it. */
function toValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, toValue(value)]))
    case 'array':
      return node.items.map(toValue)
    case 'number':
      return Number(node.text)
    case 'string':
    case 'literal':
      return node.value
    default:
      return node satisfies never
  }
}

/** What a reader makes of a text: the value, or that it is none. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return { value: read() }
  } catch (error) {
    return error instanceof SyntaxError || error instanceof JsonFault ? 'not JSON' : error
  }
}

const both = (text: string) => [outcomeOf(() => toValue(readJson(text))), outcomeOf(() => JSON.parse(text))] as const

describe('reading JSON text', () => {
  it.each([
    ...' |1|-0|-|01|1.|.5|1e5|1E+05|1e|+1|NaN|tru|true|nul|null|""|"\\u00e9"|"\\ud83d\\ude00"'.split('|'),
    ...'"\\x"|"\\u12g4"|"a|"\t"|"\u2028"|[]|[ ]|[1,]|[,1]|[1 2]|[[]|{}|{"a"}|{"a":}|{"a":1,}|{a:1}'.split('|'),
    ...'{"a":1 "b":2}|{"a":1}{|\ufeff1|\u00a01|[1]]|"\\"|\'a\'|{"__proto__":1}|{"a":1,"a":2}|// 1'.split('|'),
  ])('[BRIDGE-17] takes %j for what JSON.parse takes it', (text) => {
    const [ours, theirs] = both(text)
    expect(ours).toEqual(theirs)
  })

  it('[BRIDGE-17] agrees with JSON.parse on any value, written with or without blanks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t', '\n \r'), (value, blanks) => {
        const text = JSON.stringify(value, null, blanks)
        expect(toValue(readJson(text))).toEqual(JSON.parse(text))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('[BRIDGE-17] agrees with JSON.parse on texts that were cut, swapped and spoilt', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '0',
      '1',
      '-',
      '.',
      'e',
      'true',
      ' ',
      '\n',
      'a',
    )
    const spoil = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 3 }), pieces)
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(spoil, { minLength: 1, maxLength: 3 }), (value, changes) => {
        const text = changes.reduce(
          (before, [at, removed, piece]) => before.slice(0, at) + piece + before.slice(at + removed),
          JSON.stringify(value),
        )
        const [ours, theirs] = both(text)
        expect(ours).toEqual(theirs)
      }),
      { seed: 2, numRuns: 2000 },
    )
  })

  it('[BRIDGE-3] keeps the text of numbers and the order of repeated names', () => {
    expect(readJson('{"a":1.50,"b":2,"a":[-0]}')).toMatchObject({
      members: [
        { name: 'a', at: 1, value: { kind: 'number', text: '1.50', at: 5 } },
        { name: 'b', value: { text: '2' } },
        { name: 'a', value: { kind: 'array', items: [{ text: '-0' }] } },
      ],
    })
  })

  it('[BRIDGE-38] gives objects only', () => {
    expect(parseJsonObject('{"a":[1]}')).toEqual({ a: [1] })
    for (const text of ['[]', '1', '"{}"', 'null', '{', '']) expect(parseJsonObject(text)).toBeNull()
    expect(parseJsonObject(`{"a":${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}}`)).toBeNull()
  })

  it.each([
    ['letters', 'a'],
    ['escapes', '\\n'],
    ['pairs of surrogates', '😀'],
  ])('[BRIDGE-17] reads a string of millions of %s', (_, unit) => {
    const text = `"${unit.repeat(3_000_000)}"`
    expect(readJson(text)).toMatchObject({ kind: 'string', value: JSON.parse(text) as string })
    expect(outcomeOf(() => readJson(text.slice(0, -1)))).toBe('not JSON')
  })
})
