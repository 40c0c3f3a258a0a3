import { beforeAll, describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import type { CodeRun } from '../../../server/city/code-runs.ts'
import type { CityCommand } from '../../../server/city/command.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { causesOf, type Thing } from '../../../server/city/ledger.ts'
import { tick } from '../../../server/city/tick.ts'
import { decodeScenario, type Scenario } from '../../../shared/content/scenario.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { openDiscovery } from '../../support/test-city.ts'
import { join, PLATE, workshop } from '../../support/workshop.ts'

const VEHICLE = 'City::Fleet::Vehicle'
const rules = [
  { name: 'lights-by-unit', functionName: 'judge', inputParameters: { strict: true } },
  { name: 'tread-by-guard', policy: 'rule tread { configuration.tyres.treadMm >= 1.6 <<worn>> }', inputParameters: {} },
]
const judge = { functionName: 'judge', role: 'judge-role', timeout: 60, code: 'export const handler = () => 1' }

const scenarioWith = (configRules: unknown) =>
  decodeScenario({
    ...workshop,
    services: { ...workshop.services, units: [...workshop.services.units, judge], configRules },
  })

const courtroom = (): Scenario => {
  const decoded = scenarioWith(rules)
  if (!decoded.ok) throw new Error(`${decoded.error.path}: ${decoded.error.reason}`)
  return decoded.value
}

/** What the unit would do: judge the headlights of the item it is called with. */
function runJudge({ start }: CodeRun, token?: string): CityCommand {
  const { invokingEvent, resultToken } = start.payload as Readonly<Record<string, string>>
  const { configurationItem: item } = JSON.parse(invokingEvent ?? '{}') as { configurationItem?: JsonObject }
  const lights = item?.['configuration'] as { readonly headlights?: { readonly working: boolean } } | null | undefined
  const verdict = {
    complianceResourceType: VEHICLE,
    complianceResourceId: JSON.stringify(item?.['resourceId'] ?? '').slice(1, -1),
    complianceType: lights?.headlights?.working === false ? 'NON_COMPLIANT' : 'COMPLIANT',
    annotation: 'looked at',
  } as const
  const calls = [{ name: 'putEvaluations', resultToken: token ?? resultToken ?? '', evaluations: [verdict] }] as const
  const { requestId, attempt } = start
  const outcome = { kind: 'returned', payload: null } as const
  return {
    kind: 'complete-invocation',
    completion: { requestId, attempt, outcome, logLines: [], calls, durationMs: 40 },
  }
}

/** A parked car with dark headlights and worn tyres, and an inspector on the way to it. */
function inspect(token?: string) {
  const begin: readonly CityCommand[] = [
    join,
    { kind: 'assist', seatId: 's1', assists: { steering: true, braking: true, speedCap: 1, autopilot: false } },
    { kind: 'set-part', plate: PLATE, part: 'headlights', value: false, cause: null },
    { kind: 'set-part', plate: PLATE, part: 'tyres', value: 1, cause: null },
    { kind: 'send-unit', errandId: 'test', unit: 'inspector', plate: PLATE, cause: '1/1' },
  ]
  const journal: (readonly CityCommand[])[] = []
  let city = openDiscovery({ bots: 0, scenario: courtroom() })
  for (let n = 0; n < 3600; n += 1) {
    const runs = city.runs.filter(({ start }) => start.functionName === 'judge')
    journal.push([...(n === 0 ? begin : []), ...runs.map((run) => runJudge(run, token))])
    city = tick(city, journal.at(-1) ?? [])
  }
  return { city, journal }
}

const things = (city: City, kind: Thing['kind']) =>
  [...city.ledger.recent.values()].map(({ thing }) => thing).filter((thing) => thing.kind === kind)
const verdictOf = (city: City, name: string) =>
  city.config.rules.find(({ definition }) => definition.configRuleName === name)?.results[`${VEHICLE}/${PLATE}`]
const evaluationCalls = (city: City) =>
  things(city, 'record').flatMap((thing) =>
    thing.kind === 'record' && thing.it.call.eventName === 'PutEvaluations' ? [thing.it.call] : [],
  )

describe('a rule that a unit judges', () => {
  let city: City
  let journal: readonly (readonly CityCommand[])[]
  beforeAll(() => {
    ;({ city, journal } = inspect())
  })

  it('[CITY-33] calls its unit with the item, and takes the verdicts that the unit puts', () => {
    expect(verdictOf(city, 'lights-by-unit')).toMatchObject({
      complianceType: 'NON_COMPLIANT',
      annotation: 'looked at',
    })
    expect(evaluationCalls(city)[0]).toMatchObject({
      eventSource: 'config.amazonaws.com',
      principal: { type: 'AssumedRole', roleName: 'judge-role' },
      requestParameters: { evaluations: [{ complianceResourceId: PLATE, complianceType: 'NON_COMPLIANT' }] },
    })
    expect(evaluationCalls(city)[0]).not.toHaveProperty('errorCode')
  })

  it('[CITY-33] names the unit’s run as the cause of its verdict', () => {
    const verdict = things(city, 'compliance').find(
      (thing) => thing.kind === 'compliance' && thing.it.configRuleName === 'lights-by-unit',
    )
    const chain = causesOf(city.ledger, verdict?.it.id ?? '0/0').map(({ thing }) => thing.kind)
    expect(chain.slice(-4)).toEqual(['item', 'start', 'attempt', 'compliance'])
  })

  it('[CITY-17] is replayed from its journal alone', () => {
    let again = openDiscovery({ bots: 0, scenario: courtroom() })
    for (const asked of journal) again = tick(again, asked)
    expect(hashCity(again)).toBe(hashCity(city))
  })

  it('[CITY-34] may be written in Guard instead', () => {
    expect(verdictOf(city, 'tread-by-guard')).toMatchObject({ complianceType: 'NON_COMPLIANT', annotation: 'worn' })
  })
})

describe('a verdict with a token that Config does not know', () => {
  it('[CITY-33] is refused in the logbook and changes nothing', () => {
    const { city } = inspect('stolen')
    expect(evaluationCalls(city)[0]).toMatchObject({ errorCode: 'InvalidResultTokenException' })
    expect(verdictOf(city, 'lights-by-unit')).toBeUndefined()
  })
})

describe('a custom rule of a scenario', () => {
  it.each([
    ['a unit that is not there', { ...rules[0], functionName: 'nobody' }, 'services.configRules[0].functionName'],
    ['a name that is none', { ...rules[0], functionName: 'no one' }, 'services.configRules[0].functionName'],
    ['an empty policy', { ...rules[1], policy: '' }, 'services.configRules[0].policy'],
  ])('[CITY-34] with %s is refused', (_, rule, path) => {
    expect(scenarioWith([rule])).toMatchObject({ ok: false, error: { path } })
  })
})
