import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComplianceType } from '../../../../shared/aws/item.ts'
import { serviceMs } from '../../../../shared/units.ts'
import {
  describeComplianceByConfigRule,
  describeComplianceByResource,
  getComplianceDetailsByConfigRule,
  getComplianceDetailsByResource,
  rollUp,
} from '../../../../server/services/config/compliance.ts'
import { getResourceConfigHistory } from '../../../../server/services/config/history.ts'
import { openConfig } from '../../../../server/services/config/config.ts'
import { START, ConfigBench, brakes, errorOf, managed, only, valueOf, vehicle } from './bench.ts'

const TYPES: readonly ComplianceType[] = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']
const FR042 = { resourceType: 'City::Fleet::Vehicle', resourceId: 'FR-042' }

/** So many vehicles with worn brakes. */
function worn(count: number): ConfigBench {
  const bench = new ConfigBench([brakes()])
  for (let n = 0; n < count; n += 1) bench.see(1, { resourceId: `FR-${n}`, configuration: vehicle(0.9) })
  return bench
}

describe('roll-ups', () => {
  it('[CONFIG-25] one bad result makes it bad, else one good one makes it good, else nothing is known', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TYPES)), (types) => {
        const bad = types.filter((type) => type === 'NON_COMPLIANT').length
        const good = types.filter((type) => type === 'COMPLIANT').length
        expect(rollUp(types)).toBe(bad ? 'NON_COMPLIANT' : good ? 'COMPLIANT' : 'INSUFFICIENT_DATA')
      }),
    )
  })

  it('[CONFIG-25] a rule that was never run, or never applied, has insufficient data', () => {
    const bench = new ConfigBench([managed('SEAT_BELT_FASTENED')])
    const compliance = () => only(valueOf(describeComplianceByConfigRule(bench.state)).entries)['Compliance']
    expect(compliance()).toEqual({ ComplianceType: 'INSUFFICIENT_DATA' })
    bench.see(1, { configuration: vehicle(0, { kind: 'motorbike' }) })
    expect(compliance()).toEqual({ ComplianceType: 'INSUFFICIENT_DATA' })
    bench.see(2, { resourceId: 'FR-001' })
    expect(compliance()).toEqual({ ComplianceType: 'COMPLIANT' })
  })

  it('[CONFIG-25] rolls up a resource over its rules, and one without any as insufficient data', () => {
    const bench = new ConfigBench([brakes(), managed('FUEL_RESERVE')])
    bench.see(1, { configuration: vehicle(0.9) })
    bench.see(1, { resourceType: 'City::Road::Sign', resourceId: 'S1', configuration: { limitKmh: 50 } })
    expect(valueOf(describeComplianceByResource(bench.state)).entries).toEqual([
      {
        ResourceType: 'City::Fleet::Vehicle',
        ResourceId: 'FR-042',
        Compliance: {
          ComplianceType: 'NON_COMPLIANT',
          ComplianceContributorCount: { CappedCount: 1, CapExceeded: false },
        },
      },
      { ResourceType: 'City::Road::Sign', ResourceId: 'S1', Compliance: { ComplianceType: 'INSUFFICIENT_DATA' } },
    ])
  })

  it.each([
    [25, { CappedCount: 25, CapExceeded: false }],
    [26, { CappedCount: 25, CapExceeded: true }],
  ])('[CONFIG-26] counts %i bad resources of a rule as %o', (count, contributors) => {
    const { state } = worn(count)
    expect(only(valueOf(describeComplianceByConfigRule(state)).entries)).toEqual({
      ConfigRuleName: 'brakes-in-order',
      Compliance: { ComplianceType: 'NON_COMPLIANT', ComplianceContributorCount: contributors },
    })
  })

  it.each([
    [100, { CappedCount: 100, CapExceeded: false }],
    [101, { CappedCount: 100, CapExceeded: true }],
  ])('[CONFIG-26] counts %i bad rules of a resource as %o', (count, contributors) => {
    const bench = new ConfigBench(Array.from({ length: count }, (_, n) => brakes({ configRuleName: `r${n}` })))
    bench.see(1, { configuration: vehicle(0.9) })
    expect(only(valueOf(describeComplianceByResource(bench.state)).entries)['Compliance']).toEqual({
      ComplianceType: 'NON_COMPLIANT',
      ComplianceContributorCount: contributors,
    })
  })

  it('[CONFIG-27] gives the verdicts of a rule and of a resource, filtered and page by page', () => {
    const bench = worn(12)
    bench.see(2, { configuration: vehicle(0.1) })
    const name = { configRuleName: 'brakes-in-order' }
    const first = valueOf(getComplianceDetailsByConfigRule(bench.state, name))
    expect(first.entries).toHaveLength(10)
    const rest = valueOf(getComplianceDetailsByConfigRule(bench.state, { ...name, nextToken: first.nextToken ?? '' }))
    expect(rest.entries).toHaveLength(3)
    expect(rest).not.toHaveProperty('nextToken')
    const good = getComplianceDetailsByConfigRule(bench.state, { ...name, complianceTypes: ['COMPLIANT'] })
    const [verdict] = valueOf(good).entries
    expect(verdict).toEqual({
      EvaluationResultIdentifier: {
        EvaluationResultQualifier: {
          ConfigRuleName: 'brakes-in-order',
          ResourceType: 'City::Fleet::Vehicle',
          ResourceId: 'FR-042',
        },
        OrderingTimestamp: START / 1000 + 2,
      },
      ComplianceType: 'COMPLIANT',
      ResultRecordedTime: START / 1000 + 2,
      ConfigRuleInvokedTime: START / 1000 + 2,
    })
    expect(valueOf(getComplianceDetailsByResource(bench.state, FR042)).entries).toEqual([verdict])
  })

  it('[CONFIG-27] gives the annotation of a verdict that has one', () => {
    const { state } = worn(1)
    expect(
      only(valueOf(getComplianceDetailsByConfigRule(state, { configRuleName: 'brakes-in-order' })).entries),
    ).toMatchObject({
      Annotation: 'brakes.wear = 0.9 > 0.8',
    })
  })

  it('[CONFIG-27] refuses unknown rules, foreign tokens, bad limits and an id without its type', () => {
    const { state } = worn(1)
    expect(errorOf(describeComplianceByConfigRule(state, { configRuleNames: ['nobody'] }))).toBe(
      'NoSuchConfigRuleException',
    )
    expect(errorOf(getComplianceDetailsByConfigRule(state, { configRuleName: 'nobody' }))).toBe(
      'NoSuchConfigRuleException',
    )
    expect(errorOf(describeComplianceByConfigRule(state, { nextToken: 'page-2' }))).toBe('InvalidNextTokenException')
    expect(errorOf(describeComplianceByResource(state, { limit: 101 }))).toBe('InvalidLimitException')
    expect(errorOf(describeComplianceByResource(state, { resourceId: 'FR-0' }))).toBe('InvalidParameterValueException')
  })

  it('[CONFIG-27] filters roll-ups by name, type, resource and compliance', () => {
    const bench = new ConfigBench([brakes(), managed('FUEL_RESERVE')])
    bench.see(1, { configuration: vehicle(0.9) })
    bench.see(1, { resourceId: 'FR-001' })
    const rules = (request: Parameters<typeof describeComplianceByConfigRule>[1]) =>
      valueOf(describeComplianceByConfigRule(bench.state, request)).entries.map((entry) => entry['ConfigRuleName'])
    expect(rules({ configRuleNames: ['fuel-reserve'] })).toEqual(['fuel-reserve'])
    expect(rules({ complianceTypes: ['NON_COMPLIANT'] })).toEqual(['brakes-in-order'])
    const resources = (request: Parameters<typeof describeComplianceByResource>[1]) =>
      valueOf(describeComplianceByResource(bench.state, request)).entries.map((entry) => entry['ResourceId'])
    expect(resources({ complianceTypes: ['COMPLIANT'] })).toEqual(['FR-001'])
    expect(resources({ resourceType: 'City::Road::Sign' })).toEqual([])
    expect(resources({ ...FR042 })).toEqual(['FR-042'])
  })
})

