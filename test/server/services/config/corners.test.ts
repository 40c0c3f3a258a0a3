import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../../../../shared/json.ts'
import { describeConfigRuleEvaluationStatus } from '../../../../server/services/config/compliance.ts'
import { evaluatePolicy } from '../../../../server/services/config/policy.ts'
import { parsePolicy } from '../../../../server/services/config/policy-parse.ts'
import {
  describeConfigurationRecorderStatus,
  putConfigurationRecorder,
  startConfigurationRecorder,
  stopConfigurationRecorder,
} from '../../../../server/services/config/recorder.ts'
import {
  deleteRemediationExceptions,
  putRemediationExceptions,
  type ResourceKey,
} from '../../../../server/services/config/remediation.ts'
import { putConfigRule } from '../../../../server/services/config/rules.ts'
import { ConfigBench, START, at, brakes, errorOf, managed, only, valueOf, vehicle, verdicts } from './bench.ts'

const TYPE = 'City::Fleet::Vehicle'
const BAD = { configuration: vehicle(0.9) }
const DAY = 86_400

describe('a resource that comes and goes', () => {
  it('[CONFIG-1] is discovered anew, with a new beginning', () => {
    const bench = new ConfigBench([brakes()])
    const statuses = [
      bench.see(1),
      bench.see(2, { configuration: vehicle(0.2) }),
      bench.see(3, { configuration: null }),
      bench.see(4, { configuration: null }),
      bench.see(5, BAD),
    ].map((out) => out.items.map(({ status }) => status).join())
    expect(statuses).toEqual(['ResourceDiscovered', 'OK', 'ResourceDeleted', '', 'ResourceDiscovered'])
    expect(bench.state.resources[`${TYPE}/FR-042`]?.createdAt).toBe(START + 5000)
  })

  it('[CONFIG-17] is told as NOT_APPLICABLE when it goes, and judged anew when it is back', () => {
    const bench = new ConfigBench([brakes()])
    const told = [bench.see(1), bench.see(2, { configuration: null }), bench.see(3, BAD), bench.see(4)].map(verdicts)
    expect(told).toEqual([
      ['FR-042 - > COMPLIANT'],
      ['FR-042 COMPLIANT > NOT_APPLICABLE'],
      ['FR-042 NOT_APPLICABLE > NON_COMPLIANT'],
      ['FR-042 NON_COMPLIANT > COMPLIANT'],
    ])
  })

  it('[CONFIG-41] is forgotten when 200 others have gone after it, with its verdicts and exceptions only', () => {
    const bench = new ConfigBench([brakes()])
    const keys: ResourceKey[] = ['first', 'stays'].map((resourceId) => ({ resourceType: TYPE, resourceId }))
    for (const { resourceId } of keys) bench.see(1, { resourceId, ...BAD })
    const input = { configRuleName: 'brakes-in-order', resourceKeys: keys }
    bench.change((state, ctx) => {
      const put = putRemediationExceptions(state, input, ctx)
      return put.ok ? { ok: true, value: put.value.state } : put
    }, 1)
    bench.see(2, { resourceId: 'first', configuration: null })
    const known = () => Object.keys(bench.state.resources).filter((key) => /first|stays/.test(key))
    for (let n = 1; n <= 200; n += 1) {
      expect(known()).toEqual([`${TYPE}/first`, `${TYPE}/stays`])
      bench.see(2 + n, { resourceId: `r${n}` })
      bench.see(2.5 + n, { resourceId: `r${n}`, configuration: null })
    }
    expect(known()).toEqual([`${TYPE}/stays`])
    expect(Object.keys(bench.state.resources)).toHaveLength(201)
    expect(Object.keys(only(bench.state.rules).results)).not.toContain(`${TYPE}/first`)
    expect(bench.state.exceptions.map(({ resourceKey }) => resourceKey)).toEqual([`${TYPE}/stays`])
  })
})

