import { describe, expect, it } from 'vitest'

import { ACCOUNT_ID, ruleArn } from '../../../../shared/aws/account.ts'
import type { BridgeState } from '../../../../server/services/bridge/state.ts'
import { answer, entry, fines, open, put, QUEUE, SPEEDING, step, withTargets } from './kit.ts'

describe('from event to target', () => {
  it('[BRIDGE-43] matches per rule and dispatches per target, each naming its cause', () => {
    const tow = { ...fines, id: 'tow' }
    const rule = (name: string, eventPattern: string, targets: readonly (typeof fines)[]) => ({
      name,
      eventPattern,
      targets,
    })
    const state = open({
      rules: [
        rule('speeders', SPEEDING, [fines, tow]),
        rule('fast', '{"detail":{"speedKmh":[{"numeric":[">",130]}]}}', [fines]),
        rule('slow', '{"detail":{"speedKmh":[{"numeric":["<=",130]}]}}', [fines]),
      ],
    })
    const { events, matches, dispatches } = put(state)
    expect(events.map(({ id }) => id)).toEqual(['20/1'])
    expect(matches.map(({ ruleName, cause }) => [ruleName, cause])).toEqual([
      ['speeders', '20/1'],
      ['fast', '20/1'],
    ])
    expect(dispatches.map(({ ruleName, targetId, cause }) => [ruleName, targetId, cause])).toEqual([
      ['speeders', 'fines', matches[0]?.id],
      ['speeders', 'tow', matches[0]?.id],
      ['fast', 'fines', matches[1]?.id],
    ])
  })

  it('[BRIDGE-43] keeps the rules of two buses apart', () => {
    const rule = (eventBusName: string) => ({ name: 'same', eventPattern: SPEEDING, eventBusName, targets: [fines] })
    const state = open({ buses: ['other'], rules: [rule('default'), rule('other')] })
    expect(put(state).matches).toMatchObject([{ eventBusName: 'default' }])
    expect(put(state, { eventBusName: 'other' }).matches).toMatchObject([{ ruleName: 'same', eventBusName: 'other' }])
  })

  it('[BRIDGE-44] hides read-only management calls from plain rules', () => {
    const rule = (name: string, state: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') => ({
      name,
      state,
      eventPattern: SPEEDING,
      targets: [],
    })
    const state = open({
      rules: [rule('plain', 'ENABLED'), rule('all', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')],
    })
    expect(put(state, { readOnlyManagement: true }).matches.map(({ ruleName }) => ruleName)).toEqual(['all'])
    expect(put(state).matches.map(({ ruleName }) => ruleName)).toEqual(['plain', 'all'])
  })

  it('[BRIDGE-45] stops a chain after sixteen turns and shows it', () => {
    let state = withTargets(fines)
    let hops = 0
    for (let turn = 0; turn < 16; turn += 1) {
      const { dispatches, loops, ...next } = put(state, { hops })
      expect(loops).toEqual([])
      hops = dispatches[0]?.hops ?? -1
      expect(hops).toBe(turn + 1)
      state = next.state
    }
    const last = put(state, { hops })
    expect(last.dispatches).toEqual([])
    expect(last.matches).toHaveLength(1)
    expect(last.loops).toMatchObject([{ cause: last.matches[0]?.id, ruleName: 'speeders', hops: 16 }])
  })
})

describe('the state', () => {
  it('[BRIDGE-46] is the very same after a step without work', () => {
    const state = withTargets(fines)
    expect(step(state, 100).state).toBe(state)
    expect(step(state, 100)).toMatchObject({ events: [], matches: [], dispatches: [] })
    const waiting = put(state).state
    expect(step(waiting, 200).state).toBe(waiting)
  })

  it('[BRIDGE-46] does not change under the caller', () => {
    const state = withTargets(fines)
    const before = JSON.stringify(state)
    put(state)
    expect(JSON.stringify(state)).toBe(before)
  })

  it('[BRIDGE-47] goes on from its text as from itself', () => {
    const again = (state: BridgeState) => JSON.parse(JSON.stringify(state)) as BridgeState
    const first = put(
      open({
        rules: [
          { name: 'speeders', eventPattern: SPEEDING, targets: [{ ...fines, deadLetterConfig: { arn: QUEUE } }] },
          { name: 'clock', scheduleExpression: 'rate(1 minute)', targets: [fines] },
        ],
      }),
    )
    expect(again(first.state)).toStrictEqual(first.state)
    const input = {
      entries: [entry({ source: 'city.camera' }), entry({ source: 'city.road' })],
      handovers: [answer(first.dispatches[0]?.id, 'TIMEOUT')],
    }
    const direct = step(first.state, 61, input)
    expect(step(again(first.state), 61, input)).toStrictEqual(direct)
    expect(direct.state).not.toEqual(first.state)
    expect(again(direct.state)).toStrictEqual(direct.state)
  })

  it('[BRIDGE-47] follows from the seed', () => {
    expect(put(withTargets(fines))).toStrictEqual(put(withTargets(fines)))
  })

  it('[BRIDGE-26] cannot be opened with a rule that EventBridge refuses', () => {
    expect(() => open({ rules: [{ name: 'a', eventPattern: '{}', targets: [] }] })).toThrow(/Empty objects/)
    expect(() => open({ rules: [{ name: 'a', eventPattern: SPEEDING, targets: [{ id: '', arn: '' }] }] })).toThrow(/Id/)
    expect(open({ rules: [{ name: 'a', eventPattern: SPEEDING, targets: [] }] }).rules[0]?.arn).toBe(ruleArn('a'))
    expect(ruleArn('a')).toBe(`arn:aws:events:eu-west-3:${ACCOUNT_ID}:rule/a`)
  })
})
