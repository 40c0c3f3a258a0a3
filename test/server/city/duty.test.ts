import { describe, expect, it } from 'vitest'

import type { DutyAct } from '../../../shared/protocol/duty.ts'
import type { City } from '../../../server/city/city.ts'
import { tryPattern, viewDuty } from '../../../server/city/duty-view.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { causesOf } from '../../../server/city/ledger.ts'
import { scoreOf } from '../../../server/city/study-view.ts'
import { tick } from '../../../server/city/tick.ts'
import { openDiscovery } from '../../support/test-city.ts'

const join = { kind: 'join', seatId: 's1', plate: 'FR-1', vehicle: 'sedan', colour: 0 } as const
const asked = (act: DutyAct) => ({ kind: 'operate', seatId: 's1', by: 'FR-1', act }) as const
const opened = (bots = 0): City => tick(openDiscovery({ bots }), [join])
const doing = (city: City, act: DutyAct): City => tick(city, [asked(act)])

function run(city: City, ticks: number): City {
  let next = city
  for (let n = 0; n < ticks; n += 1) next = tick(next, [])
  return next
}

/** The newest record of an operation. */
const recordOf = (city: City, eventName: string) =>
  [...city.ledger.recent.values()]
    .flatMap(({ thing }) => (thing.kind === 'record' && thing.it.call.eventName === eventName ? [thing.it] : []))
    .at(-1) ?? expect.fail(`no ${eventName} in the logbook`)

const dial = {
  threshold: 90,
  period: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: 'missing',
} as const
const ACTS: readonly (readonly [DutyAct, string, (city: City) => unknown, unknown])[] = [
  [{ do: 'PutRule', rule: 'fine-speeders', eventPattern: '{"source":["aws.cloudwatch"]}' }, 'events', ({ bridge }) => bridge.rules.find(({ name }) => name === 'fine-speeders')?.eventPattern, '{"source":["aws.cloudwatch"]}'],
  [{ do: 'DisableRule', rule: 'fine-speeders' }, 'events', ({ bridge }) => bridge.rules.find(({ name }) => name === 'fine-speeders')?.state, 'DISABLED'],
  [{ do: 'PutFunctionConcurrency', function: 'issue-fine', reserved: 9 }, 'lambda', ({ lambda }) => lambda.functions.find(({ name }) => name === 'issue-fine')?.reservedConcurrency, 9],
  [{ do: 'PutConfigRule', rule: 'tyre-tread-minimum', inputParameters: '{"minTreadMm":"4"}' }, 'config', ({ config }) => config.rules.find(({ definition }) => definition.configRuleName === 'tyre-tread-minimum')?.definition.inputParameters, '{"minTreadMm":"4"}'],
  [{ do: 'StopLogging' }, 'cloudtrail', ({ trail }) => trail.trails[0]?.isLogging, false],
  [{ do: 'PutEventSelectors', dataEvents: false }, 'cloudtrail', (city) => viewDuty(city, 'archivist')?.trail?.dataEvents, false],
  [{ do: 'PutMetricAlarm', camera: 'A7-E', ...dial }, 'monitoring', ({ dials }) => dials['A7-E'], dial],
] // prettier-ignore

describe('a desk', () => {
  it.each(ACTS)('[CITY-50] turns its dial, and the logbook has the call: %j', (act, source, read, wanted) => {
    const city = doing(opened(), act)
    expect(read(city)).toEqual(wanted)
    const { call } = recordOf(city, act.do)
    expect(call).toMatchObject({
      eventSource: `${source}.amazonaws.com`,
      principal: { type: 'IAMUser', userName: 'FR-1' },
      category: 'Management',
    })
    expect(call.errorCode).toBeUndefined()
  })

  it.each<readonly [DutyAct, string]>([
    [{ do: 'PutRule', rule: 'fine-speeders', eventPattern: '{"source":"aws.cloudwatch"}' }, 'InvalidEventPatternException'],
    [{ do: 'EnableRule', rule: 'no-such-rule' }, 'ResourceNotFoundException'],
    [{ do: 'PutFunctionConcurrency', function: 'issue-fine', reserved: 990 }, 'InvalidParameterValueException'],
    [{ do: 'PutFunctionConcurrency', function: 'nobody', reserved: 1 }, 'ResourceNotFoundException'],
    [{ do: 'StartConfigRulesEvaluation', rule: 'no-such-rule' }, 'NoSuchConfigRuleException'],
    [{ do: 'PutConfigRule', rule: 'no-such-rule', inputParameters: '{}' }, 'NoSuchConfigRuleException'],
    [{ do: 'PutMetricAlarm', camera: 'NONE', ...dial }, 'ResourceNotFound'],
    [{ do: 'PutMetricAlarm', camera: 'A7-E', ...dial, period: 45 }, 'ValidationError'],
    [{ do: 'PutMetricAlarm', camera: 'A7-E', ...dial, datapointsToAlarm: 4 }, 'ValidationError'],
  ])('[CITY-50] is refused in the service’s own words, and that is written down too: %j', (act, code) => {
    const before = opened()
    const { dials, bridge, lambda } = doing(before, act)
    expect(recordOf(doing(opened(), act), act.do).call.errorCode).toContain(code)
    expect(dials).toEqual({})
    expect(bridge.rules).toEqual(before.bridge.rules)
    expect(lambda.functions.map(({ reservedConcurrency }) => reservedConcurrency)).toEqual([4, 2])
  }) // prettier-ignore

  it('[CITY-50] has its last word written down before the trail stops, and its first after it has started', () => {
    let city = run(doing(opened(), { do: 'StopLogging' }), 5)
    expect(city.boards.logbook.newest.some(({ eventName }) => eventName === 'StopLogging')).toBe(true)
    city = doing(city, { do: 'StartLogging' })
    expect(city.trail.trails[0]?.isLogging).toBe(true)
    expect(recordOf(city, 'StartLogging').call.errorCode).toBeUndefined()
  })

  it('[CITY-50] is the first cause of the verdicts that it changes', () => {
    let city = run(opened(20), 600)
    city = doing(city, { do: 'PutConfigRule', rule: 'tyre-tread-minimum', inputParameters: '{"minTreadMm":"7.9"}' })
    const record = recordOf(city, 'PutConfigRule')
    city = run(city, 5)
    const verdicts = [...city.ledger.recent.values()].flatMap(({ thing }) =>
      thing.kind === 'compliance' && thing.it.configRuleName === 'tyre-tread-minimum' ? [thing.it.id] : [],
    )
    const firsts = verdicts.map((id) => causesOf(city.ledger, id)[0]?.thing.it.id)
    expect(firsts).toContain(record.id)
  })

  it('[CITY-1] is part of the journal', () => {
    const play = () => hashCity(run(doing(opened(5), ACTS[0]?.[0] ?? { do: 'StopLogging' }), 40))
    expect(play()).toBe(play())
  })
})

