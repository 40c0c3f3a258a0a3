import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { busArn, ruleArn } from '../../../../shared/aws/account.ts'
import { toEnvelope } from '../../../../shared/aws/event.ts'
import type { Target } from '../../../../shared/aws/rule.ts'
import { createArchive, describeArchive } from '../../../../server/services/bridge/archives.ts'
import { listReplays, startReplay } from '../../../../server/services/bridge/replays.ts'
import { after, entry, fines, open, put, QUEUE, SPEEDING, START, step, value } from './kit.ts'

const toBus = (name: string, changes: Partial<Target> = {}): Target => ({ id: name, arn: busArn(name), ...changes })
const rule = (name: string, eventBusName: string, ...targets: readonly Target[]) => ({
  name,
  eventBusName,
  eventPattern: SPEEDING,
  targets,
})

const CHAIN = {
  buses: ['north', 'south'],
  rules: [
    rule('out', 'default', toBus('north')),
    rule('in', 'north', fines, toBus('south')),
    rule('far', 'south', fines),
  ],
}

describe('from bus to bus', () => {
  it('[BRIDGE-70] goes the very event, by way of the rule that sent it', () => {
    const { state, events, matches, dispatches } = put(open(CHAIN), {
      detail: { plate: 'AB' },
      detailText: '{"plate":"AB"}',
    })
    const [, second] = events
    expect(events.map(({ eventBusName }) => eventBusName)).toEqual(['default', 'north'])
    expect(events.map(toEnvelope)[1]).toEqual(events.map(toEnvelope)[0])
    expect(matches.map(({ ruleName, eventBusName }) => [ruleName, eventBusName])).toEqual([
      ['out', 'default'],
      ['in', 'north'],
    ])
    expect(dispatches.map(({ targetId, ruleArn: arn, hops }) => [targetId, arn, hops])).toEqual([
      ['north', ruleArn('out'), 1],
      ['fines', ruleArn('in', 'north'), 2],
    ])
    expect([dispatches[0]?.cause, second?.cause, matches[1]?.cause]).toEqual([
      matches[0]?.id,
      dispatches[0]?.id,
      second?.id,
    ])
    expect(dispatches[0]?.payload).toEqual(events.map(toEnvelope)[0])
    expect(state.deliveries.map(({ target }) => target.id)).toEqual(['fines'])
  })

  it('[BRIDGE-70] counts as an invocation of its rule, and is archived where it arrives', () => {
    const archive = { archiveName: 'north', eventSourceArn: busArn('north') }
    const { state } = value(createArchive(open(CHAIN), archive, START))
    const { state: next, datapoints } = put(state)
    expect(value(describeArchive(next, archive)).eventCount).toBe(1)
    const counted = datapoints.filter(({ metricName }) => metricName === 'Invocations')
    expect(counted.map(({ dimensions }) => dimensions)).toEqual([{ RuleName: 'out' }])
  })

  it('[BRIDGE-70] lets what services publish reach a bus of one’s own', () => {
    const services = { ...rule('out', 'default', toBus('north')), eventPattern: '{"source":["aws.config"]}' }
    const listener = { ...rule('in', 'north', fines), eventPattern: '{"source":["aws.config"]}' }
    const { matches } = put(open({ buses: ['north'], rules: [services, listener] }), { source: 'aws.config' })
    expect(matches.map(({ ruleName }) => ruleName)).toEqual(['out', 'in'])
  })

  it('[BRIDGE-71] goes no event on to a third bus, nor back', () => {
    const back = {
      buses: ['north'],
      rules: [rule('out', 'default', toBus('north')), rule('in', 'north', toBus('default'))],
    }
    expect(put(open(CHAIN)).matches.map(({ ruleName }) => ruleName)).not.toContain('far')
    expect(put(open(back)).events).toHaveLength(2)
    expect(put(open(CHAIN), { eventBusName: 'north' }).matches.map(({ ruleName }) => ruleName)).toEqual(['in', 'far'])
  })

  it('[BRIDGE-71] fails where there is no such bus', () => {
    const lost = toBus('nowhere', { deadLetterConfig: { arn: QUEUE } })
    const { deadLetters, events, dispatches, state } = put(open({ rules: [rule('out', 'default', lost)] }))
    expect(deadLetters).toMatchObject([
      {
        cause: dispatches[0]?.id,
        queue: QUEUE,
        attributes: { ERROR_CODE: 'NO_RESOURCE', TARGET_ARN: busArn('nowhere') },
      },
    ])
    expect([events.length, state.deliveries]).toEqual([1, []])
  })

  it('[BRIDGE-71] ends, however rules send events round', () => {
    const buses = ['default', 'a', 'b', 'c']
    const link = fc.tuple(fc.constantFrom(...buses), fc.constantFrom(...buses))
    fc.assert(
      fc.property(fc.array(link, { maxLength: 12 }), fc.constantFrom(...buses), (links, first) => {
        const rules = links.map(([from, to], n) => rule(`r${n}`, from, toBus(to)))
        const { events, state } = put(open({ buses: buses.slice(1), rules }), { eventBusName: first })
        const expected = links.filter(([from]) => from === first).map(([, to]) => to)
        expect(events.map(({ eventBusName }) => eventBusName)).toEqual([first, ...expected])
        expect(state.deliveries).toEqual([])
      }),
      { seed: 71 },
    )
  })
})

describe('what a command centre keeps', () => {
  const archive = { archiveName: 'memory', eventSourceArn: busArn('default') }

  it('[BRIDGE-72] is the newest events of an archive', () => {
    let { state } = value(createArchive(open(), archive, START))
    for (let minute = 0; minute < 60; minute += 1) {
      const entries = Array.from({ length: 100 }, () => entry({ time: after(minute * 60) }))
      state = step(state, minute * 60, { entries }).state
    }
    expect(value(describeArchive(state, archive)).eventCount).toBe(5000)
    expect(state.kept['memory']?.map(({ minute }) => minute - START / 60_000)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 10),
    )
  })

  it('[BRIDGE-72] is the newest replays that have ended', () => {
    let { state } = value(createArchive(open(), archive, START))
    for (let n = 0; n < 30; n += 1) {
      const times = { eventStartTime: START, eventEndTime: after(60) }
      const input = { replayName: `r${n}`, eventSourceArn: state.archives[0]?.archiveArn ?? '', ...times }
      state = value(startReplay(state, { ...input, destination: { arn: busArn('default') } }, after(n))).state
      for (const _ of ['starts', 'ends']) state = step(state, n).state
    }
    expect(listReplays(state, {}).map(({ replayName }) => replayName)).toEqual(
      Array.from({ length: 21 }, (_, i) => `r${i + 9}`),
    )
    expect(listReplays(state, {}).every((replay) => replay.state === 'COMPLETED')).toBe(true)
  })
})
