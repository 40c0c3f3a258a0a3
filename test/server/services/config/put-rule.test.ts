import { describe, expect, it } from 'vitest'
import { openConfig } from '../../../../server/services/config/config.ts'
import type { PutConfigRule } from '../../../../server/services/config/rules.ts'
import { putConfigRule } from '../../../../server/services/config/rules.ts'
import { ConfigBench, at, brakes, errorOf, valueOf } from './bench.ts'

const put = (more: Partial<PutConfigRule>) => putConfigRule(openConfig(), brakes(more), at(0))

describe('what PutConfigRule takes', () => {
  it.each([
    ['a name', { configRuleName: '  ' }],
    ['a short name', { configRuleName: 'x'.repeat(129) }],
    ['a known managed rule', { source: { owner: 'AWS', sourceIdentifier: 'BRAKES_ARE_NICE' } }],
    ['JSON parameters', { inputParameters: '{maxWear:1}' }],
    ['an object of parameters', { inputParameters: '[1]' }],
    ['known parameters', { inputParameters: '{"minTreadMm":1}' }],
    ['short parameters', { inputParameters: `{"maxWear":"${'1'.repeat(1011)}"}` }],
    ['a type', { scope: { complianceResourceTypes: [] } }],
    ['at most 100 types', { scope: { complianceResourceTypes: Array.from({ length: 101 }, (_, i) => `A::B::C${i}`) } }],
    ['a type for an id', { scope: { complianceResourceId: 'FR-042' } }],
    ['one type for an id', { scope: { complianceResourceTypes: ['A::B::C', 'A::B::D'], complianceResourceId: 'x' } }],
    ['a key for a tag value', { scope: { tagValue: 'hall' } }],
    ['types or tags', { scope: { complianceResourceTypes: ['A::B::C'], tagKey: 'owner' } }],
    ['a known frequency', { maximumExecutionFrequency: 'Two_Hours' as 'One_Hour' }],
    [
      'the ARN of a function',
      { source: { owner: 'CUSTOM_LAMBDA', sourceIdentifier: 'check', messageTypes: ['ScheduledNotification'] } },
    ],
    [
      'a message type',
      {
        source: {
          owner: 'CUSTOM_LAMBDA',
          sourceIdentifier: 'arn:aws:lambda:eu-west-3:111122223333:function:check',
          messageTypes: [],
        },
      },
    ],
    [
      'a periodic trigger for a frequency',
      {
        maximumExecutionFrequency: 'One_Hour',
        source: {
          owner: 'CUSTOM_LAMBDA',
          sourceIdentifier: 'arn:aws:lambda:eu-west-3:111122223333:function:check',
          messageTypes: ['ConfigurationItemChangeNotification'],
        },
      },
    ],
    [
      'a policy that can be read',
      {
        source: {
          owner: 'CUSTOM_POLICY',
          policyText: 'rule r { ? }',
          messageTypes: ['ConfigurationItemChangeNotification'],
        },
      },
    ],
  ] satisfies [string, Partial<PutConfigRule>][])('[CONFIG-20] wants %s', (_, more) => {
    expect(errorOf(put(more))).toBe('InvalidParameterValueException')
  })

  it('[CONFIG-20] gives the rule an ARN of a generated id, not of its name', () => {
    const [rule] = valueOf(put({})).rules
    expect(rule?.configRuleArn).toMatch(/^arn:aws:config:eu-west-3:111122223333:config-rule\/config-rule-[0-9a-z]{6,}$/)
    expect(rule?.configRuleArn).toContain(rule?.configRuleId)
  })

  it('[CONFIG-20] keeps id and verdicts of a rule that is changed', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1)
    const [before] = bench.state.rules
    bench.change((state, ctx) => putConfigRule(state, brakes({ description: 'new' }), ctx))
    expect(bench.state.rules).toMatchObject([{ configRuleId: before?.configRuleId, results: before?.results }])
  })

  it('[CONFIG-20] needs a recorder, running or not', () => {
    expect(errorOf(putConfigRule(openConfig({ recorder: 'none' }), brakes(), at(0)))).toBe(
      'NoAvailableConfigurationRecorderException',
    )
  })

  it('[CONFIG-20] stops at 400 rules, each with an id of its own', () => {
    let state = openConfig()
    for (let n = 0; n < 400; n += 1) state = valueOf(putConfigRule(state, brakes({ configRuleName: `r${n}` }), at(0)))
    expect(new Set(state.rules.map((rule) => rule.configRuleId)).size).toBe(400)
    expect(errorOf(putConfigRule(state, brakes({ configRuleName: 'r400' }), at(0)))).toBe(
      'MaxNumberOfConfigRulesExceededException',
    )
    expect(putConfigRule(state, brakes({ configRuleName: 'r7' }), at(0)).ok).toBe(true)
  })
})