describe('the recorder', () => {
  const NAME = { configurationRecorderName: 'default' }
  const status = (bench: ConfigBench) =>
    describeConfigurationRecorderStatus(bench.state)['ConfigurationRecordersStatus']

  it('[CONFIG-40] keeps its times when it is changed', () => {
    const bench = new ConfigBench()
    bench.change((state, ctx) => stopConfigurationRecorder(state, NAME, ctx), 10)
    bench.change((state, ctx) => startConfigurationRecorder(state, NAME, ctx), 20)
    const before = status(bench)
    expect(before).toMatchObject([
      { recording: true, lastStartTime: START / 1000 + 20, lastStopTime: START / 1000 + 10 },
    ])
    bench.change((state, ctx) => putConfigurationRecorder(state, { name: 'default', roleARN: 'other' }, ctx), 30)
    expect(status(bench)).toEqual(before)
  })

  it('[CONFIG-4] looks at daily types every day from its start, however long a tick was', () => {
    const bench = new ConfigBench()
    const recordingMode = { recordingFrequency: 'DAILY' as const }
    const recorder = { name: 'default', roleARN: 'r', recordingMode }
    bench.change((state, ctx) => stopConfigurationRecorder(state, NAME, ctx))
    bench.change((state, ctx) => putConfigurationRecorder(state, recorder, ctx))
    bench.change((state, ctx) => startConfigurationRecorder(state, NAME, ctx), 100)
    bench.step(101)
    bench.see(102)
    const looks = [DAY + 99, DAY + 100, DAY + 101, 4 * DAY, 4 * DAY + 99, 4 * DAY + 100, 5 * DAY + 100]
    const found = looks.map((second, n) => {
      const { items } = bench.step(second)
      bench.see(second + 0.5, { configuration: vehicle(0.1 + n / 100) })
      return items.length
    })
    expect(found).toEqual([0, 1, 0, 1, 0, 1, 1])
  })
})

describe('what a rule is put with', () => {
  const types = (count: number) => Array.from({ length: count }, (_, n) => `City::Fleet::Type${n}`)
  const put = (complianceResourceTypes: readonly string[]) =>
    errorOf(putConfigRule(new ConfigBench().state, brakes({ scope: { complianceResourceTypes } }), at(1)))

  it.each([
    [0, 'InvalidParameterValueException'],
    [1, 'no error'],
    [100, 'no error'],
    [101, 'InvalidParameterValueException'],
  ])('[CONFIG-18] %i types: %s', (count, error) => {
    expect(put(types(count))).toBe(error)
  })

  it('[CONFIG-12] names the tag that is missing or other, with what it found', () => {
    const inputParameters = '{"tag1Key":"owner","tag2Key":"use","tag2Value":"taxi, bus"}'
    const bench = new ConfigBench([managed('REQUIRED_TAGS', { inputParameters })])
    const annotations = [{}, { owner: 'lea' }, { owner: 'lea', use: 'van' }, { owner: '', use: 'bus' }].map(
      (tags, n) => bench.see(1 + n, { tags }) && only(bench.state.rules).results[`${TYPE}/FR-042`]?.annotation,
    )
    expect(annotations).toEqual(['tag owner = ∅', 'tag use = ∅', 'tag use = van', ''])
  })

  it('[CONFIG-19] has times only of what has happened', () => {
    const rule = { configRuleName: 'brakes-in-order' }
    const fresh = valueOf(putConfigRule(new ConfigBench().state, brakes(), at(1)))
    expect(valueOf(describeConfigRuleEvaluationStatus(fresh, rule))).toEqual({
      ConfigRuleName: 'brakes-in-order',
      ConfigRuleArn: expect.any(String),
      ConfigRuleId: expect.any(String),
      FirstEvaluationStarted: false,
    })
    const bench = new ConfigBench([brakes()])
    bench.see(3)
    expect(valueOf(describeConfigRuleEvaluationStatus(bench.state, rule))).toMatchObject({
      LastSuccessfulInvocationTime: START / 1000 + 3,
      LastSuccessfulEvaluationTime: START / 1000 + 3,
      FirstEvaluationStarted: true,
    })
  })
})

