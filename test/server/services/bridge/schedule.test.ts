import { describe, expect, it } from 'vitest'

import { ruleArn } from '../../../../shared/aws/account.ts'
import { fromIso, toIsoSeconds } from '../../../../shared/time.ts'
import { serviceMs } from '../../../../shared/units.ts'
import { nextFiring, parseSchedule } from '../../../../server/services/bridge/schedule.ts'
import { deleteRule, disableRule, enableRule, putRule } from '../../../../server/services/bridge/rules.ts'
import { after, fines, open, refusal, START, step, value } from './kit.ts'

/** The next firings of an expression after a moment, `null` at the end. */
function firings(expression: string, from: string, count: number): readonly (string | null)[] {
  const schedule = parseSchedule(expression)
  if (schedule === null) throw new Error(`not a schedule: ${expression}`)
  let at = fromIso(from) ?? serviceMs(0)
  return Array.from({ length: count }, () => {
    const next = nextFiring(schedule, at)
    if (next === null) return null
    at = next
    return toIsoSeconds(next)
  })
}

describe('rate', () => {
  it.each([
    ['rate(1 minute)', '2026-03-14T09:27:00Z', '2026-03-14T09:28:00Z'],
    ['rate(5 minutes)', '2026-03-14T09:31:00Z', '2026-03-14T09:36:00Z'],
    ['rate(1 hour)', '2026-03-14T10:26:00Z', '2026-03-14T11:26:00Z'],
    ['rate(12 hours)', '2026-03-14T21:26:00Z', '2026-03-15T09:26:00Z'],
    ['rate(1 day)', '2026-03-15T09:26:00Z', '2026-03-16T09:26:00Z'],
    ['rate(7 days)', '2026-03-21T09:26:00Z', '2026-03-28T09:26:00Z'],
  ])('[BRIDGE-59] %s', (expression, first, second) => {
    expect(firings(expression, '2026-03-14T09:26:00Z', 2)).toEqual([first, second])
  })

  it('[BRIDGE-59] fires at whole minutes', () => {
    expect(firings('rate(1 minute)', '2026-03-14T09:26:20Z', 2)).toEqual([
      '2026-03-14T09:28:00Z',
      '2026-03-14T09:29:00Z',
    ])
  })
})

