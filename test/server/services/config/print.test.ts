import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import { serviceMs } from '../../../../shared/units.ts'
import { decodeConfigRule, decodeRemediation } from '../../../../server/services/config/decode.ts'
import {
  describeConfigRules,
  describeRemediationConfigurations,
  describeRemediationExceptions,
} from '../../../../server/services/config/print.ts'
import {
  putRemediationConfiguration,
  putRemediationExceptions,
} from '../../../../server/services/config/remediation.ts'
import { putConfigRule } from '../../../../server/services/config/rules.ts'
import { START, ConfigBench, at, brakes, errorOf, only, valueOf, vehicle } from './bench.ts'

const FUNCTION = 'arn:aws:lambda:eu-west-3:111122223333:function:check-paint'

/** Rules in AWS's own spelling. */
const rules: readonly JsonObject[] = [
  {
    ConfigRuleName: 'brakes',
    Description: 'pads',
    Scope: { ComplianceResourceTypes: ['City::Fleet::Vehicle'], ComplianceResourceId: 'FR-042' },
    Source: { Owner: 'AWS', SourceIdentifier: 'BRAKES_IN_ORDER' },
    InputParameters: '{"maxWear":"0.5"}',
  },
  {
    ConfigRuleName: 'tyres',
    Scope: { TagKey: 'owner', TagValue: 'hall' },
    Source: { Owner: 'AWS', SourceIdentifier: 'TYRE_TREAD_MINIMUM' },
    MaximumExecutionFrequency: 'One_Hour',
  },
  {
    ConfigRuleName: 'paint',
    Scope: {},
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier: FUNCTION,
      SourceDetails: [
        { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
        { EventSource: 'aws.config', MessageType: 'ScheduledNotification' },
      ],
    },
    MaximumExecutionFrequency: 'Six_Hours',
  },
  {
    ConfigRuleName: 'quiet',
    Scope: {},
    Source: {
      Owner: 'CUSTOM_POLICY',
      SourceDetails: [{ EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' }],
      CustomPolicyDetails: { PolicyRuntime: 'guard-2.x.x', PolicyText: 'rule quiet { configuration.horn !exists }' },
    },
  },
]

const generated = { ConfigRuleState: 'ACTIVE', EvaluationModes: [{ Mode: 'DETECTIVE' }] }

describe('rules in the spelling of AWS', () => {
  it.each(rules.map((rule) => [rule['ConfigRuleName'], rule] as const))(
    '[CONFIG-42] %s is printed as it was put',
    (_, rule) => {
      const bench = new ConfigBench([valueOf(decodeConfigRule(rule))])
      const printed = only(valueOf(describeConfigRules(bench.state)).entries)
      expect(printed).toMatchObject({ ...rule, ...generated })
      expect(Object.keys(printed).toSorted()).toEqual(
        [...Object.keys({ ...rule, ...generated }), 'ConfigRuleArn', 'ConfigRuleId'].toSorted(),
      )
    },
  )

  it('[CONFIG-42] takes the frequency of a source detail', () => {
    const rule = decodeConfigRule({
      ConfigRuleName: 'paint',
      Source: {
        Owner: 'CUSTOM_LAMBDA',
        SourceIdentifier: FUNCTION,
        SourceDetails: [{ MessageType: 'ScheduledNotification', MaximumExecutionFrequency: 'Three_Hours' }],
      },
    })
    expect(valueOf(rule).maximumExecutionFrequency).toBe('Three_Hours')
  })

  it('[CONFIG-42] takes parameters as text or as an object', () => {
    const decode = (InputParameters: string | JsonObject) =>
      valueOf(decodeConfigRule({ Source: { Owner: 'AWS' }, InputParameters })).inputParameters
    expect(decode('{"maxWear":1}')).toBe('{"maxWear":1}')
    expect(decode({ maxWear: 1 })).toBe('{"maxWear":1}')
  })

  it.each([{}, { Source: {} }, { Source: { Owner: 'aws' } }, { Source: 'AWS' }])('[CONFIG-42] refuses %o', (rule) => {
    expect(errorOf(decodeConfigRule(rule))).toBe('InvalidParameterValueException')
  })

  it('[CONFIG-42] lists rules by name, 25 a page, and refuses unknown ones', () => {
    const bench = new ConfigBench(Array.from({ length: 27 }, (_, n) => brakes({ configRuleName: `r${n}` })))
    const first = valueOf(describeConfigRules(bench.state))
    expect([first.entries.length, first.nextToken]).toEqual([25, 'from-25'])
    expect(valueOf(describeConfigRules(bench.state, { nextToken: 'from-25' })).entries).toHaveLength(2)
    expect(valueOf(describeConfigRules(bench.state, { configRuleNames: ['r7'] })).entries).toHaveLength(1)
    expect(errorOf(describeConfigRules(bench.state, { configRuleNames: ['r77'] }))).toBe('NoSuchConfigRuleException')
  })
})

describe('repairs in the spelling of AWS', () => {
  const remediation = {
    ConfigRuleName: 'brakes-in-order',
    TargetType: 'SSM_DOCUMENT',
    TargetId: 'ChangeBrakePads',
    Parameters: {
      Plate: { ResourceValue: { Value: 'RESOURCE_ID' } },
      Part: { StaticValue: { Values: ['brakes'] } },
    },
    Automatic: true,
    MaximumAutomaticAttempts: 3,
    RetryAttemptSeconds: 90,
  }

  it('[CONFIG-42] a remediation is printed as it was put', () => {
    const bench = new ConfigBench([brakes()])
    bench.change((state, ctx) => putRemediationConfiguration(state, decodeRemediation(remediation), ctx))
    const print = (name: string) => valueOf(describeRemediationConfigurations(bench.state, { configRuleNames: [name] }))
    expect(print('brakes-in-order')).toEqual([remediation])
    expect(print('other')).toEqual([])
  })

  it('[CONFIG-42] a remediation that says little takes the defaults', () => {
    const bench = new ConfigBench([brakes()])
    const { ConfigRuleName, TargetType, TargetId } = remediation
    const little = decodeRemediation({ ConfigRuleName, TargetType, TargetId })
    bench.change((state, ctx) => putRemediationConfiguration(state, little, ctx))
    const request = { configRuleNames: [ConfigRuleName] }
    expect(only(valueOf(describeRemediationConfigurations(bench.state, request)))).toMatchObject({
      Automatic: false,
      MaximumAutomaticAttempts: 5,
      RetryAttemptSeconds: 60,
      Parameters: {},
    })
  })

  it('[CONFIG-42] lists exceptions with their expiry', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { configuration: vehicle(0.9) })
    const exception = {
      configRuleName: 'brakes-in-order',
      resourceKeys: [{ resourceType: 'City::Fleet::Vehicle', resourceId: 'FR-042' }],
      message: 'a film car',
      expirationTime: serviceMs(START + 60_000),
    }
    bench.state = valueOf(putRemediationExceptions(bench.state, exception, at(2))).state
    expect(valueOf(describeRemediationExceptions(bench.state, { configRuleName: 'brakes-in-order' })).entries).toEqual([
      {
        ConfigRuleName: 'brakes-in-order',
        ResourceType: 'City::Fleet::Vehicle',
        ResourceId: 'FR-042',
        Message: 'a film car',
        ExpirationTime: START / 1000 + 60,
      },
    ])
    expect(errorOf(describeRemediationExceptions(bench.state, { configRuleName: 'nobody' }))).toBe(
      'NoSuchConfigRuleException',
    )
  })

  it('[CONFIG-42] a rule put in AWS spelling works like any other', () => {
    const [rule] = rules
    const bench = new ConfigBench()
    bench.change((state, ctx) => putConfigRule(state, valueOf(decodeConfigRule(rule ?? {})), ctx))
    bench.step(0)
    expect(only(bench.see(1, { configuration: vehicle(0.6) }).compliance).to).toBe('NON_COMPLIANT')
    expect(bench.see(1, { resourceId: 'FR-001', configuration: vehicle(0.6) }).compliance).toEqual([])
  })
})