describe('exceptions', () => {
  it('[CONFIG-34] are taken away one by one, by rule and by resource', () => {
    const names = ['brakes-in-order', 'tyre-tread-minimum']
    const bench = new ConfigBench([brakes(), managed('TYRE_TREAD_MINIMUM')])
    const keys = ['a', 'b'].map((resourceId) => ({ resourceType: TYPE, resourceId }))
    for (const { resourceId } of keys) {
      bench.see(1, { resourceId, configuration: vehicle(0.9, { tyres: { treadMm: 1 } }) })
    }
    for (const configRuleName of names) {
      const put = valueOf(putRemediationExceptions(bench.state, { configRuleName, resourceKeys: keys }, at(2)))
      expect(put.failedKeys).toEqual([])
      bench.state = put.state
    }
    const taken = deleteRemediationExceptions(bench.state, {
      configRuleName: 'brakes-in-order',
      resourceKeys: keys.slice(0, 1),
    })
    const left = valueOf(taken).exceptions.map(({ configRuleName, resourceKey }) => `${configRuleName} ${resourceKey}`)
    expect(left).toEqual([`brakes-in-order ${TYPE}/b`, `tyre-tread-minimum ${TYPE}/a`, `tyre-tread-minimum ${TYPE}/b`])
  })
})

describe('policies', () => {
  const item: JsonObject = {
    configuration: { text: 'x', none: null, nothing: '', number: 0, list: [], struct: {}, full: [1], rich: { a: 1 } },
  }
  const judge = (clauses: string) => {
    const verdict = evaluatePolicy(`rule r { ${clauses} }`, item)
    return 'error' in verdict ? verdict.error.message : verdict.complianceType
  }

  it.each([
    ['empty', ['nothing', 'list', 'struct']],
    ['is_string', ['text', 'nothing']],
    ['is_list', ['list', 'full']],
    ['is_struct', ['struct', 'rich']],
    ['exists', ['text', 'none', 'nothing', 'number', 'list', 'struct', 'full', 'rich']],
  ])('[CONFIG-36] %s is true of %j and of nothing else', (operator, names) => {
    const all = ['text', 'none', 'nothing', 'number', 'list', 'struct', 'full', 'rich']
    const found = all.filter((name) => judge(`configuration.${name} ${operator}`) === 'COMPLIANT')
    expect(found).toEqual(names)
    const others = all.filter((name) => judge(`configuration.${name} not ${operator}`) === 'COMPLIANT')
    expect(others).toEqual(all.filter((name) => !names.includes(name)))
  })

  it.each([
    ['when configuration.roof exists or configuration.text exists { configuration.number == 0 }', 'COMPLIANT'],
    ['when configuration.text exists configuration.roof exists { configuration.number == 1 }', 'NOT_APPLICABLE'],
    [
      'when configuration.text exists { when configuration.roof exists { configuration.number == 1 } }',
      'NOT_APPLICABLE',
    ],
    [
      'when configuration.text exists { when configuration.none exists { configuration.number == 1 } }',
      'NON_COMPLIANT',
    ],
    ['when configuration.roof exists { configuration.number == 1 } configuration.number == 0', 'COMPLIANT'],
  ])('[CONFIG-36] %s: %s', (clauses, complianceType) => {
    expect(judge(clauses)).toBe(complianceType)
  })

  it('[CONFIG-36] have 10 000 characters and 17 storeys at most', () => {
    const padded = (length: number) => 'rule r { a exists }'.padEnd(length)
    expect(parsePolicy(padded(10_000)).ok).toBe(true)
    expect(parsePolicy(padded(10_001)).ok).toBe(false)
    const storeys = (count: number) => `rule r ${'{ when a exists '.repeat(count - 1)}{ a exists ${'}'.repeat(count)}`
    expect(parsePolicy(storeys(17)).ok).toBe(true)
    expect(parsePolicy(storeys(18)).ok).toBe(false)
  })

  it('[CONFIG-36] name the sign that is none of theirs', () => {
    expect(parsePolicy('rule r {\n a = 1 ? }')).toMatchObject({ error: { line: 2, message: 'unexpected ?' } })
    expect(parsePolicy("rule r { a == 'x")).toMatchObject({ error: { line: 1, message: "unexpected '" } })
  })
})
