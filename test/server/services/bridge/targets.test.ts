import { describe, expect, it } from 'vitest'

import { functionArn } from '../../../../shared/aws/account.ts'
import type { Target } from '../../../../shared/aws/rule.ts'
import {
  listRuleNamesByTarget,
  listTargetsByRule,
  putTargets,
  removeTargets,
} from '../../../../server/services/bridge/targets.ts'
import { fines, open, QUEUE, refusal, SPEEDING, value, withTargets } from './kit.ts'

const putOne = (changes: Partial<Target>) =>
  putTargets(withTargets(), { rule: 'speeders', targets: [{ ...fines, ...changes }] })

describe('PutTargets', () => {
  it('[BRIDGE-31] adds by id and replaces by id', () => {
    const state = value(
      putTargets(withTargets(fines), {
        rule: 'speeders',
        targets: [
          { id: 'fines', arn: functionArn('warn') },
          { id: 'tow', arn: functionArn('call-tow-truck') },
        ],
      }),
    ).state
    expect(value(listTargetsByRule(state, { rule: 'speeders' })).map((target) => target.arn)).toEqual([
      functionArn('warn'),
      functionArn('call-tow-truck'),
    ])
  })

  it('[BRIDGE-27] stops at five targets of a rule', () => {
    const targets = (count: number) => Array.from({ length: count }, (_, n) => ({ ...fines, id: `t${n}` }))
    const full = withTargets(...targets(5))
    expect(refusal(putTargets(full, { rule: 'speeders', targets: [fines] })).code).toBe('LimitExceededException')
    expect(value(putTargets(full, { rule: 'speeders', targets: targets(2) })).state.targets).toEqual(full.targets)
  })

  it.each<readonly [string, Partial<Target>]>([
    ['an empty id', { id: '' }],
    ['an id with blanks', { id: 'a b' }],
    ['a long id', { id: 'x'.repeat(65) }],
    ['what is no ARN', { arn: 'issue-fine' }],
    ['an input that is not JSON', { input: '{plate}' }],
    ['a long input', { input: `"${'x'.repeat(8191)}"` }],
    ['a path without root', { inputPath: 'detail.plate' }],
    ['a broken path', { inputPath: '$.detail[x' }],
    ['too many retries', { retryPolicy: { maximumRetryAttempts: 186 } }],
    ['less than no retries', { retryPolicy: { maximumRetryAttempts: -1 } }],
    ['too short an age', { retryPolicy: { maximumEventAgeInSeconds: 59 } }],
    ['too long an age', { retryPolicy: { maximumEventAgeInSeconds: 86_401 } }],
    ['a queue that is no ARN', { deadLetterConfig: { arn: 'lost-letters' } }],
    ['an empty template', { inputTransformer: { inputTemplate: '' } }],
    ['a long template', { inputTransformer: { inputTemplate: `"${'x'.repeat(8191)}"` } }],
    ['text without quotes', { inputTransformer: { inputTemplate: 'too fast' } }],
    ['a variable of aws', { inputTransformer: { inputPathsMap: { 'aws.x': '$.detail' }, inputTemplate: '"x"' } }],
    ['a variable with a bad path', { inputTransformer: { inputPathsMap: { x: 'detail' }, inputTemplate: '"x"' } }],
  ])('[BRIDGE-31] refuses %s', (_, changes) => {
    expect(refusal(putOne(changes)).code).toBe('ValidationException')
  })

  it('[BRIDGE-31] refuses two inputs, unknown placeholders and more than 100 variables, in AWS words', () => {
    expect(refusal(putOne({ input: '{}', inputPath: '$' })).message).toBe(
      'Only one of Input, InputPath, or InputTransformer must be provided for target fines.',
    )
    expect(refusal(putOne({ inputTransformer: { inputTemplate: '{"plate":<plate>}' } })).message).toBe(
      'InputTemplate for target fines contains invalid placeholder plate.',
    )
    const paths = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`v${n}`, '$.detail']))
    const transformer = (count: number) => ({ inputTransformer: { inputPathsMap: paths(count), inputTemplate: '"x"' } })
    expect(refusal(putOne(transformer(101))).message).toMatch(/more than 100/)
    expect(putOne(transformer(100)).ok).toBe(true)
  })

  it('[BRIDGE-31] takes what is within all limits', () => {
    const target: Target = {
      id: 'a.b_c-1',
      arn: functionArn('issue-fine'),
      inputTransformer: { inputPathsMap: { 'my-plate_1': "$.detail['plate']" }, inputTemplate: '"<my-plate_1>"\n "b"' },
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      deadLetterConfig: { arn: QUEUE },
    }
    expect(putOne(target).ok).toBe(true)
  })
})

describe('targets', () => {
  it('[BRIDGE-32] are removed by id', () => {
    const state = withTargets(fines, { ...fines, id: 'again' })
    const left = value(removeTargets(state, { rule: 'speeders', ids: ['fines', 'unknown'] })).state
    expect(value(listTargetsByRule(left, { rule: 'speeders' })).map((target) => target.id)).toEqual(['again'])
    expect(value(removeTargets(left, { rule: 'speeders', ids: ['again'] })).state.targets).toEqual({})
  })

  it('[BRIDGE-35] name the rules that call them', () => {
    const rule = (name: string) => ({ name, eventPattern: SPEEDING, targets: [fines] })
    const state = open({ rules: [rule('b'), rule('a'), { ...rule('c'), targets: [] }] })
    expect(listRuleNamesByTarget(state, { targetArn: fines.arn })).toEqual(['a', 'b'])
    expect(listRuleNamesByTarget(state, { targetArn: functionArn('other') })).toEqual([])
  })
})
