import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { putMetricFilter, testMetricFilter } from '../../../../server/services/watch/log-metrics.ts'
import { parseLogPattern } from '../../../../server/services/watch/log-pattern.ts'
import { parseLogRegex } from '../../../../server/services/watch/log-regex.ts'
import { createLogGroup } from '../../../../server/services/watch/logs.ts'
import { openWatch } from '../../../../server/services/watch/watch.ts'
import { tickAt } from './world.ts'

/** Whether the expression finds a part of the text; `null` when it cannot be read. */
function finds(source: string, text: string): boolean | null {
  const regex = parseLogRegex(source)
  return regex.ok ? regex.value(text) : null
}

describe('regular expressions', () => {
  it.each([
    ['AUTHORIZED', '[ERROR 401] UNAUTHORIZED REQUEST', true],
    ['AUTHORIZED', 'authorized', false],
    ['^ERROR', 'ERROR 4', true],
    ['^ERROR', 'an ERROR', false],
    ['4$', 'ERROR 4', true],
    ['^$', '', true],
    ['^$', ' ', false],
    ['colou?r', 'the color', true],
    ['colou?r', 'the colouur', false],
    ['ab*c', 'ac', true],
    ['ab+c', 'ac', false],
    ['ab+c', 'abbbc', true],
    ['^a{3}$', 'aaa', true],
    ['^a{3}$', 'aaaa', false],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,}$', 'aaaa', true],
    ['^a{0}b$', 'b', true],
    ['gray|grey', 'a grey car', true],
    ['gray|grey', 'a green car', false],
    ['^a|b$', 'xb', true],
    ['10\\.10\\.0\\.1', '10.10.0.1', true],
    ['10\\.10\\.0\\.1', '10x10.0.1', false],
    ['a.c', 'a c', true],
    ['a.c', 'a\nc', false],
    ['\\d{1,3}\\s\\w+', 'at 131 km', true],
    ['^\\D+$', 'km', true],
    ['\\S\\W\\S', 'a-b', true],
    ['[a-cx]', 'x', true],
    ['[a-cx]', 'd', false],
    ['[^a-c]', 'abc', false],
    ['^[]x]$', ']', true],
    ['^[^]x]$', ']', false],
    ['^[a\\-z]$', 'm', false],
    ['^[\\d.]+$', '1.2', true],
    ['^[a|b]$', '|', true],
    ['\\x41', 'A', true],
    ['^[\\x41-\\x43]$', 'B', true],
    ['a\\|b', 'a|b', true],
    ['\\[ERROR\\]', '[ERROR]', true],
  ])('[WATCH-102] finds %s in %j: %s', (source, text, expected) => {
    expect(finds(source, text)).toBe(expected)
  })

  it.each([
    '', '|a', 'a|', 'a||b', '*a', 'a**', 'a{2,1}', 'a{', 'a}', '{2}', '(a)', 'a b', 'something!', 'é', 'a\\', '[a', '[]', '[^]',
    '[z-a]', '^*', '$+', '\\b', '\\k', '\\x4', 'a{99999}', 'a{2000}', '~', '<a>', '"a"',
  ])('[WATCH-102] refuses %j', (source) => {
    expect(finds(source, 'a')).toBeNull()
  }) // prettier-ignore

  it('[WATCH-102] finds what JavaScript’s own expressions find', () => {
    const atom = fc.constantFrom('a', 'b', '-', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\w', '\\S', '\\.', '^', '$', '1')
    const repeat = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,}')
    const piece = fc.tuple(atom, repeat).map(([one, times]) => (one === '^' || one === '$' ? one : one + times))
    const branch = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))
    const source = fc.array(branch, { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|'))
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '-', '.', '1', ' '), { maxLength: 8 })
      .map((chars) => chars.join(''))
    fc.assert(
      fc.property(source, text, (expression, message) => {
        expect(finds(expression, message)).toBe(new RegExp(expression).test(message))
      }),
      { seed: 115, numRuns: 3000 },
    )
  })

  it('[WATCH-102] is not held up by any', () => {
    const message = `${'a'.repeat(20_000)}!`
    for (const source of ['^a*a*a*a*a*a*b', 'a{0,100}a{0,100}b$', '[a-z]*[a-z]*[a-z]*1'])
      expect(finds(source, message)).toBe(false)
  })
})

describe('patterns with regular expressions', () => {
  const matches = (pattern: string, message: string) => {
    const parsed = parseLogPattern(pattern)
    return parsed.ok ? parsed.value(message) !== null : parsed.error
  }
  const json = JSON.stringify({ event: 'UpdateTrail', plate: 'AB-123', speed: 131 })

  it.each([
    ['%[Ee]rror%', 'an Error', true],
    ['  %^E%  ', 'Error', true],
    ['%^E%', 'an Error', false],
    ['100% sure', '100% sure', true],
    ['{ $.event = %Trail$% }', json, true],
    ['{ $.event = %^Trail% }', json, false],
    ['{ $.event != %^Trail% && $.plate = %^[A-Z]{2}-\\d{3}$% }', json, true],
    ['{ $.speed = %^13% }', json, true],
    ['{ $.none = %.% }', json, false],
    ['[level=%^E%, ..., n=%^\\d{1,3}$%]', 'ERROR of 131', true],
    ['[level=%^E%, ..., n=%^\\d{1,2}$%]', 'ERROR of 131', false],
    ['[level!=%^W%]', 'ERROR', true],
  ])('[WATCH-103] %s with %j: %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })

  it.each([
    '%(a)%',
    '%%',
    '{ $.a = %(a)% }',
    '{ $.a > %a% }',
    '[a=%(a)%]',
    '{ $.a = %a% && $.b = %b% && $.c = %c% }',
    '[a=%a%, b=%b%, c=%c%]',
  ])('[WATCH-103] refuses %s', (pattern) => {
    expect(matches(pattern, '')).toBeTypeOf('string')
    expect(testMetricFilter({ filterPattern: pattern, logEventMessages: [] }).ok).toBe(false)
  })

  it('[WATCH-103] stand in five metric filters of a group at most', () => {
    const ctx = { ...tickAt(0), cause: '0/1' } as const
    const made = createLogGroup(openWatch({ now: ctx.now }), { logGroupName: 'radio' }, ctx)
    if (!made.ok) throw new Error(made.error.message)
    let { state } = made.value
    const put = (filterName: string, filterPattern: string) => {
      const metricTransformations = [{ metricName: 'Calls', metricNamespace: 'City', metricValue: '1' }]
      return putMetricFilter(state, { logGroupName: 'radio', filterName, filterPattern, metricTransformations }, ctx)
    }
    for (const n of [1, 2, 3, 4, 5]) {
      const done = put(`f${n}`, n % 2 === 0 ? '{ $.a = %b% }' : '%a%')
      if (!done.ok) throw new Error(done.error.message)
      ;({ state } = done.value)
    }
    expect(put('f6', '%a%')).toMatchObject({ ok: false, error: { code: 'LimitExceededException' } })
    expect([put('f5', '%b%').ok, put('f6', 'ERROR').ok, put('f6', '{ $.a = "%b%" }').ok]).toEqual([true, true, true])
  })
})
