import { readdirSync, readFileSync } from 'node:fs'

import { beforeAll, describe, expect, it } from 'vitest'

import { openCity, type City } from '../../server/city/city.ts'
import { causesOf, type Thing } from '../../server/city/ledger.ts'
import { tick } from '../../server/city/tick.ts'
import { loadLibrary } from '../../server/library.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { fromIso } from '../../shared/time.ts'
import { workshop } from '../support/workshop.ts'
import { LOCALES } from './locales.ts'

const FOLDER = new URL('../../assets/scenarios/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))

function mustDecode(json: unknown): Scenario {
  const decoded = decodeScenario(json)
  if (!decoded.ok) throw new Error(`${decoded.error.path}: ${decoded.error.reason}`)
  return decoded.value
}

const library = loadLibrary()
if (!library.ok) throw new Error(library.error)
const { maps, scenarios } = library.value

function mustMap(id: string): CityMap {
  const map = maps.get(id)
  if (map === undefined) throw new Error(`no map is called ${id}`)
  return map
}

describe.each(FILES)('%s', (name) => {
  let scenario: Scenario
  let map: CityMap
  beforeAll(() => {
    scenario = mustDecode(readJson(name))
    map = mustMap(scenario.map)
  })

  it('[SCENARIO-1] decodes, and is called like its file', () => {
    expect(`${scenario.id}.json`).toBe(name)
    expect({ ...scenarios.get(scenario.id), questions: scenario.questions }).toEqual(scenario)
    expect(fromIso(scenario.clock.startsAt)).not.toBeNull()
    expect(scenario.players.min).toBeLessThanOrEqual(scenario.players.max)
  })

  it('[SCENARIO-2] names roads, texts and units that exist, each once', () => {
    const roads = map.roads.map(({ id }) => id)
    expect(scenario.street.startRoads.filter((id) => !roads.includes(id))).toEqual([])
    const zones = map.zones.map(({ id }) => id)
    const named = scenario.injects.flatMap(({ change }) => (change.kind === 'set-zone' ? [change.zoneId] : []))
    expect(named.filter((id) => !zones.includes(id))).toEqual([])
    const texts = [scenario.title, scenario.summary]
    for (const locale of Object.values(LOCALES)) expect(texts.filter((key) => !(key in locale))).toEqual([])
    const { units, rules, configRules, alarms } = scenario.services
    for (const names of [
      units.map(({ functionName }) => functionName),
      rules.map((rule) => rule.name),
      configRules.map((rule) => rule.name),
      alarms.map((alarm) => alarm.name),
      scenario.injects.map(({ id }) => id),
    ])
      expect(new Set(names).size).toBe(names.length)
  })

  it('[SCENARIO-3] obeys the limits of the services: the city opens, and runs its first second', () => {
    let city = openCity({ map, scenario, seed: 7 })
    for (let n = 0; n < 20; n += 1) city = tick(city, [])
    expect(city.tick).toBe(20)
    expect(city.bridge.rules).toHaveLength(scenario.services.rules.length)
    expect(city.lambda.functions).toHaveLength(scenario.services.units.length)
  })
})

describe('a scenario file', () => {
  const broken = (change: (copy: never) => void): unknown => {
    const copy: unknown = structuredClone(workshop)
    change(copy as never)
    return copy
  }

  it.each<[string, (copy: Scenario & Record<string, never>) => void, string]>([
    ['a rule without its unit', (s) => Object.assign(s.services.rules[0]?.targets[0] ?? {}, { functionName: 'nobody' }), 'services.rules[0].targets[0].functionName'],
    ['an action without its unit', (s) => Object.assign(s.services.alarms[0] ?? {}, { alarmActions: ['function:nobody'] }), 'services.alarms[0].alarmActions[0]'],
    ['an action that is no address', (s) => Object.assign(s.services.alarms[0] ?? {}, { alarmActions: ['queue:box'] }), 'services.alarms[0].alarmActions[0]'],
    ['a destination without its unit', (s) => Object.assign(s.services.units[1] ?? {}, { onFailure: 'function:nobody' }), 'services.units[1].onFailure'],
    ['a dead-letter target that is a function', (s) => Object.assign(s.services.units[1] ?? {}, { deadLetterTarget: 'function:x' }), 'services.units[1].deadLetterTarget'],
    ['a unit with empty code', (s) => Object.assign(s.services.units[1] ?? {}, { code: '' }), 'services.units[1].code'],
    ['a third retry', (s) => Object.assign(s.services.units[1] ?? {}, { maximumRetryAttempts: 3 }), 'services.units[1].maximumRetryAttempts'],
    ['twenty-six attempts', (s) => Object.assign(s.services.configRules[0]?.remediation ?? {}, { maximumAutomaticAttempts: 26 }), 'services.configRules[0].remediation.maximumAutomaticAttempts'],
    ['a sixth target', (s) => s.services.rules[0]?.targets.push(...(s.services.rules[0]?.targets ?? []), ...(s.services.rules[0]?.targets ?? [])), 'services.rules[0].targets'],
  ])('[SCENARIO-4] with %s is refused with the place of its fault', (_, change, path) => {
    expect(decodeScenario(broken(change as (copy: never) => void))).toMatchObject({ ok: false, error: { path } })
  }) // prettier-ignore

  it('[SCENARIO-5] sets up alarms, actions, work orders, destinations and code in AWS’s own terms', () => {
    const city = openCity({ map: mustMap(workshop.map), scenario: workshop, seed: 7, bots: 0 })
    expect(city.watch.alarms['trouble']).toMatchObject({ kind: 'composite', children: ['errors', 'silence'] })
    expect(city.watch.alarms['errors']?.config).toMatchObject({ Namespace: 'AWS/Lambda', Threshold: 0 })
    expect(city.config.remediations.map(({ targetId }) => targetId)).toContain('City-RepairHeadlights')
    const faulty = city.lambda.functions.find((fn) => fn.name === 'faulty')
    expect(faulty?.latest.deadLetterTargetArn).toBe('arn:aws:sqs:eu-west-3:111122223333:lost-letters')
    expect(faulty?.eventInvokeConfigs).toMatchObject([
      { maximumRetryAttempts: 0, onFailure: 'arn:aws:sns:eu-west-3:111122223333:town-crier' },
    ])
    expect(faulty?.latest.code).toContain('broken')
    expect(Object.values(city.bridge.targets).flat()).toContainEqual(
      expect.objectContaining({
        id: 'faulty',
        deadLetterConfig: { arn: 'arn:aws:sqs:eu-west-3:111122223333:undeliverable' },
      }),
    )
    expect(city.lambda.limits).toMatchObject({ accountConcurrency: 20, unreservedMinimum: 5 })
    const witness = city.lambda.functions.find((fn) => fn.name === 'witness')
    expect(witness?.permissions).toMatchObject([
      { principal: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: expect.stringContaining(':alarm:speed-*') },
    ])
  })
})

describe('Discovery, played by bots', () => {
  const seen: Thing[] = []
  let city: City
  beforeAll(() => {
    const scenario = mustDecode(readJson('discovery.json'))
    city = openCity({ map: mustMap(scenario.map), scenario, seed: 7, bots: 20 })
    for (let n = 0; n < 2400; n += 1) city = tick(city, [])
    seen.push(...[...city.ledger.recent.values()].map(({ thing }) => thing))
  })

  it('[SCENARIO-6] comes to a fine with a complete chain, and to a compliance check afterwards', () => {
    const fine = seen.find((thing) => thing.kind === 'letter' && thing.it.entry.kind === 'fine')
    const chain = causesOf(city.ledger, fine?.it.id ?? '0/0').map(({ thing }) => thing.kind)
    expect(chain).toEqual(['fact', 'alarm', 'event', 'match', 'dispatch', 'start', 'fact', 'fact', 'letter'])
    const checked = seen.findLastIndex(({ kind }) => kind === 'compliance')
    expect(checked).toBeGreaterThan(seen.findIndex((thing) => thing === fine))
  })

  it('[SCENARIO-6] gives every service something to do', () => {
    const { alarmActions: _a, remediations: _r, deadLetters: _d, messages: _m, ...counts } = city.counts
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([])
  })
})
