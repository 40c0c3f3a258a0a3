import { describe, expect, it } from 'vitest'

import { busArn, ruleArn } from '../../../../shared/aws/account.ts'
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
} from '../../../../server/services/bridge/buses.ts'
import { openBridge } from '../../../../server/services/bridge/bridge.ts'
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRules,
  putRule,
} from '../../../../server/services/bridge/rules.ts'
import type { BridgeState } from '../../../../server/services/bridge/state.ts'
import { listTargetsByRule, putTargets, removeTargets } from '../../../../server/services/bridge/targets.ts'
import { fines, open, put, refusal, SPEEDING, START, value, withTargets } from './kit.ts'

const add = (state: BridgeState, name: string, changes = {}) =>
  value(putRule(state, { name, eventPattern: SPEEDING, ...changes }, START)).state

describe('PutRule', () => {
  it('[BRIDGE-25] clears what an update leaves out and keeps the targets', () => {
    const first = add(withTargets(fines), 'speeders', { description: 'all of them', state: 'DISABLED' })
    const second = add(first, 'speeders')
    expect(value(describeRule(second, { name: 'speeders' }))).toEqual({
      name: 'speeders',
      arn: ruleArn('speeders'),
      eventBusName: 'default',
      state: 'ENABLED',
      eventPattern: SPEEDING,
    })
    expect(second.rules).toHaveLength(1)
    expect(value(listTargetsByRule(second, { rule: 'speeders' }))).toEqual([fines])
  })

  it.each<readonly [string, object, string]>([
    ['', {}, 'ValidationException'],
    ['two words', {}, 'ValidationException'],
    ['x'.repeat(65), {}, 'ValidationException'],
    ['a', { eventPattern: undefined }, 'ValidationException'],
    ['a', { eventPattern: '{"a":1}' }, 'InvalidEventPatternException'],
    ['a', { eventPattern: `{"a":["${'x'.repeat(2048)}"]}` }, 'ValidationException'],
    ['a', { eventBusName: 'elsewhere' }, 'ResourceNotFoundException'],
    ['a', { state: 'ASLEEP' }, 'ValidationException'],
    ['a', { description: 'x'.repeat(513) }, 'ValidationException'],
  ])('[BRIDGE-26] refuses %s with %j', (name, changes, code) => {
    const { eventPattern, ...rest } = { eventPattern: SPEEDING, ...changes }
    const input = { name, ...rest, ...(eventPattern === undefined ? {} : { eventPattern }) }
    expect(refusal(putRule(open(), input, START)).code).toBe(code)
  })

  it('[BRIDGE-26] says what is wrong with a pattern, and takes longer ones where it was told to', () => {
    const { message } = refusal(putRule(open(), { name: 'a', eventPattern: '{}' }, START))
    expect(message).toMatch(/^Event pattern is not valid\. Reason: Empty objects are not allowed/)
    const eventPattern = `{"a":["${'x'.repeat(4000)}"]}`
    expect(value(putRule(open({ patternLimit: 4096 }), { name: 'a', eventPattern }, START)).ruleArn).toBe(ruleArn('a'))
    expect(() => openBridge({ patternLimit: 4097 }, START)).toThrow(/4096/)
  })

  it('[BRIDGE-27] stops at 300 rules on a bus', () => {
    let state = value(createEventBus(open(), { name: 'other' })).state
    for (let n = 0; n < 300; n += 1) state = add(state, `r${n}`)
    const refused = refusal(putRule(state, { name: 'r300', eventPattern: SPEEDING }, START))
    expect(refused).toEqual({
      code: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    })
    expect(add(state, 'r7', { description: 'an update' }).rules).toHaveLength(300)
    expect(add(state, 'r300', { eventBusName: 'other' }).rules).toHaveLength(301)
  })
})

