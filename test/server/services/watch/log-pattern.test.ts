import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isLike } from '../../../../server/services/watch/log-condition.ts'
import { testMetricFilter } from '../../../../server/services/watch/log-metrics.ts'
import { parseLogPattern } from '../../../../server/services/watch/log-pattern.ts'

/** Whether the message matches; the fault when the pattern cannot be read. */
function matches(pattern: string, message: string | object): boolean | string {
  const parsed = parseLogPattern(pattern)
  if (!parsed.ok) return parsed.error
  return parsed.value(typeof message === 'string' ? message : JSON.stringify(message)) !== null
}

describe('terms', () => {
  const line = '[ERROR] brake failure of FR-042'
  it.each([
    ['', true],
    ['  ', true],
    ['ERROR', true],
    ['error', false],
    ['ERROR brake', true],
    ['ERROR tyre', false],
    ['"brake failure"', true],
    ['"failure brake"', false],
    ['failure brake', true],
    ['?tyre ?brake', true],
    ['?tyre ?lamp', false],
    ['ERROR -tyre', true],
    ['ERROR -brake', false],
    ['-tyre', true],
    ['-brake', false],
    ['?tyre ERROR', true],
    ['?ERROR tyre', false],
    ['"FR-042"', true],
    ['FR-042', true],
  ])('[WATCH-87] answers %j with %s', (pattern, expected) => {
    expect(matches(pattern, line)).toBe(expected)
  })

  it('[WATCH-87] reads escaped quotes', () => {
    expect(matches('"say \\"stop\\""', 'they say "stop" here')).toBe(true)
  })

  it('[WATCH-87] takes 1024 characters', () => {
    expect([matches('x'.repeat(1024), line), matches('x'.repeat(1025), line)]).toEqual([
      false,
      'A pattern has at most 1024 characters',
    ])
  })

  it('[WATCH-87] refuses a quote that is not closed', () => {
    expect(matches('ERROR "brake', line)).toBe('Invalid character(s) in term at position 5')
  })
})

describe('JSON patterns', () => {
  const event = {
    speed: 131,
    plate: 'AB-123',
    ok: true,
    off: false,
    trailer: null,
    text: '131',
    car: { brakes: { wear: 0.5 }, 'tyre-tread': 3 },
    stops: [{ street: 'A' }, { street: 'B', s: 9 }],
    'odd name': 1,
  }
  it.each([
    ['{ $.speed = 131 }', true],
    ['{ $.speed = 131.0 }', true],
    ['{ $.speed > 110 }', true],
    ['{ $.speed > 131 }', false],
    ['{ $.speed >= 131 }', true],
    ['{ $.speed < 131 }', false],
    ['{ $.speed <= 131 }', true],
    ['{ $.speed != 90 }', true],
    ['{ $.speed != 131 }', false],
    ['{$.speed>110}', true],
    ['{ $.plate = "AB-123" }', true],
    ['{ $.plate = AB-123 }', true],
    ['{ $.plate = "AB*" }', true],
    ['{ $.plate = "*123" }', true],
    ['{ $.plate = "A*1*3" }', true],
    ['{ $.plate = "AC*" }', false],
    ['{ $.plate != "AC*" }', true],
    ['{ $.plate = "ab*" }', false],
    ['{ $.text = 131 }', true],
    ['{ $.text = "131" }', true],
    ['{ $.car.brakes.wear < 1 }', true],
    ['{ $.car.tyre-tread = 3 }', true],
    ['{ $["odd name"] = 1 }', true],
    ['{ $.stops[0].street = "A" }', true],
    ['{ $.stops[1].street = "A" }', false],
    ['{ $.stops[*].street = "B" }', true],
    ['{ $.stops[9].street = "B" }', false],
    ['{ $.missing = 1 }', false],
    ['{ $.missing != 1 }', false],
    ['{ $.car = 1 }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.speed NOT EXISTS }', false],
    ['{ $.trailer NOT EXISTS }', false],
    ['{ $.trailer IS NULL }', true],
    ['{ $.speed IS NULL }', false],
    ['{ $.missing IS NULL }', false],
    ['{ $.ok IS TRUE }', true],
    ['{ $.off IS FALSE }', true],
    ['{ $.off IS TRUE }', false],
    ['{ ($.speed > 110) && ($.plate = "AB*") }', true],
    ['{ $.speed > 110 && $.plate = "X" }', false],
    ['{ $.speed > 200 || $.plate = "AB*" }', true],
    ['{ $.speed > 110 || $.speed > 120 && $.plate = "X" }', true],
    ['{ ($.speed > 110 || $.speed > 120) && $.plate = "X" }', false],
  ])('[WATCH-88] answers %s with %s', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected)
  })

  it.each(['plain text', '[1, 2]', '"text"', '{ broken', '7'])('[WATCH-88] never matches the message %s', (message) => {
    expect(matches('{ $.speed NOT EXISTS }', message)).toBe(false)
  })

  it.each([
    '{', '{ }', '{ $.a }', '{ $.a = }', '{ a = 1 }', '{ $.a = 1', '{ ($.a = 1 }', '{ $.a = 1 } x', '{ $.a = 1 && }',
    '{ $.a > "x" }', '{ $.a ~ 1 }', '{ $.a IS }', '{ $.a = 1 | $.b = 2 }', `{ ${'('.repeat(70)}$.a = 1${')'.repeat(70)} }`,
  ])('[WATCH-88] refuses %s', (pattern) => {
    expect(matches(pattern, event)).toBeTypeOf('string')
  }) // prettier-ignore
})

