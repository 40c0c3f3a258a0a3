import { describe, expect, it } from 'vitest'

import { nextCron, parseCron, parseMinute } from '../../../../server/services/watch/cron.ts'
import {
  deleteAlarmMuteRule,
  getAlarmMuteRule,
  listAlarmMuteRules,
  putAlarmMuteRule,
} from '../../../../server/services/watch/mute-control.ts'
import type { MuteRuleInput, WatchState } from '../../../../server/services/watch/state.ts'
import { toIsoSeconds } from '../../../../shared/time.ts'
import { at, done, open, pass, play, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const BOARD = 'arn:aws:sns:eu-west-3:111122223333:board'
const CALM = 'arn:aws:sns:eu-west-3:111122223333:calm'
const rule = (Expression: string, Duration = 'PT5M', rest: Partial<MuteRuleInput> = {}): MuteRuleInput => ({
  Name: 'parade',
  Rule: { Schedule: { Expression, Duration } },
  MuteTargets: { AlarmNames: ['speed-A7'] },
  ...rest,
})
/** The window that opens with the test and closes five minutes later. */
const NOW = rule('at(2026-03-14T09:00)')
const mute = (state: WatchState, input: MuteRuleInput, seconds = 0) =>
  done(putAlarmMuteRule(state, input, tickAt(seconds)))
const alarmed = () => withAlarm(open(), { AlarmActions: [BOARD], OKActions: [CALM] })
/** Passes of one speed, every 30 s. */
const drive = (from: number, to: number, speed: number) =>
  Array.from({ length: Math.ceil((to - from) / 30) }, (_, i) => pass(from + i * 30 + 5, speed))
const arns = (actions: readonly { actionArn: string }[]) => actions.map(({ actionArn }) => actionArn)

describe('mute rules', () => {
  it('[WATCH-62] changes state and tells the bus, but runs no action', () => {
    const { changes, events, actions } = play(mute(alarmed(), NOW).state, 120, drive(0, 120, 131))
    expect([changes.length, events.length, actions.length]).toEqual([1, 1, 0])
  })

  it('[WATCH-62] leaves other alarms alone', () => {
    const other = withAlarm(alarmed(), { AlarmName: 'crash', AlarmActions: [BOARD] })
    const { actions } = play(mute(other, NOW).state, 120, drive(0, 120, 131))
    expect(actions.map(({ alarmName }) => alarmName)).toEqual(['crash'])
  })

  it.each([{}, { MuteTargets: { AlarmNames: [] } }])('[WATCH-62] mutes all when none is named', (rest) => {
    const { MuteTargets: _, ...input } = NOW
    const { actions } = play(mute(alarmed(), { ...input, ...rest }).state, 120, drive(0, 120, 131))
    expect(actions).toEqual([])
  })

  it('[WATCH-62] mutes composite alarms too', () => {
    const both = withComposite(alarmed(), { AlarmRule: 'ALARM(speed-A7)', AlarmActions: [BOARD] })
    const quiet = mute(both, { ...NOW, MuteTargets: { AlarmNames: ['speed-A7', 'both'] } }).state
    expect(play(quiet, 120, drive(0, 120, 131)).actions).toEqual([])
  })

  it('[WATCH-63] runs the muted action when the window ends and the state still stands', () => {
    const { state } = play(mute(alarmed(), NOW).state, 295, drive(0, 295, 131))
    const { actions, changes } = play(state, 330, drive(295, 330, 131), 295)
    expect(changes).toEqual([])
    expect(actions).toMatchObject([{ actionArn: BOARD, cause: '60/2' }])
  })

  it('[WATCH-63] says nothing of an ALARM that came and went', () => {
    const rest = withAlarm(open(), { AlarmActions: [BOARD] })
    const { actions } = play(mute(rest, NOW).state, 400, [...drive(0, 60, 131), ...drive(60, 400, 90)])
    expect(actions).toEqual([])
  })

  it('[WATCH-63] acts on the next change after the window', () => {
    const { actions } = play(mute(alarmed(), NOW).state, 480, [
      ...drive(0, 60, 90),
      ...drive(60, 400, 90),
      ...drive(400, 480, 131),
    ])
    expect(arns(actions)).toEqual([CALM, BOARD])
  })

  it('[WATCH-63] waits for the last of several windows', () => {
    const longer = rule('at(2026-03-14T09:00)', 'PT10M', { Name: 'market' })
    const { actions } = play(mute(mute(alarmed(), NOW).state, longer).state, 605, drive(0, 605, 131))
    expect(actions).toMatchObject([{ actionArn: BOARD }])
    expect(play(mute(mute(alarmed(), NOW).state, longer).state, 590, drive(0, 590, 131)).actions).toEqual([])
  })

  it('[WATCH-63] makes up at once when the rule is deleted', () => {
    const { state } = play(mute(alarmed(), NOW).state, 120, drive(0, 120, 131))
    const { actions } = done(deleteAlarmMuteRule(state, { AlarmMuteRuleName: 'parade' }, tickAt(125)))
    expect(arns(actions)).toEqual([BOARD])
  })

  it('[WATCH-63] deletes what is not there without complaint', () => {
    const state = open()
    expect(done(deleteAlarmMuteRule(state, { AlarmMuteRuleName: 'parade' }, tickAt(1))).state).toBe(state)
  })

  it('[WATCH-64] opens again and again with cron', () => {
    const hourly = mute(alarmed(), rule('cron(0 * * * *)', 'PT1M')).state
    const status = (state: WatchState, seconds: number) => listAlarmMuteRules(state, at(seconds))[0]?.Status
    expect(status(hourly, 30)).toBe('ACTIVE')
    const later = stepTo(hourly, 120).state
    expect(status(later, 120)).toBe('SCHEDULED')
    expect(status(later, 3605)).toBe('ACTIVE')
  })

  it('[WATCH-64] opens and closes at its times', () => {
    const state = mute(alarmed(), rule('at(2026-03-14T09:02)', 'PT1M')).state
    const status = (seconds: number) => done(getAlarmMuteRule(state, 'parade', at(seconds))).Status
    expect([status(119), status(120), status(179), status(180)]).toEqual(['SCHEDULED', 'ACTIVE', 'ACTIVE', 'EXPIRED'])
    expect(getAlarmMuteRule(state, 'stranger', at(0))).toMatchObject({ error: { code: 'ResourceNotFoundException' } })
  })

  it('[WATCH-64] has no window after it has expired, or before it starts', () => {
    const hourly = (rest: Partial<MuteRuleInput>) => {
      const window = mute(alarmed(), rule('cron(0 * * * *)', 'PT30M', rest)).state.muteRules['parade']?.window
      return window ? [window.from - at(0), window.to - at(0)].map((ms) => ms / 1000) : null
    }
    expect(hourly({})).toEqual([0, 1800])
    expect(hourly({ StartDate: at(60) })).toEqual([3600, 5400])
    expect(hourly({ ExpireDate: at(600) })).toEqual([0, 600])
    expect(hourly({ ExpireDate: at(0) })).toBeNull()
  })

  it.each([
    ['a name that is empty', { ...NOW, Name: '' }],
    ['no schedule', rule('every day')],
    ['six fields', rule('cron(0 2 * * ? *)')],
    ['minute 60', rule('cron(60 2 * * *)')],
    ['the 13th month', rule('cron(0 2 1 13 *)')],
    ['a step of 0', rule('cron(*/0 * * * *)')],
    ['a range backwards', rule('cron(30-10 * * * *)')],
    ['a date that is none', rule('at(2026-02-30T09:00)')],
    ['no time at all', rule('at(2026-03-14T09:00)', 'PT0M')],
    ['16 days', rule('at(2026-03-14T09:00)', 'P16D')],
    ['a bare T', rule('at(2026-03-14T09:00)', 'P1DT')],
    ['seconds', rule('at(2026-03-14T09:00)', 'PT30S')],
    ['101 alarms', { ...NOW, MuteTargets: { AlarmNames: Array.from({ length: 101 }, (_, i) => `a${i}`) } }],
  ])('[WATCH-64] refuses %s', (_, input) => {
    expect(putAlarmMuteRule(open(), input, tickAt(0))).toMatchObject({ ok: false, error: { code: 'ValidationError' } })
  })

  it('[WATCH-64] keeps UTC', () => {
    const Schedule = { Expression: 'cron(0 2 * * *)', Duration: 'PT1H', Timezone: 'Europe/Paris' }
    expect(putAlarmMuteRule(open(), { ...NOW, Rule: { Schedule } }, tickAt(0)).ok).toBe(false)
  })

  it.each([
    ['0 2 * * *', '2026-03-15T02:00:00Z'],
    ['*/15 * * * *', '2026-03-14T09:00:00Z'],
    ['5/20 * * * *', '2026-03-14T09:05:00Z'],
    ['30 9-17 * * *', '2026-03-14T09:30:00Z'],
    ['0 0 1 * *', '2026-04-01T00:00:00Z'],
    ['0 0 29 2 *', '2028-02-29T00:00:00Z'],
    ['0 0 * * SUN', '2026-03-15T00:00:00Z'],
    ['0 0 * * 7', '2026-03-15T00:00:00Z'],
    ['0 0 * * MON-FRI', '2026-03-16T00:00:00Z'],
    ['0 0 20 * MON', '2026-03-16T00:00:00Z'],
    ['0 12 ? JUL ?', '2026-07-01T12:00:00Z'],
    ['1,2 10,9 * * *', '2026-03-14T09:01:00Z'],
  ])('[WATCH-64] finds the next minute of %s', (text, expected) => {
    const cron = parseCron(text)
    const found = cron && nextCron(cron, at(0))
    expect(found && toIsoSeconds(found)).toBe(expected)
  })

  it('[WATCH-64] gives up a day that never comes', () => {
    const cron = parseCron('0 0 31 2 *')
    expect(cron && nextCron(cron, at(0))).toBeNull()
  })

  it('[WATCH-64] reads minutes with or without :00', () => {
    expect(parseMinute('2026-03-14T09:00')).toBe(at(0))
    expect(parseMinute('2026-03-14T09:00:00')).toBe(at(0))
    expect(parseMinute('2026-03-14 09:00')).toBeNull()
    expect(parseMinute('2026-01-01T00:00')).toBe(Date.parse('2026-01-01T00:00Z'))
    expect(parseMinute('2026-12-31T23:59')).toBe(Date.parse('2026-12-31T23:59Z'))
  })

  it.each(['2026-01-01T00:00', '2026-12-31T23:59', '2028-02-29T00:00', '2000-02-29T12:30:00'])(
    '[WATCH-64] takes %s for a minute',
    (text) => {
      const minute = parseMinute(text)
      expect(minute && toIsoSeconds(minute).slice(0, 16)).toBe(text.slice(0, 16))
    },
  )

  it.each([
    '2026-00-14T09:00',
    '2026-13-14T09:00',
    '2026-03-00T09:00',
    '2026-03-32T09:00',
    '2026-04-31T09:00',
    '2026-02-29T09:00',
    '2100-02-29T09:00',
    '2026-03-14T24:00',
    '2026-03-14T09:60',
    '2026-03-14T09:00:01',
    '2026-03-14T09:00Z',
    '2026-3-14T09:00',
    '',
  ])('[WATCH-64] takes %j for none', (text) => {
    expect(parseMinute(text)).toBeNull()
  })
})
