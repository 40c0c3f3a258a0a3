import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import {
  deleteConfigRule,
  deleteEvaluationResults,
  putConfigRule,
  startConfigRulesEvaluation,
} from '../../../../server/services/config/rules.ts'
import { describeConfigRuleEvaluationStatus } from '../../../../server/services/config/compliance.ts'
import { ConfigBench, at, brakes, errorOf, managed, only, seen, valueOf, vehicle, verdicts } from './bench.ts'

const HOUR = 3600

describe('rules that changes trigger', () => {
  it('[CONFIG-10] judges a change in the tick in which it is recorded, and names the item as the cause', () => {
    const bench = new ConfigBench([brakes()])
    const out = bench.see(1, { configuration: vehicle(0.9) })
    expect(only(out.compliance)).toMatchObject({
      cause: only(out.items).id,
      configRuleName: 'brakes-in-order',
      from: null,
      to: 'NON_COMPLIANT',
      annotation: 'brakes.wear = 0.9 > 0.8',
    })
  })

  it('[CONFIG-10] blocks nothing and undoes nothing: the item shows the bad state', () => {
    const bench = new ConfigBench([brakes()])
    const out = bench.see(1, { configuration: vehicle(0.9) })
    expect(only(out.items).item['configuration']).toBe(JSON.stringify(vehicle(0.9)))
    expect(out.remediations).toEqual([])
  })

  it.each([
    ['BRAKES_IN_ORDER', { brakes: { wear: 0.8 } }, 'COMPLIANT'],
    ['BRAKES_IN_ORDER', { brakes: { wear: 0.81 } }, 'NON_COMPLIANT'],
    ['TYRE_TREAD_MINIMUM', { tyres: { treadMm: 1.6 } }, 'COMPLIANT'],
    ['TYRE_TREAD_MINIMUM', { tyres: { treadMm: 1.59 } }, 'NON_COMPLIANT'],
    ['FUEL_RESERVE', { fuel: { share: 0.1 } }, 'COMPLIANT'],
    ['FUEL_RESERVE', { fuel: { share: 0.09 } }, 'NON_COMPLIANT'],
    ['HEADLIGHTS_WORKING', { headlights: { working: true } }, 'COMPLIANT'],
    ['HEADLIGHTS_WORKING', { headlights: { working: false } }, 'NON_COMPLIANT'],
    ['SEAT_BELT_FASTENED', { kind: 'taxi', seatBelt: { fastened: false } }, 'NON_COMPLIANT'],
    ['SEAT_BELT_FASTENED', { kind: 'taxi', seatBelt: { fastened: true } }, 'COMPLIANT'],
    ['SEAT_BELT_FASTENED', { kind: 'motorbike', seatBelt: { fastened: false } }, 'NOT_APPLICABLE'],
    ['SEAT_BELT_FASTENED', { kind: 'drone', seatBelt: { fastened: false } }, 'NOT_APPLICABLE'],
    ['HEADLIGHTS_WORKING', { headlights: null }, 'NOT_APPLICABLE'],
    ['BRAKES_IN_ORDER', { brakes: {} }, 'NOT_APPLICABLE'],
  ])('[CONFIG-11] %s over %o says %s', (identifier, parts, verdict) => {
    const bench = new ConfigBench([managed(identifier)])
    const out = bench.see(1, { configuration: vehicle(0.1, parts as JsonObject) })
    expect(only(out.compliance).to).toBe(verdict)
  })

  it.each([
    ['CAMERA_WORKING', 'City::Traffic::Camera', { working: true }, 'COMPLIANT'],
    ['CAMERA_WORKING', 'City::Traffic::Camera', { working: false }, 'NON_COMPLIANT'],
    ['SIGN_SHOWS_LIMIT', 'City::Road::Sign', { limitKmh: 50, plannedKmh: 50 }, 'COMPLIANT'],
    ['SIGN_SHOWS_LIMIT', 'City::Road::Sign', { limitKmh: 70, plannedKmh: 50 }, 'NON_COMPLIANT'],
    ['SIGN_SHOWS_LIMIT', 'City::Road::Sign', { limitKmh: 70 }, 'NOT_APPLICABLE'],
    ['BARRIER_CLOSED', 'City::Road::Barrier', { closed: false }, 'NON_COMPLIANT'],
    ['BARRIER_CLOSED', 'City::Road::Barrier', { closed: true }, 'COMPLIANT'],
    ['BARRIER_OPEN', 'City::Road::Barrier', { closed: true }, 'NON_COMPLIANT'],
  ])('[CONFIG-12] %s over a %s %o says %s', (identifier, resourceType, configuration, verdict) => {
    const bench = new ConfigBench([managed(identifier)])
    expect(only(bench.see(1, { resourceType, configuration }).compliance).to).toBe(verdict)
  })

  it('[CONFIG-12] a managed rule does not look at types it cannot judge', () => {
    const bench = new ConfigBench([managed('CAMERA_WORKING')])
    expect(bench.see(1).compliance).toEqual([])
  })

  it('[CONFIG-12] REQUIRED_TAGS wants a tag, with one of the values where values are given', () => {
    const inputParameters = '{"tag1Key":"owner","tag1Value":"hall, fire"}'
    const bench = new ConfigBench([managed('REQUIRED_TAGS', { inputParameters })])
    const judge = (second: number, tags: Record<string, string>) => verdicts(bench.see(second, { tags }))
    expect(judge(1, {})).toEqual(['FR-042 - > NON_COMPLIANT'])
    expect(judge(2, { owner: 'fire' })).toEqual(['FR-042 NON_COMPLIANT > COMPLIANT'])
    expect(judge(3, { owner: 'mayor' })).toEqual(['FR-042 COMPLIANT > NON_COMPLIANT'])
  })

  it.each(['{"maxWear":0.5}', '{"maxWear":"0.5"}'])('[CONFIG-11] takes its limit from %s', (inputParameters) => {
    const bench = new ConfigBench([brakes({ inputParameters })])
    expect(verdicts(bench.see(1, { configuration: vehicle(0.5) }))).toEqual(['FR-042 - > COMPLIANT'])
    expect(verdicts(bench.see(2, { configuration: vehicle(0.6) }))).toEqual(['FR-042 COMPLIANT > NON_COMPLIANT'])
  })

  it('[CONFIG-19] shows an error instead of verdicts when a parameter cannot be used', () => {
    const bench = new ConfigBench([brakes({ inputParameters: '{"maxWear":"a lot"}' })])
    expect(bench.see(1, { configuration: vehicle(0.9) }).compliance).toEqual([])
    const status = () => valueOf(describeConfigRuleEvaluationStatus(bench.state, { configRuleName: 'brakes-in-order' }))
    expect(status()).toMatchObject({ LastErrorCode: 'InvalidParameterValueException', LastErrorMessage: 'maxWear' })
    bench.change((state, ctx) => putConfigRule(state, brakes(), ctx), 2)
    expect(verdicts(bench.step(2))).toEqual(['FR-042 - > NON_COMPLIANT'])
    expect(status()).not.toHaveProperty('LastErrorCode')
  })
})