describe('space-delimited patterns', () => {
  const line = '127.0.0.1 frank [10/Oct/2000:13:25:15] "GET /index.html" 404 1534'
  it.each([
    ['[ip, user, time, request, status, bytes]', true],
    ['[ip, user, time, request, status]', false],
    ['[ip, user, time, request, status=404, bytes]', true],
    ['[ip, user, time, request, status=4*, bytes]', true],
    ['[ip, user, time, request, status=5*, bytes]', false],
    ['[ip, user, time, request, status, bytes > 1000]', true],
    ['[ip, user, time, request, status, bytes > 2000]', false],
    ['[ip=127*, ...]', true],
    ['[..., bytes > 1000]', true],
    ['[ip, ..., status = 404, bytes]', true],
    ['[ip, ..., status = 200, bytes]', false],
    ['[a, b, c, d, e, f, g, ...]', false],
    ['[ip, user, time, request="GET*", ...]', true],
    ['[ip, user!=frank, ...]', false],
    ['[..., status = 404 || status = 410, bytes]', true],
    ['[..., bytes > 1000 && bytes < 1500]', false],
  ])('[WATCH-89] answers %s with %s', (pattern, expected) => {
    expect(matches(pattern, line)).toBe(expected)
  })

  it.each(['[ip', '[ip, , user=]', '[a, ..., b, ...]', '[a > 1 && b < 2]'])('[WATCH-89] refuses %s', (pattern) => {
    expect(matches(pattern, line)).toBeTypeOf('string')
  })

  it('[WATCH-89] is not held up by a hostile message', () => {
    expect(matches('[a, ...]', '[ '.repeat(200_000))).toBe(true)
    expect(matches('[a]', '"'.repeat(400_001))).toBe(false)
  })

  it('[WATCH-89] gives the parts by name', () => {
    const parsed = parseLogPattern('[ip, ..., status, bytes]')
    const match = parsed.ok ? parsed.value(line) : null
    expect(['$ip', '$status', '$bytes', '$user'].map((part) => match?.part(part))).toEqual([
      '127.0.0.1',
      '404',
      '1534',
      undefined,
    ])
  })
})

describe('testMetricFilter', () => {
  it('[WATCH-87] numbers the messages that match from 1', () => {
    const logEventMessages = ['ERROR a', 'fine', 'ERROR b']
    expect(testMetricFilter({ filterPattern: 'ERROR', logEventMessages })).toEqual({
      ok: true,
      value: [
        { eventNumber: 1, eventMessage: 'ERROR a' },
        { eventNumber: 3, eventMessage: 'ERROR b' },
      ],
    })
    expect(testMetricFilter({ filterPattern: '{', logEventMessages })).toMatchObject({
      error: { code: 'InvalidParameterException', field: 'filterPattern' },
    })
  })
})

describe('isLike', () => {
  it('[WATCH-88] agrees with a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
    fc.assert(
      fc.property(letters, letters, (given, pattern) => {
        const text = given.replaceAll('*', 'a')
        expect(isLike(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text))
      }),
    )
  })
})