describe('history', () => {
  /** Wear 0.0 … 0.9 at seconds 0 … 9. */
  function aged(): ConfigBench {
    const bench = new ConfigBench()
    for (let n = 0; n < 12; n += 1) bench.see(n, { configuration: vehicle(n / 100) })
    return bench
  }

  it('[CONFIG-28] gives the newest ten first, or the oldest first when asked, with a token for the rest', () => {
    const { state } = aged()
    const first = valueOf(getResourceConfigHistory(state, FR042))
    const times = (items: readonly { readonly [key: string]: unknown }[]) =>
      items.map((item) => Number(item['configurationItemCaptureTime']) - START / 1000)
    expect(times(first.configurationItems)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    const rest = valueOf(getResourceConfigHistory(state, { ...FR042, nextToken: first.nextToken ?? '' }))
    expect(times(rest.configurationItems)).toEqual([1, 0])
    const forward = valueOf(getResourceConfigHistory(state, { ...FR042, chronologicalOrder: 'Forward', limit: 3 }))
    expect(times(forward.configurationItems)).toEqual([0, 1, 2])
  })

  it('[CONFIG-28] keeps to a time range, both ends included', () => {
    const { state } = aged()
    const range = { earlierTime: serviceMs(START + 3000), laterTime: serviceMs(START + 5000) }
    const { configurationItems } = valueOf(getResourceConfigHistory(state, { ...FR042, ...range }))
    expect(configurationItems).toHaveLength(3)
  })

  it('[CONFIG-28] refuses unknown resources, backward ranges, bad limits and foreign tokens', () => {
    const { state } = aged()
    const get = (more: object) => errorOf(getResourceConfigHistory(state, { ...FR042, ...more }))
    expect(get({ resourceId: 'FR-000' })).toBe('ResourceNotDiscoveredException')
    expect(get({ earlierTime: serviceMs(2), laterTime: serviceMs(1) })).toBe('InvalidTimeRangeException')
    expect(get({ limit: 101 })).toBe('InvalidLimitException')
    expect(get({ limit: -1 })).toBe('InvalidLimitException')
    expect(get({ nextToken: 'x' })).toBe('InvalidNextTokenException')
    expect(errorOf(getResourceConfigHistory(openConfig(), FR042))).toBe('ResourceNotDiscoveredException')
  })

  it('[CONFIG-28] answers the question of the twelfth car: when did it lose its lights?', () => {
    const bench = new ConfigBench()
    bench.see(60, { cause: '1/1' })
    bench.see(120, { cause: '9/4', configuration: vehicle(0.1, { headlights: { working: false } }) })
    const [newest] = valueOf(getResourceConfigHistory(bench.state, FR042)).configurationItems
    expect(newest).toMatchObject({
      configurationItemCaptureTime: START / 1000 + 120,
      relatedEvents: [],
      configuration: JSON.stringify(vehicle(0.1, { headlights: { working: false } })),
    })
  })
})
