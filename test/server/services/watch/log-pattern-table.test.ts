import { describe, expect, it } from 'vitest'

import { parseLogPattern } from '../../../../server/services/watch/log-pattern.ts'

type Row = readonly [pattern: string, isMatch: boolean]

/** Whether a message matches; `null` when the pattern is none. */
function isFound(pattern: string, message: string): boolean | null {
  const parsed = parseLogPattern(pattern)
  return parsed.ok ? parsed.value(message) !== null : null
}

describe('terms, over four lines', () => {
  const LINES = ['FAULT 12 lamp dark', 'FAULT 19 sign bent', 'NOTE 3 lamp changed', 'all quiet']

  it.each<readonly [string, string]>([
    ['', '1234'],
    ['" "', '1234'],
    ['""', '1234'],
    ['FAULT', '12'],
    ['fault', ''],
    ['FAULT lamp', '1'],
    ['lamp FAULT', '1'],
    ['"lamp FAULT"', ''],
    ['"FAULT 1"', '12'],
    ['?FAULT ?NOTE', '123'],
    ['?"sign bent" ?quiet', '24'],
    ['FAULT -sign', '1'],
    ['-FAULT', '34'],
    ['-FAULT -NOTE', '4'],
    ['-"FAULT 1"', '34'],
    ['?FAULT ?NOTE -dark', '23'],
    ['%[0-9][0-9]%', '12'],
    ['%^NOTE|quiet$%', '34'],
  ])('[WATCH-87] %s finds %s', (pattern, found) => {
    const numbers = LINES.flatMap((line, n) => (isFound(pattern, line) ? n + 1 : [])).join('')
    expect(numbers).toBe(found)
  })
})

describe('JSON patterns', () => {
  const EVENT = JSON.stringify({
    action: 'OpenBarrier',
    from: '10.20.30.7',
    lanes: ['left', 'middle'],
    cars: [
      { plate: 'FR-042', seats: 1 },
      { plate: 'FR-007', seats: 4 },
    ],
    grid: [
      [0, 1],
      [2, 3],
    ],
    driver: { name: 'lea', age: 31 },
    note: null,
    night: true,
    rain: false,
    word: 'true',
    tiny: 0.001,
    text: '15',
  })

  it.each<Row>([
    ['{ $.action = "OpenBarrier" }', true],
    ['{$.action="OpenBarrier"}', true],
    ['{ $.action = OpenBarrier }', true],
    ['{ $.action = "openbarrier" }', false],
    ['{ $.action = "Open*" }', true],
    ['{ $.action = "*pen*rrie*" }', true],
    ['{ $.action = "*pen" }', false],
    ['{ $.action = * }', true],
    ['{ $.action != "Close*" }', true],
    ['{ $.action = %^Open% }', true],
    ['{ $.action != %^Open% }', false],
    ['{ $.from = 10.20.* }', true],
    ['{ $.from != 10.20.* }', false],
    ['{ $.from != 10.30.* }', true],
    ['{ $.lanes[0] = "left" }', true],
    ['{ $.lanes[1] = "left" }', false],
    ['{ $.lanes[2] = "left" }', false],
    ['{ $.lanes[*] = "middle" }', true],
    ['{ $.cars[1].seats = 4 }', true],
    ['{ $.cars[*].seats > 4 }', false],
    ['{ $.cars[*].plate = "*-042" }', true],
    ['{ $.grid[1][0] = 2 }', true],
    ['{ $.grid[0][1] > 1 }', false],
    ['{ $.driver.age >= 31 }', true],
    ['{ $.driver.age < 31 }', false],
    ['{ $.driver = "lea" }', false],
    ['{ $.tiny = 1e-3 }', true],
    ['{ $.tiny != 1e+3 }', true],
    ['{ $.tiny < 0.01 }', true],
    ['{ $.text > 14 }', true],
    ['{ $.action > 1 }', false],
    ['{ $.note = * }', false],
    ['{ $.note = null }', false],
    ['{ $.note != lea }', false],
    ['{ $.driver != lea }', false],
    ['{ $.action.length = 11 }', false],
    ['{ $.note.name = * }', false],
  ])('[WATCH-88] %s: %s', (pattern, expected) => {
    expect(isFound(pattern, EVENT)).toBe(expected)
  })

  it.each<Row>([
    ['{ $.note IS NULL }', true],
    ['{ $.action IS NULL }', false],
    ['{ $.nothing IS NULL }', false],
    ['{ $.nothing NOT EXISTS }', true],
    ['{ $.note NOT EXISTS }', false],
    ['{ $.driver NOT EXISTS }', false],
    ['{ $.night IS TRUE }', true],
    ['{ $.rain IS TRUE }', false],
    ['{ $.rain IS FALSE }', true],
    ['{ $.word IS TRUE }', false],
    ['{ $.nothing = * }', false],
    ['{ $.nothing != "x" }', false],
    ['{ $.note != "x" }', false],
    ['{ $.night IS TRUE && $.driver.age = 31 }', true],
    ['{ $.rain IS TRUE || $.note IS NULL }', true],
    ['{ $.action = "x" || $.rain IS FALSE && $.night IS FALSE }', false],
    ['{ ($.action = "x" || $.rain IS FALSE) && $.night IS TRUE }', true],
    ['{ $.rain IS FALSE || $.action = "x" && $.night IS FALSE }', true],
    ['{ (($.night IS TRUE)) }', true],
  ])('[WATCH-88] %s: %s', (pattern, expected) => {
    expect(isFound(pattern, EVENT)).toBe(expected)
  })

  it.each([
    '{}',
    '{ }',
    '{ $.a }',
    '{ $.a = }',
    '{ a = 1 }',
    '{ $.a = 1',
    '{ $.a == 1 }',
    '{ $.a > "x" }',
    '{ $.a < %x% }',
    '{ $.a = 1 && }',
    '{ && $.a = 1 }',
    '{ ($.a = 1 }',
    '{ $.a = 1) }',
    '{ $.a = 1 } x',
    '{ $.a IS }',
    '{ $.a EXISTS }',
    '{ $.a = 1 $.b = 2 }',
    '{ $.a[x] = 1 }',
  ])('[WATCH-88] refuses %s', (pattern) => {
    expect(isFound(pattern, EVENT)).toBeNull()
  })

  it.each(['no JSON', '[1]', '"text"', '{"tiny":', ''])('[WATCH-88] finds nothing in %j', (message) => {
    expect(isFound('{ $.tiny NOT EXISTS }', message)).toBe(false)
  })
})

