import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { PutEvaluation, PutEvaluations } from '../../../../server/services/config/evaluations.ts'
import { putEvaluations } from '../../../../server/services/config/evaluations.ts'
import { deleteConfigRule } from '../../../../server/services/config/rules.ts'
import type { PutConfigRule } from '../../../../server/services/config/rules.ts'
import type { ConfigOutput, MessageType } from '../../../../server/services/config/state.ts'
import { START, ConfigBench, at, errorOf, only, valueOf, vehicle, verdicts } from './bench.ts'

const ARN = 'arn:aws:lambda:eu-west-3:111122223333:function:check-paint'

const custom = (messageType: MessageType, more: Partial<PutConfigRule> = {}): PutConfigRule => ({
  configRuleName: 'paint',
  source: { owner: 'CUSTOM_LAMBDA', sourceIdentifier: ARN, messageTypes: [messageType] },
  inputParameters: '{"colour":"red"}',
  ...more,
})
const onChange = (more: Partial<PutConfigRule> = {}) => custom('ConfigurationItemChangeNotification', more)

const payloadOf = (out: ConfigOutput) => only(out.invocations).payload as Record<string, string | boolean>
const invokingEventOf = (out: ConfigOutput) => JSON.parse(String(payloadOf(out)['invokingEvent'])) as JsonObject

const verdict = (more: Partial<PutEvaluation> = {}): PutEvaluation => ({
  complianceResourceType: 'City::Fleet::Vehicle',
  complianceResourceId: 'FR-042',
  complianceType: 'NON_COMPLIANT',
  orderingTimestamp: serviceMs(START + 1000),
  ...more,
})

/** A change has called the function; its answer can be put. */
function asked(): { bench: ConfigBench; put: (more?: Partial<PutEvaluations>) => ReturnType<typeof putEvaluations> } {
  const bench = new ConfigBench([onChange()])
  const resultToken = String(payloadOf(bench.see(1))['resultToken'])
  return {
    bench,
    put: (more) => putEvaluations(bench.state, { resultToken, evaluations: [verdict()], ...more }, at(2)),
  }
}

