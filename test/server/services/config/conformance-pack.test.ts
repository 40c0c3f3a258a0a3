import { describe, expect, it } from 'vitest'
import type { PackTemplate } from '../../../../server/services/config/conformance-pack.ts'
import {
  deleteConformancePack,
  describeConformancePackCompliance,
  putConformancePack,
} from '../../../../server/services/config/conformance-pack.ts'
import { openConfig } from '../../../../server/services/config/config.ts'
import { deleteConfigRule, putConfigRule } from '../../../../server/services/config/rules.ts'
import { ConfigBench, at, brakes, errorOf, only, valueOf, vehicle } from './bench.ts'

const rule = (name: string, identifier: string, more: object = {}) => ({
  Type: 'AWS::Config::ConfigRule',
  Properties: { ConfigRuleName: name, Source: { Owner: 'AWS', SourceIdentifier: identifier }, ...more },
})

const roadworthy: PackTemplate = {
  Parameters: { MaxWear: { Default: '0.5' } },
  Resources: {
    Brakes: rule('brakes', 'BRAKES_IN_ORDER', {
      InputParameters: { maxWear: { Ref: 'MaxWear' } },
      Scope: { ComplianceResourceTypes: ['City::Fleet::Vehicle'] },
    }),
    Fuel: rule('fuel', 'FUEL_RESERVE'),
    ChangePads: {
      Type: 'AWS::Config::RemediationConfiguration',
      Properties: {
        ConfigRuleName: { Ref: 'Brakes' },
        TargetType: 'SSM_DOCUMENT',
        TargetId: 'ChangeBrakePads',
        Automatic: true,
        MaximumAutomaticAttempts: 3,
        RetryAttemptSeconds: 120,
        Parameters: {
          Plate: { ResourceValue: { Value: 'RESOURCE_ID' } },
          Part: { StaticValue: { Values: ['brakes'] } },
        },
      },
    },
  },
}

const pack = { conformancePackName: 'roadworthy', template: roadworthy }

function deployed(more: object = {}): ConfigBench {
  const bench = new ConfigBench()
  bench.change((state, ctx) => putConformancePack(state, { ...pack, ...more }, ctx))
  return bench
}

const namesOf = (bench: ConfigBench) => bench.state.rules.map((entry) => entry.definition.configRuleName)

describe('conformance packs', () => {
  it('[CONFIG-35] deploys the rules and remediations of a template as one', () => {
    const bench = deployed()
    const out = bench.see(1, { configuration: vehicle(0.6) })
    expect(out.compliance.map((change) => change.to)).toEqual(['NON_COMPLIANT', 'COMPLIANT'])
    expect(only(out.remediations)).toMatchObject({
      targetId: 'ChangeBrakePads',
      parameters: { Plate: ['FR-042'], Part: ['brakes'] },
    })
    expect(bench.state.remediations).toMatchObject([{ maximumAutomaticAttempts: 3, retryAttemptSeconds: 120 }])
  })

  it('[CONFIG-35] fills parameters, its own values before the defaults', () => {
    const bench = deployed({ inputParameters: { MaxWear: '0.7' } })
    expect(bench.see(1, { configuration: vehicle(0.6) }).compliance.map((change) => change.to)).toEqual([
      'COMPLIANT',
      'COMPLIANT',
    ])
  })

  it('[CONFIG-35] its rules carry its id in their names and cannot be edited singly', () => {
    const bench = deployed()
    const [name = ''] = namesOf(bench)
    expect(name).toMatch(/^brakes-conformance-pack-[0-9a-z]+$/)
    expect(errorOf(putConfigRule(bench.state, brakes({ configRuleName: name }), at(1)))).toBe('AccessDeniedException')
    expect(errorOf(deleteConfigRule(bench.state, { configRuleName: name }))).toBe('AccessDeniedException')
  })

  it('[CONFIG-35] two packs of the same template do not clash', () => {
    const bench = deployed()
    bench.change((state, ctx) => putConformancePack(state, { ...pack, conformancePackName: 'again' }, ctx))
    expect(new Set(namesOf(bench)).size).toBe(4)
  })

  it('[CONFIG-35] deployed again, it changes its rules and takes away what is no longer there', () => {
    const bench = deployed()
    bench.step(1)
    const { Fuel, ...rest } = roadworthy.Resources
    const template = { ...roadworthy, Resources: { ...rest, Lights: rule('lights', 'HEADLIGHTS_WORKING') } }
    bench.change((state, ctx) => putConformancePack(state, { ...pack, template }, ctx), 2)
    bench.step(2)
    expect(namesOf(bench).map((name) => name.split('-')[0])).toEqual(['brakes', 'lights'])
    expect(Fuel).toBeDefined()
  })

  it('[CONFIG-35] is deleted as one, remediations included', () => {
    const bench = deployed()
    bench.change((state) => deleteConformancePack(state, pack))
    bench.step(1)
    expect([bench.state.rules, bench.state.remediations, bench.state.packs]).toEqual([[], [], []])
    expect(errorOf(deleteConformancePack(bench.state, pack))).toBe('NoSuchConformancePackException')
    expect(errorOf(describeConformancePackCompliance(bench.state, pack))).toBe('NoSuchConformancePackException')
  })

  it.each([
    ['a foreign resource', { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } }],
    ['no rule', {}],
    ['a rule without a known owner', { R: { Type: 'AWS::Config::ConfigRule', Properties: { Source: {} } } }],
    ['131 rules', Object.fromEntries(Array.from({ length: 131 }, (_, n) => [`R${n}`, rule(`r${n}`, 'FUEL_RESERVE')]))],
  ])('[CONFIG-35] refuses a template with %s', (_, Resources) => {
    expect(errorOf(putConformancePack(openConfig(), { ...pack, template: { Resources } }, at(0)))).toBe(
      'ConformancePackTemplateValidationException',
    )
  })

  it('[CONFIG-35] deploys nothing when one of its rules is refused', () => {
    const Resources = { ...roadworthy.Resources, Bad: rule('bad', 'NO_SUCH_RULE') }
    const state = openConfig()
    expect(errorOf(putConformancePack(state, { ...pack, template: { Resources } }, at(0)))).toBe(
      'InvalidParameterValueException',
    )
    expect(state.rules).toEqual([])
  })

  it('[CONFIG-35] stops at 50 packs', () => {
    let state = openConfig()
    const template = { Resources: { Fuel: rule('fuel', 'FUEL_RESERVE') } }
    for (let n = 0; n < 50; n += 1) {
      state = valueOf(putConformancePack(state, { conformancePackName: `p${n}`, template }, at(0)))
    }
    expect(errorOf(putConformancePack(state, { conformancePackName: 'p50', template }, at(0)))).toBe(
      'MaxNumberOfConformancePacksExceededException',
    )
    expect(errorOf(putConformancePack(openConfig(), { conformancePackName: '7up', template }, at(0)))).toBe(
      'InvalidParameterValueException',
    )
  })

  it('[CONFIG-35] rolls up over its rules: bad if one is, good if one is and none is bad, else unknown', () => {
    const bench = deployed()
    const compliance = () => valueOf(describeConformancePackCompliance(bench.state, pack))
    expect(compliance().pack).toBe('INSUFFICIENT_DATA')
    bench.see(1, { configuration: vehicle(0.1) })
    expect(compliance().pack).toBe('COMPLIANT')
    bench.see(2, { configuration: vehicle(0.9) })
    expect(compliance().pack).toBe('NON_COMPLIANT')
    expect(Object.values(compliance().rules)).toEqual(['NON_COMPLIANT', 'COMPLIANT'])
  })
})