describe('the camera operator', () => {
  const strict = { do: 'PutMetricAlarm', camera: 'A7-E', ...dial, period: 10, evaluationPeriods: 1, datapointsToAlarm: 1, threshold: 125 } as const // prettier-ignore

  it('[CITY-51] sets the alarms that are there', () => {
    let city = openDiscovery({ bots: 20 })
    while (!Object.keys(city.watch.alarms).some((name) => name.startsWith('speed-A7-E-'))) city = tick(city, [])
    const name = Object.keys(city.watch.alarms).find((each) => each.startsWith('speed-A7-E-')) ?? ''
    city = doing(city, strict)
    expect(city.watch.alarms[name]).toMatchObject({ config: { Threshold: 125, TreatMissingData: 'missing' } })
    expect(Object.keys(city.watch.alarms).filter((each) => each.endsWith('-trial'))).toEqual([])
  })

  it('[CITY-51] sets those that will be there, and no other camera’s', () => {
    let city = doing(openDiscovery({ bots: 40 }), { ...strict, camera: 'A7-N' })
    const armed = (camera: string) => Object.keys(city.watch.alarms).some((name) => name.startsWith(`speed-${camera}-`))
    while (!armed('A7-N') || !armed('A7-E')) city = tick(city, [])
    const alarms = Object.values(city.watch.alarms).flatMap((alarm) => (alarm.kind === 'metric' ? [alarm.config] : []))
    const thresholds = (camera: string) =>
      new Set(alarms.filter((alarm) => alarm.AlarmName.includes(camera)).map(({ Threshold }) => Threshold))
    expect([...thresholds('A7-N')].filter((threshold) => threshold !== 125)).toEqual([])
    expect([...thresholds('A7-E')]).toEqual([110])
    expect(viewDuty(city, 'camera-operator')?.cameras.find(({ camera }) => camera === 'A7-N')?.threshold).toBe(125)
  })
})

describe('the dispatcher', () => {
  it('[CITY-52] tries a pattern on what came by, and is told what is wrong with it', () => {
    let city = openDiscovery({ bots: 20 })
    while (city.letters.every(({ entry }) => entry.kind !== 'fine')) city = tick(city, [])
    const narrow = tryPattern(city, JSON.stringify({ 'detail-type': ['CloudWatch Alarm State Change'] }))
    expect(narrow.matched.length).toBeGreaterThan(0)
    expect(new Set(narrow.matched.map(({ detailType }) => detailType))).toEqual(
      new Set(['CloudWatch Alarm State Change']),
    )
    expect(tryPattern(city, '{"source":["nobody"]}')).toMatchObject({ error: null, matched: [] })
    expect(tryPattern(city, '{"source":"x"}')).toMatchObject({ error: expect.stringContaining('pattern'), tested: 0 })
  })
})

describe('duty', () => {
  it('[CITY-53] is worth what errands bring, once a minute', () => {
    let city = opened()
    const act = { do: 'DisableRule', rule: 'fine-speeders' } as const
    city = doing(doing(city, act), { do: 'EnableRule', rule: 'fine-speeders' })
    city = run(city, 1200 - city.tick)
    expect(city.study['s1']).toMatchObject({ duty: 15, hasWorked: false })
    const seat = city.study['s1'] ?? expect.fail('no seat')
    expect(scoreOf(city.scenario, { ...seat, safeMinutes: 0 }).driving).toBe(15)
    expect(run(city, 1200).study['s1']?.duty).toBe(15)
  })

  it('[CITY-53] is not done by a refused call', () => {
    const city = doing(opened(), { do: 'EnableRule', rule: 'no-such-rule' })
    expect(run(city, 1200 - city.tick).study['s1']?.duty).toBe(0)
  })

  it('[CITY-50] shows each desk its own service, and the wheel none', () => {
    const city = opened()
    expect(viewDuty(city, 'driver')).toBeNull()
    expect(viewDuty(city, 'camera-operator')?.cameras).toHaveLength(city.map.cameras.length)
    expect(viewDuty(city, 'inspector')?.configRules[0]).toMatchObject({
      rule: 'brakes-in-order',
      sourceIdentifier: 'BRAKES_IN_ORDER',
    })
    expect(viewDuty(city, 'unit-manager')?.pool).toEqual({ unreserved: 994, least: 100 })
    expect(viewDuty(city, 'archivist')?.trail).toEqual({ name: 'police-logbook', isLogging: true, dataEvents: true })
    expect(viewDuty(city, 'dispatcher')).toMatchObject({ cameras: [], configRules: [], trail: null, pool: null })
  })
})