describe('rules that a response unit judges', () => {
  it('[CONFIG-21] calls the function for a change, on behalf of the rule, with the item as its cause', () => {
    const bench = new ConfigBench([onChange()])
    const out = bench.see(1, { hops: 2 })
    const [rule] = bench.state.rules
    expect(only(out.invocations)).toMatchObject({
      cause: only(out.items).id,
      functionName: ARN,
      invokedBy: 'config.amazonaws.com',
      sourceArn: rule?.configRuleArn,
      hops: 2,
    })
    expect(payloadOf(out)).toMatchObject({
      version: '1.0',
      ruleParameters: '{"colour":"red"}',
      eventLeftScope: false,
      configRuleName: 'paint',
      configRuleArn: rule?.configRuleArn,
      configRuleId: rule?.configRuleId,
      accountId: '111122223333',
    })
    expect(invokingEventOf(out)).toMatchObject({
      messageType: 'ConfigurationItemChangeNotification',
      configurationItem: { resourceId: 'FR-042', awsAccountId: '111122223333', configuration: vehicle() },
      configurationItemDiff: { changeType: 'CREATE' },
    })
    expect(out.compliance).toEqual([])
  })

  it('[CONFIG-21] calls it once per period, tied to no resource, with the run as its cause', () => {
    const rule = custom('ScheduledNotification', { maximumExecutionFrequency: 'One_Hour' })
    const bench = new ConfigBench([rule])
    bench.see(1)
    bench.see(2, { resourceId: 'FR-001' })
    const out = bench.step(3600)
    expect(invokingEventOf(out)).toMatchObject({ messageType: 'ScheduledNotification', awsAccountId: '111122223333' })
    expect(invokingEventOf(out)).not.toHaveProperty('configurationItem')
    expect(only(out.invocations).cause).toBe(only(out.runs).id)
  })

  it('[CONFIG-21] a message type without a frequency means every 24 hours', () => {
    const bench = new ConfigBench([custom('ScheduledNotification')])
    expect(bench.step(86_399).invocations).toEqual([])
    expect(bench.step(86_400).invocations).toHaveLength(1)
  })

  it('[CONFIG-17] says eventLeftScope to the function when a judged resource is gone', () => {
    const { bench, put } = asked()
    bench.state = valueOf(put()).state
    expect(payloadOf(bench.see(3, { configuration: null }))['eventLeftScope']).toBe(true)
  })

  it('[CONFIG-22] stores the verdicts a function puts, tells the change, and names the run that put them', () => {
    const { put } = asked()
    const value = valueOf(put({ cause: '77/7' }))
    expect(verdicts(value)).toEqual(['FR-042 - > NON_COMPLIANT'])
    expect(only(value.compliance)).toMatchObject({ cause: '77/7', configRuleName: 'paint' })
    expect(only(value.events).detailType).toBe('Config Rules Compliance Change')
  })

  it('[CONFIG-22] the token may be used again: a function can answer in several calls', () => {
    const { bench, put } = asked()
    bench.state = valueOf(put()).state
    const again = valueOf(put({ evaluations: [verdict({ complianceResourceId: 'FR-001' })] }))
    expect(verdicts(again)).toEqual(['FR-001 - > NON_COMPLIANT'])
  })

  it.each(['INSUFFICIENT_DATA', 'ERROR', 'compliant', ''])('[CONFIG-22] refuses the verdict %j', (complianceType) => {
    const { put } = asked()
    expect(errorOf(put({ evaluations: [verdict(), verdict({ complianceType })] }))).toBe(
      'InvalidParameterValueException',
    )
  })

  it('[CONFIG-22] takes at most 100 verdicts with annotations of at most 256 characters', () => {
    const { put } = asked()
    const many = (count: number) => Array.from({ length: count }, (_, n) => verdict({ complianceResourceId: `v${n}` }))
    expect(put({ evaluations: many(100) }).ok).toBe(true)
    expect(errorOf(put({ evaluations: many(101) }))).toBe('InvalidParameterValueException')
    expect(put({ evaluations: [verdict({ annotation: 'x'.repeat(256) })] }).ok).toBe(true)
    expect(errorOf(put({ evaluations: [verdict({ annotation: 'x'.repeat(257) })] }))).toBe(
      'InvalidParameterValueException',
    )
  })

  it('[CONFIG-23] refuses a token that it did not give, and one of a rule that is gone', () => {
    const { bench, put } = asked()
    expect(errorOf(put({ resultToken: 'mine' }))).toBe('InvalidResultTokenException')
    bench.change((state) => deleteConfigRule(state, { configRuleName: 'paint' }))
    expect(errorOf(put())).toBe('NoSuchConfigRuleException')
  })

  it('[CONFIG-23] TestMode checks the verdicts, needs no good token and stores nothing', () => {
    const { bench, put } = asked()
    const tested = valueOf(put({ testMode: true, resultToken: 'any' }))
    expect(tested.state).toBe(bench.state)
    expect(tested.compliance).toEqual([])
    expect(errorOf(put({ testMode: true, evaluations: [verdict({ complianceType: 'MAYBE' })] }))).toBe(
      'InvalidParameterValueException',
    )
  })

  it('[CONFIG-24] ignores a verdict with an older ordering timestamp than the stored one', () => {
    const { bench, put } = asked()
    bench.state = valueOf(put({ evaluations: [verdict({ orderingTimestamp: serviceMs(START + 5000) })] })).state
    const older = verdict({ complianceType: 'COMPLIANT', orderingTimestamp: serviceMs(START + 4999) })
    expect(verdicts(valueOf(put({ evaluations: [older] })))).toEqual([])
    const equal = verdict({ complianceType: 'COMPLIANT', orderingTimestamp: serviceMs(START + 5000) })
    expect(verdicts(valueOf(put({ evaluations: [equal] })))).toEqual(['FR-042 NON_COMPLIANT > COMPLIANT'])
  })

  it('[CONFIG-22] does not run the rule itself: without an answer there is no verdict', () => {
    const bench = new ConfigBench([onChange()])
    bench.see(1)
    expect(bench.step(10_000).compliance).toEqual([])
    expect(bench.state.rules[0]?.results).toEqual({})
  })
})