describe('events of compliance', () => {
  it('[CONFIG-16] tells a first verdict without an old one, and a change with both', () => {
    const bench = new ConfigBench([brakes()])
    const first = bench.see(1, { configuration: vehicle(0.1) })
    const [, created] = first.events
    expect(created).toMatchObject({
      cause: only(first.compliance).id,
      detailType: 'Config Rules Compliance Change',
      resources: [],
      region: 'eu-west-3',
      detail: {
        resourceId: 'FR-042',
        resourceType: 'City::Fleet::Vehicle',
        messageType: 'ComplianceChangeNotification',
        recordVersion: '1.0',
        newEvaluationResult: {
          complianceType: 'COMPLIANT',
          configRuleInvokedTime: '2026-03-14T09:26:54.000Z',
          evaluationResultIdentifier: {
            evaluationResultQualifier: { configRuleName: 'brakes-in-order', resourceId: 'FR-042' },
            orderingTimestamp: '2026-03-14T09:26:54.000Z',
          },
        },
        notificationCreationTime: '2026-03-14T09:26:54.000Z',
      },
    })
    expect(created?.detail).not.toHaveProperty('oldEvaluationResult')
    const [, changed] = bench.see(2, { configuration: vehicle(0.9) }).events
    expect(changed?.detail).toMatchObject({
      newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
      oldEvaluationResult: { complianceType: 'COMPLIANT', resultRecordedTime: '2026-03-14T09:26:54.000Z' },
    })
  })

  it('[CONFIG-16] says nothing when the verdict is the same with a new annotation', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { configuration: vehicle(0.9) })
    const out = bench.see(2, { configuration: vehicle(0.95) })
    expect(out.compliance).toEqual([])
    expect(out.events.map((event) => event.detailType)).toEqual(['Config Configuration Item Change'])
    const [stored] = Object.values(bench.state.rules[0]?.results ?? {})
    expect(stored?.annotation).toBe('brakes.wear = 0.95 > 0.8')
  })
})

