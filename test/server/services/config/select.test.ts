import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import { selectResourceConfig } from '../../../../server/services/config/select.ts'
import { ConfigBench, errorOf, valueOf, vehicle } from './bench.ts'

/** Three cars, one of them gone, and a sign. */
function city(): ConfigBench {
  const bench = new ConfigBench()
  bench.see(1, { resourceId: 'FR-001', configuration: vehicle(0.9), tags: { owner: 'hall' } })
  bench.see(2, { resourceId: 'FR-002', configuration: vehicle(0.2, { kind: 'taxi' }), tags: { owner: "l'hotel" } })
  bench.see(3, {
    resourceId: 'FR-003',
    configuration: vehicle(0.5, { kind: 'taxi' }),
    relationships: [{ resourceType: 'City::Road::Road', resourceId: 'A7', relationshipName: 'Is on Road' }],
  })
  bench.see(4, { resourceId: 'FR-004' })
  bench.see(5, { resourceId: 'FR-004', configuration: null })
  bench.see(6, { resourceType: 'City::Road::Sign', resourceId: 'S1', configuration: { limitKmh: 50 } })
  return bench
}

const { state } = city()

const select = (expression: string) =>
  valueOf(selectResourceConfig(state, { expression })).results.map((row) => JSON.parse(row) as JsonObject)

const ids = (where: string) => select(`SELECT resourceId WHERE ${where}`).map((row) => row['resourceId'])

describe('advanced queries', () => {
  it.each([
    ["resourceType = 'City::Fleet::Vehicle'", ['FR-001', 'FR-002', 'FR-003']],
    ["resourceId = 'FR-004'", []],
    ['configuration.brakes.wear > 0.5', ['FR-001']],
    ['configuration.brakes.wear >= 0.5', ['FR-001', 'FR-003']],
    ['configuration.brakes.wear < 0.5', ['FR-002']],
    ['configuration.brakes.wear <= 0.5', ['FR-002', 'FR-003']],
    ['configuration.brakes.wear BETWEEN 0.2 AND 0.5', ['FR-002', 'FR-003']],
    ['configuration.headlights.working = true', ['FR-001', 'FR-002', 'FR-003']],
    ["configuration.kind <> 'taxi'", ['FR-001']],
    ["configuration.kind != 'taxi'", ['FR-001']],
    ["configuration.kind IN ('bus', 'taxi')", ['FR-002', 'FR-003']],
    ["configuration.kind NOT IN ('taxi') AND resourceType LIKE 'City::Fleet%'", ['FR-001']],
    ["resourceId LIKE 'FR-00%'", ['FR-001', 'FR-002', 'FR-003']],
    ["resourceId LIKE 'FR-00'", []],
    ["tags.owner = 'l''hotel'", ['FR-002']],
    ["relationships.resourceId = 'A7'", ['FR-003']],
    ["resourceId = 'S1' OR configuration.brakes.wear = 0.2 AND configuration.kind = 'sedan'", ['S1']],
    ["(resourceId = 'S1' OR configuration.brakes.wear = 0.2) AND configuration.kind = 'taxi'", ['FR-002']],
    ["NOT resourceType = 'City::Fleet::Vehicle'", ['S1']],
    ["configuration.brakes.wear > '0.1'", []],
  ])('[CONFIG-43] WHERE %s finds %o', (where, expected) => {
    expect(ids(where)).toEqual(expected)
  })

  it('[CONFIG-43] gives nested properties nested, and leaves out what a row has not', () => {
    expect(select('SELECT resourceId, configuration.brakes.wear, configuration.kind, tags')).toEqual([
      { resourceId: 'FR-001', configuration: { brakes: { wear: 0.9 }, kind: 'sedan' }, tags: { owner: 'hall' } },
      { resourceId: 'FR-002', configuration: { brakes: { wear: 0.2 }, kind: 'taxi' }, tags: { owner: "l'hotel" } },
      { resourceId: 'FR-003', configuration: { brakes: { wear: 0.5 }, kind: 'taxi' }, tags: {} },
      { resourceId: 'S1', tags: {} },
    ])
  })

  it('[CONFIG-43] counts and groups', () => {
    expect(select('SELECT COUNT(*)')).toEqual([{ 'COUNT(*)': 4 }])
    expect(select("SELECT COUNT(*) WHERE resourceId = 'nobody'")).toEqual([{ 'COUNT(*)': 0 }])
    expect(
      select(`
        select configuration.kind, count(*), avg(configuration.brakes.wear), max(configuration.brakes.wear)
        where resourceType = 'City::Fleet::Vehicle' group by configuration.kind order by count(*) desc`),
    ).toEqual([
      {
        configuration: { kind: 'taxi' },
        'COUNT(*)': 2,
        'AVG(configuration.brakes.wear)': 0.35,
        'MAX(configuration.brakes.wear)': 0.5,
      },
      {
        configuration: { kind: 'sedan' },
        'COUNT(*)': 1,
        'AVG(configuration.brakes.wear)': 0.9,
        'MAX(configuration.brakes.wear)': 0.9,
      },
    ])
    expect(select('SELECT SUM(configuration.limitKmh), MIN(configuration.nothing)')).toEqual([
      { 'SUM(configuration.limitKmh)': 50, 'MIN(configuration.nothing)': null },
    ])
  })

  it('[CONFIG-43] orders rows, those without the value last', () => {
    const order = (by: string) =>
      select(`SELECT resourceId, configuration.brakes.wear ORDER BY ${by}`).map((row) => row['resourceId'])
    expect(order('configuration.brakes.wear')).toEqual(['FR-002', 'FR-003', 'FR-001', 'S1'])
    expect(order('configuration.brakes.wear DESC')).toEqual(['FR-001', 'FR-003', 'FR-002', 'S1'])
    expect(order('resourceId DESC')[0]).toBe('S1')
  })

  it.each([
    '',
    'SELECT',
    'DELETE resourceId',
    'SELECT resourceId FROM cars',
    'SELECT resourceId WHERE',
    "SELECT resourceId WHERE resourceId == 'x'",
    "SELECT resourceId WHERE resourceId = 'x",
    'SELECT resourceId WHERE resourceId = x',
    "SELECT resourceId WHERE (resourceId = 'x'",
    "SELECT resourceId WHERE resourceId = 'x' resourceId",
    'SELECT resourceId WHERE resourceId LIKE 5',
    'SELECT resourceId, COUNT(*)',
    'SELECT resourceId GROUP BY resourceType',
    'SELECT resourceId; DROP TABLE cars',
    `SELECT resourceId WHERE ${'('.repeat(2000)}`,
    `SELECT resourceId WHERE ${'NOT '.repeat(1000)} resourceId = 'x'`,
    `SELECT resourceId WHERE resourceId = '${'x'.repeat(5000)}'`,
  ])('[CONFIG-43] refuses %j', (expression) => {
    expect(errorOf(selectResourceConfig(state, { expression }))).toBe('InvalidExpressionException')
  })

  it('[CONFIG-43] answers page by page, with the names of its columns', () => {
    const first = valueOf(
      selectResourceConfig(state, { expression: 'SELECT resourceId, COUNT(*) GROUP BY resourceId', limit: 3 }),
    )
    expect([first.results.length, first.nextToken, first.selectFields]).toEqual([
      3,
      'from-3',
      ['resourceId', 'COUNT(*)'],
    ])
    const request = { expression: 'SELECT resourceId', limit: 101 }
    expect(errorOf(selectResourceConfig(state, request))).toBe('InvalidLimitException')
  })
})