describe('cron', () => {
  it.each<readonly [string, string, readonly (string | null)[]]>([
    ['cron(0 10 * * ? *)', '2026-03-14T09:26:00Z', ['2026-03-14T10:00:00Z', '2026-03-15T10:00:00Z']],
    ['cron(26 9 * * ? *)', '2026-03-14T09:26:00Z', ['2026-03-15T09:26:00Z']],
    ['cron(15 12 ? * MON-FRI *)', '2026-03-14T09:26:00Z', ['2026-03-16T12:15:00Z', '2026-03-17T12:15:00Z']],
    ['cron(0/15 * * * ? *)', '2026-03-14T09:46:10Z', ['2026-03-14T10:00:00Z', '2026-03-14T10:15:00Z']],
    ['cron(*/20 9 ? * 7 *)', '2026-03-14T09:26:00Z', ['2026-03-14T09:40:00Z', '2026-03-21T09:00:00Z']],
    ['cron(5,35 14 * * ? *)', '2026-03-14T14:05:00Z', ['2026-03-14T14:35:00Z', '2026-03-15T14:05:00Z']],
    ['cron(0 8 1 * ? *)', '2026-12-14T00:00:00Z', ['2027-01-01T08:00:00Z', '2027-02-01T08:00:00Z']],
    ['cron(0 0 1 JAN,jul ? *)', '2026-03-14T00:00:00Z', ['2026-07-01T00:00:00Z', '2027-01-01T00:00:00Z']],
    ['cron(0 0 29 2 ? *)', '2026-03-14T00:00:00Z', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
    ['cron(0 0 30 2 ? *)', '2026-03-14T00:00:00Z', [null]],
    ['cron(0 0 1 1 ? 2025)', '2026-03-14T00:00:00Z', [null]],
    ['cron(59 23 31 12 ? 2026-2027)', '2026-03-14T00:00:00Z', ['2026-12-31T23:59:00Z', '2027-12-31T23:59:00Z', null]],
    ['cron(0 0 1 1 ? 2199)', '2026-03-14T00:00:00Z', ['2199-01-01T00:00:00Z', null]],
  ])('[BRIDGE-60] %s after %s', (expression, from, expected) => {
    expect(firings(expression, from, expected.length)).toEqual(expected)
  })

  it.each<readonly [string, ...string[]]>([
    ['cron(0 0 L * ? *)', '2026-03-31', '2026-04-30', '2026-05-31'],
    ['cron(0 0 15W * ? *)', '2026-03-16', '2026-04-15', '2026-05-15', '2026-06-15', '2026-07-15', '2026-08-14'],
    ['cron(0 0 1W * ? *)', '2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01', '2026-08-03'],
    ['cron(0 0 31W * ? *)', '2026-03-31', '2026-05-29', '2026-07-31'],
    ['cron(0 0 LW * ? *)', '2026-03-31', '2026-04-30', '2026-05-29'],
    ['cron(0 0 ? * 6#3 *)', '2026-03-20', '2026-04-17', '2026-05-15'],
    ['cron(0 0 ? * MON#5 *)', '2026-03-30', '2026-06-29'],
    ['cron(0 0 ? * 6L *)', '2026-03-27', '2026-04-24', '2026-05-29'],
    ['cron(0 0 ? * L *)', '2026-03-21', '2026-03-28'],
  ])('[BRIDGE-61] %s', (expression, ...days) => {
    const expected = days.map((day) => `${day}T00:00:00Z`)
    expect(firings(expression, '2026-03-14T09:26:00Z', days.length)).toEqual(expected)
  })
})

describe('what is no schedule', () => {
  it.each([
    '',
    'rate()',
    'rate(0 minutes)',
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(-1 hours)',
    'rate(1.5 hours)',
    'rate(5 seconds)',
    'rate(5  minutes)',
    'rate(5 minutes',
    'at(2026-03-14T09:26:00)',
    'cron()',
    'cron(* * * * *)',
    'cron(0 0 * * * *)',
    'cron(0 0 ? * ? *)',
    'cron(60 0 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 1 13 ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * 0 *)',
    'cron(0 0 1 1 ? 1969)',
    'cron(0 0 1 1 ? 2200)',
    'cron(5-1 0 * * ? *)',
    'cron(0/0 0 * * ? *)',
    'cron(1,,2 0 * * ? *)',
    'cron(a 0 * * ? *)',
    'cron(0 0 ? * 6#6 *)',
    'cron(0 0 ? * 6#1#2 *)',
    'cron(0 0 32W * ? *)',
    'cron(? 0 * * ? *)',
    'cron(1-2-3 0 * * ? *)',
    'cron(1/2/3 0 * * ? *)',
    'cron(0 0 W * ? *)',
    'cron(0 0 ? * #1 *)',
    'cron(0 0 * * ? * *)',
  ])('[BRIDGE-62] is %s', (scheduleExpression) => {
    expect(refusal(putRule(open(), { name: 'clock', scheduleExpression }, START))).toMatchObject({
      code: 'ValidationException',
      message: 'Parameter ScheduleExpression is not valid.',
    })
  })

  it('[BRIDGE-62] is one on another bus', () => {
    const input = { name: 'clock', scheduleExpression: 'rate(1 minute)', eventBusName: 'other' }
    expect(refusal(putRule(open({ buses: ['other'] }), input, START)).message).toBe(
      'ScheduleExpression is supported only on the default event bus.',
    )
  })
})

describe('a scheduled rule', () => {
  const clock = { name: 'clock', scheduleExpression: 'rate(1 minute)', targets: [fines] }

  it('[BRIDGE-63] gets its own event and calls its targets', () => {
    const state = open({ rules: [clock, { name: 'all', eventPattern: '{"source":["aws.events"]}', targets: [fines] }] })
    expect(step(state, 59.9).state).toBe(state)
    const { events, matches, dispatches, state: next } = step(state, 60)
    expect(events).toMatchObject([
      {
        cause: null,
        eventBusName: 'default',
        source: 'aws.events',
        detailType: 'Scheduled Event',
        detail: {},
        resources: [ruleArn('clock')],
        time: after(60),
      },
    ])
    expect(matches.map((match) => match.ruleName)).toEqual(['clock'])
    expect(dispatches).toHaveLength(1)
    expect(next.due).toBe(after(120))
  })

  it('[BRIDGE-63] fires once for every time that was due', () => {
    const { events } = step(open({ rules: [clock] }), 185)
    expect(events.map((event) => event.time)).toEqual([after(60), after(120), after(180)])
  })

  it('[BRIDGE-59] counts anew when it is put or enabled again, and rests while it is disabled', () => {
    const state = open({ rules: [clock] })
    const ref = { name: 'clock' }
    const put = value(putRule(state, { ...ref, scheduleExpression: 'rate(1 minute)' }, after(30))).state
    expect(put.due).toBe(after(120))
    const off = value(disableRule(put, ref, after(40))).state
    expect(off.due).toBeNull()
    expect(step(off, 500).events).toEqual([])
    expect(value(enableRule(off, ref, after(600))).state.due).toBe(after(660))
  })

  it('[BRIDGE-25] loses its schedule when an update leaves it out, and when it is deleted', () => {
    const state = open({ rules: [{ ...clock, targets: [] }] })
    const updated = value(putRule(state, { name: 'clock', eventPattern: '{"a":[1]}' }, START)).state
    expect(updated.due).toBeNull()
    expect(value(deleteRule(state, { name: 'clock' }, START)).state.due).toBeNull()
  })

  it('[BRIDGE-63] may have a pattern beside its schedule', () => {
    const state = open({ rules: [{ ...clock, eventPattern: '{"source":["city.hall"]}' }] })
    const { matches } = step(state, 60, {
      entries: [
        { cause: '1/1', source: 'city.hall', detailType: 'd', detail: {}, resources: [], time: START, region: 'r' },
      ],
    })
    expect(matches.map((match) => match.ruleName)).toEqual(['clock', 'clock'])
  })

  it('[BRIDGE-60] ends when it never fires again', () => {
    const { state, events } = step(open({ rules: [{ ...clock, scheduleExpression: 'cron(30 9 14 3 ? 2026)' }] }), 240)
    expect(events).toHaveLength(1)
    expect(state.schedules).toEqual([])
    expect(state.due).toBeNull()
  })
})