describe('scopes', () => {
  it('[CONFIG-18] a scope by type and id looks at that resource only', () => {
    const scope = { complianceResourceTypes: ['City::Fleet::Vehicle'], complianceResourceId: 'FR-001' }
    const bench = new ConfigBench([brakes({ scope })])
    expect(bench.see(1, { resourceId: 'FR-002' }).compliance).toEqual([])
    expect(bench.see(1, { resourceId: 'FR-001' }).compliance).toHaveLength(1)
  })

  it.each([
    [{ tagKey: 'owner' }, { owner: 'anybody' }, 1],
    [{ tagKey: 'owner', tagValue: 'hall' }, { owner: 'hall' }, 1],
    [{ tagKey: 'owner', tagValue: 'hall' }, { owner: 'Hall' }, 0],
    [{ tagKey: 'owner' }, {}, 0],
    [{ tagKey: 'constructor' }, {}, 0],
  ])('[CONFIG-18] a scope %o over tags %o gives %i verdicts', (scope, tags, verdictCount) => {
    const bench = new ConfigBench([brakes({ scope })])
    expect(bench.see(1, { tags }).compliance).toHaveLength(verdictCount)
  })

  it('[CONFIG-17] judges a resource that leaves the scope once more, as NOT_APPLICABLE', () => {
    const bench = new ConfigBench([brakes({ scope: { tagKey: 'owner' } })])
    bench.see(1, { configuration: vehicle(0.9), tags: { owner: 'hall' } })
    expect(verdicts(bench.see(2, { configuration: vehicle(0.9) }))).toEqual(['FR-042 NON_COMPLIANT > NOT_APPLICABLE'])
    expect(bench.see(3, { configuration: vehicle(0.95) }).compliance).toEqual([])
  })

  it('[CONFIG-17] judges a resource that is gone once more, as NOT_APPLICABLE', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { configuration: vehicle(0.9) })
    expect(verdicts(bench.see(2, { configuration: null }))).toEqual(['FR-042 NON_COMPLIANT > NOT_APPLICABLE'])
  })
})

describe('runs', () => {
  it('[CONFIG-13] a periodic rule says nothing about a change until its hour has come, then all at once', () => {
    const bench = new ConfigBench([managed('TYRE_TREAD_MINIMUM', { maximumExecutionFrequency: 'One_Hour' })])
    const worn = vehicle(0.1, { tyres: { treadMm: 1 } })
    for (const n of [1, 2, 3, 4]) {
      expect(bench.see(600 * n, { resourceId: `FR-00${n}`, configuration: worn }).compliance).toEqual([])
    }
    expect(bench.step(HOUR - 0.001).compliance).toEqual([])
    const out = bench.step(HOUR)
    expect(verdicts(out)).toEqual([1, 2, 3, 4].map((n) => `FR-00${n} - > NON_COMPLIANT`))
    expect(only(out.runs)).toMatchObject({ cause: null, trigger: 'periodic' })
    bench.see(HOUR + 1, { resourceId: 'FR-001', configuration: vehicle() })
    expect(verdicts(bench.step(2 * HOUR))).toEqual(['FR-001 NON_COMPLIANT > COMPLIANT'])
  })

  it.each([
    ['One_Hour', 1],
    ['Three_Hours', 3],
    ['Six_Hours', 6],
    ['Twelve_Hours', 12],
    ['TwentyFour_Hours', 24],
  ] as const)('[CONFIG-13] %s runs every %i hours, and a missed hour is not made up for', (frequency, hours) => {
    const bench = new ConfigBench([managed('TYRE_TREAD_MINIMUM', { maximumExecutionFrequency: frequency })])
    bench.see(1)
    const runs = (second: number) => bench.step(second).runs.length
    expect([runs(hours * HOUR - 1), runs(hours * HOUR), runs(hours * HOUR + 1)]).toEqual([0, 1, 0])
    expect([runs(hours * HOUR * 4.5), runs(hours * HOUR * 5 - 1), runs(hours * HOUR * 5)]).toEqual([1, 0, 1])
  })

  it('[CONFIG-13] a hybrid rule runs at changes and by period', () => {
    const source = {
      owner: 'AWS',
      sourceIdentifier: 'BRAKES_IN_ORDER',
      messageTypes: ['ConfigurationItemChangeNotification', 'ScheduledNotification'],
    } as const
    const bench = new ConfigBench([brakes({ source, maximumExecutionFrequency: 'One_Hour' })])
    expect(bench.see(1).compliance).toHaveLength(1)
    expect(bench.step(HOUR).runs).toHaveLength(1)
  })

  it('[CONFIG-14] a rule that is put or changed looks at everything known in the next tick', () => {
    const bench = new ConfigBench()
    const first = bench.see(0, { configuration: vehicle(0.7) })
    bench.change((state, ctx) => putConfigRule(state, brakes(), ctx), 1)
    const put = bench.step(1)
    expect(verdicts(put)).toEqual(['FR-042 - > COMPLIANT'])
    expect(only(put.compliance).cause).toBe(only(first.items).id)
    bench.change((state, ctx) => putConfigRule(state, brakes({ inputParameters: '{"maxWear":0.5}' }), ctx), 2)
    expect(verdicts(bench.step(2))).toEqual(['FR-042 COMPLIANT > NON_COMPLIANT'])
    expect(bench.step(3).runs).toEqual([])
  })

  it('[CONFIG-44] a run names the call that put its rule, and what it changes names the run', () => {
    const bench = new ConfigBench()
    bench.see(0, { configuration: vehicle(0.7) })
    bench.change((state, ctx) => putConfigRule(state, brakes({ cause: '900/4' }), ctx), 1)
    const put = bench.step(1)
    expect(only(put.runs)).toMatchObject({ cause: '900/4', trigger: 'on-demand' })
    expect(only(put.compliance).cause).toBe(only(put.runs).id)
    bench.change((state) => startConfigRulesEvaluation(state, { configRuleNames: ['brakes-in-order'] }), 2)
    expect(only(bench.step(2).runs).cause).toBeNull()
    const change = bench.see(3, { configuration: vehicle(0.95) })
    expect(only(change.compliance).cause).toBe(only(change.items).id)
  })

  it('[CONFIG-14] a rule whose scope is narrowed forgets its verdicts on the others', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { configuration: vehicle(0.9) })
    bench.change((state, ctx) => putConfigRule(state, brakes({ scope: { tagKey: 'owner' } }), ctx), 2)
    expect(bench.step(2).compliance).toEqual([])
    expect(bench.state.rules[0]?.results).toEqual({})
  })

  it('[CONFIG-15] runs rules on demand over the last known state, and records nothing', () => {
    const bench = new ConfigBench([managed('TYRE_TREAD_MINIMUM', { maximumExecutionFrequency: 'TwentyFour_Hours' })])
    bench.see(1)
    bench.change((state) => startConfigRulesEvaluation(state, { configRuleNames: ['tyre-tread-minimum'] }))
    expect(bench.state.rules[0]?.state).toBe('EVALUATING')
    const out = bench.step(2)
    expect({ items: out.items, verdicts: verdicts(out) }).toEqual({ items: [], verdicts: ['FR-042 - > COMPLIANT'] })
    expect(bench.state.rules[0]?.state).toBe('ACTIVE')
  })

  it('[CONFIG-15] takes 1 to 25 known rules that are not being evaluated', () => {
    const bench = new ConfigBench([brakes()])
    const start = (configRuleNames: readonly string[]) => startConfigRulesEvaluation(bench.state, { configRuleNames })
    expect(errorOf(start([]))).toBe('InvalidParameterValueException')
    expect(errorOf(start(Array.from({ length: 26 }, () => 'brakes-in-order')))).toBe('InvalidParameterValueException')
    expect(errorOf(start(['nobody']))).toBe('NoSuchConfigRuleException')
    bench.change(() => start(['brakes-in-order']))
    expect(errorOf(start(['brakes-in-order']))).toBe('LimitExceededException')
    expect(errorOf(putConfigRule(bench.state, brakes(), at(1)))).toBe('ResourceInUseException')
  })
})