describe('patterns of fields', () => {
  const LINE = '10.20.30.7 gate lea [14/Mar/2026:09:26:53 +0000] "OPEN /north/barrier" 404 1534'

  it.each<Row>([
    ['[ip, place, name, time, request, code, bytes]', true],
    ['[ip, place, name, time, request, code]', false],
    ['[ip, place, name, time, request, code, bytes, more]', false],
    ['[ip, place, name, time, request, code=4*, bytes]', true],
    ['[ip, place, name, time, request, code=5*, bytes]', false],
    ['[ip, place, name, time, request = *barrier*, code = 4*, ...]', true],
    ['[..., code=404, bytes>1000]', true],
    ['[..., bytes>=2000]', false],
    ['[..., bytes<=1534]', true],
    ['[ip=10.20.30.7, ...]', true],
    ['[ip!=10.*, ...]', false],
    ['[ip=%^10%, ...]', true],
    ['[ip, ..., bytes]', true],
    ['[...]', true],
    ['[ip, place="gate", ...]', true],
    ['[ip, place="gat", ...]', false],
    ['[time="14/Mar/2026*", ...]', false],
    ['[ip, place, name, time="14/Mar/2026*", ...]', true],
    ['[ip, place, name=lea||name=tom, ...]', true],
    ['[ip, place, name=bob||name=tom, ...]', false],
    ['[ip, place, name!=bob&&name!=tom, ...]', true],
    ['[ip, place, name!=bob&&name!=lea, ...]', false],
    ['[ip, place, name=bob&&name!=lea||name=lea, ...]', true],
    ['[, , name=lea, ...]', true],
  ])('[WATCH-89] %s: %s', (pattern, expected) => {
    expect(isFound(pattern, LINE)).toBe(expected)
  })

  it.each(['[ip', '[..., a, ...]', '[a=]', '[a==b]', '[a=b c]', '[a="b]', '[a=b||c=d]', '[a~b]'])(
    '[WATCH-89] refuses %s',
    (pattern) => {
      expect(isFound(pattern, LINE)).toBeNull()
    },
  )

  it('[WATCH-89] gives the parts it names', () => {
    const parsed = parseLogPattern('[ip, ..., request, code, bytes]')
    const match = parsed.ok ? parsed.value(LINE) : null
    expect(['$ip', '$request', '$code', '$bytes', '$time'].map((name) => match?.part(name))).toEqual([
      '10.20.30.7',
      'OPEN /north/barrier',
      '404',
      '1534',
      undefined,
    ])
  })
})