describe('a rule', () => {
  it('[BRIDGE-28] cannot be deleted while it has targets', () => {
    const state = withTargets(fines)
    const ref = { name: 'speeders' }
    expect(refusal(deleteRule(state, ref, START)).message).toBe("Rule can't be deleted since it has targets.")
    const without = value(removeTargets(state, { rule: 'speeders', ids: ['fines'] })).state
    expect(value(deleteRule(without, ref, START)).state.rules).toEqual([])
    expect(value(deleteRule(without, { name: 'nobody' }, START)).state).toBe(without)
    expect(refusal(deleteRule(without, { name: 'a', eventBusName: 'elsewhere' }, START)).code).toBe(
      'ResourceNotFoundException',
    )
  })

  it('[BRIDGE-29] matches nothing while it is disabled', () => {
    const off = value(disableRule(withTargets(fines), { name: 'speeders' }, START)).state
    expect(value(describeRule(off, { name: 'speeders' })).state).toBe('DISABLED')
    expect(put(off).matches).toEqual([])
    const on = value(enableRule(off, { name: 'speeders' }, START)).state
    expect(put(on).matches).toHaveLength(1)
    expect(value(enableRule(on, { name: 'speeders' }, START)).state).toBe(on)
  })

  it('[BRIDGE-30] that a service keeps is changed by force only', () => {
    const state = open({
      rules: [{ name: 'kept', eventPattern: SPEEDING, managedBy: 'config.amazonaws.com', targets: [] }],
    })
    const codes = [
      putRule(state, { name: 'kept', eventPattern: SPEEDING }, START),
      deleteRule(state, { name: 'kept' }, START),
      disableRule(state, { name: 'kept' }, START),
      putTargets(state, { rule: 'kept', targets: [fines] }),
      removeTargets(state, { rule: 'kept', ids: ['fines'] }),
    ].map((result) => refusal(result).code)
    expect(new Set(codes)).toEqual(new Set(['ManagedRuleException']))
    expect(value(removeTargets(state, { rule: 'kept', ids: ['fines'], force: true })).state.rules).toHaveLength(1)
    expect(value(deleteRule(state, { name: 'kept', force: true }, START)).state.rules).toEqual([])
  })

  it('[BRIDGE-34] that does not exist is not found, on a bus that does not exist neither', () => {
    const ref = { name: 'nobody' }
    expect(refusal(describeRule(open(), ref)).message).toBe('Rule nobody does not exist on EventBus default.')
    expect(refusal(enableRule(open(), ref, START)).code).toBe('ResourceNotFoundException')
    expect(refusal(disableRule(open(), ref, START)).code).toBe('ResourceNotFoundException')
    expect(refusal(putTargets(open(), { rule: 'nobody', targets: [fines] })).code).toBe('ResourceNotFoundException')
    expect(refusal(listTargetsByRule(open(), { rule: 'nobody' })).code).toBe('ResourceNotFoundException')
    expect(refusal(describeRule(open(), { ...ref, eventBusName: 'elsewhere' })).message).toBe(
      'Event bus elsewhere does not exist.',
    )
    expect(refusal(listRules(open(), { eventBusName: 'elsewhere' })).code).toBe('ResourceNotFoundException')
  })

  it('[BRIDGE-35] is listed by name on its bus', () => {
    const state = ['b2', 'a', 'b1'].reduce((before, name) => add(before, name), open({ buses: ['other'] }))
    const namesOf = (filter: object) => value(listRules(state, filter)).map((rule) => rule.name)
    expect(namesOf({})).toEqual(['a', 'b1', 'b2'])
    expect(namesOf({ namePrefix: 'b' })).toEqual(['b1', 'b2'])
    expect(namesOf({ eventBusName: 'other' })).toEqual([])
    expect(listEventBuses(state, { namePrefix: 'o' }).map((bus) => bus.name)).toEqual(['other'])
    expect(listEventBuses(state, {}).map((bus) => bus.name)).toEqual(['default', 'other'])
  })
})

describe('a bus', () => {
  it('[BRIDGE-33] can be deleted unless it is the default one or has rules', () => {
    const state = add(open({ buses: ['other'] }), 'a', { eventBusName: 'other' })
    expect(refusal(deleteEventBus(state, { name: 'default' })).message).toBe('Cannot delete event bus default.')
    expect(refusal(deleteEventBus(state, { name: 'other' })).code).toBe('ValidationException')
    const empty = value(deleteRule(state, { name: 'a', eventBusName: 'other' }, START)).state
    expect(value(deleteEventBus(empty, { name: 'other' })).state.buses.map((bus) => bus.name)).toEqual(['default'])
  })

  it('[BRIDGE-34] exists once', () => {
    const state = open({ buses: ['other'] })
    expect(refusal(createEventBus(state, { name: 'other' })).code).toBe('ResourceAlreadyExistsException')
    expect(refusal(createEventBus(state, { name: 'default' })).code).toBe('ResourceAlreadyExistsException')
    expect(value(describeEventBus(state, { name: 'other' })).arn).toBe(busArn('other'))
    expect(refusal(describeEventBus(state, { name: 'none' })).code).toBe('ResourceNotFoundException')
    expect(refusal(createEventBus(state, { name: 'two words' })).code).toBe('ValidationException')
  })

  it('[BRIDGE-27] has at most 99 others beside it', () => {
    const buses = Array.from({ length: 99 }, (_, n) => `b${n}`)
    expect(refusal(createEventBus(open({ buses }), { name: 'b99' })).code).toBe('LimitExceededException')
  })
})