describe('deleting a rule', () => {
  it('[CONFIG-37] its verdicts alone can be deleted too; then the next one is a first one', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { configuration: vehicle(0.9) })
    bench.change((state) => deleteEvaluationResults(state, { configRuleName: 'brakes-in-order' }))
    expect(bench.state.rules[0]?.results).toEqual({})
    expect(verdicts(bench.see(2, { configuration: vehicle(0.95) }))).toEqual(['FR-042 - > NON_COMPLIANT'])
    const nobody = deleteEvaluationResults(bench.state, { configRuleName: 'nobody' })
    expect(errorOf(nobody)).toBe('NoSuchConfigRuleException')
    bench.change((state) => startConfigRulesEvaluation(state, { configRuleNames: ['brakes-in-order'] }))
    const busy = deleteEvaluationResults(bench.state, { configRuleName: 'brakes-in-order' })
    expect(errorOf(busy)).toBe('ResourceInUseException')
  })

  it('[CONFIG-37] a deleted rule judges no more, is in use until it is gone, and takes its verdicts along', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1)
    bench.change((state) => deleteConfigRule(state, { configRuleName: 'brakes-in-order' }))
    expect(errorOf(deleteConfigRule(bench.state, { configRuleName: 'brakes-in-order' }))).toBe('ResourceInUseException')
    expect(errorOf(putConfigRule(bench.state, brakes(), at(1)))).toBe('ResourceInUseException')
    expect(bench.step(2, { changes: [seen({ configuration: vehicle(0.9) })] }).compliance).toEqual([])
    expect(bench.state.rules).toEqual([])
    expect(errorOf(deleteConfigRule(bench.state, { configRuleName: 'brakes-in-order' }))).toBe(
      'NoSuchConfigRuleException',
    )
  })
})
